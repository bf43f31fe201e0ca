"""What a change does to the values of a row: a new deadline on the right delivery, a new amount on the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from governance.consolidation.operations import DELTA, Operation
from governance.items import Item

#: Where a date stands, and the words beside it, in rows without deliveries.
DATES = {"calendar": ("date", "date_text"), "reporting": ("due", "due_text"), "enclosure": ("expected_on", "")}


def changed(item: Item, operation: Operation) -> tuple[Item, dict[str, Any]]:
    """The row after the change, and the values it had."""
    if operation.kind == DELTA:
        return _amount(item, operation)
    if item.key == "assignment":
        return _deliveries(item, operation)
    if item.key in DATES and operation.new_date is not None:
        field, words = DATES[item.key]
        new = {field: operation.new_date.isoformat()} | ({words: ""} if words else {})
        return _with(item, new)
    return item, {}


def amount_of(operation: Operation) -> int | None:
    """The change of an amount, in whole kroner: as the change says, or as its own line says."""
    if operation.kind != DELTA:
        return None
    if operation.amount is not None:
        return operation.amount
    return int(operation.item.data["amount"]) if operation.item is not None else None


def _with(item: Item, new: Mapping[str, Any]) -> tuple[Item, dict[str, Any]]:
    before = {name: item.data.get(name) for name in new if item.data.get(name) != new[name]}
    return replace(item, data={**item.data, **new}), before


def _amount(item: Item, operation: Operation) -> tuple[Item, dict[str, Any]]:
    delta = amount_of(operation) or 0
    if item.key != "budget_line":
        return item, {}
    splits = [dict(split) for split in item.data.get("splits", ())]
    for split in splits:
        if operation.target is not None and split["uuid"] == str(operation.target):
            split["amount"] = int(split["amount"]) + delta
    return _with(item, {"amount": int(item.data["amount"]) + delta, "splits": splits})


def _deliveries(item: Item, operation: Operation) -> tuple[Item, dict[str, Any]]:
    """New deadlines are laid on the deliveries they name; else on the last one (as the follow-up does)."""
    deliveries = [dict(row) for row in item.data.get("deliveries", ())]
    for new in _new_deadlines(operation):
        place = _place(deliveries, new, operation.target)
        if place is None:
            deliveries.append(new)
        else:
            deliveries[place] |= {name: new[name] for name in DEADLINE if name in new}
    return _with(item, {"deliveries": deliveries})


DEADLINE = ("deadline_kind", "deadline_text", "deadline", "deadline_time", "doubtful", "doubt", "not_extendable")


def _new_deadlines(operation: Operation) -> list[dict[str, Any]]:
    rows = [dict(row) for row in (operation.item.data.get("deliveries", ()) if operation.item else ())]
    rows = [row for row in rows if row.get("deadline") or row.get("deadline_text")]
    if rows or operation.new_date is None:
        return rows
    day = operation.new_date
    made = {"deadline_kind": "date", "deadline": day.isoformat(), "deadline_time": None, "doubtful": False, "doubt": ""}
    return [made | {"uuid": operation.key, "deadline_text": f"{day.day}.{day.month}.{day.year}"}]


def _place(deliveries: list[dict[str, Any]], new: Mapping[str, Any], target: UUID | None) -> int | None:
    for number, row in enumerate(deliveries):
        if target is not None and row.get("uuid") == str(target):
            return number
    for name in ("anchor", "part"):
        for number, row in enumerate(deliveries):
            if new.get(name) and str(row.get(name) or "").casefold() == str(new[name]).casefold():
                return number
    return len(deliveries) - 1 if deliveries else None
