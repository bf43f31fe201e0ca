"""What the templates of this app get: frozen words, made by selectors (docs/guides/pages.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.visuals.deadlines import DeadlineFace
from core.visuals.meter import Meter
from core.visuals.month import MonthGrid
from core.visuals.parts import Action, Badge, Finding, Link, Locked, PageHead, Tag, Tally, Text
from core.visuals.sparkline import Sparkline
from core.visuals.timeline import Timeline
from core.visuals.wheel import Wheel


# ---- Min arbeidsdag: templates/reporting/my_day.html, context name "day" ----
@dataclass(frozen=True)
class TodoRow:
    """Something to do: an icon or a glyph, the thing as a link, what it is about, how urgent, and the
    button.
    """

    title: Text
    url: str
    meta: Text
    action: Action
    icon: str = ""
    glyph: str = ""
    tone: str = ""
    left: DeadlineFace | None = None
    since: Text = ""


@dataclass(frozen=True)
class LateRow:
    """Late from an agency: what, whose, since when, and what has been done about it."""

    title: Text
    url: str
    meta: Text
    agency: str
    deadline: DeadlineFace
    next_words: Text
    next_link: Link


@dataclass(frozen=True)
class NextRow:
    """A deadline ahead: "1. juni 2026, mandag", a numbered link and words, an agency, working days left."""

    day: str
    words: Text
    agency: str
    left: DeadlineFace
    link: Link | None = None
    tag: Tag | None = None


@dataclass(frozen=True)
class SideRow:
    """A line of a side column; ``left`` is shown at the end."""

    title: Text
    url: str
    meta: Text
    icon: str = "file-text"
    unread: bool = False
    left: DeadlineFace | None = None
    tag: Tag | None = None
    warning: Text = ""
    late: Text = ""
    more: Text = ""


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting with when and where."""

    link: Link
    when: str
    note: Text = ""


@dataclass(frozen=True)
class MyDay:
    """Everything on Min arbeidsdag. Counts and rows come from the same query."""

    head: PageHead
    tally: Sequence[Tally]
    todo: Sequence[TodoRow]
    late: Sequence[LateRow]
    late_url: str
    next_rows: Sequence[NextRow]
    next_note: Text
    calendar_url: str
    arrived: Sequence[SideRow]
    arrived_note: Text
    arrived_url: str
    journal: Sequence[SideRow]
    journal_url: str
    findings: Sequence[Finding]
    findings_url: str
    meeting: NextMeeting | None = None
    late_title: Text = ""
    show_findings: bool = True


# ---- Virksomhet, året: templates/reporting/agency_year.html, context name "year" ----
@dataclass(frozen=True)
class SummaryPart:
    """A piece of the first sentence: plain words, or a glyph with words in its tone."""

    words: Text
    glyph: str = ""
    tone: str = ""


@dataclass(frozen=True)
class YearAssignment:
    """An assignment of the agency, the most pressing first."""

    number: str
    url: str
    title: str
    department: str
    status: str
    meter: Meter
    deadline: str
    left: DeadlineFace
    tags: Sequence[Tag] = ()
    late: bool = False
    lang: str = ""


@dataclass(frozen=True)
class ExpectedRow:
    """A report or input waited for. ``day_off`` is "lør" or "søn"."""

    day: str
    title: Text
    url: str
    badge: Badge
    day_off: str = ""


@dataclass(frozen=True)
class BudgetRow:
    """A line of the letter's budget, amounts in whole kroner. ``sum`` closes a block; ``doubt`` is purple."""

    post: str
    name: Text
    letter: int | None
    change: int | None
    current: int | None
    note: Text = ""
    bar: str = "0"
    doubt: Text = ""
    sum: bool = False


@dataclass(frozen=True)
class FigureRow:
    """A key figure: name, what and which years, drawing, value with unit, change."""

    title: Text
    url: str
    meta: Text
    spark: Sparkline
    value: str
    unit: Text
    change: str


@dataclass(frozen=True)
class AgencyYear:
    """One agency, one year, on one page."""

    head: PageHead
    tabs: Sequence[Link]
    summary: Sequence[SummaryPart]
    timeline: Timeline
    list_url: str
    wheel_url: str
    assignments: Sequence[YearAssignment]
    assignments_note: Text
    assignments_url: str
    expected: Sequence[ExpectedRow]
    expected_note: Text
    documents: Sequence[SideRow]
    meetings: Sequence[SideRow]
    meetings_note: Text
    budget: Sequence[BudgetRow]
    budget_url: str
    figures: Sequence[FigureRow]
    figures_note: Text
    figures_url: str
    findings: Sequence[Finding]
    deadline_head: Text = ""


# ---- Kalender: templates/reporting/calendar.html, context name "calendar" ----
@dataclass(frozen=True)
class CalendarRow:
    """A date of the calendar as the letter has it; ``strong`` days are days off."""

    day: str
    weekday: str
    title: Text
    url: str
    badge: Badge | None
    budget_year: str = ""
    meta: Text = ""
    before: str = ""
    warning: Text = ""
    off: bool = False
    after_today: bool = False


@dataclass(frozen=True)
class OffDayRow:
    """A deadline on a day off and the working day that comes last before it."""

    day: str
    weekday: str
    before: str


@dataclass(frozen=True)
class PressingRow:
    """Late or next: glyph, what, date, distance."""

    title: Text
    url: str
    meta: Text
    glyph: str
    left: DeadlineFace
    tone: str = ""


@dataclass(frozen=True)
class CalendarPage:
    """Month, wheel and list of one agency's year. ``show``: all, list, month or wheel."""

    head: PageHead
    show: str
    grid: MonthGrid | None
    grid_note: Text
    previous: Link | None
    next: Link | None
    today_url: str
    wheel: Wheel | None
    pressing: Sequence[PressingRow]
    off_days: Sequence[OffDayRow]
    rows: Sequence[CalendarRow]
    rows_note: Text
    today_words: str = ""
    download_url: str = ""
    agencies: Sequence[Link] = ()
    years: Sequence[Link] = ()


# ---- Rapport: templates/reporting/report_editor.html, context name "editor" ----
@dataclass(frozen=True)
class OutlineLine:
    """A section of the report: how much is answered, and whether something is missing."""

    title: Text
    url: str
    count: str
    complete: bool
    current: bool = False


@dataclass(frozen=True)
class Missing:
    """Something missing: the section as a link, then what."""

    link: Link
    what: Text


@dataclass(frozen=True)
class ChangeSpan:
    """A piece of text with what happened to it since last time: "", "added" or "removed"."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class ParameterRow:
    """A steering parameter: last time, now (or a field to choose in), and the change."""

    number: str
    title: Text
    before: Badge | None
    now: Badge | None
    field: object | None = None
    changed: Tag | None = None
    missing: bool = False
    text_field: object | None = None
    text: str = ""
    anchor: str = ""
    conflict: Text = ""


@dataclass(frozen=True)
class AnswerRow:
    """A requirement with the letter's own words and its answer; ``before`` is what was answered last time."""

    title: Text
    place: Text
    words: Sequence[str]
    field: object | None = None
    text: str = ""
    before: str = ""
    missing: bool = False
    anchor: str = ""
    changed: Tag | None = None
    conflict: Text = ""
    lang: str = ""


@dataclass(frozen=True)
class SeriesRow:
    """One series of a key figure in a report: last value, the fields or the value now, the change."""

    title: Text
    before: str
    before_label: str
    now: str = ""
    fields: Sequence[object] = ()
    change: str = ""
    unit: str = ""
    missing: bool = False
    flags: Text = ""


@dataclass(frozen=True)
class FigureGroup:
    """A key figure with its series and a comment."""

    title: Text
    rows: Sequence[SeriesRow]
    comment: object | None = None
    text: str = ""
    anchor: str = ""
    url: str = ""


@dataclass(frozen=True)
class PostRow:
    """A post: allocated, accounts, forecast (whole kroner or a field), and what is left."""

    code: str
    name: Text
    allocated: int
    spent: int | None = None
    forecast: int | None = None
    rest: int | None = None
    comment: str = ""
    fields: Sequence[object] = ()
    sum: bool = False
    doubt: Text = ""
    anchor: str = ""


@dataclass(frozen=True)
class RiskRow:
    """A risk: where it stands now and after measures, in words and numbers."""

    number: int
    title: str
    level: Text
    numbers: str
    goal: str
    measure: str
    owner: str
    residual: Text = ""
    edit: Link | None = None
    missing: Text = ""
    anchor: str = ""


@dataclass(frozen=True)
class ReportAssignment:
    """An assignment under a goal, prefilled from the shared status."""

    link: Link
    title: str
    text: str
    meter: Meter
    source: Text
    edit: Link
    changed: Tag | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Block:
    """The letter's words left, the answer right. ``kind``: text, parameters, assignments or own.

    A block of kind own is laid out by ``template`` with ``rows``. ``html`` is a finished text for reading.
    """

    place: Text
    letter: Sequence[str]
    title: Text
    kind: str
    note: Text = ""
    changed: Tag | None = None
    field: object | None = None
    spans: Sequence[ChangeSpan] = ()
    words: Text = ""
    nothing_field: object | None = None
    parameters: Sequence[ParameterRow] = ()
    before_label: Text = ""
    assignments: Sequence[ReportAssignment] = ()
    lang: str = ""
    id: str = ""
    template: str = ""
    rows: Sequence[object] = ()
    html: str = ""
    action: Action | None = None
    chart: str = ""


@dataclass(frozen=True)
class ReportEditor:
    """One section of a report at a time, with outline, what is missing and the letter's words."""

    head: PageHead
    saved: Text
    missing_count: int
    missing_words: Text
    preview: Action | None
    send: Action | None
    outline: Sequence[OutlineLine]
    missing: Sequence[Missing]
    locked: Locked | None
    section_title: Text
    section_note: Text
    blocks: Sequence[Block]
    changes_label: Text = ""
    changes_on: bool = False
    changes_url: str = ""
    save_url: str = ""
    version: int = 0
    next_url: str = ""
    hidden: Sequence[object] = ()
    conflict: Text = ""
    conflict_spans: Sequence[ChangeSpan] = ()
    warnings: Sequence[Finding] = ()
    acts: Sequence[Action] = ()
