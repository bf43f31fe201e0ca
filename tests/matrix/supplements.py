"""Pages of a supplement: written by those who draft for the agency, seen by no one on the other side."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from tests.matrix.people import Row

OFFICER = frozenset({"officer"})
ELSEWHERE = frozenset({"sub_agency_officer"})

ROWS: list[Row] = [
    *(
        Row(f"governance:{name}", thing="draft", ok=OFFICER, others=403, unseen=ELSEWHERE)
        for name in (
            "draft_changes",
            "draft_changes_write",
            "draft_effect",
            "draft_assignments",
            "draft_numbers",
            "draft_directives",
        )
    ),
    Row(
        "governance:draft_change_remove",
        thing="draft",
        second="no_change",
        method="post",
        ok=OFFICER,
        others=403,
        unseen=ELSEWHERE,
        let_in=(404, 409),
    ),
]


def fill(world: Any, cast: Any) -> None:
    """A change that is not in the draft."""
    world.things["no_change"] = SimpleNamespace(uuid=UUID("0198c2f4-7d1e-7a90-8000-000000000003"))
