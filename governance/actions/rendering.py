"""Rendering issued letters: both files once, kept with what made them (decision F1, F2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from core import files
from core.actor import Actor
from core.models import StoredFile
from core.pdf import render_document
from core.pdf.render import RenderedPdf
from governance import letters
from governance.models import AssignmentItem, Rendition, SteeringDocument

Progress = Callable[[int, int], None]


def reading_copy(
    *, document: SteeringDocument, actor: Actor, at: datetime, progress: Progress | None = None
) -> StoredFile:
    """The PDF to read of an issued letter, rendered now if it is not there. Safe to run twice.

    It leaves the house, so exempt assignments are shells in it; the archive copy is whole (decision B2).
    """
    made = _made(document, Rendition.Role.READING)
    if made is not None:
        return made.file
    document = SteeringDocument.objects.for_detail().get(pk=document.pk)
    created = document.issued_at or at
    outward = render_document(letters.letter_document(document, created=created), progress=progress)
    whole = outward
    if AssignmentItem.objects.filter(document=document, restricted=True).exists():
        whole = render_document(letters.letter_document(document, created=created, whole=True), progress=progress)
    with transaction.atomic():
        SteeringDocument.objects.filter(pk=document.pk).select_for_update(no_key=True).get()
        made = _made(document, Rendition.Role.READING)
        if made is not None:
            return made.file
        return _keep(document, outward, whole, actor, at)


def archive_copy(*, document: SteeringDocument, actor: Actor, at: datetime) -> StoredFile:
    """The PDF for the archive, with everything that stands in the letter; rendered now if it is not there."""
    reading_copy(document=document, actor=actor, at=at)
    made = _made(document, Rendition.Role.ARCHIVE)
    assert made is not None
    return made.file


def _made(document: SteeringDocument, role: str) -> Rendition | None:
    found: Rendition | None = (
        Rendition.objects.filter(document=document, role=role).select_related("file").order_by("-id").first()
    )
    return found


def _keep(
    document: SteeringDocument, outward: RenderedPdf, whole: RenderedPdf, actor: Actor, at: datetime
) -> StoredFile:
    copies = (
        (Rendition.Role.READING, outward.reading.content, "pdf", outward),
        (Rendition.Role.ARCHIVE, whole.archive.content, "arkiv.pdf", whole),
    )
    rows = []
    for role, content, suffix, rendered in copies:
        stored = files.store(
            name=f"{document.title}.{suffix}", data=content, actor=actor, owner=document,
            organisation=document.issuer.uuid,
        )  # fmt: skip
        row = Rendition.objects.create(
            document=document, file=stored, role=role, pages=rendered.pages, record=dict(rendered.versions), made_at=at
        )
        rows.append(row)
    return rows[0].file
