"""Citations of earlier assignments: what each means, chosen by hand where the number does not say it (R-14)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, NotFound, Problem
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Link, PageHead
from governance import citing
from governance.actions import citations as acts
from governance.forms.citations import CitationForm
from governance.models import Citation, CitationKind, DocumentImport, SteeringDocument
from governance.selectors import citations as selectors
from governance.views.imports import IMPORTERS, found_import, imports_link

DECIDERS = holds(Right.REGISTER_DOCUMENTS, Right.DRAFT_DOCUMENTS)


@page(IMPORTERS, methods=("GET", "POST"))
def import_citations(request: PageRequest, uuid: object) -> HttpResponse:
    """The earlier assignments the letter cites. One form for each; what was chosen wins over the number."""
    found = found_import(request, uuid)
    known = citing.assignments_of(found.organisation, found.agency)
    options = selectors.choices(known)
    at = request.POST.get("plass", "")
    error, problems = None, list[Problem]()
    if request.method == "POST":
        try:
            _choose(request, found, at)
            return redirect(request.path)
        except NotFound:
            raise
        except DomainError as refused:
            error, problems = refused, list(refused.problems) or [Problem(refused.code, refused.message)]
    lines = [
        (line, CitationForm(initial={"item": line.chosen}, choices=options, auto_id=f"id_{line.place}_%s"))
        for line in selectors.import_lines(found)
    ]
    review = reverse("governance:import_review", args=[found.uuid])
    head = PageHead(
        title=_("Henvisninger til tidligere oppdrag"),
        overline=found.title,
        crumbs=[imports_link(), Link(_("Gå gjennom"), review)],
    )
    context = {"head": head, "lines": lines, "found": found, "problems": problems, "back": review}
    return show(request, "governance/import_citations.html", context, error)


def _choose(request: PageRequest, found: DocumentImport, at: str) -> None:
    version = request.POST.get("version", "")
    acts.choose_import_citation(
        document_import=found,
        place=int(at) if at.isdigit() else -1,
        item=request.POST.get("item", ""),
        actor=request.actor,
        at=clock.now(),
        expected_version=int(version) if version.isdigit() else None,
    )


@page(DECIDERS, methods=("GET", "POST"))
def citation(request: PageRequest, uuid: object) -> HttpResponse:
    """What one citation in a registered letter means."""
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today())
    found = get_or_404(
        Citation.objects.filter(document__in=seen, kind=CitationKind.ASSIGNMENT).select_related(
            "document__issuer", "document__recipient"
        ),
        uuid,
    )
    document = found.document
    options = selectors.choices(citing.assignments_of(document.issuer, document.recipient))[1:]
    held = citing.latest([found.pk]).get(found.pk)
    initial = (str(held.item) if held.item else citing.NONE) if held else None
    form = CitationForm(request.POST or None, initial={"item": initial}, choices=options)
    back = f"{reverse('governance:document', args=[document.uuid])}#rad-{found.uuid}"
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        try:
            acts.choose_citation(citation=found, item=form.item_id(), actor=request.actor, at=clock.now())
            receipts.give(request, _("Henvisningen er avklart."), found.text)
            return redirect(back)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(
        title=_("Hva «%(text)s» gjelder") % {"text": found.text},
        overline=document.title,
        crumbs=[Link(document.title, back)],
    )
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": _("Lagre")}
    return show(request, "governance/draft_form.html", context, error)


urlpatterns = [
    path("importer/<uuid:uuid>/henvisninger/", import_citations, name="import_citations"),
    path("henvisninger/<uuid:uuid>/", citation, name="citation"),
]
