"""Two people at the same moment, on two connections: no word is lost, nothing happens twice, and the second is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connections

from core.clock import OSLO
from core.errors import DomainError
from governance import roundtrip
from governance.actions import approvals, draft_passages, draft_rows, hearings, inputs
from governance.actions.approvals import NewStep
from governance.actions.documents import issue_document
from governance.actions.returned import decide_change, receive_file
from governance.items import read_items
from governance.models import (
    ApprovalStep,
    AssignmentItem,
    Dispatch,
    HearingRound,
    InputRequest,
    JournalEntry,
    NumberReservation,
    Passage,
    Proposal,
    ReturnedChange,
    SteeringDocument,
)
from tests.cast import Cast, load_cast
from tests.factories.documents import make_draft

AT = datetime(2026, 1, 9, 9, 14, tzinfo=OSLO)
PAIR = ("officer", "signer")
ROW = {"title": "Kartlegge lagre", "body": "Direktoratet skal kartlegge.", "deliveries": [{"deadline_kind": "none"}]}
Act = Callable[[str], Any]


def race(act: Act, people: tuple[str, str] = PAIR) -> list[str]:
    """Both start together; the outcome of each: "ok" or the error's code."""
    gate, outcomes = threading.Barrier(2, timeout=30), list[str]()

    def run(part: str) -> None:
        try:
            gate.wait()
            act(part)
            outcomes.append("ok")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(part,)) for part in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(outcomes)


def fresh(document: SteeringDocument) -> SteeringDocument:
    found: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=document.pk)
    return found


def save(cast: Cast, document: SteeringDocument, data: dict[str, Any], **more: Any) -> Any:
    return draft_rows.save_row(
        document=fresh(document), item_type="assignment", data=data, actor=cast.actor("officer"), at=AT, **more
    )


def _words_written_in_two_fields_of_a_row_are_both_kept_and_in_one_field_the_second_is_asked(cast: Cast) -> None:
    draft = make_draft(cast, document_date=None)
    row = save(cast, draft, ROW)
    changes = {"officer": {"title": "Kartlegge alle lagre"}, "signer": {"body": "Direktoratet skal kartlegge nøye."}}
    assert race(lambda part: save(cast, draft, changes[part], item=row.uuid, base_number=1)) == ["ok", "ok"]
    (kept,) = [found.data for found in read_items([draft.pk], ["assignment"])]
    assert (kept["title"], kept["body"]) == ("Kartlegge alle lagre", "Direktoratet skal kartlegge nøye.")
    outcome = race(lambda part: save(cast, draft, {"title": f"Fra {part}"}, item=row.uuid, base_number=3))
    assert outcome == ["ok", "stale_version"]


def _running_text_changed_by_two_is_put_to_the_second(cast: Cast) -> None:
    draft = make_draft(cast, document_date=None)
    written = draft_passages.add_passage(document=draft, text="Brevet gir rammene.", actor=cast.actor("officer"), at=AT)

    def act(part: str) -> None:
        draft_passages.save_passage(
            document=fresh(draft), passage=written.uuid, text=f"Brevet gir rammene, sier {part}.", base_number=1,
            actor=cast.actor("officer"), at=AT,
        )  # fmt: skip

    outcome = race(act)
    assert outcome == ["ok", "stale_version"]
    assert Passage.objects.get(uuid=written.uuid).text.startswith("Brevet gir rammene, sier ")


def _two_new_rows_are_two_rows_and_no_number_is_given_twice(cast: Cast) -> None:
    draft = make_draft(cast, document_date=None)
    assert race(lambda part: save(cast, draft, {**ROW, "title": part})) == ["ok", "ok"]
    rows = list(AssignmentItem.objects.filter(document=draft))
    assert {row.title for row in rows} == set(PAIR)
    assert len({row.ordinal for row in rows}) == 2
    numbers = list(NumberReservation.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    assert len({row.reference for row in rows}) == 2


def _a_proposal_is_accepted_once_and_a_department_answers_once_at_a_time(cast: Cast) -> None:
    draft = make_draft(cast, title="Tildelingsbrev 2027", year=2027, document_date=None)
    with time_machine.travel(AT, tick=False):
        inputs.open_round(
            document=draft, departments=[cast.department("SHA")], message="", deadline=date(2026, 1, 23),
            actor=cast.actor("officer"), at=AT,
        )  # fmt: skip
    request = InputRequest.objects.for_list().get()
    department = cast.actor("department_officer")
    proposal = inputs.propose(request=request, item_type="assignment", data=ROW, actor=department, at=AT)

    def accept(_part: str) -> None:
        found = Proposal.objects.select_related("document__issuer", "document__recipient").get(pk=proposal.pk)
        inputs.accept_proposal(proposal=found, actor=cast.actor("officer"), at=AT)

    assert race(accept) == ["not_in_this_state", "ok"]
    assert AssignmentItem.objects.filter(document=draft).count() == 1
    version = InputRequest.objects.get().version

    def answer(_part: str) -> None:
        found = InputRequest.objects.for_list().get()
        inputs.answer(
            request=found, text="Se forslaget.", no_input=False, actor=cast.actor("department_officer"), at=AT,
            expected_version=version,
        )  # fmt: skip

    assert race(answer) == ["ok", "stale_version"]


def _a_hearing_is_opened_once_and_answered_once(cast: Cast) -> None:
    draft = make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None)

    def open_it(_part: str) -> None:
        hearings.open_hearing(
            document=fresh(draft), message="", deadline=date(2026, 1, 23), actor=cast.actor("officer"), at=AT
        )

    assert race(open_it) == ["not_in_this_state", "ok"]
    hearing = HearingRound.objects.for_detail().get()

    def answer(part: str) -> None:
        hearings.answer_hearing(hearing=hearing, text=f"Fra {part}", no_remarks=False, actor=cast.actor(part), at=AT)

    assert race(answer, ("director", "controller")) == ["not_in_this_state", "ok"]
    assert JournalEntry.objects.filter(subject=hearing.uuid).count() == 4


def _steps_side_by_side_are_approved_at_once_and_one_step_only_once(cast: Cast) -> None:
    draft = make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None)
    for kind, part in (("professional", "department_head"), ("budget", "budget_officer")):
        new = NewStep(kind=kind, approver=cast.user(part))
        approvals.add_step(document=draft, new=new, actor=cast.actor("officer"), at=AT)
    approvals.send_for_approval(document=fresh(draft), actor=cast.actor("officer"), at=AT)
    people = ("department_head", "budget_officer")

    def approve(part: str) -> None:
        found = ApprovalStep.objects.for_list().select_related("document__issuer").get(approver=cast.user(part))
        approvals.approve_step(step=found, actor=cast.actor(part), at=AT)

    assert race(approve, people) == ["ok", "ok"]
    assert fresh(draft).state == "approved"
    last = make_draft(cast, kind="supplement", title="Et annet brev", document_date=None)
    approvals.add_step(
        document=last, new=NewStep(kind="professional", approver=cast.user("department_head")),
        actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    approvals.send_for_approval(document=fresh(last), actor=cast.actor("officer"), at=AT)

    def again(_part: str) -> None:
        found = ApprovalStep.objects.for_list().select_related("document__issuer").get(document=last)
        approvals.approve_step(step=found, actor=cast.actor("department_head"), at=AT)

    outcome = race(again)
    assert outcome == ["not_in_this_state", "ok"]


def _a_difference_is_taken_in_once(cast: Cast) -> None:
    draft = make_draft(cast, document_date=None)
    save(cast, draft, ROW)
    data = roundtrip.export_json(fresh(draft)).replace(b"Kartlegge lagre", b"Kartlegge alle lagre")
    receive_file(document=fresh(draft), name="brev.json", data=data, actor=cast.actor("officer"), at=AT)
    (change,) = ReturnedChange.objects.all()
    assert race(lambda _part: decide_change(change=change, accept=True, actor=cast.actor("officer"), at=AT)) == [
        "ok", "ok",
    ]  # fmt: skip
    row = AssignmentItem.objects.get(document=draft)
    assert row.title == "Kartlegge alle lagre"


def _a_letter_is_issued_once(cast: Cast) -> None:
    draft = make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None)
    draft_passages.add_passage(document=draft, text="Brevet gir rammene.", actor=cast.actor("officer"), at=AT)

    def issue(_part: str) -> None:
        issue_document(document=fresh(draft), actor=cast.actor("signer"), at=AT)

    assert race(issue) == ["already_issued", "ok"]
    assert Dispatch.objects.filter(subject=draft.uuid, role="to").count() == 1
    assert JournalEntry.objects.filter(subject=draft.uuid).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_no_word_is_lost_and_nothing_happens_twice() -> None:
    """All in one, since each such test empties the whole database when it ends."""
    cast = load_cast()
    _words_written_in_two_fields_of_a_row_are_both_kept_and_in_one_field_the_second_is_asked(cast)
    _running_text_changed_by_two_is_put_to_the_second(cast)
    _two_new_rows_are_two_rows_and_no_number_is_given_twice(cast)
    _a_proposal_is_accepted_once_and_a_department_answers_once_at_a_time(cast)
    _a_hearing_is_opened_once_and_answered_once(cast)
    _steps_side_by_side_are_approved_at_once_and_one_step_only_once(cast)
    _a_difference_is_taken_in_once(cast)
    _a_letter_is_issued_once(cast)
