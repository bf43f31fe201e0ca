"""From an actor and an assignment to the powers that ``rights`` and ``states`` ask."""

from __future__ import annotations

from datetime import date

from agencies import access
from assignments.models import Assignment, ReaderGrant
from assignments.rights import Powers, Side
from core.actor import Actor
from core.errors import NotAllowed, Text


def powers_on(actor: Actor, assignment: Assignment, day: date) -> Powers:
    """Fetch everything that decides what the actor may do: two queries, three for an exempt assignment.

    ``assignment`` needs ``issuer`` and ``responsible`` joined in.
    """
    if not actor.is_person:
        return Powers()
    side = side_of(actor, assignment)
    return Powers(
        side=side,
        rights=access.rights_on(actor, assignment.responsible, day),
        departments=access.department_rights(actor, day),
        owner=side is Side.AGENCY and assignment.owner_id == actor.user_id,
        may_read=may_read(actor, assignment),
    )


def side_of(actor: Actor, assignment: Assignment) -> Side:
    """Which side of the line the actor sits on."""
    if actor.organisation == assignment.issuer.uuid:
        return Side.ISSUER
    return Side.AGENCY if actor.organisation == assignment.responsible.uuid else Side.OTHER


def may_read(actor: Actor, assignment: Assignment) -> bool:
    """Title and text: always, but of an exempt assignment only the named readers (decision B2)."""
    if not assignment.restricted:
        return True
    annotated = getattr(assignment, "may_read", None)
    if annotated is not None:
        return bool(annotated)
    return ReaderGrant.objects.filter(
        assignment_id=assignment.pk, user_id=actor.user_id, revoked_at__isnull=True
    ).exists()


def require(allowed: bool, sentence: Text) -> None:
    """Raise NotAllowed with the sentence that says who can (K15)."""
    if not allowed:
        raise NotAllowed(sentence)
