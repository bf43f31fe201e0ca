"""What the pages of a document ask of the life of its assignments: the way to each, and who reads an exempt one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from agencies.models import Organisation
from assignments.models import Assignment, Delivery, DeliveryState
from assignments.states import DELIVERED, OPEN
from core.actor import Actor
from core.clock import OSLO
from core.models import Event
from governance.lives import Fates
from governance.models import AssignmentItem, DeadlineKind, SteeringDocument

ENDINGS = ("assignment.closed", "assignment.lapsed", "assignment.withdrawn", "assignment.replaced")


def addresses(actor: Actor, items: list[UUID], day: date) -> dict[UUID, str]:
    """Page of the assignment each item became, for those the actor sees."""
    rows = Assignment.objects.visible_to(actor, day).filter(item__uuid__in=items).values_list("item__uuid", "uuid")
    return {item: reverse("assignments:passport", args=[uuid]) for item, uuid in rows}


def readable(actor: Actor, items: list[UUID], day: date) -> set[UUID]:
    """The items whose title and text the actor may read: of an exempt one only the named readers (decision B2).

    A later item that changed an assignment has no readers of its own: those of the assignment, when that is exempt,
    and the one who made the letter.
    """
    seen = Assignment.objects.readable_by(actor, day)
    found = set(seen.filter(item__uuid__in=items).values_list("item__uuid", flat=True))
    changes = Event.objects.filter(
        type="assignment.changed_by_letter",
        after__item__in=[str(item) for item in items],
        subject__in=seen.filter(restricted=True).values("uuid"),
    )
    found |= {UUID(after["item"]) for after in changes.values_list("after", flat=True)}
    made = AssignmentItem.objects.filter(uuid__in=items, assignment__isnull=True, document__created_by_id=actor.user_id)
    return found | set(made.values_list("uuid", flat=True))


def fates(agency: Organisation, valid_on: date, known_at: datetime | None) -> Fates:
    """Which of an agency's assignments had ended by the end of a day, and which were kept, as known at a moment."""
    items = dict(
        Assignment.objects.filter(Q(given_to=agency) | Q(responsible=agency), item__isnull=False).values_list(
            "uuid", "item__uuid"
        )
    )
    end = datetime.combine(valid_on + timedelta(days=1), time(0), tzinfo=OSLO)
    told = Event.objects.filter(type__in=(*ENDINGS, "assignment.kept"), subject__in=items, at__lt=end)
    if known_at is not None:
        told = told.filter(at__lte=known_at)
    ended: set[UUID] = set()
    kept: set[UUID] = set()
    for kind, subject in told.values_list("type", "subject"):
        (kept if kind == "assignment.kept" else ended).add(items[subject])
    return Fates(frozenset(ended), frozenset(kept))


def unsettled(document: SteeringDocument) -> frozenset[UUID]:
    """Assignments of a letter with a deadline that was to be agreed in dialogue and still is not (V-06)."""
    rows = Delivery.objects.filter(
        assignment__document=document,
        assignment__status__in=OPEN,
        letter_deadline_kind=DeadlineKind.DIALOG,
        deadline__isnull=True,
    ).exclude(state__in=(*DELIVERED, DeliveryState.CANCELLED))
    return frozenset(uuid for uuid in rows.values_list("assignment__item__uuid", flat=True) if uuid)


def connect() -> None:
    """Called once when the app starts."""
    from governance.links import use_item_pages
    from governance.lives import use_fates, use_unsettled
    from governance.restricted import use_readers

    use_item_pages(addresses)
    use_readers(readable)
    use_fates(fates)
    use_unsettled(unsettled)
