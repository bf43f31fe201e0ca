"""The one byte sequence of a consolidation (RFC 8785): the same for the same two clocks, for ever (decision A4)."""

from __future__ import annotations

from typing import Any

from core.canonical import canonical_json
from governance.consolidation.records import Applied, Consolidated, Entry, Source

SCHEMA = "styringsdialog/consolidated/1"


def canonical(consolidated: Consolidated) -> bytes:
    """Canonical JSON of everything in force, with the document and the changes each row comes from."""
    return canonical_json(value_of(consolidated))


def value_of(consolidated: Consolidated) -> dict[str, Any]:
    """The same as plain data. Keys of the database are left out: ids are permanent ones."""
    return {
        "schema": SCHEMA,
        "agency": consolidated.agency,
        "letter": consolidated.letter,
        "valid_on": consolidated.valid_on,
        "known_at": consolidated.known_at,
        "documents": [_source(document) for document in consolidated.documents],
        "rows": [_entry(entry) for entry in consolidated.rows],
        "carried": [_entry(entry) for entry in consolidated.carried],
        "passages": [_entry(entry) for entry in consolidated.passages],
    }


def _source(document: Source) -> dict[str, Any]:
    return {
        "uuid": document.uuid,
        "family": document.family,
        "title": document.title,
        "year": document.year,
        "number": document.number,
        "dated": document.dated,
        "on": document.on,
        "issued_at": document.issued_at,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.item.key,
        "uuid": entry.item.uuid,
        "data": entry.item.data,
        "passages": list(entry.item.passages),
        "document": entry.source.uuid,
        "state": entry.state,
        "replaced_by": entry.replaced_by,
        "replaces": entry.replaces,
        "changes": [_applied(change) for change in entry.changes],
    }


def _applied(change: Applied) -> dict[str, Any]:
    return {
        "document": change.document.uuid,
        "kind": change.kind,
        "on": change.on,
        "text": change.text,
        "item": change.item,
        "new_date": change.new_date,
        "amount": change.amount,
        "before": dict(change.before),
    }
