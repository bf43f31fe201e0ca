"""The words of a row, whatever its type: what it is called, what it says, and what has happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Department, Organisation
from core import formatting
from core.visuals.parts import Link
from governance.consolidation import Applied, Entry
from governance.differences import Segment, word_diff
from governance.differences.fields import child_words, field_label, words_of_field
from governance.items import ITEM_TYPES, Item
from governance.models import SteeringDocument

#: The fields that are told under the name of a row, in order; those of ``LABELLED`` with the field's name.
DETAILS: dict[str, tuple[str, ...]] = {
    "goal": ("level", "contributes_to"),
    "parameter": ("kind", "unit", "direction"),
    "key_figure": ("unit", "measures", "dimensions"),
    "assignment": ("department", "recipients"),
    "authorisation": ("limit", "valid_from", "valid_to", "expense_posts", "income_posts", "bodies"),
    "calendar": ("date", "date_text", "place", "budget_year"),
    "reporting": ("when", "due", "due_text"),
    "common_directive": ("circular", "year"),
    "copy_rule": ("section",),
    "meeting_rule": ("minimum", "section"),
    "notice_duty": ("timing", "section"),
    "lock_rule": ("exception", "decider", "section"),
    "enclosure": ("expected_on",),
    "citation": ("kind", "cited_date"),
}
LABELLED = frozenset(
    {"contributes_to", "direction", "measures", "dimensions", "valid_from", "valid_to", "budget_year", "limit",
     "expected_on", "section", "minimum", "decider", "expense_posts", "income_posts", "bodies", "cited_date",
     "recipients"}
)  # fmt: skip
#: A date is told once: as a date, or as the words it was written with.
INSTEAD = {"date_text": "date", "due_text": "due"}
REFERENCES: dict[str, type[Any]] = {
    "recipient": Organisation, "financing_ministry": Organisation, "department": Department,
    "replaced": SteeringDocument, "cited_document": SteeringDocument,
}  # fmt: skip

STATES = {"withdrawn": _("trukket"), "replaced": _("erstattet")}


@dataclass(frozen=True)
class ChangeLine:
    """One change of a row: what, from which day, by which document, in which words, and what was changed."""

    what: str
    on: str
    link: Link
    text: str
    segments: Sequence[Segment] = ()


@dataclass(frozen=True)
class RowLine:
    """A row as it is read. ``came`` is the document it stands in."""

    uuid: UUID
    key: str
    title: str
    details: Sequence[str]
    text: str
    came: Link
    changes: Sequence[ChangeLine] = ()
    state: str = ""
    exempt: str = ""
    url: str = ""
    history: str = ""
    note: str = ""


def names_of(items: Iterable[Item]) -> dict[str, str]:
    """Words for the permanent ids of organisations, departments and documents in these rows: three queries at most."""
    wanted: dict[type[Any], set[str]] = {}
    for item in items:
        for field, model in REFERENCES.items():
            if item.data.get(field):
                wanted.setdefault(model, set()).add(str(item.data[field]))
    found: dict[str, str] = {}
    for model, ids in wanted.items():
        column = "code" if model is Department else "title" if model is SteeringDocument else "name"
        found |= {str(uuid): name for uuid, name in model.objects.filter(uuid__in=ids).values_list("uuid", column)}
    return found


def title_of(item: Item, names: Mapping[str, str]) -> str:
    """What a reader knows the row by."""
    if item.key == "copy_rule":
        who = names.get(str(item.data.get("recipient")), "")
        return f"{who}: {words_of_field(item, 'correspondence', names)}"
    if item.key in ("meeting_rule", "lock_rule"):
        words = words_of_field(item, item.type.names, names)
        return words[:1].upper() + words[1:]
    if item.key == "replacement":
        return names.get(str(item.data.get("replaced")), "")
    return item.name


def details_of(item: Item, names: Mapping[str, str]) -> list[str]:
    """What is told under the name."""
    found = []
    for field in DETAILS.get(item.key, ()):
        if item.key == "citation" and item.data.get(field) == "other":
            continue
        if field in INSTEAD and item.data.get(INSTEAD[field]):
            continue
        words = words_of_field(item, field, names)
        if words:
            label = field_label(item.key, field)
            found.append(f"{label[:1].lower()}{label[1:]}: {words}" if field in LABELLED else words)
    if item.key == "copy_rule":
        found.insert(0, _("samtidig") if item.data.get("simultaneous") else _("uten krav om samtidighet"))
    if item.key == "calendar" and item.data.get("time"):
        found.insert(1, _("kl. %(time)s") % {"time": str(item.data["time"])[:5].replace(":", ".")})
    if item.key == "reporting" and item.data.get("copy_to_auditor"):
        found.append(_("kopi til Riksrevisjonen samtidig"))
    for child in ITEM_TYPES[item.key].children:
        found += [child_words(child.key, row) for row in item.data.get(child.key, ())]
    return found


def text_of(item: Item) -> str:
    """The long text of a row, when it has one."""
    kind = item.type
    text = str(item.data.get(kind.text) or "") if kind.text else ""
    return "" if text == item.data.get(kind.names) else text


def row_line(entry: Entry, names: Mapping[str, str], pages: Mapping[UUID, str]) -> RowLine:
    """A row of a consolidation."""
    item = entry.item
    note = _("videreført fra %(year)s") % {"year": entry.carried_from} if entry.carried_from else ""
    return RowLine(
        uuid=item.uuid,
        key=item.key,
        title=title_of(item, names),
        details=details_of(item, names),
        text=text_of(item),
        came=_link(entry.source.title, entry.source.uuid, item.uuid, entry.source.language),
        changes=[_change(change, item, names) for change in entry.changes],
        state="" if entry.is_in_force else str(STATES.get(entry.state, "")),
        exempt=str(item.data.get("restricted_basis") or _("unntatt")) if item.data.get("restricted") else "",
        url=pages.get(item.uuid, ""),
        history=history_url(item),
        note=note,
    )


def history_url(item: Item) -> str:
    """The page of the row through the years; empty when it has no line."""
    word = {"goal": "mal", "parameter": "parameter", "key_figure": "nokkeltall"}.get(item.key)
    if word and item.data.get("line"):
        return reverse("governance:line_history", args=[word, item.data["line"]])
    return ""


def _link(title: str, document: UUID, item: UUID | None, language: str) -> Link:
    url = reverse("governance:document", args=[document])
    return Link(title, f"{url}#rad-{item}" if item else url, lang="nn" if language == "nn" else "")


def change_words(kind: str) -> str:
    """What a change does, as a reader says it."""
    return {
        "add": _("Lagt til"),
        "replace": _("Erstattet"),
        "withdraw": _("Trukket"),
        "move_deadline": _("Frist flyttet"),
        "amount_delta": _("Beløp endret"),
        "clarify": _("Presisert"),
    }.get(kind, kind)


def _change(change: Applied, item: Item, names: Mapping[str, str]) -> ChangeLine:
    words = change_words(change.kind)
    if change.amount is not None:
        words = _("%(what)s med %(amount)s (1 000 kroner)") % {
            "what": words,
            "amount": formatting.change(change.amount // 1000),
        }
    return ChangeLine(
        what=words,
        on=formatting.full_date(change.on),
        link=_link(change.document.title, change.document.uuid, change.item, change.document.language),
        text=change.text,
        segments=_before(change, item, names),
    )


def _before(change: Applied, item: Item, names: Mapping[str, str]) -> list[Segment]:
    """The values the change laid aside beside those in force, for dates and deliveries."""
    before = dict(change.before)
    for field in ("deliveries", "date", "due", "expected_on"):
        if field in before:
            old = words_of_field(Item(item.key, item.uuid, 0, 0, {field: before[field]}), field, names)
            new = words_of_field(item, field, names)
            return word_diff(old, new) if old != new else []
    return []
