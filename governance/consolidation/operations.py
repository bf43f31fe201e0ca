"""The order in which things happen: rows come with their documents, changes act from their own day (decision A2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from governance.consolidation.numbers import number_key, written_key
from governance.consolidation.records import ChangeRow, Source
from governance.items import Item

ADD, REPLACE, WITHDRAW, MOVE, DELTA, CLARIFY = (
    "add", "replace", "withdraw", "move_deadline", "amount_delta", "clarify",
)  # fmt: skip
#: What the words of a registered supplement do, when no change row says it (ItemChange).
WORDED = {"clarified": CLARIFY, "moved": MOVE, "withdrawn": WITHDRAW}


@dataclass(frozen=True)
class Operation:
    """One thing that happens on a day. ``seeks`` is the number an older row is known by, when no id is given."""

    kind: str
    on: date
    document: Source
    ordinal: int
    key: str
    item: Item | None = None
    target: UUID | None = None
    seeks: str = ""
    text: str = ""
    new_date: date | None = None
    amount: int | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """By day, then as documents are ordered; rows before the changes of the same document."""
        return (self.on, self.document.issued_at, self.document.id, self.kind != ADD, self.ordinal, self.key)


def operations(
    documents: Sequence[Source], items: Iterable[Item], changes: Iterable[ChangeRow], until: date
) -> list[Operation]:
    """Everything that has happened by the end of a day, in order, whatever order it is given in."""
    by_id = {document.id: document for document in documents}
    rows = {item.uuid: item for item in items if item.document_id in by_id}
    found: list[Operation] = []
    carried: set[UUID] = set()
    for change in changes:
        if change.document_id in by_id:
            found.append(_of_change(change, by_id[change.document_id], rows))
            carried |= {change.new_item} if change.new_item else set()
    found += [_of_item(item, by_id[item.document_id]) for item in rows.values() if item.uuid not in carried]
    return sorted((each for each in found if each.on <= until), key=lambda each: each.order)


def _of_change(change: ChangeRow, document: Source, rows: Mapping[UUID, Item]) -> Operation:
    item = rows.get(change.new_item) if change.new_item else None
    return Operation(
        kind=change.kind,
        on=max(change.effective_on or document.on, document.on),
        document=document,
        ordinal=change.ordinal,
        key=str(change.uuid),
        item=item,
        target=change.target,
        seeks=_sought(item) if item is not None and change.target is None else "",
        text=change.text,
        new_date=change.new_date,
        amount=change.amount,
    )


def _of_item(item: Item, document: Source) -> Operation:
    kind, seeks = ADD, ""
    if item.key == "assignment" and item.data.get("change") in WORDED:
        kind, seeks = WORDED[item.data["change"]], _sought(item)
    elif item.key == "budget_line" and item.data.get("kind") == "change" and not item.data.get("unclear"):
        kind, seeks = DELTA, _sought(item)
    text = str(item.data.get("body") or "") if kind != ADD and item.key == "assignment" else ""
    return Operation(kind, document.on, document, item.ordinal, str(item.uuid), item, seeks=seeks, text=text)


def _sought(item: Item) -> str:
    """What the row changed is known by: the number of an assignment, the chapter and post of an amount."""
    if item.key == "assignment":
        return written_key(str(item.data.get("changes_reference") or "")) or number_key(item.data)
    if item.key == "budget_line":
        return post_key(item)
    return ""


def post_key(item: Item) -> str:
    """Chapter and post."""
    return f"{item.data['chapter']}.{int(item.data['post']):02d}"
