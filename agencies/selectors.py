"""What the pages about organisations, roles and people show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import ApiToken, Appointment, Organisation, StandIn, SteeringRelation
from agencies.querysets import valid_on
from agencies.rights import Right, RoleCode
from core.actor import Actor
from core.formatting import full_date
from core.visuals.parts import Action, PageHead, Tag


@dataclass(frozen=True)
class RoleChoice:
    """A role one may act in (or could once): its words, what it covers and for how long."""

    appointment: Appointment
    title: str
    details: str
    current: bool = False
    tag: Tag | None = None


def role_choices(
    appointments: Sequence[Appointment], current: Appointment | None, user_id: int, day: date
) -> list[RoleChoice]:
    """The roles of a person, with what each is about. Two queries, whatever the number of roles."""
    organisations = {row.organisation_id for row in appointments}
    counts: Counter[int] = Counter(
        SteeringRelation.objects.filter(valid_on(day), superior_id__in=organisations).values_list(
            "superior_id", flat=True
        )
    )
    represented = [row.pk for row in appointments if row.user_id != user_id]
    until = dict(
        StandIn.objects.filter(valid_on(day), user_id=user_id, represented_id__in=represented).values_list(
            "represented_id", "valid_to"
        )
    )
    return [
        _stand_in_choice(row, current, until.get(row.pk))
        if row.user_id != user_id
        else _own_choice(row, current, counts[row.organisation_id])
        for row in appointments
    ]


def _role_words(row: Appointment) -> str:
    return row.title or row.role.name_nb


def _own_choice(row: Appointment, current: Appointment | None, steered: int) -> RoleChoice:
    place = row.department.name if row.department else row.organisation.name
    since = _("Fra %(day)s.") % {"day": full_date(row.valid_from)}
    about = f"{row.target.name}. " if row.target else ""
    tag = None
    if steered > 1 and not row.target:
        tag = Tag(_("%(count)s virksomheter") % {"count": steered}, "buildings")
    elif row.valid_to:
        tag = Tag(_("til %(day)s") % {"day": full_date(row.valid_to)}, "clock")
    is_current = current is not None and row.pk == current.pk
    return RoleChoice(row, f"{_role_words(row)}, {place}", f"{about}{since}", is_current, tag)


def _stand_in_choice(row: Appointment, current: Appointment | None, until: date | None) -> RoleChoice:
    part = row.department.code if row.department else row.organisation.short
    words = {"name": row.user, "role": _role_words(row)[:1].lower() + _role_words(row)[1:], "part": part}
    tag = Tag(_("til %(day)s") % {"day": full_date(until)}, "clock") if until else None
    return RoleChoice(
        row,
        _("Stedfortreder for %(name)s, %(role)s %(part)s") % words,
        _("Du handler på vegne av %(name)s. Det står i hendelsene at du gjorde det.") % words,
        current is not None and row.pk == current.pk,
        tag,
    )


def ended_roles(user_id: int, day: date) -> list[RoleChoice]:
    """Roles that are over, the latest first, with who can give a new one."""
    rows = list(Appointment.objects.for_choice().filter(user_id=user_id, valid_to__lt=day).order_by("-valid_to")[:5])
    admins = Appointment.objects.valid_on(day).filter(
        role__code=RoleCode.ORGANISATION_ADMIN, organisation__in=[row.organisation_id for row in rows]
    )
    names: dict[int, str] = {row.organisation_id: str(row.user) for row in admins.select_related("user")}
    choices = []
    for row in rows:
        place = row.department.name if row.department else row.organisation.name
        assert row.valid_to is not None  # filtered above
        details = _("Rollen gjaldt til %(day)s.") % {"day": full_date(row.valid_to)}
        if row.organisation_id in names:
            who = {"org": row.organisation.short, "name": names[row.organisation_id]}
            details = f"{details} {_('Rolleansvarlig i %(org)s er %(name)s.') % who}"
        choices.append(RoleChoice(row, f"{_role_words(row)}, {place}", details))
    return choices


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
