"""Søk: one field in the top bar, one page of hits."""

from __future__ import annotations

from django.http import HttpResponse

from core import clock
from core.formwork import show
from core.pages import PageRequest, page, signed_in
from reporting.selectors.search import search_page


@page(signed_in)
def search(request: PageRequest) -> HttpResponse:
    """Hits for ``?q=``; an empty or too short text gets advice, not an error."""
    text = request.GET.get("q") or request.GET.get("tekst") or ""
    view = search_page(actor=request.actor, day=clock.today(), text=text)
    return show(request, "reporting/search.html", {"head": view.head, "page": view})
