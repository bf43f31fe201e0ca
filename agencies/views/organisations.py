"""Organisasjoner og roller: who exists, who steers whom, who has which role."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies import selectors
from agencies.actions import appointments, people
from agencies.forms import AppointForm, EndForm, StandInForm, TokenForm
from agencies.models import ApiToken, Appointment, Department, Organisation, User
from agencies.pages import holds
from agencies.rights import Right, RoleCode
from core import clock, receipts
from core.errors import DomainError
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Link, PageHead

MANAGERS = holds(Right.MANAGE_APPOINTMENTS)


def _crumb() -> Link:
    return Link(_("Organisasjoner og roller"), reverse("agencies:organisations"))


@page(signed_in)
def organisations(request: PageRequest) -> HttpResponse:
    """Organisations one has a part in."""
    rows = Organisation.objects.visible_to(request.actor, clock.today()).select_related("kind")
    head = PageHead(title=_("Organisasjoner og roller"))
    return show(request, "agencies/organisations.html", {"head": head, "rows": rows})


@page(signed_in)
def organisation(request: PageRequest, uuid: object) -> HttpResponse:
    """One organisation."""
    seen = Organisation.objects.visible_to(request.actor, clock.today()).select_related("kind")
    view = selectors.organisation_page(organisation=get_or_404(seen, uuid), actor=request.actor, day=clock.today())
    return show(request, "agencies/organisation.html", {"head": view.head, "page": view})


def _managed(request: PageRequest, uuid: object) -> Organisation:
    found: Organisation = get_or_404(
        Organisation.objects.with_right(request.actor, Right.MANAGE_APPOINTMENTS, clock.today()), uuid
    )
    return found


def _answer(
    request: PageRequest, place: Organisation, title: str, form: Any, error: DomainError | None
) -> HttpResponse:
    back = reverse("agencies:organisation", args=[place.uuid])
    head = PageHead(title=title, overline=place.name, crumbs=[_crumb(), Link(place.name, back)])
    return show(request, "agencies/form.html", {"head": head, "form": form, "back": back, "submit": title}, error)


@page(MANAGERS, methods=("GET", "POST"))
def appoint(request: PageRequest, uuid: object) -> HttpResponse:
    """Give a person a role; one who is not known gets a user without password."""
    place, at = _managed(request, uuid), clock.now()
    departments = Department.objects.valid_on(clock.local_date(at)).filter(organisation=place)
    targets = Organisation.objects.steered_by(place, clock.local_date(at))
    form = AppointForm(request.POST or None, departments=departments, targets=targets)
    error = None
    if form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        role = RoleCode(values.pop("role").code)
        try:
            appointments.appoint_by_email(organisation=place, role=role, actor=request.actor, at=at, **values)
            receipts.give(request, _("Rollen er tildelt."))
            return redirect("agencies:organisation", uuid=place.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    return _answer(request, place, _("Tildel rolle"), form, error)


@page(MANAGERS, methods=("GET", "POST"))
def end(request: PageRequest, uuid: object, appointment: object) -> HttpResponse:
    """End a role."""
    place = _managed(request, uuid)
    row: Appointment = get_or_404(Appointment.objects.for_choice().filter(organisation=place), appointment)
    form = EndForm(request.POST or None, initial={"valid_to": clock.today()})
    error = None
    if form.is_valid():
        values = form.cleaned_data
        try:
            appointments.end_appointment(
                appointment=row,
                last_day=values["valid_to"],
                reason=values["reason"],
                actor=request.actor,
                at=clock.now(),
            )
            receipts.give(request, _("Rollen er avsluttet."))
            return redirect("agencies:organisation", uuid=place.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    title = _("Avslutt rollen %(role)s for %(name)s") % {"role": row.role.name_nb, "name": row.user}
    return _answer(request, place, title, form, error)


@page(MANAGERS, methods=("GET", "POST"))
def stand_in(request: PageRequest, uuid: object, appointment: object) -> HttpResponse:
    """Name a stand-in."""
    place = _managed(request, uuid)
    row: Appointment = get_or_404(Appointment.objects.for_choice().filter(organisation=place), appointment)
    colleagues = User.objects.filter(appointments__organisation=place).exclude(pk=row.user_id).distinct()
    form = StandInForm(request.POST or None, people=colleagues)
    error = None
    if form.is_valid():
        try:
            appointments.add_stand_in(represented=row, actor=request.actor, at=clock.now(), **form.cleaned_data)
            receipts.give(request, _("Stedfortrederen er registrert."))
            return redirect("agencies:organisation", uuid=place.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    return _answer(request, place, _("Stedfortreder for %(name)s") % {"name": row.user}, form, error)


@page(MANAGERS, methods=("GET", "POST"))
def token(request: PageRequest, uuid: object) -> HttpResponse:
    """Make a token; the secret is shown once, on this page."""
    place = _managed(request, uuid)
    clients = User.objects.filter(appointments__organisation=place, is_system=True).distinct()
    form = TokenForm(request.POST or None, clients=clients)
    error = None
    if form.is_valid():
        try:
            made, secret = people.make_token(
                scopes=["assignments:read"], actor=request.actor, at=clock.now(), **form.cleaned_data
            )
            head = PageHead(title=_("Nøkkelen er laget"), crumbs=[_crumb()])
            return show(request, "agencies/token.html", {"head": head, "token": made, "secret": secret, "place": place})
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    return _answer(request, place, _("Lag tilgangsnøkkel"), form, error)


@page(MANAGERS, methods=("POST",))
def revoke(request: PageRequest, uuid: object, token: object) -> HttpResponse:
    """Take a token back."""
    place = _managed(request, uuid)
    rows = ApiToken.objects.filter(user__appointments__organisation=place).distinct()
    people.revoke_token(token=get_or_404(rows, token), actor=request.actor, at=clock.now())
    receipts.give(request, _("Nøkkelen er trukket tilbake og virker ikke lenger."))
    return redirect("agencies:organisation", uuid=place.uuid)


urlpatterns = [
    path("organisasjoner/", organisations, name="organisations"),
    path("organisasjoner/<uuid:uuid>/", organisation, name="organisation"),
    path("organisasjoner/<uuid:uuid>/tildel/", appoint, name="appoint"),
    path("organisasjoner/<uuid:uuid>/roller/<uuid:appointment>/avslutt/", end, name="end_appointment"),
    path("organisasjoner/<uuid:uuid>/roller/<uuid:appointment>/stedfortreder/", stand_in, name="stand_in"),
    path("organisasjoner/<uuid:uuid>/nokkel/", token, name="make_token"),
    path("organisasjoner/<uuid:uuid>/nokkel/<uuid:token>/trekk/", revoke, name="revoke_token"),
]
