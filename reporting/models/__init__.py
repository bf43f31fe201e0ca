"""The calendar, the expected deliveries, the reminders, what meetings bring, and the reports."""

from reporting.models.calendar import (
    CalendarEntry,
    CalendarFeed,
    ExpectedDelivery,
    ExpectedState,
    Reminder,
    ReminderPlan,
    ReminderState,
)
from reporting.models.meetings import NeedState, SteeringNeed
from reporting.models.report import (
    BudgetStatus,
    FigureValue,
    Outlook,
    Report,
    ReportAssignment,
    ReportKind,
    ReportPart,
    ReportState,
    RequirementAnswer,
    Risk,
    Section,
    SectionDraft,
)
from reporting.models.submission import Feedback, ReportFile, Submission

__all__ = [
    "BudgetStatus", "CalendarEntry", "CalendarFeed", "ExpectedDelivery", "ExpectedState", "Feedback",
    "FigureValue", "NeedState", "Outlook", "Reminder", "ReminderPlan", "ReminderState", "Report",
    "ReportAssignment", "ReportFile", "ReportKind", "ReportPart", "ReportState", "RequirementAnswer", "Risk",
    "Section", "SectionDraft", "SteeringNeed", "Submission",
]  # fmt: skip
