"""What a later document does to an earlier assignment: rewords, moves a deadline, withdraws (decision A2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from assignments.actions.base import lock_assignment, lock_delivery, refresh, tell
from assignments.actions.deadlines import NewDeadline, write_decision
from assignments.actions.delivery_rows import new_delivery
from assignments.actions.ending import end_by
from assignments.models import Assignment, Delivery
from assignments.references import parse
from assignments.rights import SYSTEM
from assignments.states import OPEN, OUTSTANDING
from core import clock
from core.actor import Actor
from core.transitions import bump
from governance.models import AssignmentItem, Change, ChangeKind, DeliveryItem, ItemChange, SteeringDocument

REWORDED = ("title", "body", "department", "department_text")
#: What a delivery is known by.
NAMED = ("part", "anchor", "title", "product")


def find_assignment(reference: str, document: SteeringDocument) -> Assignment | None:
    """The assignment a letter refers to, by its number however it is written (R-14)."""
    rows = Assignment.objects.filter(
        Q(given_to=document.recipient) | Q(responsible=document.recipient), issuer=document.issuer
    ).exclude(document=document)
    key = parse(reference)
    if key is not None:
        rows = rows.filter(series__iexact=key.series, year=key.year, suffix=key.suffix)
        return rows.filter(number=key.number).order_by("-pk").first()
    return rows.filter(reference__iexact=reference.strip()).order_by("-pk").first() if reference.strip() else None


def carried_items(document: SteeringDocument) -> set[UUID]:
    """Rows that only carry a change of an earlier one: the change acts, they give nothing themselves."""
    changes = Change.objects.filter(document=document, new_item__isnull=False, target__isnull=False)
    return {uuid for uuid in changes.exclude(kind=ChangeKind.ADD).values_list("new_item", flat=True) if uuid}


def apply_item(item: AssignmentItem, *, document: SteeringDocument, actor: Actor, at: datetime) -> bool:
    """Let an item of a supplement act on the assignment it names; False when that is not registered or has ended."""
    found = find_assignment(item.changes_reference or item.reference, document)
    if found is None or found.status not in OPEN:
        return False
    if item.change == ItemChange.WITHDRAWN:
        words = "" if item.restricted else item.body or item.title
        _withdraw(found, document, words, actor, at)
    elif item.change == ItemChange.MOVED:
        for row in sorted(item.delivery_items.all(), key=lambda part: (part.ordinal, part.pk)):
            _move(found, row, document, actor, at)
    assignment = lock_assignment(found)
    refresh(assignment)
    _tell_changed(assignment, item, document, actor, at)
    return True


def _tell_changed(
    assignment: Assignment,
    item: AssignmentItem,
    document: SteeringDocument,
    actor: Actor,
    at: datetime,
    before: dict[str, str] | None = None,
) -> None:
    after = {"item": item.uuid, "document": document.uuid, "document_title": document.title, "change": item.change}
    tell("assignment.changed_by_letter", assignment, actor=actor, at=at, before=before, after=after)


def apply_changes(document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """Let a drafted supplement's changes act: withdraw an assignment, move a deadline, give it new words."""
    acts: dict[str, Callable[[Change, SteeringDocument, Actor, datetime], None]] = {
        ChangeKind.WITHDRAW: _apply_withdrawal,
        ChangeKind.MOVE_DEADLINE: _apply_deadline,
        ChangeKind.REPLACE: _apply_words,
    }
    changes = Change.objects.filter(document=document, kind__in=acts, target__isnull=False).order_by("ordinal", "id")
    for change in changes:
        acts[change.kind](change, document, actor, at)


def _assignment_of(target: UUID | None) -> Assignment | None:
    """The assignment whose words the row is: its first row, or one that has replaced it since."""
    seen: set[UUID] = set()
    while target is not None and target not in seen:
        seen.add(target)
        found: Assignment | None = Assignment.objects.filter(Q(item__uuid=target) | Q(uuid=target)).first()
        if found is not None:
            return found
        replaced = Change.objects.filter(kind=ChangeKind.REPLACE, new_item=target, document__state="issued")
        target = replaced.values_list("target", flat=True).first()
    return None


def _delivery_of(target: UUID | None) -> Delivery | None:
    """The delivery with this row; of an assignment with new words, the one that stands in the same place."""
    found: Delivery | None = Delivery.objects.filter(item__uuid=target).first()
    if found is not None:
        return found
    row = DeliveryItem.objects.filter(uuid=target).select_related("assignment_item").first()
    assignment = _assignment_of(row.assignment_item.uuid) if row else None
    if row is None or assignment is None:
        return None
    rows = DeliveryItem.objects.filter(assignment_item=row.assignment_item).order_by("ordinal", "id")
    place = [part.pk for part in rows].index(row.pk)
    held = list(Delivery.objects.filter(assignment=assignment).order_by("ordinal", "id"))
    return held[place] if place < len(held) else None


def _apply_withdrawal(change: Change, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    assignment = _assignment_of(change.target)
    if assignment is None or assignment.status not in OPEN:
        return
    _withdraw(assignment, document, "" if assignment.restricted else change.text, actor, at)
    item = AssignmentItem.objects.filter(uuid=change.new_item).first() if change.new_item else None
    if item is not None:
        _tell_changed(lock_assignment(assignment), item, document, actor, at)


def _apply_deadline(change: Change, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    delivery = _delivery_of(change.target)
    if delivery is None:
        assignment = _assignment_of(change.target)
        delivery = _only_outstanding(assignment) if assignment is not None else None
    if delivery is None or change.new_date is None or delivery.state not in OUTSTANDING:
        return
    if not Assignment.objects.filter(pk=delivery.assignment_id, status__in=OPEN).exists():
        return
    hidden = Assignment.objects.filter(pk=delivery.assignment_id, restricted=True).exists()
    _decide(delivery, change.new_date, "" if hidden else change.text, None, document, actor, at)
    item = AssignmentItem.objects.filter(uuid=change.new_item).first() if change.new_item else None
    if item is not None:
        _tell_changed(lock_assignment(Assignment(pk=delivery.assignment_id)), item, document, actor, at)


def _apply_words(change: Change, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    """The assignment is known by the new words from now on; the earlier ones stand in the letter and the event."""
    found = _assignment_of(change.target)
    item = AssignmentItem.objects.filter(uuid=change.new_item).select_related("department").first()
    if found is None or item is None or found.status not in OPEN:
        return
    assignment = lock_assignment(found)
    hidden = assignment.restricted or item.restricted
    before = {} if hidden else {"title": assignment.title, "body": assignment.body}
    _apply_deliveries(assignment, item, document, actor, at)
    assignment = lock_assignment(assignment)
    for name in REWORDED:
        setattr(assignment, name, getattr(item, name))
    refresh(assignment, fields=REWORDED)
    _tell_changed(assignment, item, document, actor, at, before)


def _apply_deliveries(
    assignment: Assignment, item: AssignmentItem, document: SteeringDocument, actor: Actor, at: datetime
) -> None:
    """The new words' deliveries: the one in the same place gets its new name and date, one that was not there begins.

    A delivery the new words no longer ask for stays as it is: taking it back is a decision of its own (V-34).
    """
    held = list(Delivery.objects.filter(assignment=assignment).order_by("ordinal", "id"))
    rows = DeliveryItem.objects.filter(assignment_item=item).order_by("ordinal", "id")
    for place, row in enumerate(rows):
        if place >= len(held):
            new_delivery(assignment, row, place + 1, document, clock.local_date(at)).save(force_insert=True)
            continue
        delivery = held[place]
        if any(getattr(delivery, name) != getattr(row, name) for name in NAMED):
            delivery = lock_delivery(delivery)
            for name in NAMED:
                setattr(delivery, name, getattr(row, name))
            bump(delivery, fields=NAMED)
        if row.deadline and row.deadline != delivery.deadline and delivery.state in OUTSTANDING:
            _decide(delivery, row.deadline, row.deadline_text, row, document, actor, at)


def _withdraw(assignment: Assignment, document: SteeringDocument, text: str, actor: Actor, at: datetime) -> None:
    locked = lock_assignment(assignment)
    reason = text.strip() or document.title
    end_by("withdraw", locked, powers=SYSTEM, reason=reason, actor=actor, at=at, document=document)


def _only_outstanding(assignment: Assignment) -> Delivery | None:
    rows = list(Delivery.objects.filter(assignment=assignment, state__in=OUTSTANDING).order_by("ordinal", "id"))
    return rows[-1] if rows else None


def _move(assignment: Assignment, row: DeliveryItem, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    """Find the delivery that the new deadline is about: same sub-point or part, else the last outstanding one."""
    rows = Delivery.objects.filter(assignment=assignment, state__in=OUTSTANDING)
    delivery = None
    if row.anchor:
        delivery = rows.filter(anchor__iexact=row.anchor).first()
    if delivery is None and row.part:
        delivery = rows.filter(part__iexact=row.part).first()
    delivery = delivery or _only_outstanding(assignment)
    if delivery is not None and (row.deadline or row.deadline_text):
        _decide(delivery, row.deadline, row.deadline_text, row, document, actor, at)


def _decide(
    delivery: Delivery,
    deadline: object,
    text: str,
    row: DeliveryItem | None,
    document: SteeringDocument,
    actor: Actor,
    at: datetime,
) -> None:
    decision = NewDeadline(
        deadline=row.deadline if row else deadline,  # type: ignore[arg-type]
        deadline_time=row.deadline_time if row else None,
        deadline_text=text[:300],
        reason=_("Fristen er flyttet i %(title)s.") % {"title": document.title},
        basis=document.title[:300],
        decided_on=document.document_date or clock.local_date(at),
        decided_by_name=document.issuer.name,
    )
    write_decision(lock_delivery(delivery), decision, actor=actor, at=at, document=document)
