"""What the pages of a document ask of the life of its assignments: the way to each, and who reads an exempt one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse

from assignments.models import Assignment
from core.actor import Actor
from core.models import Event
from governance.models import AssignmentItem


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


def connect() -> None:
    """Called once when the app starts."""
    from governance.links import use_item_pages
    from governance.restricted import use_readers

    use_item_pages(addresses)
    use_readers(readable)
