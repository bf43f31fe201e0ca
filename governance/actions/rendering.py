"""Rendering issued letters: both files once, kept with what made them (decision F1, F2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from core import files
from core.actor import Actor
from core.models import StoredFile
from core.pdf import render_document
from governance import letters
from governance.models import Rendition, SteeringDocument

Progress = Callable[[int, int], None]


def reading_copy(
    *, document: SteeringDocument, actor: Actor, at: datetime, progress: Progress | None = None
) -> StoredFile:
    """The PDF to read of an issued letter, rendered now if it is not there. Safe to run twice."""
    made = Rendition.objects.filter(document=document, role=Rendition.Role.READING).select_related("file").first()
    if made is not None:
        return made.file
    document = SteeringDocument.objects.for_detail().get(pk=document.pk)
    created = document.issued_at or at
    rendered = render_document(letters.letter_document(document, created=created), progress=progress)
    with transaction.atomic():
        SteeringDocument.objects.filter(pk=document.pk).select_for_update(no_key=True).get()
        made = Rendition.objects.filter(document=document, role=Rendition.Role.READING).select_related("file").first()
        if made is not None:
            return made.file
        roles = (
            (Rendition.Role.READING, rendered.reading.content, "pdf"),
            (Rendition.Role.ARCHIVE, rendered.archive.content, "arkiv.pdf"),
        )
        rows = []
        for role, content, suffix in roles:
            stored = files.store(
                name=f"{document.title}.{suffix}", data=content, actor=actor, owner=document,
                organisation=document.issuer.uuid,
            )  # fmt: skip
            row = Rendition.objects.create(
                document=document,
                file=stored,
                role=role,
                pages=rendered.pages,
                record=dict(rendered.versions),
                made_at=at,
            )
            rows.append(row)
    return rows[0].file
