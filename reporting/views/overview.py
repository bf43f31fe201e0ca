"""Min arbeidsdag, the agencies, and one agency's year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock
from core.errors import NotFound
from core.formwork import show
from core.pages import PageRequest, page, signed_in
from reporting.selectors.agency_list import agency_list, governed_agencies
from reporting.selectors.agency_year import agency_year
from reporting.selectors.my_day import has_a_day, my_day

EARLIEST, LATEST = 1990, 2200


@page(signed_in)
def start(request: PageRequest) -> HttpResponse:
    """Min arbeidsdag. One who only reads copies (Riksrevisjonen) starts where the copies are."""
    today = clock.today()
    if not has_a_day(request.actor, today):
        return redirect("governance:copies")
    day = my_day(request.actor, today)
    return show(request, "reporting/my_day.html", {"head": day.head, "day": day})


@page(signed_in)
def agencies(request: PageRequest) -> HttpResponse:
    """The agencies whose year one sees."""
    listed = agency_list(request.actor, clock.today())
    return show(request, "reporting/agencies.html", {"head": listed.head, "page": listed})


@page(signed_in)
def agency_now(request: PageRequest, agency: str) -> HttpResponse:
    """An agency without a year: this year."""
    found = _agency(request, agency)
    return redirect("reporting:agency_year", agency=str(found.uuid), year=clock.today().year)


@page(signed_in)
def agency_in_year(request: PageRequest, agency: str, year: int) -> HttpResponse:
    """One agency, one year."""
    found = _agency(request, agency)
    if not EARLIEST < year < LATEST:
        raise NotFound(_("Året finnes ikke."))
    shown = agency_year(request.actor, clock.today(), found, year)
    return show(request, "reporting/agency_year.html", {"head": shown.head, "year": shown})


def _agency(request: PageRequest, agency: str) -> Organisation:
    """By permanent id or organisation number, among those one sees."""
    seen = governed_agencies(request.actor, clock.today())
    found = seen.filter(number=agency).first() if agency.isdecimal() else seen.by_uuid(agency).first()
    if found is None:
        raise NotFound(_("Virksomheten finnes ikke, eller du har ikke tilgang til den."))
    return found


urlpatterns = [
    path("", start, name="my_day"),
    path("virksomheter/", agencies, name="agencies"),
    path("virksomheter/<str:agency>/", agency_now, name="agency"),
    path("virksomheter/<str:agency>/<int:year>/", agency_in_year, name="agency_year"),
]
