"""Min arbeidsdag, Virksomheter, the year and the calendar: who sees what, and that counts are their rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.models import Assignment, Delivery, ReaderGrant
from reporting.models import CalendarEntry, ExpectedDelivery, ExpectedState
from reporting.selectors.happenings import Scope, count_expected, happenings
from reporting.selectors.my_day import my_day
from tests.cast import MARKER_EXEMPT, Cast
from tests.reporting.build import JANUARY, assignment, delivery, expected, issued_letter

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
MAY = date(2026, 5, 28)
YEAR = Scope(date(2026, 1, 1), date(2027, 5, 31))


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with time_machine.travel("2026-05-28T09:00:00+02:00", tick=False):
        yield


@pytest.fixture
def year(cast: Cast) -> Cast:
    issued_letter(cast)
    return cast


@pytest.mark.parametrize(
    "part",
    ["officer", "department_officer", "signer", "controller", "owner", "director", "budget_officer", "department_head"],
)
def test_everyone_who_follows_up_has_a_day(year: Cast, log_in: LogIn, part: str) -> None:
    answer = log_in(part).get("/")
    assert answer.status_code == 200
    assert "Min arbeidsdag" in answer.content.decode()


def test_the_auditor_starts_where_the_copies_are(year: Cast, log_in: LogIn) -> None:
    assert log_in("auditor").get("/").headers["Location"] == "/innsyn/"


def test_the_officer_sees_what_to_do_and_every_count_is_its_rows(year: Cast) -> None:
    day = my_day(year.actor("officer"), MAY)
    counts = [tally.count for tally in day.tally]
    assert counts == [len(day.todo), len(day.late), len(day.arrived), len(day.journal), len(day.findings)]
    titles = [row.title for row in day.todo]
    assert any("Avklar fristen for TB2026-5" in title for title in titles)
    assert any("Sett frist for TB2026-4" in title for title in titles)
    assert any("Registrer at etatsstyringsmøte" in title for title in titles)
    assert [row.title for row in day.late] == ["Årsrapport 2025"]


def test_an_unclear_deadline_is_never_among_the_late(year: Cast) -> None:
    for part in ("officer", "controller"):
        assert not any("TB2026-5" in row.title for row in my_day(year.actor(part), MAY).late)


def test_the_controller_gives_owners_and_the_owner_sees_own_deliveries(year: Cast) -> None:
    row = assignment("TB2026-1")
    row.owner = year.user("owner")
    row.save()
    Delivery.objects.filter(assignment=row).update(deadline=date(2026, 6, 5))
    controller = [one.title for one in my_day(year.actor("controller"), MAY).todo]
    assert any("Gi TB2026-3" in title for title in controller)
    assert not any("Gi TB2026-1" in title for title in controller)
    owner = [one.title for one in my_day(year.actor("owner"), MAY).todo]
    assert owner == ["Lever TB2026-1 Forsterke veiledning for kliniske studier"]


def test_the_department_officer_sees_only_the_departments_own(year: Cast) -> None:
    Delivery.objects.filter(assignment__reference__in=("TB2026-1", "TB2026-3")).update(
        state="delivered", delivered_on=date(2026, 5, 26)
    )
    titles = [row.title for row in my_day(year.actor("department_officer"), MAY).todo]
    assert titles == ["Vurder svar på TB2026-1 Forsterke veiledning for kliniske studier"]


@pytest.mark.parametrize("part", ["other_controller", "auditor", "sub_agency"])
def test_another_agency_sees_nothing_of_it(year: Cast, log_in: LogIn, part: str) -> None:
    client, dmp = log_in(part), year.org("DMP")
    assert client.get(f"/virksomheter/{dmp.uuid}/2026/").status_code == 404
    assert client.get(f"/virksomheter/{dmp.number}/2026/").status_code == 404
    row, entry = expected("Årsrapport 2025"), CalendarEntry.objects.get(kind="meeting")
    for url in (f"/ventet/{row.uuid}/", f"/kalender/{entry.uuid}/"):
        assert client.get(url).status_code in (403, 404)
    assert happenings(year.actor(part), MAY, YEAR) == []


@pytest.mark.parametrize("part", ["officer", "controller", "director"])
def test_the_year_of_the_agency_opens_for_both_sides(year: Cast, log_in: LogIn, part: str) -> None:
    dmp = year.org("DMP")
    text = log_in(part).get(f"/virksomheter/{dmp.number}/2026/").content.decode()
    assert "TB2026-1" in text
    assert "Årsrapport 2025" in text
    assert "458\u00a0591" in text


def test_the_sentence_of_the_year_adds_up(year: Cast, log_in: LogIn) -> None:
    from reporting.selectors.agency_year import agency_year

    shown = agency_year(year.actor("officer"), MAY, year.org("DMP"), 2026)
    words = "".join(str(part.words) for part in shown.summary)
    first, second = words.split(". ")[:2]
    total, *parts = [int(number) for number in re.findall(r"\d+", first)]
    assert total == sum(parts) == len(shown.assignments)
    total, *parts = [int(number) for number in re.findall(r"\d+", second)]
    assert total == sum(parts) == len(shown.expected)


def test_states_of_what_is_expected_add_up_in_every_period(year: Cast) -> None:
    rows = list(ExpectedDelivery.objects.all())
    for row, state in zip(rows, ExpectedState, strict=False):
        ExpectedDelivery.objects.filter(pk=row.pk).update(state=state)
    for month in range(1, 13):
        scope = Scope(date(2026, 1, 1), date(2026, month, 28))
        counts = count_expected(happenings(year.actor("officer"), MAY, scope))
        there = ExpectedDelivery.objects.filter(due__range=(scope.start, scope.end))
        assert counts.total == there.count()
        assert counts.late <= counts.of("coming")
        assert counts.late == there.filter(state="coming", due__lt=MAY).count()


def test_of_an_exempt_assignment_others_get_the_number_only(year: Cast, log_in: LogIn) -> None:
    Assignment.objects.filter(reference="TB2026-1").update(
        restricted=True, restricted_basis="offl. § 15", title=MARKER_EXEMPT, body=MARKER_EXEMPT
    )
    Delivery.objects.filter(assignment__reference="TB2026-1").update(title=MARKER_EXEMPT)
    dmp = year.org("DMP")
    for part in ("officer", "controller"):
        client = log_in(part)
        for url in ("/", "/kalender/?vis=liste", f"/virksomheter/{dmp.uuid}/2026/", "/virksomheter/"):
            text = client.get(url).content.decode()
            assert MARKER_EXEMPT not in text, url
    assert "TB2026-1" in log_in("officer").get("/kalender/?vis=liste").content.decode()
    ReaderGrant.objects.create(
        assignment=assignment("TB2026-1"),
        user=year.user("controller"),
        granted_by=year.user("officer"),
        granted_at=JANUARY,
    )
    assert MARKER_EXEMPT in log_in("controller").get("/kalender/?vis=liste").content.decode()


def test_the_calendar_shows_meetings_reports_and_deliveries_with_days_off(year: Cast, log_in: LogIn) -> None:
    text = log_in("officer").get("/kalender/?aar=2026&maned=2026-03&vis=alt").content.decode()
    assert "15. mars 2026" in text
    assert "siste virkedag før: fredag 13. mars" in text
    assert "Etatsstyringsmøte" in text
    listed = log_in("officer").get("/kalender/?vis=liste").content.decode()
    assert "TB2026-3" in listed
    may = log_in("officer").get("/kalender/?maned=2026-05&vis=maned").content.decode()
    assert "Kristi himmelfartsdag" in may
    assert "grunnlovsdag" in may


@pytest.mark.parametrize("query", ["?maned=tull", "?aar=99999", "?virksomhet=ikke-uuid", "?vis=noe", "?maned=2026-13"])
def test_a_bent_address_still_leads_to_the_calendar(year: Cast, log_in: LogIn, query: str) -> None:
    assert log_in("officer").get(f"/kalender/{query}").status_code == 200


@pytest.mark.parametrize(
    "url",
    ["/virksomheter/ikke-her/2026/", "/virksomheter/123456789/2026/", "/ventet/00000000-0000-0000-0000-000000000000/"],
)
def test_a_forged_id_is_not_found(year: Cast, log_in: LogIn, url: str) -> None:
    assert log_in("officer").get(url).status_code == 404


def test_without_calendar_right_the_calendar_is_refused(year: Cast, log_in: LogIn) -> None:
    assert log_in("auditor").get("/kalender/").status_code == 403
    assert log_in("admin").get("/varsler/paminnelser/").status_code == 403


def grow(cast: Cast, count: int) -> None:
    """More of everything."""
    first, row = expected("Årsrapport 2025"), assignment("TB2026-1")
    one = delivery("TB2026-1")
    for number in range(count):
        ExpectedDelivery.objects.create(
            agency=first.agency, receiver=first.receiver, title=f"Innspill {number}", due=date(2026, 6, 1)
        )
        CalendarEntry.objects.create(
            agency=first.agency,
            superior=first.receiver,
            kind="meeting",
            date=date(2026, 6, 2),
            title=f"Møte {number}",
        )
        new = Assignment.objects.create(
            document=row.document,
            issuer=row.issuer,
            given_to=row.responsible,
            responsible=row.responsible,
            department=row.department,
            reference=f"TB2026-{100 + number}",
            series="TB",
            year=2026,
            number=100 + number,
            letter_year=2026,
            title=f"Oppdrag {number}",
            given_on=row.given_on,
            delivery_count=1,
        )
        Delivery.objects.create(assignment=new, title="Svar", deadline=date(2026, 6, 3), state=one.state)


@pytest.mark.parametrize("part", ["officer", "controller"])
def test_the_number_of_queries_does_not_grow_with_the_rows(year: Cast, log_in: LogIn, part: str) -> None:
    client, dmp = log_in(part), year.org("DMP")
    urls = ["/", "/virksomheter/", f"/virksomheter/{dmp.uuid}/2026/", "/kalender/?vis=liste"]
    before = {}
    for url in urls:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        before[url] = len(queries)
    grow(year, 20)
    for url in urls:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len(queries) == before[url], url


def test_no_page_leads_a_person_to_a_refusal(year: Cast, log_in: LogIn) -> None:
    """The department sees an agency's year, but neither the calendar nor the figures (K15)."""
    cast = year
    client = log_in("department_officer")
    home = client.get("/").content.decode()
    year = client.get(reverse("reporting:agency_year", args=[cast.org("DMP").uuid, 2026])).content.decode()
    for page in (home, year):
        for name in ("reporting:calendar", "reporting:figures"):
            assert f'href="{reverse(name)}' not in page, name
