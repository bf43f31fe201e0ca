"""Every status × every step, and the denormalised fields always equal the fold of the deliveries."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assignments import states
from assignments.actions.answers import Upload, answer_delivery, distribute_answer
from assignments.actions.assess import assess_answer, close_assignment
from assignments.actions.base import summarise
from assignments.actions.deadlines import NewDeadline, decide_deadline
from assignments.actions.ending import withdraw_assignment
from assignments.actions.follow_up import receive_assignment
from assignments.actions.status import StatusText, save_status_draft, share_status
from assignments.models import Assignment, AssignmentStatus, Delivery, DeliveryState
from assignments.rights import Powers, Side
from core.errors import DomainError
from tests.cast import Cast
from tests.factories.assignments import AT, DAY, PDF, delivery_of, fresh, give

STEPS = ("receive", "share", "answer", "distribute", "take_up", "return", "assess", "decide", "close", "withdraw")
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 3)), min_size=1, max_size=14)


def take(cast: Cast, assignment: Assignment, step: str, ordinal: int) -> None:
    """One act by the one who may do it."""
    row, officer, controller = delivery_of(assignment, ordinal), cast.actor("officer"), cast.actor("controller")
    acts: dict[str, Any] = {
        "receive": lambda: receive_assignment(assignment=assignment, actor=controller, at=AT),
        "share": lambda: share_status(assignment=assignment, actor=controller, at=AT),
        "answer": lambda: answer_delivery(
            delivery=row, text="Svar", uploads=[Upload("svar.pdf", PDF)], actor=controller, at=AT
        ),
        "distribute": lambda: distribute_answer(delivery=row, department=cast.department("SHA"), actor=officer, at=AT),
        "take_up": lambda: assess_answer(delivery=row, result="under_assessment", actor=officer, at=AT),
        "return": lambda: assess_answer(delivery=row, result="returned", reason="Mangler", actor=officer, at=AT),
        "assess": lambda: assess_answer(delivery=row, result="assessed", actor=officer, at=AT),
        "decide": lambda: decide_deadline(
            delivery=row,
            decision=NewDeadline(DAY + timedelta(days=ordinal), "Avtalt", "Brev", DAY),
            actor=officer,
            at=AT,
        ),
        "close": lambda: close_assignment(assignment=assignment, reason="Ferdig", actor=officer, at=AT),
        "withdraw": lambda: withdraw_assignment(assignment=assignment, reason="Brev", actor=officer, at=AT),
    }
    if step == "share":
        status = StatusText(progress="on_track", text="I gang")
        save_status_draft(assignment=assignment, status=status, actor=controller, at=AT)
    acts[step]()


@pytest.mark.django_db(transaction=False)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=steps)
def test_denormalised_fields_always_equal_the_fold_of_the_deliveries(cast: Cast, path: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        days = [("1. juni 2026", date(2026, 6, 1)), ("i dialog", None), ("15. januar 2026", date(2026, 1, 15))]
        assignment = give(cast, deadlines=days)
        versions = [assignment.version]
        for step, ordinal in path:
            with suppress(DomainError), transaction.atomic():
                take(cast, fresh(assignment), step, ordinal)
            now = fresh(assignment)
            found = summarise(now, list(Delivery.objects.filter(assignment=now)))
            written = (now.next_deadline, now.delivery_count, now.delivered_count, now.unclear, now.status)
            assert written == (
                found.next_deadline,
                found.delivery_count,
                found.delivered_count,
                found.unclear,
                found.status,
            )
            late = Assignment.objects.late_on(DAY).filter(pk=now.pk).exists()
            assert late == _late(now)
            versions.append(now.version)
        assert versions == sorted(versions)
        transaction.set_rollback(True)


def _late(assignment: Assignment) -> bool:
    open_ = assignment.status in states.OPEN and assignment.delivered_count < assignment.delivery_count
    return bool(open_ and assignment.next_deadline and assignment.next_deadline < DAY)


@pytest.mark.parametrize("state", [code for code, _label in DeliveryState.choices])
@pytest.mark.parametrize("step", states.DELIVERY_STEPS, ids=lambda step: step.name)
def test_a_delivery_takes_only_the_steps_of_the_table(state: str, step: states.Step) -> None:
    pairs = states.delivery_pairs()
    assert ((state, step.target) in pairs) == any(
        state in other.sources and other.target == step.target for other in states.DELIVERY_STEPS
    )


def test_the_database_refuses_a_jump_that_no_table_has(cast: Cast) -> None:
    assignment = give(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.filter(assignment=assignment).update(state="assessed")
    Assignment.objects.filter(pk=assignment.pk).update(status="withdrawn")
    with pytest.raises(DatabaseError), transaction.atomic():
        Assignment.objects.filter(pk=assignment.pk).update(status="given")


def test_nobody_without_powers_may_take_any_step() -> None:
    nobody = Powers(side=Side.OTHER, may_read=True)
    delivery, assignment = Delivery(distributed_to_id=1), Assignment(department_id=1)
    assert not any(step.rule(nobody, delivery) for step in states.DELIVERY_STEPS)
    assert not any(step.rule(nobody, assignment) for step in states.ASSIGNMENT_STEPS)


def test_every_status_and_every_state_stands_in_a_table() -> None:
    reached = {name for pair in states.assignment_pairs() for name in pair}
    assert reached == {code for code, _label in AssignmentStatus.choices if code != "draft"}
    assert {name for pair in states.delivery_pairs() for name in pair} == set(DeliveryState.values)
