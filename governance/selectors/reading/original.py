"""The rows of one document as it was issued, before anything changed them; or as a draft stands."""

from __future__ import annotations

from governance.consolidation import Entry, Source
from governance.items import read_items
from governance.models import AssignmentItem, SteeringDocument
from governance.restricted import may_read_restricted
from governance.selectors.reading.masking import shell_of
from governance.selectors.reading.scope import Reader


def as_issued(document: SteeringDocument, reader: Reader) -> list[Entry]:
    """Every row, with exempt assignments as shells for those who may not read them."""
    source = source_of(document)
    items = read_items([document.pk])
    restricted = list(AssignmentItem.objects.filter(document=document, restricted=True).values_list("uuid", flat=True))
    held = set(restricted) - may_read_restricted(reader.actor, restricted, reader.today)
    return [Entry(shell_of(item) if item.uuid in held else item, source) for item in items]


def source_of(document: SteeringDocument) -> Source:
    """The document as a value; a draft counts from when it was begun."""
    known = document.issued_at or document.frozen_at or document.created_at
    day = document.effective_on or document.document_date or known.date()
    return Source(
        id=document.pk,
        uuid=document.uuid,
        family=document.kind.family,
        kind=document.kind.name_nb,
        title=document.title,
        issuer=document.issuer.uuid,
        recipient=document.recipient.uuid,
        on=day,
        issued_at=known,
        year=document.year,
        dated=document.document_date,
        language=document.language,
    )
