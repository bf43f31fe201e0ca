"""Key figures: the list, and one series with its chart, table and a form for earlier values."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import Problem, RuleBroken
from core.pages import get_or_404, page
from reporting.actions.report_figures import save_figure
from reporting.forms.figures import FigureForm
from reporting.selectors import figures as selectors

SEES = holds(Right.SEE_OWN_WORK, Right.SEE_SUBMITTED_REPORTS)


@page(SEES)
def figures(request: Any) -> HttpResponse:
    """Every key figure with its last value."""
    found = selectors.figure_list(request.actor, clock.today())
    return render(request, "reporting/figure_list.html", {"head": found.head, "list": found})


@page(SEES, methods=("GET", "POST"))
def figure(request: Any, uuid: UUID) -> HttpResponseBase:
    """One key figure; the agency may enter values of earlier periods."""
    line = get_or_404(selectors.lines_visible_to(request.actor, clock.today()), uuid)
    made = selectors.figure_page(line, request.actor, clock.today())
    form = FigureForm(made.dimensions, made.unit, request.POST or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            save_figure(line=line, period_end=values["period"], entered=form.entered(), shared=values["shared"],
                        actor=request.actor, at=clock.now())  # fmt: skip
        except RuleBroken as refused:
            problems = refused.problems
        else:
            receipts.give(request, _("Tallet er registrert."))
            return redirect("reporting:figure", line.uuid)
    context = {"head": made.head, "figure": made, "form": form, "problems": problems}
    return render(request, "reporting/figure_page.html", context, status=422 if form.is_bound else 200)
