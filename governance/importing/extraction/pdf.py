"""PDF with a text layer: lines in reading order with page and gaps, ruled tables as tables."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from governance.importing.extraction.builder import Builder
from governance.importing.extraction.pdf_columns import gutter, in_order
from governance.importing.extraction.refusals import ROW_LIMIT, refuse

_MARK = re.compile(r"^(?:[•▪●○◦‣∙·■□\uf0b7\uf0a7\uf02d\uf0d8–-]|o|\d{1,2}(?:\.\d{1,2})*\.?|\d{1,2}\)|[a-zæøå][.)])$")
_PAGE = re.compile(r"^(?:side\s*)?\d{1,3}(?:\s*(?:av|/)\s*\d{1,3})?$", re.IGNORECASE)
_EDGE = 0.09
"""Share of the page's height that counts as head or foot."""


@dataclass(slots=True)
class Piece:
    """A line or a table on a page, with its place from the top."""

    top: float
    bottom: float
    text: str = ""
    bold: bool = False
    rows: list[list[tuple[str, int, int]]] = field(default_factory=list)
    size: float = 0.0
    edge: bool = False


def _lines(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Words grouped into visual lines, top to bottom, left to right."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["top"], 1), word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        for line in lines[-3:]:
            if line[0]["top"] <= middle <= line[0]["bottom"]:
                line.append(word)
                break
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word["x0"])
    return lines


def _line_text(line: list[dict[str, Any]]) -> str:
    """The words of a line; a wide gap that no list mark explains is kept as three spaces."""
    parts = [line[0]["text"]]
    for left, right in pairwise(line):
        gap = right["x0"] - left["x1"]
        size = max(left["bottom"] - left["top"], 6)
        first = len(parts) == 1 and bool(_MARK.match(left["text"]))
        parts.append("   " if gap > size * 1.6 and not first else " ")
        parts.append(right["text"])
    return "".join(parts)


def _cells(table: Any, page: Any) -> list[list[tuple[str, int, int]]]:
    """Rows of a ruled table; a cell over several columns is given once with its width."""
    edges = sorted({round(cell[0], 0) for cell in table.cells} | {round(cell[2], 0) for cell in table.cells})
    edges = [edge for position, edge in enumerate(edges) if not position or edge - edges[position - 1] > 2]
    texts = table.extract(x_tolerance=2, y_tolerance=3)
    rows = []
    for row, line in zip(table.rows, texts, strict=True):
        cells: list[tuple[str, int, int]] = []
        for box, text in zip(row.cells, line, strict=True):
            if box is None:
                continue
            first = min(range(len(edges)), key=lambda at: abs(edges[at] - box[0]))
            last = min(range(len(edges)), key=lambda at: abs(edges[at] - box[2]))
            cells.append(((text or "").strip(), first, max(1, last - first)))
        if cells:
            rows.append(cells)
    return rows


def _usable(table: Any, least: int) -> bool:
    rows = table.rows
    return len(rows) >= least and any(sum(1 for cell in row.cells if cell) >= 2 for row in rows)


def _inside(word: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


class _Pages:
    """Reads pages: plain ones by pdfminer alone, those with ruled lines by pdfplumber (tables)."""

    def __init__(self, document: Any) -> None:
        from pdfminer.converter import PDFPageAggregator
        from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

        manager = PDFResourceManager()
        self.document = document
        self.device = PDFPageAggregator(manager, laparams=None)
        self.interpreter = PDFPageInterpreter(manager, self.device)
        self.images = 0

    def read(self, page: Any, after_table: bool) -> list[Piece]:
        from pdfminer.layout import LTChar, LTFigure, LTImage
        from pdfplumber.utils import extract_words

        self.interpreter.process_page(page.page_obj)
        layout = self.device.get_result()
        chars: list[dict[str, Any]] = []
        drawn = 0
        for item in _flat(layout):
            if isinstance(item, LTChar):
                chars.append(_char(item, layout.height))
            elif isinstance(item, (LTFigure, LTImage)):
                self.images += isinstance(item, LTImage)
            else:
                drawn += 1
        if drawn >= 4:
            pieces = _with_tables(page, after_table)
            page.close()
            return pieces
        words = extract_words(chars, x_tolerance=2, y_tolerance=3, extra_attrs=["fontname", "size"])
        return list(_text_pieces(words, layout.height, layout.width))


def _flat(container: Any) -> Iterator[Any]:
    """The objects of a page, with those inside figures."""
    for item in container:
        yield item
        if hasattr(item, "__iter__"):
            yield from _flat(item)


def _char(item: Any, height: float) -> dict[str, Any]:
    return {
        "text": item.get_text(),
        "x0": item.x0,
        "x1": item.x1,
        "top": height - item.y1,
        "bottom": height - item.y0,
        "doctop": height - item.y1,
        "upright": item.upright,
        "fontname": item.fontname,
        "size": item.size,
    }


def _with_tables(page: Any, after_table: bool) -> list[Piece]:
    """The pieces of a page with ruled lines. A table of one row counts where it goes on from the
    page before."""
    pieces: list[Piece] = []
    boxes: list[tuple[float, float, float, float]] = []
    for number, table in enumerate(sorted(page.find_tables(), key=lambda table: table.bbox[1])):
        if _usable(table, 1 if after_table and not number else 2):
            boxes.append(table.bbox)
            pieces.append(Piece(table.bbox[1], table.bbox[3], rows=_cells(table, page)))
    words = page.extract_words(x_tolerance=2, y_tolerance=3, extra_attrs=["fontname", "size"])
    pieces.extend(_text_pieces([word for word in words if not _inside(word, boxes)], page.height))
    return sorted(pieces, key=lambda piece: piece.top)


def _text_pieces(words: list[dict[str, Any]], height: float, width: float = 0.0) -> Iterator[Piece]:
    """The lines of a page in reading order; with its ``width`` also those of a page set in two columns."""
    lines = _lines(words)
    at = gutter(lines, width) if width else None
    for line in lines if at is None else in_order(lines, at, _lines):
        top, bottom = min(word["top"] for word in line), max(word["bottom"] for word in line)
        middle = (top + bottom) / 2
        yield Piece(
            top,
            bottom,
            _line_text(line),
            all("bold" in word["fontname"].lower() or "black" in word["fontname"].lower() for word in line),
            size=line[0]["size"],
            edge=middle < height * _EDGE or middle > height * (1 - _EDGE),
        )


def _repeated(pages: list[list[Piece]]) -> set[str]:
    """Texts of running heads and feet, digits left out: on three pages or more, or on every page."""
    counts: Counter[str] = Counter()
    for pieces in pages:
        counts.update({re.sub(r"\d+", "#", piece.text) for piece in pieces if piece.edge and piece.text})
    least = min(3, max(2, len(pages)))
    return {text for text, number in counts.items() if number >= least}


_TALLEST = 1.45
"""The step from line to line of one paragraph, in heights of its letters, where no paragraph tells it."""


def _usual_step(pages: list[list[Piece]]) -> float:
    """From line to line within a paragraph: as between lines that one sentence runs over.

    In a letter of short lines and lists most steps are gaps between paragraphs, so the commonest tells nothing.
    """
    steps: Counter[float] = Counter()
    within: Counter[float] = Counter()
    sizes: Counter[float] = Counter()
    for pieces in pages[:40]:
        for above, below in pairwise(pieces):
            if above.text and below.text and below.top > above.top:
                step = round(below.top - above.top, 0)
                steps[step] += 1
                sizes[round(below.size, 1)] += 1
                if below.text[0].islower() and above.text[-1] not in ".:;!?":
                    within[step] += 1
    if not steps:
        return 14.0
    if within.total() > 2:
        return within.most_common(1)[0][0]
    return min(steps.most_common(1)[0][0], sizes.most_common(1)[0][0] * _TALLEST)


def _write(pages: list[list[Piece]], build: Builder, name: str) -> None:
    running = _repeated(pages)
    step = _usual_step(pages)
    rows = 0
    columns: int | None = None
    for number, pieces in enumerate(pages, start=1):
        build.page = number
        previous: Piece | None = None
        for position, piece in enumerate(pieces):
            if piece.rows:
                rows += len(piece.rows)
                if rows > ROW_LIMIT:
                    raise refuse("table_too_large", name)
                width = max(len(row) for row in piece.rows)
                goes_on = columns == width and all(other.edge for other in pieces[:position])
                if not goes_on:
                    build.start_table()
                for row in piece.rows:
                    build.add_row(row)
                columns = width
                previous = None
                continue
            furniture = piece.edge and (re.sub(r"\d+", "#", piece.text) in running or bool(_PAGE.match(piece.text)))
            if not furniture:
                columns = None
                if previous is not None and piece.top - previous.top > step * 1.32:
                    build.newline()
                previous = piece
            build.add("line", piece.text, bold=piece.bold, furniture=furniture)


def read_pdf(name: str, data: bytes, build: Builder) -> int:
    """Append the lines and tables of a PDF; gives the number of pages.

    Raises Unreadable when it is protected, damaged, cut off or has no text layer.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    if b"%%EOF" not in data[-2048:]:
        raise refuse("damaged_file", name)
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", data) and _needs_password(data):
        raise refuse("encrypted_file", name)
    pages: list[list[Piece]] = []
    images = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            reader = _Pages(document)
            for page in document.pages:
                pages.append(reader.read(page, bool(pages) and _ends_in_table(pages[-1])))
            images = reader.images
    except PDFPasswordIncorrect as error:
        raise refuse("encrypted_file", name) from error
    except PdfminerException as error:
        code = "encrypted_file" if "Password" in repr(error) else "damaged_file"
        raise refuse(code, name) from error
    except (PDFException, ValueError, KeyError, TypeError, IndexError, AssertionError, RecursionError) as error:
        raise refuse("damaged_file", name) from error
    if not pages:
        raise refuse("damaged_file", name)
    letters = sum(
        len(piece.text) + sum(len(cell[0]) for row in piece.rows for cell in row) for page in pages for piece in page
    )
    if letters < 25 * len(pages):
        raise refuse("scanned_pdf" if images or letters == 0 else "no_text", name)
    _write(pages, build, name)
    return len(pages)


def _ends_in_table(pieces: list[Piece]) -> bool:
    """True when nothing but the page's foot stands below its last table."""
    for piece in reversed(pieces):
        if piece.rows:
            return True
        if not piece.edge:
            return False
    return False


def _needs_password(data: bytes) -> bool:
    """True when the document cannot be opened without a password (an empty one is tried)."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        return bool(reader.is_encrypted and not reader.decrypt(""))
    except (PyPdfError, ValueError, KeyError, RuntimeError, OSError):
        return False
