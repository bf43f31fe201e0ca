"""The rows the importer proposes, in the kinds of decision A1."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from governance.importing.kinds import (
    AuthorisationKind,
    BudgetKind,
    ChangeKind,
    CitationKind,
    DeadlineKind,
    GoalLevel,
    ProductKind,
    ReportingPlace,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A field's place in the canonical text, for labels such as «nummer» and «frist»."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Border:
    """Another place where a title may end: the review page offers these."""

    end: int
    title: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person must look at: stable code, field, one sentence in bokmål."""

    code: str
    field: str
    sentence: str
    borders: tuple[Border, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """Common to all items. ``key`` is stable within one reading («assignment-3»)."""

    key: str = ""
    confidence: float = 1.0
    passages: tuple[int, ...] = ()
    unsure: tuple[Doubt, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGoal(DraftItem):
    title: str
    reference: str = ""
    level: GoalLevel = GoalLevel.MAIN
    contributes_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftParameter(DraftItem):
    """A steering parameter. ``target_value`` as written without unit («180», «95»)."""

    title: str
    goal: str = ""
    reference: str = ""
    quantitative: bool = False
    target_text: str = ""
    target_value: str = ""
    target_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftKeyFigure(DraftItem):
    """A key figure; one text may ask for several numbers, split by dimensions."""

    title: str
    goal: str = ""
    values: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignmentReference:
    """A reference as written and in parts (A10). ``written`` is never lost."""

    written: str
    series: str = ""
    year: int | None = None
    number: int | None = None
    suffix: str = ""
    sub_point: str = ""

    @property
    def key(self) -> tuple[str, int | None, int | None, str]:
        """Comparable form: series in upper case, year, number, suffix."""
        return (self.series.upper(), self.year, self.number, self.suffix.lower())


@dataclass(frozen=True, slots=True)
class SubPoint:
    """A part of an assignment's text; ``anchor`` is «1», «3d», «b» or «•2»."""

    anchor: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftDelivery:
    """One thing to hand in, with its deadline as written (A6, A7)."""

    part: str
    anchor: str
    product: ProductKind
    kind: DeadlineKind
    deadline_text: str
    date: dt.date | None = None
    time: dt.time | None = None
    end_date: dt.date | None = None
    optional: bool = False
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAssignment(DraftItem):
    """An assignment. ``deadline`` is the date the whole is done (the last of its dates), or
    None with the reason in ``deadline_text``. ``doubtful_deadline`` is a coded reason:
    ``no_such_date``, ``before_letter``, ``year_differs``, ``too_soon``."""

    reference: AssignmentReference | None
    title: str
    body: str = ""
    department: str = ""
    department_code: str = ""
    goal: str = ""
    sub_points: tuple[SubPoint, ...] = ()
    deliveries: tuple[DraftDelivery, ...] = ()
    deadline: dt.date | None = None
    deadline_kind: DeadlineKind = DeadlineKind.NONE
    deadline_text: str = ""
    doubtful_deadline: str = ""
    joint_recipients: tuple[str, ...] = ()
    exempt: bool = False
    exempt_basis: str = ""
    change: ChangeKind = ChangeKind.NEW
    earlier: tuple[AssignmentReference, ...] = ()
    listed_only: bool = False


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """A split or an earmark of a line: whole kroner."""

    text: str
    amount: int
    amount_as_written: str
    unit_as_written: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBudgetLine(DraftItem):
    """An amount on a chapter and post. ``amount`` and ``total`` are whole kroner, signed."""

    chapter: str
    post: str
    name: str = ""
    amount: int
    amount_as_written: str = ""
    unit_as_written: str = ""
    kind: BudgetKind = BudgetKind.EXPENSE
    comment: str = ""
    total: int | None = None
    previous: int | None = None
    splits: tuple[BudgetPart, ...] = ()
    earmarks: tuple[BudgetPart, ...] = ()
    continues_row: bool = False
    financing_ministry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCalendarItem(DraftItem):
    """One entry; a cell with several gives several with the same ``row``. A month without a
    day has ``month_only`` and its first day as ``date``."""

    title: str
    date: dt.date | None = None
    date_text: str = ""
    month_only: bool = False
    end_date: dt.date | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    place: str = ""
    note: str = ""
    budget_year: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReportingRequirement(DraftItem):
    title: str
    text: str = ""
    where: tuple[ReportingPlace, ...] = ()
    deadline_kind: DeadlineKind = DeadlineKind.NONE
    deadline_text: str = ""
    date: dt.date | None = None
    copy_to: tuple[str, ...] = ()
    hidden: bool = False
    """True when it stands in running text outside the chapter on reporting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAuthorisation(DraftItem):
    text: str
    kind: AuthorisationKind = AuthorisationKind.OTHER
    title: str = ""
    limit: int | None = None
    limit_as_written: str = ""
    bodies: tuple[str, ...] = ()
    valid_year: int | None = None
    expense_posts: tuple[str, ...] = ()
    income_posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCommonDirective(DraftItem):
    title: str
    text: str = ""
    circulars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCopyRule(DraftItem):
    """A copy rule. ``correspondence`` is a code of the system, empty when it is unclear; ``recipient`` as written."""

    text: str
    correspondence: str = ""
    recipient: str = ""
    simultaneous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMeetingRule(DraftItem):
    text: str
    kind: str = "governance"
    minimum: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftNoticeDuty(DraftItem):
    title: str
    text: str = ""
    timing: str = "immediate"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLockRule(DraftItem):
    text: str
    correspondence: str = "annual_report"
    exception: str = ""
    decider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCitation(DraftItem):
    kind: CitationKind
    written: str
    date: dt.date | None = None
    reference: AssignmentReference | None = None
    target_section: int | None = None
    resolved: bool = True
