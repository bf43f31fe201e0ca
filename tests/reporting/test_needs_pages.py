"""The pages of needs from expert meetings: the register, the form, into a draft, and where else they are met."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.ids import new_uuid
from governance.models import AssignmentItem, Passage, SteeringDocument
from reporting.actions.needs import take_need_in, withdraw_need
from reporting.models import CalendarEntry, NeedState, SteeringNeed
from reporting.selectors.my_day import my_day
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft
from tests.factories.needs import HELD_ON, WORDS, fresh, noted
from tests.reporting.build import issued_letter
from tests.reporting.test_needs import issue, supplement

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
DAY = REGISTERED_AT.date()


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


def page(client: Client, name: str, thing: Any, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"reporting:{name}", args=[thing.uuid]) + query)
    assert answer.status_code == status
    return answer.content.decode()


def form(cast: Cast, **values: Any) -> dict[str, Any]:
    return {
        "key": new_uuid(),
        "words": WORDS,
        "meeting": "Fagmøte om legemiddelmangel",
        "held_on": HELD_ON.isoformat(),
        "department": cast.department("SHA").uuid,
        **values,
    }


# ---- the register ----
def test_the_register_counts_and_shows_each_state(cast: Cast, log_in: LogIn) -> None:
    officer, document = cast.actor("officer"), supplement(cast)
    noted(cast, words="Åpent behov")
    taken, gone = noted(cast, words="Tatt behov"), noted(cast, words="Trukket behov")
    withdraw_need(need=gone, reason="Falt bort", actor=officer, at=REGISTERED_AT)
    take_need_in(need=taken, document=document, how="assignment", actor=officer, at=REGISTERED_AT)
    client, dmp = log_in("officer"), cast.org("DMP")
    shown = page(client, "needs", dmp)
    assert "Åpent behov" in shown
    assert "Tatt inn i utkast" in shown
    assert document.title in shown
    assert "Trukket behov" not in shown
    assert shown.count("tabs__count") == 3
    assert "Falt bort" in page(client, "needs", dmp, "?vis=trukket")
    assert "Ingen behov er gitt skriftlig" in page(client, "needs", dmp, "?vis=gitt")


def test_the_register_costs_the_same_however_long(cast: Cast, log_in: LogIn) -> None:
    client, dmp, officer = log_in("officer"), cast.org("DMP"), cast.actor("officer")

    def add(count: int) -> int:
        for number in range(count):
            need = noted(cast, words=f"Behov {number}")
            document = supplement(cast, f"Brev {SteeringDocument.objects.count()}")
            take_need_in(need=need, document=document, how="assignment", actor=officer, at=REGISTERED_AT)
        with CaptureQueriesContext(connection) as queries:
            page(client, "needs", dmp)
        return len(queries)

    page(client, "needs", dmp)
    assert add(1) == add(6)


def test_the_agency_reads_which_letter_gave_it_and_never_the_words_of_the_note(cast: Cast, log_in: LogIn) -> None:
    document = supplement(cast)
    given, waiting = noted(cast, words="Internt ordvalg om rutinen"), noted(cast, words="Ikke gitt ennå")
    take_need_in(
        need=given,
        document=document,
        how="assignment",
        title="Ny rutine",
        actor=cast.actor("officer"),
        at=REGISTERED_AT,
    )
    row = AssignmentItem.objects.get(document=document)
    row.body = "Direktoratet skal beskrive rutinen."
    row.save()
    withdraw_need(need=waiting, reason="Nei", actor=cast.actor("officer"), at=REGISTERED_AT)
    issue(cast, document)
    client = log_in("controller")
    shown = page(client, "needs", cast.org("DMP"), "?vis=apne")
    one = page(client, "need", given)
    for text in (shown, one):
        assert document.title in text
        assert "Fagmøte om legemiddelmangel" in text
        assert "Internt ordvalg" not in text
        assert "Ikke gitt ennå" not in text
    assert "Trukket" not in shown
    assert "Notert" not in one
    page(client, "need", waiting, status=404)


def test_one_who_does_not_see_drafts_is_not_told_which_draft_it_is_in(cast: Cast, log_in: LogIn) -> None:
    need, document = noted(cast), supplement(cast, "Hemmelig utkast")
    take_need_in(need=need, document=document, how="passage", actor=cast.actor("officer"), at=REGISTERED_AT)
    client = log_in("other_department_officer")
    for text in (page(client, "needs", cast.org("DMP")), page(client, "need", need)):
        assert "Tatt inn i" in text
        assert "Hemmelig utkast" not in text


# ---- note, withdraw ----
def test_a_need_is_noted_and_stands_in_the_register(cast: Cast, log_in: LogIn) -> None:
    client, values = log_in("department_officer"), form(cast)
    assert "Noter behov" in page(client, "needs", cast.org("DMP"))
    address = reverse("reporting:need_new", args=[cast.org("DMP").uuid])
    for _time in range(2):
        answer = client.post(address, values)
        assert answer.status_code == 302
    need = SteeringNeed.objects.get()
    assert answer.headers["Location"] == reverse("reporting:need", args=[need.uuid])
    assert WORDS in page(client, "need", need)
    assert (need.words, need.held_on, need.noted_by_id) == (WORDS, HELD_ON, cast.user("department_officer").pk)


def test_everything_that_is_wrong_is_shown_at_its_field_and_nothing_typed_is_lost(cast: Cast, log_in: LogIn) -> None:
    values = form(
        cast, words="", meeting="Møte jeg skrev", held_on=(DAY + timedelta(days=3)).isoformat(), department=""
    )
    answer = log_in("officer").post(reverse("reporting:need_new", args=[cast.org("DMP").uuid]), values)
    text = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Skriv hva det er behov for", "er ikke holdt ennå", "Velg avdelingen behovet hører til"):
        assert sentence in text
    assert "Møte jeg skrev" in text
    assert not SteeringNeed.objects.exists()


def test_a_day_that_is_no_day_and_a_department_of_others_are_refused_in_words(cast: Cast, log_in: LogIn) -> None:
    values = form(cast, held_on="31.02.2026", department=cast.department("FHA").uuid)
    answer = log_in("department_officer").post(reverse("reporting:need_new", args=[cast.org("DMP").uuid]), values)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv en dato som finnes." in text
    assert "Velg en fra listen." in text


def test_a_meeting_of_the_calendar_is_chosen_and_leads_to_the_form(cast: Cast, log_in: LogIn) -> None:
    letter = issued_letter(cast)
    entry = CalendarEntry.objects.filter(document=letter, kind="meeting").get()
    CalendarEntry.objects.filter(pk=entry.pk).update(title="Fagmøte om forsyning", date=HELD_ON)
    client = log_in("department_officer")
    assert f"mote={entry.uuid}" not in page(log_in("controller"), "entry", entry)
    assert f"mote={entry.uuid}" in page(log_in("officer"), "entry", entry)
    values = form(cast, meeting="", held_on="", entry=entry.uuid)
    client = log_in("officer")
    assert client.post(reverse("reporting:need_new", args=[cast.org("DMP").uuid]), values).status_code == 302
    need = SteeringNeed.objects.get()
    assert (need.entry_id, need.meeting, need.held_on) == (entry.pk, "Fagmøte om forsyning", HELD_ON)
    assert reverse("reporting:entry", args=[entry.uuid]) in page(client, "need", need)


def test_a_need_is_withdrawn_with_a_reason(cast: Cast, log_in: LogIn) -> None:
    need, client = noted(cast), log_in("department_officer")
    address = reverse("reporting:need_withdraw", args=[need.uuid])
    assert client.post(address, {"reason": "", "version": need.version}).status_code == 422
    assert client.post(address, {"reason": "Løst i fjor", "version": need.version}).status_code == 302
    assert "Løst i fjor" in page(client, "need", need)


def test_a_letter_that_is_sent_is_pointed_at(cast: Cast, log_in: LogIn) -> None:
    need, letter, client = noted(cast, held_on=date(2025, 12, 1)), issued_letter(cast), log_in("officer")
    address = reverse("reporting:need_point", args=[need.uuid])
    assert client.post(address, {"document": "", "version": need.version}).status_code == 422
    assert client.post(address, {"document": letter.uuid, "version": need.version}).status_code == 302
    assert fresh(need).state == NeedState.GIVEN


# ---- into a draft ----
@pytest.mark.parametrize(("how", "model"), [("assignment", AssignmentItem), ("passage", Passage)])
@pytest.mark.parametrize("kind", ["supplement", "allocation_letter"])
def test_the_finding_of_the_draft_leads_to_taking_the_need_in_and_on_to_the_row(
    cast: Cast, log_in: LogIn, how: str, model: Any, kind: str
) -> None:
    need, client = noted(cast), log_in("officer")
    document = make_draft(cast, kind=kind, document_date=None)
    address = f"{reverse('reporting:need_take', args=[need.uuid])}?brev={document.uuid}"
    draft = client.get(reverse("governance:draft", args=[document.uuid])).content.decode()
    assert address in draft
    assert f'href="{reverse("reporting:need", args=[need.uuid])}"' in draft
    assert reverse("reporting:needs", args=[cast.org("DMP").uuid]) in draft
    assert str(document.uuid) in client.get(address).content.decode()
    answer = client.post(address, {"document": document.uuid, "how": how, "title": "Ny rutine"})
    assert answer.status_code == 302
    row = fresh(need)
    assert model.objects.filter(uuid=row.item, document=document).exists()
    room = client.get(answer.headers["Location"])
    assert room.status_code == 200
    assert WORDS[:40] in room.content.decode()
    assert address not in client.get(reverse("governance:draft", args=[document.uuid])).content.decode()


def test_the_workspace_shows_the_way_out_beside_the_finding(cast: Cast, log_in: LogIn) -> None:
    need, document = noted(cast), make_draft(cast, document_date=None)
    client = log_in("officer")
    room = client.get(client.get(reverse("governance:draft_start", args=[document.uuid])).headers["Location"])
    assert reverse("reporting:need_take", args=[need.uuid]) in room.content.decode()
    signer = log_in("signer").get(reverse("governance:draft", args=[document.uuid])).content.decode()
    assert WORDS[:40] in signer
    assert reverse("reporting:need_take", args=[need.uuid]) not in signer


def test_the_second_of_two_who_take_it_in_is_told_who_has_it(cast: Cast, log_in: LogIn) -> None:
    need, first, second = noted(cast), supplement(cast, "Det første"), supplement(cast, "Det andre")
    client, address = log_in("officer"), reverse("reporting:need_take", args=[need.uuid])
    values = {"how": "assignment", "title": "Ny rutine"}
    assert client.post(address, {**values, "document": first.uuid}).status_code == 302
    answer = client.post(address, {**values, "document": second.uuid})
    assert answer.status_code == 409
    assert "har tatt behovet inn i «Det første»" in answer.content.decode()
    assert not AssignmentItem.objects.filter(document=second).exists()


def test_without_a_draft_or_a_choice_the_page_says_what_to_do(cast: Cast, log_in: LogIn) -> None:
    client, address = log_in("officer"), reverse("reporting:need_take", args=[noted(cast).uuid])
    answer = client.post(address, {"document": "", "how": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Velg et utkast" in text
    assert "Velg om behovet blir" in text


# ---- where else ----
def test_min_arbeidsdag_shows_what_has_waited_and_the_number_of_days_is_a_setting(cast: Cast, settings: Any) -> None:
    noted(cast, words="Venter på brev")
    after = HELD_ON + timedelta(days=settings.NEEDS_WAIT_DAYS)

    def titles(part: str, day: date) -> list[str]:
        return [row.title for row in my_day(cast.actor(part), day).todo if "Venter på brev" in str(row.title)]

    assert titles("officer", after - timedelta(days=1)) == []
    assert len(titles("officer", after)) == 1
    assert (
        titles("department_officer", after) == titles("controller", after) == titles("sub_agency_officer", after) == []
    )
    settings.NEEDS_WAIT_DAYS = 1
    assert len(titles("officer", HELD_ON + timedelta(days=1))) == 1


def test_the_agencys_year_leads_to_the_register_with_the_count_of_open_ones(cast: Cast, log_in: LogIn) -> None:
    noted(cast)
    address = reverse("reporting:agency_year", args=[cast.org("DMP").uuid, 2026])
    register = reverse("reporting:needs", args=[cast.org("DMP").uuid])
    ministry, agency, other = (
        log_in(part).get(address).content.decode() for part in ("officer", "controller", "co_ministry")
    )
    assert "1 åpent styringsbehov" in ministry
    assert register in ministry
    assert register in agency
    assert "åpent styringsbehov" not in agency
    assert register not in other


def test_without_a_draft_the_page_says_so_and_leads_to_a_new_letter(cast: Cast, log_in: LogIn) -> None:
    shown = page(log_in("officer"), "need_take", noted(cast))
    assert "Ingen utkast å skrive i" in shown
    assert reverse("governance:new_letter") in shown
    assert 'name="document"' not in shown
