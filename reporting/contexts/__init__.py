"""What the templates of this app get: frozen words, made by selectors (docs/guides/pages.md)."""

from reporting.contexts.pages import (
    AgencyYear,
    BudgetRow,
    CalendarPage,
    CalendarRow,
    ExpectedRow,
    FigureRow,
    LateRow,
    MyDay,
    NextMeeting,
    NextRow,
    OffDayRow,
    PressingRow,
    SideRow,
    SummaryPart,
    TodoRow,
    YearAssignment,
)
from reporting.contexts.reports import (
    AnswerRow,
    Block,
    ChangeSpan,
    FigureGroup,
    Missing,
    OutlineLine,
    ParameterRow,
    PostRow,
    ReportAssignment,
    ReportEditor,
    RiskRow,
    SeriesRow,
)

__all__ = [
    "AgencyYear", "AnswerRow", "Block", "BudgetRow", "CalendarPage", "CalendarRow", "ChangeSpan",
    "ExpectedRow", "FigureGroup", "FigureRow", "LateRow", "Missing", "MyDay", "NextMeeting", "NextRow",
    "OffDayRow", "OutlineLine", "ParameterRow", "PostRow", "PressingRow", "ReportAssignment", "ReportEditor",
    "RiskRow", "SeriesRow", "SideRow", "SummaryPart", "TodoRow", "YearAssignment",
]  # fmt: skip
