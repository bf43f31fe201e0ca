"""Which writer writes which type of row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.pdf import blocks as b
from governance.letters import annexes, goals, money
from governance.letters.values import Data, Setting
from governance.roundtrip.letter import Row

_WRITERS: dict[str, Callable[[Setting, list[Data]], list[b.Block]]] = {
    "goal": goals.goals,
    "parameter": goals.parameters,
    "key_figure": goals.key_figures,
    "assignment": goals.assignments,
    "budget_line": money.budget,
    "authorisation": annexes.authorisations,
    "common_directive": annexes.directives,
    "enclosure": annexes.enclosures,
    "calendar": annexes.calendar,
    "reporting": annexes.requirements,
    "copy_rule": annexes.copy_rules,
    "meeting_rule": annexes.meeting_rules,
    "notice_duty": annexes.notice_duties,
    "lock_rule": annexes.lock_rules,
}


def row_blocks(setting: Setting, key: str, items: Sequence[Row]) -> list[b.Block]:
    """The rows as blocks. Types without a writer have nothing to print: their words stand as running text."""
    writer = _WRITERS.get(key)
    return writer(setting, [Data(row) for row in items]) if writer else []
