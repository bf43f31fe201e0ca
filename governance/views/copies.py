"""Innsyn: what one's organisation has been sent, nothing else (decision C6). Reading leaves no trace for others."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from core import clock
from core.formwork import show
from core.pages import PageRequest, get_or_404, page, signed_in
from governance.selectors import copies as selectors_copies


@page(signed_in)
def received(request: PageRequest) -> HttpResponse:
    """Letters and reports that reached the organisation, newest first."""
    view = selectors_copies.received(actor=request.actor, day=clock.today(), query=request.GET)
    return show(request, "governance/copies.html", {"head": view.head, "page": view})


@page(signed_in)
def received_one(request: PageRequest, uuid: object) -> HttpResponse:
    """One thing that was received, with the files that came with it."""
    found = get_or_404(selectors_copies.readable_dispatches(request.actor, clock.today()), uuid)
    view = selectors_copies.copy_page(found)
    return show(request, "governance/copy.html", {"head": view.head, "page": view})


urlpatterns = [
    path("innsyn/", received, name="copies"),
    path("innsyn/<uuid:uuid>/", received_one, name="copy"),
]
