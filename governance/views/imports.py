"""A letter on its way in: the list, dropping files, counted progress, and putting an import away."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, Problem
from core.files import check_size
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Action, Empty, Link, PageHead
from governance.actions import imports
from governance.forms.imports import ReasonForm, UploadForm
from governance.models import DocumentImport, ImportState
from governance.selectors import batches
from governance.selectors import imports as selectors

IMPORTERS = holds(Right.IMPORT_DOCUMENTS)


def found_import(request: PageRequest, uuid: object) -> DocumentImport:
    """An import the person sees; else 404."""
    seen = DocumentImport.objects.visible_to(request.actor, clock.today())
    found: DocumentImport = get_or_404(
        seen.select_related("organisation", "agency", "document", "created_by", "job"), uuid
    )
    return found


def imports_link() -> Link:
    """Crumb back to the list."""
    return Link(_("Importer"), reverse("governance:imports"))


@page(IMPORTERS)
def import_list(request: PageRequest) -> HttpResponse:
    """All imports of one's own organisation."""
    lines = selectors.import_lines(request.actor, clock.now())
    rows = batches.batch_rows(request.actor, clock.now())
    head = PageHead(
        title=_("Importer"),
        lead=_("Brev og instrukser som er på vei inn: les inn, gå gjennom, og registrer."),
        actions=[
            Action(_("Les inn brev"), reverse("governance:import_new"), icon="file-import"),
            Action(_("Les inn flere brev"), reverse("governance:import_batch_new")),
        ],
    )
    empty = Empty(
        _("Ingen brev er lest inn ennå"),
        _("Slipp et tildelingsbrev her. Du ser gjennom hver rad før noe registreres."),
        Link(_("Les inn brev"), reverse("governance:import_new")),
    )
    return render(request, "governance/imports.html", {"head": head, "lines": lines, "empty": empty, "batches": rows})


@page(IMPORTERS, methods=("GET", "POST"))
def new_import(request: PageRequest) -> HttpResponse:
    """Drop one letter, in one or more files."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    error: DomainError | None = None
    existing, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            uploads = [upload_of(file) for file in form.cleaned_data["files"]]
            found = imports.start_import(uploads=uploads, actor=request.actor, at=clock.now())
            return redirect("governance:import", uuid=found.uuid)
        except imports.AlreadyImported as refused:
            error, existing = refused, refused.existing
            take_problems(form, refused)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(title=_("Les inn brev"), crumbs=[imports_link()])
    link = Link(existing.title, selectors.address(existing)) if existing else None
    context = {"head": head, "form": form, "existing": link, "problems": problems}
    if existing is not None:
        anew = reverse("governance:import_read_anew", args=[existing.uuid])
        context["again"] = Action(_("Les filene på nytt og sammenlign"), anew, post=True)
    return show(request, "governance/import_upload.html", context, error)


def upload_of(file: UploadedFile) -> imports.Upload:
    """The bytes, read only when the size is allowed. Raises TooLarge."""
    name, size = file.name or "", file.size or 0
    if size:
        check_size(name, size)
    return imports.Upload(name, file.read())


@page(IMPORTERS)
def import_page(request: PageRequest, uuid: object) -> HttpResponse:
    """Counted progress while the letter is read; then on to where the work is."""
    found = found_import(request, uuid)
    if found.state not in (ImportState.READING, ImportState.REFUSED, ImportState.DISCARDED):
        target = selectors.address(found)
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": target})
        return redirect(target)
    reading = selectors.reading(found)
    head = PageHead(title=found.title, crumbs=[imports_link()])
    template = (
        "governance/_import_progress.html" if request.headers.get("HX-Request") else "governance/import_page.html"
    )
    again = Action(_("Prøv igjen"), reverse("governance:import_read_again", args=[found.uuid]), post=True)
    context = {"head": head, "reading": reading, "again": again, "found": found}
    return render(request, template, context)


@page(IMPORTERS, methods=("POST",))
def read_again(request: PageRequest, uuid: object) -> HttpResponse:
    """Ask the worker once more."""
    found = found_import(request, uuid)
    imports.read_again(document_import=found, actor=request.actor, at=clock.now())
    return redirect("governance:import", uuid=found.uuid)


@page(IMPORTERS, methods=("GET", "POST"))
def discard(request: PageRequest, uuid: object) -> HttpResponse:
    """Put an import away, with a reason."""
    found = found_import(request, uuid)
    form = ReasonForm(request.POST or None)
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        try:
            imports.discard_import(
                document_import=found, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
            )
            receipts.give(request, _("Importen er forkastet."), _("Filene og teksten er tatt vare på."))
            return redirect("governance:imports")
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(title=_("Forkast importen"), overline=found.title, crumbs=[imports_link()])
    context = {
        "head": head, "form": form, "problems": problems, "submit": _("Forkast importen"),
        "back": selectors.address(found),
    }  # fmt: skip
    return show(request, "governance/draft_form.html", context, error)


urlpatterns = [
    path("importer/", import_list, name="imports"),
    path("importer/nytt/", new_import, name="import_new"),
    path("importer/<uuid:uuid>/", import_page, name="import"),
    path("importer/<uuid:uuid>/les-igjen/", read_again, name="import_read_again"),
    path("importer/<uuid:uuid>/forkast/", discard, name="import_discard"),
]
