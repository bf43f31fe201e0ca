"""The same letter read before: what differs, reading the files once more, and going on where the earlier one was."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock, receipts
from core.errors import DomainError, Problem, RuleBroken
from core.formwork import show
from core.pages import PageRequest, page
from governance.actions import import_again as acts
from governance.models import DocumentImport
from governance.selectors import import_compare as selectors
from governance.selectors import imports as selectors_imports
from governance.views.imports import IMPORTERS, found_import


def _shown(request: PageRequest, found: DocumentImport, error: DomainError | None = None) -> HttpResponse:
    compared = selectors.compare_page(found, request.GET.get("med", ""))
    problems = list(error.problems) or [Problem(error.code, error.message)] if error else []
    context = {"head": compared.head, "compared": compared, "problems": problems}
    return show(request, "governance/import_compare.html", context, error)


@page(IMPORTERS)
def compare(request: PageRequest, uuid: object) -> HttpResponse:
    """What the letter gave before and gives now."""
    found = found_import(request, uuid)
    if found.state not in selectors_imports.OPEN:
        return redirect(selectors_imports.address(found))
    return _shown(request, found)


@page(IMPORTERS, methods=("POST",))
def read_anew(request: PageRequest, uuid: object) -> HttpResponse:
    """The same files once more, as an import of its own."""
    again = acts.read_anew(document_import=found_import(request, uuid), actor=request.actor, at=clock.now())
    return redirect("governance:import", uuid=again.uuid)


@page(IMPORTERS, methods=("POST",))
def take_over(request: PageRequest, uuid: object) -> HttpResponse:
    """Go on where the earlier reading was."""
    found = found_import(request, uuid)
    before = DocumentImport.objects.visible_to(request.actor, clock.today()).by_uuid(request.POST.get("before", ""))
    first = before.first()
    try:
        if first is None:
            sentence = _("Velg en tidligere lesing av det samme brevet.")
            raise RuleBroken(problems=[Problem("not_same_letter", sentence, "before")])
        acts.take_over(document_import=found, before=first, actor=request.actor, at=clock.now())
    except DomainError as refused:
        return _shown(request, found_import(request, uuid), refused)
    receipts.give(
        request, _("Avgjørelsene er tatt med."), _("Rader som er endret i filen, venter på deg. De er merket usikre.")
    )
    return redirect(f"{reverse('governance:import_review', args=[found.uuid])}?slag=usikre")


urlpatterns = [
    path("importer/<uuid:uuid>/sammenlign/", compare, name="import_compare"),
    path("importer/<uuid:uuid>/les-pa-nytt/", read_anew, name="import_read_anew"),
    path("importer/<uuid:uuid>/ta-over/", take_over, name="import_take_over"),
]
