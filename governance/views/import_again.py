"""The same letter read before: what differs, reading the files once more, and going on where the earlier one was."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock, receipts
from core.errors import DomainError, Problem, RuleBroken
from core.formwork import show, take_problems
from core.pages import PageRequest, page
from governance.actions import import_again as acts
from governance.actions import registration_corrections as corrections
from governance.forms.corrections import CorrectRegistrationForm, chosen_rows
from governance.models import DocumentImport
from governance.selectors import import_compare as selectors
from governance.selectors import imports as selectors_imports
from governance.views.imports import IMPORTERS, found_import


def _shown(
    request: PageRequest,
    found: DocumentImport,
    error: DomainError | None = None,
    form: CorrectRegistrationForm | None = None,
) -> HttpResponse:
    locked = corrections.locked_for(found, request.actor, clock.now())
    marked = request.POST.getlist("rad")
    compared = selectors.compare_page(found, request.GET.get("med", ""), locked=locked, marked=marked)
    form = form or CorrectRegistrationForm(initial={"version": found.version})
    problems = take_problems(form, error) if error and form.is_bound else _loose(error)
    context = {"head": compared.head, "compared": compared, "problems": problems, "form": form}
    return show(request, "governance/import_compare.html", context, error)


def _loose(error: DomainError | None) -> list[Problem]:
    return list(error.problems) or [Problem(error.code, error.message)] if error else []


@page(IMPORTERS)
def compare(request: PageRequest, uuid: object) -> HttpResponse:
    """What the letter gave before and gives now."""
    found = found_import(request, uuid)
    if found.state not in selectors_imports.OPEN:
        return redirect(selectors_imports.address(found))
    return _shown(request, found)


@page(IMPORTERS, methods=("POST",))
def correct(request: PageRequest, uuid: object) -> HttpResponse:
    """Take the chosen rows into the record of the registered letter. What was ticked and typed is kept."""
    found = found_import(request, uuid)
    form = CorrectRegistrationForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form=form)
    try:
        made = corrections.correct_registration(
            document_import=found, rows=chosen_rows(request.POST.getlist("rad")), why=form.why(),
            actor=request.actor, at=clock.now(), expected_version=form.cleaned_data["version"],
        )  # fmt: skip
    except DomainError as refused:
        return _shown(request, found_import(request, uuid), refused, form)
    receipts.give(
        request, _("Registreringen er rettet."), _("Slik det var, vises under «Rettelser av registreringen».")
    )
    found = found_import(request, uuid)
    if found.state in selectors_imports.OPEN:
        return redirect("governance:import_compare", uuid=found.uuid)
    return redirect("governance:corrections", uuid=made.document.uuid)


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
    path("importer/<uuid:uuid>/rett-registreringen/", correct, name="import_correct"),
    path("importer/<uuid:uuid>/les-pa-nytt/", read_anew, name="import_read_anew"),
    path("importer/<uuid:uuid>/ta-over/", take_over, name="import_take_over"),
]
