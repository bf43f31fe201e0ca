"""What the pages about organisations, roles and people show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import ApiToken, Appointment, Organisation, StandIn, SteeringRelation
from agencies.querysets import valid_on
from agencies.rights import Right
from core.actor import Actor
from core.visuals.parts import Action, PageHead


@dataclass(frozen=True)
class RoleChoice:
    """A role one may act in."""

    appointment: Appointment
    words: str
    where: str
    current: bool
    stands_in: bool


def role_choices(appointments: Sequence[Appointment], current: Appointment | None, user_id: int) -> list[RoleChoice]:
    """The roles of a person, with what each is about."""
    return [
        RoleChoice(
            appointment=row,
            words=row.title or row.role.name_nb,
            where=", ".join(
                part
                for part in (
                    row.organisation.name,
                    row.department.code if row.department else "",
                    _("gjelder %(name)s") % {"name": row.target.short} if row.target else "",
                )
                if part
            ),
            current=current is not None and row.pk == current.pk,
            stands_in=row.user_id != user_id,
        )
        for row in appointments
    ]


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation: who steers it, whom it steers, who has which role."""

    head: PageHead
    organisation: Organisation
    superiors: Sequence[SteeringRelation]
    agencies: Sequence[SteeringRelation]
    appointments: Sequence[Appointment]
    ended: Sequence[Appointment]
    stand_ins: Sequence[StandIn]
    tokens: Sequence[ApiToken]
    manages: bool


def organisation_page(*, organisation: Organisation, actor: Actor, day: date) -> OrganisationPage:
    """Names and steering are open to all who see the organisation; roles to its own people."""
    manages = Organisation.objects.with_right(actor, Right.MANAGE_APPOINTMENTS, day).filter(pk=organisation.pk).exists()
    own = actor.organisation == organisation.uuid
    appointments = Appointment.objects.for_choice().filter(organisation=organisation) if own or manages else []
    relations = SteeringRelation.objects.filter(valid_on(day)).select_related("superior", "agency")
    actions = [Action(_("Tildel rolle"), reverse("agencies:appoint", args=[organisation.uuid]))] if manages else []
    lead = _("Org.nr. %(number)s") % {"number": organisation.number} if organisation.number else ""
    current = [row for row in appointments if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)]
    ids = {row.pk for row in current}
    stand_ins = StandIn.objects.filter(represented__organisation=organisation, valid_to__gte=day)
    tokens = ApiToken.objects.filter(user__appointments__organisation=organisation).select_related("user").distinct()
    return OrganisationPage(
        head=PageHead(title=organisation.name, lead=lead, actions=actions),
        organisation=organisation,
        superiors=list(relations.filter(agency=organisation)),
        agencies=list(relations.filter(superior=organisation)),
        appointments=current,
        ended=[row for row in appointments if row.pk not in ids],
        stand_ins=list(stand_ins.select_related("user", "represented__user")) if own or manages else [],
        tokens=list(tokens) if manages else [],
        manages=manages,
    )
