"""The passport, who can see it, its earlier statuses, files and PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from assignments.actions.passport_pdf import request_pdf
from assignments.selectors import access_list, files, versions
from assignments.selectors.passport import passport
from assignments.views.common import load, load_readable, passport_url
from core import clock
from core.pages import PageRequest, page, signed_in
from core.visuals.parts import Link, PageHead


@page(signed_in)
def show(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Everything about one assignment, as this reader may see it."""
    assignment = load(request, uuid)
    found = passport(assignment, request.actor, clock.today(), only=request.GET.get("hendelser", ""))
    return render(request, "assignments/passport.html", {"passport": found})


@page(signed_in)
def who(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Hvem kan se dette?"""
    assignment = load(request, uuid)
    crumbs = [Link(_("Oppdrag"), reverse("assignments:list")), Link(assignment.reference, passport_url(assignment))]
    head = PageHead(title=_("Hvem kan se dette?"), overline=assignment.reference, crumbs=crumbs)
    seen = access_list.who_can_see(assignment, request.actor, clock.today())
    return render(request, "assignments/who.html", {"head": head, "who": seen})


@page(signed_in)
def status_versions(request: PageRequest, uuid: UUID) -> HttpResponse:
    """All shared statuses, newest first, each with what has changed."""
    assignment = load_readable(request, uuid)
    crumbs = [Link(_("Oppdrag"), reverse("assignments:list")), Link(assignment.reference, passport_url(assignment))]
    head = PageHead(title=_("Delte statuser"), overline=assignment.title, crumbs=crumbs)
    context = {"head": head, "versions": versions.shared_versions(assignment)}
    return render(request, "assignments/versions.html", context)


@page(signed_in)
def answer_file(request: PageRequest, uuid: UUID, link: UUID) -> HttpResponse:
    """A file of an answer, for the parties."""
    stored, data = files.answer_file(load_readable(request, uuid), link, request.actor, clock.today())
    response = HttpResponse(data, content_type=stored.content_type)
    name = stored.name.replace('"', "")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{files.quoted(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@page(signed_in, methods=("POST",))
def ask_pdf(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Ask for the passport as PDF; the worker makes it."""
    assignment = load_readable(request, uuid)
    job = request_pdf(assignment=assignment, actor=request.actor, at=clock.now())
    return redirect("assignments:pdf_job", uuid=assignment.uuid, job=job.uuid)


@page(signed_in)
def pdf_job(request: PageRequest, uuid: UUID, job: UUID) -> HttpResponse:
    """How far the PDF has come, and then the file."""
    assignment = load_readable(request, uuid)
    state = files.pdf_state(assignment, job, request.actor)
    crumbs = [Link(_("Oppdrag"), reverse("assignments:list")), Link(assignment.reference, passport_url(assignment))]
    head = PageHead(title=_("Oppdragspass som PDF"), overline=assignment.reference, crumbs=crumbs)
    return render(request, "assignments/pdf.html", {"head": head, "state": state, "back": passport_url(assignment)})


@page(signed_in)
def pdf_file(request: PageRequest, uuid: UUID, job: UUID) -> HttpResponse:
    """The finished PDF, for the one who asked."""
    assignment = load_readable(request, uuid)
    data = files.pdf_file(assignment, job, request.actor)
    response = HttpResponse(data, content_type="application/pdf")
    name = f"oppdragspass-{assignment.reference or assignment.uuid}.pdf"
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{files.quoted(name)}"
    return response


urlpatterns = [
    path("oppdrag/<uuid:uuid>/", show, name="passport"),
    path("oppdrag/<uuid:uuid>/innsyn/", who, name="who"),
    path("oppdrag/<uuid:uuid>/statuser/", status_versions, name="versions"),
    path("oppdrag/<uuid:uuid>/svar/fil/<uuid:link>/", answer_file, name="answer_file"),
    path("oppdrag/<uuid:uuid>/pdf/", ask_pdf, name="pdf"),
    path("oppdrag/<uuid:uuid>/pdf/<uuid:job>/", pdf_job, name="pdf_job"),
    path("oppdrag/<uuid:uuid>/pdf/<uuid:job>/fil/", pdf_file, name="pdf_file"),
]
