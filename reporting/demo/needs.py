"""What came up in the demo year's expert meetings: one need a letter has given, one that waits for a letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from agencies.models import Department
from core import reference
from core.clock import parse_at
from core.ids import new_uuid
from governance.models import SteeringDocument
from reporting.actions.needs import NeedNote, note_need, take_need_in
from reporting.demo.documents import Act
from reporting.demo.people import World
from reporting.models import SteeringNeed

Data = Mapping[str, Any]


def _rows() -> list[Data]:
    found: list[Data] = reference.read("demo/needs.json")
    return found


def acts(world: World) -> Iterator[Act]:
    """Each need noted by the department that was at the meeting."""
    for row in _rows():
        yield Act(parse_at(row["at"]), lambda at, row=row: _note(world, row, at))


def _note(world: World, row: Data, at: datetime) -> None:
    actor = world.actor(row["by"])
    note = NeedNote(
        key=new_uuid(),
        words=row["words"],
        department=Department.objects.get(code=row["department"], organisation__uuid=actor.organisation),
        meeting=row["meeting"],
        held_on=date.fromisoformat(row["held_on"]),
    )
    note_need(agency=world.organisations[row["agency"]], note=note, actor=actor, at=at)


def take_into(world: World, letter: str, document: SteeringDocument, *, by: str, at: datetime) -> None:
    """The needs of the fixture that go into this letter, taken into its draft."""
    for row in _rows():
        if row.get("taken_into") == letter:
            need = SteeringNeed.objects.get(words=row["words"])
            take_need_in(need=need, document=document, how=row["as"], actor=world.actor(by), at=at)
