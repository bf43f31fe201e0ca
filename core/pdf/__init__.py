"""Rendered documents: build blocks, get two files.

>>> from core.pdf import blocks, render_document
>>> rendered = render_document(document)        # slow: run it in a worker
>>> rendered.reading.content, rendered.archive.sha256

The package knows no domain nouns. Apps build :class:`core.pdf.blocks.Document` in their selectors.
It is the only importer of WeasyPrint, and imports it only when something is rendered.
docs/guides/documents.md shows a whole document.
"""

from core.pdf.html import render_document_html
from core.pdf.render import RenderedFile, RenderedPdf, RenderFailed, render_document

__all__ = [
    "RenderFailed",
    "RenderedFile",
    "RenderedPdf",
    "render_document",
    "render_document_html",
]
