"""Exempt assignments: the page shows a shell unless the life of the assignment names the reader (decision B2).

The named readers belong to a higher app; it tells this one through ``use_readers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from agencies import access
from agencies.rights import Right
from core.actor import Actor
from governance.models import AssignmentItem, SteeringDocument

Readers = Callable[[Actor, list[UUID], date], set[UUID]]
_SOURCE: list[Readers] = []


def use_readers(source: Readers) -> None:
    """Tell which of these assignment items the actor may read in full."""
    _SOURCE[:] = [source]


def may_read_restricted(actor: Actor, items: Iterable[UUID], day: date) -> set[UUID]:
    """The items among these that the actor may read; none when nobody has been asked."""
    wanted = list(items)
    return _SOURCE[0](actor, wanted, day) if wanted and _SOURCE else set()


def withheld_from(document: SteeringDocument, actor: Actor, day: date) -> list[UUID]:
    """The exempt assignments of the document that the actor may not read: shells in every page, file and answer.

    A draft has no readers yet: those who write it and those who sign it, on the issuer's side, read all of it.
    """
    exempt = AssignmentItem.objects.filter(document=document, restricted=True)
    items: list[UUID] = list(exempt.order_by("ordinal", "id").values_list("uuid", flat=True))
    if items and not document.is_issued and actor.organisation == document.issuer.uuid:
        writing = (Right.DRAFT_DOCUMENTS, Right.REGISTER_DOCUMENTS, Right.ISSUE_DOCUMENTS)
        if any(access.may(actor, right, document.recipient_id, day) for right in writing):
            return []
    readable = may_read_restricted(actor, items, day)
    return [item for item in items if item not in readable]
