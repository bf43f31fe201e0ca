"""What the templates of this app get: frozen words, made by selectors (docs/guides/pages.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.visuals.deadlines import DeadlineFace
from core.visuals.meter import Meter
from core.visuals.month import MonthGrid
from core.visuals.parts import Action, Badge, Finding, Link, PageHead, Tag, Tally, Text
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
    needs: Link | None = None


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
