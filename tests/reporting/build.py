"""An agency's year for tests of calendar, reminders and overview."""

from __future__ import annotations

from datetime import date, datetime

from assignments.models import Assignment, Delivery
from core.clock import OSLO
from governance.models import AssignmentItem, DeliveryItem, SteeringDocument
from reporting.models import ExpectedDelivery, ReportKind
from tests.cast import Cast
from tests.factories.documents import make_registered_letter

JANUARY = datetime(2026, 1, 12, 9, 0, tzinfo=OSLO)


def issued_letter(cast: Cast) -> SteeringDocument:
    """The registered letter of 2026 with assignments, calendar and expected deliveries."""
    load_kinds()
    letter = make_registered_letter(cast)
    _give_assignments(letter)
    return letter


def load_kinds() -> None:
    """Two kinds of report, enough for a calendar to know its rows."""
    for code, name, words, when in (
        ("annual_report", "Årsrapport", ["årsrapport"], ["annual_report"]),
        ("activity_report", "Virksomhetsrapport per 2. tertial", ["virksomhetsrapport"], ["activity_report"]),
    ):
        values = {"name_nb": name, "name_nn": name, "title_words": words, "requirement_when": when}
        values |= {"correspondence": code, "cut_off": "12-31"}
        ReportKind.objects.get_or_create(code=code, defaults=values)


def _give_assignments(letter: SteeringDocument) -> None:
    """Assignments of the letter, when no receiver has made them."""
    if Assignment.objects.filter(document=letter).exists():
        return
    for item in AssignmentItem.objects.select_related("department").filter(document=letter):
        assignment = Assignment.objects.create(
            item=item,
            document=letter,
            issuer=letter.issuer,
            given_to=letter.recipient,
            responsible=letter.recipient,
            department=item.department,
            reference=item.reference,
            series=item.series,
            year=item.year,
            number=item.number,
            letter_year=2026,
            title=item.title,
            body=item.body,
            given_on=letter.document_date or date(2025, 12, 22),
        )
        for row in DeliveryItem.objects.filter(assignment_item=item):
            Delivery.objects.create(
                assignment=assignment,
                item=row,
                ordinal=row.ordinal,
                title=row.title,
                letter_deadline_kind=row.deadline_kind,
                letter_deadline_text=row.deadline_text,
                letter_deadline=row.deadline,
                deadline=row.deadline,
                unclear=row.doubtful,
            )
        deliveries = list(Delivery.objects.filter(assignment=assignment))
        assignment.delivery_count = len(deliveries)
        assignment.next_deadline = min((row.deadline for row in deliveries if row.deadline), default=None)
        assignment.unclear = any(row.unclear for row in deliveries)
        assignment.save()


def assignment(reference: str) -> Assignment:
    """An assignment by number, with its bodies."""
    return Assignment.objects.select_related("issuer", "responsible", "department", "document").get(reference=reference)


def delivery(reference: str) -> Delivery:
    """The one delivery of an assignment."""
    return Delivery.objects.select_related("assignment").get(assignment__reference=reference)


def expected(title: str) -> ExpectedDelivery:
    """An expected delivery by the beginning of its title."""
    return ExpectedDelivery.objects.select_related("agency", "receiver").get(title__startswith=title)
