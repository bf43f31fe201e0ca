"""Kopimatrise: who gets a copy of what in the dialogue with an agency, on a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from core import clock
from core.formwork import show
from core.pages import PageRequest, get_or_404, page, signed_in
from governance.forms.issue import MatrixForm
from governance.selectors import copy_matrix as selectors


@page(signed_in)
def copy_matrix(request: PageRequest) -> HttpResponse:
    """The rules of one agency; the first of those one follows when none is chosen."""
    today = clock.today()
    agencies = selectors.agencies_for(request.actor, today)
    asked = request.GET.get("virksomhet")
    agency = get_or_404(agencies, asked) if asked else agencies.first()
    form = MatrixForm(
        request.GET if request.GET else None,
        initial={"virksomhet": agency.uuid if agency else None, "dato": today},
        agencies=agencies,
    )
    day = (form.cleaned_data.get("dato") if form.is_valid() else None) or today
    view = selectors.matrix_page(actor=request.actor, agency=agency, day=day, today=today)
    return show(request, "governance/copy_matrix.html", {"head": view.head, "page": view, "form": form})


urlpatterns = [path("kopimatrise/", copy_matrix, name="copy_matrix")]
