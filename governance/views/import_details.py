"""About the letter, the last look, and what was found."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock, receipts
from core.errors import DomainError, Problem
from core.formwork import show, take_problems
from core.pages import PageRequest, page
from core.visuals.parts import PageHead
from governance.actions import import_details
from governance.forms.imports import DetailsForm, signers_as_text
from governance.models import ImportState
from governance.selectors import details as selectors_details
from governance.selectors import findings as selectors_findings
from governance.selectors import imports as selectors_imports
from governance.views.imports import IMPORTERS, found_import, imports_link

OPEN = (ImportState.REVIEW, ImportState.DETAILS)


@page(IMPORTERS, methods=("GET", "POST"))
def details(request: PageRequest, uuid: object) -> HttpResponse:
    """What the body of the letter lacks, and whether it is sent already."""
    found, at = found_import(request, uuid), clock.now()
    if found.state not in OPEN:
        return redirect(selectors_imports.address(found))
    signed = found.details.get("signatories") or (found.facts.get("signatures") or {}).get("value")
    form = DetailsForm(
        request.POST or None,
        initial=selectors_details.initial(found, signers_as_text(signed)),
        **selectors_details.form_choices(found, request.actor, clock.local_date(at)),
    )
    for name, words in selectors_details.read_words(found).items():
        form.fields[name].help_text = words
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            import_details.set_details(
                document_import=found, details=form.details(), actor=request.actor, at=at,
                expected_version=form.cleaned_data["version"],
            )  # fmt: skip
            return redirect("governance:import_register", uuid=found.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    context = {"page": selectors_details.details_page(found), "form": form, "problems": problems}
    return show(request, "governance/import_details.html", context, error)


@page(IMPORTERS, methods=("GET", "POST"))
def register(request: PageRequest, uuid: object) -> HttpResponse:
    """The last look. A second confirmation leads to the same document."""
    found, at = found_import(request, uuid), clock.now()
    error = None
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            document = import_details.register_import(
                document_import=found, actor=request.actor, at=at,
                expected_version=int(version) if version.isdigit() else None,
            )  # fmt: skip
            _give_receipt(request, document.is_issued)
            return redirect("governance:document", uuid=document.uuid)
        except DomainError as refused:
            error = refused
            found = found_import(request, uuid)
    if found.state not in OPEN:
        return redirect(selectors_imports.address(found))
    context_page = selectors_details.register_page(found, clock.local_date(at))
    problems = list(error.problems or [Problem(error.code, error.message)]) if error else list(context_page.problems)
    context = {"page": context_page, "problems": problems if error else [], "hinders": context_page.problems}
    return show(request, "governance/import_register.html", context, error)


def _give_receipt(request: PageRequest, issued: bool) -> None:
    if issued:
        details_ = _("Det er fryst og ligger i journalkøen. Ingen e-post og ingen kopier er sendt.")
        receipts.give(request, _("Dokumentet er registrert."), details_)
    else:
        receipts.give(request, _("Utkastet er laget."), _("En annen må signere og utstede det."))


@page(IMPORTERS)
def import_findings(request: PageRequest, uuid: object) -> HttpResponse:
    """What the checks found in the letter."""
    found = found_import(request, uuid)
    if found.state == ImportState.REGISTERED:
        return redirect(selectors_imports.address(found))
    back = reverse("governance:import_review", args=[found.uuid])
    head = PageHead(title=_("Funn i brevet"), overline=found.title, crumbs=[imports_link()])
    context = {"head": head, "findings": selectors_findings.import_findings(found), "back": back}
    return render(request, "governance/import_findings.html", context)


urlpatterns = [
    path("importer/<uuid:uuid>/om-brevet/", details, name="import_details"),
    path("importer/<uuid:uuid>/registrer/", register, name="import_register"),
    path("importer/<uuid:uuid>/funn/", import_findings, name="import_findings"),
]
