"""Calendars in tables whose cells are known."""

from __future__ import annotations

import re

from governance.importing.habits.calendar import ACTION_HEADS, DATE_HEADS, NOTE_HEADS, PLACE_HEADS, TIME_HEADS
from governance.importing.reading.units import Unit
from governance.importing.recognisers.calendar_rows import Row, without_clock
from governance.importing.recognisers.context import Reading
from governance.importing.records import Cell, Span
from governance.importing.values.dates import find_week, starts_with_date
from governance.importing.values.text import BULLETS, join_lines, squeeze
from governance.importing.values.times import find_time

_SPLIT = re.compile(r"\s*[•▪●○◦·■\uf0b7\uf0a7]\s*|\s*;\s+(?=[A-ZÆØÅ])")


def _role(text: str) -> str:
    lowered = text.strip().lower()
    for role, pattern in (
        ("time", TIME_HEADS),
        ("date", DATE_HEADS),
        ("place", PLACE_HEADS),
        ("note", NOTE_HEADS),
        ("action", ACTION_HEADS),
    ):
        if pattern.match(lowered):
            return role
    return ""


def _columns(rows: list[Unit], *, expected: bool) -> tuple[dict[str, list[int]], int]:
    """({role: columns}, number of header rows) of a table, from its head or from what stands in it."""
    for number, row in enumerate(rows[:3]):
        roles: dict[str, list[int]] = {}
        if any((hit := starts_with_date(cell.text)) and not hit.month_only for cell in row.cells):
            break
        for cell in row.cells:
            role = _role(cell.text)
            if role:
                roles.setdefault(role, []).append(cell.column)
        if "date" in roles and ("action" in roles or len(row.cells) > 1):
            if not expected and ("action" not in roles or re.search(r"(?i)oppdrag|\bnr\b", row.text)):
                continue
            if "action" not in roles:
                rest = [
                    cell.column
                    for cell in row.cells
                    if cell.column not in {at for many in roles.values() for at in many}
                ]
                roles["action"] = rest[:1] or [1]
            roles["note"] = roles["action"][1:] + roles.get("note", [])
            return roles, number + 1
    return {}, 0


def _dated(rows: list[Unit], column: int) -> int:
    return sum(1 for row in rows if (cell := _cell(row, column)) and starts_with_date(cell.text))


def _month_and_day(rows: list[Unit]) -> bool:
    """True where the month and the day stand in columns of their own: «Januar | 31. | Regnskap»."""
    days = sum(1 for row in rows if (cell := _cell(row, 1)) and re.fullmatch(r"\d{1,2}\.?", cell.text.strip()))
    return days * 2 > len(rows)


def _cell(row: Unit, column: int) -> Cell | None:
    return next((cell for cell in row.cells if cell.column <= column < cell.column + cell.width), None)


def table_rows(reading: Reading, rows: list[Unit], *, expected: bool) -> list[Row]:
    roles, heads = _columns(rows, expected=expected)
    body = rows[heads:]
    if not roles:
        told = expected or (len(body) > 2 and _dated(body, 0) == len(body))
        if not told or not body:
            return []
        best = max(range(2), key=lambda column: _dated(body, column))
        if _dated(body, best) * 2 < len(body):
            return []
        width = max(len(row.cells) for row in body)
        days = [best] if best or not _month_and_day(body) else [0, 1]
        rest = [column for column in range(width) if column not in days]
        roles = {"date": days, "action": rest[:1], "note": rest[1:]}
    date_column = roles["date"][0]
    weeks = sum(1 for row in body if (cell := _cell(row, date_column)) and find_week(cell.text))
    if not expected and (_dated(body, date_column) + weeks) * 2 < len(body):
        return []
    found: list[Row] = []
    for row in body:
        _take_row(reading, row, roles, found)
    return found


def _text_of(row: Unit, columns: list[int]) -> str:
    parts = [cell.text for column in columns if (cell := _cell(row, column))]
    return "\n".join(part for part in parts if part.strip())


def _take_row(reading: Reading, unit: Unit, roles: dict[str, list[int]], found: list[Row]) -> None:
    when = squeeze(_text_of(unit, roles["date"]))
    what = _text_of(unit, roles["action"][:1])
    extra = roles.get("note", [])
    if not what.strip() and roles["action"][1:]:
        what, extra = _text_of(unit, roles["action"][1:]), [at for at in extra if at not in roles["action"]]
    note = squeeze(_text_of(unit, extra))
    if not when and found:
        previous = found[-1]
        if what.strip() and (what.strip()[0].isupper() or what.strip()[0] in BULLETS):
            row = Row([unit], previous.when, previous.hit, _entries(what), note)
            row.place = squeeze(_text_of(unit, roles.get("place", [])))
            found.append(row)
        elif previous.titles:
            previous.titles[-1] = f"{previous.titles[-1]} {squeeze(what)}".strip()
            previous.note = f"{previous.note} {note}".strip()
            previous.units.append(unit)
        return
    hit = starts_with_date(when, reading.year)
    if not what.strip() or not (hit or find_week(when) or when):
        return
    row = Row([unit], when, hit, _entries(what), note)
    clock_text = squeeze(_text_of(unit, roles.get("time", []))) or when[hit.end :] if hit else ""
    clock = find_time(clock_text) if clock_text else None
    if clock is None and len(row.titles) == 1:
        row.titles[0], clock = without_clock(row.titles[0])
    if clock:
        row.clock = (clock[2], clock[3])
    row.place = squeeze(_text_of(unit, roles.get("place", [])))
    for name, role in (("dato", "date"), ("tittel", "action")):
        cell = _cell(unit, roles[role][0])
        if cell and cell.text:
            row.spans.append(Span(name, cell.start, cell.end))
    if not hit:
        row.confidence = 0.7
    found.append(row)


def _entries(text: str) -> list[str]:
    """The entries of one cell: bullets, or lines that each begin anew."""
    pieces = [
        squeeze(part) for part in _SPLIT.split(join_lines(text.split("\n")) if "•" in text else text.replace("\n", " "))
    ]
    return [piece for piece in pieces if piece] or [squeeze(text)]
