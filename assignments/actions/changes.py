"""What a later document does to an earlier assignment: clarifies, moves a deadline, withdraws (decision A2)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from assignments.actions.base import lock_assignment, lock_delivery, refresh, tell
from assignments.actions.deadlines import NewDeadline, write_decision
from assignments.actions.ending import end_by
from assignments.models import Assignment, Delivery
from assignments.references import parse
from assignments.rights import SYSTEM
from assignments.states import OPEN, OUTSTANDING
from core import clock
from core.actor import Actor
from governance.models import AssignmentItem, Change, ChangeKind, DeliveryItem, ItemChange, SteeringDocument


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
    after = {"item": item.uuid, "document": document.uuid, "document_title": document.title, "change": item.change}
    tell("assignment.changed_by_letter", assignment, actor=actor, at=at, after=after)
    return True


def apply_changes(document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """Let a drafted supplement's changes act: withdraw an assignment, move the deadline of one or of a delivery."""
    kinds = (ChangeKind.WITHDRAW, ChangeKind.MOVE_DEADLINE)
    changes = Change.objects.filter(document=document, kind__in=kinds, target__isnull=False).order_by("ordinal", "id")
    for change in changes:
        delivery = Delivery.objects.filter(item__uuid=change.target).first()
        assignment = Assignment.objects.filter(Q(item__uuid=change.target) | Q(uuid=change.target)).first()
        if assignment is not None and assignment.status in OPEN and change.kind == ChangeKind.WITHDRAW:
            _withdraw(assignment, document, change.text, actor, at)
        elif change.kind == ChangeKind.MOVE_DEADLINE and change.new_date:
            if delivery is None and assignment is not None:
                delivery = _only_outstanding(assignment)
            if delivery is not None:
                _decide(delivery, change.new_date, change.text, None, document, actor, at)


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
