"""The ministry distributes, assesses, closes, decides deadlines, lets assignments lapse."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assignments.actions.assess import assess_answer, close_assignment
from assignments.actions.deadlines import NewDeadline, clarify_deadline, decide_deadline
from assignments.actions.ending import lapse_assignments
from assignments.actions.joint import name_parts
from assignments.actions.remarks import grant_reader, revoke_reader
from assignments.models import Assignment, DeadlineDecision, Delivery, JointPart
from core.errors import NotAllowed, NotInThisState, RuleBroken
from tests.cast import Cast
from tests.factories.assignments import AT, answer, delivery_of, distribute, fresh, give
from tests.factories.documents import make_registered_letter

NEW = NewDeadline(deadline=date(2027, 3, 1), reason="Avtalt.", basis="Brev 25/4127-16", decided_on=date(2026, 5, 1))


def test_an_answer_waits_until_it_is_distributed(cast: Cast) -> None:
    assignment = give(cast)
    delivery = answer(cast, assignment)
    for part in ("officer", "department_officer"):
        with pytest.raises((NotInThisState, NotAllowed)):
            assess_answer(delivery=delivery, result="assessed", actor=cast.actor(part), at=AT)
    distribute(cast, assignment)
    assess_answer(delivery=delivery, result="assessed", actor=cast.actor("department_officer"), at=AT)
    assert delivery_of(assignment).state == "assessed"


@pytest.mark.parametrize("part", ["other_department_officer", "signer", "controller", "director", "budget_officer"])
def test_others_may_not_assess(cast: Cast, part: str) -> None:
    assignment = give(cast)
    answer(cast, assignment)
    with pytest.raises(NotAllowed) as caught:
        assess_answer(delivery=distribute(cast, assignment), result="assessed", actor=cast.actor(part), at=AT)
    assert "fordelt" in str(caught.value)


def test_a_return_needs_a_reason_and_opens_the_delivery_again(cast: Cast) -> None:
    assignment = give(cast)
    answer(cast, assignment)
    delivery = distribute(cast, assignment)
    actor = cast.actor("department_officer")
    with pytest.raises(RuleBroken):
        assess_answer(delivery=delivery, result="returned", actor=actor, at=AT)
    assert delivery_of(assignment).state == "delivered"
    assess_answer(delivery=delivery, result="returned", reason="Kostnadene mangler.", actor=actor, at=AT)
    assert fresh(assignment).status == "returned"
    answer(cast, assignment, text="Nå med kostnader.")
    assert fresh(assignment).status == "delivered"
    assert delivery_of(assignment).distributed_to_id is None


def test_closing_waits_for_every_delivery_and_says_how_many(cast: Cast) -> None:
    assignment = give(cast, deadlines=[("1. juni 2026", date(2026, 6, 1)), ("i dialog", None)])
    answer(cast, assignment)
    with pytest.raises(NotInThisState) as caught:
        close_assignment(assignment=assignment, reason="Ferdig", actor=cast.actor("officer"), at=AT)
    assert "Én er ikke levert." in str(caught.value)


def test_the_department_head_closes_what_is_assessed(cast: Cast) -> None:
    assignment = give(cast)
    answer(cast, assignment)
    assess_answer(
        delivery=distribute(cast, assignment), result="assessed", actor=cast.actor("department_officer"), at=AT
    )
    with pytest.raises(NotAllowed) as caught:
        close_assignment(assignment=assignment, reason="Ferdig", actor=cast.actor("department_officer"), at=AT)
    assert "avdelingsdirektøren" in str(caught.value)
    close_assignment(assignment=assignment, reason="Ferdig", actor=cast.actor("department_head"), at=AT)
    assert fresh(assignment).status == "closed"


def test_a_decision_moves_the_current_deadline_and_never_the_letters(cast: Cast) -> None:
    assignment = give(cast)
    decide_deadline(delivery=delivery_of(assignment), decision=NEW, actor=cast.actor("officer"), at=AT)
    delivery = delivery_of(assignment)
    assert (delivery.deadline, delivery.letter_deadline) == (date(2027, 3, 1), date(2026, 12, 31))
    assert delivery.deadline_version == 2
    assert fresh(assignment).next_deadline == date(2027, 3, 1)


@pytest.mark.parametrize("part", ["controller", "owner", "department_officer", "department_head"])
def test_agency_and_department_decide_no_deadline(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        decide_deadline(delivery=delivery_of(give(cast)), decision=NEW, actor=cast.actor(part), at=AT)
    assert "etatsstyreren" in str(caught.value)


def test_a_deadline_that_cannot_be_departed_from_moves_by_letter_only(cast: Cast) -> None:
    assignment = give(cast)
    Delivery.objects.filter(assignment=assignment).update(not_extendable=True)
    with pytest.raises(NotAllowed) as caught:
        decide_deadline(delivery=delivery_of(assignment), decision=NEW, actor=cast.actor("officer"), at=AT)
    assert "supplerende" in str(caught.value)


def test_all_problems_of_a_decision_are_told_at_once(cast: Cast) -> None:
    wrong = NewDeadline(deadline=date(2020, 1, 1), reason=" ", basis="", decided_on=date(2026, 6, 1))
    with pytest.raises(RuleBroken) as caught:
        decide_deadline(delivery=delivery_of(give(cast)), decision=wrong, actor=cast.actor("officer"), at=AT)
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["deadline_before", "reason_missing", "basis_missing", "decided_ahead"]


def test_a_doubtful_deadline_ends_by_an_answer(cast: Cast) -> None:
    assignment = give(cast, deadlines=[("15.januar 2026", date(2026, 1, 15))], doubtful=True)
    clarify_deadline(
        delivery=delivery_of(assignment),
        answer="Året skulle vært 2027.",
        deadline=date(2027, 1, 15),
        basis="E-post 12. mai",
        actor=cast.actor("officer"),
        at=AT,
    )
    now = fresh(assignment)
    assert (now.unclear, now.next_deadline) == (False, date(2027, 1, 15))
    with pytest.raises(NotInThisState):
        clarify_deadline(
            delivery=delivery_of(assignment),
            answer="Igjen",
            deadline=date(2027, 2, 15),
            basis="E-post",
            actor=cast.actor("officer"),
            at=AT,
        )


def test_nothing_lapses_without_a_reason_for_each(cast: Cast) -> None:
    old = give(cast, "TB2024-1", "Gammelt", letter={"year": 2024, "document_date": date(2024, 1, 2)})
    kept = give(cast, "TB2024-2", "Skal fortsette", letter={"year": 2024, "document_date": date(2024, 1, 2)})
    newer = give(cast, "TB2025-1", "Nyere", letter={"year": 2025, "document_date": date(2025, 1, 2)})
    document = make_registered_letter(cast, fill=None, lapse_through_year=2024)
    assert fresh(old).status == "given"
    with pytest.raises(RuleBroken) as caught:
        lapse_assignments(document=document, reasons={old.uuid: "Regelen"}, kept={}, actor=cast.actor("officer"), at=AT)
    assert [problem.code for problem in caught.value.problems] == ["lapse_reason"]
    assert fresh(old).status == "given"
    lapse_assignments(
        document=document,
        reasons={old.uuid: "Regelen"},
        kept={kept.uuid: "Avtalt i møte"},
        actor=cast.actor("officer"),
        at=AT,
    )
    assert [fresh(row).status for row in (old, kept, newer)] == ["lapsed", "given", "given"]


@time_machine.travel(AT, tick=False)
def test_the_lapse_page_previews_and_acts(cast: Cast, log_in: Callable[[str], Client]) -> None:
    old = give(cast, "TB2024-1", "Gammelt", letter={"year": 2024, "document_date": date(2024, 1, 2)})
    document = make_registered_letter(cast, fill=None, lapse_through_year=2024)
    url = reverse("assignments:lapse", args=[document.uuid])
    page = log_in("officer").get(url).content.decode()
    assert "TB2024-1" in page
    assert "Ingenting utgår før" in page
    sent = {f"what_{old.uuid}": "lapse", f"reason_{old.uuid}": ""}
    assert log_in("officer").post(url, sent).status_code == 422
    sent[f"reason_{old.uuid}"] = "Regelen i brevet"
    assert log_in("officer").post(url, sent).status_code == 302
    assert fresh(old).status == "lapsed"


def test_readers_are_admitted_by_others_and_can_be_taken_away(cast: Cast) -> None:
    assignment = give(cast, restricted=True, restricted_basis="Offl. § 15")
    with pytest.raises(NotAllowed):
        grant_reader(assignment=assignment, user=cast.user("controller"), actor=cast.actor("controller"), at=AT)
    grant = grant_reader(assignment=assignment, user=cast.user("controller"), actor=cast.actor("officer"), at=AT)
    with pytest.raises(NotInThisState):
        grant_reader(assignment=assignment, user=cast.user("controller"), actor=cast.actor("officer"), at=AT)
    with pytest.raises(RuleBroken):
        grant_reader(assignment=assignment, user=cast.user("auditor"), actor=cast.actor("officer"), at=AT)
    revoke_reader(grant=grant, reason="Byttet rolle", actor=cast.actor("officer"), at=AT)
    assert not Assignment.objects.readable_by(cast.actor("controller"), AT.date()).exists()


def test_the_officer_names_participants_and_lead(cast: Cast) -> None:
    assignment = give(cast)
    joint = name_parts(assignment=assignment, names=["Hdir", "Et helseforetak"], lead="DMP",
                       actor=cast.actor("officer"), at=AT)  # fmt: skip
    roles = {part.name: (part.role, part.organisation_id is None) for part in JointPart.objects.filter(joint=joint)}
    assert roles == {"DMP": ("lead", False), "Hdir": ("part", False), "Et helseforetak": ("part", True)}
    assert Assignment.objects.visible_to(cast.actor("other_controller"), AT.date()).exists()


def test_decisions_are_append_only(cast: Cast) -> None:
    from django.db import DatabaseError, transaction

    assignment = give(cast)
    row = decide_deadline(delivery=delivery_of(assignment), decision=NEW, actor=cast.actor("officer"), at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeadlineDecision.objects.filter(pk=row.pk).update(reason="En annen")
