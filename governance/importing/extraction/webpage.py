"""HTML: headings, paragraphs, lists and tables; scripts, styles and navigation are left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from governance.importing.extraction.builder import Builder

_SKIPPED = {"script", "style", "head", "nav", "noscript", "svg", "template", "title", "iframe", "button", "form"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "blockquote",
    "pre",
    "address",
    "dd",
    "dt",
    "figcaption",
}
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "track", "wbr"}


class _Table:
    def __init__(self) -> None:
        self.rows: list[list[tuple[str, int, int]]] = []
        self.spans: dict[int, int] = {}
        self.row: list[tuple[str, int, int]] | None = None
        self.column = 0
        self.cell: list[str] | None = None
        self.width = 1
        self.height = 1
        self.lead = False

    def open_row(self) -> None:
        self.close_row()
        self.row, self.column = [], 0

    def open_cell(self, width: int, height: int) -> None:
        if self.row is None:
            self.open_row()
        self.close_cell()
        while self.spans.get(self.column, 0) > 0:
            self.spans[self.column] -= 1
            self.column += 1
        self.cell, self.width, self.height = [], max(1, min(width, 50)), max(1, min(height, 500))

    def close_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        text = re.sub(r"[ \t]*\n\s*", "\n", "".join(self.cell)).strip()
        self.row.append((text, self.column, self.width))
        for column in range(self.column, self.column + self.width):
            self.spans[column] = self.height - 1
        self.column += self.width
        self.cell = None

    def close_row(self) -> None:
        self.close_cell()
        if self.row:
            self.rows.append(self.row)
        self.row = None


class _Reader(HTMLParser):
    def __init__(self, build: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self.build = build
        self.skip = 0
        self.text: list[str] = []
        self.heading = 0
        self.lists: list[tuple[str, int]] = []
        self.item: str | None = None
        self.bold_depth = 0
        self.plain = False
        self.tables: list[_Table] = []

    def flush(self) -> None:
        text = re.sub(r"[ \t]*\n\s*", "\n", "".join(self.text)).strip()
        self.text = []
        if text:
            if self.heading:
                self.build.add("heading", text.replace("\n", " "), level=self.heading)
            elif self.item is not None:
                self.build.add("item", f"{self.item} {text}", level=len(self.lists), marker=self.item)
                self.item = None
            else:
                self.build.add("paragraph", text, bold=not self.plain)
        self.plain = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skip += 1
        if self.skip:
            return
        if tag == "br":
            self._text("\n")
        elif tag in ("b", "strong"):
            self.bold_depth += 1
            if self.tables and self.tables[-1].cell is not None:
                self.tables[-1].lead = not "".join(self.tables[-1].cell).strip()
        elif self.tables or tag == "table":
            self._table_tag(tag, dict(attrs))
        elif re.fullmatch(r"h[1-6]", tag):
            self.flush()
            self.heading = int(tag[1])
        elif tag in ("ul", "ol"):
            self.flush()
            start = dict(attrs).get("start") or "1"
            self.lists.append((tag, int(start) - 1 if start.isdigit() else 0))
        elif tag == "li":
            self._open_item()
        elif tag in _BLOCKS:
            self.flush()

    def _open_item(self) -> None:
        self.flush()
        if not self.lists:
            self.lists.append(("ul", 0))
        kind, count = self.lists[-1]
        self.lists[-1] = (kind, count + 1)
        self.item = f"{count + 1}." if kind == "ol" else "•"

    def _table_tag(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "table":
            if not self.tables:
                self.flush()
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].open_row()
        elif tag in ("td", "th"):
            width, height = (attrs.get(name) or "1" for name in ("colspan", "rowspan"))
            self.tables[-1].open_cell(int(width) if width.isdigit() else 1, int(height) if height.isdigit() else 1)
        elif tag == "li":
            self._text("\n• ")
        elif tag in _BLOCKS:
            self._text("\n")

    def _end_bold_lead(self) -> None:
        """Bold words that open a cell are a line of their own."""
        cell = self.tables[-1].cell if self.tables else None
        if cell is not None and self.tables[-1].lead and "".join(cell).strip():
            cell.append("\n")
        if self.tables:
            self.tables[-1].lead = False

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skip = max(0, self.skip - 1)
            return
        if self.skip or tag in _VOID:
            return
        if tag in ("b", "strong"):
            self.bold_depth = max(0, self.bold_depth - 1)
            self._end_bold_lead()
        elif tag == "table" and self.tables:
            self._close_table()
        elif self.tables:
            if tag == "tr":
                self.tables[-1].close_row()
        elif re.fullmatch(r"h[1-6]", tag):
            self.flush()
            self.heading = 0
        elif tag in ("ul", "ol"):
            self.flush()
            if self.lists:
                self.lists.pop()
        elif tag == "li" or tag in _BLOCKS:
            self.flush()

    def _close_table(self) -> None:
        table = self.tables.pop()
        table.close_row()
        if self.tables:
            self._text("\n".join(" ".join(cell for cell, _, _ in row) for row in table.rows))
            return
        self.build.start_table()
        for row in table.rows:
            self.build.add_row(row)

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self._text(re.sub(r"\s+", " ", data))

    def _text(self, data: str) -> None:
        if self.tables:
            if self.tables[-1].cell is not None:
                self.tables[-1].cell.append(data)
            return
        if data.strip() and not self.bold_depth:
            self.plain = True
        self.text.append(data)


def read_html(text: str, build: Builder) -> None:
    """Append the blocks of an HTML page."""
    reader = _Reader(build)
    reader.feed(text)
    reader.close()
    while reader.tables:
        reader._close_table()
    reader.flush()
