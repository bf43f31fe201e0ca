"""A supplement came in before the letter it changes: its changes are tied to the assignments when those come (R-14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from assignments.actions import changes
from assignments.actions.base import lock_assignment, refresh
from assignments.actions.ending import end_by
from assignments.models import Answer, Assignment, StatusVersion
from assignments.references import parse
from assignments.rights import SYSTEM
from assignments.states import OPEN
from core.actor import Actor
from governance.models import AssignmentItem, Finding, FindingState, ItemChange, SteeringDocument


def waiting_for(document: SteeringDocument, items: Iterable[AssignmentItem]) -> list[Assignment]:
    """The assignments that stand on their own because the letter they change was not here, in the letters' order.

    Their numbers are the letter's, so they let go of them. Called before the letter's own assignments are given.
    """
    given = {_key(item.reference) for item in items if item.change == ItemChange.NEW} - {""}
    if not given:
        return []
    rows = (
        Assignment.objects.filter(
            Q(given_to_id=document.recipient_id) | Q(responsible_id=document.recipient_id),
            issuer_id=document.issuer_id,
            status__in=OPEN,
            item__isnull=False,
        )
        .exclude(item__change=ItemChange.NEW)
        .exclude(document=document)
        .select_related("item", "document__recipient", "document__issuer")
        .order_by("document__document_date", "document__issued_at", "pk")
    )
    found = [row for row in rows if _key(_meant(row)) in given and not _older(row.document, document)]
    for row in found:
        if row.number is not None and _key(row.reference) in given:
            locked = lock_assignment(row)
            locked.number = None
            refresh(locked, fields=("number",))
    return found


def tie(waiting: Sequence[Assignment], *, letter: SteeringDocument, actor: Actor, at: datetime) -> None:
    """Let each change act on the assignment it names; what stood in its stead ends, and its finding closes.

    One that the agency has answered or shared status on stands beside, with its finding, for a person to decide.
    """
    for row in waiting:
        item = row.item
        if item is None or not changes.apply_item(item, document=row.document, actor=actor, at=at):
            continue
        if _worked_on(row):
            continue
        reason = _("Endringen er knyttet til oppdraget i «%(title)s».") % {"title": letter.title}
        end_by("replace", lock_assignment(row), powers=SYSTEM, reason=reason, actor=actor, at=at, document=letter)
        held = Finding.objects.filter(document=row.document, item=item.uuid, check_id="V-08")
        held.exclude(state=FindingState.RESOLVED).update(state=FindingState.RESOLVED)


def _meant(row: Assignment) -> str:
    return (row.item.changes_reference or row.item.reference) if row.item else ""


def _key(reference: str) -> str:
    key = parse(reference)
    return f"{key.series}{key.year}-{key.number}{key.suffix}" if key else reference.strip().casefold()


def _older(one: SteeringDocument, other: SteeringDocument) -> bool:
    """Whether a document is dated before another: it cannot change what was not given yet."""
    return bool(one.document_date and other.document_date and one.document_date < other.document_date)


def _worked_on(row: Assignment) -> bool:
    answered = Answer.objects.filter(delivery__assignment=row).exists()
    return answered or StatusVersion.objects.filter(assignment=row).exists()
