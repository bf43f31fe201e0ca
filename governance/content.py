"""Writing rows into a draft document: ordinals, passages and links in one place.

Used by the import, the forms and the demo data. Every row is refused by the database once the document is
frozen, so nothing here needs to check that.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from governance.models import ItemPassage, Passage, PassageKind, SteeringDocument
from governance.models.document import DocumentPart

P = TypeVar("P", bound=DocumentPart)


class ContentWriter:
    """Adds passages and items to one draft document, in order."""

    def __init__(self, document: SteeringDocument) -> None:
        self.document = document
        self._ordinals: dict[type[DocumentPart], int] = defaultdict(int)

    def add(self, model: type[P], /, *, passages: list[Passage] | None = None, **fields: Any) -> P:
        """Add a row of any content model, resting on the passages given."""
        self._ordinals[model] += 1
        fields.setdefault("ordinal", self._ordinals[model])
        row = model(document=self.document, **fields)
        row.save(force_insert=True)
        for passage in passages or []:
            self.link(row, passage)
        return row

    def passage(self, text: str, *, kind: PassageKind = PassageKind.PROSE, **fields: Any) -> Passage:
        """Add a passage; its range in the canonical text is set when it is given, else at issue."""
        return self.add(Passage, text=text, kind=kind, **fields)

    def link(
        self, item: DocumentPart, passage: Passage, *, field: str = "", start: int | None = None, end: int | None = None
    ) -> ItemPassage:
        """Tie a row (or, with ``field`` and a span, one field of it) to a passage."""
        return self.add(ItemPassage, item=item.uuid, passage=passage, field=field, start=start, end=end)
