"""An issued document gives assignments: their life begins in the transaction that freezes it (decision A1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from assignments.actions import changes, findings, joint, tying
from assignments.actions.base import lock_assignment, refresh, tell
from assignments.actions.delivery_rows import new_delivery
from assignments.actions.follow_up import successor_of
from assignments.models import Assignment, AssignmentStatus, Delivery, ReaderGrant
from core import clock
from core.actor import Actor
from governance.models import (
    AssignmentItem,
    DeadlineKind,
    DeliveryItem,
    ItemChange,
    ProductKind,
    SteeringDocument,
)


def give_assignments(*, document: SteeringDocument, actor: Actor, at: datetime) -> list[Assignment]:
    """Make assignments and deliveries of a document's items, and let its other items change earlier ones.

    Changes in supplements that came in before this document are tied to its assignments.

    Runs inside the transaction that issues or registers the document, whose permission has been asked. Doing it
    twice makes nothing twice.
    """
    items = list(
        AssignmentItem.objects.filter(document=document)
        .select_related("department", "goal")
        .prefetch_related("delivery_items")
        .order_by("ordinal", "id")
    )
    known = set(Assignment.objects.filter(item__in=items).values_list("item_id", flat=True))
    carried = changes.carried_items(document)
    waiting = tying.waiting_for(document, items)
    given = []
    for item in items:
        if item.pk in known or item.uuid in carried:
            continue
        if item.change != ItemChange.NEW and changes.apply_item(item, document=document, actor=actor, at=at):
            continue
        given.append(give_item(item, document, actor, at))
    changes.apply_changes(document, actor=actor, at=at)
    tying.tie(waiting, letter=document, actor=actor, at=at)
    return given


def give_item(item: AssignmentItem, document: SteeringDocument, actor: Actor, at: datetime) -> Assignment:
    """Begin the life of one assignment, with its deliveries."""
    responsible = successor_of(document.recipient, clock.local_date(at))
    number = None if number_taken(item, document) else item.number
    given_on = document.document_date or clock.local_date(at)
    assignment = Assignment.objects.create(
        item=item,
        document=document,
        issuer=document.issuer,
        given_to=document.recipient,
        responsible=responsible,
        department=item.department,
        department_text=item.department_text,
        reference=item.reference,
        series=item.series,
        year=item.year,
        number=number,
        suffix=item.suffix,
        letter_year=document.year or given_on.year,
        title=item.title,
        body=item.body,
        status=AssignmentStatus.STANDING if item.standing else AssignmentStatus.GIVEN,
        standing=item.standing,
        restricted=item.restricted,
        restricted_basis=item.restricted_basis,
        ministry_contact_id=actor.user_id,
        given_on=given_on,
    )
    Delivery.objects.bulk_create(_deliveries(assignment, item, document, clock.local_date(at)))
    if assignment.restricted and actor.user_id:
        ReaderGrant.objects.create(
            assignment=assignment, user_id=actor.user_id, granted_by_id=actor.user_id, granted_at=at
        )
    assignment = lock_assignment(assignment)
    refresh(assignment)
    _tell_given(assignment, document, actor, at)
    joint.connect(assignment, item, actor=actor, at=at)
    if number is None and item.number is not None:
        findings.number_taken(assignment, item)
    if item.change != ItemChange.NEW:
        findings.unknown_reference(assignment, item)
    return assignment


def _tell_given(assignment: Assignment, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    after = {
        "document": document.uuid,
        "origin": document.origin,
        "document_date": document.document_date,
        "deliveries": assignment.delivery_count,
        "responsible": assignment.responsible.name,
    }
    tell("assignment.given", assignment, actor=actor, at=at, after=after)
    if assignment.responsible_id != assignment.given_to_id:
        names = {"responsible": assignment.responsible.name}
        before = {"responsible": assignment.given_to.name}
        tell("assignment.taken_over", assignment, actor=actor, at=at, before=before, after=names)


def number_taken(item: AssignmentItem, document: SteeringDocument) -> bool:
    """A number used twice is a finding, not an error (decision A10)."""
    if item.number is None:
        return False
    return Assignment.objects.filter(
        issuer=document.issuer,
        given_to=document.recipient,
        series=item.series,
        year=item.year,
        number=item.number,
        suffix=item.suffix,
    ).exists()


def _deliveries(
    assignment: Assignment, item: AssignmentItem, document: SteeringDocument, day: date
) -> Sequence[Delivery]:
    rows = [new_delivery(assignment, row, number, document, day) for number, row in enumerate(_items(item), start=1)]
    if rows:
        return rows
    kind = DeadlineKind.ONGOING if item.standing else DeadlineKind.NONE
    return [Delivery(assignment=assignment, ordinal=1, letter_deadline_kind=kind, product=ProductKind.OTHER)]


def _items(item: AssignmentItem) -> list[DeliveryItem]:
    return sorted(item.delivery_items.all(), key=lambda row: (row.ordinal, row.pk))
