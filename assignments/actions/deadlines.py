"""The current deadline changes by a decision; the letter's never does (decision A7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from assignments import rights
from assignments.actions import outward
from assignments.actions.base import lock_delivery, powers_at, refresh, require_open, require_version, tell
from assignments.models import DeadlineDecision, Delivery
from assignments.permissions import require
from assignments.states import OUTSTANDING
from core import clock
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from governance.models import SteeringDocument


@dataclass(frozen=True)
class NewDeadline:
    """What was decided. ``deadline`` None means that the deadline is left to dialogue again."""

    deadline: date | None
    reason: str
    basis: str
    decided_on: date
    deadline_time: time | None = None
    deadline_text: str = ""
    decided_by_name: str = ""


@transaction.atomic
def decide_deadline(
    *,
    delivery: Delivery,
    decision: NewDeadline,
    actor: Actor,
    at: datetime,
    document: SteeringDocument | None = None,
    expected_version: int | None = None,
) -> DeadlineDecision:
    """Set a new current deadline; it also ends «under avklaring».

    A deadline that cannot be departed from moves by an issued supplement only (V-38). Raises NotAllowed,
    StaleVersion, NotInThisState, RuleBroken with every problem.
    """
    delivery = lock_delivery(delivery)
    assignment = delivery.assignment
    sentence = _("Frister besluttes av etatsstyreren eller lederen i departementet. Be om ny frist i en merknad.")
    require(rights.may_decide_deadline(powers_at(actor, assignment, at), delivery), sentence)
    require_open(assignment)
    require_version(assignment, expected_version)
    if delivery.not_extendable:
        raise NotAllowed(_("Fristen kan ikke fravikes. Den kan bare endres i et supplerende tildelingsbrev."))
    _require_outstanding(delivery)
    problems = _problems(decision, delivery, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    return write_decision(delivery, decision, actor=actor, at=at, document=document)


def _require_outstanding(delivery: Delivery) -> None:
    if delivery.state not in OUTSTANDING:
        raise NotInThisState(_("Leveransen er besvart. Returner svaret først hvis det trengs mer tid."))


def _problems(decision: NewDeadline, delivery: Delivery, today: date) -> list[Problem]:
    problems = []
    if decision.deadline is None and not decision.deadline_text.strip():
        problems.append(Problem("deadline_missing", _("Velg den nye fristen."), "deadline"))
    if decision.deadline is not None and decision.deadline < delivery.assignment.given_on:
        sentence = _("Fristen kan ikke være før oppdraget ble gitt.")
        problems.append(Problem("deadline_before", sentence, "deadline"))
    same = (decision.deadline, decision.deadline_time) == (delivery.deadline, delivery.deadline_time)
    if decision.deadline is not None and same and not delivery.unclear:
        problems.append(Problem("deadline_same", _("Dette er allerede gjeldende frist."), "deadline"))
    if not decision.reason.strip():
        problems.append(Problem("reason_missing", _("Skriv hvorfor fristen endres."), "reason"))
    if not decision.basis.strip():
        sentence = _("Skriv det skriftlige grunnlaget, for eksempel brev og dokumentnummer.")
        problems.append(Problem("basis_missing", sentence, "basis"))
    if decision.decided_on > today:
        problems.append(Problem("decided_ahead", _("Datoen for vedtaket kan ikke være etter i dag."), "decided_on"))
    return problems


def write_decision(
    delivery: Delivery,
    decision: NewDeadline,
    *,
    actor: Actor,
    at: datetime,
    document: SteeringDocument | None = None,
) -> DeadlineDecision:
    """Write a decision on a locked delivery: by a person with the power, or by an issued document."""
    row = DeadlineDecision.objects.create(
        delivery=delivery,
        previous=delivery.deadline,
        deadline=decision.deadline,
        deadline_time=decision.deadline_time,
        deadline_text=decision.deadline_text.strip(),
        reason=decision.reason.strip(),
        basis=decision.basis.strip(),
        document=document,
        decided_by_id=actor.user_id,
        decided_by_name=decision.decided_by_name or actor.name,
        decided_on=decision.decided_on,
        at=at,
    )
    outward.send_decision(row, assignment=delivery.assignment, actor=actor, at=at)
    was_unclear = delivery.unclear
    delivery.deadline, delivery.deadline_time = decision.deadline, decision.deadline_time
    delivery.unclear = False
    delivery.deadline_version += 1
    delivery.version += 1
    delivery.save(update_fields=["deadline", "deadline_time", "unclear", "deadline_version", "version", "updated_at"])
    refresh(delivery.assignment)
    tell(
        "deadline.decided",
        delivery.assignment,
        actor=actor,
        at=at,
        reason=row.reason,
        before={"deadline": row.previous, "unclear": was_unclear},
        after={
            "delivery": delivery.ordinal,
            "delivery_uuid": delivery.uuid,
            "decision": row.uuid,
            "deadline": row.deadline,
            "basis": "" if delivery.assignment.restricted else row.basis,
            "decided_by": row.decided_by_name,
            "document": document.uuid if document else None,
        },
    )
    return row


@transaction.atomic
def clarify_deadline(
    *,
    delivery: Delivery,
    answer: str,
    deadline: date,
    basis: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> DeadlineDecision:
    """End «under avklaring» with an answer: the date that was meant, and where that is written.

    Raises as ``decide_deadline``, and NotInThisState when the deadline is not under clarification.
    """
    current = Delivery.objects.locked().get(pk=delivery.pk)
    if not current.unclear:
        raise NotInThisState(_("Fristen er ikke under avklaring."))
    decision = NewDeadline(deadline=deadline, reason=answer, basis=basis, decided_on=clock.local_date(at))
    return decide_deadline(delivery=delivery, decision=decision, actor=actor, at=at, expected_version=expected_version)
