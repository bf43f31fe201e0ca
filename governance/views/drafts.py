"""A letter made here: start, write, and hand over for signing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies.models import Department, Organisation
from agencies.pages import holds
from agencies.rights import Right
from core import clock, receipts
from core.errors import DomainError
from core.formwork import show, take_problems
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Link, PageHead
from governance import permissions
from governance.actions import documents, new_letter, supplements
from governance.forms.instructions import InstructionHeadForm
from governance.forms.letters import (
    AmountForm,
    AssignmentForm,
    DiscardForm,
    HeadForm,
    IssueForm,
    MoveDeadlineForm,
    NewSupplementForm,
    ParagraphForm,
    VersionedForm,
)
from governance.models import DocumentFamily, SteeringDocument
from governance.selectors import drafts as selectors_drafts
from governance.selectors import supplement_pages
from governance.selectors.draft_tabs import draft_tabs
from governance.selectors.instruction_start import draft_instruction
from governance.states import said_of

DRAFTERS = holds(Right.DRAFT_DOCUMENTS)
SIGNERS = holds(Right.ISSUE_DOCUMENTS, Right.DRAFT_DOCUMENTS)


def _draft(request: PageRequest, uuid: object) -> SteeringDocument:
    seen = SteeringDocument.objects.visible_to(request.actor, clock.today()).for_detail()
    found: SteeringDocument = get_or_404(seen, uuid)
    return found


@page(DRAFTERS, methods=("GET", "POST"))
def new_supplement(request: PageRequest) -> HttpResponse:
    """Start a supplement to an agency one steers."""
    at = clock.now()
    agencies = Organisation.objects.with_right(request.actor, Right.DRAFT_DOCUMENTS, clock.local_date(at))
    letters = supplement_pages.letters_to_change(request.actor, clock.local_date(at), agencies)
    found = letters.by_uuid(request.GET.get("brev", "")).first()
    initial = supplement_pages.first_values(found, clock.local_date(at).year)
    form = NewSupplementForm(request.POST or None, initial=initial, agencies=agencies, letters=letters)
    error = None
    if form.is_valid():
        values = form.cleaned_data
        facts = documents.DocumentFacts(kind="supplement", supplements=values.pop("letter"), **values)
        try:
            document = new_letter.start_supplement(facts=facts, actor=request.actor, at=at)
            return redirect(supplement_pages.after_start(document, request.GET.get("rad", "")))
        except DomainError as refused:
            error = refused
            take_problems(form, refused)
    head = PageHead(title=_("Nytt supplerende brev"), crumbs=[_documents_link()])
    drafts = supplement_pages.open_supplements(found, request.actor, request.GET.get("rad", "")) if found else []
    return show(request, "governance/new_supplement.html", {"head": head, "form": form, "drafts": drafts}, error)


def _documents_link() -> Link:
    return Link(_("Styringsdokumenter"), reverse("governance:documents"))


@page(signed_in)
def draft(request: PageRequest, uuid: object) -> HttpResponse:
    """The draft as it stands, what can be added, and who can sign."""
    document = _draft(request, uuid)
    if document.is_issued:
        return redirect("governance:document", uuid=document.uuid)
    context = selectors_drafts.draft_page(document=document, actor=request.actor, day=clock.today())
    around = {"head": context.head, "page": context, "tabs": draft_tabs(document)}
    around["instruction"] = draft_instruction(document, request.actor, clock.today())
    return show(request, "governance/draft.html", around)


Act = Callable[[SteeringDocument, dict[str, Any], HttpRequest], Any]


def _edit(
    request: PageRequest, uuid: object, title: str, make: Callable[[SteeringDocument], forms.Form], act: Act, done: str
) -> HttpResponse:
    """One form, one action, back to the draft; a refused form keeps what was typed."""
    document = _draft(request, uuid)
    form = make(document)
    error, problems = None, []
    if form.is_bound and form.is_valid():
        try:
            act(document, form.cleaned_data, request)
            receipts.give(request, done)
            return redirect("governance:draft", uuid=document.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    back = reverse("governance:draft", args=[document.uuid])
    head = PageHead(title=title, overline=document.title, crumbs=[_documents_link(), Link(document.title, back)])
    context = {"head": head, "form": form, "problems": problems, "back": back, "submit": title}
    return show(request, "governance/draft_form.html", context, error)


def _common(values: dict[str, Any], request: Any) -> dict[str, Any]:
    return {"actor": request.actor, "at": clock.now(), "expected_version": values.pop("version")}


@page(DRAFTERS, methods=("GET", "POST"))
def edit_head(request: PageRequest, uuid: object) -> HttpResponse:
    """Title, case number, addressee; for an instruction also the day it takes effect, and its basis."""

    def make(document: SteeringDocument) -> forms.Form:
        instruction = document.kind.family == DocumentFamily.INSTRUCTION
        form: type[VersionedForm] = InstructionHeadForm if instruction else HeadForm
        names = [*form.base_fields]
        return form(request.POST or None, initial={name: getattr(document, name) for name in names})

    def act(document: SteeringDocument, values: dict[str, Any], request: Any) -> None:
        common = _common(values, request)
        documents.edit_document(document=document, values=values, **common)

    return _edit(request, uuid, _("Endre brevhodet"), make, act, _("Brevhodet er lagret."))


@page(DRAFTERS, methods=("GET", "POST"))
def add_paragraph(request: PageRequest, uuid: object) -> HttpResponse:
    """Running text."""

    def act(document: SteeringDocument, values: dict[str, Any], request: Any) -> None:
        common = _common(values, request)
        supplements.add_paragraph(document=document, **values, **common)

    return _edit(request, uuid, _("Legg til tekst"), _simple(ParagraphForm, request), act, _("Teksten er lagt til."))


def _simple(form: type[VersionedForm], request: HttpRequest) -> Callable[[SteeringDocument], forms.Form]:
    return lambda document: form(request.POST or None, initial={"version": document.version})


@page(DRAFTERS, methods=("GET", "POST"))
def add_assignment(request: PageRequest, uuid: object) -> HttpResponse:
    """A new assignment, with its number reserved."""

    def make(document: SteeringDocument) -> forms.Form:
        departments = Department.objects.valid_on(clock.today()).filter(organisation=document.issuer)
        return AssignmentForm(request.POST or None, initial={"version": document.version}, departments=departments)

    def act(document: SteeringDocument, values: dict[str, Any], request: Any) -> None:
        common = _common(values, request)
        supplements.add_assignment(document=document, new=supplements.NewAssignment(**values), **common)

    return _edit(request, uuid, _("Nytt oppdrag"), make, act, _("Oppdraget er lagt til og nummeret er reservert."))


@page(DRAFTERS, methods=("GET", "POST"))
def add_amount(request: PageRequest, uuid: object) -> HttpResponse:
    """A changed amount."""

    def make(document: SteeringDocument) -> forms.Form:
        choices = supplement_pages.assignment_choices(document, request.actor, clock.today())
        return AmountForm(request.POST or None, initial={"version": document.version}, assignments=choices)

    def act(document: SteeringDocument, values: dict[str, Any], request: Any) -> None:
        common = _common(values, request)
        values["amount"] = values.pop("thousands") * 1000
        values["assignment"] = UUID(values["assignment"]) if values["assignment"] else None
        supplements.add_amount(document=document, change=supplements.AmountChange(**values), **common)

    return _edit(request, uuid, _("Endre bevilgning"), make, act, _("Endringen er lagt til."))


@page(DRAFTERS, methods=("GET", "POST"))
def move_deadline(request: PageRequest, uuid: object) -> HttpResponse:
    """A new deadline for an assignment already given."""

    def make(document: SteeringDocument) -> forms.Form:
        earlier = selectors_drafts.movable_assignments(document, request.actor, clock.today())
        return MoveDeadlineForm(request.POST or None, initial={"version": document.version}, earlier=earlier)

    def act(document: SteeringDocument, values: dict[str, Any], request: Any) -> None:
        common = _common(values, request)
        supplements.move_deadline(document=document, **values, **common)

    return _edit(
        request, uuid, _("Flytt frist"), make, act, _("Endringen er lagt til. Fristen gjelder når brevet er utstedt.")
    )


@page(DRAFTERS, methods=("GET", "POST"))
def discard(request: PageRequest, uuid: object) -> HttpResponse:
    """Put the draft away, with a reason."""

    def act(document: SteeringDocument, values: dict[str, Any], request: Any) -> None:
        values.pop("version")
        documents.discard_document(document=document, actor=request.actor, at=clock.now(), **values)

    return _edit(request, uuid, _("Forkast utkastet"), _simple(DiscardForm, request), act, _("Utkastet er forkastet."))


@page(SIGNERS, methods=("GET", "POST"))
def issue(request: PageRequest, uuid: object) -> HttpResponse:
    """Read through, sign and issue. The second of two windows gets a sentence, not a second letter."""
    document = _draft(request, uuid)
    form = IssueForm(request.POST or None, initial={"version": document.version})
    error, problems = None, []
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            issued = documents.issue_document(
                document=document,
                actor=request.actor,
                at=clock.now(),
                expected_version=values["version"],
                signer_title=values["signer_title"],
            )
            done = said_of(issued, _("Brevet er utstedt."), _("Instruksen er fastsatt."))
            receipts.give(request, str(done), _("Forsendelse og kopier er planlagt."))
            return redirect("governance:document", uuid=issued.uuid)
        except DomainError as refused:
            error, problems = refused, take_problems(form, refused)
    if document.is_issued and error is None:
        return redirect("governance:document", uuid=document.uuid)
    context = selectors_drafts.issue_page(document=document, actor=request.actor, day=clock.today())
    context |= {
        "form": form,
        "problems": problems,
        "may_issue": permissions.may_issue(request.actor, document, clock.today()),
    }
    return show(request, "governance/issue.html", context, error)


urlpatterns = [
    path("styringsdokumenter/nytt-supplerende-brev/", new_supplement, name="new_supplement"),
    path("utkast/<uuid:uuid>/", draft, name="draft"),
    path("utkast/<uuid:uuid>/brevhode/", edit_head, name="draft_head"),
    path("utkast/<uuid:uuid>/tekst/", add_paragraph, name="draft_paragraph"),
    path("utkast/<uuid:uuid>/oppdrag/", add_assignment, name="draft_assignment"),
    path("utkast/<uuid:uuid>/bevilgning/", add_amount, name="draft_amount"),
    path("utkast/<uuid:uuid>/frist/", move_deadline, name="draft_deadline"),
    path("utkast/<uuid:uuid>/forkast/", discard, name="draft_discard"),
    path("utkast/<uuid:uuid>/utsted/", issue, name="issue"),
]
