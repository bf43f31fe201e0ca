"""Earlier assignments that a letter changes in running text, and doubts that need all assignments."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from governance.importing.habits import assignments as habit
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import Part, deadlines_of, whole_deadline
from governance.importing.records import ChangeKind, Doubt, DraftAssignment
from governance.importing.values.references import parse_reference, reference_key
from governance.importing.values.text import squeeze

_WITHDRAWN = re.compile(r"^(?:trekk|trukket|trekt|utgår|bortfaller|fell|går)", re.IGNORECASE)
_IN_LETTER = re.compile(
    r"\s*,?\s*(?:\bi\s+|\bfra\s+|\bfrå\s+)(?:(?:hoved|hovud)?tildelingsbrev\w*|brevet)\b(?:\s+(?:for\s+|av\s+)?(?:\d{1,2}\.\s?\w+\s+)?20\d\d)?.{0,20}$"
)
_SAYS_ON = re.compile(r",\s+(?:gis|gjev|gjevast|er|blir|vert|har|skal|som|prioriteres|prioriterast)\b.*$", re.DOTALL)
"""«…, gis ikke prioritet nå og trekkes»: what is said of the assignment is no part of its title."""
_QUOTED = re.compile(r"[«\"](?P<title>[^»\"]{4,200})[»\"]")


def recognise_statements(reading: Reading, known: list[DraftAssignment]) -> list[DraftAssignment]:
    """«Fristen for oppdrag TB-nr … utsettes til …»: an item for the assignment that is changed."""
    held = {reference_key(item.reference.written) for item in known if item.reference}
    found: list[DraftAssignment] = []
    for unit in reading.body():
        if unit.is_row or reading.claimed(unit, "assignment", "calendar", "budget"):
            continue
        for match in habit.STATEMENT.finditer(unit.text):
            if reference_key(match["ref"]) in held:
                continue
            held.add(reference_key(match["ref"]))
            found.append(_statement(reading, unit, match, len(found) + 1))
    return found


def _statement(reading: Reading, unit: Unit, match: re.Match[str], number: int) -> DraftAssignment:
    withdrawn = bool(_WITHDRAWN.match(match["verb"]))
    quoted = _QUOTED.search(match["title"])
    title = quoted["title"] if quoted else match["title"]
    title = squeeze(re.sub(r"\b(?:er|blir|vert|skal|har|nå|no|med\s+dette)\s*$", "", title)).strip(" ,.–-():")
    title = _SAYS_ON.sub("", _IN_LETTER.sub("", title))
    tail = match["tail"]
    copy = Unit(unit.form, f"Frist: {tail}", unit.start, unit.end, unit.page, unit.lines, index=unit.index)
    deliveries = [] if withdrawn else [item for item in deadlines_of(reading, copy, Part()) if item.date]
    deadline, kind, text = whole_deadline(deliveries)
    return DraftAssignment(
        key=f"assignment-c{number}",
        confidence=0.75,
        passages=reading.claim("assignment", unit),
        spans=(reading.span(unit, "nummer", match.start("ref"), match.end("ref")),),
        reference=parse_reference(match["ref"]),
        title=title or f"Oppdrag {match['ref']}",
        body=unit.text,
        deliveries=tuple(deliveries),
        deadline=deadline,
        deadline_kind=kind,
        deadline_text=text or squeeze(match["tail"])[:120],
        change=ChangeKind.WITHDRAWN if withdrawn else ChangeKind.MOVED,
    )


def with_doubts(reading: Reading, items: list[DraftAssignment]) -> list[DraftAssignment]:
    """Doubtful deadlines (V-03, V-05, V-06): as written, with the reason for a person to settle."""
    days = {(item.deadline.year, item.deadline.month, item.deadline.day) for item in items if item.deadline}
    return [_judged(reading, item, days) for item in items]


def _judged(reading: Reading, item: DraftAssignment, days: set[tuple[int, int, int]]) -> DraftAssignment:
    missing = [
        part
        for part in item.deliveries
        if part.date is None and re.search(r"\d{1,2}\.\s?\d{1,2}\.", part.deadline_text)
    ]
    if missing and item.deadline is None:
        return _doubtful(item, "no_such_date", f"Datoen «{missing[0].deadline_text}» finnes ikke. Avklar fristen.")
    day = item.deadline
    if day is None:
        return item
    if reading.date is not None and day < reading.date:
        return _doubtful(item, "before_letter", "Fristen er før brevets egen dato. Avklar om året er riktig.")
    if (day.year + 1, day.month, day.day) in days and day.month <= 2 and day.year == reading.year:
        return _doubtful(
            item, "year_differs", "Et annet oppdrag har samme dag og måned året etter. Avklar om året er riktig."
        )
    if reading.date is not None and day - reading.date < dt.timedelta(days=14):
        return _doubtful(item, "too_soon", "Fristen er mindre enn 14 dager etter brevets dato.")
    return item


def _doubtful(item: DraftAssignment, code: str, sentence: str) -> DraftAssignment:
    return replace(
        item,
        doubtful_deadline=code,
        confidence=min(item.confidence, 0.6),
        unsure=(*item.unsure, Doubt(code, "deadline", sentence)),
    )


def with_goals(reading: Reading, items: list[DraftAssignment], goals: list[tuple[int, str]]) -> list[DraftAssignment]:
    """Each assignment with the goal whose section it stands in; ``goals`` are (passage, reference)."""
    done = []
    for item in items:
        if item.goal or not item.passages:
            done.append(item)
            continue
        unit = reading.units[item.passages[0]]
        chain = {section.heading.index for section in reading.outline.chain(unit) if section.heading is not None}
        inside = [reference for passage, reference in goals if passage in chain and reference]
        done.append(replace(item, goal=inside[-1]) if inside else item)
    return done
