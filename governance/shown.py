"""A document as the rows a person reads and comments on, made from its snapshot: living or frozen, the same way.

What is exempt is taken out of the snapshot before it is shown to one who is no reader, and before it is sent to an
agency for its opinion: title, text and everything that hangs on the row.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core import formatting
from governance.headings import numbered
from governance.items import BY_MODEL, ItemType, named_by
from governance.lone_headings import lone_headings
from governance.models import SteeringDocument
from governance.snapshot import canonical_bytes

_TYPES: dict[str, ItemType] = {str(model._meta.model_name): kind for model, kind in BY_MODEL.items()}
_EXEMPT = "assignmentitem"


@dataclass(frozen=True)
class ShownRow:
    """One row or passage. ``target`` is what a comment points at; ``label`` what the row is known by."""

    target: UUID
    label: str = ""
    text: str = ""
    heading: int = 0
    kind: str = ""
    exempt: bool = False

    @property
    def place(self) -> str:
        """The row in a few words, kept with a comment so that it is understood without the document."""
        return (self.label or " ".join(self.text.split()))[:200]

    @property
    def words(self) -> str:
        """The text under the label, without what the label has said already."""
        if self.text and self.label.endswith(self.text):
            return ""
        return self.text.removeprefix(self.label).lstrip(" .\n") if self.label else self.text


def plain_snapshot(document: SteeringDocument) -> dict[str, Any]:
    """The document as it stands, in the same plain values as a frozen one: every id is text."""
    found: dict[str, Any] = json.loads(canonical_bytes(document))
    return found


def restricted_in(snapshot: Mapping[str, Any]) -> set[str]:
    """Permanent ids of the exempt assignments in a snapshot."""
    return {row["uuid"] for row in snapshot["parts"].get(_EXEMPT, []) if row.get("restricted")}


def without(snapshot: dict[str, Any], held: Collection[str]) -> dict[str, Any]:
    """The snapshot without the titles and texts of these rows, and without all that points at them."""
    held = {str(uuid) for uuid in held}
    if not held:
        return snapshot
    resting = {row["passage"] for row in snapshot["parts"].get("itempassage", []) if row["item"] in held}
    parts = {}
    for name, rows in snapshot["parts"].items():
        kept = [row for row in rows if row["uuid"] in held or held.isdisjoint(_references(row))]
        parts[name] = [_emptied(row, held, resting) for row in kept]
    return {**snapshot, "document": {**snapshot["document"], "canonical_text": ""}, "parts": parts}


def _references(row: Mapping[str, Any]) -> set[str]:
    return {str(value) for name, value in row.items() if name != "uuid" and isinstance(value, str)}


def _emptied(row: dict[str, Any], held: Collection[str], resting: Collection[str]) -> dict[str, Any]:
    if row["uuid"] in held:
        kept = ("uuid", "ordinal", "reference", "restricted")
        return {name: row[name] for name in kept if name in row} | {"title": "", "body": ""}
    if row["uuid"] in resting:
        return {**row, "text": "", "rich": "", "exempt": True}
    return row


def shown_rows(snapshot: Mapping[str, Any]) -> list[ShownRow]:
    """Every passage in reading order, passages of one row together, then rows without words of their own."""
    parts = snapshot["parts"]
    items = {row["uuid"]: (kind, row) for name, kind in _TYPES.items() for row in parts.get(name, [])}
    resting: dict[str, str] = {}
    for link in parts.get("itempassage", []):
        if not link.get("field") and link["item"] in items:
            resting.setdefault(link["passage"], link["item"])
    rows: list[ShownRow] = []
    told: set[str] = set()
    lone = lone_headings(parts.get("passage", []), resting)
    for passage in parts.get("passage", []):
        if passage.get("kind") == "furniture" or passage["uuid"] in lone:
            continue
        item = resting.get(passage["uuid"], "")
        if item and rows and str(rows[-1].target) == item:
            rows[-1] = _longer(rows[-1], passage)
            continue
        told.add(item)
        rows.append(_item_row(*items[item], passage) if item else _prose(passage))
    rest = [found for uuid, found in items.items() if uuid not in told]
    return rows + [_item_row(kind, row, None) for kind, row in rest]


def _longer(row: ShownRow, passage: Mapping[str, Any]) -> ShownRow:
    text = "\n\n".join(part for part in (row.text, passage["text"]) if part)
    return ShownRow(row.target, row.label, text, row.heading, row.kind, row.exempt or bool(passage.get("exempt")))


def _prose(passage: Mapping[str, Any]) -> ShownRow:
    heading = int(passage.get("heading_level") or 0)
    text = passage["text"]
    if heading:
        text = numbered(text, str(passage.get("section_number") or ""), str(passage.get("chapter") or ""))
    return ShownRow(UUID(passage["uuid"]), text=text, heading=heading, exempt=bool(passage.get("exempt")))


def _item_row(kind: ItemType, row: Mapping[str, Any], passage: Mapping[str, Any] | None) -> ShownRow:
    exempt = bool(row.get("restricted")) and not row.get("title")
    text = passage["text"] if passage is not None else str(row.get(kind.text) or "" if kind.text else "")
    label = _label(kind, row)
    if exempt:
        label = _("%(number)s, unntatt offentlighet") % {"number": row.get("reference") or _("Oppdrag")}
    return ShownRow(UUID(row["uuid"]), label, "" if exempt else text, 0, str(kind.one), exempt)


def _label(kind: ItemType, row: Mapping[str, Any]) -> str:
    if kind.key == "budget_line":
        amount = formatting.in_thousand_kroner(row["amount"]) if row.get("amount") is not None else ""
        code = f"{row.get('chapter') or ''}.{int(row.get('post') or 0):02d}"
        return " · ".join(part for part in (f"{code} {row.get('name', '')}".strip(), amount) if part)
    name = named_by(kind, row)
    reference = str(row.get("reference") or "")
    return " ".join(part for part in (reference, name) if part)
