"""Frozen values of a consolidation: documents, changes, and rows as they stand after the changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from governance.items import Item

PASSAGE = "passage"


class State:
    """Where a row stands on the day."""

    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Source:
    """An issued document. ``on`` is the first day it is in force; ``issued_at`` when the system knew of it."""

    id: int
    uuid: UUID
    family: str
    kind: str
    title: str
    issuer: UUID
    recipient: UUID
    on: date
    issued_at: datetime
    year: int | None = None
    number: int | None = None
    dated: date | None = None
    language: str = "nb"
    lapse_through_year: int | None = None
    letter: UUID | None = None

    @property
    def order(self) -> tuple[date, datetime, int]:
        """The order in which documents count (decision A2)."""
        return self.on, self.issued_at, self.id


@dataclass(frozen=True)
class ChangeRow:
    """One change a document makes (governance.Change). ``amount`` is whole kroner with sign."""

    uuid: UUID
    document_id: int
    ordinal: int
    kind: str
    target: UUID | None = None
    new_item: UUID | None = None
    text: str = ""
    new_date: date | None = None
    amount: int | None = None
    effective_on: date | None = None


@dataclass(frozen=True)
class Applied:
    """A change that has happened to a row: by which document, from which day, in which words.

    ``kind`` is add, replace, withdraw, move_deadline, amount_delta or clarify. ``item`` is the row of the changing
    document that carries it, if it has one; ``before`` are the values it changed; ``stated`` the new sum
    the document tells, in whole kroner.
    """

    document: Source
    kind: str
    on: date
    text: str = ""
    item: UUID | None = None
    new_date: date | None = None
    amount: int | None = None
    before: tuple[tuple[str, Any], ...] = ()
    stated: int | None = None


@dataclass(frozen=True)
class Entry:
    """A row as it stands on the day, the document it came with, and everything that has changed it."""

    item: Item
    source: Source
    state: str = State.IN_FORCE
    changes: tuple[Applied, ...] = ()
    replaced_by: UUID | None = None
    replaces: UUID | None = None
    carried_from: int | None = None

    @property
    def is_in_force(self) -> bool:
        """Counts on the day."""
        return self.state == State.IN_FORCE

    @property
    def is_changed(self) -> bool:
        """Something other than its own document has touched it."""
        return any(change.document.id != self.source.id or change.kind != "add" for change in self.changes)


@dataclass(frozen=True)
class Consolidated:
    """What is in force for an agency (or by one letter) on ``valid_on``, as known at ``known_at``.

    ``rows`` hold everything that has been given, also what was withdrawn or replaced; ``entries`` only what counts.
    ``passages`` are the running text in reading order; ``carried`` assignments of earlier years that go on (R-17).
    """

    agency: UUID
    valid_on: date
    known_at: datetime | None
    letter: UUID | None
    documents: tuple[Source, ...]
    rows: tuple[Entry, ...]
    passages: tuple[Entry, ...]
    carried: tuple[Entry, ...] = ()
    changes: tuple[Applied, ...] = field(default=())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows in force."""
        return tuple(entry for entry in self.rows if entry.is_in_force)

    @property
    def items(self) -> tuple[Item, ...]:
        """The values of the rows in force, with those carried over from earlier years last."""
        return tuple(entry.item for entry in (*self.entries, *self.carried) if entry.is_in_force)

    def of(self, key: str) -> tuple[Entry, ...]:
        """The rows in force of one type."""
        return tuple(entry for entry in self.entries if entry.item.key == key)

    def text(self) -> Iterable[Entry]:
        """The passages in force."""
        return (entry for entry in self.passages if entry.is_in_force)
