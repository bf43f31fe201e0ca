"""From a signed-in person to an actor, and the questions actions ask of an actor."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from agencies.models import Appointment, Department, Organisation, StandIn, User
from agencies.querysets import organisations_with, valid_on
from agencies.rights import DepartmentRight, Right
from core.actor import Actor
from core.errors import NotAllowed, Text


def appointments_of(user: User, day: date) -> list[Appointment]:
    """The roles a person may act in today: own ones first, then those one stands in for."""
    represented = StandIn.objects.filter(valid_on(day), user=user, represented_id=OuterRef("pk"))
    return list(
        Appointment.objects.valid_on(day).filter(Q(user=user) | Exists(represented)).for_choice().order_by("id")
    )


def actor_for(user: User, appointment: Appointment | None = None) -> Actor:
    """The actor for a person in one role. In another's role one acts on behalf of that person."""
    if appointment is None:
        return Actor(user=user, name=str(user))
    stands_in = appointment.user_id != user.pk
    return Actor(
        user=user,
        name=str(user),
        appointment=None if stands_in else appointment.uuid,
        organisation=appointment.organisation.uuid,
        on_behalf_of=appointment.uuid if stands_in else None,
    )


def may(actor: Actor, right: Right, organisation: Organisation | int, day: date) -> bool:
    """Whether the actor has a right on an organisation today. One query; never call it in a loop or template."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    return organisations_with(actor, right, day).filter(content_object_id=pk).exists()


def may_anywhere(actor: Actor, right: Right, day: date) -> bool:
    """Whether the actor has a right on any organisation today."""
    return organisations_with(actor, right, day).exists()


def may_for_department(actor: Actor, right: DepartmentRight, department: Department | int | None, day: date) -> bool:
    """Whether the actor has a right on a department today."""
    from agencies.querysets import departments_with

    if department is None:
        return False
    pk = department if isinstance(department, int) else department.pk
    return Department.objects.filter(pk=pk, pk__in=departments_with(actor, right, day)).exists()


def require(actor: Actor, right: Right, organisation: Organisation | int, day: date, sentence: Text = "") -> None:
    """Raise NotAllowed with a sentence unless the actor has the right."""
    if not may(actor, right, organisation, day):
        raise NotAllowed(sentence or _("Rollen din gir ikke rett til dette. Be den som har rollen om å gjøre det."))


def rights_on(actor: Actor, organisation: Organisation, day: date) -> frozenset[str]:
    """All rights the actor has on one organisation: fetched once by a view and passed down."""
    from agencies.models import OrganisationGroupPermission

    if not actor.is_person:
        return frozenset()
    appointments = Appointment.objects.filter(valid_on(day), group_id=OuterRef("group_id"))
    if actor.on_behalf_of is not None:
        stand_ins = StandIn.objects.filter(valid_on(day), user_id=actor.user_id, represented__uuid=actor.on_behalf_of)
        appointments = appointments.filter(uuid=actor.on_behalf_of).filter(Exists(stand_ins))
    else:
        appointments = appointments.filter(user_id=actor.user_id)
        if actor.appointment is not None:
            appointments = appointments.filter(uuid=actor.appointment)
    rows: Any = OrganisationGroupPermission._default_manager.filter(
        Exists(appointments), content_object_id=organisation.pk
    )
    return frozenset(rows.values_list("permission__codename", flat=True))


def held_somewhere(actor: Actor, day: date) -> frozenset[str]:
    """Names of the rights the actor has on at least one organisation: one query, for menus and page checks."""
    from agencies.querysets import organisation_rows

    if not actor.is_person:
        return frozenset()
    rows = organisation_rows(actor, day)
    return frozenset(rows.order_by().values_list("permission__codename", flat=True).distinct())


def department_rights(actor: Actor, day: date) -> frozenset[tuple[str, int]]:
    """All department rights the actor has, as pairs of right and department key: one query, for a whole page."""
    from agencies.querysets import department_rows

    if not actor.is_person:
        return frozenset()
    return frozenset(department_rows(actor, day).values_list("permission__codename", "content_object_id"))


def holders(right: Right, organisation: Organisation, *, inside: Organisation, day: date) -> list[Appointment]:
    """The roles inside one body that give a right on an organisation today: who to tell that something waits."""
    from agencies.models import OrganisationGroupPermission

    rows: Any = OrganisationGroupPermission._default_manager.filter(
        content_object_id=organisation.pk, permission__codename=right.value
    )
    held = Appointment.objects.valid_on(day).filter(organisation=inside, group_id__in=rows.values("group_id"))
    return list(held.filter(user__is_active=True).for_choice().order_by("id"))


def counted_as(actor: Actor, day: date) -> frozenset[int]:
    """The keys of everyone who counts as one person with the actor: oneself, stand-ins and those represented (B1)."""
    if actor.user_id is None:
        return frozenset()
    pairs = StandIn.objects.filter(valid_on(day)).filter(
        Q(user_id=actor.user_id) | Q(represented__user_id=actor.user_id)
    )
    found = {actor.user_id}
    for stand_in, represented in pairs.values_list("user_id", "represented__user_id"):
        found |= {stand_in, represented}
    return frozenset(found)


def same_person(actor: Actor, user_id: int | None, day: date) -> bool:
    """Two-person rule: a stand-in and the represented count as one person (decision B1)."""
    if user_id is None or actor.user_id is None:
        return False
    return actor.user_id == user_id or user_id in counted_as(actor, day)
