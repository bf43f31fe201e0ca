"""All budget lines: tables first, then flattened tables, then running text."""

from __future__ import annotations

from dataclasses import replace

from governance.importing.habits import budget as habit
from governance.importing.reading.units import Unit
from governance.importing.recognisers.budget_lines import recognise_flat_budget
from governance.importing.recognisers.budget_prose import earmarks, recognise_budget_prose
from governance.importing.recognisers.budget_tables import read_table
from governance.importing.recognisers.context import Reading
from governance.importing.records import BudgetKind, DraftBudgetLine


def _tables(reading: Reading) -> list[list[Unit]]:
    tables: list[list[Unit]] = []
    for unit in reading.body():
        if unit.is_row and not reading.claimed(unit, "calendar"):
            if tables and tables[-1][-1].table == unit.table:
                tables[-1].append(unit)
            else:
                tables.append([unit])
    return tables


def _right_below(reading: Reading, line: DraftBudgetLine, row: Unit) -> bool:
    """True when nothing but the turn of a page stands between a line and the table below it."""
    between = reading.units[line.passages[-1] + 1 : row.index]
    return len(between) < 8 and all(unit.furniture for unit in between)


def _text_below(reading: Reading, row: int) -> str:
    texts = []
    for unit in reading.after(reading.units[row]):
        if unit.is_heading or unit.is_row:
            break
        texts.append(unit.text)
    return " ".join(texts)[:2000]


def _change(reading: Reading, line: DraftBudgetLine) -> DraftBudgetLine:
    """A supplement's line with the text below its table, and carried-over money told (A12)."""
    below = _text_below(reading, line.passages[-1])
    kind = BudgetKind.CARRIED_OVER if habit.CARRIED_TEXT.search(below) else line.kind
    return replace(line, kind=kind, comment=line.comment or below[:400])


def _earmarked(reading: Reading, lines: list[DraftBudgetLine]) -> list[DraftBudgetLine]:
    parts = earmarks(reading, {(line.chapter, line.post) for line in lines})
    return [
        line if line.continues_row else replace(line, earmarks=tuple(parts.get((line.chapter, line.post), ())))
        for line in lines
    ]


def recognise_budget(reading: Reading) -> list[DraftBudgetLine]:
    """Budget lines in the order of the text."""
    lines: list[DraftBudgetLine] = []
    for table in _tables(reading):
        before = reading.units[max(0, table[0].index - 3) : table[0].index]
        chapter = lines[-1].chapter if lines and _right_below(reading, lines[-1], table[0]) else ""
        lines.extend(read_table(reading, table, before, len(lines) + 1, chapter))
    lines.extend(recognise_flat_budget(reading, len(lines) + 1))
    marked = [_change(reading, line) for line in lines] if reading.is_supplement else _earmarked(reading, lines)
    prose = recognise_budget_prose(reading, marked, len(marked) + 1)
    return sorted(marked + prose, key=lambda line: line.passages[0] if line.passages else 0)
