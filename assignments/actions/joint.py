"""Joint assignments: one shared text, a part for each body that is named (decision A5, R-19d, V-25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Organisation, OrganisationName
from agencies.querysets import valid_on
from assignments import rights
from assignments.actions import findings
from assignments.actions.base import (
    lock_assignment,
    powers_at,
    refresh,
    require_open,
    require_version,
    tell,
)
from assignments.models import Assignment, JointAssignment, JointPart
from assignments.permissions import require
from assignments.references import plain_text, plain_title
from core import clock
from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.models import AssignmentItem

WHO_NAMES_PARTS = gettext_lazy("Deltakere i et felles oppdrag registreres av etatsstyreren i departementet.")


def find_organisation(name: str, day: date) -> Organisation | None:
    """A body by the name or short form it had on the day; None for a party outside the system."""
    wanted = name.strip()
    dated = OrganisationName.objects.filter(valid_on(day), name__iexact=wanted).values("organisation_id")
    found = Organisation.objects.filter(
        Q(pk__in=dated) | Q(short_name__iexact=wanted) | Q(name__iexact=wanted)
    ).order_by("pk")
    return found.first()


def connect(assignment: Assignment, item: AssignmentItem, *, actor: Actor, at: datetime) -> None:
    """Tie a new assignment to the joint one it belongs to: one that waits for this body, or a new one."""
    part = _waiting_part(assignment)
    if part is not None:
        _join(assignment, part, actor, at)
    elif _others(assignment, item.recipients):
        names = list(item.recipients)
        _found(assignment, names, lead="", actor=actor, at=at)


def _others(assignment: Assignment, names: Sequence[str]) -> list[str]:
    return [name for name in names if _organisation(assignment, name) != assignment.given_to]


def _organisation(assignment: Assignment, name: str) -> Organisation | None:
    return find_organisation(name, assignment.given_on)


def _waiting_part(assignment: Assignment) -> JointPart | None:
    """A part of this body without a letter of its own, in a joint assignment of the same issuer and title."""
    rows = (
        JointPart.objects.select_related("joint", "joint__document")
        .filter(
            organisation_id__in=(assignment.given_to_id, assignment.responsible_id),
            assignment__isnull=True,
            joint__document__issuer_id=assignment.issuer_id,
        )
        .order_by("-pk")
    )
    title, text = plain_title(assignment.title), plain_text(assignment.body)
    return next(
        (row for row in rows if plain_title(row.joint.title) == title or (text and plain_text(row.joint.text) == text)),
        None,
    )


def _join(assignment: Assignment, part: JointPart, actor: Actor, at: datetime) -> None:
    joint = part.joint
    others = list(Assignment.objects.filter(joint=joint).prefetch_related("deliveries"))
    part.assignment = assignment
    part.save(update_fields=["assignment"])
    assignment.joint = joint
    refresh(assignment, fields=("joint",))
    tell("joint.joined", assignment, actor=actor, at=at, after={"joint": joint.uuid})
    if plain_text(joint.text) != plain_text(assignment.body):
        sentence = _("Teksten i det felles oppdraget er ikke den samme i brevene til virksomhetene.")
        findings.joint_differs(assignment, sentence)
    own = {row.letter_deadline for row in assignment.deliveries.all()}
    if any({row.letter_deadline for row in other.deliveries.all()} != own for other in others):
        sentence = _("Fristen i det felles oppdraget er ikke den samme i brevene til virksomhetene.")
        findings.joint_differs(assignment, sentence)


def _found(assignment: Assignment, names: Sequence[str], *, lead: str, actor: Actor, at: datetime) -> JointAssignment:
    joint = JointAssignment.objects.create(
        title=assignment.title, text=assignment.body, document_id=assignment.document_id
    )
    assignment.joint = joint
    listed = [name for name in names if _organisation(assignment, name) == assignment.given_to]
    own = listed[0] if listed else assignment.given_to.short
    JointPart.objects.create(
        joint=joint,
        organisation=assignment.given_to,
        name=own,
        role=_role(assignment, own, lead),
        assignment=assignment,
    )
    _add_parts(assignment, joint, names, lead)
    refresh(assignment, fields=("joint",))
    after = {"joint": joint.uuid, "parts": _others(assignment, names), "lead": lead.strip()}
    tell("joint.parts_named", assignment, actor=actor, at=at, after=after)
    return joint


def _role(assignment: Assignment, name: str, lead: str) -> str:
    same = bool(lead) and (_organisation(assignment, lead) or lead) == (_organisation(assignment, name) or name)
    return JointPart.Role.LEAD if same else JointPart.Role.PART


def _add_parts(assignment: Assignment, joint: JointAssignment, names: Sequence[str], lead: str) -> list[str]:
    """A part for each named body that has none; outsiders are only a name."""
    known = list(JointPart.objects.filter(joint=joint))
    taken = {row.organisation_id for row in known if row.organisation_id} | {assignment.given_to_id}
    words = {row.name.casefold() for row in known}
    added = []
    for name in names:
        organisation = _organisation(assignment, name)
        if (organisation and organisation.pk in taken) or name.strip().casefold() in words:
            continue
        JointPart.objects.create(
            joint=joint, organisation=organisation, name=name.strip(), role=_role(assignment, name, lead)
        )
        taken.add(organisation.pk if organisation else 0)
        added.append(name.strip())
    return added


@transaction.atomic
def name_parts(
    *,
    assignment: Assignment,
    names: Sequence[str],
    lead: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> JointAssignment:
    """Name who takes part in an assignment and who leads it; those already named stay.

    Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    assignment = lock_assignment(assignment)
    require(rights.may_edit_parts(powers_at(actor, assignment, at), assignment), WHO_NAMES_PARTS)
    require_version(assignment, expected_version)
    require_open(assignment)
    wanted = [name.strip() for name in names if name.strip()]
    if not wanted and not lead.strip():
        raise RuleBroken(problems=[Problem("names", _("Skriv hvem som deltar, ett navn per linje."), "names")])
    if assignment.joint_id is None:
        return _found(assignment, wanted, lead=lead, actor=actor, at=at)
    joint = JointAssignment.objects.locked().get(pk=assignment.joint_id)
    added = _add_parts(assignment, joint, wanted, lead)
    if lead.strip():
        leader = find_organisation(lead, clock.local_date(at))
        for part in JointPart.objects.filter(joint=joint):
            same = part.organisation_id == leader.pk if leader else part.name.casefold() == lead.strip().casefold()
            part.role = JointPart.Role.LEAD if same else JointPart.Role.PART
            part.save(update_fields=["role"])
    refresh(assignment)
    tell(
        "joint.parts_named",
        assignment,
        actor=actor,
        at=at,
        after={"joint": joint.uuid, "parts": added, "lead": lead.strip()},
    )
    return joint
