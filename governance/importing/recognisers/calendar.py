"""The governance calendar: tables, lists, and tables that extraction flattened (I-13, I-14, R-54)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from governance.importing.habits.calendar import (
    ACTION_HEADS,
    DATE_HEADS,
    HEADER_LINE,
    NOTE_HEADS,
    PLACE,
    PLACE_HEADS,
    TIME_HEADS,
)
from governance.importing.habits.labels import Label, heading_labels, opens
from governance.importing.reading.units import Line, Unit
from governance.importing.recognisers.context import Reading
from governance.importing.records import Cell, Doubt, DraftCalendarItem, Span
from governance.importing.values.dates import DateHit, find_week, starts_with_date
from governance.importing.values.text import BULLETS, join_lines, squeeze
from governance.importing.values.times import find_time

_CLOCK_AHEAD = re.compile(r"^[\s,]*(?:kl(?:okk[ae]n?)?\.?|\()?\s*\d{1,2}[.:]\d{2}")
_SPLIT = re.compile(r"\s*[•▪●○◦·■\uf0b7\uf0a7]\s*|\s*;\s+(?=[A-ZÆØÅ])")


@dataclass(slots=True)
class Row:
    """A row of the calendar before it becomes one or more entries."""

    units: list[Unit]
    when: str
    hit: DateHit | None
    titles: list[str] = field(default_factory=list)
    note: str = ""
    clock: tuple[dt.time, dt.time | None] | None = None
    place: str = ""
    spans: list[Span] = field(default_factory=list)
    confidence: float = 0.95


def regions(reading: Reading) -> list[list[Unit]]:
    """Runs of units under a heading that speaks of a calendar, up to the next part."""
    found: list[list[Unit]] = []
    for unit in reading.body():
        if not unit.is_heading and not (unit.is_text and unit.text.endswith(":")):
            continue
        labels = heading_labels(unit.text)
        if Label.CALENDAR not in labels:
            continue
        inner: list[Unit] = []
        for following in reading.after(unit):
            if following.is_heading and _leaves(unit, following):
                break
            inner.append(following)
        found.append(inner)
    return found


def _leaves(head: Unit, unit: Unit) -> bool:
    """True when a heading below the calendar's opens another part of the letter."""
    if re.match(r"^(?:Vedlegg|Med\s+(?:vennlig\s+)?hils|Med\s+helsing|Kopi)\b", unit.text):
        return True
    if unit.weak:
        return any(opens(unit.text, label) for label in (Label.AUTHORISATION, Label.BUDGET, Label.COMMON, Label.ASSIGNMENT))
    if not unit.number:
        return unit.styled and unit.level <= max(head.level, 1) and not starts_with_date(unit.text)
    own, other = head.number.split("."), unit.number.split(".")
    follows = len(other) <= len(own) and other[:-1] == own[: len(other) - 1] and bool(head.number)
    return follows or not starts_with_date(unit.heading_text)


# ------------------------------------------------------------------ tables


def _role(text: str) -> str:
    lowered = text.strip().lower()
    for role, pattern in (("time", TIME_HEADS), ("date", DATE_HEADS), ("place", PLACE_HEADS), ("note", NOTE_HEADS), ("action", ACTION_HEADS)):
        if pattern.match(lowered):
            return role
    return ""


def _columns(rows: list[Unit]) -> tuple[dict[str, list[int]], int]:
    """({role: columns}, number of header rows) of a table, from its head or from what stands in it."""
    for number, row in enumerate(rows[:3]):
        roles: dict[str, list[int]] = {}
        for cell in row.cells:
            role = _role(cell.text)
            if role:
                roles.setdefault(role, []).append(cell.column)
        if "date" in roles and ("action" in roles or len(row.cells) > 1):
            if "action" not in roles:
                rest = [cell.column for cell in row.cells if cell.column not in {at for many in roles.values() for at in many}]
                roles["action"] = rest[:1] or [1]
            return roles, number + 1
    return {}, 0


def _dated(rows: list[Unit], column: int) -> int:
    return sum(1 for row in rows if (cell := _cell(row, column)) and starts_with_date(cell.text))


def _cell(row: Unit, column: int) -> Cell | None:
    return next((cell for cell in row.cells if cell.column <= column < cell.column + cell.width), None)


def _table_rows(reading: Reading, rows: list[Unit], *, expected: bool) -> list[Row]:
    roles, heads = _columns(rows)
    body = rows[heads:]
    if not roles:
        if not expected or not body:
            return []
        best = max(range(2), key=lambda column: _dated(body, column))
        if _dated(body, best) * 2 < len(body):
            return []
        width = max(len(row.cells) for row in body)
        rest = [column for column in range(width) if column != best]
        roles = {"date": [best], "action": rest[:1], "note": rest[1:]}
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
    what = _text_of(unit, roles["action"])
    extra = [column for role in ("note",) for column in roles.get(role, [])]
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
    pieces = [squeeze(part) for part in _SPLIT.split(join_lines(text.split("\n")) if "•" in text else text.replace("\n", " "))]
    return [piece for piece in pieces if piece] or [squeeze(text)]


# ------------------------------------------------------------------ lines


def _lines(units: list[Unit]) -> list[tuple[Line, Unit]]:
    return [(line, unit) for unit in units if not unit.furniture for line in unit.lines]


def _opens_row(text: str, before: str) -> DateHit | None:
    bare = text.lstrip(BULLETS + " -–*")
    hit = starts_with_date(bare, None)
    if not hit or (hit.month_only and not _month_row(bare, hit)):
        return None
    if re.search(r"\b(?:innen|innan|per|senest|seinast|til|av|og|fra|frå|den|kl\.?)$", before.rstrip()):
        return None
    rest = bare[hit.end :]
    if rest and not re.match(r"^\s*(?:[:–—,.(-]|kl|[A-ZÆØÅ«•▪●\uf0b7\d]|\s{2})", rest) and rest.strip():
        return None
    return hit


def _month_row(text: str, hit: DateHit) -> bool:
    rest = text[hit.end :]
    return not rest.strip() or bool(re.match(r"^\s*(?:[:–—-]|\s{2,}\S|20\d\d\s*[:–—-])", rest)) or bool(re.match(r"^\s+[A-ZÆØÅ]", rest))


def _line_rows(reading: Reading, units: list[Unit]) -> list[Row]:
    groups: list[list[tuple[Line, Unit]]] = []
    has_note = False
    before = ""
    for line, unit in _lines(units):
        text = line.text
        if HEADER_LINE.match(text) and not groups:
            has_note = has_note or bool(re.search(r"merknad|kommentar|stad|sted|ansvar", text, re.IGNORECASE))
            continue
        if _opens_row(text, before):
            groups.append([(line, unit)])
        elif groups:
            groups[-1].append((line, unit))
        before = text
    width = _title_width(groups)
    rows = [_row_of(reading, group, has_note, width) for group in groups]
    return [row for row in rows if row and row.titles]


def _title_width(groups: list[list[tuple[Line, Unit]]]) -> int:
    """About how wide the column of titles is, from lines that wrap into a lower-case line."""
    wrapped: list[int] = []
    for group in groups:
        for (line, _), (following, _) in zip(group, group[1:], strict=False):
            text = line.text.lstrip(BULLETS + " ")
            hit = starts_with_date(text)
            body = text[hit.end :].strip() if hit else text
            if following.text[:1].islower() and body and not body[0].isdigit():
                wrapped.append(len(body))
    if not wrapped:
        return 45
    wrapped.sort()
    return max(wrapped[len(wrapped) // 2] + 8, 28)


def _row_of(reading: Reading, group: list[tuple[Line, Unit]], has_note: bool, width: int) -> Row | None:
    first = group[0][0].text
    shift = len(first) - len(first.lstrip(BULLETS + " -–*"))
    source = "\n".join([first[shift:]] + [line.text for line, _ in group[1:]])
    hit = starts_with_date(source, reading.year)
    if not hit:
        return None
    rest = source[hit.end :]
    clock = None
    when = squeeze(source[: hit.end])
    if _CLOCK_AHEAD.match(rest):
        found = find_time(rest[:60])
        if found:
            clock = (found[2], found[3])
            when = squeeze(join_lines((source[: hit.end] + rest[: found[1]]).split("\n")))
            rest = rest[found[1] :].lstrip(")")
    listed = bool(re.match(r"^\s*[:–—-]", rest))
    rest = re.sub(r"^\s*[:–—,-]\s*", "", rest)
    start_line = source[: len(source) - len(rest)].count("\n")
    pieces = [(piece, group[min(start_line + number, len(group) - 1)][0].gap) for number, piece in enumerate(rest.split("\n"))]
    titles, note = _title_and_note(pieces, has_note and not listed, width)
    titles = [title for title in titles if title]
    if titles and clock is None:
        late = find_time(titles[0])
        if late:
            clock = (late[2], late[3])
    line = group[0][0]
    units = list({id(unit): unit for _, unit in group}.values())
    begin = line.start + shift
    return Row(
        units,
        when,
        hit,
        titles,
        note,
        clock,
        spans=[Span("dato", begin, begin + hit.end), Span("tittel", begin + hit.end, group[-1][0].end)],
        confidence=0.9 if listed or not note else 0.85,
    )


def _title_and_note(pieces: list[tuple[str, bool]], has_note: bool, width: int) -> tuple[list[str], str]:
    """Part a flattened row into its title cell and its note cell."""
    entries: list[list[str]] = [[]]
    note: list[str] = []
    for position, (raw, gap) in enumerate(pieces):
        piece = raw.strip()
        if not piece:
            continue
        if note:
            note.append(piece)
            continue
        if piece[0] in "•▪●○◦·■\uf0b7\uf0a7":
            entries.append([])
            piece = piece.lstrip("•▪●○◦·■\uf0b7\uf0a7 ")
        current = entries[-1]
        if has_note and current and _note_begins(current[-1], piece, gap, width, pieces[position - 1][0] if position else ""):
            note.append(piece)
            continue
        if has_note:
            left, right = _split_line(piece, width)
            current.append(left)
            if right:
                note.append(right)
        else:
            current.append(piece)
    return [squeeze(join_lines(entry)) for entry in entries if entry], squeeze(join_lines(note))


def _note_begins(before: str, piece: str, gap: bool, width: int, raw: str) -> bool:
    if piece[0].islower() or piece[0].isdigit():
        return False
    first = piece.split(None, 1)[0]
    return before.endswith(".") or gap or len(before) + 1 + len(first) <= width


def _split_line(piece: str, width: int) -> tuple[str, str]:
    parts = re.split(r"\s{2,}", piece, maxsplit=1)
    if len(parts) == 2 and parts[1][:1].isupper():
        return parts[0], parts[1]
    if len(piece) <= width * 1.15:
        return piece, ""
    best = None
    for match in re.finditer(r"\s(?=[A-ZÆØÅ])", piece):
        if 8 <= match.start() <= width:
            best = match.start()
    return (piece[:best], piece[best + 1 :]) if best else (piece, "")


# ------------------------------------------------------------------ items


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
        later = [other.hit.date.month for other in rows[position:] if other.hit and other.hit.date and not other.hit.has_year]
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
            doubts.append(Doubt("year_assumed", "date", "Årstall mangler. Raden står etter desember og er lagt til neste år."))
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
            rows.extend(_table_rows(reading, table, expected=True))
        loose = [unit for unit in region if not unit.is_row]
        if not rows:
            rows = _line_rows(reading, loose)
        done.update(unit.index for row in rows for unit in row.units)
        items.extend(_items(reading, rows, len(items) + 1))
    for table in _tables([unit for unit in reading.body() if unit.index not in done]):
        rows = _table_rows(reading, table, expected=False)
        if len(rows) > 1:
            items.extend(_items(reading, rows, len(items) + 1))
    return items
