"""The record of a letter was put right: its assignments follow, and what hangs on them stays (decision A4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from assignments.actions import changes
from assignments.actions.base import lock_assignment, refresh, tell
from assignments.actions.delivery_rows import new_delivery
from assignments.actions.ending import end_by
from assignments.actions.giving import give_item, number_taken
from assignments.models import Assignment, DeadlineDecision, Delivery, ReaderGrant
from assignments.rights import SYSTEM
from assignments.states import OPEN, OUTSTANDING, delivery_table
from core import clock
from core.actor import Actor
from core.transitions import bump
from governance.models import AssignmentItem, DeliveryItem, ItemChange, SteeringDocument

#: what an assignment repeats of its item, by the name in a correction's rows
REPEATED = ("reference", "series", "year", "suffix", "department_text", "title", "body", "restricted_basis", "standing")
#: what a delivery repeats of its item
NAMED = ("part", "anchor", "title", "product", "not_extendable")
LETTER = {
    "letter_deadline_kind": "deadline_kind",
    "letter_deadline_text": "deadline_text",
    "letter_deadline": "deadline",
}
CURRENT = ("deadline", "deadline_time", "unclear", "unclear_reason", "unclear_since")


def follow(
    document: SteeringDocument, rows: Iterable[Mapping[str, Any]], gone: Collection[UUID], *, actor: Actor, at: datetime
) -> None:
    """Let the assignments of a document say what its corrected rows say. Runs in the correction's transaction."""
    _let_go(gone, actor, at)
    found = {row["item"]: row for row in rows if row["key"] == "assignment"}
    items = AssignmentItem.objects.filter(uuid__in=list(found), document=document).select_related("department", "goal")
    staying = Prefetch("delivery_items", DeliveryItem.objects.exclude(uuid__in=gone))
    for item in items.prefetch_related(staying).order_by("ordinal", "id"):
        before = found[str(item.uuid)]["before"]
        assignment = Assignment.objects.filter(item=item).first()
        if item.change != ItemChange.NEW and assignment is None:
            if before is None or _deadlines(before["data"]) != _deadlines_of(item):
                _change_again(item, document, actor, at)
        elif assignment is None:
            give_item(item, document, actor, at)
        elif before is not None:
            _correct(assignment, item, before["data"], document, actor, at)


def _change_again(item: AssignmentItem, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    """What the letter does to an earlier assignment was read wrongly: it acts as it says; the first stays on record."""
    if not changes.apply_item(item, document=document, actor=actor, at=at):
        give_item(item, document, actor, at)


def _deadlines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(str(row["deadline"] or ""), str(row["deadline_text"])) for row in data.get("deliveries", ())]


def _deadlines_of(item: AssignmentItem) -> list[tuple[str, str]]:
    rows = sorted(item.delivery_items.all(), key=lambda row: (row.ordinal, row.pk))
    return [(row.deadline.isoformat() if row.deadline else "", row.deadline_text) for row in rows]


def _correct(
    found: Assignment,
    item: AssignmentItem,
    before: Mapping[str, Any],
    document: SteeringDocument,
    actor: Actor,
    at: datetime,
) -> None:
    """Words a later letter has given it stay as that letter says."""
    assignment = lock_assignment(found)
    names = [name for name in REPEATED if getattr(assignment, name) == before[name]]
    for name in names:
        setattr(assignment, name, getattr(item, name))
    held = str(assignment.department.uuid) if assignment.department else None
    if held == before["department"]:
        assignment.department = item.department
    if item.number != before["number"]:
        assignment.number = None if number_taken(item, document) else item.number
    if item.restricted and not assignment.restricted:
        assignment.restricted = True
        ReaderGrant.objects.get_or_create(
            assignment=assignment, user_id=actor.user_id, revoked_at=None,
            defaults={"granted_by_id": actor.user_id, "granted_at": at},
        )  # fmt: skip
    elif not item.restricted and before["restricted"]:
        assignment.restricted = False
    _deliveries(assignment, item, document, at)
    refresh(assignment, fields=(*names, "department", "number", "restricted"))
    hidden = assignment.restricted or bool(before["restricted"])
    old = {} if hidden else {"title": before["title"]}
    after = {"document": document.uuid, "document_title": document.title}
    tell("assignment.registration_corrected", assignment, actor=actor, at=at, before=old, after=after)


def _deliveries(assignment: Assignment, item: AssignmentItem, document: SteeringDocument, at: datetime) -> None:
    """Each delivery is known by its row; one the letter has and the record lacked, begins."""
    rows = sorted(item.delivery_items.all(), key=lambda row: (row.ordinal, row.pk))
    held = {row.item_id: row for row in Delivery.objects.locked().filter(assignment=assignment)}
    for place, row in enumerate(rows, start=1):
        fresh = new_delivery(assignment, row, place, document, clock.local_date(at))
        known = held.get(row.pk) or (_unnamed(held.values()) if len(rows) == 1 else None)
        if known is None:
            fresh.save(force_insert=True)
        else:
            _delivery(known, fresh, row)


def _unnamed(held: Iterable[Delivery]) -> Delivery | None:
    """The one delivery of an assignment that was registered without any."""
    rows = list(held)
    return rows[0] if len(rows) == 1 and rows[0].item_id is None and rows[0].state in OUTSTANDING else None


def _delivery(delivery: Delivery, fresh: Delivery, row: DeliveryItem) -> None:
    """The letter's deadline is as it says; the current one follows unless somebody has decided on another."""
    before = delivery.deadline
    follows = delivery.deadline == delivery.letter_deadline or delivery.unclear
    for name in NAMED:
        setattr(delivery, name, getattr(fresh, name))
    for name in LETTER:
        setattr(delivery, name, getattr(fresh, name))
    if follows and delivery.state in OUTSTANDING and not DeadlineDecision.objects.filter(delivery=delivery).exists():
        for name in CURRENT:
            setattr(delivery, name, getattr(fresh, name))
    if delivery.deadline != before:
        delivery.deadline_version += 1
    delivery.item = row
    bump(delivery, fields=(*NAMED, *LETTER, *CURRENT, "item", "deadline_version"))


def _let_go(gone: Collection[UUID], actor: Actor, at: datetime) -> None:
    """Assignments and deliveries the letter does not have. That nothing hangs on them, the correction has asked."""
    reason = _("Registreringen er rettet: dette står ikke i brevet.")
    ending = list(Assignment.objects.filter(item__uuid__in=gone))
    for delivery in Delivery.objects.filter(item__uuid__in=gone).select_related("assignment"):
        delivery.item = None
        if delivery.state in OUTSTANDING and delivery.assignment_id not in {row.pk for row in ending}:
            delivery_table(SYSTEM).apply("cancel", obj=delivery, actor=actor, at=at)
        bump(delivery, fields=("item", "state"))
    for row in ending:
        assignment = lock_assignment(row)
        assignment.item, assignment.number = None, None
        bump(assignment, fields=("item", "number"))
        if assignment.status in OPEN:
            end_by("withdraw", assignment, powers=SYSTEM, reason=reason, actor=actor, at=at, document=None)
