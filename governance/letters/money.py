"""The budget table: amounts in 1 000 kroner with sums for expenses and incomes, and changes with the new total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.pdf import blocks as b
from core.text import format_number
from governance.letters.paid_for import paid_for
from governance.letters.values import Data, Setting, joined

THOUSAND = 1000
FIRST_INCOME, LAST_INCOME = 3000, 5999


def budget(setting: Setting, rows: list[Data]) -> list[b.Block]:
    """One table for allocations, one for changes."""
    changes = [row for row in rows if row.kind == "change"]
    rest = [row for row in rows if row.kind != "change"]
    found: list[b.Block] = []
    if rest:
        found.append(_allocations(setting, rest))
    if changes:
        found.append(_changes(setting, changes))
    return found


def is_income(row: Data) -> bool:
    """Chapters 3000 to 5999 are income (V-11)."""
    return FIRST_INCOME <= int(row.chapter) <= LAST_INCOME


def _allocations(setting: Setting, rows: Sequence[Data]) -> b.Table:
    words = setting.words
    decimals = _decimals([row.whole("amount") for row in rows])
    columns = (
        b.Column(words.chapter_post, 20, "code"),
        b.Column(words.name, 60),
        b.Column(words.amount, 20, "number", decimals=decimals),
        b.Column(words.comment, 66),
    )
    lines: list[b.Row] = []
    for label, group in (
        (words.sum_expenses, [row for row in rows if not is_income(row)]),
        (words.sum_incomes, [row for row in rows if is_income(row)]),
    ):
        lines += [b.Row((_code(row), _name(row), _figure(row), _comment(setting, row))) for row in group]
        if len(group) > 1:
            total = sum(row.whole("amount") for row in group if not row.unclear)
            lines.append(b.Row((label, _thousands(total), None), kind="sum"))
    note = words.unclear if any(row.unclear for row in rows) else ""
    title = f"{words.allocation} {setting.year}" if setting.year else words.allocation
    return b.Table(columns, tuple(lines), title=title, unit=words.unit, row_headers=False, note=note)


def _changes(setting: Setting, rows: Sequence[Data]) -> b.Table:
    words = setting.words
    decimals = _decimals([row.whole(name) for row in rows for name in ("amount", "total_after") if row.data[name]])
    columns = (
        b.Column(words.chapter_post, 20, "code"),
        b.Column(words.name, 50),
        b.Column(words.change, 22, "number", decimals=decimals),
        b.Column(words.new_total, 24, "number", decimals=decimals),
        b.Column(words.comment, 50),
    )
    lines = [
        b.Row((
            _code(row),
            _name(row),
            b.Figures(_thousands(row.whole("amount")), sign=True, decimals=decimals),
            None if row.total_after is None else _thousands(row.whole("total_after")),
            _comment(setting, row),
        ))
        for row in rows
    ]  # fmt: skip
    return b.Table(columns, tuple(lines), title=words.changes, unit=words.unit, row_headers=False)


def _code(row: Data) -> str:
    return f"{row.chapter}.{int(row.post):02d}"


def _name(row: Data) -> str | None:
    return row.name or None


def _thousands(kroner: int) -> Decimal:
    return Decimal(kroner) / THOUSAND


def _decimals(amounts: Sequence[int]) -> int:
    """As many as the amounts need to be shown exactly."""
    rests = [f"{abs(amount) % THOUSAND:03d}".rstrip("0") for amount in amounts]
    return max((len(rest) for rest in rests), default=0)


def _figure(row: Data) -> Any:
    return b.Figures(_thousands(row.whole("amount")), flag="u" if row.unclear else "")


def exact(kroner: int) -> str:
    """An amount in 1 000 kroner in running text, with the decimals it needs."""
    return format_number(_thousands(kroner), decimals=_decimals([kroner]))


def _comment(setting: Setting, row: Data) -> str | None:
    words = setting.words
    parts = [str(row.comment).strip().rstrip("."), paid_for(words, row.data, setting.lookup.assignments)]
    if row.kind == "carried_over":
        parts.append(words.carried_over)
    if row.financing_ministry:
        parts.append(f"{words.financed_by} {setting.lookup.name(row.financing_ministry)}".strip())
    if row.transferable:
        parts.append(words.transferable)
    if row.splits:
        pieces = [_split(setting, one) for one in row.splits]
        parts.append(f"{words.hereof} {joined(pieces, ', ')}")
    return ". ".join(part for part in parts if part) or None


def _split(setting: Setting, one: dict[str, Any]) -> str:
    words = f"{one['label']} {exact(int(one['amount']))}"
    to = paid_for(setting.words, one, setting.lookup.assignments)
    marks = [setting.words.earmarked] if one["kind"] == "earmark" else []
    marks += [f"{to[:1].lower()}{to[1:]}"] if to else []
    return f"{words} ({'; '.join(marks)})" if marks else words
