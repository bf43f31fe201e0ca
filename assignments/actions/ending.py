"""Lapse by the year rule, and withdrawal. Nothing ends silently (R-16, R-17, V-24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assignments import rights, states
from assignments.actions.base import lock_assignment, powers_at, refresh, require_version, require_words, tell
from assignments.models import Assignment
from assignments.permissions import require
from core.actor import Actor
from core.errors import NotInThisState, Problem, RuleBroken
from governance.models import SteeringDocument


@transaction.atomic
def lapse_assignments(
    *,
    document: SteeringDocument,
    reasons: Mapping[UUID, str],
    kept: Mapping[UUID, str],
    actor: Actor,
    at: datetime,
) -> list[Assignment]:
    """Let assignments lapse by the rule of a letter: ``reasons`` per assignment that lapses, ``kept`` per exception.

    Every assignment the rule covers must be in one of the two, each with its reason; all or none. Raises
    NotAllowed, NotInThisState, RuleBroken.
    """
    if document.lapse_through_year is None or not document.is_issued:
        raise NotInThisState(_("Brevet sier ikke at tidligere oppdrag utgår."))
    rows = list(covered_by(document))
    problems = _problems(rows, reasons, kept)
    for row in rows:
        require(rights.may_lapse(powers_at(actor, row, at), row), states.WHO_LAPSES)
    if problems:
        raise RuleBroken(problems=problems)
    lapsed = []
    for row in sorted(rows, key=lambda assignment: assignment.pk):
        assignment = lock_assignment(row)
        after = {"document": document.uuid, "document_title": document.title, "through": document.lapse_through_year}
        if row.uuid in kept:
            refresh(assignment)
            tell("assignment.kept", assignment, actor=actor, at=at, reason=kept[row.uuid].strip(), after=after)
            continue
        table = states.assignment_table(powers_at(actor, assignment, at))
        step = table.apply("lapse", obj=assignment, actor=actor, at=at)
        refresh(assignment)
        tell(step.event, assignment, actor=actor, at=at, reason=reasons[row.uuid].strip(), after=after)
        lapsed.append(assignment)
    return lapsed


def covered_by(document: SteeringDocument) -> Iterable[Assignment]:
    """The open assignments to the recipient from letters up to the year the document names."""
    rows = Assignment.objects.select_related("issuer", "responsible", "department", "owner", "joint")
    found: Iterable[Assignment] = rows.filter(
        responsible_id=document.recipient_id,
        issuer_id=document.issuer_id,
        letter_year__lte=document.lapse_through_year,
        status__in=states.OPEN,
    ).order_by("letter_year", "series", "number", "id")
    return found


def _problems(rows: Sequence[Assignment], reasons: Mapping[UUID, str], kept: Mapping[UUID, str]) -> list[Problem]:
    problems = []
    for row in rows:
        name = row.reference or _("oppdraget uten nummer")
        if row.uuid in kept and not kept[row.uuid].strip():
            sentence = _("Skriv hva som er avtalt når %(name)s skal fortsette.") % {"name": name}
            problems.append(Problem("kept_reason", sentence, f"kept_{row.uuid}"))
        elif row.uuid not in kept and not reasons.get(row.uuid, "").strip():
            sentence = _("Skriv hvorfor %(name)s utgår, eller la det fortsette.") % {"name": name}
            problems.append(Problem("lapse_reason", sentence, f"reason_{row.uuid}"))
    return problems


@transaction.atomic
def withdraw_assignment(
    *,
    assignment: Assignment,
    reason: str,
    actor: Actor,
    at: datetime,
    document: SteeringDocument | None = None,
    expected_version: int | None = None,
) -> Assignment:
    """Take an assignment back, with the written basis. Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken."""
    assignment = lock_assignment(assignment)
    require_version(assignment, expected_version)
    return end_by(
        "withdraw",
        assignment,
        powers=powers_at(actor, assignment, at),
        reason=reason,
        actor=actor,
        at=at,
        document=document,
    )


def end_by(
    step_name: str,
    assignment: Assignment,
    *,
    powers: rights.Powers,
    reason: str,
    actor: Actor,
    at: datetime,
    document: SteeringDocument | None,
) -> Assignment:
    """End a locked assignment by a person's act or by an issued document (``powers`` is then SYSTEM)."""
    step = states.assignment_table(powers).apply(step_name, obj=assignment, actor=actor, at=at)
    words = require_words(reason, "reason", _("Skriv det skriftlige grunnlaget."))
    refresh(assignment)
    after = {"document": document.uuid, "document_title": document.title} if document else {}
    tell(step.event, assignment, actor=actor, at=at, reason=words, after=after)
    return assignment
