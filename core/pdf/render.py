"""One call: a document in, the reading file and the archive file out, both from one layout."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Problem
from core.pdf.blocks import Document
from core.pdf.compose import compose
from core.pdf.html.blocks import write_blocks
from core.pdf.html.state import Setting
from core.pdf.progress import Progress, Report
from core.pdf.stylesheet import document_css, palette_of


class RenderFailed(DomainError):
    """The layout engine warned, or asked for something outside the document. Nothing is given out:
    a file that came with a warning is a file nobody has looked at. ``problems`` says what was heard."""

    status = 500
    code = "render_failed"
    title = _("Dokumentet kunne ikke lages")

    def __init__(self, heard: list[str]) -> None:
        super().__init__(
            _("Dokumentet kunne ikke lages. Ingen fil er lagret. Meld fra til den som drifter løsningen."),
            problems=[Problem(code=self.code, message=text) for text in heard],
        )


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A finished file. ``variant`` is ``pdf/ua-1`` (to read) or ``pdf/a-2a`` (for the archive)."""

    content: bytes
    variant: str

    @property
    def sha256(self) -> str:
        """Digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """Both files of a document (decisions.md F1), how many pages they have, and which versions of
    every library made them. The same document gives the same bytes with the same versions, so a
    stored file is never rendered again: its record says what it was made with."""

    reading: RenderedFile
    archive: RenderedFile
    pages: int
    versions: Mapping[str, str]


def render_document(document: Document, *, progress: Report | None = None) -> RenderedPdf:
    """Set a document and give both files. Takes seconds: call it from a worker.

    ``progress(done, total)`` hears a counted share, for the job's row. Raises ValueError when the
    document itself is wrong (a reference to nothing, a table that does not fill its grid) and
    :class:`RenderFailed` when the layout engine complains."""
    from core.pdf.engine import Job, run  # WeasyPrint is slow to import and only workers need it

    composed = compose(document)
    count = Progress(progress, blocks=len(composed.blocks))
    setting = Setting(composed=composed, palette=palette_of(document.meta))
    body = write_blocks(setting, composed.blocks, done=count.block_written)
    count.body_written(len(body))
    created = document.meta.created.isoformat(timespec="seconds")
    html = render_to_string(
        "pdf/document.html",
        {
            "document": document,
            "body": body,
            "created": created,
            "classes": "long" if composed.is_long else "short",
        },
    )
    css = document_css(document.meta, composed.words, setting.column_widths, long=composed.is_long)
    job = Job(html=html, css=css, images=document.images, progress=count)
    result = run(job)
    if result.problems:
        raise RenderFailed(result.problems)
    count.finished()
    return RenderedPdf(
        reading=RenderedFile(result.reading, "pdf/ua-1"),
        archive=RenderedFile(result.archive, "pdf/a-2a"),
        pages=result.pages,
        versions=result.versions,
    )
