"""A new instruction: begun from the one in force, and read beside it while it is written."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, NotFound
from core.formwork import show, take_problems
from core.pages import PageRequest, page, signed_in
from core.visuals.parts import Link, PageHead
from governance.actions.documents import DocumentFacts
from governance.actions.findings import refresh_document_findings
from governance.actions.new_instruction import start_instruction
from governance.forms.instructions import NewInstructionForm
from governance.models import DocumentFamily, SteeringDocument
from governance.selectors import instruction_start as selectors
from governance.selectors.reading.scope import Reader
from governance.views.drafting import found_draft

DRAFTERS = holds(Right.DRAFT_DOCUMENTS)


@page(DRAFTERS, methods=("GET", "POST"))
def new_instruction(request: PageRequest) -> HttpResponseBase:
    """Choose agency, day, basis, what is replaced, and what to begin from; ``?virksomhet=`` fills in what is known."""
    at = clock.now()
    agencies = Organisation.objects.with_right(request.actor, Right.DRAFT_DOCUMENTS, clock.local_date(at))
    chosen = agencies.by_uuid(request.GET.get("virksomhet", "")).first()
    form = NewInstructionForm(
        request.POST or None, initial=selectors.first_values(chosen), agencies=agencies,
        kinds=selectors.instruction_kinds(), replaceable=selectors.replaceable(agencies, chosen),
    )  # fmt: skip
    error, problems = None, list[object]()
    if form.is_valid():
        try:
            return _started(request, form, at)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(
        title=_("Ny instruks"),
        lead=_(
            "Utkastet er internt til det sendes virksomheten til uttalelse. Datoen settes når instruksen fastsettes."
        ),
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents"))],
    )
    context = {"head": head, "form": form, "steps": selectors.start_steps(), "problems": problems}
    return show(request, "governance/instruction_start.html", context, error)


def _started(request: PageRequest, form: NewInstructionForm, at: datetime) -> HttpResponse:
    values = form.cleaned_data
    facts = DocumentFacts(
        kind=values["kind"].code,
        recipient=values["recipient"],
        title=form.title_or_default(),
        effective_on=values["effective_on"],
        legal_basis=values["legal_basis"].strip(),
        language=values["language"],
    )
    replaces = list(values.get("replaces", SteeringDocument.objects.none()).select_related("kind"))
    document = start_instruction(facts=facts, start=values["start"], replaces=replaces, actor=request.actor, at=at)
    refresh_document_findings(document, day=clock.local_date(at))
    receipts.give(request, _("Utkastet er laget."), _("Rett teksten og reglene kapittel for kapittel."))
    return redirect("governance:draft_start", uuid=document.uuid)


@page(signed_in)
def instruction_changes(request: PageRequest, uuid: object) -> HttpResponse:
    """What the draft of an instruction changes from the one in force."""
    document = found_draft(request, uuid)
    instruction = document.kind.family == DocumentFamily.INSTRUCTION
    found = selectors.changes_page(document, Reader(request.actor, clock.today())) if instruction else None
    if found is None:
        raise NotFound(_("Det er ingen tidligere instruks å sammenligne med."))
    return show(request, "governance/instruction_changes.html", {"head": found.head, "found": found.found})


urlpatterns = [
    path("styringsdokumenter/ny-instruks/", new_instruction, name="instruction_start"),
    path("utkast/<uuid:uuid>/forskjeller/", instruction_changes, name="instruction_changes"),
]
