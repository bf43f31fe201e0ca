"""What is to be reported: in the calendar, in the chapter on reporting, and hidden in prose (R-30, RK01-RK29)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from governance.importing.habits import reporting as habit
from governance.importing.habits.labels import Label
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import sentences
from governance.importing.records import DeadlineKind, DraftCalendarItem, DraftReportingRequirement, ReportingPlace
from governance.importing.values.dates import find_dates
from governance.importing.values.text import comparable, squeeze

_BEFORE = re.compile(r"\b(?:innen|innan|senest|seinast|frist\w*)\b[\s:]*(?:\w+\s+){0,2}?$", re.IGNORECASE)


def _asks(sentence: str) -> bool:
    """True when a sentence asks for reporting."""
    if len(sentence) < 20 or not habit.MODAL.search(sentence) or habit.NOT_A_DUTY.search(sentence):
        return False
    if habit.RUNNING.search(sentence) or habit.AUDIT.search(sentence) or habit.ACCOUNT_NOTE.search(sentence):
        return True
    if habit.REPORTS.search(sentence) or habit.NOTIFY.search(sentence) or habit.HAND_OVER.search(sentence):
        return True
    if habit.DELIVERS.search(sentence) and any(
        _BEFORE.search(sentence[max(0, hit.start - 40) : hit.start]) for hit in find_dates(sentence)
    ):
        return True
    return bool(habit.DOCUMENT.search(sentence) and habit.ACTION.search(sentence))


def _where(sentence: str, around: str) -> tuple[ReportingPlace, ...]:
    places = []
    for source in (sentence, around):
        if habit.ANNUAL.search(source):
            places.append(ReportingPlace.ANNUAL_REPORT)
        if habit.ACTIVITY.search(source):
            places.append(ReportingPlace.ACTIVITY_REPORT)
        if habit.IMMEDIATE.search(source):
            places.append(ReportingPlace.IMMEDIATE)
        elif habit.EVENT.search(source) and not places:
            places.append(ReportingPlace.EVENT)
        if places:
            break
    return tuple(dict.fromkeys(places)) or (ReportingPlace.OTHER,)


def _kind(sentence: str, places: tuple[ReportingPlace, ...], dated: bool) -> DeadlineKind:
    if dated:
        return DeadlineKind.DATE
    if ReportingPlace.IMMEDIATE in places:
        return DeadlineKind.IMMEDIATE
    if habit.RECURRING.search(sentence) or re.search(r"løp(?:e|a)nde|laupande", sentence, re.IGNORECASE):
        return DeadlineKind.RECURRING
    if places == (ReportingPlace.OTHER,):
        return DeadlineKind.NONE
    return DeadlineKind.EVENT


def _dates(reading: Reading, sentence: str) -> list[tuple[int, dt.date, str]]:
    return [
        (hit.start, hit.date, hit.written)
        for hit in find_dates(sentence, reading.year)
        if hit.date and _BEFORE.search(sentence[max(0, hit.start - 40) : hit.start])
    ]


def _of_sentence(reading: Reading, unit: Unit, start: int, end: int, around: str) -> list[DraftReportingRequirement]:
    sentence = squeeze(unit.text[start:end])
    places = _where(sentence, around)
    dates = _dates(reading, sentence)
    inside = reading.outline.under(unit, Label.REPORTING)
    base = DraftReportingRequirement(
        confidence=0.85 if inside else 0.75,
        passages=reading.claim("reporting", unit),
        spans=(reading.span(unit, "krav", start, end),),
        title=sentence.rstrip(" .:"),
        text=sentence,
        where=places,
        deadline_kind=_kind(sentence, places, bool(dates)),
        deadline_text=dates[0][2] if dates else "",
        date=dates[0][1] if dates else None,
        hidden=not inside,
    )
    if len(dates) < 2:
        return [base]
    parts = re.split(r",?\s+og\s+(?=\w+(?:es|ast)\b)", sentence)
    if len(parts) != len(dates):
        return [base]
    return [
        replace(base, title=part.rstrip(" ."), date=date, deadline_text=written)
        for part, (_, date, written) in zip(parts, dates, strict=True)
    ]


def _prose(reading: Reading) -> list[DraftReportingRequirement]:
    found: list[DraftReportingRequirement] = []
    listing = False
    for unit in reading.body():
        if unit.is_heading or reading.claimed(unit, "assignment", "calendar", "facts"):
            listing = False
            continue
        around = " ".join(section.title for section in reading.outline.chain(unit)[:2])
        if listing and unit.is_item:
            found.extend(_of_sentence(reading, unit, 0, len(unit.text), found[-1].text if found else around))
            continue
        listing = False
        if unit.is_row or reading.claimed(unit, "parameter", "key_figure"):
            continue
        for start, end in sentences(unit.text):
            sentence = unit.text[start:end]
            copied = habit.COPY.search(sentence)
            if copied and found and habit.DOCUMENT.search(sentence):
                found = _with_copy(found, sentence, copied["to"] or copied["to2"])
                reading.claim("reporting", unit)
            elif _asks(sentence):
                found.extend(_of_sentence(reading, unit, start, end, around))
                listing = sentence.rstrip().endswith(":") and bool(habit.REPORTS.search(sentence))
    return found


def _with_copy(found: list[DraftReportingRequirement], sentence: str, to: str) -> list[DraftReportingRequirement]:
    """The copy rule added to the requirements of the report it speaks of."""
    wanted = ReportingPlace.ANNUAL_REPORT if habit.ANNUAL.search(sentence) else ReportingPlace.ACTIVITY_REPORT
    return [
        replace(item, copy_to=tuple(dict.fromkeys((*item.copy_to, to))))
        if wanted in item.where and not item.hidden
        else item
        for item in found
    ]


def _from_calendar(reading: Reading, calendar: list[DraftCalendarItem]) -> list[DraftReportingRequirement]:
    return [
        DraftReportingRequirement(
            confidence=0.9,
            passages=item.passages,
            spans=item.spans,
            title=item.title,
            text=item.title,
            where=(ReportingPlace.CALENDAR,),
            deadline_kind=DeadlineKind.DATE if item.date else DeadlineKind.NONE,
            deadline_text=item.date_text,
            date=item.date,
        )
        for item in calendar
        if habit.DELIVERABLE.search(item.title)
        and not (habit.MEETING.search(item.title) and not habit.DOCUMENT.search(item.title))
    ]


_NAMED = ("virksomhetsrapport", "verksemdsrapport", "budsjett- og regnskapsrapport", "tertialrapport")


def _with_calendar_dates(
    found: list[DraftReportingRequirement], calendar: list[DraftCalendarItem]
) -> list[DraftReportingRequirement]:
    """Days from the calendar for reports that are named there."""
    days: dict[str, tuple[dt.date, str]] = {}
    for item in calendar:
        text = comparable(item.title).replace(" - og", "- og")
        for name in _NAMED:
            if name in text and item.date:
                days.setdefault(name, (item.date, item.date_text))
    return [_dated(requirement, days) for requirement in found]


def _dated(requirement: DraftReportingRequirement, days: dict[str, tuple[dt.date, str]]) -> DraftReportingRequirement:
    text = comparable(requirement.text)
    named = [name for name in _NAMED if name in text and name in days]
    if requirement.date is not None or len(named) != 1:
        return requirement
    day, written = days[named[0]]
    return replace(requirement, date=day, deadline_text=written, deadline_kind=DeadlineKind.DATE)


def recognise_reporting(reading: Reading, calendar: list[DraftCalendarItem]) -> list[DraftReportingRequirement]:
    """All reporting requirements: those in prose first, then those that stand in the calendar."""
    found = _with_calendar_dates(_prose(reading), calendar) + _from_calendar(reading, calendar)
    return [replace(item, key=f"reporting-{number}") for number, item in enumerate(found, start=1)]
