"""Departments are asked for input, answer or say none, are reminded on working days once each, and propose rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.clock import OSLO
from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Message
from governance.actions import hearings, inputs, round_reminders
from governance.models import AssignmentItem, InputRequest, InputRound, Proposal, RoundReminder, SteeringDocument
from tests.cast import MARKER_MINISTRY, Cast
from tests.factories.documents import REGISTERED_AT as AT
from tests.factories.documents import make_draft

LogIn = Callable[[str], Client]
DEADLINE = date(2026, 1, 23)
PROPOSED = {
    "title": "Kartlegge lagre",
    "body": "Direktoratet skal kartlegge.",
    "deliveries": [{"deadline_kind": "none"}],
}


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def document(cast: Cast) -> SteeringDocument:
    for code in ("SHA", "FHA", "BØA"):
        department = cast.department(code)
        department.mailbox = f"{code.lower().replace('ø', 'o')}@test.invalid"
        department.save(update_fields=["mailbox"])
    return make_draft(cast, title="Tildelingsbrev 2027", year=2027, document_date=None)


def ask(cast: Cast, document: SteeringDocument, *codes: str, deadline: date = DEADLINE) -> InputRound:
    made = inputs.open_round(
        document=document, departments=[cast.department(code) for code in codes or ("SHA", "FHA", "BØA")],
        message="Særlig om beredskap.", deadline=deadline, actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    return InputRound.objects.select_related("document").get(pk=made.pk)


def request_to(cast: Cast, code: str) -> InputRequest:
    return InputRequest.objects.for_list().get(department=cast.department(code))


def at(day: int, hour: int = 8, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=OSLO)


def reminded(code: str) -> int:
    return Message.objects.filter(purpose="input_reminder", to_address=f"{code.lower()}@test.invalid").count()


def test_departments_are_asked_by_mail_and_see_the_draft_they_are_asked_about(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    url = reverse("governance:inputs", args=[document.uuid])
    assert log_in("department_officer").get(url).status_code == 404
    ask(cast, document, "SHA", "BØA")
    assert Message.objects.filter(purpose="input_invitation").count() == 2
    for part in ("department_officer", "budget_officer"):
        assert "Gi innspill" in log_in(part).get(url).content.decode()
        assert log_in(part).get(reverse("governance:draft", args=[document.uuid])).status_code == 200
    for part in ("other_department_officer", "controller", "director", "auditor", "co_ministry"):
        assert log_in(part).get(url).status_code == 404


def test_one_sees_at_a_glance_who_has_not_answered(cast: Cast, log_in: LogIn, document: SteeringDocument) -> None:
    ask(cast, document)
    inputs.answer(
        request=request_to(cast, "SHA"), text="", no_input=True, actor=cast.actor("department_officer"), at=AT
    )
    page = log_in("officer").get(reverse("governance:inputs", args=[document.uuid])).content.decode()
    assert "2 av 3 har ikke svart: BØA, FHA." in page or "2 av 3 har ikke svart: FHA, BØA." in page
    assert "Ingen innspill" in page
    own = log_in("department_officer").get(reverse("governance:inputs", args=[document.uuid])).content.decode()
    assert "Alle har svart" not in own
    assert "har ikke svart" not in own


def test_a_department_sees_its_own_answer_and_not_anothers(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    ask(cast, document)
    inputs.answer(
        request=request_to(cast, "SHA"), text=f"Om {MARKER_MINISTRY}", no_input=False,
        actor=cast.actor("department_officer"), at=AT,
    )  # fmt: skip
    url = reverse("governance:inputs", args=[document.uuid])
    assert MARKER_MINISTRY not in log_in("other_department_officer").get(url).content.decode()
    assert MARKER_MINISTRY in log_in("officer").get(url).content.decode()


def test_an_answer_says_something_or_none_and_comes_from_the_department(cast: Cast, document: SteeringDocument) -> None:
    round_ = ask(cast, document)
    request = request_to(cast, "SHA")
    for part in ("officer", "other_department_officer", "controller"):
        with pytest.raises(NotAllowed):
            inputs.answer(request=request, text="Hei", no_input=False, actor=cast.actor(part), at=AT)
    mine = {"request": request, "actor": cast.actor("department_officer"), "at": AT}
    for text, none in (("", False), ("Noe", True)):
        with pytest.raises(RuleBroken):
            inputs.answer(text=text, no_input=none, **mine)
    with pytest.raises(StaleVersion):
        inputs.answer(text="Noe", no_input=False, expected_version=7, **mine)
    inputs.answer(text="Noe", no_input=False, **mine)
    inputs.close_round(round_=round_, actor=cast.actor("officer"), at=AT)
    with pytest.raises(NotInThisState):
        inputs.answer(text="Sent", no_input=False, **mine)


def test_a_round_needs_departments_of_the_issuer_and_a_day_to_come(cast: Cast, document: SteeringDocument) -> None:
    common = {"document": document, "message": "", "actor": cast.actor("officer"), "at": AT}
    with pytest.raises(RuleBroken) as refused:
        inputs.open_round(departments=[], deadline=AT.date(), **common)
    assert {problem.field for problem in refused.value.problems} == {"departments", "deadline"}
    with pytest.raises(NotAllowed):
        inputs.open_round(
            departments=[cast.department("SHA")], deadline=DEADLINE, **{**common, "actor": cast.actor("signer")}
        )
    ask(cast, document, "SHA")
    with pytest.raises(NotInThisState):
        ask(cast, document, "FHA")


def test_reminders_leave_before_and_after_the_deadline_once_each(cast: Cast, document: SteeringDocument) -> None:
    ask(cast, document, "SHA", "FHA")  # asked on 9 January, deadline Friday 23 January
    inputs.answer(
        request=request_to(cast, "FHA"), text="", no_input=True, actor=cast.actor("other_department_officer"), at=AT
    )
    counts = []
    for day in range(10, 32):
        for _twice in range(2):
            round_reminders.send_due(at(day))
        counts.append((day, reminded("SHA")))
    left = [day for day, count in counts if count != dict(counts).get(day - 1, 0)]
    assert left == [16, 22, 26, 30]  # 5 and 1 working days before, 1 and 5 after
    assert reminded("FHA") == 0
    assert RoundReminder.objects.count() == 4


def test_nothing_leaves_on_days_off_or_before_seven(cast: Cast, document: SteeringDocument) -> None:
    ask(cast, document, "SHA")
    for moment in (at(17), at(18), at(16, 6)):
        assert round_reminders.send_due(moment) == 0
    assert round_reminders.send_due(at(16, 7)) == 1


def test_after_an_outage_the_latest_reminder_leaves_and_none_twice(cast: Cast, document: SteeringDocument) -> None:
    ask(cast, document, "SHA")
    assert round_reminders.send_due(at(2, month=2)) == 1
    assert round_reminders.send_due(at(3, month=2)) == 0
    assert RoundReminder.objects.get().lead == -5


def test_a_run_that_dies_between_mail_and_row_has_done_nothing(
    cast: Cast, document: SteeringDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(cast, document, "SHA")
    before = RoundReminder.objects.create

    def die(**_values: Any) -> RoundReminder:
        raise KeyboardInterrupt

    monkeypatch.setattr(RoundReminder.objects, "create", die)
    with pytest.raises(KeyboardInterrupt):
        round_reminders.send_due(at(16))
    assert reminded("SHA") == 0
    monkeypatch.setattr(RoundReminder.objects, "create", before)
    assert round_reminders.send_due(at(16)) == 1
    assert reminded("SHA") == 1


def test_the_database_lets_one_reminder_of_a_deadline_and_lead_through(cast: Cast, document: SteeringDocument) -> None:
    ask(cast, document, "SHA")
    row = {"request": request_to(cast, "SHA"), "deadline": DEADLINE, "lead": 5, "at": AT}
    RoundReminder.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundReminder.objects.create(**row)


def test_purr_now_is_a_persons_act_on_record_and_the_automatic_one_is_spared(
    cast: Cast, document: SteeringDocument
) -> None:
    round_ = ask(cast, document, "SHA")
    with pytest.raises(NotAllowed):
        inputs.remind_now(round_=round_, actor=cast.actor("signer"), at=at(16))
    inputs.remind_now(round_=round_, actor=cast.actor("officer"), at=at(16))
    assert round_reminders.send_due(at(16, 9)) == 0
    row = RoundReminder.objects.get()
    assert (row.sent_by_id, row.lead) == (cast.user("officer").pk, None)
    assert round_reminders.send_due(at(19)) == 0


def test_the_agency_is_never_reminded_but_the_one_who_asked_is(cast: Cast, document: SteeringDocument) -> None:
    hearing = hearings.open_hearing(
        document=document, message="", deadline=DEADLINE, actor=cast.actor("officer"), at=AT
    )
    assert round_reminders.send_due(at(22)) == 1
    sent = Message.objects.get(purpose="hearing_reminder", about=hearing.uuid)
    assert sent.to_address == cast.user("officer").email


def test_a_proposal_becomes_a_row_or_is_declined_with_a_reason(cast: Cast, document: SteeringDocument) -> None:
    ask(cast, document, "SHA")
    mine = {"request": request_to(cast, "SHA"), "actor": cast.actor("department_officer"), "at": AT}
    with pytest.raises(RuleBroken):
        inputs.propose(item_type="assignment", data={"title": ""}, **mine)
    made = [inputs.propose(item_type="assignment", data=PROPOSED, **mine) for _n in range(3)]
    first, second, third = [Proposal.objects.select_related("document").get(pk=row.pk) for row in made]
    assert request_to(cast, "SHA").state == "answered"
    with pytest.raises(NotAllowed):
        inputs.accept_proposal(proposal=first, actor=cast.actor("department_officer"), at=AT)
    inputs.accept_proposal(proposal=first, actor=cast.actor("officer"), at=AT)
    item = AssignmentItem.objects.get(document=document)
    first = Proposal.objects.select_related("document").get(pk=first.pk)
    assert (item.title, first.item) == ("Kartlegge lagre", item.uuid)
    with pytest.raises(NotInThisState):
        inputs.accept_proposal(proposal=first, actor=cast.actor("officer"), at=AT)
    with pytest.raises(RuleBroken):
        inputs.decline_proposal(proposal=second, reason="", actor=cast.actor("officer"), at=AT)
    inputs.decline_proposal(proposal=second, reason="Står i instruksen.", actor=cast.actor("officer"), at=AT)
    with pytest.raises(NotAllowed):
        inputs.withdraw_proposal(proposal=third, actor=cast.actor("other_department_officer"), at=AT)
    inputs.withdraw_proposal(proposal=third, actor=cast.actor("department_officer"), at=AT)
    assert AssignmentItem.objects.filter(document=document).count() == 1


def test_the_whole_round_works_on_the_pages_without_script(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    officer, department = log_in("officer"), log_in("department_officer")
    order = reverse("governance:input_open", args=[document.uuid])
    values = {"version": document.version, "deadline": "2026-01-23", "message": "Ta vare på dette"}
    refused = officer.post(order, values)
    assert refused.status_code == 422
    assert "Ta vare på dette" in refused.content.decode()
    assert officer.post(order, {**values, "departments": [cast.department("SHA").uuid]}).status_code == 302
    request = request_to(cast, "SHA")
    make = reverse("governance:proposal_make", args=[request.uuid])
    proposal = {
        "item_type": "assignment",
        "title": "Kartlegge lagre",
        "text": "Skal kartlegge.",
        "deadline": "2027-06-01",
    }
    assert department.post(make, {**proposal, "title": ""}).status_code == 422
    assert department.post(make, proposal).status_code == 302
    found = Proposal.objects.get()
    url = reverse("governance:inputs", args=[document.uuid])
    assert "Ta inn i brevet" in officer.get(url).content.decode()
    accept = reverse("governance:proposal_accept", args=[found.uuid])
    assert officer.post(accept, {"version": found.version}).status_code == 302
    assert "Tatt inn" in department.get(url).content.decode()


def test_the_page_costs_the_same_with_two_and_twenty_proposals(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask(cast, document, "SHA")
    url, client, counts = reverse("governance:inputs", args=[document.uuid]), log_in("officer"), []
    for more in (2, 18):
        for _n in range(more):
            inputs.propose(
                request=request_to(cast, "SHA"), item_type="assignment", data=PROPOSED,
                actor=cast.actor("department_officer"), at=AT,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
