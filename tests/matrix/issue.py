"""Rows of issue and register: the copy matrix, corrected copies, failed dispatches, what was received."""

from __future__ import annotations

from typing import Any

from governance.models import Dispatch, DispatchState
from tests.cast import Cast
from tests.factories.assignments import AT
from tests.matrix.people import ISSUE_RIGHT, JOURNAL_RIGHT, SEES_LETTER, Row

RESEND_RIGHT = JOURNAL_RIGHT

ROWS: list[Row] = [
    Row("governance:copy_matrix"),
    Row("governance:copy", thing="sent_copy", ok=frozenset({"auditor"})),
    Row(
        "governance:correct_copies",
        thing="letter",
        ok=frozenset({"officer", "signer", "department_head"}),
        others=403,
        unseen=ISSUE_RIGHT - SEES_LETTER,
    ),
    Row(
        "governance:journal_package",
        thing="journal_entry",
        method="post",
        ok=frozenset({"officer"}),
        others=403,
        unseen=JOURNAL_RIGHT - {"officer"},
    ),
    Row(
        "governance:resend",
        thing="failed_dispatch",
        ok=frozenset({"officer"}),
        others=403,
        unseen=RESEND_RIGHT - {"officer"},
    ),
]


def fill(world: Any, cast: Cast) -> None:
    """A copy that reached the auditor, and one that failed."""
    common = {
        "subject_type": "governance.steeringdocument", "subject": world.uuid("letter"), "title": "Tildelingsbrev 2026",
        "sender": cast.org("HOD"), "role": "copy", "correspondence": "letter", "planned_at": AT,
    }  # fmt: skip
    world.things["sent_copy"] = Dispatch.objects.create(
        recipient=cast.org("RR"),
        state=DispatchState.SENT,
        sent_at=AT,
        **{**common, "subject_type": "assignments.answer", "subject": world.uuid("nothing")},
    )
    world.things["failed_dispatch"] = Dispatch.objects.create(
        recipient=cast.org("NFD"), state=DispatchState.FAILED, receipt="Avvist", **common
    )
