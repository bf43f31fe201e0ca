"""Reminders through a real worker: killed while claiming, and stopped for three days (issue point 6, D1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core import clock
from core.calendars import is_quiet, subtract_working_days
from core.models import Message, MessageState
from reporting.actions.expected import mark_no_input
from reporting.actions.reminder_plan import start_reminders
from reporting.leadtimes import due_at
from reporting.models import ExpectedDelivery, Reminder
from tests.cast import Cast
from tests.mailbox import Mailbox
from tests.worker.processes import Processes, own_connection, wait_for, waits_for_lock

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TASK = "reporting.tasks.send_reminders"


def a_working_day_some_weeks_ago() -> date:
    day = clock.today() - timedelta(days=30)
    while is_quiet(day):
        day -= timedelta(days=1)
    return day


def expect(cast: Cast, title: str, due: date) -> ExpectedDelivery:
    return ExpectedDelivery.objects.create(agency=cast.org("DMP"), receiver=cast.org("HOD"), title=title, due=due)


def instant(day: date) -> datetime:
    return due_at(day) + timedelta(minutes=5)


def send_at(processes: Processes, day: date) -> None:
    processes.call(TASK, instant(day).replace(tzinfo=None).isoformat())


def settled(count: int) -> bool:
    return Reminder.objects.filter(state="sent").count() == count


def test_killed_while_claiming_nothing_is_lost_and_nothing_sent_twice(
    cast: Cast, processes: Processes, mailbox: Mailbox
) -> None:
    day = a_working_day_some_weeks_ago()
    for number in range(5):
        expect(cast, f"Innspill {number}", day)
    start = due_at(subtract_working_days(day, 3))
    start_reminders(agency=cast.org("DMP"), actor=cast.actor("officer"), at=start, leads=[1])
    with own_connection() as holder:
        holder.execute("lock table core_message in access exclusive mode")
        processes.worker()
        send_at(processes, day)
        wait_for(waits_for_lock, "the worker to write the message")
        processes.kill("worker")
        holder.rollback()
    assert set(Reminder.objects.values_list("state", flat=True)) == {"planned"}
    processes.worker()
    processes.beat()
    send_at(processes, day)
    send_at(processes, day)
    wait_for(lambda: settled(5), "five reminders to be sent")
    assert Message.objects.count() == 1
    assert len(mailbox.received) == 1


def test_three_days_without_a_worker_lose_none_and_send_none_twice(
    cast: Cast, processes: Processes, mailbox: Mailbox
) -> None:
    last = a_working_day_some_weeks_ago()
    days = [subtract_working_days(last, count) for count in (3, 2, 1, 0)]
    duties = [expect(cast, f"Rapport {number}", day) for number, day in enumerate(days)]
    start = due_at(subtract_working_days(days[0], 3))
    start_reminders(agency=cast.org("DMP"), actor=cast.actor("officer"), at=start, leads=[1, 0])
    processes.worker()
    processes.beat()
    send_at(processes, subtract_working_days(days[0], 1))
    wait_for(lambda: settled(1), "the first reminder")
    processes.kill("worker")
    mark_no_input(expected=duties[3], actor=cast.actor("officer"), at=instant(days[1]))
    processes.worker()  # three working days later
    send_at(processes, last)
    wait_for(lambda: settled(6), "all that fell due meanwhile")
    send_at(processes, last)
    wait_for(lambda: not Message.objects.exclude(state=MessageState.SENT).exists(), "the queue to be empty")
    assert Reminder.objects.filter(state="sent").count() == 6
    assert not Reminder.objects.filter(expected=duties[3], state="sent").exists()
    assert len(mailbox.received) == Message.objects.count() == 2
    assert len(set(mailbox.ids())) == 2
