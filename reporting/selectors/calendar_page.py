"""The calendar page: month, wheel, list and what falls on days off (picture 07, R-54, V-04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Organisation
from agencies.rights import Right
from core import formatting as fmt
from core.actor import Actor
from core.calendars import day_off, holiday_name, is_working_day, last_working_day_on_or_before
from core.visuals.badges import Badge
from core.visuals.month import month_grid
from core.visuals.parts import Action, Link, PageHead
from core.visuals.wheel import wheel
from reporting.addresses import address
from reporting.contexts import CalendarPage, CalendarRow, OffDayRow, PressingRow
from reporting.selectors.happenings import ASSIGNMENT, Happening, Scope, happenings
from reporting.selectors.year_marks import chart_marks, month_marks

SHOWS = ("alt", "liste", "maned", "hjul")
MOST_PRESSING = 8
FIRST_YEAR, LAST_YEAR = 2, 2  # years before and after this one that can be chosen


@dataclass(frozen=True)
class CalendarQuery:
    """What the address asks for. ``month`` is the first day of the month shown."""

    agency: UUID | None
    year: int
    month: date
    show: str = "alt"

    def url(self, **changes: object) -> str:
        """The address with changes."""
        values: dict[str, Any] = {"virksomhet": self.agency, "aar": self.year, "maned": f"{self.month:%Y-%m}"}
        return address("reporting:calendar", **{**values, "vis": self.show, **changes})


def read_query(params: dict[str, str], today: date) -> CalendarQuery:
    """The query of an address; what is not understood is left out, so that an old link still leads somewhere."""
    month = _month(params.get("maned", ""))
    year = _year(params.get("aar", "")) or (month.year if month else today.year)
    if month is None or month.year != year:
        month = date(year, today.month if year == today.year else 1, 1)
    show = params.get("vis", "")
    return CalendarQuery(_uuid(params.get("virksomhet", "")), year, month, show if show in SHOWS else "alt")


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 and 1900 < int(text) < 2200 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def agencies_with_calendar(actor: Actor, today: date) -> list[Organisation]:
    """The agencies whose calendar one sees, by name."""
    return list(Organisation.objects.with_right(actor, Right.SEE_CALENDAR, today).order_by("name"))


def calendar_page(actor: Actor, today: date, query: CalendarQuery) -> CalendarPage:
    """Everything on the page, from one list of happenings."""
    agencies = agencies_with_calendar(actor, today)
    agency = next((one for one in agencies if one.uuid == query.agency), None)
    # until May next year: annual report and publication belong to the letter of this year
    rows = happenings(actor, today, Scope(date(query.year, 1, 1), date(query.year + 1, 5, 31), agency))
    this_year = [row for row in rows if row.day.year == query.year]
    in_month = [row for row in rows if (row.day.year, row.day.month) == (query.month.year, query.month.month)]
    marks = chart_marks(this_year)
    months, wheels, lists = (query.show in ("alt", name) for name in ("maned", "hjul", "liste"))
    listed = [row for row in rows if query.show == "liste" or row.kind != ASSIGNMENT]
    return CalendarPage(
        head=_head(agency, agencies, query),
        show=query.show,
        grid=month_grid(
            query.month.year, query.month.month, month_marks(in_month, name_agency=agency is None), today=today
        )
        if months
        else None,
        grid_note=_month_note(in_month),
        previous=_neighbour(query, -1),
        next=_neighbour(query, 1),
        today_url=query.url(aar=today.year, maned=f"{today:%Y-%m}"),
        wheel=wheel(marks, year=query.year, today=today, sentence=_sentence(query.year, this_year)) if wheels else None,
        pressing=_pressing(rows, today) if query.show == "alt" else [],
        off_days=_off_days(rows) if query.show in ("alt", "liste") else [],
        rows=[_row(row, today, name_agency=agency is None) for row in listed] if lists else [],
        rows_note=_rows_note(listed),
        today_words=_("I dag, %(date)s") % {"date": fmt.date_with_weekday(today)},
        agencies=_agency_links(agencies, agency, query),
        years=[
            Link(str(year), query.url(aar=year, maned=None), current=year == query.year)
            for year in range(today.year - FIRST_YEAR, today.year + LAST_YEAR + 1)
        ],
    )


def _head(agency: Organisation | None, agencies: Sequence[Organisation], query: CalendarQuery) -> PageHead:
    whose = agency.name if agency else _("Alle virksomheter") if len(agencies) > 1 else ""
    if not whose and agencies:
        whose = agencies[0].name
    labels = (_("Alt"), _("Liste"), _("Måned"), _("Årshjul"))
    return PageHead(
        title=_("Kalender"),
        lead=_("%(whose)s, %(year)s. Datoer i brevet flyttes aldri.") % {"whose": whose, "year": query.year},
        views=[
            Link(label, query.url(vis=show), current=query.show == show)
            for label, show in zip(labels, SHOWS, strict=True)
        ],
        views_label=_("Visning"),
        actions=[Action(_("Abonner"), address("reporting:feeds"), icon="calendar")],
    )


def _agency_links(agencies: Sequence[Organisation], agency: Organisation | None, query: CalendarQuery) -> list[Link]:
    if len(agencies) < 2:  # nothing to choose
        return []
    links = [Link(_("Alle virksomheter"), query.url(virksomhet=None), current=agency is None)]
    return links + [Link(one.short, query.url(virksomhet=one.uuid), current=one == agency) for one in agencies]


def _neighbour(query: CalendarQuery, step: int) -> Link:
    index = query.month.year * 12 + query.month.month - 1 + step
    month = date(index // 12, index % 12 + 1, 1)
    return Link(str(MONTHS[month.month]).capitalize(), query.url(aar=month.year, maned=f"{month:%Y-%m}"))


def _month_note(rows: Sequence[Happening]) -> str:
    if not rows:
        return _("ingen frister eller møter")
    late, done = sum(row.late for row in rows), sum(row.done for row in rows)
    parts = [_("%(n)s forsinket") % {"n": late}] if late else []
    parts += [_("%(n)s på plass") % {"n": done}] if done else []
    rest = len(rows) - late - done
    parts += [_("%(n)s kommer") % {"n": rest}] if rest else []
    words = ngettext("%(n)s frist eller møte", "%(n)s frister og møter", len(rows)) % {"n": len(rows)}
    return f"{words}: {', '.join(parts)}"


def _sentence(year: int, rows: Sequence[Happening]) -> str:
    late, unclear = sum(row.late for row in rows), sum(row.clarify for row in rows)
    return _("Årshjul %(year)s: %(late)s forsinket, %(unclear)s under avklaring") % {
        "year": year,
        "late": late,
        "unclear": unclear,
    }


def _pressing(rows: Sequence[Happening], today: date) -> list[PressingRow]:
    """Late ones first, then what comes next; never what is under clarification."""
    late = [row for row in rows if row.late]
    coming = [row for row in rows if not row.done and not row.late and not row.clarify and row.day >= today]
    chosen = (late + coming)[: max(MOST_PRESSING, len(late))]
    return [
        PressingRow(
            row.number or row.title,
            row.url,
            f"{row.agency} · {fmt.full_date(row.day)}",
            row.badge.glyph,
            row.left(today),
            row.badge.tone if row.late else "",
        )
        for row in chosen
    ]


def off_words(day: date) -> str:
    """Lørdag, høytidsdag – for a day that is no working day."""
    words = fmt.weekday(day)
    if not holiday_name(day):
        return words
    weekend = day_off(day)
    return _("%(weekday)s, høytidsdag") % {"weekday": words} if weekend and weekend.weekend else _("høytidsdag")


def _off_days(rows: Sequence[Happening]) -> list[OffDayRow]:
    days = sorted({row.day for row in rows if not is_working_day(row.day)})
    return [
        OffDayRow(fmt.full_date(day), off_words(day), fmt.weekday_date(last_working_day_on_or_before(day)))
        for day in days
    ]


def _row(row: Happening, today: date, *, name_agency: bool) -> CalendarRow:
    off = not is_working_day(row.day)
    words = [row.agency] if name_agency else []
    words += [text for text in (row.place, row.note) if text]
    if row.written:
        words.append(_("i brevet: %(date)s") % {"date": fmt.full_date(row.written)})
    weekday = fmt.weekday(row.day)
    return CalendarRow(
        day=fmt.full_date(row.day),
        weekday=_("%(weekday)s, høytidsdag") % {"weekday": weekday} if holiday_name(row.day) else weekday,
        title=row.title,
        url=row.url,
        badge=Badge("late", fmt.distance(row.day, today), "danger", strong=True) if row.late else row.badge,
        budget_year=str(row.budget_year or ""),
        meta=" · ".join(words),
        before=fmt.weekday_date(last_working_day_on_or_before(row.day)) if off else "",
        off=off,
        after_today=row.day > today,
    )


def _rows_note(rows: Sequence[Happening]) -> str:
    return ngettext("%(n)s dato", "%(n)s datoer", len(rows)) % {"n": len(rows)}
