"""What the pages of a document ask of the life of its assignments: the way to each, and who reads an exempt one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse

from assignments.models import Assignment
from core.actor import Actor


def addresses(actor: Actor, items: list[UUID], day: date) -> dict[UUID, str]:
    """Page of the assignment each item became, for those the actor sees."""
    rows = Assignment.objects.visible_to(actor, day).filter(item__uuid__in=items).values_list("item__uuid", "uuid")
    return {item: reverse("assignments:passport", args=[uuid]) for item, uuid in rows}


def readable(actor: Actor, items: list[UUID], day: date) -> set[UUID]:
    """The items whose title and text the actor may read: of an exempt one only the named readers (decision B2)."""
    rows = Assignment.objects.readable_by(actor, day).filter(item__uuid__in=items)
    return set(rows.values_list("item__uuid", flat=True))


def connect() -> None:
    """Called once when the app starts."""
    from governance.links import use_item_pages
    from governance.restricted import use_readers

    use_item_pages(addresses)
    use_readers(readable)
