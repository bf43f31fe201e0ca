"""Tables whose cells came out one a line (I-13): «Kap.», «Post», «Beløp», «902», «01», «129 755» … under each other.

A table is told by its head: short lines that name columns, the first of them a date, a chapter, a number or a measure.
Where a row begins and which line belongs to which column is told by what the first column holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from governance.importing.habits import budget as money
from governance.importing.habits.calendar import DATE_HEADS, NOTE_HEADS
from governance.importing.habits.labels import WORDS, Label
from governance.importing.habits.markers import SECTION_NUMBER, marker_of
from governance.importing.reading.units import Line
from governance.importing.records import Cell
from governance.importing.values.dates import find_week, starts_with_date
from governance.importing.values.money import table_amount
from governance.importing.values.text import join_lines

_LONGEST_HEAD = 40
_LONGEST_ROW = 14
_CLOCK = re.compile(r"^(?:kl\.?\s*)?\d{1,2}[.:]\d{2}")
_OPEN_CLOCK = re.compile(r"(?:\bkl\.?|[-–])$")
_CHAPTER = re.compile(r"^\d{3,4}$")
_POST = re.compile(r"^\d{2}$")
_CODE = re.compile(r"^\d{3,4}\s?[./ ]\s?\d{2}$")
_NUMBER_HEAD = re.compile(r"^(?:nr\.?|nummer|id|løpenr\.?|oppdrag(?:s)?\s*nr\.?|oppdragsnummer)$", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\d{1,2}\.?|[A-ZÆØÅ]{1,6}[-\s]?(?:20)?\d\d[-–/]\d{1,3}|[A-ZÆØÅ]{1,3}\d{1,2})$")
_MEASURE_HEAD = re.compile(
    rf"^(?:{WORDS[Label.PARAMETER]}|{WORDS[Label.KEY_FIGURE]}|indikator)(?:ar|er|ane|ene)?$", re.IGNORECASE
)
_VALUE = re.compile(
    r"^(?:[-–—]|ny|nytt|(?:under|over|minst|maks|inntil|ca\.)\s.{1,20}|.{0,12}\d.{0,14})$", re.IGNORECASE
)
_COLUMN_HEAD = re.compile(r"^[A-ZÆØÅ(][^:;!?]{0,39}$|^20\d\d$")

Rows = list[dict[int, list[Line]]]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one kind of table is told and filled."""

    head: Callable[[str], bool]
    begins: Callable[[Sequence[Line], int], bool]
    fill: Callable[[list[Line], list[str]], dict[int, list[Line]] | None]


def unstack(lines: list[Line]) -> None:
    """Give the first line of each stacked row its cells, and mark the lines below it as joined."""
    at = 0
    while at < len(lines):
        at = _table(lines, at) or at + 1


def _table(lines: list[Line], at: int) -> int:
    """Read the table whose head begins here; the line after it, or 0 when there is none."""
    text = lines[at].text.strip()
    if lines[at].columns or lines[at].joined or lines[at].furniture or len(text) > _LONGEST_HEAD:
        return 0
    for shape in _SHAPES:
        if not shape.head(text):
            continue
        heads = _heads(lines, at, shape)
        if len(heads) < 2:
            continue
        names = [line.text.strip() for line in heads]
        rows, end = _rows(lines, at + len(heads), names, shape)
        if len(rows) > 1:
            for number, row in enumerate([{column: [line] for column, line in enumerate(heads)}, *rows]):
                _write(row, first=number == 0)
            return end
    return 0


def _heads(lines: list[Line], at: int, shape: _Shape) -> list[Line]:
    """The lines that name the columns: short, and followed by the first row."""
    heads: list[Line] = []
    for number in range(at, min(at + 7, len(lines))):
        line = lines[number]
        text = line.text.strip()
        if heads and shape.begins(lines, number):
            return heads
        named = _COLUMN_HEAD.match(text) and (not text.endswith(".") or len(text) < 9)
        if line.columns or line.furniture or not named:
            return []
        heads.append(line)
    return []


def _rows(lines: list[Line], at: int, names: list[str], shape: _Shape) -> tuple[Rows, int]:
    rows: Rows = []
    while at < len(lines):
        end = at + 1
        while end < len(lines) and end - at < _LONGEST_ROW and not _ends(lines, end, shape):
            end += 1
        piece = [line for line in lines[at:end] if not line.furniture]
        row = shape.fill(piece, names)
        if row is None:
            break
        rows.append(row)
        used = max(line.start for held in row.values() for line in held)
        at = next(number for number in range(at, end) if lines[number].start == used) + 1
        while at < len(lines) and lines[at].furniture:
            at += 1
        if at >= len(lines) or not shape.begins(lines, at):
            break
    return rows, at


def _ends(lines: list[Line], at: int, shape: _Shape) -> bool:
    line = lines[at]
    if line.furniture:
        return False
    heading = SECTION_NUMBER.match(line.text)
    return bool(line.columns) or len(line.text) > 90 or shape.begins(lines, at) or bool(heading and line.gap)


def _goes_on(before: str, text: str) -> bool:
    return (
        text[0].islower() or text[0] in "(" or before.endswith((",", "-", " og", " i", " av", " for", " til", " med"))
    )


# Calendars


def _is_date_head(text: str) -> bool:
    return bool(DATE_HEADS.match(text.lower()))


def _dated(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text.strip()
    hit = starts_with_date(text)
    if hit is None:
        return bool(find_week(text)) and len(text) < 12
    rest = text[hit.end :].strip()
    return not rest or bool(_CLOCK.match(rest.lstrip("., "))) or rest.lower().startswith("kl") or rest == ":"


def _calendar_row(lines: list[Line], names: list[str]) -> dict[int, list[Line]] | None:
    when = [lines[0]]
    rest = lines[1:]
    while rest and (_OPEN_CLOCK.search(when[-1].text.strip()) or _CLOCK.match(rest[0].text.strip())):
        when.append(rest.pop(0))
    if not rest:
        return None
    row = {0: when, 1: [rest.pop(0)]}
    noted = any(NOTE_HEADS.match(name.lower()) for name in names[1:]) or len(names) > 2
    listed = bool(marker_of(row[1][0].text.strip())[0])
    for line in rest:
        text = line.text.strip()
        column = max(row)
        if _goes_on(row[column][-1].text.strip(), text) or (column == 1 and listed and marker_of(text)[0]):
            row[column].append(line)
        elif line.gap and not _any_gap(rest):
            break
        elif noted and column + 1 < len(names):
            row[column + 1] = [line]
        elif line.gap:
            break
        else:
            row[column].append(line)
    return row


def _any_gap(lines: list[Line]) -> bool:
    return sum(1 for line in lines if line.gap) * 2 > len(lines)


# Budgets


def _is_code_head(text: str) -> bool:
    return bool(money.HEAD_CODE.match(text))


def _posted(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text.strip()
    if money.SUM_ROW.match(text) or _CODE.match(text):
        return True
    return bool(_CHAPTER.match(text)) and at + 1 < len(lines) and bool(_POST.match(lines[at + 1].text.strip()))


def _budget_row(lines: list[Line], names: list[str]) -> dict[int, list[Line]] | None:
    apart = any(money.HEAD_POST.match(name) for name in names)
    total = bool(money.SUM_ROW.match(lines[0].text.strip()))
    first = lines[0].text.strip()
    if not total and not (_CODE.match(first) or (apart and _CHAPTER.match(first))):
        return None
    row: dict[int, list[Line]] = {0: [lines[0]]}
    column, rest = 1, lines[1:]
    if apart and not total:
        row[1] = [rest.pop(0)]
        column = 2
    amounts = 0
    for line in rest:
        text = line.text.strip()
        amount = table_amount(text, 1) is not None
        if amount:
            place = max(column + (0 if total else 1) + amounts, max(row) + 1)
            if place >= len(names) and not total:
                break
            row[min(place, len(names) - 1) if total else place] = [line]
            amounts += 1
        elif amounts:
            last = len(names) - 1
            if total or line.gap or not money.HEAD_NOTE.match(names[last]):
                break
            row.setdefault(last, []).append(line)
        else:
            row.setdefault(column, []).append(line)
    return row if amounts else None


# Assignments


def _is_number_head(text: str) -> bool:
    return bool(_NUMBER_HEAD.match(text))


def _numbered(lines: Sequence[Line], at: int) -> bool:
    return bool(_NUMBER.match(lines[at].text.strip()))


def _assignment_row(lines: list[Line], names: list[str]) -> dict[int, list[Line]] | None:
    if not _numbered(lines, 0) or len(names) < 3:
        return None
    after = len(names) - 2
    rest = lines[1:]
    stop = next((number for number, line in enumerate(rest) if line.gap and number > after), len(rest))
    rest = rest[:stop] if not _any_gap(rest) else rest
    if len(rest) <= after:
        return None
    row = {0: [lines[0]], 1: rest[: len(rest) - after]}
    for number, line in enumerate(rest[len(rest) - after :]):
        row[2 + number] = [line]
    return row


# Measures


def _is_measure_head(text: str) -> bool:
    return bool(_MEASURE_HEAD.match(text))


def _worded(lines: Sequence[Line], at: int) -> bool:
    """A row of measures begins with words, and a value stands within the next three lines."""
    text = lines[at].text.strip()
    if not text[0].isupper() or _VALUE.match(text) or len(text) < 12 or lines[at].columns:
        return False
    return any(_VALUE.match(line.text.strip()) for line in lines[at + 1 : at + 4])


def _measure_row(lines: list[Line], names: list[str]) -> dict[int, list[Line]] | None:
    row: dict[int, list[Line]] = {0: [lines[0]]}
    for line in lines[1:]:
        text = line.text.strip()
        if _VALUE.match(text) and not (text[0].islower() and len(row) == 1):
            row[len(row)] = [line]
        elif len(row) == 1:
            row[0].append(line)
        else:
            return None
        if len(row) == len(names):
            return row
    return None


_SHAPES = (
    _Shape(_is_date_head, _dated, _calendar_row),
    _Shape(_is_code_head, _posted, _budget_row),
    _Shape(_is_number_head, _numbered, _assignment_row),
    _Shape(_is_measure_head, _worded, _measure_row),
)


def _write(row: dict[int, list[Line]], *, first: bool) -> None:
    lines = sorted((line for held in row.values() for line in held), key=lambda line: line.start)
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
    lines[0].columns = tuple(cells)
    lines[0].gap = lines[0].gap or first
    for line in lines[1:]:
        line.joined = True
