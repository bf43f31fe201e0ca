"""The journal queue of one's own organisation: what the archive does not have yet, oldest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from governance.actions import archive_transfer, journal
from governance.forms.letters import JournalForm
from governance.models import JournalEntry
from governance.selectors import journal as selectors_journal

JOURNALLERS = holds(Right.JOURNAL)


@page(JOURNALLERS)
def queue(request: PageRequest) -> HttpResponse:
    """What waits, with its age, and what was journalled last."""
    view = selectors_journal.queue(actor=request.actor, day=clock.today(), state=request.GET.get("vis", "venter"))
    return show(request, "governance/journal.html", {"head": view.head, "page": view})


@page(JOURNALLERS, methods=("GET", "POST"))
def record(request: PageRequest, uuid: object) -> HttpResponse:
    """Say what goes to the archive, or type in what the archive answered."""
    entry = _entry(request, uuid)
    view = selectors_journal.entry_page(entry=entry, actor=request.actor, day=clock.today())
    names = ("case_number", "document_number", "public_title", "access_code", "access_basis", "version")
    initial = {name: getattr(entry, name) for name in names} | view.proposed
    form = JournalForm(request.POST or None, initial=initial)
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            receipts.give(request, _write(entry, dict(form.cleaned_data), request))
            return redirect("governance:journal")
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    context = {"head": view.head, "page": view, "entry": entry, "form": form, "problems": problems}
    return show(request, "governance/journal_entry.html", context, error)


def _write(entry: JournalEntry, values: dict[str, Any], request: PageRequest) -> str:
    common = {"entry": entry, "actor": request.actor, "at": clock.now(), "expected_version": values.pop("version")}
    if request.POST.get("gjor") == "forslag":
        proposal = {name: values[name] for name in ("public_title", "access_code", "access_basis")}
        journal.propose_access(**common, **proposal)
        return _("Forslaget til tittel og tilgang er lagret, og følger med til arkivet.")
    journal.record_journalled(**common, **values)
    return _("Dokumentet er ført som journalført.")


@page(JOURNALLERS, methods=("POST",))
def package(request: PageRequest, uuid: object) -> HttpResponse:
    """The package with metadata and files, for the one who lays it in the archive by hand."""
    entry = _entry(request, uuid)
    data = archive_transfer.fetch_package(entry=entry, actor=request.actor, at=clock.now())
    response = HttpResponse(data, content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{entry.uuid}.zip") or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _entry(request: PageRequest, uuid: object) -> JournalEntry:
    seen = JournalEntry.objects.visible_to(request.actor, clock.today())
    entry: JournalEntry = get_or_404(seen.select_related("organisation", "counterpart", "access_proposed_by"), uuid)
    return entry


urlpatterns = [
    path("journalforing/", queue, name="journal"),
    path("journalforing/<uuid:uuid>/", record, name="journal_entry"),
    path("journalforing/<uuid:uuid>/arkivpakke/", package, name="journal_package"),
]
