"""What is deleted when: for those who keep the journal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from agencies.pages import holds
from agencies.rights import Right
from core import clock
from core.pages import PageRequest, page
from governance.selectors.retention import retention_page


@page(holds(Right.JOURNAL))
def retention(request: PageRequest) -> HttpResponse:
    """The rules, what is next, and the protocol."""
    found = retention_page(actor=request.actor, day=clock.today())
    return render(request, "governance/retention.html", {"head": found.head, "page": found})


urlpatterns = [path("sletting/", retention, name="retention")]
