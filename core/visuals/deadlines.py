"""The deadline badge (fristmerke): a date, and what it means now.

The letter's deadline never changes; the current one may. Both are shown when they differ. The text computed
here is the same on page, in mail and in documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from core import formatting as fmt
from core.calendars import is_working_day, last_working_day_on_or_before, working_days_between

SOON = 5  # working days; from here the badge is amber with a clock
DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class DeadlineFace:
    """Up to three lines.

    ``tone`` colours line two (and line one when ``loud``); ``glyph`` or ``icon`` leads line two.
    """

    first: str
    second: str = ""
    third: str = ""
    tone: str = "neutral"
    glyph: str = ""
    icon: str = ""
    loud: bool = False
    glyph_first: bool = False


def deadline_face(
    current: date | None,
    *,
    today: date,
    at: time | None = None,
    delivered_on: date | None = None,
    fixed: bool = False,
    clarify: bool = False,
    as_written: str = "",
    in_letter: str = "",
) -> DeadlineFace:
    """The face of one dated deadline.

    ``delivered_on``: a delivered thing is never late; line two says when it came. ``fixed``: the deadline
    cannot
    be moved. ``clarify``: doubtful, shown as written and not late. ``in_letter``: what the letter says, when
    that differs from the current deadline.
    """
    third = _("i brevet: %(text)s") % {"text": in_letter} if in_letter else ""
    if clarify:
        first = as_written or (fmt.full_date(current) if current else _("Under avklaring"))
        second = _("slik brevet sier, under avklaring") if as_written or current else ""
        return DeadlineFace(first, second, third, "brand2", "clarify", loud=True, glyph_first=True)
    if current is None:
        return DeadlineFace(_("Uten frist"), _("brevet nevner ingen"), third)
    first = _date_line(current, at)
    if delivered_on:
        return DeadlineFace(first, _("levert %(date)s") % {"date": fmt.day_month(delivered_on)}, third)
    if current < today:
        return DeadlineFace(first, fmt.distance(current, today), third, "danger", "late", loud=True)
    if fixed:
        return DeadlineFace(first, _("kan ikke fravikes"), third, glyph="lock")
    return _ahead(current, first, third, today)


def _date_line(current: date, at: time | None) -> str:
    if at:
        return f"{fmt.full_date(current)} {fmt.clock(at)}"
    return fmt.full_date(current) if is_working_day(current) else fmt.date_with_weekday(current)


def _ahead(current: date, first: str, third: str, today: date) -> DeadlineFace:
    left = working_days_between(today, current)
    if current == today or left <= SOON:
        return DeadlineFace(first, fmt.distance(current, today), third, "warning", "clock")
    if not is_working_day(current):
        before = fmt.weekday_date(last_working_day_on_or_before(current))
        words = _("siste virkedag før: %(date)s") % {"date": before}
        return DeadlineFace(first, words, third, icon="calendar")
    return DeadlineFace(first, fmt.distance(current, today), third)


def in_dialog(given_on: date, today: date) -> DeadlineFace:
    """ "Settes i dialog" and not set yet: says for how many weeks."""
    weeks = max((today - given_on).days // DAYS_PER_WEEK, 0)
    return DeadlineFace(_("Frist avtales i dialog"), _("ikke satt på %(weeks)s uker") % {"weeks": weeks})


def standing() -> DeadlineFace:
    """A standing assignment runs without an end."""
    return DeadlineFace(_("Løpende"), _("stående oppdrag"))


def without() -> DeadlineFace:
    """The letter names no deadline."""
    return DeadlineFace(_("Uten frist"), _("brevet nevner ingen"))


def time_left(
    current: date | None, *, today: date, delivered_on: date | None = None, ahead: bool = False
) -> DeadlineFace:
    """One line for a column "Tid igjen": "3 virkedager over", "2 virkedager", "levert 20. mai".

    ``ahead`` writes "om 2 virkedager", for places without that heading.
    """
    if delivered_on:
        return DeadlineFace(_("levert %(date)s") % {"date": fmt.day_month(delivered_on)})
    if current is None:
        return DeadlineFace(_("uten frist"))
    if current < today:
        return DeadlineFace(fmt.distance(current, today), tone="danger", glyph="late", loud=True)
    left = working_days_between(today, current)
    words = fmt.distance(current, today) if ahead or current == today else fmt.working_days(max(left, 1))
    if current == today or left <= SOON:
        return DeadlineFace(words, tone="warning", glyph="clock")
    return DeadlineFace(words)
