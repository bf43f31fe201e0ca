"""Hvem kan se dette? Both sides, participants, readers and the public (decision B3)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from agencies.models import Appointment
from assignments import rights
from assignments.models import Assignment
from assignments.permissions import powers_on
from assignments.selectors.people import grants
from core import formatting as fmt
from core.actor import Actor
from core.visuals.parts import Text, WhoCanSee


def who_can_see(assignment: Assignment, actor: Actor, day: date) -> WhoCanSee:
    """In words; of an exempt assignment the readers are named to those who admit them."""
    issuer, agency = assignment.issuer, assignment.responsible
    rows: list[tuple[Text, Text]] = []
    if assignment.restricted:
        rows.append((_("Tittel og tekst"), _readers(assignment, actor, day)))
        shell = _("De andre som følger oppdraget, ser nummer, hjemmel, virksomhet og saksnummer.")
        rows.append((_("Bare nummeret"), shell))
    else:
        department = assignment.department
        ministry = _("Etatsstyringen og ledelsen")
        if department:
            ministry = _("Etatsstyringen, ledelsen og avdeling %(code)s") % {"code": department.code}
        rows.append((issuer.name, ministry))
        rows.append((agency.name, _("Virksomhetsstyringen, direktøren og den som er ansvarlig")))
        if assignment.joint:
            others = [row for row in assignment.joint.parts.all() if row.organisation_id != agency.pk]
            names = fmt.listing([row.organisation.name if row.organisation else row.name for row in others])
            sentence = _("%(names)s ser oppdraget, fristene og delt status, ikke svar eller merknader.")
            rows.append((_("Deltakere"), sentence % {"names": names}))
    inside = _("Statusutkast og notater ser bare den organisasjonen som skrev dem.")
    rows.append((_("Internt"), inside))
    rows.append((_("Riksrevisjonen"), _("Bare kopier som er sendt.")))
    rows.append((_("Offentligheten"), _("Ser ikke oppdraget her.")))
    rows.append((_("Administratorer"), _("Ser ikke innholdet.")))
    own = Appointment.objects.valid_on(day).filter(user_id=actor.user_id, uuid=actor.appointment)
    roles = own.select_related("role", "organisation")
    rows.extend((_("Du"), f"{role.role.name_nb}, {role.organisation.name}") for role in roles)
    return WhoCanSee(rows)


def _readers(assignment: Assignment, actor: Actor, day: date) -> str:
    active = [row for row in grants(assignment) if row.revoked_at is None]
    if rights.may_admit_readers(powers_on(actor, assignment, day), assignment):
        return fmt.listing([str(row.user) for row in active]) or _("Ingen ennå")
    return _("Bare navngitte lesere (%(n)s)") % {"n": len(active)}
