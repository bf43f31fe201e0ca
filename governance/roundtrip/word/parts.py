"""The smallest pieces of a Word document: runs, content controls, fixed text, tables with heads."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from governance.roundtrip.letter import normalised

FIXED = "x"
#: fixed words about a value, which are never read as part of it, not even where the value was copied
NOTE = "n"
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}
_PIECE = re.compile(r"(\n|\t)")


def run(text: str, *, language: str = "", bold: bool = False, italic: bool = False) -> Any:
    """A run with its words, line breaks and tabs, and its language."""
    element = OxmlElement("w:r")
    if language or bold or italic:
        properties = OxmlElement("w:rPr")
        for name, wanted in (("w:b", bold), ("w:i", italic)):
            if wanted:
                properties.append(OxmlElement(name))
        if language:
            lang = OxmlElement("w:lang")
            lang.set(qn("w:val"), LANGUAGES[language])
            properties.append(lang)
        element.append(properties)
    for piece in _PIECE.split(normalised(text)):
        if piece in ("\n", "\t"):
            element.append(OxmlElement("w:br" if piece == "\n" else "w:tab"))
        elif piece:
            words = OxmlElement("w:t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.append(words)
    return element


def control(tag: str, runs: list[Any], *, title: str = "", locked: bool = False) -> Any:
    """A content control around runs. Locked ones are fixed text that the program writes."""
    element = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    if title:
        alias = OxmlElement("w:alias")
        alias.set(qn("w:val"), title[:60])
        properties.append(alias)
    name = OxmlElement("w:tag")
    name.set(qn("w:val"), tag)
    properties.append(name)
    if locked:
        lock = OxmlElement("w:lock")
        lock.set(qn("w:val"), "sdtContentLocked")
        properties.append(lock)
    element.append(properties)
    content = OxmlElement("w:sdtContent")
    for one in runs:
        content.append(one)
    element.append(content)
    return element


def put(paragraph: Any, tag: str, text: str, *, title: str = "", **how: Any) -> None:
    """A value in a paragraph."""
    paragraph._p.append(control(tag, [run(text, **how)], title=title))


def put_fixed(paragraph: Any, text: str, **how: Any) -> None:
    """Fixed words in a paragraph."""
    paragraph._p.append(control(FIXED, [run(text, **how)], locked=True))


def put_note(paragraph: Any, text: str) -> None:
    """Fixed words beside a value: the reader of the file passes over them."""
    paragraph._p.append(control(NOTE, [run(text)], locked=True))


def put_field(paragraph: Any, code: str) -> None:
    """A field that Word computes: PAGE, NUMPAGES."""
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple xmlns:w="{qn("w:x")[1:].partition("}")[0]}" w:instr="{code}"><w:r><w:t>1</w:t></w:r>'
            "</w:fldSimple>"
        )
    )


def mark_table(table: Any, key: str, title: str) -> None:
    """Name a table for screen readers and for reading it back; its first row repeats and is its head."""
    properties = table._tbl.tblPr
    for name, value in (("w:tblCaption", title), ("w:tblDescription", f"sd:{key}")):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        properties.append(element)
    head = table.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    head.append(repeated)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
