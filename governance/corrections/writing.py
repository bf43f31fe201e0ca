"""Writing the corrected rows of a registered document. Called by the one action that opens the freezing for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models

from governance.corrections.rereading import Rereading
from governance.intake.differing import ADDED, REMOVED, Difference
from governance.items import ITEM_TYPES, ChildType, value_fields
from governance.models import ItemPassage, SteeringDocument
from governance.models.document import DocumentPart


def item_of(document: SteeringDocument, difference: Difference) -> DocumentPart | None:
    """The registered item a difference is about; None for a new row, or when there is none."""
    if difference.act == ADDED:
        return None
    model = ITEM_TYPES[difference.kind].model
    held = {"document", "line", "parent"} & {field.name for field in model._meta.concrete_fields}
    rows = model._default_manager.select_related(*held)
    found: DocumentPart | None = rows.filter(document=document, uuid=difference.item).first()
    return found


def children_of(item: DocumentPart, child: ChildType) -> list[DocumentPart]:
    """The child rows of an item, in order."""
    return list(child.model._default_manager.filter(**{child.parent: item}).order_by("ordinal", "id"))


def leaving(item: DocumentPart, difference: Difference, made: Sequence[DocumentPart]) -> set[UUID]:
    """Permanent ids that go away: the item with its children, or the children the new values lack."""
    kind = ITEM_TYPES[difference.kind]
    held = {child: children_of(item, child) for child in kind.children}
    if difference.act == REMOVED:
        return {item.uuid, *(row.uuid for rows in held.values() for row in rows)}
    gone = set()
    for child, rows in held.items():
        if child.key in _touched(difference):
            kept = {old.pk for old, _new in matched(rows, [row for row in made if isinstance(row, child.model)]) if old}
            gone |= {row.uuid for row in rows if row.pk not in kept}
    return gone


def _touched(difference: Difference) -> frozenset[str]:
    """The types of children whose values the correction changes."""
    by_field = {
        "deliveries": "deliveries", "target_value": "targets", "target_unit": "targets", "splits": "splits",
        "earmarks": "splits",
    }  # fmt: skip
    return frozenset(by_field[name] for name in difference.fields if name in by_field)


def matched(
    held: Sequence[DocumentPart], made: Sequence[DocumentPart]
) -> list[tuple[DocumentPart | None, DocumentPart]]:
    """Each new child with the registered one it is: those that say the same first, then in order."""
    loose = list(held)
    same: dict[int, DocumentPart] = {}
    for row in made:
        alike = next((old for old in loose if not _differing(old, row)), None)
        if alike is not None:
            same[id(row)] = alike
            loose.remove(alike)
    return [(same.get(id(row)) or (loose.pop(0) if loose else None), row) for row in made]


def _own_fields(model: type[models.Model]) -> list[str]:
    """Value fields that are no reference to another row."""
    names = value_fields(model)
    return [name for name in names if not isinstance(model._meta.get_field(name), models.ForeignKey)]


def _differing(old: DocumentPart, new: DocumentPart) -> list[str]:
    return [name for name in _own_fields(type(old)) if getattr(old, name) != getattr(new, name)]


def change(item: DocumentPart, difference: Difference, work: Rereading) -> list[DocumentPart]:
    """Give a registered item its right values. Only what the reading says otherwise is touched; ids stay.

    Returns the children the right values lack: they are taken away when the apps above have let go of them.
    """
    assert difference.before is not None
    new = work.made(difference.row, difference.data, item)
    old = work.made(difference.before, difference.before.data, item)
    own = [column for column in type(item)._meta.concrete_fields if column.name in value_fields(type(item))]
    changed = [column for column in own if getattr(new[0], column.attname) != getattr(old[0], column.attname)]
    for column in changed:
        setattr(item, column.attname, getattr(new[0], column.attname))
    if changed:
        item.save(update_fields=[column.name for column in changed])
    loose = []
    for child in ITEM_TYPES[difference.kind].children:
        if child.key in _touched(difference):
            loose += _change_children(item, child, [row for row in new if isinstance(row, child.model)])
    return loose


def _change_children(item: DocumentPart, child: ChildType, made: Sequence[DocumentPart]) -> list[DocumentPart]:
    held = children_of(item, child)
    kept = set()
    for place, (old, new) in enumerate(matched(held, made), start=1):
        if old is None:
            setattr(new, child.parent, item)
            new.ordinal = place
            new.save(force_insert=True)
            continue
        kept.add(old.pk)
        names = _differing(old, new)
        for name in names:
            setattr(old, name, getattr(new, name))
        if names:
            old.save(update_fields=names)
    return [row for row in held if row.pk not in kept]


def add(difference: Difference, work: Rereading, *, after: int) -> DocumentPart:
    """Write a row the first reading had missed, right after the one it stands after in the letter."""
    made = work.made(difference.row, difference.data, None)
    made[0].ordinal = after
    for place, row in enumerate(made):
        if place:
            row.ordinal = row.ordinal or place
        row.save(force_insert=True)
    return made[0]


def with_children(item: DocumentPart, difference: Difference) -> list[DocumentPart]:
    """A row the letter does not have, with its children: the children first."""
    children = [row for child in ITEM_TYPES[difference.kind].children for row in children_of(item, child)]
    return [*children, item]


def take_away(row: DocumentPart) -> None:
    """Take a row away with its links to the text. Its values stay in the correction."""
    ItemPassage.objects.filter(item=row.uuid).delete()
    type(row)._default_manager.filter(pk=row.pk).delete()


def place_of(difference: Difference, work: Rereading) -> int:
    """The ordinal of the registered row of the same kind that stands before a new one; 0 for the first."""
    known = 0
    for pair in work.pairs:
        if pair.now is difference.now:
            return known
        if pair.now is None or pair.before is None or pair.now.kind != difference.kind:
            continue
        rows: Any = ITEM_TYPES[difference.kind].model._default_manager
        known = rows.filter(uuid=pair.before.uuid).values_list("ordinal", flat=True).first() or known
    return known
