"""Åpne funn: everything that is wrong in one's portfolio, filtered, sorted, in pages and as a file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.pages import holds
from agencies.rights import Right
from core import clock, sheets
from core.pages import PageRequest, page
from core.visuals.parts import Action, Column, Empty, Link, PageHead, Pages
from governance.forms.findings import FindingFilter
from governance.models import Severity
from governance.selectors import portfolio as selectors

READERS = holds(Right.SEE_DRAFTS)
FILTERS = tuple(FindingFilter.base_fields)


def _address(request: HttpRequest, **changed: str) -> str:
    """This page with the filter as it is, but for what is changed."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}" if query else reverse("governance:findings")


def _form(request: PageRequest) -> tuple[FindingFilter, selectors.Portfolio]:
    """The filter, with counts that follow what is chosen. Only filters bind it: sorting and paging do not."""
    given = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    counted = selectors.counted(request.actor, clock.today(), given)
    return FindingFilter(given or None, choices=counted.choices), counted


@page(READERS)
def open_findings(request: PageRequest) -> HttpResponse:
    """What is wrong in my portfolio."""
    form, counted = _form(request)
    day, sort = clock.today(), request.GET.get("sorter", "")
    rows = selectors.filtered(request.actor, day, form.chosen(), sort.lstrip("-"), down=sort.startswith("-"))
    found = Paginator(selectors.with_people(rows) if form.allowed() else rows.none(), selectors.PER_PAGE)
    shown = found.get_page(request.GET.get("side"))
    words = ngettext("Viser %(n)s av %(of)s funn", "Viser %(n)s av %(of)s funn", found.count)
    context = {
        "head": _head(request, counted),
        "form": form,
        "lines": selectors.lines(list(shown), request.actor, day),
        "columns": _columns(request),
        "shown": words % {"n": len(shown), "of": found.count},
        "pages": _pages(request, shown),
        "empty": _empty(form.chosen() != {}),
    }
    return render(request, "governance/findings.html", context, status=200 if form.allowed() else 422)


def _head(request: PageRequest, counted: selectors.Portfolio) -> PageHead:
    stops, warns = counted.counts.get(Severity.STOPS.value, 0), counted.counts.get(Severity.WARNING.value, 0)
    words = _("%(stops)s stopper og må rettes, %(warns)s er advarsler som rettes eller bekreftes med begrunnelse.")
    download = reverse("governance:findings_file") + (f"?{request.GET.urlencode()}" if request.GET else "")
    return PageHead(
        title=_("Åpne funn"),
        lead=words % {"stops": stops, "warns": warns},
        actions=[
            Action(_("Regler"), reverse("governance:rules")),
            Action(_("Last ned"), download, icon="download"),
        ],
    )


def _columns(request: PageRequest) -> list[Column]:
    now = request.GET.get("sorter") or "alvor"
    names = (
        ("alvor", _("Funn")), ("regel", _("Regel")), ("virksomhet", _("Virksomhet")), ("dokument", _("Dokument")),
        ("ansvarlig", _("Ansvarlig")), ("", _("Avdeling")), ("dato", _("Funnet")),
    )  # fmt: skip
    found = []
    for key, label in names:
        sorted_by = {key: "ascending", f"-{key}": "descending"}.get(now, "") if key else ""
        wish = f"-{key}" if sorted_by == "ascending" else key
        found.append(Column(label, "", _address(request, sorter=wish, side="") if key else "", sorted_by))
    return found


def _pages(request: PageRequest, shown: Any) -> Pages:
    def link(number: int | str) -> str:
        return _address(request, side=str(number))

    numbers = shown.paginator.get_elided_page_range(shown.number, on_each_side=2, on_ends=1)
    items = [
        Link(str(number), link(number), current=number == shown.number) if isinstance(number, int) else None
        for number in numbers
    ]
    return Pages(
        shown.number,
        shown.paginator.num_pages,
        items,
        previous=link(shown.previous_page_number()) if shown.has_previous() else "",
        next=link(shown.next_page_number()) if shown.has_next() else "",
    )


def _empty(narrowed: bool) -> Empty:
    if narrowed:
        back = Link(_("Vis alle åpne funn"), reverse("governance:findings"))
        return Empty(_("Ingen funn passer"), _("Det finnes ingen funn med det du har valgt."), back)
    return Empty(_("Ingen åpne funn"), _("Alle kontroller er i orden, eller bekreftet med begrunnelse."))


@page(READERS)
def findings_file(request: PageRequest) -> HttpResponse:
    """The same findings as Excel or CSV."""
    form, _counted = _form(request)
    day, sort = clock.today(), request.GET.get("sorter", "")
    rows = selectors.filtered(request.actor, day, form.chosen(), sort.lstrip("-"), down=sort.startswith("-"))
    kind = sheets.KINDS.get(request.GET.get("format", "xlsx"), sheets.KINDS["xlsx"])
    sheet = selectors.sheet(rows if form.allowed() else rows.none(), request.actor, day)
    response = HttpResponse(kind.write(sheet), content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="funn-{day.isoformat()}.{kind.extension}"'
    return response


urlpatterns = [
    path("funn/", open_findings, name="findings"),
    path("funn/last-ned/", findings_file, name="findings_file"),
]
