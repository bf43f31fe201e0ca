"""Open findings in one's portfolio, and acknowledging one with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, NotAllowed, Problem
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Link, PageHead
from governance import permissions
from governance.actions import findings as actions
from governance.actions.instructions import register_instruction_entry
from governance.actions.live_acknowledging import acknowledge_live
from governance.forms.imports import AcknowledgeForm, InstructionForm
from governance.models import Finding
from governance.selectors import details as selectors_details
from governance.selectors import findings as selectors_findings
from governance.selectors import live_findings as live
from governance.views.drafting import found_draft

READERS = holds(Right.SEE_DRAFTS)
REGISTRARS = holds(Right.REGISTER_DOCUMENTS)


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


@page(signed_in, methods=("GET", "POST"))
def draft_finding(request: PageRequest, uuid: object, token: UUID) -> HttpResponse:
    """Say why a finding beside a draft may stand; it need not be on record before."""
    document, day = found_draft(request, uuid), clock.today()
    back = reverse("governance:draft", args=[document.uuid])
    if not permissions.may_acknowledge(request.actor, document.recipient_id, day):
        raise NotAllowed(_("Funnet bekreftes av den som har etatsstyringen av virksomheten."))
    found = live.one_live(document, token, day=day)
    form = AcknowledgeForm(request.POST or None, initial={"seen": found.digest})
    error, problems = None, list[Problem]()
    if form.is_bound and form.is_valid():
        given = {**form.cleaned_data, "actor": request.actor, "at": clock.now()}
        try:
            acknowledge_live(document=document, token=token, **given)
            receipts.give(request, _("Funnet er bekreftet."), found.sentence)
            return redirect(back)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
            form.has_read(found.digest)
    head = PageHead(title=_("Bekreft funn"), crumbs=[Link(document.title, back)])
    shown = live.show_one(document, found, may_decide=False)
    context = {"head": head, "form": form, "finding": shown, "problems": problems, "back": back}
    return show(request, "governance/finding.html", {**context, "before": found.before}, error)


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
    path("funn/<uuid:uuid>/", acknowledge, name="finding"),
    path("utkast/<uuid:uuid>/funn/<uuid:token>/", draft_finding, name="draft_finding"),
    path("styringsdokumenter/instruks-uten-tekst/", new_instruction, name="instruction_new"),
]
