"""Exempt titles and texts, and each side's internal words, never leave through any route (decisions B2, C2)."""

import io
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assignments.actions.remarks import add_remark, grant_reader
from assignments.actions.status import StatusText, save_status_draft
from assignments.models import Assignment
from assignments.urls import urlpatterns
from core.models import Event
from governance.models import JournalEntry
from tests.cast import MARKER_AGENCY, MARKER_EXEMPT, MARKER_MINISTRY, PEOPLE, Cast
from tests.factories.assignments import AT, answer, delivery_of, distribute, give

ISSUER = {part for part, row in PEOPLE.items() if row[2] == "HOD"}
#: One of each kind of reader; the permission matrix asks as everyone.
READERS = (
    "department_officer",
    "signer",
    "budget_officer",
    "director",
    "owner",
    "other_controller",
    "co_ministry",
    "auditor",
)
AGENCY = {part for part, row in PEOPLE.items() if row[2] == "DMP"}


def routes(assignment: Assignment) -> Iterator[str]:
    """Every page of the app for one assignment, and the lists with and without a search for it."""
    delivery = delivery_of(assignment).uuid
    other = assignment.document.uuid
    values = {"uuid": assignment.uuid, "delivery": delivery, "job": other, "link": other, "grant": other, "wish": other}
    for pattern in urlpatterns:
        if pattern.name == "pdf":
            continue
        wanted = pattern.pattern.converters
        yield reverse(f"assignments:{pattern.name}", kwargs={name: values[name] for name in wanted})
    marked = quote(MARKER_EXEMPT)
    for name in ("list", "board", "timeline", "download"):
        url = reverse(f"assignments:{name}")
        yield f"{url}?sok={marked}"
        yield f"{url}?status=all"
    yield reverse("assignments:download") + "?format=csv"
    yield reverse("assignments:owners") + f"?valgt={assignment.uuid}"


def body(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code in (200, 302, 403, 404, 405, 409, 422), (url, response.status_code)
    data = response.content
    head = "".join(f"{name}: {value}" for name, value in response.headers.items())
    if "spreadsheet" in response.get("Content-Type", ""):
        sheet = load_workbook(io.BytesIO(data)).active
        assert sheet is not None
        return head + str([[cell.value for cell in row] for row in sheet.rows])
    return head + data.decode(errors="replace")


@pytest.fixture
def exempt(cast: Cast) -> Assignment:
    """An exempt assignment with the marker in everything a reader could see, answered by a reader."""
    assignment = give(
        cast,
        "TB2026-70",
        f"Tittel {MARKER_EXEMPT}",
        body=f"Tekst {MARKER_EXEMPT}",
        restricted=True,
        restricted_basis="Offl. § 15 tredje ledd",
    )
    grant_reader(assignment=assignment, user=cast.user("controller"), actor=cast.actor("officer"), at=AT)
    answer(cast, assignment, text=f"Svar {MARKER_EXEMPT}")
    return assignment


@time_machine.travel(AT, tick=False)
def test_an_exempt_assignment_leaves_through_no_route(
    cast: Cast, exempt: Assignment, log_in: Callable[[str], Client]
) -> None:
    for part in READERS:
        client = log_in(part)
        for url in routes(exempt):
            text = body(client, url).replace(quote(MARKER_EXEMPT), "").replace(f'value="{MARKER_EXEMPT}"', "")
            assert MARKER_EXEMPT not in text, (part, url)


@time_machine.travel(AT, tick=False)
def test_a_named_reader_reads_it(cast: Cast, exempt: Assignment, log_in: Callable[[str], Client]) -> None:
    for part in ("officer", "controller"):
        page = body(log_in(part), reverse("assignments:passport", args=[exempt.uuid]))
        assert f"Tittel {MARKER_EXEMPT}" in page
        assert f"Svar {MARKER_EXEMPT}" in page


@time_machine.travel(AT, tick=False)
def test_the_shell_has_number_and_basis_and_says_how_to_ask(
    cast: Cast, exempt: Assignment, log_in: Callable[[str], Client]
) -> None:
    for url in (reverse("assignments:list"), reverse("assignments:passport", args=[exempt.uuid])):
        page = body(log_in("department_officer"), url)
        assert "TB2026-70" in page
        assert "Offl. § 15 tredje ledd" in page
        assert "Be om tilgang" in page


def test_events_and_journal_lines_of_an_exempt_assignment_say_nothing(cast: Cast, exempt: Assignment) -> None:
    for event in Event.objects.filter(subject=exempt.uuid):
        assert MARKER_EXEMPT not in f"{event.reason}{event.before}{event.after}"
    rows = JournalEntry.objects.filter(subject_type="assignments.answer")
    assert rows.count() == 2
    for row in rows:
        assert MARKER_EXEMPT not in f"{row.title}{row.public_title}"


@time_machine.travel(AT, tick=False)
def test_internal_words_stay_on_their_own_side(cast: Cast, log_in: Callable[[str], Client]) -> None:
    assignment = give(cast, recipients=["DMP", "Hdir"])
    status = StatusText(progress="at_risk", text=f"Utkast {MARKER_AGENCY}")
    save_status_draft(assignment=assignment, status=status, actor=cast.actor("controller"), at=AT)
    for part, marker in (("controller", MARKER_AGENCY), ("officer", MARKER_MINISTRY)):
        add_remark(assignment=assignment, text=f"Notat {marker}", audience="internal", actor=cast.actor(part), at=AT)
    answer(cast, assignment)
    distribute(cast, assignment)
    for part in (*READERS, "officer", "controller"):
        client = log_in(part)
        text = "".join(body(client, url) for url in routes(assignment))
        if part not in AGENCY:
            assert MARKER_AGENCY not in text, part
        if part not in ISSUER:
            assert MARKER_MINISTRY not in text, part


@time_machine.travel(AT, tick=False)
def test_internal_events_are_absent_from_the_count_too(cast: Cast, log_in: Callable[[str], Client]) -> None:
    assignment = give(cast)
    url = reverse("assignments:passport", args=[assignment.uuid])
    assert "1, nyeste først" in body(log_in("controller"), url)
    for _ in range(3):
        add_remark(assignment=assignment, text="Notat", audience="internal", actor=cast.actor("officer"), at=AT)
    assert "1, nyeste først" in body(log_in("controller"), url)
    assert "4, nyeste først" in body(log_in("officer"), url)


@time_machine.travel(AT, tick=False)
def test_another_agency_and_a_stranger_get_404_everywhere(cast: Cast, log_in: Callable[[str], Client]) -> None:
    assignment = give(cast)
    for part in ("other_controller", "sub_agency", "co_ministry", "auditor", "admin", "other_department_officer"):
        client = log_in(part)
        for url in routes(assignment):
            if url.startswith(f"/oppdrag/{assignment.uuid}/"):
                method = client.post if "/mottatt/" in url or url.endswith("/pdf/") else client.get
                assert method(url).status_code == 404, (part, url)


def test_the_anonymous_are_sent_to_log_in(client: Client, cast: Cast) -> None:
    assignment = give(cast)
    for url in routes(assignment):
        assert client.get(url).status_code in (302, 405), url
