"""What every act on an assignment does: lock, ask, record, and keep the status in step with the deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from assignments import states
from assignments.models import Assignment, AssignmentStatus, Delivery, DeliveryState
from assignments.permissions import powers_on
from assignments.rights import Powers
from assignments.signals import assignment_changed
from core import clock, events
from core.actor import Actor
from core.errors import NotInThisState, Problem, RuleBroken
from core.models import Audience
from core.transitions import bump, check_version


@dataclass(frozen=True)
class Summary:
    """What the deliveries say of their assignment; the denormalised fields repeat it."""

    next_deadline: date | None
    delivery_count: int
    delivered_count: int
    unclear: bool
    status: str


def lock_assignment(assignment: Assignment) -> Assignment:
    """The assignment, locked: every act on it or its deliveries takes this lock first."""
    rows = Assignment.objects.select_related("issuer", "responsible", "given_to", "department", "document", "item")
    locked: Assignment = rows.locked().get(pk=assignment.pk)
    return locked


def lock_delivery(delivery: Delivery) -> Delivery:
    """The delivery, locked under its assignment, with the locked assignment on it."""
    assignment = lock_assignment(Assignment(pk=delivery.assignment_id))
    locked: Delivery = Delivery.objects.locked().get(pk=delivery.pk)
    locked.assignment = assignment
    return locked


def powers_at(actor: Actor, assignment: Assignment, at: datetime) -> Powers:
    """The actor's powers on the day of the act."""
    return powers_on(actor, assignment, clock.local_date(at))


def require_open(assignment: Assignment) -> None:
    """Raise NotInThisState with the reason when the assignment has ended."""
    if reason := states.ended_sentence(assignment):
        raise NotInThisState(reason)


def require_version(assignment: Assignment, expected: int | None) -> None:
    """Compare the version a form or ``If-Match`` carried. Raises StaleVersion."""
    check_version(assignment, expected)


def require_words(text: str, field: str, sentence: str) -> str:
    """The text without white space at the ends. Raises RuleBroken when nothing is left."""
    words = text.strip()
    if not words:
        raise RuleBroken(problems=[Problem("missing", sentence, field)])
    return words


def summarise(assignment: Assignment, deliveries: Sequence[Delivery]) -> Summary:
    """Fold the deliveries into what the list sorts and counts on.

    The next deadline is the earliest dated one still outstanding; when all is delivered, the last one.
    """
    live = [delivery for delivery in deliveries if delivery.state != DeliveryState.CANCELLED]
    delivered = [delivery for delivery in live if delivery.state in states.DELIVERED]
    outstanding = [delivery for delivery in live if delivery.state in states.OUTSTANDING]
    dated = [delivery.deadline for delivery in outstanding if delivery.deadline and not delivery.unclear]
    last = [delivery.deadline for delivery in delivered if delivery.deadline]
    next_deadline = min(dated, default=None) if outstanding else max(last, default=None)
    return Summary(
        next_deadline=next_deadline,
        delivery_count=len(live),
        delivered_count=len(delivered),
        unclear=any(delivery.unclear for delivery in outstanding),
        status=_status(assignment, live, len(delivered)),
    )


def _status(assignment: Assignment, live: Sequence[Delivery], delivered: int) -> str:
    if assignment.status not in states.OPEN or assignment.standing:
        return assignment.status if assignment.status not in states.OPEN else AssignmentStatus.STANDING.value
    if any(delivery.state == DeliveryState.RETURNED for delivery in live):
        return AssignmentStatus.RETURNED.value
    if live and delivered == len(live):
        return AssignmentStatus.DELIVERED.value
    begun = delivered or any(delivery.state == DeliveryState.IN_PROGRESS for delivery in live)
    if begun or assignment.shared_version:
        return AssignmentStatus.IN_PROGRESS.value
    return AssignmentStatus.RECEIVED.value if assignment.received_at else AssignmentStatus.GIVEN.value


_SUMMARY_FIELDS = ("next_deadline", "delivery_count", "delivered_count", "unclear", "status")


def refresh(assignment: Assignment, *, fields: Iterable[str] = ()) -> Assignment:
    """Write status and counts as the deliveries say, with other changed ``fields``, and raise the version once."""
    summary = summarise(assignment, list(Delivery.objects.filter(assignment_id=assignment.pk)))
    for name in _SUMMARY_FIELDS:
        setattr(assignment, name, getattr(summary, name))
    bump(assignment, fields=dict.fromkeys((*_SUMMARY_FIELDS, *fields)))
    return assignment


def tell(
    event: str,
    assignment: Assignment,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    audience: Audience = Audience.SHARED,
) -> None:
    """Record an event on the assignment, and tell the apps above that it has changed.

    Of an exempt one no free text leaves its own tables (decision B2).
    """
    issuer, agency = assignment.issuer.uuid, assignment.responsible.uuid
    organisation: UUID | None = actor.organisation or issuer
    events.record(
        event=event,
        subject=assignment,
        actor=actor,
        at=at,
        organisation=organisation,
        counterpart=agency if organisation == issuer else issuer,
        reason="" if assignment.restricted else reason,
        before=before,
        after=after,
        audience=audience,
    )
    assignment_changed.send(sender=Assignment, assignment=assignment, actor=actor, at=at)


def one_at_a_time(error: IntegrityError) -> NotInThisState:
    """What two people who did the same at the same moment are told."""
    return NotInThisState(_("Dette er allerede gjort. Last siden på nytt for å se det."), code="already_done")
