"""The agency takes an assignment in and says who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Appointment, Organisation, Succession, SuccessionKind, User
from assignments import rights, states
from assignments.actions.base import lock_assignment, powers_at, refresh, require_open, require_version, tell
from assignments.models import Assignment
from assignments.permissions import require
from core import clock
from core.actor import Actor
from core.errors import Problem, RuleBroken
from core.models import Audience


@transaction.atomic
def receive_assignment(
    *, assignment: Assignment, actor: Actor, at: datetime, expected_version: int | None = None
) -> Assignment:
    """Confirm that the agency has got the assignment. Raises NotAllowed, StaleVersion, NotInThisState."""
    assignment = lock_assignment(assignment)
    table = states.assignment_table(powers_at(actor, assignment, at))
    step = table.apply("receive", obj=assignment, actor=actor, at=at, expected_version=expected_version)
    assignment.received_at = at
    refresh(assignment, fields=("received_at",))
    tell(step.event, assignment, actor=actor, at=at)
    return assignment


@transaction.atomic
def assign_owner(
    *,
    assignments: Sequence[Assignment],
    owner: User | None,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> list[Assignment]:
    """Say who in the agency answers for one or many assignments; None takes the owner away.

    All or none: one assignment that may not be changed stops the whole act. A new owner also means that the
    assignment is received. Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    changed = []
    for given in sorted(assignments, key=lambda row: row.pk):
        assignment = lock_assignment(given)
        sentence = _("Ansvarlig settes av virksomhetsstyringen i %(agency)s.") % {"agency": assignment.responsible.name}
        require(rights.may_assign_owner(powers_at(actor, assignment, at), assignment), sentence)
        require_version(assignment, expected_version)
        require_open(assignment)
        _check_owner(owner, assignment, at)
        before = assignment.owner_id
        assignment.owner = owner
        if assignment.received_at is None:
            assignment.received_at = at
            tell("assignment.received", assignment, actor=actor, at=at)
        refresh(assignment, fields=("owner", "received_at"))
        names = {"owner": str(owner) if owner else "", "had_owner": before is not None}
        tell("assignment.owner_set", assignment, actor=actor, at=at, after=names, audience=Audience.INTERNAL)
        changed.append(assignment)
    return changed


def _check_owner(owner: User | None, assignment: Assignment, at: datetime) -> None:
    if owner is None:
        return
    roles = Appointment.objects.valid_on(clock.local_date(at))
    if not roles.filter(user=owner, organisation_id=assignment.responsible_id).exists():
        sentence = _("%(name)s har ingen rolle i %(agency)s nå. Velg en annen, eller be om at rollen gis.") % {
            "name": owner,
            "agency": assignment.responsible.name,
        }
        raise RuleBroken(problems=[Problem("owner_outside", sentence, "owner")])


def successor_of(organisation: Organisation, day: object) -> Organisation:
    """The body that answers for it on the day: renamed or merged bodies are followed, a split is for a person."""
    seen = {organisation.pk}
    while True:
        step = (
            Succession.objects.filter(predecessor=organisation, date__lte=day)
            .exclude(kind=SuccessionKind.SPLIT)
            .select_related("successor")
            .order_by("-date", "-id")
            .first()
        )
        if step is None or step.successor_id in seen:
            return organisation
        organisation = step.successor
        seen.add(organisation.pk)


@transaction.atomic
def follow_succession(*, organisation: Organisation, actor: Actor, at: datetime) -> int:
    """Move the open assignments of a body that has been followed by another; ``given_to`` stays (decision A11).

    Only the system does this, when a succession is registered or its day has come. Returns how many.
    """
    require(bool(actor.system), _("Oppdrag følger etterfølgeren av seg selv."))
    successor = successor_of(organisation, clock.local_date(at))
    if successor.pk == organisation.pk:
        return 0
    rows = Assignment.objects.filter(responsible=organisation, status__in=states.OPEN).order_by("pk")
    for row in rows:
        assignment = lock_assignment(row)
        assignment.responsible, assignment.owner = successor, None
        refresh(assignment, fields=("responsible", "owner"))
        tell(
            "assignment.taken_over",
            assignment,
            actor=actor,
            at=at,
            before={"responsible": organisation.name},
            after={"responsible": successor.name},
        )
    return len(rows)
