"""Days as Norwegian public administration counts them: working days, holidays, weeks.

Pure functions on ``date``; nothing here reads the clock or the database. A *working day* (virkedag) is
Monday to Friday and no public holiday. 24 and 31 December are working days by law, but *quiet*: no
reminder leaves on them (decision D3). A date in a letter never moves because it falls on a day off; the
page only says which working day comes last before it.
"""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

__all__ = [
    "DayOff",
    "Week",
    "add_working_days",
    "day_off",
    "holiday_name",
    "is_quiet",
    "is_working_day",
    "last_working_day_on_or_before",
    "month_weeks",
    "next_working_day_on_or_after",
    "subtract_working_days",
    "week_number",
    "working_days_between",
]

ONE_DAY = timedelta(days=1)
SATURDAY = 5

# The package writes out ordinals and long names; the calendar has room for what people say.
SHORT_NAMES = {
    "Første nyttårsdag": "1. nyttårsdag",
    "Første påskedag": "1. påskedag",
    "Andre påskedag": "2. påskedag",
    "Arbeidernes dag": "offentlig høytidsdag",
    "Grunnlovsdag": "grunnlovsdag",
    "Første pinsedag": "1. pinsedag",
    "Andre pinsedag": "2. pinsedag",
    "Første juledag": "1. juledag",
    "Andre juledag": "2. juledag",
}

# Working days by law on which nobody is reminded (decision D3): Christmas Eve and New Year's Eve.
QUIET_DAYS = frozenset({(12, 24), (12, 31)})


@dataclass(frozen=True)
class DayOff:
    """Why a date is no working day: the holiday's name, or empty for an ordinary weekend."""

    day: date
    weekend: bool
    holiday: str = ""


@dataclass(frozen=True)
class Week:
    """One row of the month: ISO week number and seven dates, Monday first."""

    number: int
    days: tuple[date, ...]


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> dict[date, str]:
    found = country_holidays("NO", years=year, language="no")
    return {
        day: "; ".join(SHORT_NAMES.get(name, name) for name in names.split("; "))
        for day, names in found.items()
        if day.year == year
    }


def holiday_name(day: date) -> str:
    """Name of the public holiday on ``day``, empty when it is none."""
    return _holidays_of(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """True for Monday to Friday outside public holidays."""
    return day.weekday() < SATURDAY and not holiday_name(day)


def day_off(day: date) -> DayOff | None:
    """Why ``day`` is no working day, or None when it is one."""
    if is_working_day(day):
        return None
    return DayOff(day=day, weekend=day.weekday() >= SATURDAY, holiday=holiday_name(day))


def is_quiet(day: date) -> bool:
    """True when no reminder may leave: days off, 24 and 31 December (decision D3)."""
    return not is_working_day(day) or (day.month, day.day) in QUIET_DAYS


def last_working_day_on_or_before(day: date) -> date:
    """``day`` itself when it is a working day, else the nearest one before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def next_working_day_on_or_after(day: date) -> date:
    """``day`` itself when it is a working day, else the nearest one after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The working day ``count`` working days after ``day``; negative counts go back.

    Zero gives ``day`` itself, also when it is a day off.
    """
    step = ONE_DAY if count >= 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day


def subtract_working_days(day: date, count: int) -> date:
    """The working day ``count`` working days before ``day``."""
    return add_working_days(day, -count)


def working_days_between(start: date, end: date) -> int:
    """Distance in working days: working days after ``start`` up to and including ``end``.

    Negative when ``end`` lies before ``start`` (then counted from ``end``), so a deadline on Friday read on
    the Monday after is ``-1``: one working day over.
    """
    if end < start:
        return -working_days_between(end, start)
    weekdays = _weekdays_up_to(end) - _weekdays_up_to(start)
    return weekdays - sum(
        1
        for year in range(start.year, end.year + 1)
        for day in _holidays_of(year)
        if start < day <= end and day.weekday() < SATURDAY
    )


def _weekdays_up_to(day: date) -> int:
    """Mondays to Fridays from 1 January of year 1 (a Monday) to ``day`` inclusive."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def week_number(day: date) -> int:
    """ISO week number (the one used in Norway)."""
    return day.isocalendar().week


def month_weeks(year: int, month: int) -> tuple[Week, ...]:
    """The weeks that touch a month, with the days of the neighbouring months that fill them."""
    weeks = Calendar(firstweekday=0).monthdatescalendar(year, month)
    return tuple(Week(number=week_number(days[0]), days=tuple(days)) for days in weeks)
