"""Pages of what is in force: read by those who read the agency's documents; copies read what they were sent."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from governance.models import Goal
from tests.matrix.people import SEES_LETTER, Row

ROWS: list[Row] = [
    *(Row(f"governance:{name}", thing="dmp", ok=SEES_LETTER) for name in ("in_force", "changes_between")),
    Row("governance:in_force_letter", thing="letter", ok=SEES_LETTER),
    Row("governance:year_letters", thing="dmp", number=2026, ok=SEES_LETTER),
    Row("governance:post_history", thing="dmp", number=74601, ok=SEES_LETTER),
    Row("governance:line_history", word="mal", thing="goal_line", ok=SEES_LETTER),
    Row("governance:compare"),
]


def fill(world: Any, cast: Any) -> None:
    """A goal with its line through the years."""
    goal = Goal.objects.select_related("line").filter(document=world.things["letter"], line__isnull=False).first()
    world.things["goal_line"] = goal.line if goal else SimpleNamespace(uuid=world.uuid("nothing"))
