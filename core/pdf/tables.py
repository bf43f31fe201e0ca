"""Tables as data: columns with widths in millimetres, rows of cells, and what stands around them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.pdf.inline import Language, Mark, Span, Text

ColumnKind = Literal["text", "number", "code", "status", "quote"]
"""``number`` is right aligned with tabular figures; ``code`` is an identifier or a date that is
never broken; ``quote`` is set in serif; ``status`` is a word with its mark."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` in mm; the widths of a table add up to the block (166, or 253 on a wide
    page) or to less when the table is narrower. ``group`` is the title of a heading above this and
    the neighbouring columns with the same group (two heading levels; use it sparingly)."""

    title: Text
    width: float
    kind: ColumnKind = "text"
    group: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """A status is a word; the mark beside it is decoration and never the only carrier."""

    word: str
    mark: Mark = "none"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's own words with the place they stand, inside a cell."""

    text: str
    place: str = ""
    lang: Language | None = None
    quotation_marks: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """A number with a flag hanging to the right of its digits (b = break in series, f =
    provisional, o = disputed); the flags are explained under the table."""

    value: int | float | Decimal | None
    flag: str = ""
    percent: bool = False
    sign: bool = False
    decimals: int | None = None


CellContent = Text | Span | Status | Quoted | Figures | int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with more than one line of content, or one that spans columns.

    Each part of ``lines`` is set on its own line (a status word, then what it means)."""

    lines: tuple[CellContent, ...]
    colspan: int = 1
    lang: Language | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """``group`` is a heading row for the rows under it, ``sum`` closes them. A sum row may have
    fewer cells than columns: its label then spans the text columns before the numbers."""

    cells: tuple[CellContent | Cell, ...]
    kind: Literal["data", "group", "sum"] = "data"
    lang: Language | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table: label and title above, unit in brackets, note or source below.

    ``row_headers`` makes the first column headings of their rows for screen readers (it looks the
    same); leave it on unless the first column repeats itself. ``keep`` keeps a short table on one
    page; by default that is every table of up to 14 rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: Text = ""
    unit: str = ""
    note: Text = ""
    key: str = ""
    row_headers: bool = True
    keep: bool | None = None
    numbered: bool = True

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ValueError(f"Table {self.key or self.title!r}: " + "; ".join(problems))

    @property
    def width(self) -> float:
        """Sum of the column widths in mm."""
        return sum(column.width for column in self.columns)

    @property
    def has_groups(self) -> bool:
        """Whether the heading has two levels."""
        return any(column.group for column in self.columns)


def span_of(cell: CellContent | Cell) -> int:
    """How many columns a cell covers."""
    return cell.colspan if isinstance(cell, Cell) else 1


def _problems(table: Table) -> list[str]:
    """What is wrong with the grid: every row must fill it, or be a sum or group row that can."""
    problems = []
    if not table.columns:
        return ["no columns"]
    if table.width > WIDE_BLOCK:
        problems.append(f"{table.width} mm is wider than a wide page ({WIDE_BLOCK} mm)")
    for number, row in enumerate(table.rows, start=1):
        filled = sum(span_of(cell) for cell in row.cells)
        too_few = filled == 0 or (row.kind == "data" and filled < len(table.columns))
        if too_few or filled > len(table.columns):
            problems.append(f"row {number} fills {filled} of {len(table.columns)} columns")
    return problems


BLOCK = 166.0
"""Width of the text block on an upright page, in mm."""
WIDE_BLOCK = 253.0
"""Width of the text block on a wide (landscape) page, in mm."""
AXIS = 36.0
"""Where words start, in mm from the left edge of the block."""
