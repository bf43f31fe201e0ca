"""The ledger: read by those who see the budget of an agency the organisation steers, never by the agency."""

from __future__ import annotations

from typing import Any

from governance.actions.ledger import NewAppropriation, add_appropriation
from tests.cast import MARKER_MINISTRY
from tests.factories.assignments import AT
from tests.matrix.people import EVERYONE, Row

KEEPS = frozenset({"officer", "budget_officer", "sub_agency_officer"})
READS = KEEPS | {"signer"}
OTHERS = EVERYONE - READS
ELSEWHERE = frozenset({"sub_agency_officer"})

ROWS: list[Row] = [
    Row("governance:ledger", ok=READS, others=403),
    *(Row(f"governance:{name}", ok=KEEPS, others=403) for name in ("appropriation_new", "ledger_table", "renumber")),
    Row("governance:appropriation", thing="appropriation", ok=READS - ELSEWHERE, others=403, unseen=ELSEWHERE),
    *(
        Row(f"governance:{name}", thing="appropriation", ok=KEEPS - ELSEWHERE, others=403, unseen=ELSEWHERE)
        for name in ("appropriation_change", "appropriation_end")
    ),
    Row(
        "governance:appropriation_reopen",
        thing="appropriation",
        method="post",
        ok=KEEPS - ELSEWHERE,
        others=403,
        unseen=ELSEWHERE,
    ),
]


def fill(world: Any, cast: Any) -> None:
    """A post of the ministry's ledger, with the ministry's marker in its words."""
    new = NewAppropriation(2026, 702, 21, f"Spesielle driftsutgifter {MARKER_MINISTRY}", 200_000_000)
    world.things["appropriation"] = add_appropriation(new=new, actor=cast.actor("budget_officer"), at=AT)
