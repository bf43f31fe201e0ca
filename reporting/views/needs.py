"""Needs for steering from expert meetings: the register of an agency, and what is done with one need (R-51)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.pages import any_of, holds, holds_for_department
from agencies.rights import DepartmentRight, Right
from core import clock, receipts
from core.errors import DomainError, NotAllowed
from core.formwork import show, take_problems
from core.ids import new_uuid
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import PageHead
from reporting.actions import needs as actions
from reporting.addresses import address
from reporting.forms.needs import NeedForm, PointForm, TakeForm, WithdrawForm
from reporting.models import SteeringNeed
from reporting.permissions.meetings import (
    agencies_with_register,
    departments_to_note_for,
    require_giving,
    require_keeping,
)
from reporting.selectors import needs as selectors
from reporting.selectors import needs_pages

READERS = holds(Right.SEE_DOCUMENTS)
GIVERS = holds(Right.DRAFT_DOCUMENTS)
KEEPERS = any_of(GIVERS, holds_for_department(DepartmentRight.GIVE_INPUT))


def _agency(request: PageRequest, uuid: object) -> Organisation:
    found: Organisation = get_or_404(agencies_with_register(request.actor, clock.today()), uuid)
    return found


def _need(request: PageRequest, uuid: object) -> SteeringNeed:
    found: SteeringNeed = get_or_404(SteeringNeed.objects.visible_to(request.actor, clock.today()).for_list(), uuid)
    return found


@page(READERS)
def needs(request: PageRequest, uuid: object) -> HttpResponse:
    """What came up in expert meetings with one agency: open, given in writing, withdrawn."""
    found = needs_pages.needs_page(request.actor, clock.today(), _agency(request, uuid), request.GET.get("vis", ""))
    return show(request, "reporting/needs.html", {"head": found.head, "page": found})


@page(READERS)
def need(request: PageRequest, uuid: object) -> HttpResponse:
    """One need."""
    found = needs_pages.need_page(_need(request, uuid), request.actor, clock.today())
    return show(request, "reporting/need.html", {"head": found.head, "page": found})


@page(KEEPERS, methods=("GET", "POST"))
def note(request: PageRequest, uuid: object) -> HttpResponse:
    """Note that a need came up."""
    agency, today = _agency(request, uuid), clock.today()
    departments = departments_to_note_for(request.actor, agency, today)
    if not departments:
        raise NotAllowed(_("Behov noteres av avdelingene i departementet som styrer virksomheten."))
    meetings = selectors.meetings_to_choose(request.actor, today, agency)
    initial = {"key": new_uuid(), "entry": request.GET.get("mote", "")}
    initial |= {"department": departments[0].uuid} if len(departments) == 1 else {}
    form = NeedForm(request.POST or None, initial=initial, departments=departments, meetings=meetings)
    error = None
    if form.is_valid():
        try:
            noted = actions.NeedNote(**form.cleaned_data)
            row = actions.note_need(agency=agency, note=noted, actor=request.actor, at=clock.now())
            receipts.give(request, _("Behovet er notert."), _("Ta det inn i et brev, så er det gitt skriftlig."))
            return redirect("reporting:need", uuid=row.uuid)
        except DomainError as refused:
            error = refused
    head = PageHead(title=_("Noter styringsbehov"), overline=agency.name, crumbs=needs_pages.register_crumbs(agency))
    return _form(request, form, head, address("reporting:needs", agency.uuid), _("Noter"), error)


@page(GIVERS, methods=("GET", "POST"))
def take(request: PageRequest, uuid: object) -> HttpResponse:
    """Take the need into a draft: the one in the address, or one that is chosen."""
    row = _need(request, uuid)
    require_giving(request.actor, row.agency, row.superior, clock.today())
    drafts = selectors.drafts_to_take_into(row, request.actor, clock.today())
    head = needs_pages.form_head(row, _("Ta inn i et brev"))
    if not drafts and request.method == "GET":
        return show(request, "reporting/plain_form.html", {"head": head, "empty": needs_pages.no_draft()})
    initial = {"document": request.GET.get("brev") or selectors.only_one(drafts), "how": actions.ASSIGNMENT}
    initial |= {"title": selectors.title_from(row.words)}
    form = TakeForm(request.POST or None, initial=initial, drafts=drafts)
    error = None
    if form.is_valid():
        try:
            taken = actions.take_need_in(need=row, actor=request.actor, at=clock.now(), **form.cleaned_data)
            receipts.give(request, _("Behovet er tatt inn i brevet."), _("Det er gitt når brevet er utstedt."))
            return redirect(selectors.place_in_draft(taken))
        except DomainError as refused:
            error = refused
    return _form(request, form, head, address("reporting:need", row.uuid), _("Ta inn"), error)


@page(GIVERS, methods=("GET", "POST"))
def point(request: PageRequest, uuid: object) -> HttpResponse:
    """Say which issued letter gave the need."""
    row = _need(request, uuid)
    require_giving(request.actor, row.agency, row.superior, clock.today())
    letters = selectors.letters_after(row)
    form = PointForm(request.POST or None, initial={"version": row.version}, letters=letters)
    words = _("Gitt i et brev som er sendt"), _("Lagre"), _("Behovet er gitt skriftlig.")
    return _settle(request, row, form, actions.point_at_letter, words)


@page(KEEPERS, methods=("GET", "POST"))
def withdraw(request: PageRequest, uuid: object) -> HttpResponse:
    """Withdraw a need, with a reason."""
    row = _need(request, uuid)
    require_keeping(request.actor, row.agency, row.department_id, clock.today())
    form = WithdrawForm(request.POST or None, initial={"version": row.version})
    words = _("Trekk behovet"), _("Trekk"), _("Behovet er trukket.")
    return _settle(request, row, form, actions.withdraw_need, words)


def _settle(
    request: PageRequest,
    row: SteeringNeed,
    form: PointForm | WithdrawForm,
    act: Callable[..., object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """The form of an act that settles a need. ``words`` are the heading, the button and the receipt."""
    title, submit, receipt = words
    error = None
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            act(need=row, actor=request.actor, at=clock.now(), expected_version=values.pop("version"), **values)
            receipts.give(request, receipt)
            return redirect("reporting:need", uuid=row.uuid)
        except DomainError as refused:
            error = refused
    back = address("reporting:need", row.uuid)
    return _form(request, form, needs_pages.form_head(row, title), back, submit, error)


def _form(
    request: PageRequest, form: object, head: PageHead, back: str, submit: str, error: DomainError | None
) -> HttpResponse:
    problems = take_problems(form, error) if error is not None else []  # type: ignore[arg-type]
    context = {"head": head, "form": form, "back": back, "submit": submit, "problems": problems}
    return show(request, "reporting/plain_form.html", context, error)


urlpatterns = [
    path("virksomheter/<uuid:uuid>/styringsbehov/", needs, name="needs"),
    path("virksomheter/<uuid:uuid>/styringsbehov/nytt/", note, name="need_new"),
    path("styringsbehov/<uuid:uuid>/", need, name="need"),
    path("styringsbehov/<uuid:uuid>/ta-inn/", take, name="need_take"),
    path("styringsbehov/<uuid:uuid>/gitt/", point, name="need_point"),
    path("styringsbehov/<uuid:uuid>/trekk/", withdraw, name="need_withdraw"),
]
