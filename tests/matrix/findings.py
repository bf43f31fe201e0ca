"""Findings: the list of rules is everybody's; acknowledging is for those who draft or register for the agency."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from core import clock
from governance.selectors.live_findings import live_findings
from tests.matrix.people import EVERYONE, JUDGES_LETTER, Row

SEES_DRAFT = frozenset({"officer", "signer", "department_head"})

ROWS: list[Row] = [
    Row("governance:rules"),
    Row("governance:findings_file", ok=JUDGES_LETTER | {"sub_agency_officer"}, others=403),
    Row(
        "governance:draft_finding",
        thing="draft",
        second="live_finding",
        ok=frozenset({"officer"}),
        others=403,
        unseen=EVERYONE - SEES_DRAFT,
    ),
]


def fill(world: Any, cast: Any) -> None:
    """A warning beside the draft, which is on no record."""
    rows = live_findings(world.things["draft"], day=clock.today())
    world.things["live_finding"] = SimpleNamespace(uuid=next(row.token for row in rows))
