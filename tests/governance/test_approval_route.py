"""Approval before signature: routes, side by side, two persons, stand-in, outside, returned and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from agencies import access
from agencies.actions.appointments import add_stand_in
from agencies.models import Appointment
from core.actor import system_actor
from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event, Message
from governance.actions import approvals
from governance.actions.approvals import NewStep, OutsideApproval
from governance.actions.documents import edit_document, issue_document
from governance.models import ApprovalStep, RowRevision, Signatory, SteeringDocument
from tests.cast import MARKER_MINISTRY, Cast
from tests.factories.documents import REGISTERED_AT as AT
from tests.factories.documents import make_draft

LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def step(cast: Cast, document: SteeringDocument, **values: Any) -> ApprovalStep:
    new = NewStep(**{"kind": "professional", **values})
    made = approvals.add_step(document=document, new=new, actor=cast.actor("officer"), at=AT)
    return ApprovalStep.objects.for_list().select_related("document__issuer").get(pk=made.pk)


def send(cast: Cast, document: SteeringDocument) -> None:
    approvals.send_for_approval(document=document, actor=cast.actor("officer"), at=AT)


def again(row: ApprovalStep) -> ApprovalStep:
    return ApprovalStep.objects.for_list().select_related("document__issuer").get(pk=row.pk)


@pytest.fixture
def document(cast: Cast) -> SteeringDocument:
    return make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None)


def test_steps_of_one_order_run_side_by_side_and_the_next_waits(cast: Cast, document: SteeringDocument) -> None:
    head = step(cast, document, approver=cast.user("department_head"))
    budget = step(cast, document, kind="budget", approver=cast.user("budget_officer"))
    last = step(cast, document, kind="leadership", order=2, approver=cast.user("signer"))
    send(cast, document)
    with pytest.raises(NotInThisState, match="Trinnene foran"):
        approvals.approve_step(step=again(last), actor=cast.actor("signer"), at=AT)
    approvals.approve_step(step=again(budget), actor=cast.actor("budget_officer"), at=AT)
    approvals.approve_step(step=again(head), actor=cast.actor("department_head"), at=AT)
    document.refresh_from_db()
    assert document.state == "approval"
    version = document.version
    approvals.approve_step(step=again(last), actor=cast.actor("signer"), at=AT)
    document.refresh_from_db()
    assert document.state == "approved"
    assert again(last).document_version == version
    told = Message.objects.filter(purpose="notice").values_list("to_address", flat=True)
    assert set(told) == {cast.user(part).email for part in ("department_head", "budget_officer", "signer")}
    issued = issue_document(document=document, actor=cast.actor("signer"), at=AT)
    signature = Signatory.objects.select_related("appointment").get(document=issued)
    assert signature.appointment == Appointment.objects.get(user=cast.user("signer"))


def test_a_letter_is_not_issued_before_the_last_step(cast: Cast, document: SteeringDocument) -> None:
    step(cast, document, approver=cast.user("department_head"))
    with pytest.raises(NotInThisState, match="Kristian Aas"):
        issue_document(document=document, actor=cast.actor("signer"), at=AT)
    send(cast, document)
    with pytest.raises(NotInThisState):
        issue_document(document=document, actor=cast.actor("signer"), at=AT)


def test_the_draft_says_which_approvals_are_missing_instead_of_offering_to_issue(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    url = reverse("governance:draft", args=[document.uuid])
    assert "Les gjennom og utsted" in log_in("signer").get(url).content.decode()
    step(cast, document, approver=cast.user("department_head"))
    page = log_in("signer").get(url).content.decode()
    assert "Les gjennom og utsted" not in page
    assert "Godkjenningen er ikke ferdig" in page


def test_only_the_named_approver_decides_and_a_decided_step_is_not_decided_again(
    cast: Cast, document: SteeringDocument
) -> None:
    row = step(cast, document, approver=cast.user("department_head"))
    send(cast, document)
    for part in ("officer", "signer", "department_officer", "controller", "director"):
        with pytest.raises(NotAllowed):
            approvals.approve_step(step=again(row), actor=cast.actor(part), at=AT)
    with pytest.raises(StaleVersion):
        approvals.approve_step(step=again(row), actor=cast.actor("department_head"), at=AT, expected_version=99)
    approvals.approve_step(step=again(row), actor=cast.actor("department_head"), at=AT)
    with pytest.raises(NotInThisState):
        approvals.approve_step(step=again(row), actor=cast.actor("department_head"), at=AT)


def test_a_department_without_a_person_is_decided_by_its_head_alone(cast: Cast, document: SteeringDocument) -> None:
    row = step(cast, document, department=cast.department("SHA"))
    send(cast, document)
    for part in ("department_officer", "signer", "other_department_officer"):
        with pytest.raises(NotAllowed):
            approvals.approve_step(step=again(row), actor=cast.actor(part), at=AT)
    approvals.approve_step(step=again(row), actor=cast.actor("department_head"), at=AT)
    document.refresh_from_db()
    assert document.state == "approved"


def test_nobody_approves_what_one_wrote_last_and_the_last_step_no_one_who_has_written(
    cast: Cast, document: SteeringDocument
) -> None:
    first = step(cast, document, approver=cast.user("officer"))
    last = step(cast, document, order=2, approver=cast.user("department_head"))
    send(cast, document)
    with pytest.raises(NotAllowed, match="endret utkastet sist"):
        approvals.approve_step(step=again(first), actor=cast.actor("officer"), at=AT)
    approvals.register_approval(
        step=again(first), outside=OutsideApproval("Ragnhild Moen", AT.date(), "26/17-4"), actor=cast.actor("officer"),
        at=AT,
    )  # fmt: skip
    RowRevision.objects.create(
        document=document, item=document.uuid, item_type="assignment", number=1, saved_at=AT,
        saved_by=cast.user("department_head"),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="har skrevet i utkastet"):
        approvals.approve_step(step=again(last), actor=cast.actor("department_head"), at=AT)


def stand_in(cast: Cast, represented: str, part: str) -> Any:
    appointment = Appointment.objects.for_choice().get(user=cast.user(represented))
    add_stand_in(
        represented=appointment, user=cast.user(part), valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1),
        basis="Ferie", actor=system_actor("tester"), at=AT,
    )  # fmt: skip
    return access.actor_for(cast.user(part), appointment)


def test_a_stand_in_approves_with_both_names_and_by_authority(cast: Cast, document: SteeringDocument) -> None:
    row = step(cast, document, approver=cast.user("department_head"))
    acting = stand_in(cast, "department_head", "department_officer")
    send(cast, document)
    approvals.approve_step(step=again(row), actor=acting, at=AT)
    row = again(row)
    assert (row.decided_by_name, row.represented_name, row.by_authority) == ("Jonas Brekke", "Kristian Aas", True)
    assert Event.objects.get(type="approval.given").on_behalf_of == acting.on_behalf_of


def test_a_stand_in_whose_time_is_over_approves_nothing(cast: Cast, document: SteeringDocument) -> None:
    row = step(cast, document, approver=cast.user("department_head"))
    acting = stand_in(cast, "department_head", "department_officer")
    send(cast, document)
    later = AT.replace(month=3)
    with pytest.raises(NotAllowed):
        approvals.approve_step(step=again(row), actor=acting, at=later)


def test_stand_in_and_represented_count_as_one_person(cast: Cast, document: SteeringDocument) -> None:
    row = step(cast, document, approver=cast.user("department_head"))
    second = step(cast, document, order=2, approver=cast.user("department_officer"))
    stand_in(cast, "department_head", "department_officer")
    send(cast, document)
    approvals.approve_step(step=again(row), actor=cast.actor("department_head"), at=AT)
    with pytest.raises(NotAllowed, match="alt godkjent et trinn"):
        approvals.approve_step(step=again(second), actor=cast.actor("department_officer"), at=AT)


def test_returned_with_a_reason_lets_the_other_approvals_fall_and_begins_again(
    cast: Cast, document: SteeringDocument
) -> None:
    head = step(cast, document, approver=cast.user("department_head"))
    last = step(cast, document, order=2, approver=cast.user("signer"))
    send(cast, document)
    approvals.approve_step(step=again(head), actor=cast.actor("department_head"), at=AT)
    with pytest.raises(RuleBroken):
        approvals.return_step(step=again(last), reason=" ", actor=cast.actor("signer"), at=AT)
    approvals.return_step(step=again(last), reason="Tallet stemmer ikke.", actor=cast.actor("signer"), at=AT)
    document.refresh_from_db()
    assert document.state == "draft"
    assert (again(head).state, again(last).state) == ("void", "returned")
    fresh = ApprovalStep.objects.filter(document=document, route=2)
    assert [(row.order, row.state) for row in fresh.order_by("order")] == [(1, "waiting"), (2, "waiting")]
    assert Event.objects.get(type="document.returned").after["void"] == ["faglig godkjenning (Kristian Aas)"]


def test_approved_text_is_edited_only_after_it_is_taken_back_and_the_approvals_fall(
    cast: Cast, document: SteeringDocument
) -> None:
    head = step(cast, document, approver=cast.user("department_head"))
    send(cast, document)
    approvals.approve_step(step=again(head), actor=cast.actor("department_head"), at=AT)
    document.refresh_from_db()
    edit = {"values": {"title": "Ny"}, "actor": cast.actor("officer"), "at": AT}
    with pytest.raises(NotInThisState, match="Ta det tilbake"):
        edit_document(document=document, expected_version=document.version, **edit)
    with pytest.raises(NotAllowed):
        approvals.take_back(document=document, reason="Feil", actor=cast.actor("signer"), at=AT)
    approvals.take_back(document=document, reason="Feil tall", actor=cast.actor("officer"), at=AT)
    assert again(head).state == "void"
    document.refresh_from_db()
    edit_document(document=document, expected_version=document.version, **edit)
    with pytest.raises(NotInThisState, match="Kristian Aas"):
        issue_document(document=document, actor=cast.actor("signer"), at=AT)


def test_an_approval_outside_has_name_date_and_reference_and_never_the_writer(
    cast: Cast, document: SteeringDocument
) -> None:
    row = step(cast, document, kind="political", approver_text="statssekretæren")
    send(cast, document)
    common = {"actor": cast.actor("officer"), "at": AT}
    with pytest.raises(RuleBroken) as refused:
        approvals.register_approval(step=again(row), outside=OutsideApproval("", date(2026, 2, 1), ""), **common)
    assert {problem.field for problem in refused.value.problems} == {"who", "on", "reference"}
    outside = OutsideApproval("marte lindqvist", AT.date(), "26/17-4")
    with pytest.raises(RuleBroken):
        approvals.register_approval(step=again(row), outside=outside, **common)
    outside = OutsideApproval("Statssekretæren", AT.date(), "26/17-4")
    with pytest.raises(NotAllowed):
        approvals.register_approval(step=again(row), outside=outside, actor=cast.actor("signer"), at=AT)
    approvals.register_approval(step=again(row), outside=outside, **common)
    document.refresh_from_db()
    assert (document.state, again(row).external_reference) == ("approved", "26/17-4")


def test_the_usual_route_is_kept_and_copied_into_the_next_letter(cast: Cast, document: SteeringDocument) -> None:
    step(cast, document, approver=cast.user("department_head"))
    step(cast, document, kind="political", order=2, approver_text="statssekretæren")
    approvals.save_template(document=document, actor=cast.actor("officer"), at=AT)
    other = make_draft(cast, kind="supplement", title="Neste brev", document_date=None)
    made = approvals.use_template(document=other, actor=cast.actor("officer"), at=AT)
    assert [(row.order, row.who) for row in made] == [(1, "Kristian Aas"), (2, "statssekretæren")]
    instruction = make_draft(cast, kind="instruction", title="Instruks", document_date=None)
    with pytest.raises(RuleBroken):
        approvals.use_template(document=instruction, actor=cast.actor("officer"), at=AT)


def test_an_approver_must_hold_an_office_with_the_issuer(cast: Cast, document: SteeringDocument) -> None:
    for part in ("director", "auditor"):
        with pytest.raises(RuleBroken, match="ingen rolle"):
            step(cast, document, approver=cast.user(part))
    with pytest.raises(RuleBroken):
        step(cast, document)


def test_the_pages_carry_the_whole_way_without_script(cast: Cast, log_in: LogIn, document: SteeringDocument) -> None:
    officer, head = log_in("officer"), log_in("department_head")
    add = {"version": document.version, "kind": "leadership", "order": 1, "approver": cast.user("department_head").uuid}
    assert officer.post(reverse("governance:approval_add", args=[document.uuid]), add).status_code == 302
    document.refresh_from_db()
    send_url = reverse("governance:approval_send", args=[document.uuid])
    assert officer.post(send_url, {"version": document.version}).status_code == 302
    url = reverse("governance:approval", args=[document.uuid])
    assert "Mangler: godkjenning i linjen (Kristian Aas)" in " ".join(officer.get(url).content.decode().split())
    assert "Godkjenn eller send tilbake" in head.get(url).content.decode()
    row = ApprovalStep.objects.get(document=document)
    decide = reverse("governance:approval_decide", args=[document.uuid, row.uuid])
    empty = head.post(decide, {"version": row.version, "reason": "Fint"})
    assert empty.status_code == 422
    assert "Fint" in empty.content.decode()
    assert head.post(decide, {"version": row.version, "decision": "approve"}).status_code == 302
    assert "Brevet kan signeres" in head.get(url).content.decode()


def test_a_named_approver_sees_the_draft_and_the_agency_nothing(cast: Cast, log_in: LogIn) -> None:
    document = make_draft(cast, kind="supplement", title=f"Brev {MARKER_MINISTRY}", document_date=None)
    url = reverse("governance:approval", args=[document.uuid])
    assert log_in("other_department_officer").get(url).status_code == 404
    step(cast, document, approver=cast.user("other_department_officer"))
    assert log_in("other_department_officer").get(url).status_code == 200
    for part in ("controller", "director", "other_director", "auditor", "co_ministry"):
        answer = log_in(part).get(url)
        assert answer.status_code == 404
        assert MARKER_MINISTRY not in answer.content.decode()


def test_the_page_costs_the_same_with_two_and_twenty_steps(
    cast: Cast, log_in: LogIn, document: SteeringDocument
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url, officer, counts = reverse("governance:approval", args=[document.uuid]), log_in("officer"), []
    for more in (2, 18):
        for _n in range(more):
            step(cast, document, kind="political", approver_text="statssekretæren")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            officer.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
