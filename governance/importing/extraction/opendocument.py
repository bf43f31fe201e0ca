"""OpenDocument text (.odt): headings with outline numbers, lists, tables with merged cells."""

from __future__ import annotations

import io
import re
from typing import Any

from governance.importing.extraction.builder import Builder
from governance.importing.extraction.numbering import written
from governance.importing.extraction.refusals import ROW_LIMIT, refuse

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def plain_text(element: Any) -> str:
    """Text of a paragraph with breaks, tabs and spaces; notes and changes are left out."""
    parts: list[str] = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}s"):
            parts.append(" ")
        elif child.tag not in (f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_OFFICE}annotation"):
            parts.append(plain_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


class _Reader:
    def __init__(self, styles: list[Any], build: Builder, name: str) -> None:
        self.build = build
        self.name = name
        self.rows = 0
        self.outline: dict[int, tuple[str, str, str, int]] = {}
        self.lists: dict[str, dict[int, tuple[str, str, str, int]]] = {}
        self.counters: dict[int, int] = {}
        self.notes: list[str] = []
        for root in styles:
            for level in root.iter(f"{_TEXT}outline-level-style"):
                self.outline[int(level.get(f"{_TEXT}level", "1"))] = self._level(level)
            for style in root.iter(f"{_TEXT}list-style"):
                levels = {
                    int(level.get(f"{_TEXT}level", "1")): self._level(level)
                    for level in style.iterchildren(f"{_TEXT}list-level-style-number")
                }
                self.lists[style.get(f"{_STYLE}name", "")] = levels

    @staticmethod
    def _level(level: Any) -> tuple[str, str, str, int]:
        return (
            level.get(f"{_STYLE}num-format", ""),
            level.get(f"{_STYLE}num-prefix", ""),
            level.get(f"{_STYLE}num-suffix", ""),
            int(level.get(f"{_TEXT}display-levels", "1")),
        )

    def heading(self, element: Any) -> None:
        level = int(element.get(f"{_TEXT}outline-level", "1"))
        text = re.sub(r"\s+", " ", plain_text(element)).strip()
        form, prefix, suffix, shown = self.outline.get(level, ("", "", "", 1))
        if not text:
            return
        if form and not re.match(r"\d{1,2}(?:\.\d{1,2})*\.?\s", text):
            self.counters[level] = self.counters.get(level, 0) + 1
            for deeper in [other for other in self.counters if other > level]:
                del self.counters[deeper]
            numbers = [self.counters.get(at, 1) for at in range(max(1, level - shown + 1), level + 1)]
            text = f"{prefix}{'.'.join(str(number) for number in numbers)}{suffix} {text}"
        self.build.add("heading", text, level=level)

    def items(self, element: Any, level: int = 1, style: str = "") -> None:
        style = element.get(f"{_TEXT}style-name") or style
        form, prefix, suffix, _ = self.lists.get(style, {}).get(level, ("", "", "", 1))
        count = 0
        for item in element:
            if item.tag != f"{_TEXT}list-item":
                continue
            count += 1
            mark = f"{prefix}{written(count, _FORMS.get(form, 'decimal'))}{suffix or '.'}" if form else "•"
            first = True
            for child in item:
                if child.tag == f"{_TEXT}list":
                    self.items(child, level + 1, style)
                elif child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                    text = plain_text(child).strip()
                    if text and first:
                        self.build.add("item", f"{mark} {text}", level=level, marker=mark)
                    elif text:
                        self.build.add("paragraph", text)
                    first = False

    def cell_text(self, cell: Any) -> str:
        lines = []
        for node in cell.iter(f"{_TEXT}p", f"{_TEXT}h"):
            text = plain_text(node).strip()
            if text:
                inside = any(above.tag == f"{_TEXT}list-item" for above in node.iterancestors())
                lines.append(f"• {text}" if inside else text)
        return "\n".join(lines)

    def table(self, element: Any) -> None:
        self.build.start_table()
        for row in element.iter(f"{_TABLE}table-row"):
            self.rows += 1
            if self.rows > ROW_LIMIT:
                raise refuse("table_too_large", self.name)
            cells: list[tuple[str, int, int]] = []
            column = 0
            for cell in row:
                if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                    continue
                width = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
                repeated = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), 50)
                if cell.tag.endswith("covered-table-cell"):
                    if not cells or cells[-1][1] + cells[-1][2] <= column:
                        cells.append(("", column, 1))
                    column += repeated
                    continue
                for _ in range(repeated):
                    cells.append((self.cell_text(cell), column, width))
                    column += 1
            self.build.add_row(cells)

    def body(self, element: Any) -> None:
        for child in element:
            if child.tag == f"{_TEXT}h":
                self.heading(child)
            elif child.tag == f"{_TEXT}p":
                text = plain_text(child).strip()
                if text:
                    self.build.add("paragraph", text)
                else:
                    self.build.newline()
            elif child.tag == f"{_TEXT}list":
                self.items(child)
            elif child.tag == f"{_TABLE}table":
                self.table(child)
            elif child.tag in (f"{_TEXT}section", f"{_TEXT}index-body", f"{_TEXT}table-of-content"):
                self.body(child)
            for note in child.iter(f"{_TEXT}note-body"):
                self.notes.append(re.sub(r"\s+", " ", " ".join(note.itertext())).strip())


def read_odt(name: str, data: bytes, build: Builder) -> None:
    """Append the blocks of an OpenDocument text. Raises Unreadable when it is damaged."""
    from lxml import etree
    from odfdo import Document

    try:
        container: Any = Document(io.BytesIO(data)).container
        parser = etree.XMLParser(resolve_entities=False)
        content = etree.fromstring(_bytes(container.get_part("content.xml")), parser)
        styles = etree.fromstring(_bytes(container.get_part("styles.xml")), parser)
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise refuse("damaged_file", name)
        reader = _Reader([styles, content], build, name)
        reader.body(body)
        for note in reader.notes:
            build.add("paragraph", note)
        for part in ("header", "footer"):
            for element in styles.iter(f"{_STYLE}{part}"):
                for paragraph in element.iter(f"{_TEXT}p"):
                    build.add("paragraph", plain_text(paragraph).strip(), furniture=True)
    except (etree.LxmlError, KeyError, ValueError, OSError, AttributeError, TypeError) as error:
        raise refuse("damaged_file", name) from error


def _bytes(part: object) -> bytes:
    if isinstance(part, bytes):
        return part
    return str(part).encode()
