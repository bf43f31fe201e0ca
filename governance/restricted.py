"""Exempt assignments: the page shows a shell unless the life of the assignment names the reader (decision B2).

The named readers belong to a higher app; it tells this one through ``use_readers``. What a supplement says of an
exempt assignment is read by the readers of that assignment, in the draft and after, and by nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agencies import access
from agencies.rights import Right
from core.actor import Actor
from governance.models import (
    AssignmentItem,
    Change,
    ChangeKind,
    DeliveryItem,
    DocumentState,
    ItemChange,
    ItemPassage,
    SteeringDocument,
)

Readers = Callable[[Actor, list[UUID], date], set[UUID]]
_SOURCE: list[Readers] = []
#: as many times as one assignment is changed at the most: rows that point at each other in a ring end here
MOST_TURNS = 100


def use_readers(source: Readers) -> None:
    """Tell which of these assignment items the actor may read in full."""
    _SOURCE[:] = [source]


def may_read_restricted(actor: Actor, items: Iterable[UUID], day: date) -> set[UUID]:
    """The items among these that the actor may read; none when nobody has been asked."""
    wanted = list(items)
    if not wanted or not _SOURCE:
        return set()
    first = _origins(wanted)
    readable = _SOURCE[0](actor, list({first[item] for item in wanted}), day)
    return {item for item in wanted if first[item] in readable}


def may_read_targets(actor: Actor, targets: Iterable[UUID], day: date) -> set[UUID]:
    """The targets of changes, assignments or deliveries of them, that the actor may read as exempt."""
    owners = _owners(list(targets))
    readable = may_read_restricted(actor, set(owners.values()), day)
    return {target for target, owner in owners.items() if owner in readable}


def exempt_targets(targets: Iterable[UUID | None]) -> dict[UUID | None, AssignmentItem]:
    """The targets of changes that are exempt assignments or deliveries of them, with the assignment."""
    owners = _owners([target for target in targets if target is not None])
    rows = AssignmentItem.objects.filter(restricted=True, uuid__in=set(owners.values()))
    exempt = {row.uuid: row for row in rows}
    return {target: exempt[owner] for target, owner in owners.items() if owner in exempt}


def _owners(targets: list[UUID]) -> dict[UUID, UUID]:
    """Each target, or the assignment it is a delivery of."""
    parts = DeliveryItem.objects.filter(uuid__in=targets).values_list("uuid", "assignment_item__uuid")
    return {target: target for target in targets} | dict(parts)


def _origins(items: list[UUID]) -> dict[UUID, UUID]:
    """The exempt assignment each row is about: the one it changes, however many times that was changed, or itself.

    A letter changes an assignment of an earlier year by its number, without a change of its own (R-16, R-17).
    """
    first, going = {item: item for item in items}, set(items)
    for _turn in range(MOST_TURNS):
        changes = Change.objects.filter(new_item__in={first[item] for item in going}, target__isnull=False)
        pairs = changes.exclude(kind=ChangeKind.ADD).values_list("new_item", "target")
        targets = {new: target for new, target in pairs if new is not None and target is not None}
        owners = _owners(list(targets.values())) if targets else {}
        for row, earlier in _by_number({first[item] for item in going} - set(targets)).items():
            targets[row], owners[earlier] = earlier, earlier
        going = {item for item in going if first[item] in targets}
        for item in going:
            first[item] = owners[targets[first[item]]]
        if not going:
            break
    moved = {uuid for item, uuid in first.items() if uuid != item}
    exempt: set[UUID] = set()
    if moved:
        exempt = set(AssignmentItem.objects.filter(uuid__in=moved, restricted=True).values_list("uuid", flat=True))
    return {item: uuid if uuid in exempt else item for item, uuid in first.items()}


def _by_number(items: Iterable[UUID]) -> dict[UUID, UUID]:
    """The exempt rows that name an exempt assignment of an earlier year by its number, with that one."""
    rows = AssignmentItem.objects.filter(uuid__in=items, restricted=True).exclude(change=ItemChange.NEW)
    named = rows.exclude(changes_reference="").select_related("document")
    return earlier_by_number({row.uuid: (row.document, row.changes_reference) for row in named})


def earlier_by_number(named: Mapping[UUID, tuple[SteeringDocument, str]]) -> dict[UUID, UUID]:
    """What a row of each document names by number: the exempt assignment an earlier year's letter gave the agency.

    The one that gave it comes before those that changed it, and the issuer's own before others'. One query.
    """
    numbers = {number for _document, number in named.values()} - {""}
    if not numbers:
        return {}
    agencies = {document.recipient_id for document, _number in named.values()}
    given = AssignmentItem.objects.filter(restricted=True, reference__in=numbers, document__recipient__in=agencies)
    rows = given.filter(document__state=DocumentState.ISSUED).select_related("document").order_by("document_id", "id")
    found: dict[UUID, UUID] = {}
    for key, (document, number) in named.items():
        year = _year_of(document)
        earlier = [
            row
            for row in rows
            if row.reference == number
            and row.document.recipient_id == document.recipient_id
            and (year is None or (_year_of(row.document) or year) < year)
        ]
        own = [row for row in earlier if row.document.issuer_id == document.issuer_id] or earlier
        first = [row for row in own if row.change == ItemChange.NEW] or own
        if first:
            found[key] = first[0].uuid
    return found


def _year_of(document: SteeringDocument) -> int | None:
    return document.year or (document.document_date.year if document.document_date else None)


def earlier_of_removed(document: SteeringDocument, removed: Mapping[str, Any]) -> UUID | None:
    """The exempt assignment that a row taken out of a draft (its values when it went) changed; None for others."""
    if not removed.get("restricted"):
        return None
    kept = removed.get("_change") or {}
    if kept.get("target") and kept.get("kind") != ChangeKind.ADD:
        target = UUID(kept["target"])
        return target if target in exempt_targets([target]) else None
    if removed.get("change") == ItemChange.NEW:
        return None
    number = str(removed.get("changes_reference") or "")
    return earlier_by_number({document.uuid: (document, number)}).get(document.uuid)


def shell_name(reference: str, basis: str) -> str:
    """What stands for an exempt assignment where its title would be: number and legal basis."""
    words = _("%(reference)s, unntatt offentlighet. %(basis)s") % {"reference": reference, "basis": basis}
    return words.strip()


def carries_exempt(item: UUID) -> AssignmentItem | None:
    """The exempt assignment the row changes; None for a row that is about no other."""
    origin = _origins([item])[item]
    return AssignmentItem.objects.get(uuid=origin) if origin != item else None


def hidden_in_draft(document: SteeringDocument, actor: Actor, day: date) -> frozenset[UUID]:
    """The rows of a draft that change an exempt assignment the actor may not read: shells for them there too."""
    if document.is_issued:
        return frozenset()
    rows = AssignmentItem.objects.filter(document=document, restricted=True)
    told = told_of_earlier(rows.values_list("uuid", flat=True))
    return told - may_read_restricted(actor, told, day)


def told_of_earlier(items: Iterable[UUID]) -> frozenset[UUID]:
    """The rows among these that change an exempt assignment of an earlier letter."""
    wanted = list(items)
    return frozenset(item for item, origin in _origins(wanted).items() if item != origin) if wanted else frozenset()


def passages_of(items: Iterable[UUID]) -> dict[int, UUID]:
    """The passages (keys) that say something of these rows, each with its row."""
    wanted = list(items)
    return dict(ItemPassage.objects.filter(item__in=wanted).values_list("passage_id", "item")) if wanted else {}


def withheld_from(document: SteeringDocument, actor: Actor, day: date) -> list[UUID]:
    """The exempt assignments of the document that the actor may not read: shells in every page, file and answer.

    A draft's own exempt assignments have no readers yet: those who write it and those who sign it, on the issuer's
    side, read all of them. What it changes in an exempt assignment is still for that one's readers.
    """
    exempt = AssignmentItem.objects.filter(document=document, restricted=True)
    items: list[UUID] = list(exempt.order_by("ordinal", "id").values_list("uuid", flat=True))
    if items and not document.is_issued and actor.organisation == document.issuer.uuid:
        writing = (Right.DRAFT_DOCUMENTS, Right.REGISTER_DOCUMENTS, Right.ISSUE_DOCUMENTS)
        if any(access.may(actor, right, document.recipient_id, day) for right in writing):
            hidden = hidden_in_draft(document, actor, day)
            return [item for item in items if item in hidden]
    readable = may_read_restricted(actor, items, day)
    return [item for item in items if item not in readable]
