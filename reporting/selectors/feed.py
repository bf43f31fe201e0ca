"""The calendar as iCalendar (RFC 5545). Exempt assignments are a number and nothing else, also for their readers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core.actor import Actor
from core.clock import OSLO
from reporting.selectors.happenings import MEETING, Happening, Scope, happenings

BACK, AHEAD = 365, 550  # days


def feed_bytes(actor: Actor, at: datetime) -> bytes:
    """A year back and a year and a half ahead, as this person sees it today."""
    today = at.astimezone(OSLO).date()
    scope = Scope(today - timedelta(days=BACK), today + timedelta(days=AHEAD), bare=True)
    calendar = Calendar()
    calendar.add("prodid", "-//Styringsdialog//nb//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Styringskalender"))
    for row in happenings(actor, today, scope):
        calendar.add_component(_event(row, at))
    return bytes(calendar.to_ical())


def _event(row: Happening, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{row.uuid}@styringsdialog")
    event.add("dtstamp", at)
    event.add("summary", f"{row.agency}: {row.title}")
    event.add("sequence", row.version)
    if row.kind == MEETING and row.time:
        event.add("dtstart", datetime.combine(row.day, row.time, tzinfo=OSLO))
        event.add("dtend", datetime.combine(row.day, row.end_time or row.time, tzinfo=OSLO))
    else:
        event.add("dtstart", row.day)
        event.add("dtend", next_day(row.day))
    if row.place:
        event.add("location", row.place)
    event.add("description", f"{row.badge.label}\n{settings.BASE_URL}{row.url}")
    event.add("url", f"{settings.BASE_URL}{row.url}")
    return event


def next_day(day: date) -> date:
    """The end of an all-day event is the day after."""
    return day + timedelta(days=1)
