"""The chapters of a kind of document: an organisation's own templates win over the common ones."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from agencies.querysets import valid_on
from governance.models import ChapterTemplate, Language, SteeringDocument


def chapters_for(kind: int, organisation: int, day: date) -> list[ChapterTemplate]:
    """Chapters of a kind on a day, in order; the organisation's row replaces the common one with the same code."""
    rows = ChapterTemplate.objects.filter(valid_on(day), kind_id=kind).filter(
        Q(organisation__isnull=True) | Q(organisation_id=organisation)
    )
    found: dict[str, ChapterTemplate] = {}
    for row in sorted(rows, key=lambda row: row.organisation_id is not None):
        found[row.code] = row
    return sorted(found.values(), key=lambda row: (row.ordinal, row.pk))


def chapters_of(document: SteeringDocument, day: date) -> list[ChapterTemplate]:
    """The chapters of a document. Its kind and issuer must be at hand."""
    return chapters_for(document.kind_id, document.issuer_id, document.document_date or day)


def chapter_of(document: SteeringDocument, code: str, day: date) -> ChapterTemplate | None:
    """One chapter by code."""
    return next((row for row in chapters_of(document, day) if row.code == code), None)


def chapter_for_rows(document: SteeringDocument, key: str, day: date) -> str:
    """The chapter where rows of a type are written; empty when no template says so."""
    return next((row.code for row in chapters_of(document, day) if key in row.holds), "")


def places(document: SteeringDocument, day: date) -> dict[str, str]:
    """For every type of row, the chapter it is written in; read once for many rows."""
    found: dict[str, str] = {}
    for row in chapters_of(document, day):
        for key in row.holds:
            found.setdefault(key, row.code)
    return found


def title_of(chapter: ChapterTemplate, language: str) -> str:
    """The fixed heading in the document's norm."""
    return chapter.title_nn if language == Language.NN else chapter.title_nb


def text_of(chapter: ChapterTemplate, language: str) -> str:
    """The standard prose in the document's norm."""
    return chapter.text_nn if language == Language.NN else chapter.text_nb
