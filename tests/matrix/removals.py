"""Removing content: asked for and done on the issuer's side by those who hold the right for the agency."""

from __future__ import annotations

from typing import Any

from governance.actions.removals import RemovalRequest, ask_for_removal
from tests.factories.assignments import AT
from tests.matrix.people import SEES_LETTER, Row

REMOVERS = frozenset({"officer", "sub_agency_officer"})
ELSEWHERE = frozenset({"sub_agency_officer"})
OFFICER = frozenset({"officer"})

ROWS: list[Row] = [
    Row("governance:removals", ok=REMOVERS, others=403),
    Row("governance:ask_removal", thing="letter", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:removal", thing="removal", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:decline_removal", thing="removal", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:withdraw_removal", thing="removal", ok=OFFICER, others=403, unseen=ELSEWHERE),
    Row("governance:seal", thing="letter", ok=SEES_LETTER),
]


def fill(world: Any, cast: Any) -> None:
    """A request that waits for another person."""
    request = RemovalRequest(words="Legemiddelgrunndata", reason="Prøve", basis="personvernforordningen art. 17")
    world.things["removal"] = ask_for_removal(
        document=world.things["letter"], request=request, actor=cast.actor("officer"), at=AT
    )
