"""A new letter: from what stood in force last year, from the template, or empty."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError, Problem
from core.formwork import show, take_problems
from core.pages import PageRequest, page
from core.visuals.parts import Link, PageHead
from governance.actions import new_letter
from governance.actions.documents import DocumentFacts
from governance.actions.findings import refresh_document_findings
from governance.forms.draft_start import NewLetterForm
from governance.models import SteeringDocument
from governance.selectors import draft_start as selectors
from governance.views.drafting import found_draft

DRAFTERS = holds(Right.DRAFT_DOCUMENTS)


@page(DRAFTERS, methods=("GET", "POST"))
def new_letter_page(request: PageRequest) -> HttpResponseBase:
    """Choose agency, kind, year and what to begin from."""
    at = clock.now()
    day = clock.local_date(at)
    agencies = Organisation.objects.with_right(request.actor, Right.DRAFT_DOCUMENTS, day)
    initial = {"year": day.year + (1 if day.month > 2 else 0), "start": new_letter.LAST_YEAR, "language": "nb"}
    form = NewLetterForm(request.POST or None, initial=initial, agencies=agencies, kinds=selectors.letter_kinds())
    error = None
    if form.is_valid():
        try:
            document = _start(request, form, at)
            step = "draft_last_year" if form.cleaned_data["start"] == new_letter.LAST_YEAR else "draft_start"
            return redirect(f"governance:{step}", uuid=document.uuid)
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    crumbs = [Link(_("Styringsdokumenter"), reverse("governance:documents"))]
    lead = _("Brevet er internt til det er utstedt. Nummer og dato settes da.")
    context = {"head": PageHead(title=_("Nytt brev"), lead=lead, crumbs=crumbs), "form": form}
    return show(request, "governance/new_letter.html", context, error)


def _start(request: PageRequest, form: NewLetterForm, at: Any) -> SteeringDocument:
    values = form.cleaned_data
    facts = DocumentFacts(
        kind=values["kind"].code,
        recipient=values["recipient"],
        title=form.title_or_default(),
        year=values["year"],
        language=values["language"],
    )
    return new_letter.start_letter(facts=facts, start=values["start"], actor=request.actor, at=at)


@page(DRAFTERS, methods=("GET", "POST"))
def last_year_page(request: PageRequest, uuid: object) -> HttpResponseBase:
    """Every element of last year on one page; keep, change, close or lapse each, or a whole group at once."""
    document = found_draft(request, uuid)
    choices, bulk, answers = (_chosen(request, prefix) for prefix in ("rad-", "alle-", "til-"))
    error = None
    if request.method == "POST" and request.POST.get("gjor") == "ta-inn":
        try:
            return _take_in(request, document, choices, answers)
        except DomainError as refused:
            error = refused
    if bulk:
        choices = {}
    shown = selectors.last_year_choices(
        document, choices, bulk, answers, actor=request.actor, day=clock.local_date(clock.now())
    )
    return _show_last_year(request, document, shown, error)


def _chosen(request: PageRequest, prefix: str) -> dict[str, str]:
    """The fields of the form with this beginning that say something."""
    found = {name.removeprefix(prefix): str(value) for name, value in request.POST.items() if name.startswith(prefix)}
    return {key: value for key, value in found.items() if value}


def _take_in(
    request: PageRequest, document: SteeringDocument, choices: dict[str, str], answers: dict[str, str]
) -> HttpResponse:
    at = clock.now()
    version = request.POST.get("version", "")
    count = new_letter.take_from_last_year(
        document=document, choices=choices, answers=answers, actor=request.actor, at=at,
        expected_version=int(version) if version.isdecimal() else None,
    )  # fmt: skip
    refresh_document_findings(SteeringDocument.objects.for_detail().get(pk=document.pk), day=clock.local_date(at))
    receipts.give(
        request,
        _("%(count)s rader er tatt inn fra i fjor.") % {"count": count},
        _("Mål og parametere beholder sin tallserie."),
    )
    return redirect("governance:draft_start", uuid=document.uuid)


def _show_last_year(
    request: PageRequest, document: SteeringDocument, shown: selectors.LastYear, error: DomainError | None
) -> HttpResponse:
    crumbs = [Link(document.title, reverse("governance:draft", args=[document.uuid]))]
    lead = _("Alt som gjaldt for %(agency)s ved utgangen av %(year)s. Velg hva som blir med.") % {
        "agency": document.recipient.name,
        "year": (document.year or 0) - 1,
    }
    head = PageHead(title=_("Fra i fjor"), lead=lead, crumbs=crumbs)
    problems = list(error.problems or [Problem(error.code, error.message)]) if error else []
    context = {"head": head, "groups": shown.groups, "losing": shown.losing, "document": document, "problems": problems}
    return render(request, "governance/draft_last_year.html", context, status=error.status if error else 200)


urlpatterns = [
    path("styringsdokumenter/nytt-brev/", new_letter_page, name="new_letter"),
    path("utkast/<uuid:uuid>/fra-i-fjor/", last_year_page, name="draft_last_year"),
]
