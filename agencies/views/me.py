"""The signed-in person: role, settings, help."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from agencies import access, selectors
from agencies.actions import people
from agencies.forms import PreferencesForm
from agencies.middleware import SESSION_KEY
from agencies.models import User
from core import clock, receipts
from core.errors import NotFound
from core.formwork import show
from core.pages import PageRequest, page, signed_in
from core.visuals.parts import PageHead


@page(signed_in, methods=("GET", "POST"))
def choose_role(request: PageRequest) -> HttpResponse:
    """As whom do I act? The choice lasts for the session."""
    assert isinstance(request.user, User)
    appointments = access.appointments_of(request.user, clock.today())
    wanted = request.GET.get("neste") or request.POST.get("neste") or "/"
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        wanted = "/"
    if request.method == "POST":
        chosen = next((row for row in appointments if str(row.uuid) == request.POST.get("rolle")), None)
        if chosen is None:
            raise NotFound(_("Rollen finnes ikke, eller den er avsluttet. Velg en av rollene i listen."))
        request.session[SESSION_KEY] = str(chosen.uuid)
        return redirect(wanted)
    current = request.appointment or None  # type: ignore[attr-defined]
    day, user = clock.today(), request.user
    context = {
        "name": str(user),
        "choices": selectors.role_choices(appointments, current, user.pk, day),
        "ended": selectors.ended_roles(user.pk, day),
        "has_current": current is not None,
        "wanted": wanted,
    }
    return show(request, "agencies/choose_role.html", context)


@page(signed_in, methods=("GET", "POST"))
def profile(request: PageRequest) -> HttpResponse:
    """One's own settings."""
    user = request.user
    assert isinstance(user, User)
    initial = {"density": user.density, "keyboard_shortcuts": user.keyboard_shortcuts}
    form = PreferencesForm(request.POST or None, initial=initial)
    if form.is_valid():
        people.set_preferences(user=user, actor=request.actor, **form.cleaned_data)
        receipts.give(request, _("Innstillingene er lagret."))
        return redirect("profile")
    head = PageHead(title=_("Min profil"), lead=str(user))
    return show(request, "agencies/profile.html", {"head": head, "form": form})


@page(signed_in)
def help_page(request: PageRequest) -> HttpResponse:
    """Short help: the parts of the system, the keys, whom to ask."""
    return show(request, "agencies/help.html", {"head": PageHead(title=_("Hjelp"))})


urlpatterns = [
    path("velg-rolle/", choose_role, name="choose_role"),
    path("min-profil/", profile, name="profile"),
    path("hjelp/", help_page, name="help"),
]
