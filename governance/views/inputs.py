"""Input to a draft: order it, answer, remind, and decide on proposals."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Department
from agencies.rights import DepartmentRight
from core import clock
from core.errors import NotAllowed
from core.pages import PageRequest, get_or_404, page, signed_in
from governance import permissions
from governance.actions import inputs as actions
from governance.forms.rounds import InputAnswerForm, InputRoundForm, ProposalForm, ReasonForm
from governance.models import InputRequest, InputRound, Proposal, SteeringDocument
from governance.selectors import inputs as selectors
from governance.selectors.draft_tabs import own_documents
from governance.views.rounds_base import Work, one_act, one_form, own_document, posted_version


def _back(document: SteeringDocument) -> str:
    return reverse("governance:inputs", args=[document.uuid])


def _drafts(request: PageRequest, document: SteeringDocument) -> None:
    if not permissions.may_draft(request.actor, document, clock.today()):
        raise NotAllowed(_("Innspill bestilles og avgjøres av den som skriver utkastet."))


def _round(request: PageRequest, uuid: object) -> InputRound:
    seen = own_documents(request.actor, clock.today()).values("pk")
    rows = InputRound.objects.filter(document__in=seen).select_related("document__issuer", "document__recipient")
    found: InputRound = get_or_404(rows, uuid)
    _drafts(request, found.document)
    return found


def _proposal(request: PageRequest, uuid: object) -> Proposal:
    seen = own_documents(request.actor, clock.today()).values("pk")
    rows = Proposal.objects.filter(document__in=seen).select_related(
        "document__issuer", "document__recipient", "department"
    )
    found: Proposal = get_or_404(rows, uuid)
    if not selectors.proposals_seen(found.document, request.actor, clock.today()).filter(pk=found.pk).exists():
        raise NotAllowed(_("Forslaget er en annen avdelings."))
    return found


def _request(request: PageRequest, uuid: object) -> InputRequest:
    """A request of the actor's own department; another's is refused with a sentence."""
    found: InputRequest = get_or_404(InputRequest.objects.visible_to(request.actor, clock.today()).for_list(), uuid)
    right = DepartmentRight.GIVE_INPUT
    if not access.may_for_department(request.actor, right, found.department_id, clock.today()):
        raise NotAllowed(_("Innspillet gis av %(department)s.") % {"department": found.department.name})
    return found


@page(signed_in)
def inputs(request: PageRequest, uuid: object) -> HttpResponse:
    """Who is asked, who has not answered, and the proposals."""
    document = own_document(request, uuid)
    found = selectors.inputs_page(document=document, actor=request.actor, day=clock.today())
    return render(request, "governance/inputs.html", {"head": found.head, "page": found})


@page(signed_in, methods=("GET", "POST"))
def open_round(request: PageRequest, uuid: object) -> HttpResponse:
    """Ask departments."""
    document = own_document(request, uuid)
    _drafts(request, document)
    departments = selectors.departments_to_ask(document, clock.today())
    form = InputRoundForm(request.POST or None, initial={"version": document.version}, departments=departments)

    def act(values: dict[str, Any]) -> None:
        actions.open_round(
            document=document, departments=list(values["departments"]), message=values["message"],
            deadline=values["deadline"], actor=request.actor, at=clock.now(), expected_version=values["version"],
        )  # fmt: skip

    work = Work(_("Bestill innspill"), _("Bestill innspill"), _("Innspill er bestilt."), _back(document))
    return one_form(request, document, form, work, act)


@page(signed_in, methods=("GET", "POST"))
def answer(request: PageRequest, uuid: object) -> HttpResponse:
    """The department's text, or «Ingen innspill»."""
    found = _request(request, uuid)
    document = found.round.document
    initial = {"version": found.version, "text": found.text, "no_input": found.state == "no_input"}
    form = InputAnswerForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> None:
        actions.answer(
            request=found, text=values["text"], no_input=values["no_input"], actor=request.actor, at=clock.now(),
            expected_version=values["version"],
        )  # fmt: skip

    title = _("Innspill fra %(department)s") % {"department": found.department.name}
    work = Work(title, _("Send innspillet"), _("Innspillet er sendt."), _back(document), found.round.message)
    return one_form(request, document, form, work, act)


@page(signed_in, methods=("GET", "POST"))
def propose(request: PageRequest, uuid: object) -> HttpResponse:
    """A row the department proposes."""
    found = _request(request, uuid)
    document = found.round.document
    departments = Department.objects.filter(pk=found.department_id)
    form = ProposalForm(request.POST or None, initial={"department": found.department.uuid}, departments=departments)

    def act(_values: dict[str, Any]) -> None:
        actions.propose(
            request=found, item_type=form.cleaned_data["item_type"], data=form.row_data(), actor=request.actor,
            at=clock.now(),
        )  # fmt: skip

    lead = _("Den som skriver utkastet, tar forslaget inn eller svarer med en begrunnelse.")
    work = Work(_("Foreslå en rad"), _("Send forslaget"), _("Forslaget er sendt."), _back(document), lead)
    return one_form(request, document, form, work, act)


@page(signed_in, methods=("POST",))
def remind(request: PageRequest, uuid: object) -> HttpResponse:
    """Purr nå."""
    found = _round(request, uuid)

    def act() -> None:
        actions.remind_now(round_=found, actor=request.actor, at=clock.now())

    return one_act(request, act, _("Påminnelsen er sendt til avdelingene som ikke har svart."), _back(found.document))


@page(signed_in, methods=("POST",))
def close(request: PageRequest, uuid: object) -> HttpResponse:
    """End the round."""
    found = _round(request, uuid)

    def act() -> None:
        actions.close_round(round_=found, actor=request.actor, at=clock.now(), expected_version=posted_version(request))

    return one_act(request, act, _("Innspillsrunden er avsluttet."), _back(found.document))


@page(signed_in, methods=("POST",))
def accept(request: PageRequest, uuid: object) -> HttpResponse:
    """Take a proposal into the draft."""
    found = _proposal(request, uuid)

    def act() -> None:
        actions.accept_proposal(
            proposal=found, actor=request.actor, at=clock.now(), expected_version=posted_version(request)
        )

    return one_act(request, act, _("Forslaget er tatt inn i utkastet."), _back(found.document))


@page(signed_in, methods=("GET", "POST"))
def decline(request: PageRequest, uuid: object) -> HttpResponse:
    """Say no, with a reason."""
    found = _proposal(request, uuid)
    _drafts(request, found.document)
    form = ReasonForm(request.POST or None, initial={"version": found.version})

    def act(values: dict[str, Any]) -> None:
        actions.decline_proposal(
            proposal=found, reason=values["reason"], actor=request.actor, at=clock.now(),
            expected_version=values["version"],
        )  # fmt: skip

    title, done = _("Ikke ta inn forslaget"), _("Svaret er lagret. Avdelingen leser begrunnelsen.")
    return one_form(request, found.document, form, Work(title, title, done, _back(found.document)), act)


@page(signed_in, methods=("POST",))
def withdraw(request: PageRequest, uuid: object) -> HttpResponse:
    """Take one's own proposal back."""
    found = _proposal(request, uuid)

    def act() -> None:
        actions.withdraw_proposal(
            proposal=found, actor=request.actor, at=clock.now(), expected_version=posted_version(request)
        )

    return one_act(request, act, _("Forslaget er trukket."), _back(found.document))


urlpatterns = [
    path("utkast/<uuid:uuid>/innspill/", inputs, name="inputs"),
    path("utkast/<uuid:uuid>/innspill/bestill/", open_round, name="input_open"),
    path("innspill/<uuid:uuid>/svar/", answer, name="input_answer"),
    path("innspill/<uuid:uuid>/forslag/", propose, name="proposal_make"),
    path("innspillsrunder/<uuid:uuid>/purr/", remind, name="input_remind"),
    path("innspillsrunder/<uuid:uuid>/avslutt/", close, name="input_close"),
    path("forslag/<uuid:uuid>/ta-inn/", accept, name="proposal_accept"),
    path("forslag/<uuid:uuid>/ikke-ta-inn/", decline, name="proposal_decline"),
    path("forslag/<uuid:uuid>/trekk/", withdraw, name="proposal_withdraw"),
]
