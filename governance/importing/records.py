"""What the importer hands over: frozen records, no database, no Django.

Offsets are code points in :attr:`CanonicalText.text` (NFC), end exclusive. Money is whole
kroner with the amount and unit as written beside it (decision A12). Dates are calendar days in
Norway, never instants (A13). Nothing here is repaired: what the letter says doubtfully is kept
as written, with a :class:`Doubt` in bokmål for the person who reviews the import.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from governance.importing.canonical import Block, CanonicalText, Cell, SourceFile, SourceInfo
from governance.importing.items import (
    AssignmentReference,
    Border,
    BudgetPart,
    Doubt,
    DraftAssignment,
    DraftAuthorisation,
    DraftBudgetLine,
    DraftCalendarItem,
    DraftCitation,
    DraftCommonDirective,
    DraftCopyRule,
    DraftDelivery,
    DraftGoal,
    DraftItem,
    DraftKeyFigure,
    DraftLockRule,
    DraftMeetingRule,
    DraftNoticeDuty,
    DraftParameter,
    DraftReportingRequirement,
    Span,
    SubPoint,
)
from governance.importing.kinds import (
    AuthorisationKind,
    BudgetKind,
    ChangeKind,
    CitationKind,
    DeadlineKind,
    GoalLevel,
    LetterKind,
    PassageForm,
    PassageKind,
    ProductKind,
    ReportingPlace,
)

__all__ = [
    "AssignmentReference",
    "AuthorisationKind",
    "Block",
    "Border",
    "BudgetKind",
    "BudgetPart",
    "CanonicalText",
    "Cell",
    "ChangeKind",
    "CitationKind",
    "Coverage",
    "DeadlineKind",
    "DocumentFacts",
    "Doubt",
    "DraftAssignment",
    "DraftAuthorisation",
    "DraftBudgetLine",
    "DraftCalendarItem",
    "DraftCitation",
    "DraftCommonDirective",
    "DraftCopyRule",
    "DraftDelivery",
    "DraftGoal",
    "DraftItem",
    "DraftKeyFigure",
    "DraftLetter",
    "DraftLockRule",
    "DraftMeetingRule",
    "DraftNoticeDuty",
    "DraftParameter",
    "DraftPassage",
    "DraftReportingRequirement",
    "DraftSection",
    "Fact",
    "GoalLevel",
    "Hints",
    "LetterKind",
    "PassageForm",
    "PassageKind",
    "ProductKind",
    "ReportingPlace",
    "Signature",
    "SourceFile",
    "SourceInfo",
    "Span",
    "SubPoint",
]


@dataclass(frozen=True, slots=True)
class Fact[T]:
    """One fact about the document with its confidence (0..1) and passages."""

    value: T
    confidence: float = 0.0
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    title: str
    by_authority: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the letter says about itself. ``missing`` names the facts to ask a person for.

    Of an instruction also the day it takes effect, and the days of the instructions it says it replaces.
    """

    kind: Fact[LetterKind]
    title: Fact[str | None]
    issuer: Fact[str | None]
    agency: Fact[str | None]
    year: Fact[int | None]
    date: Fact[dt.date | None]
    case_number: Fact[str | None]
    language: Fact[str]
    letter_number: Fact[int | None]
    signatures: Fact[tuple[Signature, ...]]
    copies: Fact[tuple[str, ...]]
    missing: tuple[str, ...] = ()
    effective_on: Fact[dt.date | None] = Fact(None)
    replaces: Fact[tuple[dt.date, ...]] = Fact(())


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section: number as written (may repeat, I-19), title, depth from 1."""

    ordinal: int
    number: str
    title: str
    level: int
    parent: int | None
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPassage:
    """A paragraph, list item, heading or table row. ``text`` is the canonical slice as it
    stands; ``plain`` the same with line breaks and line-end hyphens joined."""

    ordinal: int
    kind: PassageKind
    form: PassageForm
    text: str
    plain: str
    start: int
    end: int
    page: int
    section: int | None
    section_number: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Hints:
    """What the person importing knows already; wins over what the text says."""

    year: int | None = None
    issuer: str | None = None
    agency: str | None = None
    date: dt.date | None = None
    case_number: str | None = None
    kind: LetterKind | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the source lines were accounted for (V-40). ``lost`` must be empty."""

    lines: int
    structured: int
    prose: int
    furniture: int
    lost: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.lost and self.structured + self.prose + self.furniture == self.lines

    @property
    def share_structured(self) -> float:
        """Structured share of the lines that are not page furniture, 0..1."""
        counted = self.structured + self.prose
        return self.structured / counted if counted else 0.0


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """Everything read out of one letter. Tuples are in the order of the text."""

    facts: DocumentFacts
    canonical: CanonicalText
    sections: tuple[DraftSection, ...] = ()
    passages: tuple[DraftPassage, ...] = ()
    goals: tuple[DraftGoal, ...] = ()
    parameters: tuple[DraftParameter, ...] = ()
    key_figures: tuple[DraftKeyFigure, ...] = ()
    assignments: tuple[DraftAssignment, ...] = ()
    budget_lines: tuple[DraftBudgetLine, ...] = ()
    calendar: tuple[DraftCalendarItem, ...] = ()
    reporting: tuple[DraftReportingRequirement, ...] = ()
    authorisations: tuple[DraftAuthorisation, ...] = ()
    common_directives: tuple[DraftCommonDirective, ...] = ()
    copy_rules: tuple[DraftCopyRule, ...] = ()
    meeting_rules: tuple[DraftMeetingRule, ...] = ()
    notice_duties: tuple[DraftNoticeDuty, ...] = ()
    lock_rules: tuple[DraftLockRule, ...] = ()
    citations: tuple[DraftCitation, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def items(self) -> tuple[DraftItem, ...]:
        """All items of all kinds, in the order of the kinds above."""
        groups: tuple[tuple[DraftItem, ...], ...] = (
            self.goals,
            self.parameters,
            self.key_figures,
            self.assignments,
            self.budget_lines,
            self.calendar,
            self.reporting,
            self.authorisations,
            self.common_directives,
            self.copy_rules,
            self.meeting_rules,
            self.notice_duties,
            self.lock_rules,
            self.citations,
        )
        return tuple(item for group in groups for item in group)
