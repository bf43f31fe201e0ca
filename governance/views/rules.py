"""The list of all rules."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.pages import PageRequest, page, signed_in
from core.visuals.parts import Empty, Link, PageHead
from governance.forms.findings import RuleFilter
from governance.selectors import rules as selectors


@page(signed_in)
def rules(request: PageRequest) -> HttpResponse:
    """What is looked for, how serious it is, where it runs and what it rests on."""
    form = RuleFilter(request.GET or None, choices=selectors.choices())
    lines = selectors.rule_lines(form.chosen()) if form.allowed() else []
    head = PageHead(
        title=_("Regler"),
        lead=_("Det som kontrolleres når brev leses inn, skrives, utstedes og rapporteres på."),
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents"))],
    )
    words = ngettext("Viser %(n)s regel", "Viser %(n)s regler", len(lines)) % {"n": len(lines)}
    empty = Empty(_("Ingen regler passer"), _("Velg et annet filter."))
    context = {"head": head, "form": form, "lines": lines, "shown": words, "empty": empty}
    return render(request, "governance/rules.html", context, status=200 if form.allowed() else 422)


urlpatterns = [path("funn/regler/", rules, name="rules")]
