"""The page of one entry or one expected report: what the letter says, how it stands, what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Organisation
from agencies.rights import Right
from core import formatting as fmt
from core.actor import Actor
from core.calendars import is_working_day, last_working_day_on_or_before
from core.models import Audience, Event
from core.models.base import BaseModel
from core.visuals.badges import Badge
from core.visuals.parts import Action, Link, PageHead
from core.visuals.parts import Event as EventLine
from governance.models import CalendarKind
from reporting.addresses import address
from reporting.models import CalendarEntry, ExpectedDelivery, ExpectedState, Report
from reporting.permissions.calendar import expected_states_open_to
from reporting.permissions.meetings import departments_to_note_for
from reporting.selectors.happenings import entry_row, expected_row
from reporting.selectors.needs import meetings_to_choose

Fact = tuple[str, str]


@dataclass(frozen=True)
class ThingPage:
    """Facts as pairs of label and words, the state's badge, the letter, and the events."""

    head: PageHead
    badge: Badge
    facts: Sequence[Fact]
    letter: Link | None
    report: Link | None
    events: Sequence[EventLine]


def entry_page(row: CalendarEntry, actor: Actor, today: date) -> ThingPage:
    """A meeting or other entry."""
    happening = entry_row(row, today)
    rights = access.rights_on(actor, row.agency, today)
    actions = []
    if Right.MANAGE_CALENDAR in rights and row.withdrawn_at is None:
        if row.kind == CalendarKind.MEETING and row.held_on is None and row.date and row.date <= today:
            actions.append(Action(_("Registrer som holdt"), address("reporting:entry_hold", row.uuid), primary=True))
        actions.append(Action(_("Flytt dato"), address("reporting:entry_move", row.uuid)))
    expert = meetings_to_choose(actor, today, row.agency).filter(pk=row.pk).exists()
    if expert and departments_to_note_for(actor, row.agency, today).exists():
        url = address("reporting:need_new", row.agency.uuid, mote=row.uuid)
        actions.append(Action(_("Noter styringsbehov"), url))
    facts = [(_("Dato"), _when(row.date, row)), (_("Sted"), row.place), (_("Merknad"), row.note)]
    facts += _letter_date(row.item.date if row.item else None, row.date)
    facts += [(_("Holdt"), fmt.full_date(row.held_on))] if row.held_on else []
    return ThingPage(
        head=_head(row.title, row.agency, actions),
        badge=happening.badge,
        facts=[fact for fact in facts if fact[1]],
        letter=_letter(row.document),
        report=None,
        events=_events(row, actor, today),
    )


def expected_page(row: ExpectedDelivery, actor: Actor, today: date) -> ThingPage:
    """A report or input."""
    happening = expected_row(row, today)
    actions = []
    if open_states(row, actor, today):
        actions.append(Action(_("Registrer"), address("reporting:expected_settle", row.uuid)))
    rights = access.rights_on(actor, row.agency, today)
    if Right.MANAGE_CALENDAR in rights and row.entry_id:
        actions.append(Action(_("Flytt dato"), address("reporting:entry_move", row.entry.uuid if row.entry else "")))
    if Right.START_REMINDERS in rights and actor.organisation == row.receiver.uuid and not happening.done:
        actions.append(Action(_("Skriv purring"), address("reporting:chase", "rapport", row.uuid)))
    facts = [
        (_("Frist"), _when(row.due, None)),
        *_letter_date(row.entry.item.date if row.entry and row.entry.item else None, row.due),
        (_("Til"), row.receiver.name),
        (_("Gjelder budsjettår"), str(row.budget_year or "")),
        (_("Mottatt"), fmt.full_date(row.received_on) if row.received_on else ""),
        (_("Begrunnelse"), row.reason),
        (_("Merknad i brevet"), happening.note),
    ]
    return ThingPage(
        head=_head(row.title, row.agency, actions),
        badge=happening.badge,
        facts=[fact for fact in facts if fact[1]],
        letter=_letter(row.document),
        report=_report(row, actor, today),
        events=_events(row, actor, today),
    )


def open_states(row: ExpectedDelivery, actor: Actor, today: date) -> list[tuple[str, Any]]:
    """What this person may register now, as choices of a form."""
    allowed = expected_states_open_to(access.rights_on(actor, row.agency, today))
    coming = row.state == ExpectedState.COMING
    return [
        (state.value, state.label if state != ExpectedState.COMING else _("Ventes likevel"))
        for state in ExpectedState
        if state in allowed and coming != (state == ExpectedState.COMING)
    ]


def same_row_elsewhere(row: CalendarEntry, actor: Actor, today: date) -> list[CalendarEntry]:
    """The same date for other agencies one keeps the calendar of: a moved state date moves many (domain 6)."""
    kept = Organisation.objects.with_right(actor, Right.MANAGE_CALENDAR, today)
    rows = CalendarEntry.objects.visible_to(actor, today).filter(agency__in=kept, date=row.date, kind=row.kind)
    return list(rows.exclude(pk=row.pk).select_related("agency").order_by("agency__name", "id"))


def _head(title: str, agency: Organisation, actions: Sequence[Action]) -> PageHead:
    crumbs = [Link(_("Kalender"), address("reporting:calendar", virksomhet=agency.uuid))]
    return PageHead(title=title, overline=agency.name, crumbs=crumbs, actions=actions)


def _when(day: date | None, entry: CalendarEntry | None) -> str:
    if day is None:
        return _("ikke satt")
    words = fmt.date_with_weekday(day)
    if entry is not None and entry.time and entry.end_time:
        words = f"{words} {fmt.clock_range(entry.time, entry.end_time)}"
    if not is_working_day(day):
        before = fmt.weekday_date(last_working_day_on_or_before(day))
        words = _("%(words)s, siste virkedag før: %(before)s") % {"words": words, "before": before}
    return words


def _letter_date(written: date | None, current: date | None) -> list[Fact]:
    return [(_("Frist i brevet"), fmt.full_date(written))] if written and written != current else []


def _letter(document: Any) -> Link | None:
    return Link(document.title, address("governance:document", document.uuid)) if document is not None else None


def _report(row: ExpectedDelivery, actor: Actor, today: date) -> Link | None:
    """The report that answers it, when one may see it."""
    found = Report.objects.visible_to(actor, today).filter(expected=row).order_by("-revision").first()
    return Link(found.title, address("reporting:report", found.uuid)) if found is not None else None


def event_title(kind: str) -> str:
    """What happened, in words."""
    words = {
        "expected.received": _("Registrert som mottatt"),
        "expected.no_input": _("Ingen innspill"),
        "expected.excused": _("Fritatt"),
        "expected.not_asked": _("Ikke bedt om"),
        "expected.reopened": _("Ventes likevel"),
        "meeting.held": _("Registrert som holdt"),
        "calendar.moved": _("Datoen flyttet"),
        "calendar.withdrawn": _("Trukket"),
        "chase.sent": _("Purring sendt"),
    }
    return words.get(kind, kind)


def _events(row: BaseModel, actor: Actor, today: date) -> list[EventLine]:
    shared = Event.objects.filter(subject=row.uuid)
    rows = [event for event in shared.order_by("-id") if _seen(event, actor)]
    return [
        EventLine(
            day=fmt.moment_near(event.at, today),
            icon="calendar",
            title=event_title(event.type),
            details=" · ".join(text for text in (_change(event), event.reason, event.actor_name) if text),
        )
        for event in rows
    ]


def _seen(event: Event, actor: Actor) -> bool:
    return event.audience == Audience.SHARED or event.organisation == actor.organisation


def _change(event: Event) -> str:
    before, after = event.before.get("date"), event.after.get("date")
    if not before or not after:
        return ""
    dates = {"before": fmt.full_date(date.fromisoformat(before)), "after": fmt.full_date(date.fromisoformat(after))}
    return _("fra %(before)s til %(after)s") % dates
