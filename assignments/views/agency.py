"""What the agency does: receives, names an owner, writes and shares status, answers, asks for time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assignments import forms, rights, states
from assignments.actions import answers, follow_up, wishes
from assignments.actions.status import StaleStatus, StatusText, save_status_draft, share_status
from assignments.models import Assignment
from assignments.selectors import people, versions
from assignments.selectors.words import delivery_title
from assignments.views.common import (
    FormPage,
    Receipt,
    load,
    load_delivery,
    load_readable,
    passport_url,
    serve,
    show,
    uploads_of,
)
from core import clock, receipts
from core.errors import Problem, RuleBroken
from core.pages import PageRequest, page, signed_in
from core.visuals.parts import Link, PageHead

BOTH = ("GET", "POST")


@page(signed_in, methods=("POST",))
def receive(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Confirm that the assignment has come."""
    assignment = load(request, uuid)
    version = request.POST.get("version", "")
    expected = int(version) if version.isdecimal() else None
    follow_up.receive_assignment(assignment=assignment, actor=request.actor, at=clock.now(), expected_version=expected)
    receipts.give(request, _("Oppdraget er bekreftet mottatt."))
    return redirect(passport_url(assignment))


def _owner_now(assignment: Assignment) -> dict[str, Any]:
    return {"version": assignment.version, "owner": str(assignment.owner.uuid) if assignment.owner else ""}


@page(signed_in, methods=BOTH)
def owner(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Say who answers for one assignment."""
    assignment = load(request, uuid)
    staff = people.staff(assignment.responsible, clock.today())
    form = forms.OwnerForm(request.POST or None, initial=_owner_now(assignment), people=people.choices(staff))

    def act(data: dict[str, Any]) -> Receipt:
        chosen = people.by_uuid(staff, data["owner"])
        acting = {"actor": request.actor, "at": clock.now(), "expected_version": data["version"]}
        follow_up.assign_owner(assignments=[assignment], owner=chosen, **acting)
        return Receipt(_("%(name)s er ansvarlig.") % {"name": chosen} if chosen else _("Ansvarlig er tatt bort."))

    lead = _("Bare %(agency)s ser hvem som er ansvarlig.") % {"agency": assignment.responsible.short}
    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Velg ansvarlig"),
            _("Lagre ansvarlig"),
            act,
            lead,
            rule=rights.may_assign_owner,
            who=_("Ansvarlig settes av virksomhetsstyringen i virksomheten."),
        ),
    )


@page(signed_in, methods=BOTH)
def owners(request: PageRequest) -> HttpResponse:
    """Say who answers for many assignments at once."""
    data = request.POST if request.method == "POST" else request.GET
    chosen = people.chosen_assignments(request.actor, data.getlist("valgt"), clock.today())
    staff = people.staff_of_actor(request.actor, clock.today())
    acts = request.method == "POST" and "owner" in request.POST
    form = forms.OwnerForm(request.POST if acts else None, people=people.choices(staff))
    problems = [] if chosen else [Problem("none", _("Velg minst ett oppdrag i listen."))]
    if acts and chosen and form.is_valid():
        try:
            return _set_owners(request, chosen, people.by_uuid(staff, form.cleaned_data["owner"]))
        except RuleBroken as error:
            problems = list(error.problems)
    crumbs = [Link(_("Oppdrag"), reverse("assignments:list"))]
    head = PageHead(title=_("Velg ansvarlig for flere oppdrag"), crumbs=crumbs)
    context = {"head": head, "form": form, "chosen": chosen, "problems": problems, "cancel": crumbs[0].url}
    return render(request, "assignments/owners.html", context, status=422 if problems else 200)


def _set_owners(request: PageRequest, chosen: Any, person: Any) -> HttpResponse:
    follow_up.assign_owner(assignments=chosen, owner=person, actor=request.actor, at=clock.now())
    count = len(chosen)
    words = ngettext("%(n)s oppdrag har fått ansvarlig.", "%(n)s oppdrag har fått ansvarlig.", count) % {"n": count}
    receipts.give(request, words, str(person or ""))
    return redirect("assignments:list")


@page(signed_in, methods=BOTH)
def status(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Write the internal status; the same page shares it when asked to."""
    assignment = load_readable(request, uuid)
    draft = versions.draft_for_writer(assignment, request.actor, clock.today())
    form = forms.StatusForm(request.POST or None, initial=versions.initial(draft))

    def act(data: dict[str, Any]) -> Receipt:
        text = StatusText(progress=data["progress"], text=data["text"], expected_on=data["expected_on"])
        acting = {"actor": request.actor, "at": clock.now(), "expected_version": data["version"]}
        save_status_draft(assignment=assignment, status=text, **acting)
        return Receipt(_("Status er lagret. Bare %(org)s ser den.") % {"org": assignment.responsible.short})

    lead = _("%(issuer)s ser ikke dette før du deler status.") % {"issuer": assignment.issuer.short}
    words = FormPage(
        _("Skriv status"),
        _("Lagre status"),
        act,
        lead,
        template="assignments/status.html",
        shows_both=True,
        rule=rights.may_write_status,
        who=_("Status skrives av den oppdragsansvarlige eller virksomhetsstyringen."),
    )
    try:
        response = serve(request, assignment, form, words)
    except StaleStatus as error:
        return _both_texts(request, assignment, form, words, error)
    if request.method == "POST" and response.status_code == 302 and "del" in request.POST:
        return redirect("assignments:share", uuid=assignment.uuid)
    return response


def _both_texts(request: PageRequest, assignment: Any, form: Any, words: FormPage, error: StaleStatus) -> HttpResponse:
    """Two people wrote at once: both texts stand on the page, and saving again is a choice."""
    form.data = form.data.copy()
    form.data["version"] = str(error.theirs.version)
    again = FormPage(**{**words.__dict__, "context": {"theirs": error.theirs}})
    return show(request, assignment, form, again, [Problem(error.code, error.message)], status=412)


@page(signed_in, methods=BOTH)
def share(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Show what will be shared, then share it."""
    assignment = load_readable(request, uuid)
    draft = versions.draft_for_writer(assignment, request.actor, clock.today())
    waiting = [row for row in assignment.deliveries.all() if row.state == "not_started"]
    listed = [(str(row.uuid), f"{row.ordinal}. {delivery_title(row)}") for row in waiting]
    initial = {"version": draft.version if draft else 0}
    form = forms.ShareForm(request.POST or None, initial=initial, deliveries=listed if len(waiting) > 1 else [])

    def act(data: dict[str, Any]) -> Receipt:
        begun = [row for row in waiting if str(row.uuid) in data.get("started", [])]
        acting = {"actor": request.actor, "at": clock.now(), "expected_version": data["version"]}
        version = share_status(assignment=assignment, started=begun, **acting)
        names = {"org": assignment.issuer.short, "n": version.number}
        return Receipt(
            _("Status er delt med %(org)s. Versjon %(n)s.") % names, _("Den kan ikke endres, bare deles på nytt.")
        )

    context = {"draft": draft, "issuer": assignment.issuer.short}
    words = FormPage(
        _("Del status"),
        _("Del status"),
        act,
        template="assignments/share.html",
        context=context,
        rule=rights.may_share_status,
        who=_("Status deles av den oppdragsansvarlige, virksomhetsstyringen eller direktøren."),
    )
    return serve(request, assignment, form, words)


@page(signed_in, methods=BOTH)
def answer(request: PageRequest, uuid: UUID, delivery: UUID) -> HttpResponse:
    """Answer a delivery with text and files."""
    assignment = load_readable(request, uuid)
    row = load_delivery(assignment, delivery)
    form = forms.AnswerForm(request.POST or None, request.FILES or None, initial={"version": assignment.version})

    def act(data: dict[str, Any]) -> Receipt:
        answers.answer_delivery(
            delivery=row,
            text=data["text"],
            uploads=uploads_of(request),
            actor=request.actor,
            at=clock.now(),
            expected_version=data["version"],
        )
        names = {"org": assignment.issuer.short}
        return Receipt(_("Svaret er levert til %(org)s.") % names, _("Det ligger i journalkøen hos begge parter."))

    lead = _("%(issuer)s ser svaret med en gang det er levert.") % {"issuer": assignment.issuer.short}
    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Svar på leveransen"), _("Lever svar"), act, lead, row, rule=rights.may_answer, who=states.WHO_ANSWERS
        ),
    )


def _outside_answer(data: dict[str, Any]) -> answers.OutsideAnswer:
    names = ("sent_on", "sender", "archive_reference", "text")
    return answers.OutsideAnswer(**{name: data[name] for name in names})


@page(signed_in, methods=BOTH)
def outside(request: PageRequest, uuid: UUID, delivery: UUID) -> HttpResponse:
    """Register an answer that was sent outside the system."""
    assignment = load_readable(request, uuid)
    row = load_delivery(assignment, delivery)
    form = forms.OutsideAnswerForm(request.POST or None, request.FILES or None, initial={"version": assignment.version})

    def act(data: dict[str, Any]) -> Receipt:
        acting = {"actor": request.actor, "at": clock.now(), "expected_version": data["version"]}
        given, sent = _outside_answer(data), uploads_of(request)
        answers.register_outside_answer(delivery=row, answer=given, uploads=sent, **acting)
        return Receipt(_("Svaret er registrert og regnes som levert den dagen det ble sendt."))

    lead = _("For svar sendt i brev eller e-post. Ingen e-post sendes herfra.")
    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Registrer svar"),
            _("Registrer svar"),
            act,
            lead,
            row,
            rule=rights.may_register_answer,
            who=_("Svar registreres av etatsstyreren eller av virksomheten selv."),
        ),
    )


@page(signed_in, methods=BOTH)
def wish(request: PageRequest, uuid: UUID, delivery: UUID) -> HttpResponse:
    """Ask for another deadline."""
    assignment = load_readable(request, uuid)
    row = load_delivery(assignment, delivery)
    form = forms.RequestForm(request.POST or None, initial={"version": assignment.version})

    def act(data: dict[str, Any]) -> Receipt:
        wishes.ask_for_deadline(
            delivery=row, wanted=data["wanted"], reason=data["reason"], actor=request.actor, at=clock.now()
        )
        return Receipt(_("Ønsket er sendt. Gjeldende frist er den samme til departementet har besluttet en ny."))

    lead = _("Et ønske endrer ingen frist. Departementet beslutter.")
    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Be om ny frist"), _("Be om ny frist"), act, lead, row, rule=rights.may_answer, who=states.WHO_ANSWERS
        ),
    )


urlpatterns = [
    path("oppdrag/ansvarlig/", owners, name="owners"),
    path("oppdrag/<uuid:uuid>/mottatt/", receive, name="receive"),
    path("oppdrag/<uuid:uuid>/ansvarlig/", owner, name="owner"),
    path("oppdrag/<uuid:uuid>/status/", status, name="status"),
    path("oppdrag/<uuid:uuid>/del-status/", share, name="share"),
    path("oppdrag/<uuid:uuid>/leveranse/<uuid:delivery>/svar/", answer, name="answer"),
    path("oppdrag/<uuid:uuid>/leveranse/<uuid:delivery>/registrer-svar/", outside, name="outside"),
    path("oppdrag/<uuid:uuid>/leveranse/<uuid:delivery>/onske/", wish, name="wish"),
]
