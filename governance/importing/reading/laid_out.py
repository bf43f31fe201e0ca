"""Tables set out with spaces whose cells run over several lines (I-13): the lines of a row are put together.

Only the place on the line tells what belongs to what. A block of lines is one table when its widest lines agree on
the columns; a line goes on with the row above when its first cell is plainly the rest of a cell. All else stays a row.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from governance.importing.habits.budget import CHAPTER, POST, SUM_ROW
from governance.importing.habits.markers import BROKEN_OFF, GOAL_ALONE, GOAL_LINE, REFERENCE_LINE, SECTION_NUMBER
from governance.importing.reading.units import Line, as_row
from governance.importing.records import Cell
from governance.importing.values.dates import starts_with_date
from governance.importing.values.text import join_lines

_Band = tuple[int, int]
_AGREE = (4, 5)
"""Four of five lines must fit the columns."""
_NEAR = 3
"""So many characters a cell may stand beside its column, as amounts that are set to the right."""
_FIGURE = re.compile(
    r"^[-–−+]?\s?(?:kr\.?\s*)?[\d .,/:–-]*\d[\d .,/:–-]*(?:%|prosent|pst\.?|kr|kroner|mill\.?|dager|dagar)?$"
)
_CODE = re.compile(r"^[A-ZÆØÅ]{2,6}[-–]\d")
_OPENERS = (_CODE, SECTION_NUMBER, GOAL_LINE, GOAL_ALONE, REFERENCE_LINE, CHAPTER, POST, SUM_ROW)
_TWO_SPACES = re.compile(r"[ \u00a0]{2,}")
_YEARS = re.compile(r"^(?:per\s+)?[\d.]*\d$")


@dataclass(slots=True)
class _Row:
    """Lines of one table row with what each holds in which column."""

    lines: list[tuple[Line, dict[int, Cell]]]

    def last(self, column: int) -> str:
        """The latest words of a column."""
        return next((cells[column].text for _, cells in reversed(self.lines) if column in cells), "")


def lay_out(lines: list[Line]) -> None:
    """Give the first line of each row its whole cells, and mark the lines that go on with it as joined."""
    at = 0
    while at < len(lines):
        block = _block(lines, at)
        at += max(len(block), 1)
        kept = [line for line in block if not line.furniture and not line.aside]
        bands = _bands(kept)
        if bands:
            _join(kept, bands)


def _block(lines: list[Line], first: int) -> list[Line]:
    """The lines from ``first`` on that may be one table: in columns, or single where a cell may go on."""
    if not lines[first].columns or lines[first].furniture or "\t" in lines[first].text:
        return []
    block: list[Line] = []
    starts = _starts(lines[first])
    for line in lines[first:]:
        if line.furniture or line.aside:
            block.append(line)
            continue
        if "\t" in line.text:
            break
        _resplit(line, lines[first])
        if line.columns:
            starts = starts if len(starts) >= len(line.columns) else _starts(line)
        elif line.gap or not _may_go_on(line, starts):
            break
        block.append(line)
    while block and (block[-1].furniture or block[-1].aside):
        block.pop()
    return block


def _resplit(line: Line, head: Line) -> None:
    """Part a line whose columns stand closer than usual, where each piece begins or ends with a column of the head."""
    at = line.start
    cells: list[Cell] = []
    for piece in _TWO_SPACES.split(line.text.rstrip()):
        found = line.text.index(piece, at - line.start)
        cells.append(Cell(piece, line.start + found, line.start + found + len(piece), len(cells)))
        at = line.start + found + len(piece)
    if len(cells) <= max(len(line.columns), 1) or len(cells) > len(head.columns):
        return
    heads = [_place(head, cell) for cell in head.columns]
    places = [_place(line, cell) for cell in cells]
    if all(any(abs(begin - place[0]) < 2 or abs(end - place[1]) < 2 for begin, end in heads) for place in places):
        line.columns = tuple(cells)


def _starts(line: Line) -> list[int]:
    """Where the columns of a line begin."""
    return [cell.start - _begin(line) for cell in line.columns]


def _may_go_on(line: Line, starts: list[int]) -> bool:
    """True for a single piece that stands in one column: below where it begins, and not into the next."""
    near = [number for number, start in enumerate(starts) if abs(start - line.indent) <= _NEAR]
    if not near:
        return line.indent > starts[-1] or line.indent + len(line.text) <= starts[1]
    following = starts[near[-1] + 1 :]
    return not following or line.indent + len(line.text.rstrip()) <= following[0]


def _begin(line: Line) -> int:
    return line.start - line.indent


def _pieces(line: Line) -> tuple[Cell, ...]:
    return line.columns or (Cell(line.text.strip(), line.start, line.start + len(line.text.rstrip()), 0),)


def _place(line: Line, cell: Cell) -> _Band:
    return cell.start - _begin(line), cell.end - _begin(line)


def _bands(lines: list[Line]) -> list[_Band]:
    """From where to where each column reaches: told by the lines with most cells that most others agree with."""
    counts = Counter(len(line.columns) for line in lines if line.columns)
    if len(lines) < 3 or sum(counts.values()) < 2:
        return []
    for width in sorted(counts, reverse=True):
        bands = _reach(lines, width)
        kept = sum(1 for line in lines if line.columns and _columns(line, bands)) if len(bands) == width else 0
        if kept > 1 and kept * _AGREE[1] >= sum(counts.values()) * _AGREE[0]:
            return bands
    return []


def _reach(lines: list[Line], width: int) -> list[_Band]:
    bands: list[_Band] = []
    for begin, end in sorted(
        _place(line, cell) for line in lines if len(line.columns) == width for cell in line.columns
    ):
        if bands and begin < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], end))
        else:
            bands.append((begin, end))
    return bands


def _columns(line: Line, bands: list[_Band]) -> list[_Band]:
    """(column, how many it reaches over) of each piece of a line; empty when they do not stand in order."""
    found = _with_one_apart([_column(bands, _place(line, cell)) for cell in _pieces(line)], len(bands))
    ends = [column + width for column, width in found]
    in_order = all(column >= 0 for column, _ in found) and all(
        start >= end for (start, _), end in zip(found[1:], ends, strict=False)
    )
    return found if in_order else []


def _with_one_apart(found: list[_Band], count: int) -> list[_Band]:
    """A piece that stands apart between two that do not belongs to the column left between them."""
    apart = [number for number, (column, _) in enumerate(found) if column < 0]
    if len(apart) != 1 or len(found) < 3:
        return found
    at = apart[0]
    first = sum(found[at - 1]) if at else 0
    last = found[at + 1][0] if at + 1 < len(found) else count
    if last - first != 1:
        return found
    return [*found[:at], (first, 1), *found[at + 1 :]]


def _column(bands: list[_Band], place: _Band) -> _Band:
    """The column a piece stands in and how many it reaches over; (-1, 0) when it stands apart."""
    over = [number for number, band in enumerate(bands) if min(band[1], place[1]) > max(band[0], place[0])]
    if over:
        return over[0], len(over)
    near = min(range(len(bands)), key=lambda number: abs(bands[number][0] - place[0]))
    return (near, 1) if abs(bands[near][0] - place[0]) <= _NEAR else (-1, 0)


def _join(lines: list[Line], bands: list[_Band]) -> None:
    rows: list[_Row] = []
    for line in lines:
        places = _columns(line, bands)
        cells = {
            column: replace(cell, column=column, width=width)
            for (column, width), cell in zip(places, _pieces(line), strict=False)
        }
        current = rows[-1] if rows and rows[-1].lines[0][1] else None
        cells = _below(current, cells) if current else cells
        if cells and current is not None and _goes_on(current, line, cells, bands, head=len(rows) == 1):
            current.lines.append((line, cells))
        else:
            rows.append(_Row([(line, cells)]))
    for row in rows:
        _write(row)


def _below(row: _Row, cells: dict[int, Cell]) -> dict[int, Cell]:
    """The pieces of a line under the columns of the row above: a cell there may reach over two of them."""
    over = {column + step: column for column, cell in row.lines[0][1].items() for step in range(1, cell.width)}
    moved = {over.get(column, column): cell for column, cell in cells.items()}
    return moved if len(moved) == len(cells) else cells


def _goes_on(row: _Row, line: Line, cells: dict[int, Cell], bands: list[_Band], *, head: bool) -> bool:
    """True when the line holds the rest of cells of the row above."""
    if line.gap:
        return False
    column, cell = min(cells.items())
    if head and column > 0:
        return all(_YEARS.match(piece.text) or not _is_figure(piece.text) for piece in cells.values())
    if any(_is_figure(piece.text) for place, piece in cells.items() if place > 0 and len(bands) > 2):
        return cell.text[0].islower() and not any(place in row.lines[0][1] for place in cells if place > column)
    before = row.last(column)
    if not before:
        return column > 0 and cell.text[0].islower()
    alone = len(row.lines[0][1]) < 2
    if column == 0 and (alone or _opens_anew(cell.text)):
        return False
    if cell.text[0].islower() or BROKEN_OFF.search(before) or (column > 0 and cell.text[0] == "("):
        return True
    if column == 0 and len(cells) > 1:
        return False
    first = cell.text.split(None, 1)[0]
    return len(before) + 1 + len(first) > bands[column][1] - bands[column][0] and before[-1] not in ".:;"


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.match(text)) and not re.fullmatch(r"20\d\d", text)


def _opens_anew(text: str) -> bool:
    """True for what never goes on with a cell: a date, a number, a goal, a chapter or post, a sum, a bracket."""
    return text[0] == "(" or bool(starts_with_date(text)) or any(pattern.match(text) for pattern in _OPENERS)


def _write(row: _Row) -> None:
    first, cells = row.lines[0]
    if not cells:
        return
    if len(row.lines) == 1:
        if first.columns or min(cells) > 0:
            first.columns = tuple(cell for _, cell in sorted(cells.items()))
        return
    merged: list[Cell] = []
    for column in sorted({column for _, held in row.lines for column in held}):
        parts = [held[column] for _, held in row.lines if column in held]
        merged.append(replace(parts[0], text=_text(parts), width=max(part.width for part in parts)))
    as_row([line for line, _ in row.lines], merged)


def _text(parts: list[Cell]) -> str:
    """The lines of a cell: one that begins anew with a capital keeps its line, the rest of a sentence does not."""
    lines: list[str] = []
    for part in parts:
        if lines and (not part.text[0].isupper() or BROKEN_OFF.search(lines[-1])):
            lines[-1] = join_lines([lines[-1], part.text])
        else:
            lines.append(part.text)
    return "\n".join(lines)
