"""May this actor do this to a document? One question each, asked by actions and by the buttons."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Organisation
from agencies.querysets import departments_with, reads_copies, valid_on
from agencies.rights import DepartmentRight, Right
from core.actor import Actor
from core.models import Audience
from governance.models import (
    ApprovalStep,
    ApprovalTemplateStep,
    HearingRound,
    Proposal,
    RowComment,
    RowRevision,
    SectionOwner,
    SteeringDocument,
    StepState,
)
from governance.querysets import is_mine


def _from_issuer(actor: Actor, document: SteeringDocument, right: Right, day: date) -> bool:
    return actor.organisation == document.issuer.uuid and access.may(actor, right, document.recipient_id, day)


def rights_from_issuer(actor: Actor, document: SteeringDocument, day: date) -> frozenset[str]:
    """Every right the actor has to a document from the issuer's side: one query for a page that asks for several."""
    if actor.organisation != document.issuer.uuid:
        return frozenset()
    return access.rights_on(actor, document.recipient, day)


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


def may_publish(actor: Actor, document: SteeringDocument, day: date) -> bool:
    """Decide on publication: from the issuer's side, for this agency."""
    return _from_issuer(actor, document, Right.PUBLISH_DOCUMENTS, day)


def may_remove(actor: Actor, document: SteeringDocument, day: date) -> bool:
    """Ask for content to be taken out, and take out what another has asked for: from the issuer's side (A16)."""
    return _from_issuer(actor, document, Right.REMOVE_CONTENT, day)


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


def decidable_steps(actor: Actor, document: SteeringDocument, day: date) -> frozenset[int]:
    """Keys of the steps the actor may decide: as the named approver or a stand-in in that role, or as department head.

    The person must hold an office in the issuer's organisation on the day (V-37). One query, whatever the steps.
    """
    if actor.organisation != document.issuer.uuid:
        return frozenset()
    heads = departments_with(actor, DepartmentRight.CLOSE_DEPARTMENT_ASSIGNMENTS, day)
    mine = is_mine(actor, day) | Q(approver__isnull=True, department_id__in=heads)
    office = Exists(Organisation.objects.filter(reads_copies(actor, day), uuid=actor.organisation))
    return frozenset(ApprovalStep.objects.filter(mine, office, document=document).values_list("pk", flat=True))


def may_decide_step(actor: Actor, step: ApprovalStep, day: date) -> bool:
    """Decide one approval step. With ``document__issuer`` joined."""
    return step.pk in decidable_steps(actor, step.document, day)


def own_writing(actor: Actor, step: ApprovalStep, day: date) -> str:
    """Why the two-person rule keeps the actor from approving this step; empty when it does not (ADR 0008, K7)."""
    document = step.document
    counted = access.counted_as(actor, day)
    if document.last_edited_by_id in counted:
        return _("Du endret utkastet sist, eller er stedfortreder for den som gjorde det. En annen må godkjenne.")
    others = ApprovalStep.objects.filter(document=document, route=step.route).exclude(pk=step.pk)
    if others.filter(state=StepState.APPROVED, decided_by_id__in=counted).exists():
        return _("Du har alt godkjent et trinn i denne runden. En annen må godkjenne dette trinnet.")
    last = not others.filter(order__gt=step.order).exclude(state=StepState.VOID).exists()
    if last and RowRevision.objects.filter(document=document, saved_by_id__in=counted).exists():
        return _("Du har skrevet i utkastet. Siste trinn må godkjennes av en som ikke har skrevet i det.")
    return ""


def template_steps(document: SteeringDocument, day: date) -> QuerySet[ApprovalTemplateStep]:
    """The usual route of the issuer for this kind of document on the day."""
    return (
        ApprovalTemplateStep.objects.filter(
            valid_on(day), organisation_id=document.issuer_id, document_kind_id=document.kind_id
        )
        .select_related("approver", "department")
        .order_by("order", "id")
    )


def may_comment(
    actor: Actor, document: SteeringDocument, hearing: HearingRound | None, audience: str, day: date
) -> bool:
    """Write a comment: internal ones by all on one's own side who see it, shared ones by those who answer for it.

    Across the line speak the one who drafts for the agency and those who answer for it: the line of command.
    """
    shared = audience == Audience.SHARED
    if actor.organisation == document.issuer.uuid:
        if shared:
            return may_draft(actor, document, day)
        return SteeringDocument.objects.visible_to(actor, day).filter(pk=document.pk).exists()
    if actor.organisation != document.recipient.uuid or not (document.is_issued or hearing is not None):
        return False
    if shared or hearing is not None:
        return access.may(actor, Right.ANSWER_HEARING, document.recipient_id, day)
    return SteeringDocument.objects.visible_to(actor, day).filter(pk=document.pk).exists()


def may_close_thread(actor: Actor, document: SteeringDocument, root: RowComment, day: date) -> bool:
    """Close a thread: a shared one by the drafter's side; an internal one by those who may write in it."""
    if root.audience == Audience.SHARED:
        return may_draft(actor, document, day)
    if root.organisation.uuid != actor.organisation:
        return False
    return may_comment(actor, document, root.hearing, root.audience, day)


def may_withdraw_proposal(actor: Actor, proposal: Proposal, day: date) -> bool:
    """Take a proposal back: those who give input for the department it came from."""
    return access.may_for_department(actor, DepartmentRight.GIVE_INPUT, proposal.department_id, day)


def sees_all_input(actor: Actor, document: SteeringDocument, day: date) -> bool:
    """See every department's input to a draft: those who see drafts to the agency by right."""
    return _from_issuer(actor, document, Right.SEE_DRAFTS, day)
