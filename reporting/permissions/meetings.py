"""Who may do what with what comes out of meetings: the side that steers the agency, never the agency (R-51)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Department, Organisation
from agencies.querysets import departments_with
from agencies.rights import DepartmentRight, Right
from core.actor import Actor
from core.errors import NotAllowed


def agencies_with_register(actor: Actor, day: date) -> QuerySet[Organisation]:
    """Agencies whose needs one may look up: those one's own organisation steers, and one's own agency."""
    reads = Organisation.objects.with_right(actor, Right.SEE_DOCUMENTS, day)
    own = Organisation.objects.filter(uuid=actor.organisation)
    steered = Organisation.objects.steered_by(own.first(), day)
    found: QuerySet[Organisation] = reads.filter(Q(pk__in=steered.values("pk")) | Q(pk__in=own.values("pk")))
    return found


def departments_to_note_for(actor: Actor, agency: Organisation, day: date) -> QuerySet[Department]:
    """Departments one may note needs for: all of one's ministry's for those who draft its letters, else one's own.

    Ended departments are among them, as a meeting may be older than a reorganisation.
    """
    if not agencies_with_register(actor, day).filter(pk=agency.pk).exclude(uuid=actor.organisation).exists():
        return Department.objects.none()
    rows = Department.objects.filter(organisation__uuid=actor.organisation).order_by("code", "id")
    if not access.may(actor, Right.DRAFT_DOCUMENTS, agency, day):
        rows = rows.filter(pk__in=departments_with(actor, DepartmentRight.GIVE_INPUT, day))
    found: QuerySet[Department] = rows
    return found


def may_keep_need(actor: Actor, agency: Organisation, department_id: int, day: date) -> bool:
    """Note or withdraw a need of this department about this agency."""
    return departments_to_note_for(actor, agency, day).filter(pk=department_id).exists()


def require_keeping(actor: Actor, agency: Organisation, department_id: int, day: date) -> None:
    """Raise NotAllowed unless the actor keeps this department's needs about the agency."""
    if not may_keep_need(actor, agency, department_id, day):
        raise NotAllowed(
            _("Behovet følges opp av avdelingen det gjelder, og av den som har etatsstyringen av virksomheten.")
        )


def may_give(actor: Actor, agency: Organisation, superior: Organisation, day: date) -> bool:
    """Take a need into a letter, or say which letter gave it: those who draft the superior's letters to the agency."""
    return actor.organisation == superior.uuid and access.may(actor, Right.DRAFT_DOCUMENTS, agency, day)


def require_giving(actor: Actor, agency: Organisation, superior: Organisation, day: date) -> None:
    """Raise NotAllowed unless the actor drafts letters to the agency."""
    if not may_give(actor, agency, superior, day):
        raise NotAllowed(_("Behovet tas inn i brev av den som har etatsstyringen av virksomheten."))
