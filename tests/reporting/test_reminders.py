"""Planned rows, digests, catch-up, supersession: nothing lost, nothing twice (decisions C5, D1, D3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import mail
from core.clock import OSLO
from core.errors import NotAllowed, NotInThisState, RuleBroken
from core.models import Event, Message
from reporting.actions.expected import mark_received
from reporting.actions.reminder_plan import start_reminders, stop_reminders, sync_agency
from reporting.actions.reminders import send_due
from reporting.models import Reminder, ReminderPlan
from tests.cast import MARKER_EXEMPT, Cast
from tests.mailbox import Mailbox, running_mailbox
from tests.reporting.build import JANUARY, assignment, delivery, expected, issued_letter

pytestmark = pytest.mark.django_db


def morning(month: int, day: int, year: int = 2026, hour: int = 7) -> datetime:
    return datetime(year, month, day, hour, 0, tzinfo=OSLO)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


@pytest.fixture
def plan(cast: Cast) -> ReminderPlan:
    issued_letter(cast)
    return start_reminders(agency=cast.org("DMP"), actor=cast.actor("officer"), at=JANUARY)


def planned(**fields: object) -> list[date]:
    rows = Reminder.objects.filter(state="planned", **fields).order_by("send_on")
    return list(rows.values_list("send_on", flat=True))


def test_rows_exist_before_they_are_due_and_never_on_quiet_days(cast: Cast, plan: ReminderPlan) -> None:
    annual = expected("Årsrapport 2025")
    assert planned(expected=annual) == [
        date(2026, 2, 16),
        date(2026, 3, 2),
        date(2026, 3, 9),
        date(2026, 3, 13),
        date(2026, 3, 16),
    ]
    new_years_eve = delivery("TB2026-1")
    assert planned(delivery=new_years_eve)[-2:] == [date(2026, 12, 30), date(2027, 1, 4)]


def test_owner_and_unit_mailbox_each_get_one(cast: Cast, plan: ReminderPlan) -> None:
    row = assignment("TB2026-1")
    row.owner = cast.user("owner")
    row.save()
    sync_agency(agency_id=cast.org("DMP").pk, at=JANUARY)
    addresses = set(
        Reminder.objects.filter(delivery__assignment=row, state="planned").values_list("to_address", flat=True)
    )
    assert addresses == {"owner@test.invalid", cast.org("DMP").mailbox}


def test_what_was_due_before_the_start_is_superseded_and_never_sent(cast: Cast) -> None:
    issued_letter(cast)
    start_reminders(agency=cast.org("DMP"), actor=cast.actor("controller"), at=morning(3, 4))
    annual = Reminder.objects.filter(expected=expected("Årsrapport 2025"))
    assert set(annual.filter(send_on__lt=date(2026, 3, 4)).values_list("state", flat=True)) == {"superseded"}
    assert send_due(morning(3, 4)).reminders == []


def test_a_run_in_the_morning_sends_and_a_second_run_sends_nothing(
    cast: Cast, plan: ReminderPlan, mailbox: Mailbox
) -> None:
    send_due(morning(3, 6))
    Message.objects.update(state="sent", sent_at=morning(3, 6))
    first = send_due(morning(3, 9))
    assert {row.expected_id for row in first.reminders} == {expected("Årsrapport 2025").pk}
    assert send_due(morning(3, 9, hour=8)).messages == []
    mail.deliver_due(morning(3, 9), relay=mailbox.relay())
    assert len(mailbox.received) == 1
    text = mailbox.received[0].get_body(("plain",))
    assert text is not None
    assert "Årsrapport 2025" in text.get_content()
    assert "15. mars 2026 (søndag)" in text.get_content()
    assert {row.state for row in Reminder.objects.filter(send_on=date(2026, 3, 9))} == {"sent"}


@pytest.mark.parametrize(
    "at",
    [
        morning(3, 14),
        morning(3, 15),
        morning(5, 14),
        morning(12, 24),
        morning(12, 31),
        morning(3, 16, hour=6),
    ],
)
def test_nothing_leaves_on_weekends_holidays_quiet_days_or_before_seven(
    cast: Cast, plan: ReminderPlan, at: datetime
) -> None:
    result = send_due(at)
    assert result.quiet
    assert result.messages == []


def test_many_reminders_to_one_recipient_on_one_day_are_one_message(cast: Cast, plan: ReminderPlan) -> None:
    result = send_due(morning(12, 30))
    addresses = [message.to_address for message in result.messages]
    assert len(addresses) == len(set(addresses))
    digest = next(m for m in result.messages if m.to_address == cast.org("DMP").mailbox)
    assert "TB2026-1" in digest.text
    assert "TB2026-3" in digest.text


def test_three_days_without_a_worker_lose_none_and_send_none_twice(cast: Cast, plan: ReminderPlan) -> None:
    send_due(morning(3, 6))
    due = set(Reminder.objects.filter(state="planned", send_on__range=(date(2026, 3, 9), date(2026, 3, 13))))
    result = send_due(morning(3, 13, hour=11))
    assert set(result.reminders) >= due
    assert len(due) >= 2
    assert send_due(morning(3, 13, hour=12)).reminders == []
    assert len(result.messages) == 1
    assert result.messages[0].text.count("Årsrapport 2025") == 1


def test_a_received_report_stops_what_is_left(cast: Cast, plan: ReminderPlan) -> None:
    row = expected("Årsrapport 2025")
    mark_received(expected=row, received_on=date(2026, 1, 12), actor=cast.actor("officer"), at=JANUARY)
    assert planned(expected=row) == []
    reasons = set(Reminder.objects.filter(expected=row).values_list("state_reason", flat=True))
    assert "Levert eller avsluttet" in reasons


def test_a_delivered_assignment_is_not_reminded_even_when_nobody_told_the_planner(
    cast: Cast, plan: ReminderPlan
) -> None:
    row = delivery("TB2026-1")
    row.state = "delivered"
    row.save()
    result = send_due(morning(12, 30))
    assert row.pk not in {reminder.delivery_id for reminder in result.reminders}


def test_a_returned_answer_is_reminded_of_again(cast: Cast, plan: ReminderPlan) -> None:
    row, agency = delivery("TB2026-1"), cast.org("DMP").pk
    before = planned(delivery=row)
    row.state = "delivered"
    row.save()
    sync_agency(agency_id=agency, at=morning(2, 2))
    assert planned(delivery=row) == []
    row.state = "returned"
    row.save()
    sync_agency(agency_id=agency, at=morning(2, 3))
    assert planned(delivery=row) == before


def test_a_new_deadline_supersedes_the_old_rows_and_plans_new_ones(cast: Cast, plan: ReminderPlan) -> None:
    row = delivery("TB2026-1")
    row.deadline, row.deadline_version = date(2026, 6, 30), row.deadline_version + 1
    row.save()
    sync_agency(agency_id=cast.org("DMP").pk, at=morning(2, 2))
    old = Reminder.objects.filter(delivery=row, deadline_version=1)
    assert set(old.values_list("state", "state_reason")) == {("superseded", "Fristen er endret")}
    assert planned(delivery=row)[-1] == date(2026, 7, 1)


def test_a_deadline_moved_close_does_not_send_the_days_that_have_passed(cast: Cast, plan: ReminderPlan) -> None:
    row = delivery("TB2026-1")
    row.deadline, row.deadline_version = date(2026, 2, 6), row.deadline_version + 1
    row.save()
    sync_agency(agency_id=cast.org("DMP").pk, at=morning(2, 3, hour=10))
    states = dict(Reminder.objects.filter(delivery=row, deadline_version=2).values_list("lead", "state"))
    assert states == {20: "superseded", 10: "superseded", 5: "superseded", 1: "planned", -1: "planned"}


def test_an_unclear_deadline_is_asked_about_in_the_ministry_only(cast: Cast, plan: ReminderPlan) -> None:
    rows = Reminder.objects.filter(delivery=delivery("TB2026-5"))
    assert set(rows.values_list("kind", flat=True)) == {"clarify"}
    assert cast.org("DMP").mailbox not in set(rows.values_list("to_address", flat=True))
    result = send_due(morning(2, 16))
    ministry = next(m for m in result.messages if m.to_address != cast.org("DMP").mailbox)
    assert "TB2026-5" in ministry.text
    assert "regnes ikke som forsinket" in ministry.text


def test_a_plan_started_by_the_agency_asks_nobody_in_the_ministry(cast: Cast) -> None:
    issued_letter(cast)
    start_reminders(agency=cast.org("DMP"), actor=cast.actor("controller"), at=JANUARY)
    assert not Reminder.objects.filter(kind="clarify").exists()
    assert set(Reminder.objects.values_list("to_address", flat=True)) == {cast.org("DMP").mailbox}


def test_of_an_exempt_assignment_only_number_and_basis_leave(cast: Cast, plan: ReminderPlan) -> None:
    row = assignment("TB2026-1")
    row.restricted, row.restricted_basis = True, "offl. § 15 tredje ledd"
    row.title, row.body = f"Hemmelig {MARKER_EXEMPT}", MARKER_EXEMPT
    row.save()
    messages = send_due(morning(12, 30)).messages
    for message in messages:
        assert MARKER_EXEMPT not in message.subject + message.text + message.html
    assert "TB2026-1 (offl. § 15 tredje ledd)" in "".join(message.text for message in messages)


def test_a_duty_without_any_recipient_is_a_failure_that_shows(cast: Cast) -> None:
    issued_letter(cast)
    agency = cast.org("DMP")
    agency.mailbox = ""
    agency.save()
    plan = start_reminders(agency=agency, actor=cast.actor("officer"), at=JANUARY)
    failed = Reminder.objects.filter(plan=plan, to_address="", state="failed")
    assert failed.exists()
    assert plan.preview["without_recipient"] == failed.count()
    agency.mailbox = "postmottak@test.invalid"
    agency.save()
    sync_agency(agency_id=agency.pk, at=JANUARY)
    assert not Reminder.objects.filter(plan=plan, to_address="", state="failed").exists()
    assert planned(to_address="postmottak@test.invalid")


def test_a_failed_mail_is_a_failed_reminder_with_the_answer(cast: Cast, plan: ReminderPlan, mailbox: Mailbox) -> None:
    mailbox.answer = lambda step: "550 finnes ikke" if step == "RCPT" else None
    send_due(morning(3, 9))
    mail.deliver_due(morning(3, 9), relay=mailbox.relay())
    rows = Reminder.objects.filter(message__isnull=False)
    assert {row.state for row in rows} == {"failed"}
    assert all("550 finnes ikke" in row.state_reason for row in rows)


def test_stopping_drops_what_is_planned_and_a_new_start_plans_again(cast: Cast, plan: ReminderPlan) -> None:
    count = len(planned())
    stop_reminders(plan=plan, actor=cast.actor("officer"), at=JANUARY + timedelta(hours=1))
    assert planned() == []
    again = start_reminders(agency=cast.org("DMP"), actor=cast.actor("controller"), at=JANUARY + timedelta(hours=2))
    assert len(planned(plan=again)) + Reminder.objects.filter(kind="clarify", state="superseded").count() >= count
    types = list(Event.objects.filter(type__startswith="reminders.").order_by("id").values_list("type", flat=True))
    assert types == ["reminders.started", "reminders.stopped", "reminders.started"]


def test_one_plan_at_a_time_and_sensible_lead_times(cast: Cast, plan: ReminderPlan) -> None:
    with pytest.raises(NotInThisState):
        start_reminders(agency=cast.org("DMP"), actor=cast.actor("controller"), at=JANUARY)
    with pytest.raises(RuleBroken):
        start_reminders(agency=cast.org("Hdir"), actor=cast.actor("officer"), at=JANUARY, leads=[400])


@pytest.mark.parametrize(
    "part", ["other_controller", "auditor", "owner", "director", "department_officer", "co_ministry", "admin"]
)
def test_others_cannot_start_reminders(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        start_reminders(agency=cast.org("DMP"), actor=cast.actor(part), at=JANUARY)


def test_the_command_answers_in_stable_json_and_delivers(
    cast: Cast, plan: ReminderPlan, mailbox: Mailbox, settings: object
) -> None:
    options = {"host": mailbox.address[0], "port": mailbox.address[1], "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "x", "OPTIONS": options}}  # type: ignore[attr-defined]
    call_command("send_reminders", "--at", "2026-03-06T07:00", stdout=StringIO())
    mailbox.received.clear()
    out = StringIO()
    call_command("send_reminders", "--at", "2026-03-09T07:00", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["at"] == "2026-03-09T07:00:00+01:00"
    assert answer["counts"]["reminders"] == len(answer["rows"]) == 1
    assert answer["counts"]["delivered"] == len(mailbox.received) == 1
    assert answer["rows"][0]["deadline"] == "2026-03-15"
    assert answer["rows"][0]["message_id"] == mailbox.ids()[0]
    out = StringIO()
    call_command("send_reminders", "--at", "2026-03-09T07:00", "--json", stdout=out)
    assert json.loads(out.getvalue())["counts"]["reminders"] == 0
    with pytest.raises(CommandError):
        call_command("send_reminders", "--at", "i morgen")
