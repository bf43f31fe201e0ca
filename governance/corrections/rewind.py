"""The rows of documents as they were known at an earlier moment, before their record was put right (decision A4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from governance.items import ITEM_TYPES, Item
from governance.models import RegistrationCorrection


def record_of(item: Item) -> dict[str, Any]:
    """A row as plain values, so that it can be made again."""
    return {"ordinal": item.ordinal, "data": dict(item.data), "passages": [str(uuid) for uuid in item.passages]}


def changed_rows(before: Iterable[Item], after: Iterable[Item]) -> list[dict[str, Any]]:
    """The rows that are not the same, as a correction keeps them."""
    was, now = {item.uuid: item for item in before}, {item.uuid: item for item in after}
    made = []
    for uuid in dict.fromkeys([*was, *now]):
        old, new = was.get(uuid), now.get(uuid)
        values = record_of(old) if old else None, record_of(new) if new else None
        if values[0] == values[1]:
            continue
        known = new or old
        assert known is not None
        act = "changed" if old and new else ("added" if new else "removed")
        made.append(
            {
                "key": known.key,
                "item": str(uuid),
                "act": act,
                "name": known.name if known.key in ITEM_TYPES else "",
                "before": values[0],
                "after": values[1],
            }
        )
    return made


def as_known(items: Sequence[Item], documents: Iterable[int], known_at: datetime | None, *keys: str) -> list[Item]:
    """The rows as the record had them at a moment: what was corrected since is taken back, the newest first.

    ``keys`` are the types of row asked for, all of them when none is named. One query; none for what is known now.
    """
    if known_at is None:
        return list(items)
    later = RegistrationCorrection.objects.filter(document_id__in=list(documents), corrected_at__gt=known_at)
    held = {item.uuid: item for item in items}
    for document, rows in later.order_by("-corrected_at", "-id").values_list("document_id", "rows"):
        for row in rows:
            if keys and row["key"] not in keys:
                continue
            uuid = UUID(row["item"])
            held.pop(uuid, None)
            if row["before"] is not None:
                held[uuid] = _item(row["key"], uuid, document, row["before"])
    return list(held.values())


def _item(key: str, uuid: UUID, document: int, values: dict[str, Any]) -> Item:
    resting = tuple(UUID(passage) for passage in values["passages"])
    return Item(key, uuid, document, values["ordinal"], values["data"], resting)
