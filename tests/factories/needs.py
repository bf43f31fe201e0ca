"""Needs from expert meetings, noted through the action people use. The prose is ours."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from core.ids import new_uuid
from reporting.actions.needs import NeedNote, note_need
from reporting.models import SteeringNeed
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT

WORDS = "Rutinen for melding av legemiddelmangel må beskrives på nytt. Den skal også gjelde i helgene."
HELD_ON = date(2026, 1, 5)


def noted(
    cast: Cast,
    *,
    by: str = "officer",
    agency: str = "DMP",
    department: str = "SHA",
    at: datetime = REGISTERED_AT,
    **values: Any,
) -> SteeringNeed:
    """A need that came up in an expert meeting with DMP."""
    note = {"words": WORDS, "meeting": "Fagmøte om legemiddelmangel", "held_on": HELD_ON, **values}
    row = note_need(
        agency=cast.org(agency),
        note=NeedNote(key=note.pop("key", None) or new_uuid(), department=cast.department(department), **note),
        actor=cast.actor(by),
        at=at,
    )
    return fresh(row)


def fresh(row: SteeringNeed) -> SteeringNeed:
    """The need as it stands now, with what a page shows of it."""
    found: SteeringNeed = SteeringNeed.objects.for_list().get(pk=row.pk)
    return found
