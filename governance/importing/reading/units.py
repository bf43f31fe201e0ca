"""Units: the paragraphs, list items, headings and table rows that recognisers read.

A unit knows its lines in the canonical text; ``locate`` turns a place in its cleaned text into
a span of the canonical text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from governance.importing.records import Cell, PassageForm, Span


@dataclass(slots=True)
class Line:
    """A visual line with what stood around it."""

    start: int
    end: int
    text: str
    page: int
    indent: int
    gap: bool
    """True when white space before the line says that a new paragraph begins."""
    furniture: bool = False
    aside: bool = False
    """A footnote: text of its own that the paragraph around it flows past."""
    bold: bool = False
    columns: tuple[Cell, ...] = ()
    joined: bool = False
    """Goes on with the cells of the table row above."""


@dataclass(slots=True)
class Unit:
    """A piece of the letter as a reader sees it. ``text`` has no list marker."""

    form: PassageForm
    text: str
    start: int
    end: int
    page: int
    lines: list[Line] = field(default_factory=list)
    marker: str = ""
    number: str = ""
    level: int = 0
    gap: bool = True
    cells: tuple[Cell, ...] = ()
    table: int = -1
    furniture: bool = False
    styled: bool = False
    weak: bool = False
    """A heading told only by its looks (short, no number, no style)."""
    bold: bool = False
    index: int = -1
    section: int | None = None
    _map: list[int] | None = None

    @property
    def is_heading(self) -> bool:
        return self.form is PassageForm.HEADING

    @property
    def is_item(self) -> bool:
        return self.form is PassageForm.LIST_ITEM

    @property
    def is_row(self) -> bool:
        return self.form is PassageForm.TABLE_ROW

    @property
    def is_text(self) -> bool:
        return self.form is PassageForm.PARAGRAPH

    @property
    def heading_text(self) -> str:
        """Number and text of a heading as one line."""
        return f"{self.number} {self.text}".strip()


def as_row(lines: list[Line], cells: list[Cell]) -> None:
    """Make one table row of lines: the first holds the cells, the others go on with it."""
    for line in lines:
        line.furniture, line.joined, line.columns = False, line is not lines[0], ()
    lines[0].columns = tuple(cells)


def align(clean: str, raw: str) -> list[int]:
    """For each character of ``clean`` its index in ``raw``; both differ in white space, line-end
    hyphens and a marker in front only. Linear: word by word, and letter by letter where a word
    was joined over two lines."""
    places: list[int] = []
    at = 0
    for position, word in enumerate(clean.split(" ")):
        if position:
            places.append(min(at, len(raw)))
        found = raw.find(word, at, at + len(word) + 400) if word else at
        if found < 0:
            at = _align_letters(word, raw, at, places)
            continue
        places.extend(range(found, found + len(word)))
        at = found + len(word)
    places.append(len(raw))
    return places


def _align_letters(word: str, raw: str, at: int, places: list[int]) -> int:
    for char in word:
        probe = raw.find(char, at, at + 400)
        if probe < 0:
            places.append(min(at, len(raw)))
            continue
        places.append(probe)
        at = probe + 1
    return at


def locate(unit: Unit, canonical: str, field_name: str, start: int, end: int) -> Span:
    """The span of ``unit.text[start:end]`` in the canonical text."""
    if unit._map is None:
        unit._map = align(unit.text, canonical[unit.start : unit.end])
    last = len(unit._map) - 1
    begin = unit._map[min(max(start, 0), last)]
    final = unit._map[min(max(end - 1, 0), last)] + 1 if end > start else begin
    return Span(field_name, unit.start + begin, unit.start + max(final, begin))
