"""Appointing people: the action that writes guardian's rows (decision B1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Appointment, Department, Organisation, Role, StandIn, User
from agencies.rights import DEPARTMENT_RIGHTS, RIGHTS, SCOPES, Right, RoleCode, Scope
from core import clock, events
from core.actor import Actor
from core.errors import Problem, RuleBroken
from core.permissions import grant


def _check_manager(actor: Actor, organisation: Organisation, at: datetime) -> None:
    if not actor.system:
        access.require(
            actor,
            Right.MANAGE_APPOINTMENTS,
            organisation,
            clock.local_date(at),
            _("Bare administrator for organisasjonen kan tildele roller."),
        )


def _targets(role: RoleCode, organisation: Organisation, target: Organisation | None, day: date) -> list[Organisation]:
    match SCOPES[role]:
        case Scope.OWN:
            return [organisation]
        case Scope.NONE:
            return []
        case Scope.DEPARTMENT | Scope.STEERED:
            if target is not None:
                return [target]
            steered: QuerySet[Organisation] = Organisation.objects.steered_by(organisation, day)
            return list(steered)
    return []


def _group(
    role: RoleCode, organisation: Organisation, department: Department | None, target: Organisation | None
) -> Group:
    parts = [role.value, organisation.uuid.hex, department.uuid.hex if department else "-"]
    parts.append(target.uuid.hex if target else "-")
    return Group.objects.get_or_create(name=":".join(parts))[0]


def sync_rights(appointment: Appointment, day: date) -> None:
    """Write guardian's rows for the appointment's group: safe to run again, for example when steering changes."""
    role = RoleCode(appointment.role.code)
    targets = _targets(role, appointment.organisation, appointment.target, day)
    grant(appointment.group, [right.value for right in RIGHTS[role]], targets)
    if appointment.department is not None:
        rights = [right.value for right in DEPARTMENT_RIGHTS.get(role, frozenset())]
        grant(appointment.group, rights, [appointment.department])


@transaction.atomic
def appoint(
    *,
    user: User,
    role: RoleCode,
    organisation: Organisation,
    actor: Actor,
    at: datetime,
    valid_from: date,
    valid_to: date | None = None,
    department: Department | None = None,
    target: Organisation | None = None,
    title: str = "",
    basis: str = "",
) -> Appointment:
    """Give a person a role for a time. Raises NotAllowed, RuleBroken."""
    _check_manager(actor, organisation, at)
    problems = []
    if SCOPES[role] is Scope.DEPARTMENT and department is None:
        problems.append(Problem("department_missing", _("Velg avdelingen rollen gjelder."), "department"))
    if department is not None and department.organisation_id != organisation.pk:
        problems.append(Problem("department_elsewhere", _("Avdelingen hører ikke til organisasjonen."), "department"))
    if valid_to is not None and valid_to < valid_from:
        problems.append(Problem("dates", _("Sluttdatoen er før startdatoen."), "valid_to"))
    if problems:
        raise RuleBroken(problems=problems)
    appointment = Appointment.objects.create(
        user=user,
        role=Role.objects.get(code=role.value),
        organisation=organisation,
        department=department,
        target=target,
        group=_group(role, organisation, department, target),
        valid_from=valid_from,
        valid_to=valid_to,
        title=title,
        basis=basis,
    )
    sync_rights(appointment, clock.local_date(at))
    events.record(
        event="appointment.made",
        subject=appointment,
        actor=actor,
        at=at,
        organisation=organisation.uuid,
        after={"user": user.uuid, "role": role.value, "from": valid_from, "to": valid_to},
    )
    return appointment


@transaction.atomic
def appoint_by_email(
    *, email: str, full_name: str, organisation: Organisation, role: RoleCode, actor: Actor, at: datetime, **rest: Any
) -> Appointment:
    """Appoint a person known by e-mail; one who is new gets a user without password.

    Signing in is the organisation's own affair (OIDC); the user is found again by the e-mail.
    """
    _check_manager(actor, organisation, at)
    address = email.strip().lower()
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        user = User(username=address, email=address, full_name=full_name.strip())
        user.set_unusable_password()
        user.save()
    return appoint(user=user, role=role, organisation=organisation, actor=actor, at=at, **rest)


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, last_day: date, reason: str, actor: Actor, at: datetime
) -> Appointment:
    """End a role. Guardian's rows stay and give nothing from the next day. Raises NotAllowed, RuleBroken."""
    appointment = Appointment.objects.for_choice().locked().get(pk=appointment.pk)
    _check_manager(actor, appointment.organisation, at)
    if last_day < appointment.valid_from:
        raise RuleBroken(problems=[Problem("dates", _("Rollen kan ikke slutte før den begynte."), "valid_to")])
    if not reason.strip():
        raise RuleBroken(problems=[Problem("reason_missing", _("Skriv hvorfor rollen avsluttes."), "reason")])
    before = {"to": appointment.valid_to}
    appointment.valid_to, appointment.ended_reason = last_day, reason
    appointment.save(update_fields=["valid_to", "ended_reason"])
    events.record(
        event="appointment.ended",
        subject=appointment,
        actor=actor,
        at=at,
        organisation=appointment.organisation.uuid,
        reason=reason,
        before=before,
        after={"to": last_day},
    )
    return appointment


@transaction.atomic
def add_stand_in(
    *,
    represented: Appointment,
    user: User,
    valid_from: date,
    valid_to: date,
    basis: str,
    actor: Actor,
    at: datetime,
) -> StandIn:
    """Let a person act for another for a time. Raises NotAllowed, RuleBroken."""
    represented = Appointment.objects.for_choice().get(pk=represented.pk)
    _check_manager(actor, represented.organisation, at)
    if represented.user_id == user.pk:
        raise RuleBroken(
            problems=[Problem("same_person", _("En person kan ikke være sin egen stedfortreder."), "user")]
        )
    stand_in = StandIn.objects.create(
        represented=represented, user=user, valid_from=valid_from, valid_to=valid_to, basis=basis
    )
    events.record(
        event="stand_in.made",
        subject=stand_in,
        actor=actor,
        at=at,
        organisation=represented.organisation.uuid,
        after={"user": user.uuid, "represented": represented.uuid, "from": valid_from, "to": valid_to},
    )
    return stand_in


@transaction.atomic
def resync_rights(*, day: date) -> int:
    """Write guardian's rows anew for every appointment that holds: after an upgrade has changed the rights table.

    Rights are only added; a right taken out of the table gives nothing, since no code asks for it. Gives how many.
    """
    rows = list(Appointment.objects.valid_on(day).for_choice())
    for appointment in rows:
        sync_rights(appointment, day)
    return len(rows)
