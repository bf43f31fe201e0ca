"""Published documents, for everybody without logging in. Nothing else of the system is open."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core import files
from core.errors import NotFound
from core.pages import PageRequest, page
from core.throttling import for_everybody
from core.visuals.parts import Empty, PageHead
from governance import roundtrip
from governance.forms.issue import PublishedFilter
from governance.models import SteeringDocument
from governance.selectors import public


def _everybody(request: PageRequest) -> bool:
    """Published documents are public; what is not published is not found."""
    return True


@login_not_required
@page(_everybody)
@for_everybody
def published_list(request: PageRequest) -> HttpResponse:
    """All published documents, newest first, by agency, year, kind and written norm."""
    form = PublishedFilter(request.GET or None, choices=public.choices())
    rows = public.filtered(form.chosen()) if form.allowed() else public.published().none()
    pages = Paginator(rows, public.PAGE_SIZE).get_page(request.GET.get("side"))
    head = PageHead(
        title=_("Publiserte styringsdokumenter"),
        lead=_("Instrukser, tildelingsbrev og supplerende tildelingsbrev som er offentlige."),
    )
    empty = Empty(_("Ingen dokumenter"), _("Ingen publiserte dokumenter passer med det du har valgt."))
    context = {"head": head, "form": form, "lines": public.lines(list(pages)), "pages": pages, "empty": empty}
    return render(request, "governance/published.html", context, status=200 if form.allowed() else 422)


@login_not_required
@page(_everybody)
@for_everybody
def published_document(request: PageRequest, uuid: UUID) -> HttpResponse:
    """One document as a page with its own headings and written norm."""
    view = public.page_of(public.one(uuid))
    return render(request, "governance/published_document.html", {"head": view.head, "page": view})


@login_not_required
@page(_everybody)
@for_everybody
def published_pdf(request: PageRequest, uuid: UUID) -> HttpResponse:
    """The copy to read."""
    publication = public.one(uuid)
    stored = public.reading_file(publication)
    if stored is None:
        raise NotFound(_("PDF-en er ikke ferdig ennå. Prøv igjen om litt."))
    response = HttpResponse(files.read(stored), content_type="application/pdf")
    name = f"{publication.public_title}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@page(_everybody)
@for_everybody
def published_data(request: PageRequest, uuid: UUID) -> HttpResponse:
    """The document as data, by the documented schema; exempt assignments are shells."""
    publication = public.one(uuid)
    document = SteeringDocument.objects.for_detail().get(pk=publication.document_id)
    data = roundtrip.export_json(document, withheld=public.withheld(publication))
    return HttpResponse(data, content_type="application/json; charset=utf-8")


urlpatterns = [
    path("publisert/", published_list, name="published"),
    path("publisert/<uuid:uuid>/", published_document, name="published_document"),
    path("publisert/<uuid:uuid>/dokument.pdf", published_pdf, name="published_pdf"),
    path("publisert/<uuid:uuid>/dokument.json", published_data, name="published_data"),
]
