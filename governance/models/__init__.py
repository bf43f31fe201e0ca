"""Everything that stands in a governing document, and what happens around it."""

from governance.models.after import (
    EnclosureDispatch,
    Publication,
    PublicationState,
    Removal,
    RemovalState,
    RetentionClass,
)
from governance.models.batches import BatchEntry, EntryState, ImportBatch
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
from governance.models.drafting import (
    Autosave,
    ChapterTemplate,
    Presence,
    Proposal,
    ProposalState,
    RowComment,
    RowRevision,
    SectionOwner,
)
from governance.models.goals import (
    Direction,
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
    DirectiveEdition,
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
from governance.models.money import (
    Appropriation,
    AppropriationChange,
    AppropriationChangeKind,
    BudgetLine,
    BudgetLineKind,
    BudgetRenumbering,
    BudgetSeries,
    BudgetSplit,
)
from governance.models.returned import ReturnedChange, ReturnedChangeState, ReturnedFile, ReturnedFileState
from governance.models.rounds import (
    ApprovalStep,
    ApprovalTemplateStep,
    HearingRound,
    InputRequest,
    InputRound,
    InputState,
    RoundReminder,
    StepKind,
    StepState,
)
from governance.models.rules import (
    InstructionPeriod,
    LockRule,
    MeetingKind,
    MeetingRule,
    NoticeDuty,
    NoticeTiming,
    PromisedEnclosure,
)

__all__ = [
    "Appropriation", "AppropriationChange", "AppropriationChangeKind", "ApprovalStep", "ApprovalTemplateStep",
    "AssignmentItem",
    "Authorisation", "Autosave", "BatchEntry", "BudgetLine", "BudgetLineKind", "BudgetRenumbering", "BudgetSeries",
    "BudgetSplit", "CalendarItem", "CalendarKind", "Change", "ChangeKind", "ChapterTemplate", "Citation",
    "CitationKind", "CommonDirective", "CopyRule", "CorrespondenceType", "DeadlineKind", "DeliveryItem",
    "Direction", "DirectiveEdition", "Dispatch", "DispatchState", "DocumentFamily", "DocumentFile",
    "DocumentImport", "DocumentKind", "DocumentPart", "DocumentState", "EnclosureDispatch", "EntryState", "Finding",
    "FindingState", "Goal", "GoalLevel", "GoalLine", "HearingRound", "ImportAct", "ImportBatch", "ImportFile",
    "ImportRow",
    "ImportState", "InputRequest", "InputRound", "InputState", "InstructionPeriod", "InstructionReplacement",
    "ItemChange", "ItemPassage", "JournalEntry", "JournalState", "KeyFigure", "KeyFigureLine", "Language",
    "LockRule", "MeetingKind", "MeetingRule", "NoticeDuty", "NoticeTiming", "NumberReservation", "Origin",
    "ParameterKind", "ParameterLine", "Passage", "PassageKind", "Presence", "ProductKind", "PromisedEnclosure",
    "Proposal", "ProposalState", "Publication", "PublicationState", "Removal", "RemovalState", "Rendition",
    "ReportingRequirement", "RequirementWhen", "RetentionClass", "ReturnedChange", "ReturnedChangeState",
    "ReturnedFile", "ReturnedFileState", "RoundReminder", "RowComment", "RowRevision",
    "RowState", "SectionOwner", "Severity",
    "Signatory", "StatutoryCopy", "SteeringDocument", "SteeringParameter", "StepKind", "StepState", "Target",
]  # fmt: skip
