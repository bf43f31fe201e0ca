"""What the ministry does: distributes, assesses, closes, decides deadlines, names parts and readers, withdraws."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assignments import forms, rights, states
from assignments.actions import answers, assess, deadlines, ending, joint, remarks, wishes
from assignments.selectors import people, yearly
from assignments.selectors.passport import wishes as open_wishes
from assignments.views.common import (
    FormPage,
    Receipt,
    load,
    load_delivery,
    load_readable,
    serve,
)
from core import clock, receipts
from core.errors import RuleBroken
from core.pages import PageRequest, get_or_404, page, signed_in
from core.visuals.parts import Link, PageHead

BOTH = ("GET", "POST")


@page(signed_in, methods=BOTH)
def distribute(request: PageRequest, uuid: UUID, delivery: UUID) -> HttpResponse:
    """Hand an answer to the department that assesses it."""
    assignment = load_readable(request, uuid)
    row = load_delivery(assignment, delivery)
    departments = people.departments(assignment.issuer, clock.today())
    own = str(assignment.department.uuid) if assignment.department else ""
    initial = {"version": assignment.version, "department": own}
    form = forms.DistributeForm(
        request.POST or None, initial=initial, departments=people.department_choices(departments)
    )

    def act(data: dict[str, Any]) -> Receipt:
        chosen = next(item for item in departments if str(item.uuid) == data["department"])
        acting = {"actor": request.actor, "at": clock.now(), "expected_version": data["version"]}
        answers.distribute_answer(delivery=row, department=chosen, **acting)
        return Receipt(_("Svaret er fordelt til %(department)s.") % {"department": chosen.code})

    lead = _("Avdelingen som får svaret, vurderer det.")
    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Fordel svaret"), _("Fordel svar"), act, lead, row, rule=rights.may_distribute, who=states.WHO_DISTRIBUTES
        ),
    )


@page(signed_in, methods=BOTH)
def judge(request: PageRequest, uuid: UUID, delivery: UUID) -> HttpResponse:
    """Assess an answer."""
    assignment = load_readable(request, uuid)
    row = load_delivery(assignment, delivery)
    form = forms.AssessForm(request.POST or None, initial={"version": assignment.version})

    def act(data: dict[str, Any]) -> Receipt:
        said = assess.assess_answer(
            delivery=row,
            result=data["result"],
            reason=data["reason"],
            follow_up=data["follow_up"],
            actor=request.actor,
            at=clock.now(),
            expected_version=data["version"],
        )
        return Receipt(_("Vurderingen er lagret: %(result)s.") % {"result": said.get_result_display().lower()})

    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Vurder svaret"), _("Lagre vurdering"), act, "", row, rule=rights.may_assess, who=states.WHO_ASSESSES
        ),
    )


@page(signed_in, methods=BOTH)
def close(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Close the assignment."""
    assignment = load_readable(request, uuid)
    form = forms.CloseForm(request.POST or None, initial={"version": assignment.version})

    def act(data: dict[str, Any]) -> Receipt:
        assess.close_assignment(
            assignment=assignment,
            reason=data["reason"],
            actor=request.actor,
            at=clock.now(),
            expected_version=data["version"],
        )
        return Receipt(_("Oppdraget er avsluttet."), _("Det er ingen godkjenning av innholdet."))

    lead = _("Avslutning er ingen godkjenning av innholdet.")
    return serve(
        request,
        assignment,
        form,
        FormPage(_("Avslutt oppdrag"), _("Avslutt oppdrag"), act, lead, rule=rights.may_close, who=states.WHO_CLOSES),
    )


@page(signed_in, methods=BOTH)
def deadline(request: PageRequest, uuid: UUID, delivery: UUID) -> HttpResponse:
    """Decide a new current deadline, or clarify a doubtful one."""
    assignment = load_readable(request, uuid)
    row = load_delivery(assignment, delivery)
    documents = people.documents(assignment, request.actor, clock.today())
    initial = {"version": assignment.version, "decided_on": clock.today(), "deadline": row.deadline}
    form = forms.DeadlineForm(request.POST or None, initial=initial, documents=people.document_choices(documents))

    def act(data: dict[str, Any]) -> Receipt:
        chosen = next((item for item in documents if str(item.uuid) == data["document"]), None)
        decision = deadlines.NewDeadline(
            deadline=data["deadline"],
            reason=data["reason"],
            basis=data["basis"] or (chosen.title if chosen else ""),
            decided_on=data["decided_on"],
            decided_by_name=data["decided_by_name"],
        )
        deadlines.decide_deadline(
            delivery=row,
            decision=decision,
            actor=request.actor,
            at=clock.now(),
            document=chosen,
            expected_version=data["version"],
        )
        return Receipt(_("Ny gjeldende frist er satt."), _("Fristen i brevet står som den er."))

    return serve(request, assignment, form, people.deadline_page(assignment, row, FormPage, act))


@page(signed_in, methods=BOTH)
def decline(request: PageRequest, uuid: UUID, wish: UUID) -> HttpResponse:
    """Say no to a wish for another deadline."""
    assignment = load_readable(request, uuid)
    asked = people.one(open_wishes(assignment), wish)
    form = forms.CloseForm(request.POST or None)

    def act(data: dict[str, Any]) -> Receipt:
        wishes.decline_deadline(request=asked, reason=data["reason"], actor=request.actor, at=clock.now())
        return Receipt(_("Ønsket er avslått. Gjeldende frist er den samme."))

    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Avslå ny frist"),
            _("Avslå"),
            act,
            rule=rights.may_decide_deadline,
            who=_("Frister besluttes av etatsstyreren eller lederen i departementet."),
        ),
    )


@page(signed_in, methods=BOTH)
def remark(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Write a remark, internal or shared."""
    assignment = load_readable(request, uuid)
    initial = {"audience": "shared" if request.GET.get("til") == "begge" else "internal"}
    if request.GET.get("forslag") == "avslutning":
        initial["text"] = _("Foreslår at oppdraget avsluttes.")
    form = forms.RemarkForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> Receipt:
        remarks.add_remark(
            assignment=assignment,
            text=data["text"],
            audience=data["audience"],
            actor=request.actor,
            at=clock.now(),
        )
        return Receipt(_("Merknaden er lagret."))

    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Skriv merknad"),
            _("Lagre merknad"),
            act,
            rule=rights.may_remark,
            who=_("Merknader skrives av dem som følger oppdraget i departementet eller i virksomheten."),
        ),
    )


@page(signed_in, methods=BOTH)
def parts(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Name participants and lead."""
    assignment = load_readable(request, uuid)
    form = forms.PartsForm(request.POST or None, initial={"version": assignment.version})

    def act(data: dict[str, Any]) -> Receipt:
        joint.name_parts(
            assignment=assignment,
            names=data["names"].splitlines(),
            lead=data["lead"],
            actor=request.actor,
            at=clock.now(),
            expected_version=data["version"],
        )
        return Receipt(_("Deltakerne er registrert."))

    return serve(
        request,
        assignment,
        form,
        FormPage(
            _("Deltakere i oppdraget"),
            _("Registrer deltakere"),
            act,
            rule=rights.may_edit_parts,
            who=joint.WHO_NAMES_PARTS,
        ),
    )


@page(signed_in, methods=BOTH)
def withdraw(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Take the assignment back."""
    assignment = load_readable(request, uuid)
    form = forms.CloseForm(request.POST or None, initial={"version": assignment.version})

    def act(data: dict[str, Any]) -> Receipt:
        ending.withdraw_assignment(
            assignment=assignment,
            reason=data["reason"],
            actor=request.actor,
            at=clock.now(),
            expected_version=data["version"],
        )
        return Receipt(_("Oppdraget er trukket."))

    lead = _("Skriv det skriftlige grunnlaget. Et oppdrag trekkes vanligvis i et supplerende brev.")
    return serve(
        request,
        assignment,
        form,
        FormPage(_("Trekk oppdraget"), _("Trekk oppdrag"), act, lead, rule=rights.may_lapse, who=states.WHO_LAPSES),
    )


@page(signed_in, methods=BOTH)
def ask_access(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Ask to read an exempt assignment."""
    assignment = load(request, uuid)
    form = forms.CloseForm(request.POST or None)

    def act(data: dict[str, Any]) -> Receipt:
        remarks.ask_for_access(assignment=assignment, reason=data["reason"], actor=request.actor, at=clock.now())
        return Receipt(_("Ønsket om innsyn er sendt til dem som gir innsyn."))

    lead = _("Bare navngitte lesere ser tittel og tekst. Skriv hvorfor du trenger å lese oppdraget.")
    return serve(request, assignment, form, FormPage(_("Be om tilgang"), _("Be om tilgang"), act, lead))


@page(signed_in, methods=BOTH)
def readers(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Named readers of an exempt assignment."""
    assignment = load(request, uuid)
    today = clock.today()
    people.require_admitter(assignment, request.actor, today)
    staff = people.possible_readers(assignment, request.actor, today)
    form = forms.ReaderForm(request.POST or None, people=people.choices(staff))

    def act(data: dict[str, Any]) -> Receipt:
        chosen = people.by_uuid(staff, data["user"])
        assert chosen is not None
        remarks.grant_reader(assignment=assignment, user=chosen, actor=request.actor, at=clock.now())
        return Receipt(_("%(name)s kan nå lese oppdraget.") % {"name": chosen})

    context = people.readers_context(assignment)
    words = FormPage(_("Navngitte lesere"), _("Gi innsyn"), act, template="assignments/readers.html", context=context)
    return serve(request, assignment, form, words)


@page(signed_in, methods=BOTH)
def revoke(request: PageRequest, uuid: UUID, grant: UUID) -> HttpResponse:
    """Take a reader's access away."""
    assignment = load(request, uuid)
    people.require_admitter(assignment, request.actor, clock.today())
    row = get_or_404(people.grants(assignment), grant)
    form = forms.CloseForm(request.POST or None)

    def act(data: dict[str, Any]) -> Receipt:
        remarks.revoke_reader(grant=row, reason=data["reason"], actor=request.actor, at=clock.now())
        return Receipt(_("Innsynet er trukket."))

    lead = _("%(name)s kan ikke lenger lese oppdraget.") % {"name": row.user}
    return serve(request, assignment, form, FormPage(_("Trekk innsyn"), _("Trekk innsyn"), act, lead))


@page(signed_in, methods=BOTH)
def year_rule(request: PageRequest, uuid: UUID) -> HttpResponse:
    """Preview of the assignments a letter lets lapse, each with its reason, and the act."""
    document = get_or_404(yearly.documents(request.actor, clock.today()), uuid)
    problems, found = [], yearly.preview(document, request.actor, clock.today(), request.POST or None)
    if request.method == "POST":
        try:
            done = ending.lapse_assignments(
                document=document, reasons=found.reasons, kept=found.kept, actor=request.actor, at=clock.now()
            )
        except RuleBroken as error:
            problems = list(error.problems)
        else:
            count = len(done)
            words = ngettext("%(n)s oppdrag er utgått.", "%(n)s oppdrag er utgått.", count) % {"n": count}
            receipts.give(request, words)
            return redirect("assignments:list")
    head = PageHead(title=_("Oppdrag som utgår"), overline=document.title, lead=found.lead,
                    crumbs=[Link(_("Oppdrag"), reverse("assignments:list"))])  # fmt: skip
    context = {"head": head, "preview": found, "problems": problems}
    return render(request, "assignments/lapse.html", context, status=422 if problems else 200)


urlpatterns = [
    path("oppdrag/utgar/<uuid:uuid>/", year_rule, name="lapse"),
    path("oppdrag/<uuid:uuid>/leveranse/<uuid:delivery>/fordel/", distribute, name="distribute"),
    path("oppdrag/<uuid:uuid>/leveranse/<uuid:delivery>/vurder/", judge, name="assess"),
    path("oppdrag/<uuid:uuid>/leveranse/<uuid:delivery>/frist/", deadline, name="deadline"),
    path("oppdrag/<uuid:uuid>/onske/<uuid:wish>/avsla/", decline, name="decline"),
    path("oppdrag/<uuid:uuid>/avslutt/", close, name="close"),
    path("oppdrag/<uuid:uuid>/merknad/", remark, name="remark"),
    path("oppdrag/<uuid:uuid>/deltakere/", parts, name="parts"),
    path("oppdrag/<uuid:uuid>/trekk/", withdraw, name="withdraw"),
    path("oppdrag/<uuid:uuid>/be-om-tilgang/", ask_access, name="ask_access"),
    path("oppdrag/<uuid:uuid>/lesere/", readers, name="readers"),
    path("oppdrag/<uuid:uuid>/lesere/<uuid:grant>/trekk/", revoke, name="revoke_reader"),
]
