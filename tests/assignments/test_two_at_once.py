"""Two people do the same at the same moment, on two connections: one succeeds, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections

from assignments.actions.answers import Upload, answer_delivery
from assignments.actions.assess import assess_answer, close_assignment
from assignments.actions.deadlines import NewDeadline, decide_deadline
from assignments.actions.ending import withdraw_assignment
from assignments.actions.follow_up import receive_assignment
from assignments.actions.status import StatusText, save_status_draft, share_status
from assignments.actions.wishes import ask_for_deadline
from assignments.models import Answer, Assessment, Assignment, DeadlineRequest, StatusVersion
from core.errors import DomainError
from tests.cast import Cast, load_cast
from tests.factories.assignments import AT, DAY, PDF, delivery_of, distribute, fresh, give

Act = Callable[[Cast, Assignment, str], Any]


def race(cast: Cast, assignment: Assignment, act: Act, people: tuple[str, str]) -> list[str]:
    """Both start together; the outcome of each: "ok" or the error's code."""
    gate = threading.Barrier(2, timeout=30)
    outcomes: list[str] = []
    actors = {part: cast.actor(part) for part in people}

    def run(part: str) -> None:
        try:
            row = fresh(assignment)
            gate.wait()
            act(cast, row, part)
            outcomes.append("ok")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connections.close_all()

    assert actors
    threads = [threading.Thread(target=run, args=(part,)) for part in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(outcomes)


def _receive(cast: Cast, row: Assignment, part: str) -> None:
    receive_assignment(assignment=row, actor=cast.actor(part), at=AT)


def _answer(cast: Cast, row: Assignment, part: str) -> None:
    uploads = [Upload("svar.pdf", PDF)]
    answer_delivery(delivery=delivery_of(row), text="Svar", uploads=uploads, actor=cast.actor(part), at=AT)


def _assess(cast: Cast, row: Assignment, part: str) -> None:
    assess_answer(delivery=delivery_of(row), result="assessed", actor=cast.actor(part), at=AT)


def _decide(cast: Cast, row: Assignment, part: str) -> None:
    decide_deadline(
        delivery=delivery_of(row),
        decision=NewDeadline(date(2027, 1, 5), "Avtalt", "Brev", DAY),
        actor=cast.actor(part),
        at=AT,
        expected_version=row.version,
    )


def _close(cast: Cast, row: Assignment, part: str) -> None:
    close_assignment(assignment=row, reason="Ferdig", actor=cast.actor(part), at=AT)


def _withdraw(cast: Cast, row: Assignment, part: str) -> None:
    withdraw_assignment(assignment=row, reason="Brev", actor=cast.actor(part), at=AT)


def _wish(cast: Cast, row: Assignment, part: str) -> None:
    ask_for_deadline(delivery=delivery_of(row), wanted=date(2027, 1, 5), reason="Tid", actor=cast.actor(part), at=AT)


def _save(cast: Cast, row: Assignment, part: str) -> None:
    status = StatusText("on_track", f"Fra {part}")
    save_status_draft(assignment=row, status=status, actor=cast.actor(part), at=AT, expected_version=0)


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_of_two_at_once_one_succeeds_and_the_other_is_told() -> None:
    cast = load_cast()
    agency, ministry = ("controller", "director"), ("officer", "signer")
    first = give(cast)
    assert race(cast, first, _receive, agency) == ["not_in_this_state", "ok"]
    assert race(cast, first, _save, agency) == ["ok", "stale_version"]
    assert race(cast, first, _wish, agency) == ["not_in_this_state", "ok"]
    assert DeadlineRequest.objects.count() == 1
    assert race(cast, first, _decide, ministry) == ["ok", "stale_version"]
    assert race(cast, first, _answer, agency) == ["not_in_this_state", "ok"]
    assert Answer.objects.count() == 1
    distribute(cast, first)
    assert race(cast, first, _assess, ("officer", "department_officer")) == ["not_in_this_state", "ok"]
    assert Assessment.objects.count() == 1
    assert race(cast, first, _close, ("officer", "department_head")) == ["not_in_this_state", "ok"]
    second = give(cast, "TB2026-2", "Et annet oppdrag")
    assert race(cast, second, _withdraw, ministry) == ["not_in_this_state", "ok"]
    assert connection.in_atomic_block is False


@pytest.mark.django_db(transaction=True)
def test_two_who_share_at_once_make_two_numbered_versions() -> None:
    cast = load_cast()
    assignment = give(cast)
    answer_free = StatusText("on_track", "I gang")
    save_status_draft(assignment=assignment, status=answer_free, actor=cast.actor("controller"), at=AT)

    def share(cast: Cast, row: Assignment, part: str) -> None:
        share_status(assignment=row, actor=cast.actor(part), at=AT)

    assert race(cast, assignment, share, ("controller", "director")) == ["ok", "ok"]
    assert list(StatusVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
