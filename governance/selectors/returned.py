"""The marked diff of a file that came back: each difference with its words, against what the draft is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.visuals.parts import Link, PageHead
from governance import roundtrip
from governance.differences import Segment, word_diff
from governance.differences.fields import child_words, field_label, value_words
from governance.items import ITEM_TYPES
from governance.models import Passage, ReturnedChange, ReturnedChangeState, ReturnedFile, SteeringDocument
from governance.roundtrip.comparing import HEAD, PASSAGE
from governance.selectors.draft_hidden import hidden_ids

HIDDEN = frozenset({"rich", "after", "chapter", "section_number", "line", "series"})


@dataclass(frozen=True)
class FieldLine:
    """One field that differs."""

    label: str
    segments: Sequence[Segment]


@dataclass(frozen=True)
class ChangeLine:
    """One difference: what kind, in which row, word by word, and whether the draft has moved on since."""

    uuid: UUID
    act: str
    act_label: str
    kind: str
    name: str
    fields: Sequence[FieldLine]
    moved_on: bool
    state: str
    state_label: str
    decided_by: str
    url: str

    @property
    def is_open(self) -> bool:
        """Nobody has decided yet."""
        return self.state == ReturnedChangeState.OPEN


@dataclass(frozen=True)
class ReturnedPage:
    """Everything on the page of one returned file."""

    head: PageHead
    lines: Sequence[ChangeLine]
    waiting: int
    all_url: str
    back: str


def returned_page(returned: ReturnedFile, document: SteeringDocument, actor: Actor, day: date) -> ReturnedPage:
    """The differences the actor may read, in order, those that are open with what the draft says now."""
    now = _values(document)
    rows = ReturnedChange.objects.filter(returned=returned).select_related("decided_by").order_by("ordinal", "id")
    closed = hidden_ids(document, actor, day)
    lines = [_line(row, now, document) for row in rows if row.item not in closed]
    back = reverse("governance:draft", args=[document.uuid])
    waiting = sum(line.is_open for line in lines)
    lead = _("%(name)s, lest inn %(when)s. %(count)s av %(total)s forskjeller venter.")
    values = {"name": returned.file.name, "when": formatting.moment(returned.returned_at)}
    return ReturnedPage(
        head=PageHead(
            title=_("Redigert fil"),
            overline=document.title,
            lead=lead % {**values, "count": waiting, "total": len(lines)},
            crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents")), Link(document.title, back)],
        ),
        lines=lines,
        waiting=waiting,
        all_url=reverse("governance:returned_all", args=[document.uuid, returned.uuid]),
        back=back,
    )


def _values(document: SteeringDocument) -> dict[str, Mapping[str, Any]]:
    """The draft as it is now, by permanent id."""
    letter = roundtrip.letter_of(document)
    found: dict[str, Mapping[str, Any]] = {row["uuid"]: row["data"] for row in letter.items}
    found |= {row["uuid"]: row for row in letter.passages}
    return found | {str(letter.head["uuid"]): letter.head}


def _line(row: ReturnedChange, now: Mapping[str, Mapping[str, Any]], document: SteeringDocument) -> ChangeLine:
    held = now.get(str(row.item), {})
    before = {name: held.get(name, row.before.get(name)) for name in row.before} if row.act != "add" else {}
    waits = row.state == ReturnedChangeState.OPEN
    before = before if waits else row.before
    names = [name for name in (row.after or row.before) if name not in HIDDEN]
    fields = [_field(row.item_type, name, before.get(name), row.after.get(name)) for name in names]
    labels = {"add": _("ny"), "replace": _("endret"), "remove": _("tatt ut")}
    return ChangeLine(
        uuid=row.uuid,
        act=row.act,
        act_label=labels[row.act],
        kind=_kind(row.item_type),
        name=_name(row, held),
        fields=[one for one in fields if any(part.text for part in one.segments)],
        moved_on=waits and row.act != "add" and any(held.get(name) != value for name, value in row.before.items()),
        state=row.state,
        state_label=str(row.get_state_display()),
        decided_by=str(row.decided_by or ""),
        url=reverse("governance:returned_change", args=[document.uuid, row.uuid]),
    )


def _kind(key: str) -> str:
    if key in (PASSAGE, HEAD):
        return _("avsnitt") if key == PASSAGE else _("brevhode")
    return str(ITEM_TYPES[key].one)


def _name(row: ReturnedChange, held: Mapping[str, Any]) -> str:
    values = {**row.before, **row.after, **held}
    if row.item_type in (PASSAGE, HEAD):
        return ""
    if row.item_type == "budget_line":
        return f"{values.get('chapter')}.{int(values.get('post') or 0):02d} {values.get('name') or ''}".strip()
    return f"{values.get('reference') or ''} {values.get(ITEM_TYPES[row.item_type].names) or ''}".strip()[:200]


def _field(key: str, name: str, before: Any, after: Any) -> FieldLine:
    return FieldLine(_label(key, name), word_diff(_words(key, name, before), _words(key, name, after)))


def _label(key: str, name: str) -> str:
    if key in (PASSAGE, HEAD):
        model: Any = SteeringDocument if key == HEAD else Passage
        label = str(model._meta.get_field(name).verbose_name)
        return label[:1].upper() + label[1:]
    return field_label(key, name)


def _words(key: str, name: str, value: Any) -> str:
    if isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        return "\n".join(child_words(name, part) for part in value)
    if key in (PASSAGE, HEAD) or isinstance(value, list):
        return "\n".join(str(part) for part in value) if isinstance(value, list) else str(value or "")
    return value_words(ITEM_TYPES[key].model, name, value, {})
