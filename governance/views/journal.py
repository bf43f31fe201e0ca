"""The journal queue of one's own organisation: what the archive does not have yet, oldest first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Link, PageHead
from governance.actions import journal
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
    """Type in what the archive answered."""
    seen = JournalEntry.objects.visible_to(request.actor, clock.today()).select_related("organisation", "counterpart")
    entry: JournalEntry = get_or_404(seen, uuid)
    names = ("case_number", "document_number", "public_title", "access_code", "access_basis", "version")
    form = JournalForm(request.POST or None, initial={name: getattr(entry, name) for name in names})
    error, problems = None, []
    if form.is_bound and form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            journal.record_journalled(
                entry=entry, actor=request.actor, at=clock.now(), expected_version=version, **values
            )
            receipts.give(request, _("Dokumentet er ført som journalført."))
            return redirect("governance:journal")
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:journal")
    head = PageHead(title=entry.title, overline=_("Journalføring"), crumbs=[Link(_("Journalføring"), back)])
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": _("Før som journalført")}
    return show(request, "governance/draft_form.html", context, error)


urlpatterns = [
    path("journalforing/", queue, name="journal"),
    path("journalforing/<uuid:uuid>/", record, name="journal_entry"),
]
