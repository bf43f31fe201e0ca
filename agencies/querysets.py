"""Querysets of organisations and appointments; ``rights_rows`` is the one permission subquery."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.rights import DepartmentRight, Right, RoleCode
from core.actor import Actor
from core.querysets import BaseQuerySet


def valid_on(day: date, prefix: str = "") -> Q:
    """The dated row holds on this day (both ends included)."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


def _rows(model: str, actor: Actor, right: str, day: date) -> QuerySet[Any]:
    """Guardian's rows of the actor's valid appointments for one right: a single subquery."""
    return _all_rows(model, actor, day).filter(permission__codename=right)


def _all_rows(model: str, actor: Actor, day: date) -> QuerySet[Any]:
    rows = apps.get_model("agencies", model)._default_manager.all()
    appointments = apps.get_model("agencies", "Appointment")._default_manager.filter(
        valid_on(day), group_id=OuterRef("group_id")
    )
    if actor.on_behalf_of is not None:
        stand_ins = apps.get_model("agencies", "StandIn")._default_manager.filter(
            valid_on(day), user_id=actor.user_id, represented__uuid=actor.on_behalf_of
        )
        appointments = appointments.filter(uuid=actor.on_behalf_of).filter(Exists(stand_ins))
    else:
        appointments = appointments.filter(user_id=actor.user_id)
        if actor.appointment is not None:
            appointments = appointments.filter(uuid=actor.appointment)
    found: QuerySet[Any] = rows.filter(Exists(appointments)) if actor.is_person else rows.none()
    return found


def organisations_with(actor: Actor, right: Right, day: date) -> QuerySet[Any]:
    """Primary keys of the organisations on which the actor has the right today, for ``__in``."""
    return _rows("OrganisationGroupPermission", actor, right.value, day).values("content_object_id")


def departments_with(actor: Actor, right: DepartmentRight, day: date) -> QuerySet[Any]:
    """Primary keys of the departments on which the actor has the right today, for ``__in``."""
    return _rows("DepartmentGroupPermission", actor, right.value, day).values("content_object_id")


def organisation_rows(actor: Actor, day: date) -> QuerySet[Any]:
    """Guardian's rows for every right on organisations of the actor's valid appointments."""
    return _all_rows("OrganisationGroupPermission", actor, day)


def department_rows(actor: Actor, day: date) -> QuerySet[Any]:
    """Guardian's rows for every department right of the actor's valid appointments."""
    return _all_rows("DepartmentGroupPermission", actor, day)


def reads_copies(actor: Actor, day: date) -> Exists:
    """Whether the actor has a role that reads what the organisation is sent.

    Administrators and system clients see no content by that role (decision B3).
    """
    appointments = apps.get_model("agencies", "Appointment")._default_manager.filter(
        valid_on(day), organisation__uuid=actor.organisation
    )
    if actor.on_behalf_of is not None:
        stand_ins = apps.get_model("agencies", "StandIn")._default_manager.filter(
            valid_on(day), user_id=actor.user_id, represented_id=OuterRef("pk")
        )
        appointments = appointments.filter(uuid=actor.on_behalf_of).filter(Exists(stand_ins))
    else:
        appointments = appointments.filter(user_id=actor.user_id)
        if actor.appointment is not None:
            appointments = appointments.filter(uuid=actor.appointment)
    return Exists(appointments.exclude(role__code__in=(RoleCode.ORGANISATION_ADMIN, RoleCode.SYSTEM_CLIENT)))


class OrganisationQuerySet(BaseQuerySet[Any]):
    """Organisations."""

    def with_right(self, actor: Actor, right: Right, day: date) -> Self:
        """Those on which the actor has this right."""
        return self.filter(pk__in=organisations_with(actor, right, day))

    def visible_to(self, actor: Actor, day: date) -> Self:
        """Agencies whose governance the actor has any part in, and the organisation the actor sits in."""
        rights: Iterable[Right] = (Right.SEE_DOCUMENTS, Right.SEE_ASSIGNMENTS, Right.MANAGE_APPOINTMENTS)
        seen = Q(uuid=actor.organisation) if actor.organisation else Q(pk__in=())
        for right in rights:
            seen |= Q(pk__in=organisations_with(actor, right, day))
        return self.filter(seen)

    def steered_by(self, superior: Any, day: date) -> Self:
        """Those in whose line of command this organisation stands on the day."""
        relation = apps.get_model("agencies", "SteeringRelation")
        return self.filter(
            Exists(
                relation._default_manager.filter(
                    valid_on(day), agency_id=OuterRef("pk"), superior=superior, role="steering"
                )
            )
        )

    def active_on(self, day: date) -> Self:
        """Those that exist on the day."""
        return self.filter(
            Q(active_from__isnull=True) | Q(active_from__lte=day),
            Q(active_to__isnull=True) | Q(active_to__gte=day),
        )


class DepartmentQuerySet(BaseQuerySet[Any]):
    """Departments."""

    def valid_on(self, day: date) -> Self:
        """Those that exist on the day."""
        return self.filter(valid_on(day))


class AppointmentQuerySet(BaseQuerySet[Any]):
    """Appointments."""

    def valid_on(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(valid_on(day))

    def for_choice(self) -> Self:
        """With the words that the role chooser and the top bar show."""
        return self.select_related("role", "organisation", "department", "target", "user", "group")
