"""The calendar, its entries, what is expected, and subscriptions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, NotAllowed
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Link, PageHead
from reporting.actions import calendar as calendar_actions
from reporting.actions import expected as expected_actions
from reporting.actions import feeds as feed_actions
from reporting.forms.calendar import ExpectedForm, HoldForm, MoveForm
from reporting.models import CalendarEntry, CalendarFeed, ExpectedDelivery
from reporting.selectors import calendar_things, feed
from reporting.selectors.calendar_page import calendar_page, read_query

READERS = holds(Right.SEE_CALENDAR)
KEEPERS = holds(Right.MANAGE_CALENDAR)
TOKEN_LENGTH = 200


def _crumbs() -> list[Link]:
    return [Link(_("Kalender"), reverse("reporting:calendar"))]


@page(READERS)
def calendar(request: PageRequest) -> HttpResponse:
    """Month, wheel and list; agency, year, month and view are GET parameters."""
    today = clock.today()
    shown = calendar_page(request.actor, today, read_query(request.GET.dict(), today))
    return show(request, "reporting/calendar.html", {"head": shown.head, "calendar": shown})


def _entry(request: PageRequest, uuid: object) -> CalendarEntry:
    seen = CalendarEntry.objects.visible_to(request.actor, clock.today())
    found: CalendarEntry = get_or_404(seen.select_related("agency", "superior", "item", "document__kind"), uuid)
    return found


@page(READERS)
def entry(request: PageRequest, uuid: object) -> HttpResponse:
    """A meeting or date: what the letter says, what has happened, and what can be done."""
    row = _entry(request, uuid)
    shown = calendar_things.entry_page(row, request.actor, clock.today())
    return show(request, "reporting/calendar_thing.html", {"head": shown.head, "page": shown})


@page(KEEPERS, methods=("GET", "POST"))
def hold(request: PageRequest, uuid: object) -> HttpResponse:
    """Register that a meeting was held."""
    row = _entry(request, uuid)
    form = HoldForm(request.POST or None, initial={"held_on": row.held_on or row.date, "version": row.version})
    error = None
    if form.is_valid():
        values = form.cleaned_data
        try:
            calendar_actions.hold_meeting(
                entry=row,
                held_on=values["held_on"],
                actor=request.actor,
                at=clock.now(),
                expected_version=values["version"],
            )
            receipts.give(request, _("Møtet er registrert som holdt."))
            return redirect("reporting:entry", uuid=row.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    return _form(request, row, form, _("Registrer møtet som holdt"), error)


@page(KEEPERS, methods=("GET", "POST"))
def move(request: PageRequest, uuid: object) -> HttpResponse:
    """Move an entry by a decision, for one agency or the same row of several."""
    row = _entry(request, uuid)
    others = calendar_things.same_row_elsewhere(row, request.actor, clock.today())
    choices = [(str(other.uuid), f"{other.agency.name}: {other.title}") for other in others]
    form = MoveForm(request.POST or None, initial={"date": row.date, "version": row.version}, others=choices)
    error = None
    if form.is_valid():
        values = form.cleaned_data
        chosen = [row, *(other for other in others if str(other.uuid) in values.get("others", []))]
        try:
            calendar_actions.move_entries(
                moves=[calendar_actions.Move(one, values["date"]) for one in chosen],
                reason=values["reason"],
                basis=values["basis"],
                actor=request.actor,
                at=clock.now(),
            )
            receipts.give(request, _("Datoen er flyttet. Datoen i brevet står som før."))
            return redirect("reporting:entry", uuid=row.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    return _form(request, row, form, _("Flytt dato"), error)


def _form(request: PageRequest, row: Any, form: Any, title: str, error: DomainError | None) -> HttpResponse:
    head = PageHead(title=title, overline=f"{row.agency.name} · {row.title}", crumbs=_crumbs())
    name = "reporting:expected" if isinstance(row, ExpectedDelivery) else "reporting:entry"
    back = reverse(name, args=[row.uuid])
    problems = [problem for problem in (error.problems if error else []) if problem.field not in form.fields]
    context = {"head": head, "form": form, "back": back, "submit": title, "problems": problems}
    return show(request, "reporting/plain_form.html", context, error)


@page(READERS)
def expected(request: PageRequest, uuid: object) -> HttpResponse:
    """A report or input that is waited for: when, what the letter says, how it stands, what can be registered."""
    row = _expected(request, uuid)
    shown = calendar_things.expected_page(row, request.actor, clock.today())
    return show(request, "reporting/calendar_thing.html", {"head": shown.head, "page": shown})


def _expected(request: PageRequest, uuid: object) -> ExpectedDelivery:
    seen = ExpectedDelivery.objects.visible_to(request.actor, clock.today())
    joins = ("agency", "receiver", "entry__item", "requirement", "document__kind", "report_kind", "owner")
    found: ExpectedDelivery = get_or_404(seen.select_related(*joins), uuid)
    return found


@page(READERS, methods=("GET", "POST"))
def settle(request: PageRequest, uuid: object) -> HttpResponse:
    """Register received, no input, excused, not asked for; or take it back."""
    row = _expected(request, uuid)
    states = calendar_things.open_states(row, request.actor, clock.today())
    if not states:
        raise NotAllowed(_("Etatsstyreren eller virksomhetsstyringen registrerer hva som er kommet."))
    initial = {"version": row.version, "received_on": clock.today(), "state": states[0][0]}
    form = ExpectedForm(request.POST or None, states=states, initial=initial)
    error = None
    if form.is_valid():
        try:
            _settle(row, form.cleaned_data, request)
            receipts.give(request, _("Registreringen er lagret."))
            return redirect("reporting:expected", uuid=row.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    return _form(request, row, form, _("Registrer hva som er kommet"), error)


def _settle(row: ExpectedDelivery, values: dict[str, Any], request: PageRequest) -> None:
    common: dict[str, Any] = {
        "expected": row,
        "reason": values["reason"],
        "actor": request.actor,
        "at": clock.now(),
        "expected_version": values["version"],
    }
    if values["state"] == "received":
        expected_actions.mark_received(received_on=values["received_on"] or clock.today(), **common)
        return
    acts: dict[str, Any] = {
        "no_input": expected_actions.mark_no_input,
        "excused": expected_actions.excuse,
        "not_asked": expected_actions.mark_not_asked,
        "coming": expected_actions.reopen_expected,
    }
    acts[values["state"]](**common)


@page(READERS, methods=("GET", "POST"))
def feeds(request: PageRequest) -> HttpResponse:
    """One's subscriptions. A new address is shown once, in the answer to the form, and never again."""
    address = ""
    if request.method == "POST":
        token = feed_actions.create_feed(actor=request.actor, at=clock.now())
        address = request.build_absolute_uri(reverse("reporting:feed", args=[token]))
    rows = CalendarFeed.objects.filter(user=request.user, revoked_at__isnull=True)
    listed = list(rows.select_related("appointment__role", "appointment__organisation"))
    head = PageHead(title=_("Abonner på kalenderen"), crumbs=_crumbs())
    return show(request, "reporting/feeds.html", {"head": head, "address": address, "feeds": listed})


@page(READERS, methods=("POST",))
def revoke(request: PageRequest, uuid: object) -> HttpResponse:
    """Stop a subscription."""
    row: CalendarFeed = get_or_404(CalendarFeed.objects.filter(user=request.user), uuid)
    feed_actions.revoke_feed(feed=row, actor=request.actor, at=clock.now())
    receipts.give(request, _("Abonnementet er trukket tilbake. Adressen virker ikke lenger."))
    return redirect("reporting:feeds")


def _anyone(request: PageRequest) -> bool:
    """The secret in the address is the key (feeds are read by programs that cannot sign in)."""
    return True


@login_not_required
@page(_anyone)
def feed_file(request: PageRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address."""
    at = clock.now()
    actor = feed_actions.open_feed(token=token[:TOKEN_LENGTH], day=clock.local_date(at))
    headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponse(feed.feed_bytes(actor, at), content_type="text/calendar; charset=utf-8", headers=headers)


urlpatterns = [
    path("kalender/", calendar, name="calendar"),
    path("kalender/abonnement/", feeds, name="feeds"),
    path("kalender/abonnement/<uuid:uuid>/trekk/", revoke, name="feed_revoke"),
    path("kalender/ics/<str:token>.ics", feed_file, name="feed"),
    path("kalender/<uuid:uuid>/", entry, name="entry"),
    path("kalender/<uuid:uuid>/holdt/", hold, name="entry_hold"),
    path("kalender/<uuid:uuid>/flytt/", move, name="entry_move"),
    path("ventet/<uuid:uuid>/", expected, name="expected"),
    path("ventet/<uuid:uuid>/registrer/", settle, name="expected_settle"),
]
