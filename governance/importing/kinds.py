"""The importer's closed vocabularies: kinds of document, passage, deadline and the like."""

from enum import StrEnum


class LetterKind(StrEnum):
    """Kind of document, as the rest of the system names it."""

    ALLOCATION_LETTER = "allocation_letter"
    SUPPLEMENT = "supplement"
    INSTRUCTION = "instruction"
    ASSIGNMENT_LETTER = "assignment_letter"
    UNKNOWN = "unknown"


class PassageKind(StrEnum):
    """What a passage turned out to be (V-40)."""

    STRUCTURED = "structured"
    PROSE = "prose"
    FURNITURE = "furniture"


class PassageForm(StrEnum):
    """How a passage looks on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


class GoalLevel(StrEnum):
    SECTOR = "sector"
    MAIN = "main"
    SUB = "sub"


class DeadlineKind(StrEnum):
    """Kinds of deadline found in real letters (domain.md 3.4)."""

    DATE = "date"
    DATE_TIME = "date_time"
    DIALOG = "dialog"
    RECURRING = "recurring"
    EVENT = "event"
    IMMEDIATE = "immediate"
    NONE = "none"
    TENTATIVE = "tentative"
    FIXED = "fixed"


class ProductKind(StrEnum):
    """What a delivery consists of (A6)."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    PARTIAL = "partial"
    PLAN = "plan"
    STATUS_REPORT = "status_report"
    DRAFT_CONSULTATION = "draft_consultation"
    MEETING = "meeting"


class ChangeKind(StrEnum):
    """What a letter does to an assignment."""

    NEW = "new"
    CLARIFIED = "clarified"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


class BudgetKind(StrEnum):
    EXPENSE = "expense"
    INCOME = "income"
    CHANGE = "change"
    CARRIED_OVER = "carried_over"


class ReportingPlace(StrEnum):
    """Where a reporting requirement is to be met."""

    CALENDAR = "calendar"
    ANNUAL_REPORT = "annual_report"
    ACTIVITY_REPORT = "activity_report"
    EVENT = "event"
    IMMEDIATE = "immediate"
    OTHER = "other"


class CitationKind(StrEnum):
    INSTRUCTION = "instruction"
    PROPOSITION = "proposition"
    RECOMMENDATION = "recommendation"
    WHITE_PAPER = "white_paper"
    CIRCULAR = "circular"
    ASSIGNMENT = "assignment"
    SECTION = "section"
    LETTER = "letter"
    LAW = "law"


class AuthorisationKind(StrEnum):
    EXCESS_INCOME = "excess_income"
    COMMITMENT = "commitment"
    CHARGING = "charging"
    CARRY_OVER = "carry_over"
    COMPENSATION = "compensation"
    LEASE = "lease"
    PERSONNEL = "personnel"
    OTHER = "other"
