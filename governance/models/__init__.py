"""Everything that stands in a governing document, and what happens around it."""

from governance.models.document import (
    DocumentFamily,
    DocumentFile,
    DocumentKind,
    DocumentPart,
    DocumentState,
    InstructionReplacement,
    ItemPassage,
    Language,
    Origin,
    Passage,
    PassageKind,
    Signatory,
    SteeringDocument,
)
from governance.models.goals import (
    Goal,
    GoalLevel,
    GoalLine,
    KeyFigure,
    KeyFigureLine,
    ParameterKind,
    ParameterLine,
    SteeringParameter,
    Target,
)
from governance.models.intake import DocumentImport, ImportAct, ImportFile, ImportRow, ImportState, RowState
from governance.models.items import (
    AssignmentItem,
    Authorisation,
    CalendarItem,
    CalendarKind,
    Change,
    ChangeKind,
    Citation,
    CitationKind,
    CommonDirective,
    CopyRule,
    CorrespondenceType,
    DeadlineKind,
    DeliveryItem,
    ItemChange,
    ProductKind,
    ReportingRequirement,
    RequirementWhen,
)
from governance.models.life import (
    Dispatch,
    DispatchState,
    Finding,
    FindingState,
    JournalEntry,
    JournalState,
    NumberReservation,
    Rendition,
    Severity,
    StatutoryCopy,
)
from governance.models.money import BudgetLine, BudgetLineKind, BudgetSeries, BudgetSplit

__all__ = [
    "AssignmentItem", "Authorisation", "BudgetLine", "BudgetLineKind", "BudgetSeries", "BudgetSplit",
    "CalendarItem", "CalendarKind", "Change", "ChangeKind", "Citation", "CitationKind", "CommonDirective",
    "CopyRule", "CorrespondenceType", "DeadlineKind", "DeliveryItem", "Dispatch", "DispatchState",
    "DocumentFamily", "DocumentFile", "DocumentImport", "DocumentKind", "DocumentPart", "DocumentState",
    "Finding", "FindingState", "Goal", "GoalLevel", "GoalLine", "ImportAct", "ImportFile", "ImportRow", "ImportState",
    "InstructionReplacement", "ItemChange", "ItemPassage", "JournalEntry", "JournalState", "KeyFigure",
    "KeyFigureLine", "Language", "NumberReservation", "Origin", "ParameterKind", "ParameterLine", "Passage",
    "PassageKind", "ProductKind", "Rendition", "ReportingRequirement", "RequirementWhen", "RowState", "Severity",
    "Signatory", "StatutoryCopy", "SteeringDocument", "SteeringParameter", "Target",
]  # fmt: skip
