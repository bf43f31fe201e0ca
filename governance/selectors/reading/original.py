"""The rows of one document as it was issued, before anything changed them."""

from __future__ import annotations

from governance.consolidation import Entry, Source
from governance.items import read_items
from governance.models import AssignmentItem, SteeringDocument
from governance.restricted import may_read_restricted
from governance.selectors.reading.masking import shell_of
from governance.selectors.reading.scope import Reader


def as_issued(document: SteeringDocument, reader: Reader) -> list[Entry]:
    """Every row, with exempt assignments as shells for those who may not read them."""
    source = _source(document)
    items = read_items([document.pk])
    restricted = list(AssignmentItem.objects.filter(document=document, restricted=True).values_list("uuid", flat=True))
    held = set(restricted) - may_read_restricted(reader.actor, restricted, reader.today)
    return [Entry(shell_of(item) if item.uuid in held else item, source) for item in items]


def _source(document: SteeringDocument) -> Source:
    day = document.effective_on or document.document_date or document.issued_at.date()  # type: ignore[union-attr]
    return Source(
        id=document.pk,
        uuid=document.uuid,
        family=document.kind.family,
        kind=document.kind.name_nb,
        title=document.title,
        issuer=document.issuer.uuid,
        recipient=document.recipient.uuid,
        on=day,
        issued_at=document.issued_at or document.frozen_at,  # type: ignore[arg-type]
        year=document.year,
        dated=document.document_date,
        language=document.language,
    )
