"""The agency asks for another deadline; it changes nothing until the ministry decides (decision C4)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assignments import rights, states
from assignments.actions.base import lock_delivery, powers_at, refresh, require_open, require_words, tell
from assignments.models import DeadlineRequest, Delivery
from assignments.permissions import require
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken


@transaction.atomic
def ask_for_deadline(
    *, delivery: Delivery, wanted: date | None, reason: str, actor: Actor, at: datetime
) -> DeadlineRequest:
    """Ask, with a reason both sides see. Raises NotAllowed, NotInThisState, RuleBroken with every problem."""
    delivery = lock_delivery(delivery)
    assignment = delivery.assignment
    require(rights.may_answer(powers_at(actor, assignment, at), delivery), states.WHO_ANSWERS)
    require_open(assignment)
    if delivery.state not in states.OUTSTANDING:
        raise NotInThisState(_("Leveransen er allerede besvart."))
    if delivery.not_extendable:
        raise NotAllowed(_("Fristen kan ikke fravikes. Den kan bare endres i et supplerende tildelingsbrev."))
    problems = []
    if wanted is None:
        problems.append(Problem("wanted", _("Velg datoen dere ønsker."), "wanted"))
    elif wanted == delivery.deadline:
        problems.append(Problem("wanted_same", _("Dette er allerede gjeldende frist."), "wanted"))
    if not reason.strip():
        problems.append(Problem("reason", _("Skriv hvorfor dere trenger en annen frist."), "reason"))
    if problems or wanted is None:
        raise RuleBroken(problems=problems)
    try:
        with transaction.atomic():
            row = DeadlineRequest.objects.create(
                delivery=delivery,
                wanted=wanted,
                reason=reason.strip(),
                asked_by_id=actor.user_id,
                asked_by_name=actor.name,
                asked_at=at,
                deadline_version=delivery.deadline_version,
            )
    except IntegrityError as error:
        raise NotInThisState(_("Det er allerede bedt om ny frist for denne leveransen.")) from error
    refresh(assignment)
    after = {"delivery": delivery.ordinal, "wanted": wanted, "request": row.uuid}
    tell("deadline.wanted", assignment, actor=actor, at=at, reason=row.reason, after=after)
    return row


@transaction.atomic
def decline_deadline(*, request: DeadlineRequest, reason: str, actor: Actor, at: datetime) -> DeadlineRequest:
    """Say no, with a reason both sides see. Raises NotAllowed, NotInThisState, RuleBroken."""
    delivery = lock_delivery(Delivery.objects.only("pk", "assignment_id").get(pk=request.delivery_id))
    assignment = delivery.assignment
    sentence = _("Frister besluttes av etatsstyreren eller lederen i departementet.")
    require(rights.may_decide_deadline(powers_at(actor, assignment, at), delivery), sentence)
    row: DeadlineRequest = DeadlineRequest.objects.locked().get(pk=request.pk)
    if row.declined_at is not None or row.deadline_version != delivery.deadline_version:
        raise NotInThisState(_("Ønsket er allerede behandlet."))
    row.declined_reason = require_words(reason, "reason", _("Skriv hvorfor det ikke gis ny frist."))
    row.declined_at = at
    row.save(update_fields=["declined_at", "declined_reason"])
    refresh(assignment)
    after = {"delivery": delivery.ordinal, "request": row.uuid}
    tell("deadline.request_declined", assignment, actor=actor, at=at, reason=row.declined_reason, after=after)
    return row
