"""Blocks to HTML: one writer for the PDF and for the page, so both say the same in one order."""

from core.pdf.blocks import Document
from core.pdf.compose import compose
from core.pdf.html.blocks import write_blocks
from core.pdf.html.state import Setting

__all__ = ["render_document_html", "write_blocks"]


def render_document_html(document: Document, *, heading_level: int = 1) -> str:
    """The document as an HTML fragment for a page: same words, same order, no page numbers.

    ``heading_level`` is the level of the document's own top heading on that page (2 when the page
    has its own h1). The fragment has no inline styles and no scripts; ``static/css/pdf/screen.css``
    sets its look. Mark it safe in the template: every text in it is escaped or sanitised here."""
    composed = compose(document)
    setting = Setting(composed=composed, screen=True, heading_shift=heading_level - 1)
    body = write_blocks(setting, composed.blocks)
    return f'<article class="document" lang="{document.meta.lang}">{body}{setting.notes_list()}</article>'
