"""What the checks read: one document as plain rows, whether it is still an import, a draft or issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from governance.checks.surroundings import Surroundings


class Stage(StrEnum):
    """Where the document stands when it is checked. What is looked for in a draft is looked for at issue too."""

    IMPORT = "import"
    DRAFT = "draft"
    ISSUE = "issue"
    ISSUED = "issued"
    PORTFOLIO = "portfolio"

    @property
    def covers(self) -> frozenset[Stage]:
        """The stages whose rules are used here: issue includes the draft's, the portfolio those of issued letters."""
        also = {Stage.ISSUE: Stage.DRAFT, Stage.PORTFOLIO: Stage.ISSUED}.get(self, self)
        return frozenset({self, also})


@dataclass(frozen=True)
class Row:
    """A row with its values by the names of an import row; dates are dates. ``place`` says where in the letter."""

    uuid: str
    kind: str
    place: str
    data: Mapping[str, Any]
    passages: tuple[int, ...] = ()

    def text(self, name: str) -> str:
        """A value as text, empty when missing."""
        value = self.data.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Instruction:
    """An instruction that is registered, with the days it holds."""

    uuid: str
    dated: date
    effective_on: date
    title: str
    replaced_on: date | None = None


@dataclass(frozen=True)
class Number:
    """An assignment number given before by the same issuer to the same agency."""

    series: str
    year: int | None
    number: int | None
    suffix: str
    document: str


@dataclass(frozen=True)
class Party:
    """A body as the checks need it."""

    uuid: str
    name: str
    short: str
    number: str | None
    active_from: date | None = None
    active_to: date | None = None
    has_mailbox: bool = True


@dataclass(frozen=True)
class MoneyText:
    """A passage as the money checks read it."""

    uuid: str
    text: str
    heading: bool = False


@dataclass(frozen=True)
class PostUse:
    """A post of the issuer's ledger. ``granted`` None: not in it. ``own`` is this draft's use. Whole kroner."""

    granted: int | None
    allotted: int
    own: int
    other_drafts: int


@dataclass(frozen=True)
class Money:
    """The running text in order, what stood on each post before this letter, and the issuer's ledger of the year."""

    texts: tuple[MoneyText, ...] = ()
    before: Mapping[tuple[int, int], int] = field(default_factory=dict)
    has_ledger: bool = False
    posts: Mapping[tuple[int, int], PostUse] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """One document and what around it the checks need. ``day`` is the day of checking."""

    stage: Stage
    day: date
    uuid: str = ""
    family: str = ""
    year: int | None = None
    dated: date | None = None
    effective_on: date | None = None
    issuer: Party | None = None
    recipient: Party | None = None
    is_exempt: bool = False
    rows: tuple[Row, ...] = ()
    rules: tuple[Row, ...] = ()
    citations: tuple[Row, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    signers: tuple[Mapping[str, Any], ...] = ()
    signers_known: bool = False
    copies_named: tuple[str, ...] = ()
    copies_by_rule: tuple[Party, ...] = ()
    copies_lacking: tuple[str, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    numbers: tuple[Number, ...] = ()
    departments: Mapping[str, str] = field(default_factory=dict)
    lost_lines: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    money: Money = field(default_factory=Money)
    around: Surroundings = field(default_factory=Surroundings)

    @property
    def is_draft(self) -> bool:
        """Still being written, also at the moment of issue."""
        return self.stage in (Stage.DRAFT, Stage.ISSUE)

    def of(self, kind: str) -> tuple[Row, ...]:
        """The rows of one kind, in order."""
        return tuple(row for row in self.rows if row.kind == kind)

    def deliveries(self) -> Iterator[tuple[Row, Mapping[str, Any]]]:
        """Every delivery with its assignment."""
        for row in self.of("assignment"):
            for delivery in row.data.get("deliveries") or ():
                yield row, delivery
