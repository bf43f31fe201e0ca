"""The fold: what is in force when everything has happened in order (decisions A2 and A4). Pure; asks no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from governance.consolidation import moving
from governance.consolidation.numbers import number_key
from governance.consolidation.operations import (
    ADD,
    CLARIFY,
    DELTA,
    MOVE,
    REPLACE,
    WITHDRAW,
    Operation,
    operations,
    post_key,
)
from governance.consolidation.records import PASSAGE, Applied, ChangeRow, Consolidated, Entry, Source, State
from governance.items import ITEM_TYPES, Item

_RANK = {key: rank for rank, key in enumerate(ITEM_TYPES)}


@dataclass
class _Row:
    """An entry while it is being folded. ``place`` is where it is read; a row that replaces takes the place over."""

    entry: Entry
    place: tuple[Any, ...]


class Fold:
    """Rows under way. Each operation changes one row or adds one; nothing is ever lost."""

    def __init__(self) -> None:
        self.rows: dict[UUID, _Row] = {}
        self.parents: dict[UUID, UUID] = {}
        self.numbers: dict[tuple[UUID, str], list[UUID]] = {}
        self.applied: list[Applied] = []

    # ---- finding the row that is meant ----
    def head(self, uuid: UUID | None) -> _Row | None:
        """The row, or the one that has replaced it since; a part (delivery, target, split) means its row."""
        if uuid is None:
            return None
        row, seen = self.rows.get(self.parents.get(uuid, uuid)), set()
        while row is not None and row.entry.replaced_by and row.entry.replaced_by not in seen:
            seen.add(row.entry.replaced_by)
            row = self.rows.get(row.entry.replaced_by, row)
        return row

    def sought(self, operation: Operation) -> _Row | None:
        """The row a change names by id, or by number or post from the same issuer."""
        if operation.target is not None:
            return self.head(operation.target)
        found = self.numbers.get((operation.document.issuer, operation.seeks), []) if operation.seeks else []
        for uuid in reversed(found):
            row = self.head(uuid)
            if row is not None and _same_year(row.entry, operation):
                return row
        return None

    # ---- what can happen ----
    def add(self, operation: Operation, *, over: _Row | None = None) -> None:
        """A row comes in; over another, it takes its place."""
        item = operation.item
        if item is None:
            return
        done = self._done(operation)
        came = (done,) if operation.document.family == "supplement" else ()
        replaces = over.entry.item.uuid if over else None
        own = (_RANK.get(item.key, len(_RANK)), *operation.document.order, item.ordinal, str(item.uuid))
        history = (*over.entry.changes, done) if over else came
        self.rows[item.uuid] = _Row(Entry(item, operation.document, changes=history, replaces=replaces), own)
        if over is not None:
            self.rows[item.uuid].place = over.place
        for child in item.type.children if item.key in ITEM_TYPES else ():
            self.parents |= {UUID(str(part["uuid"])): item.uuid for part in item.data.get(child.key, ())}
        known_by = _known_by(item)
        if known_by:
            self.numbers.setdefault((operation.document.issuer, known_by), []).append(item.uuid)

    def replace(self, operation: Operation) -> None:
        """Another row takes over; without a known target the new row simply comes in."""
        over = self.head(operation.target)
        self.add(operation, over=over)
        if over is not None and operation.item is not None:
            done = self._done(operation)
            state = State.REPLACED if over.entry.is_in_force else over.entry.state
            over.entry = replace(
                over.entry, state=state, replaced_by=operation.item.uuid, changes=(*over.entry.changes, done)
            )

    def withdraw(self, operation: Operation) -> None:
        """The row counts no more."""
        row = self.sought(operation)
        if row is None:
            self.add(operation)
            return
        row.entry = replace(row.entry, state=State.WITHDRAWN, changes=(*row.entry.changes, self._done(operation)))

    def alter(self, operation: Operation) -> None:
        """New deadline, new amount or explanation of a row; an unknown row leaves the change as a row of its own."""
        row = self.sought(operation)
        if row is None:
            self.add(operation)
            return
        item, before = moving.changed(row.entry.item, operation) if operation.kind != CLARIFY else (row.entry.item, {})
        done = self._done(operation, before)
        row.entry = replace(row.entry, item=item, changes=(*row.entry.changes, done))

    def _done(self, operation: Operation, before: Mapping[str, Any] | None = None) -> Applied:
        return Applied(
            document=operation.document,
            kind=operation.kind,
            on=operation.on,
            text=operation.text,
            item=operation.item.uuid if operation.item else None,
            new_date=operation.new_date,
            amount=moving.amount_of(operation),
            before=tuple(sorted((before or {}).items())),
            stated=operation.item.data.get("total_after") if operation.item and operation.kind == DELTA else None,
        )


def _known_by(item: Item) -> str:
    if item.key == "assignment":
        return number_key(item.data)
    if item.key == "budget_line" and item.data.get("kind") in ("expense", "income") and not item.data.get("unclear"):
        return post_key(item)
    return ""


def _same_year(entry: Entry, operation: Operation) -> bool:
    """Money belongs to its budget year; an assignment may be older."""
    return entry.item.key != "budget_line" or entry.source.year == operation.document.year


def _run(done: Fold, happened: Iterable[Operation]) -> None:
    acts: dict[str, Callable[[Operation], None]] = {
        ADD: done.add, REPLACE: done.replace, WITHDRAW: done.withdraw, MOVE: done.alter, DELTA: done.alter,
        CLARIFY: done.alter,
    }  # fmt: skip
    for operation in happened:
        news = operation.kind != ADD or operation.document.family == "supplement"
        if news and not (operation.kind == ADD and operation.item and operation.item.key == PASSAGE):
            done.applied.append(done._done(operation))
        acts[operation.kind](operation)


def fold(
    *,
    agency: UUID,
    valid_on: date,
    known_at: datetime | None,
    documents: Sequence[Source],
    items: Iterable[Item],
    changes: Iterable[ChangeRow],
    passages: Iterable[Item] = (),
    letter: UUID | None = None,
    earlier: frozenset[int] = frozenset(),
    ended: frozenset[UUID] = frozenset(),
) -> Consolidated:
    """Fold documents (already chosen for both clocks) into what is in force at the end of ``valid_on``.

    ``earlier`` are the documents of earlier years, of which only assignments that have not ``ended`` go on.
    """
    chosen = [document for document in documents if document.on <= valid_on]
    done = Fold()
    _run(done, operations(chosen, [*items, *passages], changes, valid_on))
    entries = [row.entry for row in sorted(done.rows.values(), key=lambda row: row.place)]
    rows = [entry for entry in entries if entry.item.key != PASSAGE]
    old = [entry for entry in rows if entry.source.id in earlier]
    return Consolidated(
        agency=agency,
        valid_on=valid_on,
        known_at=known_at,
        letter=letter,
        documents=tuple(sorted(chosen, key=lambda document: document.order)),
        rows=tuple(entry for entry in rows if entry.source.id not in earlier),
        passages=_text([entry for entry in entries if entry.item.key == PASSAGE], rows),
        carried=tuple(_carried(old, ended)),
        changes=tuple(done.applied),
    )


def _carried(old: Iterable[Entry], ended: frozenset[UUID]) -> Iterable[Entry]:
    for entry in old:
        year = entry.item.data.get("year") or entry.source.year
        if entry.item.uuid not in ended and entry.is_in_force and entry.item.key == "assignment":
            yield replace(entry, carried_from=year)


def _text(passages: Iterable[Entry], rows: Sequence[Entry]) -> tuple[Entry, ...]:
    """A passage that carries only rows that are withdrawn or replaced stands no more either."""
    resting: dict[UUID, list[Entry]] = {}
    for row in rows:
        for passage in row.item.passages:
            resting.setdefault(passage, []).append(row)
    result = []
    for entry in passages:
        on = resting.get(entry.item.uuid, [])
        stands = not entry.is_in_force or not on or any(row.is_in_force for row in on)
        result.append(entry if stands else replace(entry, state=on[0].state, replaced_by=on[0].replaced_by))
    return tuple(result)
