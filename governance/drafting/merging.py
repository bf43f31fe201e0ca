"""Three-way merge of one row: what only one of two people changed is kept; what both changed is put to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.errors import Problem, StaleVersion

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Conflict:
    """One field that both changed. ``path`` is the field's name, or child.uuid.field."""

    path: str
    base: Any
    theirs: Any
    mine: Any


@dataclass
class Merge:
    """The merged values; where both changed, ``data`` holds mine until a person has chosen."""

    data: dict[str, Any] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


class RowConflict(StaleVersion):
    """Two people changed the same field of a row. Everything either of them wrote is in the error.

    ``number`` is the version theirs has: saving again with it and the chosen words settles the matter.
    """

    def __init__(
        self, message: str, *, base: Data, theirs: Data, mine: Data, merge: Merge, number: int, saved_by: str = ""
    ) -> None:
        problems = [Problem("stale_field", message, conflict.path) for conflict in merge.conflicts]
        super().__init__(message, problems=problems)
        self.base, self.theirs, self.mine = base, theirs, mine
        self.merge, self.number, self.saved_by = merge, number, saved_by


def merge(base: Data, theirs: Data, mine: Data, *, children: Iterable[str] = ()) -> Merge:
    """Merge two sets of changes to the same row. ``children`` are the keys that hold lists of rows with uuid."""
    result, lists = Merge(), set(children)
    for name in {**theirs, **mine}:
        if name in lists:
            result.data[name] = _merge_rows(
                name, base.get(name) or [], theirs.get(name) or [], mine.get(name) or [], result.conflicts
            )
        elif name in mine and name in theirs:
            result.data[name] = _choose(name, base.get(name), theirs[name], mine[name], result.conflicts)
        else:
            result.data[name] = mine[name] if name in mine else theirs[name]
    return result


def _choose(path: str, base: Any, theirs: Any, mine: Any, conflicts: list[Conflict]) -> Any:
    if mine in (theirs, base):
        return theirs
    if theirs != base:
        conflicts.append(Conflict(path, base, theirs, mine))
    return mine


def _merge_rows(
    name: str, base: list[Any], theirs: list[Any], mine: list[Any], conflicts: list[Conflict]
) -> list[dict[str, Any]]:
    """Rows by permanent id: new rows of both are kept, and removals hold unless the other changed the row."""
    before, there, here = ({row.get("uuid"): row for row in rows} for rows in (base, theirs, mine))
    result = []
    for row in mine:
        key = row.get("uuid")
        if key in there:
            first = before.get(key, {})
            merged = {
                part: _choose(f"{name}.{key}.{part}", first.get(part), there[key].get(part), value, conflicts)
                for part, value in row.items()
            }
            result.append({**there[key], **merged})
        elif key not in before or row != before[key]:
            if key in before:
                conflicts.append(Conflict(f"{name}.{key}", before[key], None, row))
            result.append(row)
    for row in theirs:
        key = row.get("uuid")
        if key in here:
            continue
        if key not in before:
            result.append(row)
        elif row != before[key]:
            conflicts.append(Conflict(f"{name}.{key}", before[key], row, None))
            result.append(row)
    return result
