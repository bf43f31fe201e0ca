"""What an agency owes and who is to be reminded of it: deliveries and expected reports in one shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from assignments.models import Delivery
from governance.models import DeadlineKind
from reporting.leadtimes import CLARIFY_LEADS, send_days
from reporting.models import ExpectedDelivery, ExpectedState, ReminderPlan

DEADLINE, CLARIFY = "deadline", "clarify"

DutyKey = tuple[int | None, int | None, int]
RowKey = tuple[int | None, int | None, int, str, str, int]


@dataclass(frozen=True)
class Recipient:
    """An address, and the person behind it when it is a person's."""

    address: str
    user_id: int | None = None


@dataclass(frozen=True)
class Duty:
    """One outstanding duty. ``clarify``: the deadline is in doubt or not set, which only the ministry is asked about.

    ``day`` is the deadline, or for ``clarify`` the day the letter came. ``words`` is what may stand in a mail: of an
    exempt assignment its number and basis, never title or text (decision B2).
    """

    delivery_id: int | None
    expected_id: int | None
    version: int
    day: date
    clarify: bool
    words: str
    recipients: tuple[Recipient, ...]
    page: tuple[str, str]

    @property
    def key(self) -> DutyKey:
        """Which duty, at which version of its deadline."""
        return (self.delivery_id, self.expected_id, self.version)


@dataclass(frozen=True)
class DesiredRow:
    """A reminder that should exist."""

    key: RowKey
    deadline: date
    send_on: date
    user_id: int | None


def duties_of(plan: ReminderPlan, agency: Organisation) -> list[Duty]:
    """Everything outstanding for an agency, seen from the side that started the plan."""
    deliveries = (
        Delivery.objects.outstanding()
        .filter(assignment__responsible=agency)
        .filter(Q(deadline__isnull=False) | Q(letter_deadline_kind=DeadlineKind.DIALOG) | Q(unclear=True))
        .select_related(
            "assignment__owner", "assignment__issuer", "assignment__department", "assignment__ministry_contact"
        )
        .order_by("id")
    )
    found = [duty for delivery in deliveries if (duty := _from_delivery(delivery, plan, agency))]
    expected = (
        ExpectedDelivery.objects.filter(agency=agency, state=ExpectedState.COMING, due__isnull=False)
        .select_related("owner")
        .order_by("id")
    )
    return found + [_from_expected(row, agency) for row in expected]


def _from_delivery(delivery: Delivery, plan: ReminderPlan, agency: Organisation) -> Duty | None:
    assignment = delivery.assignment
    clarify = delivery.unclear or delivery.deadline is None
    if clarify and plan.organisation_id != assignment.issuer_id:
        return None  # nobody is chased across the line: the ministry's own plan asks the ministry (decision C5)
    if clarify:
        contact, department = assignment.ministry_contact, assignment.department
        mailbox = (department.mailbox if department else "") or assignment.issuer.mailbox
        recipients = _recipients(contact, mailbox)
    else:
        recipients = _recipients(assignment.owner, agency.mailbox)
    day = assignment.given_on if clarify else delivery.deadline
    return Duty(
        delivery_id=delivery.pk,
        expected_id=None,
        version=delivery.deadline_version,
        day=day or assignment.given_on,
        clarify=clarify,
        words=delivery_words(delivery),
        recipients=recipients,
        page=("assignments:passport", str(assignment.uuid)),
    )


def _from_expected(row: ExpectedDelivery, agency: Organisation) -> Duty:
    return Duty(
        delivery_id=None,
        expected_id=row.pk,
        version=row.deadline_version,
        day=row.due or date.max,
        clarify=False,
        words=row.title,
        recipients=_recipients(row.owner, agency.mailbox),
        page=("reporting:expected", str(row.uuid)),
    )


def delivery_words(delivery: Delivery) -> str:
    """What a mail may say of a delivery: nothing but number and basis when the assignment is exempt."""
    assignment = delivery.assignment
    if assignment.restricted:
        basis = assignment.restricted_basis or _("unntatt offentlighet")
        return _("%(reference)s (%(basis)s)") % {"reference": assignment.reference or _("Oppdrag"), "basis": basis}
    words = str(assignment)
    if assignment.delivery_count > 1 or delivery.title:
        part = delivery.title or delivery.part
        number = _("leveranse %(n)s") % {"n": delivery.ordinal}
        words = f"{words}, {number}: {part}" if part else f"{words}, {number}"
    return words


def _recipients(person: object, mailbox: str) -> tuple[Recipient, ...]:
    """Named owner and unit mailbox, each address once; empty when there is nobody."""
    rows = []
    email = getattr(person, "email", "") or ""
    if email and getattr(person, "is_active", False):
        rows.append(Recipient(email, getattr(person, "pk", None)))
    if mailbox and mailbox.lower() != email.lower():
        rows.append(Recipient(mailbox))
    return tuple(rows)


def desired_rows(duties: Iterable[Duty], leads: Iterable[int]) -> dict[RowKey, DesiredRow]:
    """Every reminder the duties ask for. A duty without recipient gives one row with an empty address, to be seen."""
    leads = tuple(leads)
    rows: dict[RowKey, DesiredRow] = {}
    for duty in duties:
        kind = CLARIFY if duty.clarify else DEADLINE
        for lead, day in send_days(duty.day, CLARIFY_LEADS if duty.clarify else leads).items():
            for to in duty.recipients or (Recipient(""),):
                key = (*duty.key, to.address, kind, lead)
                rows[key] = DesiredRow(key, duty.day, day, to.user_id)
    return rows
