"""Instructions for tests, fixed or registered through the same actions people use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from governance.actions.documents import Registration, register_issued_document
from governance.content import ContentWriter
from governance.models import Citation, CitationKind, CopyRule, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, Fill, make_draft, write_letter


def make_instruction(
    cast: Cast,
    *,
    dated: date = date(2026, 1, 5),
    effective_on: date | None = None,
    at: datetime = REGISTERED_AT,
    fill: Fill | None = None,
    **facts: object,
) -> SteeringDocument:
    """A registered instruction to DMP with one copy rule."""

    def copies(writer: ContentWriter, cast: Cast) -> None:
        writer.add(CopyRule, correspondence="document", recipient=cast.org("RR"), simultaneous=True, section="5")

    values: dict[str, Any] = {"title": f"Hovedinstruks {dated.year}", "year": None, "case_number": "", **facts}
    draft = make_draft(
        cast, kind="instruction", fill=fill or copies, document_date=dated, effective_on=effective_on or dated, **values
    )
    register_issued_document(document=draft, registration=Registration(), actor=cast.actor("officer"), at=at)
    return SteeringDocument.objects.for_detail().get(pk=draft.pk)


def citing(dated: date) -> Fill:
    """A letter that cites the instruction of a day."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_letter(writer, cast)
        passage = writer.passage(f"Brevet bygger på hovedinstruksen av {dated:%d.%m.%Y}.", section_number="1")
        writer.add(
            Citation, passages=[passage], kind=CitationKind.INSTRUCTION, text="hovedinstruksen", cited_date=dated
        )

    return fill
