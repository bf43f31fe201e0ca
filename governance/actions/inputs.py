"""Departments are asked for input to a draft, answer with proposals or «Ingen innspill», and are reminded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import access
from agencies.models import Department
from agencies.rights import DepartmentRight
from core import clock
from core import formatting as fmt
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.transitions import bump, check_version
from governance import permissions
from governance.actions import draft_rows
from governance.actions.notices import notify
from governance.actions.rounds_base import lock_document, lock_for_drafter, tell
from governance.items import ITEM_TYPES
from governance.models import (
    InputRequest,
    InputRound,
    InputState,
    Proposal,
    ProposalState,
    RoundReminder,
    SteeringDocument,
)
from governance.states import require_editable


@transaction.atomic
def open_round(
    *,
    document: SteeringDocument,
    departments: Sequence[Department],
    message: str,
    deadline: date,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> InputRound:
    """Ask departments (the budget department among them) for input. One round at a time.

    Each department's mailbox gets a mail. Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken.
    """
    document = lock_for_drafter(
        document, actor=actor, at=at, sentence=_("Innspill bestilles av den som skriver utkastet."),
        expected_version=expected_version,
    )  # fmt: skip
    require_editable(document)
    if InputRound.objects.filter(document=document, closed_at__isnull=True).exists():
        raise NotInThisState(_("En innspillsrunde er åpen. Avslutt den før du bestiller på nytt."))
    problems = []
    if not departments:
        problems.append(Problem("departments", _("Velg minst én avdeling."), "departments"))
    if any(row.organisation_id != document.issuer_id for row in departments):
        problems.append(Problem("V-32", _("Avdelingen hører ikke til avsenderen."), "departments"))
    if deadline <= clock.local_date(at):
        problems.append(Problem("deadline", _("Fristen må være en dag som ikke er passert."), "deadline"))
    if problems:
        raise RuleBroken(problems=problems)
    number = (InputRound.objects.filter(document=document).aggregate(top=Max("number"))["top"] or 0) + 1
    made = InputRound.objects.create(
        document=document, number=number, message=message.strip(), deadline=deadline, opened_by_id=actor.user_id,
        opened_at=at,
    )  # fmt: skip
    for department in departments:
        _invite(InputRequest.objects.create(round=made, department=department), document, message, at)
    bump(document)
    after = {"round": number, "deadline": deadline, "departments": [row.code for row in departments]}
    tell("input.round_opened", document, actor=actor, at=at, after=after)
    return made


def _invite(request: InputRequest, document: SteeringDocument, message: str, at: datetime) -> None:
    words = _("%(department)s bes om innspill til %(title)s til %(agency)s, med frist %(date)s.")
    values = {
        "department": request.department.name, "title": document.title, "agency": document.recipient.name,
        "date": fmt.date_with_weekday(request.round.deadline),
    }  # fmt: skip
    notify(
        to=[request.department.mailbox], subject=_("Innspill til %(title)s") % {"title": document.title},
        paragraphs=[words % values, *([message.strip()] if message.strip() else []), where_to_find()], about=request,
        organisation=document.issuer.uuid, at=at, purpose="input_invitation",
    )  # fmt: skip


def where_to_find() -> str:
    """Where the reader finds it: nothing is answered by a link in a mail."""
    return _("Du finner det under Min arbeidsdag når du er logget inn. «Ingen innspill» er også et svar.")


def _for_answer(request: InputRequest, actor: Actor, at: datetime, expected_version: int | None) -> InputRequest:
    """Lock the request for its department. Raises NotAllowed, StaleVersion, NotInThisState."""
    lock_document(request.round.document)
    found: InputRequest = InputRequest.objects.for_list().locked().get(pk=request.pk)
    day = clock.local_date(at)
    if not access.may_for_department(actor, DepartmentRight.GIVE_INPUT, found.department_id, day):
        raise NotAllowed(_("Innspillet gis av %(department)s.") % {"department": found.department.name})
    check_version(found, expected_version)
    if found.round.closed_at is not None:
        raise NotInThisState(_("Innspillsrunden er avsluttet. Ta kontakt med den som skriver utkastet."))
    return found


@transaction.atomic
def answer(
    *,
    request: InputRequest,
    text: str,
    no_input: bool,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> InputRequest:
    """Give the department's input, or «Ingen innspill». It may be given anew until the round is closed.

    Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    request = _for_answer(request, actor, at, expected_version)
    document = request.round.document
    proposals = Proposal.objects.filter(
        document=document, department=request.department, state=ProposalState.PROPOSED
    ).exists()
    if no_input and (text.strip() or proposals):
        sentence = _("Dere har skrevet innspill eller forslag. Fjern haken for ingen innspill, så blir de med.")
        raise RuleBroken(problems=[Problem("input_and_none", sentence, "no_input")])
    if not no_input and not text.strip() and not proposals:
        sentence = _("Skriv innspillet, lag et forslag, eller kryss av for ingen innspill.")
        raise RuleBroken(problems=[Problem("input_missing", sentence, "text")])
    request.state = InputState.NO_INPUT if no_input else InputState.ANSWERED
    request.text, request.answered_by_id, request.answered_by_name = text.strip(), actor.user_id, actor.name
    request.answered_at = at
    bump(request, fields=("state", "text", "answered_by", "answered_by_name", "answered_at"))
    after = {"department": request.department.code, "state": request.state}
    tell("input.given", document, actor=actor, at=at, after=after)
    return request


@transaction.atomic
def close_round(*, round_: InputRound, actor: Actor, at: datetime, expected_version: int | None = None) -> InputRound:
    """End the round; who did not answer stays on record as not having answered."""
    document = lock_for_drafter(
        round_.document, actor=actor, at=at, sentence=_("Innspillsrunden avsluttes av den som skriver utkastet.")
    )
    round_ = InputRound.objects.locked().get(pk=round_.pk)
    check_version(round_, expected_version)
    if round_.closed_at is not None:
        raise NotInThisState(_("Innspillsrunden er alt avsluttet."))
    round_.closed_at, round_.closed_by_id = at, actor.user_id
    bump(round_, fields=("closed_at", "closed_by"))
    missing = InputRequest.objects.filter(round=round_, state=InputState.ASKED)
    codes = list(missing.values_list("department__code", flat=True))
    tell("input.round_closed", document, actor=actor, at=at, after={"round": round_.number, "missing": codes})
    return round_


@transaction.atomic
def remind_now(*, round_: InputRound, actor: Actor, at: datetime) -> list[RoundReminder]:
    """«Purr nå»: one mail to each department that has not answered. A person's act; recorded by name."""
    document = lock_for_drafter(
        round_.document, actor=actor, at=at, sentence=_("Det er den som skriver utkastet, som purrer.")
    )
    round_ = InputRound.objects.locked().get(pk=round_.pk)
    if round_.closed_at is not None:
        raise NotInThisState(_("Innspillsrunden er avsluttet."))
    waiting = InputRequest.objects.for_list().filter(round=round_, state=InputState.ASKED)
    rows = [send_reminder(request, at=at, lead=None, sent_by=actor.user_id) for request in waiting.locked()]
    if not rows:
        raise NotInThisState(_("Alle avdelingene har svart."))
    tell("input.reminded", document, actor=actor, at=at, after={"count": len(rows)})
    return rows


def send_reminder(request: InputRequest, *, at: datetime, lead: int | None, sent_by: int | None) -> RoundReminder:
    """Queue the mail and write the row in the caller's transaction; without mailbox the row says so."""
    document = request.round.document
    words = _("%(department)s har ikke gitt innspill til %(title)s. Fristen er %(date)s.")
    values = {
        "department": request.department.name, "title": document.title,
        "date": fmt.date_with_weekday(request.round.deadline),
    }  # fmt: skip
    sent = notify(
        to=[request.department.mailbox], subject=_("Påminnelse: innspill til %(title)s") % {"title": document.title},
        paragraphs=[words % values, where_to_find()], about=request, organisation=document.issuer.uuid, at=at,
        purpose="input_reminder",
    )  # fmt: skip
    row = RoundReminder.objects.create(
        request=request, deadline=request.round.deadline, lead=lead, at=at, sent_by_id=sent_by,
        message_id=sent[0].message_id if sent else "",
        problem="" if sent else _("Avdelingen har ikke registrert noe postmottak."),
    )  # fmt: skip
    request.reminded_at, request.reminders = at, request.reminders + 1
    request.save(update_fields=["reminded_at", "reminders", "updated_at"])
    return row


# ---- proposals ----


@transaction.atomic
def propose(*, request: InputRequest, item_type: str, data: Mapping[str, Any], actor: Actor, at: datetime) -> Proposal:
    """Propose a row for the letter, checked by the same rules as one that is written. Raises RuleBroken with all."""
    request = _for_answer(request, actor, at, None)
    document = request.round.document
    if item_type not in ITEM_TYPES:
        raise RuleBroken(problems=[Problem("item_type", _("Velg hva forslaget gjelder."), "item_type")])
    problems = draft_rows.check_row(document=document, item_type=item_type, data=data, day=clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    made = Proposal.objects.create(
        document=document, department=request.department, item_type=item_type, data=dict(data),
        proposed_by_id=actor.user_id, proposed_at=at,
    )  # fmt: skip
    if request.state != InputState.ANSWERED:
        request.state, request.answered_by_id = InputState.ANSWERED, actor.user_id
        request.answered_by_name, request.answered_at = actor.name, at
        bump(request, fields=("state", "answered_by", "answered_by_name", "answered_at"))
    after = {"proposal": made.uuid, "department": request.department.code}
    tell("proposal.made", document, actor=actor, at=at, after=after)
    return made


def _open_proposal(proposal: Proposal, expected_version: int | None) -> Proposal:
    found: Proposal = Proposal.objects.select_related("department").locked().get(pk=proposal.pk)
    check_version(found, expected_version)
    if found.state != ProposalState.PROPOSED:
        raise NotInThisState(_("Forslaget er alt avgjort."))
    return found


def _settle(proposal: Proposal, state: ProposalState, actor: Actor, at: datetime, **values: Any) -> Proposal:
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, actor.user_id, at
    for name, value in values.items():
        setattr(proposal, name, value)
    bump(proposal, fields=("state", "decided_by", "decided_at", *values))
    return proposal


WHO_DECIDES = gettext_lazy("Forslag avgjøres av den som skriver utkastet.")


@transaction.atomic
def accept_proposal(*, proposal: Proposal, actor: Actor, at: datetime, expected_version: int | None = None) -> Proposal:
    """Take the proposal into the draft as a row; the officer edits it there. Raises like ``draft_rows.save_row``."""
    document = lock_for_drafter(proposal.document, actor=actor, at=at, sentence=WHO_DECIDES)
    proposal = _open_proposal(proposal, expected_version)
    require_editable(document)
    item = draft_rows.save_row(document=document, item_type=proposal.item_type, data=proposal.data, actor=actor, at=at)
    proposal = _settle(proposal, ProposalState.ACCEPTED, actor, at, item=item.uuid)
    tell("proposal.accepted", document, actor=actor, at=at, after={"proposal": proposal.uuid, "item": item.uuid})
    return proposal


@transaction.atomic
def decline_proposal(
    *, proposal: Proposal, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> Proposal:
    """Say no, with the reason the department reads."""
    document = lock_for_drafter(proposal.document, actor=actor, at=at, sentence=WHO_DECIDES)
    proposal = _open_proposal(proposal, expected_version)
    if not reason.strip():
        sentence = _("Skriv hvorfor forslaget ikke tas inn. Avdelingen leser begrunnelsen.")
        raise RuleBroken(problems=[Problem("reason_missing", sentence, "reason")])
    proposal = _settle(proposal, ProposalState.DECLINED, actor, at, reason=reason.strip())
    tell("proposal.declined", document, actor=actor, at=at, reason=reason.strip(), after={"proposal": proposal.uuid})
    return proposal


@transaction.atomic
def withdraw_proposal(
    *, proposal: Proposal, actor: Actor, at: datetime, expected_version: int | None = None
) -> Proposal:
    """Take one's own department's proposal back before it is decided."""
    document = lock_document(proposal.document)
    if not permissions.may_withdraw_proposal(actor, proposal, clock.local_date(at)):
        raise NotAllowed(_("Forslaget trekkes av avdelingen som kom med det."))
    proposal = _open_proposal(proposal, expected_version)
    proposal = _settle(proposal, ProposalState.WITHDRAWN, actor, at)
    tell("proposal.withdrawn", document, actor=actor, at=at, after={"proposal": proposal.uuid})
    return proposal
