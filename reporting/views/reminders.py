"""Reminders: the ledger, preview and start, stop; and the purring a person sends."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, NotFound
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Link, PageHead
from reporting.actions import chasing
from reporting.actions.reminder_plan import start_reminders, stop_reminders
from reporting.forms.calendar import ChaseForm, StartForm
from reporting.leadtimes import DEFAULT_LEADS
from reporting.models import ExpectedDelivery, ReminderPlan
from reporting.selectors.happenings import readable_deliveries
from reporting.selectors.reminder_ledger import ledger, preview

STARTERS = holds(Right.START_REMINDERS)


@page(STARTERS)
def reminders(request: PageRequest) -> HttpResponse:
    """The ledger."""
    chosen, state = request.GET.get("virksomhet", ""), request.GET.get("tilstand", "")
    shown = ledger(request.actor, clock.today(), agency=chosen, state=state)
    return show(request, "reporting/reminders.html", {"head": shown.head, "page": shown})


@page(STARTERS, methods=("GET", "POST"))
def start(request: PageRequest, uuid: object) -> HttpResponse:
    """Preview, then start. «Vis» counts again with other lead times; «Start» starts."""
    at = clock.now()
    seen = Organisation.objects.with_right(request.actor, Right.START_REMINDERS, clock.local_date(at))
    agency: Organisation = get_or_404(seen, uuid)
    form = StartForm(request.POST or None)
    leads = list(DEFAULT_LEADS)
    error = None
    if form.is_valid():
        leads = form.cleaned_data["lead_days"]
        if "start" in request.POST:
            try:
                plan = start_reminders(agency=agency, actor=request.actor, at=at, leads=leads)
                sentence = _("Påminnelser er startet for %(agency)s.") % {"agency": agency.name}
                receipts.give(request, sentence, _("%(n)s er planlagt.") % {"n": plan.preview["planned"]})
                return redirect(f"{reverse('reporting:reminders')}?virksomhet={agency.uuid}")
            except DomainError as refused:
                error = refused
                take_problems(form, refused)
    crumbs = [Link(_("Påminnelser"), reverse("reporting:reminders"))]
    head = PageHead(title=_("Start påminnelser"), overline=agency.name, crumbs=crumbs)
    context = {"head": head, "form": form, "preview": preview(request.actor, agency, at, leads)}
    return show(request, "reporting/reminders_start.html", context, error)


@page(STARTERS, methods=("POST",))
def stop(request: PageRequest, uuid: object) -> HttpResponse:
    """Stop a running plan."""
    at = clock.now()
    agencies = Organisation.objects.with_right(request.actor, Right.START_REMINDERS, clock.local_date(at))
    plan: ReminderPlan = get_or_404(ReminderPlan.objects.filter(agency__in=agencies), uuid)
    stop_reminders(plan=plan, actor=request.actor, at=at)
    receipts.give(request, _("Påminnelsene er stanset. Det som var planlagt, sendes ikke."))
    return redirect("reporting:reminders")


@page(STARTERS, methods=("GET", "POST"))
def chase(request: PageRequest, kind: str, uuid: object) -> HttpResponse:
    """A purring: the text is a draft the officer reads and sends."""
    at = clock.now()
    about = _chase(request, kind, uuid)
    chasing.require_chase(about, request.actor, clock.local_date(at))
    subject, text = chasing.draft_words(about, request.actor, clock.local_date(at))
    form = ChaseForm(request.POST or None, initial={"subject": subject, "text": text})
    error, problems = None, []
    if form.is_valid():
        try:
            chasing.send_chase(chase=about, actor=request.actor, at=at, **form.cleaned_data)
            sentence = _("Purringen er sendt til %(agency)s.") % {"agency": about.agency.name}
            receipts.give(request, sentence, about.agency.mailbox)
            return redirect("reporting:my_day")
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(title=_("Skriv purring"), overline=f"{about.agency.name} · {about.words}")
    context = {"head": head, "form": form, "submit": _("Send purring"), "problems": problems}
    return show(request, "reporting/plain_form.html", {**context, "back": reverse("reporting:my_day")}, error)


def _chase(request: PageRequest, kind: str, uuid: object) -> chasing.Chase:
    if kind == "leveranse":
        return chasing.chase_of_delivery(get_or_404(readable_deliveries(request.actor, clock.today()), uuid))
    if kind == "rapport":
        seen = ExpectedDelivery.objects.visible_to(request.actor, clock.today()).select_related("agency", "receiver")
        return chasing.chase_of_expected(get_or_404(seen, uuid))
    raise NotFound(_("Siden finnes ikke."))


urlpatterns = [
    path("varsler/paminnelser/", reminders, name="reminders"),
    path("varsler/paminnelser/<uuid:uuid>/start/", start, name="reminders_start"),
    path("varsler/paminnelser/<uuid:uuid>/stans/", stop, name="reminders_stop"),
    path("purring/<str:kind>/<uuid:uuid>/", chase, name="chase"),
]
