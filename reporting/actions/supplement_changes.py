"""What a supplement does to the calendar and to what is expected: moved, withdrawn, replaced (decision A2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core import events
from core.actor import Actor
from core.transitions import bump
from governance.models import CalendarItem, Change, ChangeKind, ReportingRequirement, SteeringDocument
from reporting.models import CalendarEntry, ExpectedDelivery, ExpectedState

TITLE_LENGTH = 300
#: What an entry repeats of its row, and what becomes of the written date of a moved one.
REPEATED = ("kind", "date", "date_text", "time", "end_time", "place", "title", "note", "budget_year")


def living_item(uuid: UUID | None) -> UUID | None:
    """The row whose life goes on under a row that has replaced it: the first in the line of replacements."""
    seen: set[UUID] = set()
    while uuid is not None and uuid not in seen:
        seen.add(uuid)
        replaced = Change.objects.filter(kind=ChangeKind.REPLACE, new_item=uuid, document__state="issued")
        before = replaced.values_list("target", flat=True).first()
        if before is None:
            return uuid
        uuid = before
    return uuid


def taken_over(document: SteeringDocument) -> set[UUID]:
    """Rows of this document that take over the life of an earlier row, and begin none of their own."""
    changes = Change.objects.filter(document=document, kind=ChangeKind.REPLACE, new_item__isnull=False)
    found = set()
    for change in changes:
        life = living_item(change.target)
        alive = CalendarEntry.objects.filter(item__uuid=life, withdrawn_at__isnull=True).count() == 1
        if alive or ExpectedDelivery.objects.filter(requirement__uuid=life, entry__isnull=True).exists():
            found.add(change.new_item)
    return {uuid for uuid in found if uuid is not None}


def requirement_changes(document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """Requirements with a duty of their own: withdrawn ones are not asked for, moved ones get the new date."""
    kinds = (ChangeKind.WITHDRAW, ChangeKind.MOVE_DEADLINE, ChangeKind.REPLACE)
    for change in Change.objects.filter(document=document, kind__in=kinds).order_by("ordinal", "id"):
        life = living_item(change.target)
        rows = ExpectedDelivery.objects.select_related("agency", "receiver").locked()
        for row in rows.filter(requirement__uuid=life, entry__isnull=True, state=ExpectedState.COMING):
            _requirement(row, change, document, actor, at)


def _requirement(row: ExpectedDelivery, change: Change, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    reason = change.text or document.title
    if change.kind == ChangeKind.WITHDRAW:
        row.state, row.reason = ExpectedState.NOT_ASKED, reason
        bump(row, fields=("state", "reason"))
        _tell("expected.not_asked", row, actor, at, reason, {}, {"state": row.state, "document": document.uuid})
        return
    new = change.new_date
    before = {"due": row.due, "title": row.title}
    if change.kind == ChangeKind.REPLACE:
        requirement = ReportingRequirement.objects.filter(uuid=change.new_item).first()
        if requirement is None:
            return
        new = requirement.due
        row.title = requirement.title[:TITLE_LENGTH]
    if new != row.due:
        row.due = new
        row.deadline_version += 1
    bump(row, fields=("due", "title", "deadline_version"))
    _tell("expected.moved", row, actor, at, reason, before, {"due": row.due, "document": document.uuid})


def rewrite_entries(document: SteeringDocument, *, actor: Actor, at: datetime) -> list[CalendarEntry]:
    """Entries whose row is replaced say what the new row says; one that has several entries is for the caller.

    Returns entries to withdraw: those of a row with several, whose new row begins a life of its own.
    """
    gone: list[CalendarEntry] = []
    for change in Change.objects.filter(document=document, kind=ChangeKind.REPLACE).order_by("ordinal", "id"):
        item = CalendarItem.objects.filter(uuid=change.new_item).first() if change.new_item else None
        if item is None:
            continue
        rows = CalendarEntry.objects.select_related("agency", "superior").locked()
        entries = list(rows.filter(item__uuid=living_item(change.target), withdrawn_at__isnull=True))
        if len(entries) == 1:
            _rewrite(entries[0], item, change.text or document.title, document, actor, at)
        else:
            gone += entries
    return gone


def _rewrite(
    entry: CalendarEntry, item: CalendarItem, reason: str, document: SteeringDocument, actor: Actor, at: datetime
) -> None:
    before = {name: getattr(entry, name) for name in ("title", "date")}
    for name in REPEATED:
        setattr(entry, name, getattr(item, name))
    bump(entry, fields=REPEATED)
    for row in ExpectedDelivery.objects.locked().filter(entry=entry, state=ExpectedState.COMING):
        moved = row.due != entry.date
        row.due, row.title = entry.date, entry.title[:TITLE_LENGTH]
        row.deadline_version += moved
        bump(row, fields=("due", "title", "deadline_version"))
    after = {"title": entry.title, "date": entry.date, "document": document.uuid}
    _say("calendar.replaced", entry, entry.superior.uuid, entry.agency.uuid, actor, at, reason, before, after)


def _tell(
    event: str,
    row: ExpectedDelivery,
    actor: Actor,
    at: datetime,
    reason: str,
    before: dict[str, date | str | None],
    after: dict[str, Any],
) -> None:
    _say(event, row, row.receiver.uuid, row.agency.uuid, actor, at, reason, before, after)


def _say(
    event: str,
    subject: CalendarEntry | ExpectedDelivery,
    side: UUID,
    other: UUID,
    actor: Actor,
    at: datetime,
    reason: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    events.record(
        event=event,
        subject=subject,
        actor=actor,
        at=at,
        organisation=side,
        counterpart=other,
        reason=reason,
        before=before,
        after=after,
    )


def without(items: Iterable[Any], taken: set[UUID]) -> list[Any]:
    """The rows that begin a life of their own."""
    return [item for item in items if item.uuid not in taken]
