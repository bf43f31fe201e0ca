"""Remarks and named readers. A remark is never a steering signal (decision C4)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Appointment, Organisation, User
from assignments import rights
from assignments.actions.base import lock_assignment, one_at_a_time, powers_at, refresh, require_words, tell
from assignments.models import Assignment, ReaderGrant, Remark
from assignments.permissions import require, side_of
from assignments.rights import Side
from core import clock
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience


@transaction.atomic
def add_remark(*, assignment: Assignment, text: str, audience: str, actor: Actor, at: datetime) -> Remark:
    """Write a remark, internal to one's own organisation or shared with the other side.

    It changes no task and no date. Raises NotAllowed, RuleBroken.
    """
    assignment = lock_assignment(assignment)
    sentence = _("Merknader skrives av dem som følger oppdraget i departementet eller i virksomheten.")
    require(rights.may_remark(powers_at(actor, assignment, at), assignment), sentence)
    if audience not in Audience.values:
        raise RuleBroken(problems=[Problem("audience", _("Velg hvem som skal se merknaden."), "audience")])
    words = require_words(text, "text", _("Skriv merknaden."))
    own = assignment.issuer if side_of(actor, assignment) is Side.ISSUER else assignment.responsible
    remark = Remark.objects.create(
        assignment=assignment,
        organisation=own,
        audience=audience,
        text=words,
        author_id=actor.user_id,
        author_name=actor.name,
        at=at,
    )
    if audience == Audience.SHARED:
        refresh(assignment)
    tell(
        "remark.added",
        assignment,
        actor=actor,
        at=at,
        after={"remark": remark.uuid},
        audience=Audience(audience),
    )
    return remark


@transaction.atomic
def grant_reader(*, assignment: Assignment, user: User, actor: Actor, at: datetime) -> ReaderGrant:
    """Let a named person read an exempt assignment (decision B2).

    The ministry admits people on both sides, the agency its own. Nobody admits oneself. Raises NotAllowed,
    NotInThisState, RuleBroken.
    """
    assignment = lock_assignment(assignment)
    powers = powers_at(actor, assignment, at)
    require(rights.may_admit_readers(powers, assignment), _who_admits(assignment))
    if not assignment.restricted:
        raise NotInThisState(_("Oppdraget er ikke unntatt offentlighet. Alle som følger det, kan lese det."))
    if user.pk == actor.user_id and not powers.may_read:
        raise NotAllowed(_("Du kan ikke gi deg selv innsyn. Be en kollega med etatsstyringen om å gjøre det."))
    sides = Q(organisation_id=assignment.responsible_id)
    if powers.side is Side.ISSUER:
        sides |= Q(organisation_id=assignment.issuer_id)
    if not Appointment.objects.valid_on(clock.local_date(at)).filter(sides, user=user).exists():
        sentence = _("%(name)s har ingen rolle hos partene i oppdraget nå.") % {"name": user}
        raise RuleBroken(problems=[Problem("reader_outside", sentence, "user")])
    try:
        with transaction.atomic():
            grant = ReaderGrant.objects.create(
                assignment=assignment, user=user, granted_by_id=actor.user_id, granted_at=at
            )
    except IntegrityError as error:
        raise one_at_a_time(error) from error
    refresh(assignment)
    tell("reader.granted", assignment, actor=actor, at=at, after={"reader": str(user)}, audience=Audience.INTERNAL)
    return grant


def _who_admits(assignment: Assignment) -> str:
    return _("Innsyn gis av etatsstyreren i %(issuer)s, eller av en leser i virksomhetsstyringen i %(agency)s.") % {
        "issuer": assignment.issuer.name,
        "agency": assignment.responsible.name,
    }


@transaction.atomic
def revoke_reader(*, grant: ReaderGrant, reason: str, actor: Actor, at: datetime) -> ReaderGrant:
    """Take a named reader's access away. Raises NotAllowed, NotInThisState, RuleBroken."""
    assignment = lock_assignment(Assignment(pk=grant.assignment_id))
    require(rights.may_admit_readers(powers_at(actor, assignment, at), assignment), _who_admits(assignment))
    words = require_words(reason, "reason", _("Skriv hvorfor innsynet trekkes."))
    row: ReaderGrant = ReaderGrant.objects.select_related("user").locked().get(pk=grant.pk)
    if row.revoked_at is not None:
        raise NotInThisState(_("Innsynet er allerede trukket."))
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    refresh(assignment)
    tell(
        "reader.revoked",
        assignment,
        actor=actor,
        at=at,
        reason=words,
        after={"reader": str(row.user)},
        audience=Audience.INTERNAL,
    )
    return row


@transaction.atomic
def ask_for_access(*, assignment: Assignment, reason: str, actor: Actor, at: datetime) -> None:
    """Ask those who admit readers; the wish stands on the readers' page. Raises NotInThisState, RuleBroken."""
    assignment = lock_assignment(assignment)
    if powers_at(actor, assignment, at).may_read:
        raise NotInThisState(_("Du kan allerede lese oppdraget."))
    words = require_words(reason, "reason", _("Skriv hvorfor du trenger å lese oppdraget."))
    own: Organisation | None = Organisation.objects.filter(uuid=actor.organisation).first()
    tell(
        "reader.asked",
        assignment,
        actor=actor,
        at=at,
        after={"reader": actor.name, "why": words, "user": actor.user_id, "organisation": own.short if own else ""},
    )
