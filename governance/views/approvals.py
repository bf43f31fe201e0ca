"""Approval of a draft: the page, setting up, deciding, registering from outside, taking back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed
from core.pages import PageRequest, get_or_404, page, signed_in
from governance import permissions
from governance.actions import approvals
from governance.forms.rounds import DecideForm, OutsideForm, ReasonForm, StepForm
from governance.models import ApprovalStep, SteeringDocument
from governance.selectors import approval as selectors
from governance.states import said_of
from governance.views.rounds_base import Work, one_act, one_form, own_document, posted_version


def _back(document: SteeringDocument) -> str:
    return reverse("governance:approval", args=[document.uuid])


def _step(request: PageRequest, uuid: object, step: object) -> ApprovalStep:
    document = own_document(request, uuid)
    found: ApprovalStep = get_or_404(ApprovalStep.objects.for_list().filter(document=document), step)
    found.document = document
    return found


def _drafts(request: PageRequest, document: SteeringDocument) -> None:
    if not permissions.may_draft(request.actor, document, clock.today()):
        raise NotAllowed(_("Godkjenningen settes opp av den som skriver utkastet."))


@page(signed_in)
def approval(request: PageRequest, uuid: object) -> HttpResponse:
    """Who has approved which version, and who has not."""
    document = own_document(request, uuid)
    found = selectors.approval_page(document=document, actor=request.actor, day=clock.today())
    return render(request, "governance/approval.html", {"head": found.head, "page": found})


@page(signed_in, methods=("GET", "POST"))
def add(request: PageRequest, uuid: object) -> HttpResponse:
    """One more step."""
    document, day = own_document(request, uuid), clock.today()
    _drafts(request, document)
    people, departments = selectors.people_of(document, day), selectors.departments_of(document, day)
    initial = {"version": document.version}
    form = StepForm(request.POST or None, initial=initial, people=people, departments=departments)

    def act(values: dict[str, Any]) -> None:
        version = values.pop("version")
        new = approvals.NewStep(**values)
        approvals.add_step(document=document, new=new, actor=request.actor, at=clock.now(), expected_version=version)

    work = Work(_("Nytt trinn i godkjenningen"), _("Legg til trinn"), _("Trinnet er lagt til."), _back(document))
    return one_form(request, document, form, work, act)


@page(signed_in, methods=("POST",))
def remove(request: PageRequest, uuid: object, step: object) -> HttpResponse:
    """Take a step out."""
    found = _step(request, uuid, step)

    def act() -> None:
        approvals.remove_step(step=found, actor=request.actor, at=clock.now(), expected_version=posted_version(request))

    return one_act(request, act, _("Trinnet er fjernet."), _back(found.document))


@page(signed_in, methods=("POST",))
def template(request: PageRequest, uuid: object) -> HttpResponse:
    """The usual route."""
    document = own_document(request, uuid)

    def act() -> None:
        approvals.use_template(document=document, actor=request.actor, at=clock.now())

    return one_act(request, act, _("Den vanlige ruten er satt opp."), _back(document))


@page(signed_in, methods=("POST",))
def keep_template(request: PageRequest, uuid: object) -> HttpResponse:
    """Keep this route as the usual one."""
    document = own_document(request, uuid)

    def act() -> None:
        approvals.save_template(document=document, actor=request.actor, at=clock.now())

    return one_act(request, act, _("Ruten er lagret som den vanlige for denne dokumenttypen."), _back(document))


@page(signed_in, methods=("POST",))
def send(request: PageRequest, uuid: object) -> HttpResponse:
    """Close the draft and let the first step begin."""
    document = own_document(request, uuid)

    def act() -> None:
        approvals.send_for_approval(
            document=document, actor=request.actor, at=clock.now(), expected_version=posted_version(request)
        )

    receipt = said_of(document, _("Brevet er sendt til godkjenning."), _("Instruksen er sendt til godkjenning."))
    return one_act(request, act, str(receipt), _back(document))


@page(signed_in, methods=("GET", "POST"))
def take_back(request: PageRequest, uuid: object) -> HttpResponse:
    """Back to draft; the approvals fall away."""
    document = own_document(request, uuid)
    _drafts(request, document)
    form = ReasonForm(request.POST or None, initial={"version": document.version})

    def act(values: dict[str, Any]) -> None:
        approvals.take_back(
            document=document, reason=values["reason"], actor=request.actor, at=clock.now(),
            expected_version=values["version"],
        )  # fmt: skip

    lead = _("Teksten kan endres igjen. Godkjenningene som er gitt, faller bort, og ruten begynner på nytt.")
    receipt = said_of(document, _("Brevet er et utkast igjen."), _("Instruksen er et utkast igjen."))
    work = Work(_("Ta tilbake til utkast"), _("Ta tilbake til utkast"), str(receipt), _back(document), lead)
    return one_form(request, document, form, work, act)


@page(signed_in, methods=("GET", "POST"))
def decide(request: PageRequest, uuid: object, step: object) -> HttpResponse:
    """Read, then approve or send back."""
    found, day = _step(request, uuid, step), clock.today()
    document = found.document
    if not permissions.may_decide_step(request.actor, found, day):
        raise NotAllowed(_("Trinnet avgjøres av %(who)s eller en stedfortreder.") % {"who": found.who})
    form = DecideForm(request.POST or None, initial={"version": found.version})

    def act(values: dict[str, Any]) -> None:
        common = {"actor": request.actor, "at": clock.now(), "expected_version": values["version"]}
        if values["decision"] == "approve":
            approvals.approve_step(step=found, comment=values["reason"], **common)
        else:
            approvals.return_step(step=found, reason=values["reason"], **common)

    lead = _("%(kind)s av versjon %(n)s.") % {"kind": found.get_kind_display().capitalize(), "n": document.version}
    work = Work(
        _("Godkjenn eller send tilbake"), _("Lagre avgjørelsen"), _("Avgjørelsen er lagret."), _back(document), lead
    )
    return one_form(request, document, form, work, act)


@page(signed_in, methods=("GET", "POST"))
def outside(request: PageRequest, uuid: object, step: object) -> HttpResponse:
    """Register an approval given in the case and archive system."""
    found = _step(request, uuid, step)
    document = found.document
    _drafts(request, document)
    initial = {"version": found.version, "who": found.who, "on": clock.today()}
    form = OutsideForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> None:
        version = values.pop("version")
        approvals.register_approval(
            step=found, outside=approvals.OutsideApproval(**values), actor=request.actor, at=clock.now(),
            expected_version=version,
        )  # fmt: skip

    work = Work(
        _("Godkjent i sak/arkiv"), _("Registrer godkjenningen"), _("Godkjenningen er registrert."), _back(document)
    )
    return one_form(request, document, form, work, act)


urlpatterns = [
    path("utkast/<uuid:uuid>/godkjenning/", approval, name="approval"),
    path("utkast/<uuid:uuid>/godkjenning/trinn/", add, name="approval_add"),
    path("utkast/<uuid:uuid>/godkjenning/vanlig-rute/", template, name="approval_template"),
    path("utkast/<uuid:uuid>/godkjenning/lagre-rute/", keep_template, name="approval_keep_template"),
    path("utkast/<uuid:uuid>/godkjenning/send/", send, name="approval_send"),
    path("utkast/<uuid:uuid>/godkjenning/ta-tilbake/", take_back, name="approval_take_back"),
    path("utkast/<uuid:uuid>/godkjenning/<uuid:step>/", decide, name="approval_decide"),
    path("utkast/<uuid:uuid>/godkjenning/<uuid:step>/fjern/", remove, name="approval_remove"),
    path("utkast/<uuid:uuid>/godkjenning/<uuid:step>/sak-arkiv/", outside, name="approval_outside"),
]
