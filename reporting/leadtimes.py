"""When a reminder leaves: pure date arithmetic (decision D3).

``lead`` is working days before the deadline: 20, 10, 5, 1; 0 is the day itself and -1 the day after. Nothing leaves
on weekends, public holidays, 24 and 31 December: a reminder ahead of the deadline leaves on the nearest day before,
one after the deadline on the nearest day after. The deadline itself never moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from core.calendars import add_working_days, is_quiet, subtract_working_days
from core.clock import OSLO

DEFAULT_LEADS = (20, 10, 5, 1, -1)
SEND_TIME = time(7, 0)
#: Working days after the letter on which the one who set an unclear or missing deadline is asked about it.
CLARIFY_LEADS = (-5, -15, -30, -60)
ONE_DAY = timedelta(days=1)


def send_day(deadline: date, lead: int) -> date:
    """The day a reminder leaves."""
    if lead < 0:
        day = add_working_days(deadline, -lead)
        while is_quiet(day):
            day += ONE_DAY
        return day
    day = subtract_working_days(deadline, lead)
    while is_quiet(day):
        day -= ONE_DAY
    return day


def send_days(deadline: date, leads: Iterable[int]) -> dict[int, date]:
    """Each lead with its day. Two leads that fall on one day are one reminder: the later lead."""
    by_day: dict[date, int] = {}
    for lead in sorted(set(leads), reverse=True):
        by_day[send_day(deadline, lead)] = lead
    return {lead: day for day, lead in by_day.items()}


def due_at(send_on: date) -> datetime:
    """The instant from which a reminder of that day may leave: seven in the morning in Oslo."""
    return datetime.combine(send_on, SEND_TIME, tzinfo=OSLO)


def may_send(at: datetime) -> bool:
    """Whether mail may leave at this instant: a day that is not quiet, after seven in the morning."""
    local = at.astimezone(OSLO)
    return not is_quiet(local.date()) and local.time() >= SEND_TIME
