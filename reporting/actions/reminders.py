"""Sending what is due: many reminders to one recipient on one day are one message (decisions D1, D3).

The rows exist before they are due. One run claims all that are due, also those of days when nothing ran, writes
them to messages in one transaction, and leaves the rest to the mail queue: a run that is killed has done nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, mail
from core import formatting as fmt
from core.models import Message, MessageState
from reporting.actions.reminder_plan import Planned, running_plans, sync_plan
from reporting.leadtimes import may_send
from reporting.models import Reminder, ReminderPlan, ReminderState
from reporting.selectors.duties import CLARIFY, Duty, DutyKey, duties_of

PURPOSE = "reminder"


@dataclass
class SendResult:
    """What one run did. ``reminders`` are those that were put into ``messages``, in the order of the ledger."""

    at: datetime
    quiet: bool = False
    plan: Planned = field(default_factory=Planned)
    messages: list[Message] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One duty in a message."""

    words: str
    deadline: str
    distance: str
    late: bool
    url: str


@transaction.atomic
def send_due(at: datetime) -> SendResult:
    """Plan, then put every reminder that is due at ``at`` in the mail queue, one message per recipient.

    No filter on today's date: what fell due while nothing ran leaves now, if the duty is still outstanding.
    On quiet days and before seven nothing leaves; it waits for the next run.
    """
    result = SendResult(at=at, quiet=not may_send(at))
    today = clock.local_date(at)
    plans = list(running_plans().locked().order_by("id"))
    duties: dict[DutyKey, Duty] = {}
    for plan in plans:
        result.plan += sync_plan(plan, at)
        duties |= {duty.key: duty for duty in duties_of(plan, plan.agency)}
    if result.quiet or not plans:
        return result
    for address, rows in _due_rows(plans, today).items():
        message = _queue(address, rows, duties, plans, at)
        result.messages.append(message)
        result.reminders += rows
    return result


def _due_rows(plans: Sequence[ReminderPlan], today: date) -> dict[str, list[Reminder]]:
    """Planned rows whose day has come, by recipient. The plans are locked, so nobody else takes them."""
    rows = Reminder.objects.filter(plan__in=plans, state=ReminderState.PLANNED, send_on__lte=today)
    found: dict[str, list[Reminder]] = defaultdict(list)
    for row in rows.locked().order_by("to_address", "deadline", "id"):
        found[row.to_address].append(row)
    return found


def _queue(
    address: str,
    rows: list[Reminder],
    duties: dict[DutyKey, Duty],
    plans: Sequence[ReminderPlan],
    at: datetime,
) -> Message:
    today = clock.local_date(at)
    keys = dict.fromkeys((row.delivery_id, row.expected_id, row.deadline_version) for row in rows)
    clarify = [_line(duties[key], today) for key in keys if duties[key].clarify]
    dated = [_line(duties[key], today) for key in keys if not duties[key].clarify]
    by_plan = {plan.pk: plan for plan in plans}
    plan = by_plan[rows[0].plan_id]
    words = mail.render("reminder", _subject(dated, clarify), {"dated": dated, "clarify": clarify, "plan": plan})
    message = mail.queue_message(
        to=address,
        words=words,
        purpose=PURPOSE,
        at=at,
        about=plan,
        organisation=plan.organisation.uuid,
        recipient_user_id=rows[0].recipient_user_id,
    )
    for row in rows:
        row.state, row.message = ReminderState.QUEUED, message
    Reminder.objects.bulk_update(rows, ["state", "message"], batch_size=500)
    return message


def _line(duty: Duty, today: date) -> Line:
    return Line(
        words=duty.words,
        deadline=fmt.date_with_weekday(duty.day),
        distance=fmt.distance(duty.day, today),
        late=not duty.clarify and duty.day < today,
        url=_address(duty),
    )


def _address(duty: Duty) -> str:
    name, uuid = duty.page
    try:
        return f"{settings.BASE_URL}{reverse(name, args=[uuid])}"
    except NoReverseMatch:
        return settings.BASE_URL


def _subject(dated: Sequence[Line], clarify: Sequence[Line]) -> str:
    if not dated:
        return ngettext(
            "Påminnelse: %(n)s frist må avklares", "Påminnelse: %(n)s frister må avklares", len(clarify)
        ) % {"n": len(clarify)}
    if len(dated) == 1 and not clarify:
        line = dated[0]
        return _("Påminnelse: %(words)s, frist %(deadline)s") % {"words": line.words, "deadline": line.deadline}
    total = len(dated) + len(clarify)
    return _("Påminnelse: %(n)s frister, den første %(deadline)s") % {"n": total, "deadline": dated[0].deadline}


@transaction.atomic
def settle_from_message(*, message: Message, at: datetime) -> int:
    """Write what became of the message on its reminders. Called by the receiver of ``message_settled``."""
    rows = Reminder.objects.filter(message=message, state__in=(ReminderState.QUEUED, ReminderState.SENT))
    if message.state in (MessageState.SENT, MessageState.UNCERTAIN):
        return rows.update(state=ReminderState.SENT, state_reason=message.problem[:300], settled_at=at)
    if message.state in (MessageState.FAILED, MessageState.BOUNCED):
        return rows.update(state=ReminderState.FAILED, state_reason=message.problem[:300], settled_at=at)
    return 0


__all__ = ["CLARIFY", "SendResult", "send_due", "settle_from_message"]
