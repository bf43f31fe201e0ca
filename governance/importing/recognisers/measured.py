"""A parameter or key figure on its way, and the goal that its place in the text belongs to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from governance.importing.habits.labels import Label
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.records import DraftGoal


@dataclass(slots=True)
class Found:
    """A measure on its way: the label says which kind it becomes."""

    label: Label
    title: str
    unit: Unit
    reference: str = ""
    target: str = ""
    goal: str = ""
    values: list[str] = field(default_factory=list)
    start: int = 0
    confidence: float = 0.95


class Goals:
    """The goal that a place in the text belongs to."""

    def __init__(self, reading: Reading, goals: list[DraftGoal]) -> None:
        self.reading = reading
        placed = sorted((goal for goal in goals if goal.passages), key=lambda goal: max(goal.passages))
        self.ends = [max(goal.passages) for goal in placed]
        self.goals = placed
        self.by_section = {index: goal for goal in placed for index in goal.passages}

    def of(self, found: Found) -> str:
        """Reference or title of the goal: of the section around it, else of the nearest above."""
        if found.goal:
            return found.goal
        chain = self.reading.outline.chain(found.unit)
        for section in chain:
            goal = self.by_section.get(section.heading.index) if section.heading else None
            if goal is not None and goal.reference:
                return goal.reference
        at = bisect_left(self.ends, found.unit.index)
        if at:
            return self.goals[at - 1].reference or self.goals[at - 1].title
        return next((section.number for section in chain if section.number and not section.labels), "")
