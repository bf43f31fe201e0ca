"""Columns of a table set out with spaces: an empty cell leaves no trace but the next one's place (I-13)."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from governance.importing.reading.units import Unit
from governance.importing.records import Cell

_Place = tuple[int, int]
_NEAR = 3
"""So many characters a cell may stand beside its head, as amounts that are set to the right."""


def align_columns(rows: list[Unit]) -> None:
    """Give the cells of short rows the column that they stand below, table by table."""
    for _, table in groupby(rows, key=lambda row: row.table):
        _align(list(table))


def _align(rows: list[Unit]) -> None:
    head = rows[0]
    if len(head.cells) < 3 or any("\t" in line.text for row in rows for line in row.lines):
        return
    heads = [_place(head, cell) for cell in head.cells]
    found = [[_below(heads, _place(row, cell)) for cell in row.cells] for row in rows[1:]]
    whole = [columns for columns in found if len(columns) == len(heads)]
    if any(columns != list(range(len(heads))) for columns in whole):
        return
    for row, columns in zip(rows[1:], found, strict=True):
        if len(row.lines) > 1 or any(cell.width > 1 for cell in row.cells):
            continue
        if len(columns) < len(heads) and -1 not in columns and columns == sorted(set(columns)):
            row.cells = tuple(replace(cell, column=column) for cell, column in zip(row.cells, columns, strict=True))


def _place(row: Unit, cell: Cell) -> _Place:
    """From where to where on its line the cell stands."""
    line = row.lines[0]
    begin = line.start - line.indent
    return cell.start - begin, cell.end - begin


def _below(heads: list[_Place], place: _Place) -> int:
    """The column whose head the place overlaps most, else one within a few characters; -1 when it stands apart."""

    def fit(column: int) -> tuple[int, int]:
        begin, end = heads[column]
        overlap = min(end, place[1]) - max(begin, place[0])
        return max(overlap, 0), -min(abs(begin - place[0]), abs(end - place[1]))

    best = max(range(len(heads)), key=fit)
    overlap, apart = fit(best)
    return best if overlap or apart >= -_NEAR else -1
