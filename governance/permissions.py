"""May this actor do this to a document? One question each, asked by actions and by the buttons."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from agencies import access
from agencies.models import Organisation
from agencies.querysets import departments_with
from agencies.rights import DepartmentRight, Right
from core.actor import Actor
from governance.models import SectionOwner, SteeringDocument


def _from_issuer(actor: Actor, document: SteeringDocument, right: Right, day: date) -> bool:
    return actor.organisation == document.issuer.uuid and access.may(actor, right, document.recipient_id, day)


def may_draft(actor: Actor, document: SteeringDocument, day: date) -> bool:
    """Write in a draft: from the issuer's side, for this agency."""
    return _from_issuer(actor, document, Right.DRAFT_DOCUMENTS, day)


def owned_chapters(actor: Actor, document: SteeringDocument, day: date) -> set[str]:
    """The chapters of a draft that the actor's department, or the actor in person, answers for and may write in."""
    if not actor.is_person or actor.organisation != document.issuer.uuid:
        return set()
    own = Q(department_id__in=departments_with(actor, DepartmentRight.GIVE_INPUT, day))
    rows = SectionOwner.objects.filter(own, document=document, ended_at__isnull=True)
    return set(rows.filter(Q(user__isnull=True) | Q(user_id=actor.user_id)).values_list("chapter", flat=True))


def may_write_chapter(actor: Actor, document: SteeringDocument, chapter: str, day: date) -> bool:
    """Write in one chapter: those who draft the letter, and the one who answers for the chapter."""
    return may_draft(actor, document, day) or bool(chapter and chapter in owned_chapters(actor, document, day))


def may_register(actor: Actor, document: SteeringDocument, day: date) -> bool:
    """Register a document that was signed elsewhere (decision C1)."""
    return _from_issuer(actor, document, Right.REGISTER_DOCUMENTS, day)


def may_issue(actor: Actor, document: SteeringDocument, day: date) -> bool:
    """Sign and issue a document made here."""
    return _from_issuer(actor, document, Right.ISSUE_DOCUMENTS, day)


def may_correct_copies(actor: Actor, document: SteeringDocument, day: date) -> bool:
    """Send a copy afterwards or call one back: those who register and those who issue for the agency."""
    rights = (Right.REGISTER_DOCUMENTS, Right.ISSUE_DOCUMENTS)
    return any(_from_issuer(actor, document, right, day) for right in rights)


def may_import(actor: Actor, day: date) -> bool:
    """Bring letters in, for any agency: which one is known only when the letter has been read."""
    return Organisation.objects.with_right(actor, Right.IMPORT_DOCUMENTS, day).exists()


def may_acknowledge(actor: Actor, recipient: Organisation | int, day: date) -> bool:
    """Acknowledge a finding with a reason: those who draft or register for the agency."""
    rights = (Right.DRAFT_DOCUMENTS, Right.REGISTER_DOCUMENTS)
    return any(access.may(actor, right, recipient, day) for right in rights)


def may_manage_ledger(actor: Actor, day: date) -> bool:
    """Keep one's own organisation's ledger: the right is held on an agency it steers, never on oneself."""
    steered = Organisation.objects.with_right(actor, Right.MANAGE_LEDGER, day)
    return steered.exclude(uuid=actor.organisation).exists()


def may_see_ledger(actor: Actor, day: date) -> bool:
    """Read one's own organisation's ledger."""
    steered = Organisation.objects.with_right(actor, Right.SEE_BUDGET, day) | Organisation.objects.with_right(
        actor, Right.MANAGE_LEDGER, day
    )
    return steered.exclude(uuid=actor.organisation).exists()
