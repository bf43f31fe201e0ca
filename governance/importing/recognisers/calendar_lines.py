"""Calendars as lists, and tables that extraction flattened into lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from governance.importing.habits.calendar import HEADER_LINE, NOTE_OPENS, WEEK_ROW
from governance.importing.reading.units import Line, Unit
from governance.importing.recognisers.calendar_rows import Row, without_clock
from governance.importing.recognisers.context import Reading
from governance.importing.records import Span
from governance.importing.values.dates import DateHit, starts_with_date
from governance.importing.values.text import BULLETS, join_lines, squeeze
from governance.importing.values.times import find_time

_CLOCK_AHEAD = re.compile(r"^[\s,]*(?:(?:kl(?:okk[ae]n?)?\.?|\()?\s*\d{1,2}[.:]\d{2}|kl(?:okk[ae]n?)?\.?\s*\d{1,4}\b)")


def _lines(units: list[Unit]) -> list[tuple[Line, Unit]]:
    return [(line, unit) for unit in units if not unit.furniture for line in unit.lines]


def _opens_row(text: str, before: str) -> bool:
    return _dated(text, before) is not None or bool(WEEK_ROW.match(text.lstrip(BULLETS + " -–*")))


def _dated(text: str, before: str) -> DateHit | None:
    bare = text.lstrip(BULLETS + " -–*")
    hit = starts_with_date(bare, None)
    if not hit or (hit.month_only and not _month_row(bare, hit)):
        return None
    if re.search(r"\b(?:innen|innan|per|senest|seinast|til|av|og|fra|frå|den|kl\.?)$", before.rstrip()):
        return None
    if hit.month_only and re.search(r"(?:^|\s)\d{1,2}\.$", before.rstrip()):
        return None
    rest = bare[hit.end :]
    if rest and not re.match(r"^\s*(?:[:–—,.(-]|kl|[A-ZÆØÅ«•▪●\uf0b7\d]|\s{2})", rest) and rest.strip():
        return None
    return hit


def _month_row(text: str, hit: DateHit) -> bool:
    rest = text[hit.end :]
    return (
        not rest.strip()
        or bool(re.match(r"^\s*(?:[:–—-]|\s{2,}\S|20\d\d\s*[:–—-])", rest))
        or bool(re.match(r"^\s+[A-ZÆØÅ]", rest))
    )


_CAPTION = re.compile(r"^(?:[A-ZÆØÅ][\wæøå]*\s+){0,2}(?P<word>[A-ZÆØÅa-zæøå]*møte)(?:r|ne|ne|t)?\s*:$")
"""«Etatsstyringsmøter:» above days that say nothing more."""


def _named(row: Row | None, caption: str) -> Row | None:
    """The row with the caption as its title, where it has only a day and a time."""
    if row is not None and caption and (not row.titles or re.match(r"^(?:kl\.?\s*)?[\d.:–-]*$", row.titles[0])):
        row.titles = [caption]
    return row


def line_rows(reading: Reading, units: list[Unit]) -> list[Row]:
    groups: list[list[tuple[Line, Unit]]] = []
    captions: dict[int, str] = {}
    closed = False
    has_note = spaced = False
    before = ""
    for line, unit in _lines(units):
        text = line.text
        if HEADER_LINE.match(text) and not groups:
            has_note = has_note or bool(
                re.search(r"merknad|kommentar|stad|sted|ansvar|deltak|hvem|kven", text, re.IGNORECASE)
            )
            continue
        if _is_section(reading, unit):
            closed = True
        elif named := _CAPTION.match(text):
            captions[len(groups)] = named["word"].capitalize()
            closed = True
        elif _opens_row(text, before):
            spaced = spaced or (bool(groups) and line.gap)
            groups.append([(line, unit)])
            closed = False
        elif (line.gap and not spaced and _is_list(groups) and _says_what(groups[-1])) or _ends_list(
            groups, line, unit
        ):
            closed = True
        elif groups and not closed:
            groups[-1].append((line, unit))
        before = text
    width = _title_width(groups)
    rows: list[Row | None] = []
    caption = ""
    for number, group in enumerate(groups):
        caption = captions.get(number, caption)
        rows.append(_named(_row_of(reading, group, has_note, width), caption))
    kept = [row for row in rows if row and row.titles]
    if has_note:
        _take_bodies(kept)
    return kept


_BODY = re.compile(r"\s(?P<body>[A-ZÆØÅ][\wæøåÆØÅ-]+(?:(?:\s+og\s+|\s*/\s*|,\s)[A-ZÆØÅ]?[\wæøåÆØÅ-]+)?)$")


def _take_bodies(rows: list[Row]) -> None:
    """A column of those responsible, run together with the titles: words that end most rows are remarks."""
    ends = [_BODY.search(row.titles[-1]) for row in rows]
    often = Counter(match["body"] for match in ends if match)
    known = {body for body, number in often.items() if number > 1}
    if sum(often[body] for body in known) * 5 < len(rows) * 3:
        return
    for row, match in zip(rows, ends, strict=True):
        if match and match["body"] in known and not row.note:
            row.titles[-1], row.note = row.titles[-1][: match.start()].rstrip(), match["body"]


_LISTED = re.compile(r"^.{0,40}?(?:\d{1,2}[.:]?\d{2}|[a-zæøå]{3,9}\.?|\d{1,4})\)?\s*[:–—-]\s+\S")


def _is_section(reading: Reading, unit: Unit) -> bool:
    """True for «6.1 Årsrapport» below «6 Rapportering»: the number is a section's, no day."""
    section = reading.outline.section_of(unit)
    if section is None or section.heading is not unit or not unit.number:
        return False
    parent = reading.outline.sections[section.parent] if section.parent is not None else None
    return unit.styled or (parent is not None and parent.number == unit.number.rpartition(".")[0] != "")


def _is_list(groups: list[list[tuple[Line, Unit]]]) -> bool:
    """True for three entries or more that are items, or «dag – hva» on their line."""
    return len(groups) > 2 and all(group[0][1].is_item or _LISTED.match(group[0][0].text) for group in groups)


def _says_what(group: list[tuple[Line, Unit]]) -> bool:
    """True when a row has words behind its day."""
    text = " ".join(line.text for line, _ in group).lstrip(BULLETS + " -–*")
    hit = starts_with_date(text)
    return bool(re.search(r"[a-zæøå]{4}", text[hit.end if hit else 0 :]))


def _ends_list(groups: list[list[tuple[Line, Unit]]], line: Line, unit: Unit) -> bool:
    """True for a sentence below a list of dates, where each entry is an item or «dag – hva» on its line."""
    if len(groups) < 2 or not line.text[:1].isupper() or unit.is_item:
        return False
    (_, last), first = groups[-1][-1], groups[-1][0]
    if unit is not last and all(group[0][1].is_item for group in groups):
        return True
    listed = all(_LISTED.match(group[0][0].text) and len(group) < 3 for group in groups)
    return listed and first[0].text[-1:] not in ",-–" and not line.columns


_TRAILING = re.compile(
    r"^(?P<title>[A-ZÆØÅ][^\n]{2,140}?)(?:\s*[:–—-]\s+|,\s+(?=(?:innen|innan|senest|seinast)\b)|\s+\((?=(?:innen|innan|senest|seinast)\b))"
    r"(?P<when>(?:(?:innen|innan|senest|seinast)\s+)?\d{1,2}\.\s?[^\n]{2,60})$"
)


_NUMBERED = re.compile(r"^(?:\d{1,2}|[a-z])[.)]\s+(?=[A-ZÆØÅ])")
_HELD = re.compile(
    r"^(?P<title>[A-ZÆØÅ][^\n]{2,120}?)\s+(?:skal\s+)?(?:sende?s|sendast|oversendes|oversendast|leveres|leverast|holdes|haldast|avholdes|gjennomføres|"
    r"gjennomførast|blir\s+(?:holdt|halde)|legges\s+fram|er|finner\s+sted)\s+(?:\w+\s+)?(?P<when>(?:(?:innen|innan|senest|seinast|den)\s+)?\d{1,2}\.\s?[^\n]{2,60})$"
)
"""«Etatsstyringsmøte holdes 16. april kl. 10»."""


def trailing_rows(reading: Reading, units: list[Unit]) -> list[Row]:
    """Lists that give the event first: «Årsrapport for fjoråret: 15. mars»."""
    rows: list[Row] = []
    for unit in units:
        for line in unit.lines if not unit.furniture and not unit.is_row else []:
            bare = line.text.lstrip(BULLETS + " -–−*").rstrip(" .")
            bare = _NUMBERED.sub("", bare, count=1)
            match = _TRAILING.match(bare) or _HELD.match(bare)
            hit = starts_with_date(match["when"], reading.year) if match else None
            if match is None or hit is None or len(match["when"]) - hit.end > 30:
                continue
            clock = find_time(match["when"][hit.end :])
            row = Row([unit], squeeze(match["when"]), hit, [squeeze(match["title"])], confidence=0.85)
            row.clock = (clock[2], clock[3]) if clock else None
            row.spans = [Span("tittel", line.start, line.end)]
            rows.append(row)
    return rows if len(rows) > 1 else []


def _title_width(groups: list[list[tuple[Line, Unit]]]) -> int:
    """About how wide the column of titles is, from lines that wrap into a lower-case line."""
    wrapped: list[int] = []
    for group in groups:
        for (line, _), (following, _) in pairwise(group):
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
    week = WEEK_ROW.match(source) if not hit else None
    if not hit and not week:
        return None
    at = hit.end if hit else week.end("when") if week else 0
    rest = source[at:]
    clock = None
    when = squeeze(source[:at])
    if _CLOCK_AHEAD.match(rest):
        found = find_time(rest[:60])
        if found:
            clock = (found[2], found[3])
            when = squeeze(join_lines((source[:at] + rest[: found[1]]).split("\n")))
            rest = rest[found[1] :].lstrip(")")
    listed = bool(re.match(r"^\s*[:–—-]", rest))
    rest = re.sub(r"^\s*[:–—,-]\s*", "", rest)
    start_line = source[: len(source) - len(rest)].count("\n")
    pieces = [
        (piece, group[min(start_line + number, len(group) - 1)][0].gap) for number, piece in enumerate(rest.split("\n"))
    ]
    titles, note = _title_and_note(pieces, has_note and not listed, width)
    titles = [title for title in titles if title]
    if titles and clock is None:
        titles[0], late = without_clock(titles[0])
        late = late or find_time(titles[0])
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
        spans=[Span("dato", begin, begin + at), Span("tittel", begin + at, group[-1][0].end)],
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
        if (
            has_note
            and current
            and _note_begins(current[-1], piece, gap, width, pieces[position - 1][0] if position else "")
        ):
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
    note = NOTE_OPENS.search(piece)
    if note and note.start() > 5:
        return piece[: note.start()], piece[note.end() :]
    if len(piece) <= width * 1.15:
        return piece, ""
    best = None
    for match in re.finditer(r"\s(?=[A-ZÆØÅ])", piece):
        if 8 <= match.start() <= width:
            best = match.start()
    return (piece[:best], piece[best + 1 :]) if best else (piece, "")
