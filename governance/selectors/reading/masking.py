"""Exempt assignments are shells for all but their named readers: in rows, changes and running text (decision B2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from core.actor import Actor
from governance.consolidation import Consolidated, Entry
from governance.items import Item
from governance.models import AssignmentItem, ItemPassage
from governance.restricted import may_read_restricted

EMPTY: dict[str, object] = {
    "body": "",
    "deliveries": [],
    "recipients": [],
    "changes_reference": "",
    "goal": None,
    "restricted_by": "",
}


def masked(found: Consolidated, actor: Actor, day: date) -> Consolidated:
    """The same consolidation with everything held back that the reader may not read. Three queries at most."""
    sources = {source.id for source in found.documents}
    items = list(AssignmentItem.objects.filter(document_id__in=sources, restricted=True).values_list("uuid", flat=True))
    held = set(items) - may_read_restricted(actor, items, day)
    if not held:
        return found
    rows = (*found.rows, *found.carried)
    about = [entry for entry in rows if _is_about(entry, held)]
    carrying = held | {change.item for entry in about for change in entry.changes if change.item}
    carrying |= {entry.item.uuid for entry in about}
    told = {change.text.strip() for entry in about for change in entry.changes if change.text.strip()}
    hidden = set(ItemPassage.objects.filter(item__in=carrying).values_list("passage__uuid", flat=True))
    return replace(
        found,
        rows=tuple(_shell(entry) if entry in about else entry for entry in found.rows),
        carried=tuple(_shell(entry) if entry in about else entry for entry in found.carried),
        passages=tuple(_passages(found.passages, hidden, told)),
        changes=(),
    )


def _is_about(entry: Entry, held: set[UUID]) -> bool:
    return entry.item.uuid in held or any(change.item in held for change in entry.changes if change.item)


def shell_of(item: Item) -> Item:
    """The number, department and legal basis of an exempt assignment; nothing of what it says."""
    title = str(item.data.get("restricted_title") or "") or _("Unntatt offentlighet")
    return replace(item, data={**item.data, **EMPTY, "title": title, "restricted": True}, passages=())


def _shell(entry: Entry) -> Entry:
    changes = tuple(replace(change, text="", before=(), new_date=None) for change in entry.changes)
    return replace(entry, item=shell_of(entry.item), changes=changes)


def _passages(passages: Iterable[Entry], hidden: set[UUID], told: set[str]) -> Iterable[Entry]:
    for entry in passages:
        text = str(entry.item.data.get("text") or "")
        if entry.item.uuid not in hidden and not any(words in text for words in told):
            yield entry
            continue
        data = {**entry.item.data, "text": _("Unntatt offentlighet"), "rich": ""}
        changes = tuple(replace(change, text="") for change in entry.changes)
        yield replace(entry, item=replace(entry.item, data=data), changes=changes)
