"""Tables whose cells came out under each other (I-13): «Kap.», «Post», «Beløp», «902», «01», «129 755» …

A table is told by its head: short pieces that name columns, the first of them a date, a chapter, a number or a measure.
Where a row begins, and which piece belongs to which column, is told by what the first column holds. A piece is one
line, or, where empty lines part the cells, the lines between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from governance.importing.habits import budget as money
from governance.importing.habits.calendar import DATE_HEADS
from governance.importing.habits.labels import WORDS, Label
from governance.importing.habits.markers import LABEL_ONLY, marker_of
from governance.importing.reading.units import Line, as_row
from governance.importing.records import Cell
from governance.importing.values.dates import find_week, starts_with_date
from governance.importing.values.money import table_amount
from governance.importing.values.text import join_lines

_LONGEST_CELL = 160
_MOST_COLUMNS = 8
_MOST_CELLS = 2_000
_MOST_PIECES = 14
_CLOCK = re.compile(r"^(?:kl\.?\s*)?\d{1,2}[.:]\d{2}")
_OPEN_CLOCK = re.compile(r"(?:\bkl\.?|[-–])$")
_CHAPTER = re.compile(r"^\d{3,4}$")
_POST = re.compile(r"^\d{2}$")
_SMALL = re.compile(r"^\d{1,3}$")
_CODE = re.compile(r"^\d{3,4}\s?[./ ]\s?\d{2}$")
_NUMBER_HEAD = re.compile(r"^(?:nr\.?|nummer|id|løpenr\.?|oppdrag(?:s)?\s*nr\.?|oppdragsnummer)$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:\d{1,2}\.?|20\d\d[-–]\d{1,3}|[A-ZÆØÅ]{1,6}[-\s]?(?:20)?\d\d[-–/]\d{1,3}|[A-ZÆØÅ]{1,4}-?\d{1,2})$"
)
_MEASURE_HEAD = re.compile(
    rf"^(?:nr\.?\s+)?(?:{WORDS[Label.PARAMETER]}|{WORDS[Label.KEY_FIGURE]}|indikator)(?:ar|er|ane|ene)?$", re.IGNORECASE
)
_VALUE = re.compile(
    r"^(?:[-–—]|ny|nytt|ingen|(?:under|over|minst|maks|inntil|ca\.|økning|reduksjon|auke)\s.{1,24}|.{0,12}\d.{0,16})$",
    re.IGNORECASE,
)
_COLUMN_HEAD = re.compile(r"^[A-ZÆØÅ(][^:;!?]{0,39}$|^20\d\d$")

Piece = list[Line]
Row = dict[int, list[Line]]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one kind of table is told and filled."""

    head: Callable[[str], bool]
    begins: Callable[[Sequence[Piece], int], bool]
    fill: Callable[[list[Piece], list[str]], Row | None]
    numbers: bool = False
    """True when a cell may hold nothing but a small number, which elsewhere is the number of a page."""
    displaced: bool = False
    """True when a cell of the last column may stand below the whole table."""


def unstack(lines: list[Line]) -> None:
    """Give the first line of each stacked row its cells, and mark the lines below it as joined."""
    place = {id(line): number for number, line in enumerate(lines)}
    at = 0
    while at < len(lines):
        last = _table(lines, at)
        at = place[id(last)] + 1 if last else at + 1


def _words(piece: Piece) -> str:
    return join_lines(line.text.strip() for line in piece)


def _table(lines: list[Line], at: int) -> Line | None:
    """Read the table whose head begins here; its last line, or nothing when there is none."""
    text = lines[at].text.strip()
    if lines[at].columns or lines[at].joined or lines[at].furniture or not _COLUMN_HEAD.match(text):
        return None
    for shape in _SHAPES:
        if not shape.head(text):
            continue
        for spaced in (True, False):
            last = _read(lines, at, shape, spaced=spaced)
            if last:
                return last
    return None


def _read(lines: list[Line], at: int, shape: _Shape, *, spaced: bool) -> Line | None:
    every = _pieces(lines, at, spaced=spaced, numbers=shape.numbers)
    opening = list(islice(every, _MOST_COLUMNS + 4))
    width = _width(opening, shape)
    if width < 2:
        return None
    pieces = [*opening, *islice(every, _MOST_CELLS)]
    rows = _rows(pieces[width:], [_words(piece) for piece in pieces[:width]], shape)
    if len(rows) < 2:
        return None
    _write(dict(enumerate(pieces[:width])), pieces[:width])
    pieces[0][0].gap = True
    for row, used in rows:
        _write(row, used)
    return rows[-1][1][-1][-1]


def _pieces(lines: list[Line], at: int, *, spaced: bool, numbers: bool) -> Iterator[Piece]:
    """The cells from a line on, up to where a table cannot go on; no more is read than is asked for."""
    piece: Piece = []
    for number in range(at, len(lines)):
        line = lines[number]
        if (line.furniture and not (numbers and _is_cell(lines, number))) or line.aside:
            continue
        if line.columns or len(line.text) > _LONGEST_CELL:
            break
        if piece and not (spaced and not line.gap):
            yield piece
            piece = []
        piece.append(line)
    if piece:
        yield piece


def _is_cell(lines: list[Line], at: int) -> bool:
    """True for a small number that stands inside a page, not where one ends or begins."""
    inside = 0 < at < len(lines) - 1 and lines[at - 1].page == lines[at].page == lines[at + 1].page
    return inside and bool(_SMALL.match(lines[at].text.strip()))


def _width(pieces: list[Piece], shape: _Shape) -> int:
    """How many pieces name the columns: short ones, followed by the first row; 0 when they do not."""
    for number in range(min(_MOST_COLUMNS, len(pieces))):
        if number and shape.begins(pieces, number):
            return number
        text = _words(pieces[number])
        if not _COLUMN_HEAD.match(text) or (text.endswith(".") and len(text) > 8):
            return 0
    return 0


def _rows(pieces: list[Piece], names: list[str], shape: _Shape) -> list[tuple[Row, list[Piece]]]:
    """Each row with the pieces it was made of."""
    rows: list[tuple[Row, list[Piece]]] = []
    at = 0
    while at < len(pieces) and shape.begins(pieces, at):
        end = at + 1
        while end < len(pieces) and end - at < _MOST_PIECES and not shape.begins(pieces, end):
            end += 1
        row = shape.fill(pieces[at:end], names)
        if row is None:
            break
        last = max((line for held in row.values() for line in held), key=lambda line: line.start)
        used = next(number for number in range(at, end) if any(line is last for line in pieces[number]))
        stop = end if _only_sums(pieces[used + 1 : end]) else used + 1
        rows.append((row, pieces[at:stop]))
        at = stop
    if shape.displaced and rows and at < len(pieces):
        _give_back(rows, pieces[at], len(names))
    return rows


def _give_back(rows: list[tuple[Row, list[Piece]]], piece: Piece, width: int) -> None:
    """An amount alone below the last row belongs to the one row that has none."""
    bare = [row for row, _ in rows if max(row) == 2 < width - 1]
    if len(bare) == 1 and table_amount(_words(piece), 1) is not None:
        bare[0][3] = piece
        rows[-1][1].append(piece)


def _only_sums(pieces: list[Piece]) -> bool:
    return bool(pieces) and all(
        money.SUM_ROW.match(_words(piece)) or table_amount(_words(piece), 1) for piece in pieces
    )


def _goes_on(before: str, text: str) -> bool:
    return (
        text[0].islower() or text[0] == "(" or before.endswith((",", "-", " og", " i", " av", " for", " til", " med"))
    )


# Calendars


def _is_date_head(text: str) -> bool:
    return bool(DATE_HEADS.match(text.lower()))


def _dated(pieces: Sequence[Piece], at: int) -> bool:
    text = _words(pieces[at])
    hit = starts_with_date(text)
    if hit is None:
        return bool(find_week(text)) and len(text) < 12
    rest = text[hit.end :].strip(" .,:")
    return not rest or bool(_CLOCK.match(rest)) or rest.lower().startswith("kl")


def _calendar_row(pieces: list[Piece], names: list[str]) -> Row | None:
    when = list(pieces[0])
    rest = list(pieces[1:])
    while rest and (_OPEN_CLOCK.search(when[-1].text.strip()) or _CLOCK.match(_words(rest[0]))):
        when.extend(rest.pop(0))
    if not rest:
        return None
    row: Row = {0: when, 1: list(rest.pop(0))}
    listed = bool(marker_of(row[1][0].text.strip())[0])
    for piece in rest:
        text = _words(piece)
        column = max(row)
        if _goes_on(row[column][-1].text.strip(), text) or (column == 1 and listed and marker_of(text)[0]):
            row[column].extend(piece)
        elif column + 1 < len(names):
            row[column + 1] = list(piece)
        else:
            break
    return row


# Budgets


def _is_code_head(text: str) -> bool:
    return bool(money.HEAD_CODE.match(text))


def _posted(pieces: Sequence[Piece], at: int) -> bool:
    text = _words(pieces[at])
    if money.SUM_ROW.match(text) or _CODE.match(text):
        return True
    return bool(_CHAPTER.match(text)) and at + 1 < len(pieces) and bool(_POST.match(_words(pieces[at + 1])))


def _budget_row(pieces: list[Piece], names: list[str]) -> Row | None:
    first = _words(pieces[0])
    if money.SUM_ROW.match(first):
        amounts = [piece[0] for piece in pieces[1:2] if table_amount(piece[0].text.strip(), 1)]
        return {0: list(pieces[0]), **({len(names) - 1: amounts} if amounts else {})}
    apart = any(money.HEAD_POST.match(name) for name in names)
    if not (_CODE.match(first) or (apart and _CHAPTER.match(first))):
        return None
    row: Row = {0: list(pieces[0])}
    rest = list(pieces[1:])
    if apart:
        row[1] = list(rest.pop(0))
    column = len(row)
    count = 0
    for piece in rest:
        if table_amount(piece[0].text.strip(), 1) is not None:
            place = column + 1 + count
            if place >= len(names):
                break
            row[place] = piece[:1]
            count += 1
        elif not count:
            row.setdefault(column, []).extend(_without_sum(piece))
        elif money.HEAD_NOTE.match(names[-1]):
            row.setdefault(len(names) - 1, []).extend(piece)
        else:
            break
    return row if count or column in row else None


def _without_sum(piece: Piece) -> Piece:
    """The lines above one that says «Sum»: a displaced sum row is no part of a name."""
    stop = next((number for number, line in enumerate(piece) if money.SUM_ROW.match(line.text.strip())), len(piece))
    return piece[:stop] or piece


# Assignments


def _is_number_head(text: str) -> bool:
    return bool(_NUMBER_HEAD.match(text))


def _numbered(pieces: Sequence[Piece], at: int) -> bool:
    return bool(_NUMBER.match(_words(pieces[at])))


def _assignment_row(pieces: list[Piece], names: list[str]) -> Row | None:
    """Number, title, and one piece for each other column; a title of several lines takes what is left."""
    after = len(names) - 2
    rest = list(pieces[1:])
    if after < 1 or len(rest) <= after:
        return None
    if any(len(piece) > 1 for piece in pieces) or any(piece[0].gap for piece in rest[:after]):
        rest = rest[: after + 1]
    row: Row = {0: list(pieces[0]), 1: [line for piece in rest[: len(rest) - after] for line in piece]}
    for number, piece in enumerate(rest[len(rest) - after :]):
        row[2 + number] = list(piece)
    return row


# Measures


def _is_measure_head(text: str) -> bool:
    return bool(_MEASURE_HEAD.match(text))


def _worded(pieces: Sequence[Piece], at: int) -> bool:
    """A row of measures begins with words, and a value stands within the next pieces."""
    text = re.sub(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+", "", _words(pieces[at]))
    if not text[:1].isupper() or _VALUE.match(text) or len(text) < 9 or LABEL_ONLY.match(text):
        return False
    return any(_VALUE.match(_words(piece)) for piece in pieces[at + 1 : at + 4])


def _measure_row(pieces: list[Piece], names: list[str]) -> Row | None:
    row: Row = {0: list(pieces[0])}
    for piece in pieces[1:]:
        text = _words(piece)
        if _VALUE.match(text):
            row[len(row)] = list(piece)
        elif len(row) == 1:
            row[0].extend(piece)
        else:
            return None
        if len(row) == len(names):
            return row
    return None


_SHAPES = (
    _Shape(_is_date_head, _dated, _calendar_row),
    _Shape(_is_code_head, _posted, _budget_row, numbers=True, displaced=True),
    _Shape(_is_measure_head, _worded, _measure_row, numbers=True),
    _Shape(_is_number_head, _numbered, _assignment_row),
)


def _write(row: Row, pieces: list[Piece]) -> None:
    """Put the cells on the first line; all other lines of the pieces go on with it."""
    lines = [line for piece in pieces for line in piece]
    cells = []
    for column, held in sorted(row.items()):
        texts: list[str] = []
        for line in held:
            text = line.text.strip()
            if texts and not marker_of(text)[0]:
                texts[-1] = join_lines([texts[-1], text])
            else:
                texts.append(text)
        start = held[0].start
        cells.append(Cell("\n".join(texts), start, start + len(held[0].text.rstrip()), column))
    as_row(lines, cells)
