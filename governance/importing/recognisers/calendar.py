"""The governance calendar: tables, lists, and tables that extraction flattened (I-13, I-14, R-54)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from governance.importing.habits.calendar import HEADER_LINE, PLACE
from governance.importing.habits.labels import Label, heading_labels, opens
from governance.importing.habits.letterheads import GREETING
from governance.importing.reading.units import Unit
from governance.importing.recognisers.calendar_lines import line_rows, trailing_rows
from governance.importing.recognisers.calendar_rows import Row
from governance.importing.recognisers.calendar_tables import table_rows
from governance.importing.recognisers.context import Reading
from governance.importing.records import Doubt, DraftCalendarItem
from governance.importing.values.dates import starts_with_date
from governance.importing.values.text import squeeze
from governance.importing.values.times import find_time


def regions(reading: Reading) -> list[list[Unit]]:
    """Runs of units under a heading that speaks of a calendar, up to the next part."""
    found: list[list[Unit]] = []
    for unit in reading.body():
        head = bool(HEADER_LINE.match(unit.text)) and not unit.is_row
        if not head and not unit.is_heading and not (unit.is_text and unit.text.endswith(":")):
            continue
        if not head and Label.CALENDAR not in heading_labels(unit.text):
            continue
        inner: list[Unit] = [unit] if head else []
        for following in reading.after(unit):
            if GREETING.match(following.text) or (following.is_heading and _leaves(unit, following)):
                break
            inner.append(following)
        found.append(inner)
    return found


_LONGEST = 200
"""So many units below a heading are looked through for dates (linear time)."""
_OTHERS = {Label.ASSIGNMENT, Label.BUDGET, Label.GOAL, Label.PARAMETER, Label.KEY_FIGURE}


def _undeclared(reading: Reading, done: set[int]) -> Iterator[list[Row]]:
    """Lists of dates under a heading that does not call itself a calendar: three rows or more, and little else."""
    for unit in reading.body():
        if not unit.is_heading or unit.weak or unit.index in done or set(heading_labels(unit.text)[:1]) & _OTHERS:
            continue
        inner: list[Unit] = []
        for following in reading.after(unit):
            leaves = GREETING.match(following.text) or (following.is_heading and _leaves(unit, following))
            if leaves or len(inner) > _LONGEST:
                break
            inner.append(following)
        plain = (item for item in inner if not item.is_row or (item.lines and item.lines[0].columns))
        loose = [item for item in plain if item.index not in done]
        rows = max(line_rows(reading, loose), trailing_rows(reading, loose), key=len)
        first = rows[0].units[0].index if rows else 0
        lines = sum(len(item.lines) for item in loose if item.index >= first)
        only_two = len(rows) == 2 == lines == sum(len(item.lines) for item in loose)
        if only_two or (len(rows) > 2 and lines <= len(rows) * 1.7):
            done.update(item.index for row in rows for item in row.units)
            yield rows


_MEETINGS = re.compile(r"\b(?P<word>\w*møte)(?:r|ne|t|a)?\b[^:.]{0,80}:$", re.IGNORECASE)


def _meeting_days(reading: Reading, done: set[int]) -> list[list[Row]]:
    """«To etatsstyringsmøter i 2023:» with nothing but days below: each day is such a meeting."""
    found: list[list[Row]] = []
    for unit in reading.body():
        intro = _MEETINGS.search(unit.text) if not unit.is_row and not unit.is_item else None
        if intro is None:
            continue
        rows: list[Row] = []
        for item in reading.after(unit):
            hit = starts_with_date(item.text, reading.year) if item.is_item and item.index not in done else None
            clock = find_time(item.text[hit.end :]) if hit else None
            if hit is None or len(item.text) - hit.end > 30:
                break
            row = Row([item], squeeze(item.text), hit, [intro["word"].capitalize()], confidence=0.8)
            row.clock = (clock[2], clock[3]) if clock else None
            rows.append(row)
        done.update(row.units[0].index for row in rows)
        found.append(rows)
    return found


def _leaves(head: Unit, unit: Unit) -> bool:
    """True when a heading below the calendar's opens another part of the letter."""
    if re.match(r"^(?:Vedlegg\b|Med\s+(?:vennlig\s+)?hils|Med\s+helsing\b|Kopi(?:\s+til)?\s*(?::|$))", unit.text):
        return True
    if unit.weak:
        return any(
            opens(unit.text, label) for label in (Label.AUTHORISATION, Label.BUDGET, Label.COMMON, Label.ASSIGNMENT)
        )
    if not unit.number:
        return unit.styled and unit.level <= max(head.level, 1) and not starts_with_date(unit.text)
    own, other = head.number.split("."), unit.number.split(".")
    follows = len(other) <= len(own) and other[:-1] == own[: len(other) - 1] and bool(head.number)
    return follows or not starts_with_date(unit.heading_text)


def _budget_year(title: str, year: int | None) -> int | None:
    years = [int(found) for found in re.findall(r"\b20\d\d\b", title)]
    return years[-1] if years else year


def _years(reading: Reading, rows: list[Row]) -> list[dt.date | None]:
    """Days with years: a calendar that runs past December goes on in the next year."""
    days: list[dt.date | None] = []
    shift = 0
    highest = 0
    for position, row in enumerate(rows):
        day = row.hit.date if row.hit else None
        if day is None or (row.hit and row.hit.has_year):
            days.append(day)
            continue
        later = [
            other.hit.date.month for other in rows[position:] if other.hit and other.hit.date and not other.hit.has_year
        ]
        if highest >= 11 and day.month <= 4 and all(month <= 6 for month in later) and position > 2:
            shift = 1
        highest = max(highest, day.month)
        try:
            days.append(day.replace(year=day.year + shift))
        except ValueError:
            days.append(None)
    return days


def _items(reading: Reading, rows: list[Row], first: int) -> list[DraftCalendarItem]:
    items: list[DraftCalendarItem] = []
    for number, (row, day) in enumerate(zip(rows, _years(reading, rows), strict=True)):
        passages = reading.claim("calendar", *row.units)
        doubts: list[Doubt] = []
        if row.hit and not row.hit.exists:
            doubts.append(Doubt("no_such_date", "date", f"Datoen «{row.when}» finnes ikke. Den står som i brevet."))
        if row.hit and day and row.hit.date and day.year != row.hit.date.year:
            doubts.append(
                Doubt("year_assumed", "date", "Årstall mangler. Raden står etter desember og er lagt til neste år.")
            )
        place = row.place or (row.note if PLACE.match(row.note) else "")
        shift = day.year - row.hit.date.year if day and row.hit and row.hit.date else 0
        end = row.hit.end_date.replace(year=row.hit.end_date.year + shift) if row.hit and row.hit.end_date else None
        for title in row.titles:
            items.append(
                DraftCalendarItem(
                    key=f"calendar-{first + len(items)}",
                    confidence=row.confidence if not doubts else 0.6,
                    passages=passages,
                    unsure=tuple(doubts),
                    spans=tuple(row.spans),
                    title=title,
                    date=day,
                    date_text=row.when,
                    month_only=bool(row.hit and row.hit.month_only),
                    end_date=end,
                    time=row.clock[0] if row.clock else None,
                    end_time=row.clock[1] if row.clock else None,
                    place=place,
                    note=row.note,
                    budget_year=_budget_year(title, reading.year),
                    row=first + number,
                )
            )
    return items


def _tables(units: list[Unit]) -> list[list[Unit]]:
    tables: list[list[Unit]] = []
    for unit in units:
        if not unit.is_row:
            continue
        if tables and tables[-1][-1].table == unit.table:
            tables[-1].append(unit)
        else:
            tables.append([unit])
    return tables


def recognise_calendar(reading: Reading) -> list[DraftCalendarItem]:
    """All entries of the calendar, in the order of the text."""
    items: list[DraftCalendarItem] = []
    done: set[int] = set()
    for region in regions(reading):
        if any(unit.index in done for unit in region):
            continue
        rows: list[Row] = []
        for table in _tables(region):
            rows.extend(table_rows(reading, table, expected=True))
        loose = [unit for unit in region if not unit.is_row]
        if not rows:
            rows = line_rows(reading, loose) or trailing_rows(reading, loose)
        done.update(unit.index for row in rows for unit in row.units)
        items.extend(_items(reading, rows, len(items) + 1))
    for table in _tables([unit for unit in reading.body() if unit.index not in done]):
        rows = table_rows(reading, table, expected=False)
        if len(rows) > 1:
            done.update(unit.index for row in rows for unit in row.units)
            items.extend(_items(reading, rows, len(items) + 1))
    for rows in [*_undeclared(reading, done), *_meeting_days(reading, done)]:
        items.extend(_items(reading, rows, len(items) + 1))
    return sorted(items, key=lambda item: item.passages[0] if item.passages else 0)
