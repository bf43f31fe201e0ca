"""Two sets of rows: which are new, gone or changed. A row is known again by identity first, by likeness last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from governance.consolidation.numbers import number_key
from governance.differences.fields import FieldChange, Names, field_changes
from governance.differences.likeness import best_pairs, words_of
from governance.items import ITEM_TYPES, Item

ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"
#: Titles with fewer words in common are two things.
LEAST = 0.6


@dataclass(frozen=True)
class Difference:
    """One row on both sides, or on one. ``fields`` say what differs in words."""

    kind: str
    key: str
    before: Item | None
    after: Item | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def item(self) -> Item:
        """The row as it is, or as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("A difference has a row on one side at least")
        return found


Pair = tuple[Item | None, Item | None]


def compare_items(
    before: Iterable[Item], after: Iterable[Item], *, names: Names | None = None, same: bool = False
) -> list[Difference]:
    """All rows that differ, type by type in registry order; with ``same`` also those that do not.

    ``names`` gives words for permanent ids of organisations, departments and documents; the rows themselves are
    known by name already.
    """
    old, new = list(before), list(after)
    known = {str(item.uuid): item.name for item in (*old, *new)} | dict(names or {})
    found = []
    for one, other in pair_items(old, new):
        if one is None or other is None:
            kind, item = (ADDED, other) if one is None else (REMOVED, one)
            if item is not None:
                found.append(Difference(kind, item.key, one, other))
            continue
        changes = tuple(field_changes(one, other, known))
        if changes or same:
            found.append(Difference(CHANGED if changes else SAME, one.key, one, other, changes))
    return found


def pair_items(before: Sequence[Item], after: Sequence[Item]) -> list[Pair]:
    """Rows of one type laid against each other, in registry order, the new side's order first."""
    sides: dict[str, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for item in before:
        sides[item.key][0].append(item)
    for item in after:
        sides[item.key][1].append(item)
    found: list[Pair] = []
    for key in ITEM_TYPES:
        if key in sides:
            found += _pairs(*sides[key])
    return found


def _pairs(before: list[Item], after: list[Item]) -> list[Pair]:
    pairs: dict[UUID, Item] = {}
    old, new = before, after
    for identity in (_by_uuid, _by_line, _by_number, _by_place, _by_title):
        matched = _match(old, new, identity)
        pairs |= matched
        taken = {item.uuid for item in matched.values()}
        old = [item for item in old if item.uuid not in taken]
        new = [item for item in new if item.uuid not in matched]
    if old and new and old[0].key not in _EXACT:
        for one, other in best_pairs([_title(item) for item in old], [_title(item) for item in new], LEAST):
            pairs[new[other].uuid] = old[one]
    used = {item.uuid for item in pairs.values()}
    found: list[Pair] = [(pairs.get(item.uuid), item) for item in after]
    return [*found, *((item, None) for item in before if item.uuid not in used)]


def _match(old: Sequence[Item], new: Sequence[Item], identity: Callable[[Item], Hashable | None]) -> dict[UUID, Item]:
    """Rows with the same identity; where several share one, in the order they stand."""
    waiting: dict[Hashable, list[Item]] = defaultdict(list)
    for item in reversed(old):
        key = identity(item)
        if key is not None:
            waiting[key].append(item)
    found = {}
    for item in new:
        key = identity(item)
        if key is not None and waiting.get(key):
            found[item.uuid] = waiting[key].pop()
    return found


#: Types known by what they say, never by a like title.
_EXACT = frozenset({"copy_rule", "lock_rule", "meeting_rule", "budget_line", "replacement", "citation"})


def _by_uuid(item: Item) -> Hashable | None:
    return item.uuid


def _by_line(item: Item) -> Hashable | None:
    """The line through the years (decision A9), or the chapter and post with what the amount is."""
    if item.data.get("line"):
        return str(item.data["line"])
    if item.key == "budget_line":
        values = (item.data["chapter"], item.data["post"], item.data.get("kind"), bool(item.data.get("unclear")))
        return tuple(str(value) for value in values)
    return None


def _by_number(item: Item) -> Hashable | None:
    """The number of an assignment; other numbers count only with the title they stand by."""
    if item.key == "assignment":
        return number_key(item.data) or None
    reference = str(item.data.get("reference") or "")
    return (reference, _plain(item)) if reference else None


def _by_place(item: Item) -> Hashable | None:
    """What a rule of the dialogue is about."""
    match item.key:
        case "copy_rule":
            return item.data.get("correspondence"), item.data.get("recipient")
        case "meeting_rule":
            return str(item.data.get("kind"))
        case "lock_rule":
            return str(item.data.get("correspondence"))
        case "replacement":
            return str(item.data.get("replaced"))
        case "calendar":
            return (_plain(item), str(item.data.get("date") or "")[5:7])
    return None


def _by_title(item: Item) -> Hashable | None:
    return _plain(item) or None


def _plain(item: Item) -> str:
    if item.key in _EXACT and item.key != "citation":
        return ""
    return " ".join(str(item.data.get(item.type.names) or "").casefold().split())


def _title(item: Item) -> frozenset[str]:
    return words_of(str(item.data.get(item.type.names) or ""))
