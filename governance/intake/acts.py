"""What a person can do with a row, as pure functions on its values: no database, nothing repaired by guess."""

from __future__ import annotations

import copy
import re
from typing import Any

from governance.intake.kinds import WHOLE_WORDING, WITH_TEXT, name_field

Values = dict[str, Any]
#: what the reader calls the span of the title
TITLE_SPANS = ("title", "tittel")


def move_border(*, kind: str, data: Values, spans: list[Values], end: int, title: str) -> tuple[Values, list[Values]]:
    """Let the title end at another place. What leaves the title begins the text, and the other way round."""
    data, spans = copy.deepcopy(data), copy.deepcopy(spans)
    text_field = WITH_TEXT[kind]
    old_title, body = str(data.get("title", "")), str(data.get(text_field, ""))
    shorter = len(words(title)) < len(words(old_title))
    if shorter:
        moved = " ".join(words(old_title)[len(words(title)) :])
        data[text_field] = f"{moved}\n{body}" if body else moved
    else:
        data[text_field] = without_first_words(body, len(words(title)) - len(words(old_title)))
    data["title"] = title
    for span in spans:
        if span["field"] in TITLE_SPANS:
            span["end"] = end
    return data, spans


def title_to(text: str, spans: list[Values], end: int) -> str:
    """The words from where the title begins to ``end``, a hyphen at a line's end taken away."""
    start = next((span["start"] for span in spans if span["field"] in TITLE_SPANS), None)
    if start is None or end <= start:
        return ""
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=[a-zæøå])", "", text[start:end]).split())


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


def without_first_words(text: str, count: int) -> str:
    """The text after its first ``count`` words, its line breaks kept."""
    rest = text.lstrip()
    for _number in range(max(count, 0)):
        rest = re.sub(r"^\S+\s*", "", rest, count=1)
    return rest


def split_row(*, kind: str, data: Values, passages: list[int], spans: list[Values], at: int) -> tuple[Values, Values]:
    """Two rows out of one: the first keeps the passages before ``at``, the second those from it on.

    ``at`` is a passage number. The second row has no number and no deadline of its own: a person fills them in.
    Returns the values (data, passages, spans) of both.
    """
    first = {"data": copy.deepcopy(data), "passages": [p for p in passages if p < at], "spans": spans}
    fresh: Values = {name: empty_like(value) for name, value in data.items()}
    for kept in ("goal", "department_code", "kind", "level", "unit_as_written", "chapter", "post"):
        if kept in data:
            fresh[kept] = data[kept]
    if kind == "assignment":
        fresh["deliveries"] = [new_delivery()]
    second = {"data": fresh, "passages": [p for p in passages if p >= at], "spans": []}
    return first, second


def merge_rows(*, kind: str, first: Values, second: Values) -> Values:
    """The first row with the second one's text, deliveries and parts added; its own number and title stay."""
    merged = copy.deepcopy(first)
    field = WITH_TEXT.get(kind)
    addition = "\n".join(
        part for part in (str(second.get(name_field(kind), "")), str(second.get(field or "", ""))) if part
    )
    if field:
        merged[field] = f"{merged.get(field, '')}\n{addition}".strip()
    else:
        name = name_field(kind)
        merged[name] = f"{merged.get(name, '')} {second.get(name, '')}".strip()
    for name in ("deliveries", "splits", "earmarks", "sub_points", "dimensions", "values"):
        if isinstance(merged.get(name), list):
            merged[name] = [*merged[name], *(row for row in second.get(name) or [] if not is_blank(row))]
    return merged


def new_delivery() -> Values:
    """A delivery without a deadline."""
    return {
        "part": "",
        "anchor": "",
        "product": "final",
        "kind": "none",
        "deadline_text": "",
        "date": None,
        "time": None,
        "optional": False,
        "doubtful": False,
        "doubt": "",
    }


def is_blank(row: Any) -> bool:
    """A delivery that says nothing."""
    return isinstance(row, dict) and not row.get("deadline_text") and not row.get("date") and row.get("kind") == "none"


def empty_like(value: Any) -> Any:
    """The empty value of the same form."""
    match value:
        case bool():
            return False
        case str():
            return ""
        case int():
            return 0
        case list():
            return []
        case dict():
            return {}
    return None


def row_from_passage(kind: str, text: str) -> Values:
    """The values of a new row made from prose: the text is its title, all else is for a person to fill in."""
    values: Values = {name_field(kind): " ".join(text.split())}
    match kind:
        case "assignment":
            values |= {"reference": None, "body": "", "department": "", "department_code": "", "goal": ""}
            values |= {"deliveries": [new_delivery()], "joint_recipients": [], "exempt": False, "exempt_basis": ""}
            values |= {"change": "new", "earlier": []}
        case "budget_line":
            values |= {"chapter": "", "post": "", "amount": None, "kind": "expense", "splits": [], "earmarks": []}
        case "calendar":
            values |= {"date": None, "date_text": "", "time": None, "end_time": None, "place": "", "note": ""}
        case "goal":
            values |= {"reference": "", "level": "main", "contributes_to": []}
        case "authorisation":
            values |= {"text": text, "kind": "other", "limit": None, "bodies": []}
        case "copy_rule":
            values |= {"correspondence": "", "recipient": "", "recipient_uuid": "", "simultaneous": False}
        case "meeting_rule":
            values |= {"kind": "governance", "minimum": None}
        case "notice_duty":
            values |= {"text": text, "timing": "immediate"}
        case "lock_rule":
            values |= {"correspondence": "annual_report", "exception": "", "decider": ""}
        case "reporting" | "common_directive":
            values |= {"text": text}
        case _:
            values |= {"goal": ""}
    return values


def share_text(*, kind: str, first: Values, second: Values, moved: list[str]) -> tuple[Values, Values]:
    """Move the words of the passages that follow the cut from the first row to the second."""
    field, name = WITH_TEXT.get(kind), name_field(kind)
    moved = [text for text in moved if text.strip()]
    if moved:
        second[name] = " ".join(moved[0].split())
    if field:
        second[field] = "\n".join(moved if kind in WHOLE_WORDING else moved[1:])
        first[field] = _before(str(first.get(field, "")), moved[0] if moved else "")
    elif moved:
        first[name] = _before(str(first.get(name, "")), moved[0]) or first[name]
    return first, second


def _before(text: str, start: str) -> str:
    """The part of ``text`` before the place where ``start`` begins; all of it when it does not occur."""
    probe = " ".join(start.split()[:6])
    flat = re.sub(r"[ \t]+", " ", text)
    place = flat.find(probe) if probe else -1
    return flat[:place].rstrip() if place > 0 else text
