"""The rows of a document as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.visuals.deadlines import DeadlineFace
from governance.selectors.change_lines import ChangeLine


@dataclass(frozen=True)
class Line:
    """A row with its words, the way to the passage it rests on, and to the page that follows it up."""

    uuid: UUID
    number: str
    title: str
    details: Sequence[str] = ()
    text: str = ""
    passage_url: str = ""
    url: str = ""
    restricted: bool = False


@dataclass(frozen=True)
class GoalBlock:
    """A goal with what belongs under it."""

    uuid: UUID | None
    reference: str
    level: str
    title: str
    contributes_to: str
    parameters: Sequence[Line]
    key_figures: Sequence[Line]


@dataclass(frozen=True)
class DeliveryLine:
    """A delivery: which part, and the deadline as it stands."""

    part: str
    product: str
    written: str
    face: DeadlineFace


@dataclass(frozen=True)
class AssignmentLine:
    """An assignment with its deliveries. An exempt one is a shell: number, basis and department."""

    line: Line
    department: str
    goal: str
    recipients: Sequence[str]
    change: str
    basis: str
    deliveries: Sequence[DeliveryLine]


@dataclass(frozen=True)
class MoneyLine:
    """A chapter and post; amounts in whole kroner. ``counted`` is None when the line is not part of the sum."""

    uuid: UUID
    code: str
    name: str
    details: Sequence[str]
    amount: int
    counted: int | None
    total_after: int | None
    unclear: str
    bar: str
    passage_url: str


@dataclass(frozen=True)
class Budget:
    """Expenses and incomes, each with its sum in whole kroner."""

    expenses: Sequence[MoneyLine]
    expense_sum: int
    incomes: Sequence[MoneyLine]
    income_sum: int
    is_change: bool

    @property
    def is_empty(self) -> bool:
        """No amounts at all."""
        return not (self.expenses or self.incomes)


@dataclass(frozen=True)
class CalendarLine:
    """A row of the calendar; the date is never moved, the working day before it is said."""

    uuid: UUID
    when: str
    off: str
    hours: str
    title: str
    note: str
    kind: str
    passage_url: str


@dataclass(frozen=True)
class Content:
    """Everything that stands in the document as rows."""

    goals: Sequence[GoalBlock]
    sector_goals: Sequence[Line]
    assignments: Sequence[AssignmentLine]
    budget: Budget
    authorisations: Sequence[Line]
    requirements: Sequence[Line]
    calendar: Sequence[CalendarLine]
    directives: Sequence[Line]
    citations: Sequence[Line]
    changes: Sequence[ChangeLine] = ()
