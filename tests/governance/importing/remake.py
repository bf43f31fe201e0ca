"""Makes Word, OpenDocument, HTML and PDF files out of a letter's text, in a temporary folder.

The words come from the letter given; here are only rules for setting them out again: real
heading styles, automatic numbers, tables with merged cells, running heads and feet.
"""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from governance.importing.extraction.door import extract
from governance.importing.habits.letterheads import GREETING
from governance.importing.reading.reader import outline_of
from governance.importing.reading.units import Unit
from governance.importing.records import DraftLetter, SourceFile


@dataclass
class Piece:
    """A heading, paragraph, item or table to set out."""

    kind: str
    text: str = ""
    level: int = 1
    number: str = ""
    rows: list[list[str]] = field(default_factory=list)


def pieces_of(name: str, data: bytes, draft: DraftLetter) -> list[Piece]:
    """The letter's units as pieces; calendar and budget rows gathered into tables."""
    outline = outline_of(extract([SourceFile(name, data)]))
    calendar = {index for item in draft.calendar for index in item.passages}
    budget = {index for line in draft.budget_lines for index in line.passages}
    earmarked = {index for index in budget if len(outline.units[index].text) > 200}
    pieces: list[Piece] = []
    done: set[str] = set()
    for unit in outline.units:
        if unit.furniture or "Kap./post" in unit.text or unit.text in ("Kommentarer", "Dato Tiltak Merknad"):
            continue
        if unit.index in calendar or (unit.index in budget and unit.index not in earmarked):
            kind = "calendar" if unit.index in calendar else "budget"
            if kind not in done:
                done.add(kind)
                pieces.append(Piece("table", rows=_calendar(draft) if kind == "calendar" else _budget(draft)))
            continue
        pieces.append(_piece(unit))
    return pieces


def pieces_as_set_out(name: str, data: bytes) -> list[Piece]:
    """The letter's units as its author set them out: rows stay tables, small headings are bold lines."""
    outline = outline_of(extract([SourceFile(name, data)]))
    pieces: list[Piece] = []
    table = -1
    body = False
    for unit in outline.units:
        if unit.furniture:
            continue
        if unit.is_row:
            if unit.table != table or not pieces or pieces[-1].kind != "table":
                pieces.append(Piece("table"))
            pieces[-1].rows.append(_cells(unit))
            table = unit.table
            continue
        body = (body or (unit.is_heading and not unit.weak)) and not GREETING.match(unit.text)
        if unit.is_heading and unit.weak:
            pieces.append(Piece("strong" if body else "paragraph", unit.text))
        elif unit.is_item and re.search(r"\w", unit.marker):
            pieces.append(Piece("paragraph", f"{unit.marker} {unit.text}"))
        else:
            pieces.append(_piece(unit))
    for piece in pieces:
        width = max((len(row) for row in piece.rows), default=0)
        piece.rows = [row + [""] * (width - len(row)) for row in piece.rows]
    return pieces


def _cells(unit: Unit) -> list[str]:
    cells = [""] * (max(cell.column for cell in unit.cells) + 1)
    for cell in unit.cells:
        cells[cell.column] = cell.text
    return cells


def _piece(unit: Unit) -> Piece:
    if unit.is_heading:
        reference = unit.text[:2].isupper() and any(char.isdigit() for char in unit.text[:8])
        level = unit.level or (4 if unit.weak else 1)
        kind = "strong" if reference else "heading"
        return Piece(kind, unit.text, 1 if unit.text.startswith("Vedlegg") else min(level, 4), unit.number)
    if unit.is_item:
        return Piece("item", unit.text, number=unit.marker)
    return Piece("paragraph", unit.text)


def _calendar(draft: DraftLetter) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for item in draft.calendar:
        if item.row in rows:
            rows[item.row][1] = f"• {rows[item.row][1]}\n• {item.title}"
        else:
            rows[item.row] = [item.date_text, item.title, item.note]
    return [["Dato", "Tiltak", "Merknad"], *rows.values()]


def _budget(draft: DraftLetter) -> list[list[str]]:
    rows = [["Kap./post", "Benevnelse", "Tildeling", "Kommentarer"]]
    for line in draft.budget_lines:
        code = "" if line.continues_row else f"{line.chapter}.{line.post}"
        name = "" if line.continues_row else line.name
        rows.append([code, name, line.amount_as_written.replace("\n", " "), line.comment.replace("; ", "\n• ")])
    return rows


# ------------------------------------------------------------------ Word


def to_word(pieces: list[Piece]) -> bytes:
    """A .docx: numbered headings by automatic numbering, bullets by list style, merged cells."""
    document = Document()
    abstract = _numbering(document)
    header = document.sections[0].header.paragraphs[0]
    header.text = "Unummerert topptekst for prøven"
    document.sections[0].footer.paragraphs[0].text = "Side 1"
    for piece in pieces:
        if piece.kind == "heading":
            paragraph = document.add_heading(piece.text, level=piece.level)
            if piece.number:
                _number(paragraph, abstract, piece.number.count("."))
        elif piece.kind == "strong":
            document.add_paragraph().add_run(piece.text).bold = True
        elif piece.kind == "item" and not piece.number[:1].isdigit():
            document.add_paragraph(piece.text, style="List Bullet")
        elif piece.kind == "item":
            document.add_paragraph(piece.text, style="List Number")
        elif piece.kind == "table":
            _word_table(document, piece.rows)
        else:
            document.add_paragraph(piece.text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _numbering(document: WordDocument) -> str:
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level in range(4):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        for tag, value in (
            ("w:start", "1"),
            ("w:numFmt", "decimal"),
            ("w:lvlText", "".join(f"%{upper + 1}." for upper in range(level + 1))),
        ):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            element.append(child)
        abstract.append(element)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "90")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "90")
    number.append(reference)
    root.append(number)
    return "90"


def _number(paragraph: object, number: str, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
    numbered = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", str(level)), ("w:numId", number)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        numbered.append(child)
    properties.append(numbered)


def _word_table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for position, row in enumerate(rows[1:], start=1):
        if not any(row[:2]) and position > 1:
            for column in (0, 1):
                above = table.cell(position - 1, column)
                kept = above.text
                above.merge(table.cell(position, column)).text = kept


# ------------------------------------------------------------------ HTML and PDF


def to_html(pieces: list[Piece]) -> str:
    """A page with the same pieces; numbers stand in the text."""
    parts: list[str] = []
    listed = False
    for piece in pieces:
        text = html.escape(piece.text)
        if piece.kind == "item" and not listed:
            parts.append("<ul>")
        elif piece.kind != "item" and listed:
            parts.append("</ul>")
        listed = piece.kind == "item"
        if piece.kind == "heading":
            parts.append(f"<h{piece.level}>{piece.number + ' ' if piece.number else ''}{text}</h{piece.level}>")
        elif piece.kind == "strong":
            parts.append(f"<p><strong>{text}</strong></p>")
        elif piece.kind == "item":
            parts.append(f"<li>{text}</li>")
        elif piece.kind == "table":
            cells = (
                "<tr>" + "".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>"
                for row in piece.rows
            )
            parts.append(f"<table>{''.join(cells)}</table>")
        else:
            parts.append(f"<p>{text}</p>")
    style = (
        "@page{size:A4;margin:25mm;@bottom-center{content:'Side ' counter(page)}"
        "@top-right{content:'Topptekst i prøven'}}body{font:11pt 'Liberation Serif'}"
        "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:2pt}"
        "tr{break-inside:avoid}td:nth-child(3){width:25%}h1,h2,h3,h4{font-size:12pt}"
    )
    return f"<!doctype html><html lang='nb'><head><style>{style}</style></head><body>{''.join(parts)}</body></html>"


def to_pdf(page: str) -> bytes:
    """The page as PDF, through WeasyPrint."""
    from weasyprint import HTML

    made = HTML(string=page).write_pdf()
    assert isinstance(made, bytes)
    return made


# ------------------------------------------------------------------ OpenDocument


def to_odt(pieces: list[Piece]) -> bytes:
    """An .odt: headings with outline levels, lists and tables."""
    from odfdo import Document as OpenDocument
    from odfdo import Header, List, ListItem, Paragraph, Table

    document = OpenDocument("text")
    body = document.body
    body.clear()
    items: List | None = None
    for piece in pieces:
        if piece.kind != "item":
            items = None
        if piece.kind == "heading":
            body.append(Header(piece.level, f"{piece.number} {piece.text}".strip()))
        elif piece.kind == "item":
            if items is None:
                items = List()
                body.append(items)
            items.append(ListItem(piece.text))
        elif piece.kind == "table":
            table = Table("Tabell", width=len(piece.rows[0]), height=len(piece.rows))
            for at, row in enumerate(piece.rows):
                for column, text in enumerate(row):
                    table.set_value((column, at), text.replace("\n", " "))
            body.append(table)
        else:
            body.append(Paragraph(piece.text))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
