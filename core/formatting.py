"""How dates, distances, counts and money are written on screen, in mail and in documents.

Pure functions. Dates in full with the weekday when it matters, distance in working days, money in
1 000 kroner under a heading that says so (ui.md section 7). The separator in numbers is a non-breaking space.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.calendars import ONE_DAY, holiday_name, working_days_between

NBSP = "\u00a0"
MINUS = "\u2212"
THOUSAND = 1000
OSLO = ZoneInfo("Europe/Oslo")


def full_date(day: date) -> str:
    """15. mars 2026."""
    return _("%(day)s. %(month)s %(year)s") % {
        "day": day.day,
        "month": MONTHS[day.month],
        "year": day.year,
    }


def day_month(day: date) -> str:
    """15. mars."""
    return _("%(day)s. %(month)s") % {"day": day.day, "month": MONTHS[day.month]}


def short_date(day: date) -> str:
    """15.3. – only on the axis of a chart or timeline."""
    return f"{day.day}.{day.month}."


def weekday(day: date) -> str:
    """Fredag, in lower case as Norwegian writes it."""
    return str(WEEKDAYS[day.weekday()]).lower()


def weekday_date(day: date) -> str:
    """Fredag 13. mars."""
    return _("%(weekday)s %(date)s") % {"weekday": weekday(day), "date": day_month(day)}


def date_with_weekday(day: date) -> str:
    """15. mars 2026 (søndag), with "høytidsdag" added on a public holiday."""
    words = weekday(day)
    if holiday_name(day):
        words = _("%(weekday)s, høytidsdag") % {"weekday": words}
    return f"{full_date(day)} ({words})"


def date_comma_weekday(day: date) -> str:
    """1. juni 2026, mandag – in lists where the weekday is always read."""
    return f"{full_date(day)}, {weekday(day)}"


def clock(at: time | datetime) -> str:
    """Kl. 09.14. An aware instant is read in Oslo."""
    if isinstance(at, datetime):
        at = at.astimezone(OSLO).time()
    return _("kl. %(time)s") % {"time": f"{at.hour:02d}.{at.minute:02d}"}


def clock_range(start: time, end: time) -> str:
    """Kl. 09.00–11.00."""
    return f"{clock(start)}–{end.hour:02d}.{end.minute:02d}"


def moment(at: datetime) -> str:
    """27. mai 2026 kl. 16.40, in Oslo."""
    return f"{full_date(at.astimezone(OSLO).date())} {clock(at)}"


def moment_near(at: datetime, today: date) -> str:
    """I dag kl. 09.12, i går kl. 16.40, 26. mai kl. 14.05; the year when it is another one."""
    day = at.astimezone(OSLO).date()
    if day == today:
        return _("i dag %(clock)s") % {"clock": clock(at)}
    if day == today - ONE_DAY:
        return _("i går %(clock)s") % {"clock": clock(at)}
    words = day_month(day) if day.year == today.year else full_date(day)
    return f"{words} {clock(at)}"


def working_days(count: int) -> str:
    """12 virkedager."""
    return ngettext("%(count)s virkedag", "%(count)s virkedager", count) % {"count": thousands(count)}


def distance(day: date, today: date) -> str:
    """What a date means today: "om 78 virkedager", "i dag", "3 virkedager over"."""
    if day == today:
        return _("i dag")
    count = working_days_between(today, day)
    if day > today:
        return _("om %(days)s") % {"days": working_days(max(count, 1))}
    return over(-count)


def over(count: int) -> str:
    """3 virkedager over. A deadline on a day off that passed without a working day since reads "utløpt"."""
    return _("%(days)s over") % {"days": working_days(count)} if count else _("utløpt")


def thousands(value: int | Decimal) -> str:
    """458 591 with non-breaking spaces and a real minus; decimals keep a comma."""
    sign = MINUS if value < 0 else ""
    whole, _point, rest = str(abs(value)).partition(".")
    text = f"{int(whole):,}".replace(",", NBSP)
    return f"{sign}{text},{rest}" if rest else f"{sign}{text}"


def measured(value: int | float | Decimal | str | None, unit: str = "") -> str:
    """A figure as it is written, with its unit: «12,5 prosent», «180 dager». Empty without a figure."""
    if value is None or value == "":
        return ""
    number = Decimal(f"{Decimal(str(value)).normalize():f}")
    return f"{thousands(number)} {unit}".strip()


def in_thousand_kroner(kroner: int | None) -> str:
    """Whole kroner shown in 1 000 kroner, exactly: 458591000 → "458 591", 400500 → "400,5". None is
    "mangler".

    The heading says "alle beløp i 1 000 kroner" once.
    """
    if kroner is None:
        return _("mangler")
    whole, rest = divmod(abs(kroner), THOUSAND)
    text = thousands(whole)
    if rest:
        text = f"{text},{f'{rest:03d}'.rstrip('0')}"
    return f"{MINUS}{text}" if kroner < 0 else text


def kroner(amount: int | None) -> str:
    """30 000 kroner, for authorisations and prose. None is "mangler"."""
    if amount is None:
        return _("mangler")
    return _("%(amount)s kroner") % {"amount": thousands(amount)}


def change(value: int | Decimal) -> str:
    """+12, −3 or 0: a change always carries its sign."""
    return f"+{thousands(value)}" if value > 0 else thousands(value)


def listing(words: list[str]) -> str:
    """A, B og C."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
