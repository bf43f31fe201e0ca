"""Builds canonical text and its blocks piece by piece, so that offsets are right by construction."""

from __future__ import annotations

import unicodedata

from governance.importing.records import Block, Cell


class Builder:
    """Collects text; each ``add_*`` appends one block and a line end."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.page = 1
        self._table = -1

    @property
    def length(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def _append(self, text: str) -> tuple[int, int]:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

    def newline(self) -> None:
        """An empty line: a gap between paragraphs, no block."""
        self._append("\n")

    def add(
        self,
        form: str,
        text: str,
        *,
        level: int = 0,
        marker: str = "",
        bold: bool = False,
        furniture: bool = False,
        page: int | None = None,
    ) -> None:
        """Append one block of text, NFC. Empty text adds nothing."""
        clean = unicodedata.normalize("NFC", text)
        if not clean.strip():
            return
        start, end = self._append(clean)
        self._append("\n")
        self.blocks.append(
            Block(
                form=form,
                start=start,
                end=end,
                page=page or self.page,
                level=level,
                marker=marker,
                bold=bold,
                furniture=furniture,
            )
        )

    def start_table(self) -> None:
        """Rows added from here on belong together."""
        self._table += 1

    def add_row(self, cells: list[tuple[str, int, int]], *, page: int | None = None) -> None:
        """Append a table row; ``cells`` are (text, first column, columns spanned)."""
        if not any(text.strip() for text, _, _ in cells):
            return
        begin = self._length
        kept: list[Cell] = []
        for position, (raw, column, width) in enumerate(cells):
            if position:
                self._append("\t")
            start, end = self._append(unicodedata.normalize("NFC", raw.strip()))
            kept.append(Cell(unicodedata.normalize("NFC", raw.strip()), start, end, column, width))
        finish = self._length
        self._append("\n")
        self.blocks.append(Block("row", begin, finish, page or self.page, table=self._table, cells=tuple(kept)))
