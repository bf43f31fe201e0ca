"""Subscriptions: a secret address, valid while person, role and subscription are; purring; the ledger's pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from agencies.models import Appointment
from assignments.models import Assignment, ReaderGrant
from core.models import Event, Message
from reporting.models import CalendarEntry, CalendarFeed, Reminder, ReminderPlan
from tests.cast import MARKER_EXEMPT, Cast
from tests.reporting.build import JANUARY, assignment, delivery, expected, issued_letter

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _in_may() -> Iterator[None]:
    with time_machine.travel("2026-05-28T09:00:00+02:00", tick=False):
        yield


@pytest.fixture
def year(cast: Cast) -> Cast:
    issued_letter(cast)
    return cast


def feed_of(client: Client) -> str:
    text = client.post("/kalender/abonnement/").content.decode()
    found = re.search(r"http://testserver(/kalender/ics/[\w-]+\.ics)", text)
    assert found is not None
    return found.group(1)


def test_the_feed_opens_without_log_in_and_holds_meetings_reports_and_deliveries(year: Cast, log_in: LogIn) -> None:
    path = feed_of(log_in("controller"))
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    names = [str(event["summary"]) for event in events]
    assert "DMP: Årsrapport 2025" in names
    assert any("Etatsstyringsmøte" in name for name in names)
    assert any("TB2026-1" in name for name in names)
    report = next(event for event in events if event["summary"] == "DMP: Årsrapport 2025")
    assert report["dtstart"].dt == date(2026, 3, 15)


def test_an_exempt_assignment_is_a_number_in_the_feed_also_for_its_reader(year: Cast, log_in: LogIn) -> None:
    Assignment.objects.filter(reference="TB2026-1").update(restricted=True, title=MARKER_EXEMPT)
    ReaderGrant.objects.create(
        assignment=assignment("TB2026-1"),
        user=year.user("controller"),
        granted_by=year.user("officer"),
        granted_at=JANUARY,
    )
    text = Client().get(feed_of(log_in("controller"))).content.decode()
    assert MARKER_EXEMPT not in text
    assert "TB2026-1" in text


def test_a_revoked_or_ended_or_guessed_address_opens_nothing(year: Cast, log_in: LogIn) -> None:
    client = log_in("controller")
    path, other = feed_of(client), feed_of(client)
    feed = CalendarFeed.objects.order_by("id").first()
    assert feed is not None
    assert log_in("other_controller").post(f"/kalender/abonnement/{feed.uuid}/trekk/").status_code == 404
    client.post(f"/kalender/abonnement/{feed.uuid}/trekk/")
    assert Client().get(path).status_code == 404
    assert Client().get("/kalender/ics/gjett.ics").status_code == 404
    assert Client().get(other).status_code == 200
    Appointment.objects.filter(user=year.user("controller")).update(valid_to=date(2026, 5, 27))
    assert Client().get(other).status_code == 404


def test_the_secret_is_shown_once_and_kept_as_a_hash(year: Cast, log_in: LogIn) -> None:
    client = log_in("controller")
    token = feed_of(client).rpartition("/")[2].removesuffix(".ics")
    assert token not in client.get("/kalender/abonnement/").content.decode()
    assert not CalendarFeed.objects.filter(digest=token).exists()


def test_start_of_reminders_is_previewed_and_then_done(year: Cast, log_in: LogIn) -> None:
    client, dmp = log_in("officer"), year.org("DMP")
    url = f"/varsler/paminnelser/{dmp.uuid}/start/"
    text = client.get(url).content.decode()
    count = re.search(r"(\d+) e-poster? til (\d+) mottaker", text)
    assert count is not None
    assert not ReminderPlan.objects.exists()
    client.post(url, {"lead_days": ["5", "1"]})
    assert not ReminderPlan.objects.exists()
    client.post(url, {"lead_days": ["20", "10", "5", "1", "-1"], "start": "1"})
    plan = ReminderPlan.objects.get()
    mails = set(Reminder.objects.filter(plan=plan, state="planned").values_list("to_address", "send_on"))
    assert len(mails) == int(count.group(1))
    page = client.get("/varsler/paminnelser/").content.decode()
    assert "TB2026-1" in page
    client.post(f"/varsler/paminnelser/{plan.uuid}/stans/")
    plan.refresh_from_db()
    assert plan.stopped_at is not None


@pytest.mark.parametrize("state", ["planned", "queued", "sent", "uncertain", "failed", "superseded", "tull"])
def test_every_filter_of_the_ledger_opens_and_the_counts_add_up(year: Cast, log_in: LogIn, state: str) -> None:
    client, dmp = log_in("controller"), year.org("DMP")
    client.post(f"/varsler/paminnelser/{dmp.uuid}/start/", {"lead_days": ["5", "1"], "start": "1"})
    answer = client.get(f"/varsler/paminnelser/?tilstand={state}")
    assert answer.status_code == 200
    assert sum(tally.count for tally in answer.context["page"].tally) == Reminder.objects.count()


def test_a_purring_is_a_draft_that_the_officer_sends(year: Cast, log_in: LogIn) -> None:
    client, row = log_in("officer"), expected("Årsrapport 2025")
    url = f"/purring/rapport/{row.uuid}/"
    form = client.get(url).context["form"]
    assert "Årsrapport 2025" in form.initial["text"]
    assert not Message.objects.exists()
    client.post(url, {"subject": form.initial["subject"], "text": "Kjære dere\n\nHvor blir den av"})
    message = Message.objects.get()
    assert (message.to_address, message.purpose) == (year.org("DMP").mailbox, "chase")
    assert "Hvor blir den av" in message.text
    assert Event.objects.filter(type="chase.sent", subject=row.uuid).exists()
    assert "Purret 28. mai" in client.get("/").content.decode()


def test_a_purring_without_words_keeps_the_form_and_an_undue_one_is_refused(year: Cast, log_in: LogIn) -> None:
    client = log_in("officer")
    url = f"/purring/leveranse/{delivery('TB2026-1').uuid}/"
    assert client.post(url, {"subject": "", "text": "x"}).status_code == 422
    unclear = f"/purring/leveranse/{delivery('TB2026-5').uuid}/"
    assert client.post(unclear, {"subject": "x", "text": "x"}).status_code == 409
    assert log_in("controller").get(url).status_code == 403
    assert not Message.objects.exists()


def test_what_has_come_is_registered_on_its_page(year: Cast, log_in: LogIn) -> None:
    client, row = log_in("officer"), expected("Årsrapport 2025")
    url = f"/ventet/{row.uuid}/registrer/"
    values = {"state": "excused", "reason": "", "version": row.version}
    assert client.post(url, values).status_code == 422
    values = {"state": "received", "received_on": "2026-03-13", "version": row.version}
    assert client.post(url, values).status_code == 302
    text = client.get(f"/ventet/{row.uuid}/").content.decode()
    assert "Mottatt 13. mars" in text
    assert "Registrert som mottatt" in text
    assert client.post(url, {**values, "state": "coming", "reason": "x"}).status_code == 412


def test_a_meeting_is_registered_as_held_and_a_date_moved_by_decision(year: Cast, log_in: LogIn) -> None:
    client = log_in("officer")
    meeting = CalendarEntry.objects.get(kind="meeting")
    values = {"held_on": "2026-04-21", "version": meeting.version}
    assert client.post(f"/kalender/{meeting.uuid}/holdt/", values).status_code == 302
    report = CalendarEntry.objects.get(title__startswith="Virksomhetsrapport")
    url = f"/kalender/{report.uuid}/flytt/"
    assert client.post(url, {"date": "2026-10-16", "reason": "", "basis": ""}).status_code == 422
    values = {"date": "2026-10-16", "reason": "Ny statsfrist", "basis": "Brev 26. mai 2026"}
    assert client.post(url, values).status_code == 302
    text = client.get(f"/ventet/{expected('Virksomhetsrapport').uuid}/").content.decode()
    assert "16. oktober 2026" in text
    assert "9. oktober 2026" in text
