"""Taking a document out: the page with every format, the files, and the PDF that is made on request."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core import clock
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Link, PageHead
from governance.actions.rendering import request_pdf
from governance.models import SteeringDocument
from governance.selectors import documents as selectors
from governance.selectors import outputs


def _document(request: PageRequest, uuid: UUID) -> SteeringDocument:
    found: SteeringDocument = get_or_404(selectors.seen(request.actor, clock.today()).for_detail(), uuid)  # type: ignore[attr-defined]
    return found


def _file(data: bytes, name: str, content_type: str) -> HttpResponse:
    """Bytes as an attachment, never kept by a shared cache and never run by a browser."""
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(signed_in)
def download(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Every format of one document."""
    found = outputs.outputs_page(_document(request, uuid), request.actor, clock.today())
    return render(request, "governance/document_download.html", {"head": found.head, "page": found})


@page(signed_in)
def document_export(request: PageRequest, uuid: UUID, form: str) -> HttpResponse:
    """One format, made now, as this reader may read it."""
    document = _document(request, uuid)
    data = outputs.export(document, form, request.actor, clock.today())
    return _file(data, outputs.file_name(document, form), outputs.MIME[form])


@page(signed_in, methods=("POST",))
def document_pdf(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Ask for a PDF of the document as it stands; the worker makes it."""
    document = _document(request, uuid)
    job = request_pdf(document=document, actor=request.actor, at=clock.now())
    return redirect("governance:document_pdf_job", uuid=document.uuid, job=job.uuid)


@page(signed_in)
def document_pdf_job(request: PageRequest, uuid: UUID, job: UUID) -> HttpResponse:
    """How far the PDF has come, and then the file."""
    document = _document(request, uuid)
    state = outputs.pdf_state(document, job, request.actor)
    back = reverse("governance:document_download", args=[document.uuid])
    head = PageHead(title=_("PDF"), overline=document.title, crumbs=[Link(_("Last ned"), back)])
    return render(request, "governance/document_pdf.html", {"head": head, "state": state, "back": back})


@page(signed_in)
def document_pdf_file(request: PageRequest, uuid: UUID, job: UUID) -> HttpResponse:
    """The finished PDF, for the one who asked."""
    document = _document(request, uuid)
    data = outputs.pdf_file(document, job, request.actor)
    return _file(data, outputs.file_name(document, "pdf"), "application/pdf")


urlpatterns = [
    path("styringsdokumenter/<uuid:uuid>/last-ned/", download, name="document_download"),
    path("styringsdokumenter/<uuid:uuid>/last-ned/<slug:form>/", document_export, name="document_export"),
    path("styringsdokumenter/<uuid:uuid>/pdf/", document_pdf, name="document_pdf"),
    path("styringsdokumenter/<uuid:uuid>/pdf/<uuid:job>/", document_pdf_job, name="document_pdf_job"),
    path("styringsdokumenter/<uuid:uuid>/pdf/<uuid:job>/fil/", document_pdf_file, name="document_pdf_file"),
]
