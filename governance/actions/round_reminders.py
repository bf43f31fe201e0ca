"""Reminders of rounds, inside the organisation that asked: before and after the deadline, once each (D3, C5).

A run looks at every open request, not at today's date: what fell due while nothing ran leaves at the next run, and
only the latest of several. The row and the mail are written in one transaction, and the row is unique on deadline and
lead, so a worker that is killed has done nothing and two workers do it once. The agency is never reminded.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core import formatting as fmt
from core.calendars import add_working_days, is_quiet
from governance.actions.inputs import send_reminder
from governance.actions.notices import notify
from governance.models import HearingRound, InputRequest, InputState, RoundReminder

#: Working days before the deadline; negative after it.
INPUT_LEADS = (5, 1, -1, -5)
HEARING_LEADS = (1, -1)
FROM = time(7, 0)


def send_day(deadline: date, lead: int) -> date:
    """The day a reminder leaves: never a day off, 24 or 31 December. Ahead of time it moves back, after it on."""
    day = add_working_days(deadline, -lead)
    while is_quiet(day):
        day += timedelta(days=-1 if lead > 0 else 1)
    return day


def due_lead(deadline: date, leads: tuple[int, ...], opened: date, today: date) -> int | None:
    """The latest lead whose day has come; those that came before the round was opened are no duty."""
    come = [lead for lead in leads if opened < send_day(deadline, lead) <= today]
    return min(come) if come else None


def send_due(at: datetime) -> int:
    """Send what is due at ``at``. Nothing leaves on quiet days or before seven. Gives how many left."""
    today = clock.local_date(at)
    if is_quiet(today) or at.astimezone(clock.OSLO).time() < FROM:
        return 0
    asked = InputRequest.objects.filter(
        state=InputState.ASKED, round__closed_at__isnull=True, round__document__state__in=("draft", "hearing")
    )
    heard = HearingRound.objects.filter(closed_at__isnull=True, answered_at__isnull=True)
    sent = sum(_remind_department(pk, at) for pk in asked.order_by("id").values_list("pk", flat=True))
    return sent + sum(_remind_officer(pk, at) for pk in heard.order_by("id").values_list("pk", flat=True))


@transaction.atomic
def _remind_department(pk: int, at: datetime) -> int:
    request = InputRequest.objects.for_list().locked().get(pk=pk)
    round_ = request.round
    if request.state != InputState.ASKED or round_.closed_at is not None:
        return 0
    lead = due_lead(round_.deadline, INPUT_LEADS, clock.local_date(round_.opened_at), clock.local_date(at))
    if lead is None or _gone(RoundReminder.objects.filter(request=request), round_.deadline, lead):
        return 0
    send_reminder(request, at=at, lead=lead, sent_by=None)
    return 1


def _gone(rows: QuerySet[RoundReminder], deadline: date, lead: int) -> bool:
    """This reminder has left, or a person has sent one on its day or later."""
    if rows.filter(deadline=deadline, lead=lead).exists():
        return True
    by_hand = rows.filter(lead__isnull=True, deadline=deadline)
    return any(clock.local_date(row.at) >= send_day(deadline, lead) for row in by_hand)


@transaction.atomic
def _remind_officer(pk: int, at: datetime) -> int:
    """Tell the one who asked that the agency has not answered; a purring to the agency is a person's act (C5)."""
    hearing = HearingRound.objects.for_detail().locked().get(pk=pk)
    if hearing.answered_at is not None or hearing.closed_at is not None:
        return 0
    lead = due_lead(hearing.deadline, HEARING_LEADS, clock.local_date(hearing.opened_at), clock.local_date(at))
    if lead is None or _gone(RoundReminder.objects.filter(hearing=hearing), hearing.deadline, lead):
        return 0
    document = hearing.document
    words = _("%(agency)s har ikke sendt uttalelse til %(title)s. Fristen er %(date)s. Virksomheten er ikke purret.")
    values = {
        "agency": document.recipient.name,
        "title": document.title,
        "date": fmt.date_with_weekday(hearing.deadline),
    }
    sent = notify(
        to=[hearing.opened_by.email], subject=_("Uttalelse mangler: %(title)s") % {"title": document.title},
        paragraphs=[words % values], about=hearing, organisation=document.issuer.uuid, at=at,
        purpose="hearing_reminder",
    )  # fmt: skip
    RoundReminder.objects.create(
        hearing=hearing, deadline=hearing.deadline, lead=lead, at=at, message_id=sent[0].message_id if sent else "",
        problem="" if sent else _("Den som sendte utkastet, har ingen e-postadresse."),
    )  # fmt: skip
    return 1
