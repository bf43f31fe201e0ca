"""The order a letter is read in: passages where they stand, rows where their words stand, the rest where it belongs.

PDF, HTML and Word are written from one flow, so all three say the same in one order. Words are never lost and never
said twice: rows take the place of a passage only when they say all that it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance.drafting import words
from governance.headings import unsaid_number
from governance.lone_headings import lone_headings
from governance.roundtrip.letter import Letter, Row

#: Types whose rows are set as rows; the others are data about words that stand as running text.
SHOWN = (
    "goal", "parameter", "key_figure", "assignment", "budget_line", "authorisation", "common_directive", "enclosure",
    "calendar",
)  # fmt: skip
#: Types that are printed at the end when they rest on no words at all.
ANNEXED = ("reporting", "copy_rule", "meeting_rule", "notice_duty", "lock_rule")
ANNEX_TYPES = frozenset({"authorisation", "calendar", *ANNEXED})
UNDER_GOAL = ("parameter", "key_figure", "assignment")

_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+(?=\S)")
_ANNEX = re.compile(r"^vedlegg\b", re.IGNORECASE)
_ANNEX_NUMBER = re.compile(r"^V ?([IVX]+|\d+)$")
_ANNEX_OF_SEVERAL = re.compile(r"^vedlegg [IVX\d]+$", re.IGNORECASE)
_TOKEN = re.compile(r"\w+")
#: Words that only say what stands beside them: head of a table, «Frist:», and what is written around a row's values.
_LABELS = frozenset(
    {"frist", "fristen", "avdeling", "kapittel", "benevnelse", "nemning", "beløp", "kroner", "ukedag", "vekedag",
     "tiltak", "merknad", "budsjettår", "kommentar", "tildeling", "nøkkeltall", "nøkkeltal", "kalender",
     "styringsparameter", "styringsparametere", "styringsparametrar"}
    | {
        token.casefold()
        for table in (words.WORDS, words.CORRESPONDENCE, words.MEETINGS, words.TIMINGS)
        for both in table.values()
        for phrase in both
        for token in _TOKEN.findall(phrase)
    }
    | set(words.MONTHS)
)  # fmt: skip
_SHORT = 5


@dataclass(frozen=True)
class Heading:
    """A heading. ``passage`` is the words it came from; a heading made from a goal or by the system has none."""

    title: str
    number: str = ""
    level: int = 1
    annex: bool = False
    passage: Row | None = None
    goal: Row | None = None
    made_for: str = ""
    #: The number, where the words of the passage do not say it.
    unsaid: str = ""


@dataclass(frozen=True)
class Words:
    """A passage of running text."""

    passage: Row


@dataclass(frozen=True)
class Rows:
    """Rows of one type that stand together."""

    key: str
    items: tuple[Row, ...]


Part = Heading | Words | Rows


def flow_of(letter: Letter, homes: Mapping[str, str] | None = None, names: Iterable[str] = ()) -> list[Part]:
    """The parts of a letter in reading order.

    ``homes``: type of row → code of the chapter where it is written. ``names`` of what the rows point at: departments
    and organisations that the letter's words may name.
    """
    known = [*names, letter.head["issuer"]["name"], letter.head["recipient"]["name"]]
    return _merged(_said(list(_Flow(letter, homes or {}, known).parts()), letter))


def heading_of(passage: Row) -> Heading:
    """A heading's number and title apart, and whether it opens an annex."""
    text = " ".join(passage["text"].split())
    number = str(passage["section_number"])
    unsaid = unsaid_number(text, number, str(passage["chapter"]))
    found = _NUMBERED.match(text)
    if found:
        number, title = found.group(1), text[found.end() :]
    elif number and text.startswith(f"{number} "):
        title = text[len(number) :].lstrip(" .")
    elif unsaid and _ANNEX.match(unsaid):
        title = f"{unsaid} {text}" if _ANNEX_OF_SEVERAL.match(unsaid) else f"{unsaid}: {text}"
    else:
        number, title = (number if unsaid or not number[:1].isdigit() else ""), text
    roman = _ANNEX_NUMBER.match(number)
    annex = bool(_ANNEX.match(title)) or roman is not None
    if roman is not None and not _ANNEX.match(title):
        title = f"Vedlegg {roman.group(1)} {title}"
    return Heading(
        title=title,
        number="" if annex else number,
        level=max(int(passage["heading_level"]), 1),
        annex=annex,
        passage=passage,
        unsaid=unsaid,
    )


def _line_of(assignment: Row, passage: Row) -> Heading:
    """The line an assignment that is told in words opens with, its number apart."""
    text, number = " ".join(passage["text"].split()), str(assignment["data"]["reference"])
    if not number or not text.startswith(f"{number} "):
        return heading_of(passage)
    return Heading(text[len(number) :].strip(), number, int(passage["heading_level"]), passage=passage)


def says_all(passage: Row, rows: Iterable[Row], names: Iterable[str] = ()) -> bool:
    """Whether the rows say every word of the passage, but for labels, names and very short words."""
    values = [*names, *(value for row in rows for value in _values(row["data"]))]
    said = {token.casefold() for value in values for token in _TOKEN.findall(value)}
    for token in _TOKEN.findall(passage["text"]):
        word = token.casefold()
        if len(word) >= _SHORT and word not in said and word not in _LABELS:
            return False
    return True


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def is_told(row: Row) -> bool:
    """A change is told in words: a moved deadline, a changed amount. Its passage is printed, not replaced."""
    data = row["data"]
    if row["type"] == "assignment":
        return bool(data["change"] != "new")
    return bool(row["type"] == "budget_line" and data["kind"] == "change")


class _Flow:
    """Walks the passages once and puts each row at its place."""

    def __init__(self, letter: Letter, homes: Mapping[str, str], names: Sequence[str]) -> None:
        self.letter, self.homes, self.names = letter, homes, names
        self.shown = [row for row in letter.items if row["type"] in SHOWN]
        self.by_passage: dict[str, list[Row]] = defaultdict(list)
        for row in self.shown:
            for passage in row["passages"]:
                self.by_passage[passage].append(row)
        self.placed: set[str] = set()
        self.standing = self._standing()
        self.written = self._written()
        self.told_last = self._told_last()

    def _standing(self) -> set[str]:
        """Rows that are set as rows where their words stand: together they say all that their passages say.

        A passage that says more is printed, and then none of its rows is; a row is never half words, half row. A goal
        that is a heading of the text stands as that heading, with the words under it.
        """
        headings = {row["uuid"] for row in self.letter.passages if self._is_heading(row)}
        standing = {
            row["uuid"]
            for row in self.shown
            if row["passages"] and not is_told(row) and not headings.intersection(row["passages"])
        }
        prose = [row for row in self.letter.passages if not row.get("withheld") and not self._is_heading(row)]
        changed = True
        while changed:
            changed = False
            for passage in prose:
                rows = [row for row in self.by_passage.get(passage["uuid"], ()) if not is_told(row)]
                here = [row["uuid"] for row in rows if row["uuid"] in standing]
                whole = (
                    passage["kind"] == "structured" and len(here) == len(rows) and says_all(passage, rows, self.names)
                )
                if here and not whole:
                    standing.difference_update(here)
                    changed = True
        return standing

    def _written(self) -> set[str]:
        """Rows that come with their own words, and are not to be taken forward to their goal or chapter."""
        return {
            row["uuid"]
            for passage in self.letter.passages
            if passage["kind"] != "furniture"
            for row in self.by_passage.get(passage["uuid"], ())
            if row["uuid"] in self.standing or not passage.get("withheld")
        }

    def _is_heading(self, passage: Row) -> bool:
        """A heading of the text; the line an assignment opens with is part of the assignment."""
        rows = self.by_passage.get(passage["uuid"], ())
        return bool(passage["heading_level"]) and not any(row["type"] == "assignment" for row in rows)

    def _told_last(self) -> dict[str, list[Row]]:
        """Changed amounts are told in words and summed up in a table after the last of those words."""
        told = [row for row in self.shown if row["type"] == "budget_line" and is_told(row) and row["passages"]]
        order = {row["uuid"]: place for place, row in enumerate(self.letter.passages)}
        if not told:
            return {}
        last = max((one for row in told for one in row["passages"]), key=lambda one: order.get(one, -1))
        return {last: told}

    def parts(self) -> Iterator[Part]:
        open_goals: list[tuple[int, Row]] = []
        chapter = ""
        for passage in self.letter.passages:
            if passage["kind"] == "furniture":
                continue
            level = int(passage["heading_level"])
            if level:
                while open_goals and level <= open_goals[-1][0]:
                    yield from self._under(open_goals.pop()[1])
            if chapter and passage["chapter"] != chapter:
                yield from self._at_home(chapter)
            chapter = passage["chapter"] or chapter
            yield from self._passage(passage, open_goals)
        while open_goals:
            yield from self._under(open_goals.pop()[1])
        if chapter:
            yield from self._at_home(chapter)
        yield from self._rest()

    def _passage(self, passage: Row, open_goals: list[tuple[int, Row]]) -> Iterator[Part]:
        rows = self.by_passage.get(passage["uuid"], [])
        if self._is_heading(passage):
            goal = next((row for row in rows if row["type"] == "goal"), None)
            self.placed.update(row["uuid"] for row in rows)
            if goal is not None:
                open_goals.append((int(passage["heading_level"]), goal))
            yield Heading(**{**heading_of(passage).__dict__, "goal": goal})
            return
        standing = [row for row in rows if row["uuid"] in self.standing]
        if passage.get("withheld") or standing:
            yield from self._rows(standing)
            return
        self.placed.update(row["uuid"] for row in rows)
        if passage["heading_level"] and rows:
            yield _line_of(rows[0], passage)
        elif passage["text"].strip() or passage["rich"]:
            yield Words(passage)
        if passage["uuid"] in self.told_last:
            yield Rows("budget_line", tuple(self.told_last[passage["uuid"]]))

    def _rows(self, rows: Iterable[Row]) -> Iterator[Part]:
        """Each row once, at the first of its passages."""
        for row in rows:
            if row["uuid"] not in self.placed:
                self.placed.add(row["uuid"])
                yield Rows(row["type"], (row,))

    def _loose(self, key: str, goal: str | None = None, *, any_goal: bool = False) -> list[Row]:
        return [
            row
            for row in self.letter.items
            if row["type"] == key
            and row["uuid"] not in self.placed
            and row["uuid"] not in self.written
            and (any_goal or row["data"].get("goal") == goal)
            and not (key in ANNEXED and self._is_said(row))
        ]

    def _is_said(self, row: Row) -> bool:
        """Whether the letter's text says what the rule or requirement says: by its words, its section, or a calendar
        row. A document registered without text says nothing."""
        if not self.letter.passages:
            return False
        data = row["data"]
        return bool(row["passages"] or data.get("section") or data.get("calendar_item"))

    def _under(self, goal: Row) -> Iterator[Part]:
        """Rows of a goal that rest on no words of their own come at the end of the goal's section."""
        for key in UNDER_GOAL:
            yield from self._rows(self._loose(key, goal["uuid"]))

    def _at_home(self, chapter: str) -> Iterator[Part]:
        """Rows that are written in this chapter and rest on no words come at its end."""
        for key, home in self.homes.items():
            if home == chapter:
                yield from self._of_type(key)

    def _of_type(self, key: str) -> Iterator[Part]:
        if key == "goal":
            for goal in self._loose("goal", any_goal=True):
                if goal["data"]["level"] == "sector":
                    yield from self._rows([goal])
                else:
                    yield from self._goal(goal)
        elif key in UNDER_GOAL and self._loose("goal", any_goal=True):
            return  # they come with their goals
        else:
            yield from self._rows(self._loose(key, any_goal=True))

    def _goal(self, goal: Row) -> Iterator[Part]:
        self.placed.add(goal["uuid"])
        level = 3 if goal["data"]["level"] == "sub" else 2
        yield Heading(title=goal["data"]["title"], number=goal["data"]["reference"], level=level, goal=goal)
        yield from self._under(goal)

    def _rest(self) -> Iterator[Part]:
        """What no words and no chapter have a place for: under headings of its own, annexes last."""
        body = [key for key in SHOWN if key not in ANNEX_TYPES]
        for key in [*body, *(key for key in (*SHOWN, *ANNEXED) if key in ANNEX_TYPES)]:
            parts = list(self._of_type(key))
            if parts:
                yield Heading(title="", level=1, annex=key in ANNEX_TYPES, made_for=key)
                yield from parts


def _said(parts: Sequence[Part], letter: Letter) -> Iterator[Part]:
    """The parts without the fixed headings of chapters where nothing stands, neither words nor rows."""
    resting = {passage for row in letter.items for passage in row["passages"]}
    lone = lone_headings(letter.passages, resting)
    for number, part in enumerate(parts):
        after = parts[number + 1] if number + 1 < len(parts) else None
        ends = after is None or (isinstance(after, Heading) and (after.passage is not None or bool(after.made_for)))
        fixed = isinstance(part, Heading) and part.passage is not None and part.passage["uuid"] in lone
        if not (fixed and ends):
            yield part


def _merged(parts: Iterable[Part]) -> list[Part]:
    """Neighbouring rows of one type become one list or table."""
    result: list[Part] = []
    for part in parts:
        last = result[-1] if result else None
        if isinstance(part, Rows) and isinstance(last, Rows) and part.key == last.key:
            result[-1] = Rows(part.key, (*last.items, *part.items))
        else:
            result.append(part)
    return result
