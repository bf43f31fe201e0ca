"""The site's addresses and the bound's."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from assignments.models import Assignment
from benchmarks.bare_letter import bare_letter
from config.urls import urlpatterns as site
from core import clock
from core.pages import PageRequest, page, signed_in


@page(signed_in)
def bound(request: PageRequest) -> HttpResponse:
    """One statement with the same visibility condition, and as many bytes as the page answers."""
    size = int(request.GET.get("bytes", "1000"))
    rows: list[Any] = list(
        Assignment.objects.visible_to(request.actor, clock.today())
        .order_by("next_deadline")
        .values_list("pk", "title")[:50]
    )
    filling = "".join(title for _pk, title in rows)
    return HttpResponse((filling * (size // max(len(filling), 1) + 1))[:size] if filling else "x" * size)


urlpatterns = [*site, path("bound/", bound), path("bare/<uuid:uuid>/", bare_letter)]
