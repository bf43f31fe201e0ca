"""Approval before signature: set up, decided step by step, registered from outside, taken back (K7, domain 3.10b).

The rules of who may approve what one has written oneself stand in docs/adr/0008-two-persons.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Appointment, Department, User
from core import clock
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.transitions import bump, check_version
from governance import permissions
from governance.actions.notices import notify
from governance.actions.rounds_base import lock_document, lock_for_drafter, tell
from governance.models import (
    ApprovalStep,
    ApprovalTemplateStep,
    DocumentState,
    SteeringDocument,
    StepKind,
    StepState,
)
from governance.states import DOCUMENT_STATES, require_step, said_of, why_not

WHO_SETS_UP = gettext_lazy("Godkjenningen settes opp av den som skriver utkastet.")


@dataclass(frozen=True)
class NewStep:
    """A step to set up. Steps with the same ``order`` run side by side.

    ``approver`` decides here; ``approver_text`` names one who approves in the case and archive system; a
    ``department`` alone means its head.
    """

    kind: str
    order: int = 1
    approver: User | None = None
    approver_text: str = ""
    department: Department | None = None


def current_route(document: SteeringDocument) -> int:
    """The number of the round of approval the document is in; the first is 1."""
    top = ApprovalStep.objects.filter(document=document).aggregate(top=Max("route"))["top"]
    return int(top or 1)


def _require_draft(document: SteeringDocument) -> None:
    if document.state not in (DocumentState.DRAFT, DocumentState.HEARING):
        raise why_not(document)


@transaction.atomic
def add_step(
    *, document: SteeringDocument, new: NewStep, actor: Actor, at: datetime, expected_version: int | None = None
) -> ApprovalStep:
    """Add a step to the route of a draft. Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken."""
    document = lock_for_drafter(document, actor=actor, at=at, sentence=WHO_SETS_UP, expected_version=expected_version)
    _require_draft(document)
    problems = _step_problems(document, new, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    step = ApprovalStep.objects.create(
        document=document, route=current_route(document), order=new.order, kind=new.kind, approver=new.approver,
        approver_text=new.approver_text.strip(), department=new.department,
    )  # fmt: skip
    bump(document)
    tell("approval.step_added", document, actor=actor, at=at, after={"step": step.words, "order": step.order})
    return step


def _step_problems(document: SteeringDocument, new: NewStep, day: date) -> list[Problem]:
    problems = []
    if new.kind not in StepKind.values:
        problems.append(Problem("kind", _("Velg hva som skal godkjennes."), "kind"))
    if not 1 <= new.order <= 99:
        problems.append(Problem("order", _("Rekkefølgen er et tall fra 1 til 99."), "order"))
    if new.approver is None and new.department is None and not new.approver_text.strip():
        sentence = _("Velg en person eller en avdeling, eller skriv hvem som godkjenner utenfor systemet.")
        problems.append(Problem("approver_missing", sentence, "approver"))
    if new.approver is not None and not _sits_in(new.approver, document, day):
        sentence = _("%(name)s har ingen rolle hos avsenderen i dag. Velg en annen.")
        problems.append(Problem("V-37", sentence % {"name": new.approver}, "approver"))
    if new.department is not None and new.department.organisation_id != document.issuer_id:
        problems.append(Problem("V-32", _("Avdelingen hører ikke til avsenderen."), "department"))
    return problems


def _sits_in(user: User, document: SteeringDocument, day: date) -> bool:
    return Appointment.objects.valid_on(day).filter(user=user, organisation_id=document.issuer_id).exists()


@transaction.atomic
def remove_step(*, step: ApprovalStep, actor: Actor, at: datetime, expected_version: int | None = None) -> ApprovalStep:
    """Take a step out of the route while the document is a draft; it stays on record as fallen away."""
    document = lock_for_drafter(step.document, actor=actor, at=at, sentence=WHO_SETS_UP)
    step = _locked(step, document)
    check_version(step, expected_version)
    _require_draft(document)
    if step.state != StepState.WAITING:
        raise NotInThisState(_("Trinnet er ikke lenger med i runden."))
    step.state = StepState.VOID
    bump(step, fields=("state",))
    bump(document)
    tell("approval.step_removed", document, actor=actor, at=at, after={"step": step.words})
    return step


def _locked(step: ApprovalStep, document: SteeringDocument) -> ApprovalStep:
    found: ApprovalStep = (
        ApprovalStep.objects.select_related("approver", "department").locked().get(pk=step.pk, document=document)
    )
    found.document = document
    return found


@transaction.atomic
def use_template(*, document: SteeringDocument, actor: Actor, at: datetime) -> list[ApprovalStep]:
    """Copy the usual route of the issuer for this kind of document into a draft that has none."""
    document = lock_for_drafter(document, actor=actor, at=at, sentence=WHO_SETS_UP)
    _require_draft(document)
    if ApprovalStep.objects.filter(document=document, state=StepState.WAITING).exists():
        raise NotInThisState(_("Godkjenningen er alt satt opp. Fjern trinnene først, eller legg til flere."))
    rows = list(permissions.template_steps(document, clock.local_date(at)))
    if not rows:
        raise RuleBroken(
            problems=[
                Problem("no_template", _("Det finnes ingen mal for dette. Sett opp trinnene og lagre dem som mal."))
            ]
        )
    route = current_route(document)
    made = [
        ApprovalStep(
            document=document, route=route, order=row.order, kind=row.kind, approver=row.approver,
            approver_text=row.approver_text, department=row.department,
        )
        for row in rows
    ]  # fmt: skip
    ApprovalStep.objects.bulk_create(made)
    bump(document)
    tell("approval.template_used", document, actor=actor, at=at, after={"steps": [step.words for step in made]})
    return made


@transaction.atomic
def save_template(*, document: SteeringDocument, actor: Actor, at: datetime) -> list[ApprovalTemplateStep]:
    """Keep the present route as the usual one for this kind of document; the earlier one ends the day before."""
    document = lock_for_drafter(document, actor=actor, at=at, sentence=WHO_SETS_UP)
    steps = list(ApprovalStep.objects.for_list().filter(document=document).current().order_by("order", "id"))
    if not steps:
        raise RuleBroken(problems=[Problem("no_steps", _("Sett opp minst ett trinn før du lagrer det som mal."))])
    day = clock.local_date(at)
    ApprovalTemplateStep.objects.filter(
        organisation=document.issuer, document_kind=document.kind, valid_to__isnull=True
    ).update(valid_to=day - timedelta(days=1))
    made = ApprovalTemplateStep.objects.bulk_create(
        ApprovalTemplateStep(
            organisation=document.issuer, document_kind=document.kind, order=step.order, kind=step.kind,
            approver=step.approver, approver_text=step.approver_text, department=step.department, valid_from=day,
        )
        for step in steps
    )  # fmt: skip
    tell("approval.template_saved", document, actor=actor, at=at, after={"steps": [step.words for step in steps]})
    return list(made)


@transaction.atomic
def send_for_approval(
    *, document: SteeringDocument, actor: Actor, at: datetime, expected_version: int | None = None
) -> SteeringDocument:
    """Close the draft for editing and let the first step begin. Raises NotInThisState when nobody is to approve."""
    document = lock_for_drafter(
        document, actor=actor, at=at, sentence=_("Utkastet sendes til godkjenning av den som skriver det."),
        expected_version=expected_version,
    )  # fmt: skip
    require_step("sent_for_approval", document)
    DOCUMENT_STATES.apply("sent_for_approval", obj=document, actor=actor, at=at)
    tell("document.sent_for_approval", document, actor=actor, at=at, after={"version": document.version})
    _tell_next(document, at)
    return document


def steps_in_turn(document: SteeringDocument) -> list[ApprovalStep]:
    """The waiting steps of the lowest order: those that may be decided now."""
    waiting = ApprovalStep.objects.for_list().filter(document=document, state=StepState.WAITING)
    first = waiting.aggregate(first=Min("order"))["first"]
    return list(waiting.filter(order=first).order_by("id")) if first is not None else []


def _tell_next(document: SteeringDocument, at: datetime) -> None:
    """A mail to those whose turn it is; approving happens on the page, signed in."""
    people = [step.approver.email for step in steps_in_turn(document) if step.approver is not None]
    where = _("Du finner utkastet under Min arbeidsdag når du er logget inn.")
    sentence = _("%(title)s til %(agency)s venter på godkjenning fra deg.")
    words = sentence % {"title": document.title, "agency": document.recipient.name}
    subject = _("Til godkjenning: %(title)s") % {"title": document.title}
    notify(
        to=people, subject=subject, paragraphs=[words, where], about=document, organisation=document.issuer.uuid, at=at
    )


def _for_decision(step: ApprovalStep, actor: Actor, at: datetime, expected_version: int | None) -> ApprovalStep:
    """Lock document and step for a decision by the approver. Raises NotAllowed, StaleVersion, NotInThisState."""
    document = lock_document(step.document)
    step = _locked(step, document)
    if not permissions.may_decide_step(actor, step, clock.local_date(at)):
        raise NotAllowed(_("Trinnet avgjøres av %(who)s eller en stedfortreder.") % {"who": step.who})
    check_version(step, expected_version)
    _require_in_turn(step, document)
    return step


def _require_in_turn(step: ApprovalStep, document: SteeringDocument) -> None:
    if document.state != DocumentState.APPROVAL:
        sentence = said_of(
            document, _("Brevet er ikke til godkjenning nå."), _("Instruksen er ikke til godkjenning nå.")
        )
        raise NotInThisState(sentence)
    if step.state != StepState.WAITING:
        raise NotInThisState(_("Trinnet er alt avgjort eller falt bort."))
    if step.pk not in {row.pk for row in steps_in_turn(document)}:
        raise NotInThisState(_("Trinnet har ikke begynt. Trinnene foran må godkjennes først."))


@transaction.atomic
def approve_step(
    *, step: ApprovalStep, actor: Actor, at: datetime, comment: str = "", expected_version: int | None = None
) -> ApprovalStep:
    """Approve one's step of the version that stands. The last step makes the document approved.

    Raises NotAllowed (also by the two-person rule), StaleVersion, NotInThisState.
    """
    step = _for_decision(step, actor, at, expected_version)
    if reason := permissions.own_writing(actor, step, clock.local_date(at)):
        raise NotAllowed(reason, code="two_person_rule")
    _decide(step, StepState.APPROVED, actor=actor, at=at, reason=comment.strip())
    step.document_version = step.document.version
    bump(step, fields=("state", *_DECIDED, "document_version"))
    _after_approval(step, actor=actor, at=at)
    return step


_DECIDED = ("decided_by", "decided_by_name", "represented_name", "by_authority", "decided_at", "reason")


def _decide(step: ApprovalStep, state: StepState, *, actor: Actor, at: datetime, reason: str) -> None:
    step.state, step.reason, step.decided_at = state, reason, at
    step.decided_by_id, step.decided_by_name = actor.user_id, actor.name
    if actor.on_behalf_of is not None:
        represented = Appointment.objects.for_choice().get(uuid=actor.on_behalf_of)
        step.represented_name, step.by_authority = str(represented.user), True


def _after_approval(step: ApprovalStep, *, actor: Actor, at: datetime) -> None:
    document = step.document
    after = {
        "step": step.words, "version": step.document_version, "for": step.represented_name,
        "reference": step.external_reference, "by": step.decided_by_name,
    }  # fmt: skip
    tell("approval.given", document, actor=actor, at=at, reason=step.reason, after=after)
    if steps_in_turn(document):
        _tell_next(document, at)
        return
    DOCUMENT_STATES.apply("approved", obj=document, actor=actor, at=at)
    tell("document.approved", document, actor=actor, at=at, after={"version": step.document_version})


@transaction.atomic
def return_step(
    *, step: ApprovalStep, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> ApprovalStep:
    """Send the document back to its writer with a reason; the other approvals of the round fall away."""
    step = _for_decision(step, actor, at, expected_version)
    if not reason.strip():
        sentence = _("Skriv hva som må endres før utkastet kan godkjennes.")
        raise RuleBroken(problems=[Problem("reason_missing", sentence, "reason")])
    _decide(step, StepState.RETURNED, actor=actor, at=at, reason=reason.strip())
    bump(step, fields=("state", *_DECIDED))
    document = step.document
    void = _begin_again(document, returned=step)
    DOCUMENT_STATES.apply("returned", obj=document, actor=actor, at=at)
    tell(
        "document.returned", document, actor=actor, at=at, reason=step.reason, after={"step": step.words, "void": void}
    )
    return step


def _begin_again(document: SteeringDocument, returned: ApprovalStep | None = None) -> list[str]:
    """Let every approval of the round fall away and set the same route up once more. Gives what fell away."""
    rows = list(
        ApprovalStep.objects.for_list()
        .filter(document=document, route=current_route(document))
        .exclude(state=StepState.VOID)
        .order_by("order", "id")
    )
    void = [row.words for row in rows if row.state == StepState.APPROVED]
    for row in rows:
        if returned is None or row.pk != returned.pk:
            row.state = StepState.VOID
            bump(row, fields=("state",))
    ApprovalStep.objects.bulk_create(
        ApprovalStep(
            document=document, route=row.route + 1, order=row.order, kind=row.kind, approver=row.approver,
            approver_text=row.approver_text, department=row.department,
        )
        for row in rows
    )  # fmt: skip
    return void


@transaction.atomic
def take_back(
    *, document: SteeringDocument, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> SteeringDocument:
    """«Ta tilbake til utkast»: the text may be edited again, and every approval given falls away, on record."""
    sentence = said_of(
        document, _("Brevet tas tilbake av den som skriver det."), _("Instruksen tas tilbake av den som skriver den.")
    )
    document = lock_for_drafter(document, actor=actor, at=at, sentence=sentence, expected_version=expected_version)
    require_step("taken_back", document)
    if not reason.strip():
        why = said_of(document, _("Skriv hvorfor brevet tas tilbake."), _("Skriv hvorfor instruksen tas tilbake."))
        raise RuleBroken(problems=[Problem("reason_missing", why, "reason")])
    void = _begin_again(document)
    DOCUMENT_STATES.apply("taken_back", obj=document, actor=actor, at=at)
    tell("document.taken_back", document, actor=actor, at=at, reason=reason.strip(), after={"void": void})
    return document


@dataclass(frozen=True)
class OutsideApproval:
    """An approval given in the case and archive system: by whom, on which day, and where it stands."""

    who: str
    on: date
    reference: str


@transaction.atomic
def register_approval(
    *,
    step: ApprovalStep,
    outside: OutsideApproval,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> ApprovalStep:
    """Register «godkjent i sak/arkiv»: counts like an approval here, and says who registered it (decision C3)."""
    document = lock_for_drafter(
        step.document, actor=actor, at=at,
        sentence=_("Godkjenning i sak/arkiv registreres av den som skriver utkastet."),
    )  # fmt: skip
    step = _locked(step, document)
    check_version(step, expected_version)
    _require_in_turn(step, document)
    problems = _outside_problems(document, outside, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    step.state, step.decided_by_name = StepState.APPROVED, outside.who.strip()
    step.decided_at = datetime.combine(outside.on, time(12), tzinfo=clock.OSLO)
    step.external_reference, step.document_version = outside.reference.strip(), document.version
    bump(step, fields=("state", "decided_by_name", "decided_at", "external_reference", "document_version"))
    _after_approval(step, actor=actor, at=at)
    return step


def _outside_problems(document: SteeringDocument, outside: OutsideApproval, day: date) -> list[Problem]:
    problems = []
    if not outside.who.strip():
        problems.append(Problem("who_missing", _("Skriv hvem som godkjente."), "who"))
    elif (
        document.last_edited_by_id
        and outside.who.strip().casefold() == str(User.objects.get(pk=document.last_edited_by_id)).casefold()
    ):
        sentence = _("Den som sist endret utkastet, kan ikke godkjenne det. En annen må godkjenne.")
        problems.append(Problem("two_person_rule", sentence, "who"))
    if outside.on > day:
        problems.append(Problem("date_in_future", _("Godkjenningen kan ikke ha en dato fram i tid."), "on"))
    elif outside.on < clock.local_date(document.created_at):
        problems.append(Problem("date_before_draft", _("Godkjenningen er eldre enn utkastet."), "on"))
    if not outside.reference.strip():
        problems.append(Problem("reference_missing", _("Skriv sak og dokument i arkivet."), "reference"))
    return problems
