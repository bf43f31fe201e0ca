"""Month grid (picture 07): weeks, days off with the holiday's name, duties at their date, today framed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from core import formatting as fmt
from core.calendars import day_off, month_weeks
from core.visuals.marks import Mark


@dataclass(frozen=True)
class Day:
    """One cell. ``label`` is "1. mai" on the first and today, else the number; ``off`` makes it grey."""

    day: date
    label: str
    full: str
    inside: bool
    off: bool
    holiday: str
    today: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class MonthWeek:
    """Week number and seven days."""

    number: int
    days: tuple[Day, ...]


@dataclass(frozen=True)
class MonthGrid:
    """The month with its name and the words of the week's days."""

    year: int
    month: int
    label: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[MonthWeek, ...]


def month_grid(year: int, month: int, marks: Sequence[Mark], *, today: date) -> MonthGrid:
    """Duties of a month (letters are no duties and are left out) in a grid of weeks."""
    by_day: dict[date, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.time, m.text)):
        if mark.lane != "letters":
            by_day.setdefault(mark.day, []).append(mark)
    weeks = tuple(
        MonthWeek(week.number, tuple(_day(day, month, by_day.get(day, []), today) for day in week.days))
        for week in month_weeks(year, month)
    )
    label = f"{str(MONTHS[month]).capitalize()} {year}"
    return MonthGrid(year, month, label, _weekdays(), weeks)


def _day(day: date, month: int, marks: list[Mark], today: date) -> Day:
    off = day_off(day)
    named = day == today or (day.day == 1 and day.month == month)
    return Day(
        day=day,
        label=fmt.day_month(day) if named else str(day.day),
        full=fmt.date_with_weekday(day),
        inside=day.month == month,
        off=off is not None,
        holiday=off.holiday if off else "",
        today=day == today,
        marks=tuple(marks),
    )


def _weekdays() -> tuple[tuple[str, str], ...]:
    return (
        (_("man."), _("mandag")),
        (_("tirs."), _("tirsdag")),
        (_("ons."), _("onsdag")),
        (_("tors."), _("torsdag")),
        (_("fre."), _("fredag")),
        (_("lør."), _("lørdag")),
        (_("søn."), _("søndag")),
    )
