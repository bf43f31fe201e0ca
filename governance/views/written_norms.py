"""Målform: the yearly share of bokmål and nynorsk in what one's own body has issued (språklova § 13)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, sheets
from core.pages import PageRequest, page
from core.visuals.parts import Action, Empty, Link, PageHead
from governance.forms.written_norms import NormFilter
from governance.selectors import written_norms as selectors

READERS = holds(Right.SEE_DOCUMENTS)


@page(READERS)
def written_norms(request: PageRequest) -> HttpResponse:
    """The shares year by year, and the documents behind a figure."""
    day = clock.today()
    form = NormFilter(request.GET or None, choices=selectors.choices(request.actor, day))
    found = selectors.norms_page(request.actor, day, form.chosen())
    head = PageHead(
        title=_("Målform"),
        lead=_("Bokmål og nynorsk i styringsdokumentene virksomheten din har utstedt."),
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents"))],
        actions=[Action(_("Last ned"), reverse("governance:written_norms_file"), icon="download")],
    )
    empty = Empty(
        _("Ingen utstedte dokumenter"),
        _("Virksomheten din har ikke utstedt styringsdokumenter som teller. Tallene kommer når det første er utstedt."),
    )
    context = {"head": head, "form": form, "page": found, "empty": empty}
    return render(request, "governance/written_norms.html", context, status=200 if form.allowed() else 422)


@page(READERS)
def written_norms_file(request: PageRequest) -> HttpResponse:
    """The same figures by all measures, as CSV or Excel."""
    kind = sheets.KINDS.get(request.GET.get("format", "csv"), sheets.KINDS["csv"])
    body = kind.write(selectors.sheet(request.actor, clock.today()))
    response = HttpResponse(body, content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="maalform-{clock.today().isoformat()}.{kind.extension}"'
    return response


urlpatterns = [
    path("styringsdokumenter/maalform/", written_norms, name="written_norms"),
    path("styringsdokumenter/maalform/last-ned/", written_norms_file, name="written_norms_file"),
]
