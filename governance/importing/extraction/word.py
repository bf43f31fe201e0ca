"""Word (.docx): headings by style, automatic numbers, lists, tables with merged cells, heads and feet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from governance.importing.extraction.builder import Builder
from governance.importing.extraction.numbering import Numbering
from governance.importing.extraction.refusals import ROW_LIMIT, refuse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^(?:heading|overskrift|tittel|title)\s*(\d)?", re.IGNORECASE)


class _Reader:
    def __init__(self, document: Any, build: Builder, name: str) -> None:
        self.document = document
        self.build = build
        self.name = name
        self.styles = {style.style_id: style for style in document.styles}
        self.numbering = Numbering(self._numbering_root())
        self.rows = 0

    def _numbering_root(self) -> Any | None:
        for relation in self.document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                return relation.target_part.element
        return None

    def style_chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style and those it is based on."""
        properties = paragraph.find(f"{_W}pPr")
        reference = properties.find(f"{_W}pStyle") if properties is not None else None
        style = self.styles.get(reference.get(f"{_W}val")) if reference is not None else None
        for _ in range(12):
            if style is None:
                return
            yield style
            style = style.base_style

    def _property(self, paragraph: Any, path: str) -> Any | None:
        properties = paragraph.find(f"{_W}pPr")
        found = properties.find(path) if properties is not None else None
        if found is not None:
            return found
        for style in self.style_chain(paragraph):
            properties = style.element.find(f"{_W}pPr")
            found = properties.find(path) if properties is not None else None
            if found is not None:
                return found
        return None

    def heading_level(self, paragraph: Any) -> int:
        outline = self._property(paragraph, f"{_W}outlineLvl")
        if outline is not None and int(outline.get(f"{_W}val", "9")) < 9:
            return int(outline.get(f"{_W}val", "0")) + 1
        for style in self.style_chain(paragraph):
            match = _HEADING.match(style.name or "")
            if match:
                return int(match[1] or 1)
        return 0

    def mark(self, paragraph: Any) -> tuple[str, int]:
        """(automatic number or bullet, level) of a paragraph."""
        numbered = self._property(paragraph, f"{_W}numPr")
        if numbered is None:
            return "", 0
        level, number = numbered.find(f"{_W}ilvl"), numbered.find(f"{_W}numId")
        if number is None or number.get(f"{_W}val") == "0":
            return "", 0
        depth = int(level.get(f"{_W}val", "0")) if level is not None else self._style_level(paragraph)
        return self.numbering.next(number.get(f"{_W}val", ""), depth), depth

    def _style_level(self, paragraph: Any) -> int:
        level = self.heading_level(paragraph)
        return max(0, level - 1)

    def text_of(self, element: Any) -> str:
        """Text of a paragraph with breaks and tabs, without deleted text and field codes."""
        parts: list[str] = []
        for node in element.iter():
            tag = node.tag
            if tag == f"{_W}t":
                if not any(above.tag in (f"{_W}del", f"{_W}moveFrom") for above in node.iterancestors()):
                    parts.append(node.text or "")
            elif tag == f"{_W}tab" and node.getparent().tag == f"{_W}r":
                parts.append(" ")
            elif tag in (f"{_W}br", f"{_W}cr"):
                if node.get(f"{_W}type") == "page":
                    self.build.page += 1
                parts.append("\n")
            elif tag == f"{_W}lastRenderedPageBreak":
                self.build.page += 1
            elif tag == f"{_W}noBreakHyphen":
                parts.append("-")
        return re.sub(r"[ \t]+", " ", "".join(parts)).strip()

    def is_bold(self, paragraph: Any) -> bool:
        runs = [
            run for run in paragraph.iter(f"{_W}r") if "".join(text.text or "" for text in run.iter(f"{_W}t")).strip()
        ]
        if not runs:
            return False

        def bold(run: Any) -> bool:
            sign = run.find(f"{_W}rPr/{_W}b")
            return sign is not None and sign.get(f"{_W}val", "1") not in ("0", "false")

        return all(bold(run) for run in runs)

    def paragraph(self, paragraph: Any) -> None:
        text = self.text_of(paragraph)
        level = self.heading_level(paragraph)
        if not text:
            self.build.newline()
            return
        mark, depth = self.mark(paragraph)
        if level:
            self.build.add("heading", f"{mark} {text}".strip().replace("\n", " "), level=level)
        elif mark:
            self.build.add("item", f"{mark} {text}", level=depth + 1, marker=mark)
        else:
            self.build.add("paragraph", text, bold=self.is_bold(paragraph))

    def _bold_lead(self, paragraph: Any) -> str:
        """The text of a paragraph, with a line end after bold words that open it."""
        text = self.text_of(paragraph)
        if self.is_bold(paragraph):
            return text
        lead = ""
        for run in paragraph.iter(f"{_W}r"):
            sign = run.find(f"{_W}rPr/{_W}b")
            words = "".join(part.text or "" for part in run.iter(f"{_W}t"))
            if words.strip() and (sign is None or sign.get(f"{_W}val", "1") in ("0", "false")):
                break
            lead += words
        lead = re.sub(r"\s+", " ", lead).strip()
        return f"{lead}\n{text[len(lead) :].strip()}" if len(lead) > 3 and text.startswith(lead) else text

    def cell_text(self, cell: Any) -> str:
        lines: list[str] = []
        for paragraph in cell.iter(f"{_W}p"):
            text = self._bold_lead(paragraph) if not lines else self.text_of(paragraph)
            mark, _ = self.mark(paragraph)
            if text:
                lines.append(f"{mark} {text}".strip())
        return "\n".join(lines)

    def table(self, table: Any) -> None:
        self.build.start_table()
        for row in table.findall(f"{_W}tr"):
            self.rows += 1
            if self.rows > ROW_LIMIT:
                raise refuse("table_too_large", self.name)
            cells: list[tuple[str, int, int]] = []
            before = row.find(f"{_W}trPr/{_W}gridBefore")
            column = int(before.get(f"{_W}val", "0")) if before is not None else 0
            for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"):
                span = cell.find(f".//{_W}tcPr/{_W}gridSpan")
                width = int(span.get(f"{_W}val", "1")) if span is not None else 1
                merged = cell.find(f".//{_W}tcPr/{_W}vMerge")
                continued = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
                cells.append(("" if continued else self.cell_text(cell), column, width))
                column += width
            self.build.add_row(cells)

    def body(self, element: Any) -> None:
        for child in element.iterchildren():
            if child.tag == f"{_W}p":
                self.paragraph(child)
            elif child.tag == f"{_W}tbl":
                self.table(child)
            elif child.tag == f"{_W}sdt":
                content = child.find(f"{_W}sdtContent")
                if content is not None:
                    self.body(content)
            elif child.tag in (f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
                self.body(child)

    def heads_and_feet(self) -> None:
        """Running heads and feet, each once, as page furniture."""
        seen: set[str] = set()
        for section in self.document.sections:
            for part in (section.first_page_header, section.header, section.first_page_footer, section.footer):
                for paragraph in part._element.iter(f"{_W}p"):
                    text = self.text_of(paragraph)
                    if text and text not in seen:
                        seen.add(text)
                        self.build.add("paragraph", text, furniture=True)

    def footnotes(self) -> None:
        for relation in self.document.part.rels.values():
            if not relation.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            from lxml import etree

            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            for paragraph in root.iter(f"{_W}p"):
                text = self.text_of(paragraph)
                if text:
                    self.build.add("paragraph", text)


def read_docx(name: str, data: bytes, build: Builder) -> None:
    """Append the blocks of a Word document. Raises Unreadable when it is damaged."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document, build, name)
        reader.body(document.element.body)
        reader.footnotes()
        reader.heads_and_feet()
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, EOFError, OSError) as error:
        raise refuse("damaged_file", name) from error
