"""The columns of a budget table told by what stands in them, where the head does not part its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from governance.importing.habits import budget as habit
from governance.importing.reading.units import Unit
from governance.importing.values.money import table_amount


@dataclass(slots=True)
class Columns:
    """Which column holds what."""

    code: int | None = None
    post: int | None = None
    name: int | None = None
    note: int | None = None
    amount: int | None = None
    previous: int | None = None
    total: int | None = None
    head_rows: int = 0
    carried: bool = False


_HEADS = (
    ("previous", habit.HEAD_PREVIOUS),
    ("amount", habit.HEAD_CHANGE),
    ("total", re.compile(rf"{habit.HEAD_TOTAL.pattern}|\bny\s", re.IGNORECASE)),
)


def columns_by_content(rows: list[Unit], heads: int) -> Columns | None:
    """Chapter, post, name and amounts by their form; nothing when the head has as many cells as the rows."""
    body = [row for row in rows[heads:] if _coded(row)]
    width = Counter(len(row.cells) for row in body).most_common(1)
    if not width or width[0][1] < 2 or max(len(row.cells) for row in rows[:heads]) >= width[0][0]:
        return None
    body = [row for row in body if len(row.cells) == width[0][0]]
    columns = Columns(code=0, post=1 if _all(body, 1, _is_post) else None, head_rows=heads)
    columns.name = 1 if columns.post is None else 2
    amounts = [column for column in range(columns.name + 1, width[0][0]) if _all(body, column, _is_amount)]
    if not amounts:
        return None
    text = " ".join(cell.text for row in rows[:heads] for cell in row.cells)
    columns.amount = amounts[0]
    for column, role in zip(amounts, _in_order(text, len(amounts)), strict=False):
        setattr(columns, role, column)
    columns.note = next((column for column in range(amounts[-1] + 1, width[0][0])), None)
    return columns


def told_by_sums(rows: list[Unit], columns: Columns) -> None:
    """Three amounts where the first two add up to the third are what was, the change and the new sum."""
    if columns.previous is not None and columns.total is not None:
        return
    triples = []
    for row in rows:
        amounts = [(cell.column, found[0]) for cell in row.cells if (found := table_amount(cell.text, 1))]
        amounts = [pair for pair in amounts if pair[0] not in (columns.code, columns.post)]
        if len(amounts) == 3:
            triples.append(amounts)
    added = [triple for triple in triples if triple[0][1] + triple[1][1] == triple[2][1] and triple[1][1]]
    if len(added) > 1 and len(added) == len(triples):
        columns.previous, columns.amount, columns.total = (column for column, _ in added[0])


def _in_order(text: str, count: int) -> Iterable[str]:
    """The roles of several amounts in the order the head names them; one amount is the allotment."""
    found = sorted((match.start(), role) for role, pattern in _HEADS if (match := pattern.search(text)))
    return [role for _, role in found] if len(found) == count else []


def _coded(row: Unit) -> bool:
    first = row.cells[0].text.strip() if row.cells else ""
    second = row.cells[1].text.strip() if len(row.cells) > 1 else ""
    whole = habit.CODE.match(first) or habit.APART_ALONE.match(first)
    return bool(whole) or bool(re.fullmatch(r"\d{3,4}", first) and _is_post(second))


def _is_post(text: str) -> bool:
    return bool(re.fullmatch(r"\d{2}", text))


def _is_amount(text: str) -> bool:
    return table_amount(text, 1) is not None


def _all(rows: list[Unit], column: int, fits: Callable[[str], bool]) -> bool:
    return all(any(cell.column == column and fits(cell.text.strip()) for cell in row.cells) for row in rows)
