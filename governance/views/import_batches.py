"""Many letters at once: dropped, read one by one, the result for each file, and those that are ready registered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from core import clock, receipts
from core.errors import DomainError
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import PageHead
from governance.actions import import_batch_register, import_batches
from governance.forms.imports import BatchForm
from governance.models import ImportBatch
from governance.selectors import batches as selectors
from governance.views.imports import IMPORTERS, imports_link, upload_of


def found_batch(request: PageRequest, uuid: object) -> ImportBatch:
    """A batch the person sees; else 404."""
    seen = ImportBatch.objects.visible_to(request.actor, clock.today())
    found: ImportBatch = get_or_404(seen.select_related("organisation", "created_by", "job"), uuid)
    return found


@page(IMPORTERS, methods=("GET", "POST"))
def new_batch(request: PageRequest) -> HttpResponse:
    """Drop a folder: each file is a letter of its own."""
    form = BatchForm(request.POST, request.FILES) if request.method == "POST" else BatchForm()
    error: DomainError | None = None
    problems = []
    if form.is_bound and form.is_valid():
        try:
            uploads = [upload_of(file) for file in form.cleaned_data["files"]]
            batch = import_batches.start_batch(
                uploads=uploads, title=form.cleaned_data["title"], actor=request.actor, at=clock.now()
            )
            return redirect("governance:import_batch", uuid=batch.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(title=_("Les inn flere brev"), crumbs=[imports_link()])
    return show(request, "governance/import_batch_new.html", {"head": head, "form": form, "problems": problems}, error)


@page(IMPORTERS)
def import_batch(request: PageRequest, uuid: object) -> HttpResponse:
    """What became of each file."""
    found = selectors.batch_page(found_batch(request, uuid))
    part = request.headers.get("HX-Request")
    template = "governance/_import_batch.html" if part else "governance/import_batch.html"
    return render(request, template, {"head": found.head, "batch": found})


@page(IMPORTERS, methods=("POST",))
def read_on(request: PageRequest, uuid: object) -> HttpResponse:
    """Read the files that still wait."""
    import_batches.read_on(batch=found_batch(request, uuid), actor=request.actor, at=clock.now())
    return redirect("governance:import_batch", uuid=uuid)


@page(IMPORTERS, methods=("POST",))
def register_ready(request: PageRequest, uuid: object) -> HttpResponse:
    """Ask for the registration of those that are ready; the page follows it."""
    batch = found_batch(request, uuid)
    import_batch_register.ask_to_register(batch=batch, actor=request.actor, at=clock.now())
    receipts.give(request, _("Brevene registreres."), _("Ingen e-post og ingen kopier sendes."))
    return redirect("governance:import_batch", uuid=uuid)


urlpatterns = [
    path("importer/samlinger/ny/", new_batch, name="import_batch_new"),
    path("importer/samlinger/<uuid:uuid>/", import_batch, name="import_batch"),
    path("importer/samlinger/<uuid:uuid>/les-resten/", read_on, name="import_batch_read"),
    path("importer/samlinger/<uuid:uuid>/registrer/", register_ready, name="import_batch_register"),
]
