"""The life of a document: only the steps of the table, in the actions and in the database."""

from __future__ import annotations

import itertools
import re

import pytest
from django.db import DatabaseError, transaction

from core.errors import NotInThisState
from governance.actions.approvals import send_for_approval
from governance.actions.documents import (
    Registration,
    discard_document,
    edit_document,
    issue_document,
    register_issued_document,
)
from governance.actions.draft_rows import save_row
from governance.actions.supplements import add_paragraph
from governance.models import ApprovalStep, DocumentState, SteeringDocument
from governance.selectors.approval import approval_page
from governance.states import DOCUMENT_STATES, why_not
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft

OPEN = [state for state in DocumentState.values if state not in ("issued", "discarded")]
JUMPS = [pair for pair in itertools.permutations([*OPEN, "discarded"], 2) if pair not in DOCUMENT_STATES.pairs()]


def in_state(cast: Cast, state: str, kind: str = "supplement") -> SteeringDocument:
    """A supplement, or another kind, moved by allowed steps to where the test wants it."""
    ways = {"draft": [], "approved": ["approval", "approved"]}
    document = make_draft(cast, kind=kind, title="Supplerende brev", document_date=None)
    for step in ways.get(state, [state]):
        SteeringDocument.objects.filter(pk=document.pk).update(state=step)
    return SteeringDocument.objects.for_detail().get(pk=document.pk)


@pytest.mark.parametrize(("source", "target"), JUMPS)
def test_the_database_refuses_every_jump_the_table_does_not_have(cast: Cast, source: str, target: str) -> None:
    document = in_state(cast, source)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        SteeringDocument.objects.filter(pk=document.pk).update(state=target)


@pytest.mark.parametrize("state", ["hearing", "approval"])
def test_a_letter_is_not_issued_or_registered_while_others_have_it(cast: Cast, state: str) -> None:
    document = in_state(cast, state)
    with pytest.raises(NotInThisState):
        issue_document(document=document, actor=cast.actor("signer"), at=REGISTERED_AT)
    with pytest.raises(NotInThisState):
        register_issued_document(
            document=document, registration=Registration(), actor=cast.actor("officer"), at=REGISTERED_AT
        )
    document.refresh_from_db()
    assert document.state == state


@pytest.mark.parametrize("state", ["approval", "approved", "discarded"])
def test_what_is_being_approved_is_not_edited_and_the_refusal_says_the_way_on(cast: Cast, state: str) -> None:
    document = in_state(cast, state)
    common = {"actor": cast.actor("officer"), "at": REGISTERED_AT, "expected_version": document.version}
    for edit in (
        lambda: edit_document(document=document, values={"title": "Annen tittel"}, **common),
        lambda: add_paragraph(document=document, text="Ny tekst", heading="", **common),
    ):
        with pytest.raises(NotInThisState) as refused:
            edit()
        assert state == "discarded" or "Ta det tilbake til utkast" in str(refused.value)
    document.refresh_from_db()
    assert document.title == "Supplerende brev"


def test_a_draft_may_be_edited_while_the_agency_is_heard(cast: Cast) -> None:
    document = in_state(cast, "hearing")
    edit_document(
        document=document, values={"title": "Ny tittel"}, actor=cast.actor("officer"), at=REGISTERED_AT,
        expected_version=document.version,
    )  # fmt: skip
    document.refresh_from_db()
    assert document.title == "Ny tittel"


def test_a_letter_with_a_route_is_not_issued_from_the_draft_and_the_missing_steps_are_named(cast: Cast) -> None:
    document = in_state(cast, "draft")
    ApprovalStep.objects.create(document=document, kind="political", approver_text="statssekretæren")
    with pytest.raises(NotInThisState, match=r"Mangler: politisk klarering \(statssekretæren\)"):
        issue_document(document=document, actor=cast.actor("signer"), at=REGISTERED_AT)


def test_a_letter_without_a_route_is_issued_from_the_draft_and_an_approved_one_too(cast: Cast) -> None:
    for state in ("draft", "approved"):
        issued = issue_document(document=in_state(cast, state), actor=cast.actor("signer"), at=REGISTERED_AT)
        assert issued.state == "issued"


@pytest.mark.parametrize("state", OPEN)
def test_any_open_draft_may_be_put_away_once(cast: Cast, state: str) -> None:
    document = in_state(cast, state)
    common = {"reason": "Ikke lenger aktuelt.", "actor": cast.actor("officer"), "at": REGISTERED_AT}
    discard_document(document=document, **common)
    with pytest.raises(NotInThisState):
        discard_document(document=document, **common)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("approval", "Instruksen er til godkjenning. Ta den tilbake til utkast for å endre den;"),
        ("approved", "Instruksen er godkjent. Ta den tilbake til utkast for å endre den;"),
    ],
)
def test_an_instruction_is_called_an_instruction_by_every_door(cast: Cast, state: str, words: str) -> None:
    document = in_state(cast, state, kind="instruction")
    common = {"actor": cast.actor("officer"), "at": REGISTERED_AT, "expected_version": document.version}
    for edit in (
        lambda: edit_document(document=document, values={"title": "Annen tittel"}, **common),
        lambda: save_row(document=document, item_type="notice_duty", data={"title": "Avvik"}, **common),
    ):
        with pytest.raises(NotInThisState, match=re.escape(words)):
            edit()


def test_an_instruction_that_is_fixed_is_replaced_by_a_new_one_and_not_by_a_supplement(cast: Cast) -> None:
    document = in_state(cast, "draft", kind="instruction")
    for found in (document, SteeringDocument.objects.get(pk=document.pk)):
        found.state = DocumentState.ISSUED
        refused = why_not(found)
        assert refused.message == "Instruksen er allerede fastsatt og kan ikke endres. Erstatt den med en ny instruks."
        assert refused.code == "already_issued"


def test_what_an_instruction_lacks_before_it_is_approved_is_said_of_an_instruction(cast: Cast) -> None:
    document = in_state(cast, "draft", kind="instruction")
    with pytest.raises(NotInThisState, match="før instruksen sendes til godkjenning"):
        send_for_approval(document=document, actor=cast.actor("officer"), at=REGISTERED_AT)
    assert approval_page(document=document, actor=cast.actor("officer"), day=REGISTERED_AT.date()).head.lead == (
        "Ingen godkjenning er satt opp. Instruksen kan fastsettes fra utkastet av en som ikke endret den sist."
    )
