"""A delivery as a letter asks for it: the row that is followed up, made of the row in the document (decision A7)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from assignments.models import Assignment, Delivery
from governance.models import DeliveryItem, SteeringDocument


def new_delivery(
    assignment: Assignment, row: DeliveryItem, number: int, document: SteeringDocument, day: date
) -> Delivery:
    """A doubtful deadline is under clarification: kept as written, with no current date (decision A7)."""
    early = bool(row.deadline and document.document_date and row.deadline < document.document_date)
    unclear = row.doubtful or early
    doubt = row.doubt or (_("Fristen er før brevets dato.") if early else "")
    return Delivery(
        assignment=assignment,
        item=row,
        ordinal=number,
        part=row.part,
        anchor=row.anchor,
        title=row.title,
        product=row.product,
        letter_deadline_kind=row.deadline_kind,
        letter_deadline_text=row.deadline_text,
        letter_deadline=row.deadline,
        deadline=None if unclear else row.deadline,
        deadline_time=None if unclear else row.deadline_time,
        unclear=unclear,
        unclear_reason=doubt if unclear else "",
        unclear_since=day if unclear else None,
        not_extendable=row.not_extendable,
    )
