"""What a new reading says otherwise than the record of a registered letter does: row by row, in the order of the page.

The import that was registered keeps the rows as they stand in the record, each with the permanent id of its item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from governance.intake import matching
from governance.intake.convert_items import CONVERTERS
from governance.intake.convert_rules import RULE_CONVERTERS
from governance.models import DocumentImport, ImportRow, ImportState, RowState, SteeringDocument

KINDS = frozenset({*CONVERTERS, *RULE_CONVERTERS})
DECIDED = (RowState.ACCEPTED, RowState.CORRECTED)
GONE = (RowState.PROSE, RowState.MERGED)
ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True)
class Difference:
    """One row that is not as it is registered. ``data`` are its new values, ``fields`` the names of those that differ.

    ``now`` is the row of the new reading, ``before`` the registered one; one is None for a row that is new or gone.
    """

    act: str
    kind: str
    now: ImportRow | None
    before: ImportRow | None
    data: dict[str, Any]
    fields: tuple[str, ...] = ()

    @property
    def row(self) -> ImportRow:
        """The row there is, the new one first."""
        row = self.now or self.before
        assert row is not None
        return row

    @property
    def uuid(self) -> UUID:
        """What a page and a request know it by."""
        return self.row.uuid

    @property
    def item(self) -> UUID:
        """The permanent id of the item: the registered one, else the one the new row brings."""
        return self.before.uuid if self.before is not None else self.row.uuid


def base_of(document: SteeringDocument) -> DocumentImport | None:
    """The import a document was registered from; it keeps the rows as the record has them. None when there is none."""
    found: DocumentImport | None = (
        DocumentImport.objects.filter(document=document, state=ImportState.REGISTERED)
        .select_related("organisation", "agency", "document")
        .order_by("id")
        .first()
    )
    return found


def rows_of(*imports: DocumentImport) -> list[ImportRow]:
    """The rows of imports that stand for something, in order. One query."""
    rows = ImportRow.objects.filter(document_import__in=imports, kind__in=KINDS).exclude(state=RowState.MERGED)
    return list(rows.order_by("ordinal", "id"))


def paired(found: DocumentImport, base: DocumentImport, rows: Sequence[ImportRow]) -> list[matching.Pair]:
    """Each row of the new reading with the registered row it is. A decided row is matched by what was decided."""
    return matching.pairs(
        [row for row in rows if row.document_import_id == found.pk],
        [row for row in rows if row.document_import_id == base.pk],
    )


def differences(pairs: Iterable[matching.Pair]) -> list[Difference]:
    """The rows that are not the same."""
    return [found for found in map(_difference, pairs) if found is not None]


def _difference(pair: matching.Pair) -> Difference | None:
    now, before = pair.now, pair.before
    stands = before is not None and before.state not in GONE
    says = now is not None and now.state not in GONE
    if before is None:
        return Difference(ADDED, pair.row.kind, now, None, dict(pair.row.data)) if says else None
    if not stands:
        return _back(now, before) if says else None
    if now is None or not says:
        return Difference(REMOVED, before.kind, now, before, {})
    data = dict(now.data) if now.state in DECIDED else matching.merged(before, now)[0]
    fields = matching.changed_fields(before.data, data)
    return Difference(CHANGED, before.kind, now, before, data, tuple(fields)) if fields else None


def _back(now: ImportRow | None, before: ImportRow) -> Difference | None:
    """A row a person made prose before it was registered: it comes back only when a person, or the file, says so."""
    if now is None:
        return None
    changed = matching.changed_fields(matching.read_data(before), matching.read_data(now))
    if not changed and now.state not in DECIDED:
        return None
    return Difference(ADDED, now.kind, now, None, dict(now.data))
