"""Open findings in one's portfolio, and acknowledging one with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, Problem
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page
from core.visuals.parts import Empty, Link, PageHead
from governance.actions import findings as actions
from governance.actions.instructions import register_instruction_entry
from governance.forms.imports import AcknowledgeForm, InstructionForm
from governance.models import Finding
from governance.selectors import details as selectors_details
from governance.selectors import findings as selectors_findings

READERS = holds(Right.SEE_DRAFTS)
REGISTRARS = holds(Right.REGISTER_DOCUMENTS)


@page(READERS)
def open_findings(request: PageRequest) -> HttpResponse:
    """What is wrong in my portfolio."""
    groups = selectors_findings.portfolio(request.actor, clock.today())
    count = sum(len(group.findings) for group in groups)
    head = PageHead(title=_("Åpne funn"), lead=_("%(count)s funn å rette eller bekrefte") % {"count": count})
    empty = Empty(_("Ingen åpne funn"), _("Alle kontroller er i orden, eller bekreftet med begrunnelse."))
    return render(request, "governance/findings.html", {"head": head, "groups": groups, "empty": empty})


def _back(finding: Finding) -> str:
    if finding.document is not None:
        return reverse("governance:document", args=[finding.document.uuid])
    if finding.document_import is not None:
        return reverse("governance:import_findings", args=[finding.document_import.uuid])
    return reverse("governance:findings")


def _finding(request: PageRequest, uuid: object) -> Finding:
    seen = Finding.objects.visible_to(request.actor, clock.today())
    found: Finding = get_or_404(seen.select_related("document", "document_import", "decided_by"), uuid)
    return found


@page(READERS, methods=("GET", "POST"))
def acknowledge(request: PageRequest, uuid: object) -> HttpResponse:
    """Say why a finding may stand."""
    finding = _finding(request, uuid)
    form = AcknowledgeForm(request.POST or None, initial={"seen": finding.content_digest})
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        try:
            actions.acknowledge_finding(finding=finding, actor=request.actor, at=clock.now(), **form.cleaned_data)
            receipts.give(request, _("Funnet er bekreftet."), finding.message)
            return redirect(_back(finding))
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
            form.has_read(finding.content_digest)
    head = PageHead(title=_("Bekreft funn"), crumbs=[Link(_("Åpne funn"), reverse("governance:findings"))])
    shown = selectors_findings.shown(finding)
    context = {"head": head, "form": form, "finding": shown, "problems": problems, "back": _back(finding)}
    context["before"] = selectors_findings.said_before(finding)
    return show(request, "governance/finding.html", context, error)


def _cited(request: PageRequest) -> tuple[Finding | None, dict[str, Any]]:
    """The finding one came from, and what it tells about the instruction."""
    uuid = request.GET.get("funn", "")
    seen = Finding.objects.visible_to(request.actor, clock.today()).select_related(
        "document", "document__recipient", "document_import", "document_import__agency"
    )
    finding = seen.by_uuid(uuid).first() if uuid else None
    if finding is None:
        return None, {"title": _("Hovedinstruks")}
    agency = finding.document.recipient if finding.document else finding.document_import.agency
    dated: date | None = selectors_findings.cited_date(finding)
    return finding, {
        "title": _("Hovedinstruks"), "recipient": str(agency.uuid) if agency else "", "document_date": dated,
        "effective_on": dated,
    }  # fmt: skip


@page(REGISTRARS, methods=("GET", "POST"))
def new_instruction(request: PageRequest) -> HttpResponse:
    """The register entry of an instruction whose text nobody has, with its copy rules."""
    finding, initial = _cited(request)
    agencies = selectors_details.agencies_for(request.actor, clock.today())
    form = InstructionForm(
        request.POST or None, initial=initial, agencies=agencies, recipients=selectors_details.copy_recipients()
    )
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        names = ("recipient", "title", "document_date", "effective_on", "case_number")
        values = {name: form.cleaned_data[name] for name in names}
        try:
            document = register_instruction_entry(
                **values, copy_rules=form.copy_rules(), actor=request.actor, at=clock.now()
            )
            receipts.give(
                request, _("Instruksen er registrert uten tekst."), _("Brevene som viser til den, er sett over.")
            )
            return redirect(_back(finding) if finding else reverse("governance:document", args=[document.uuid]))
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    head = PageHead(
        title=_("Registrer instruks uten tekst"),
        lead=_("Bruk dette når et brev viser til en instruks som ikke finnes her. Skriv inn kopireglene for hånd."),
        crumbs=[Link(_("Styringsdokumenter"), reverse("governance:documents"))],
    )
    context = {"head": head, "form": form, "problems": problems}
    return show(request, "governance/instruction_new.html", context, error)


urlpatterns = [
    path("funn/", open_findings, name="findings"),
    path("funn/<uuid:uuid>/", acknowledge, name="finding"),
    path("styringsdokumenter/instruks-uten-tekst/", new_instruction, name="instruction_new"),
]
