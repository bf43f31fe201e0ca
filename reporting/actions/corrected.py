"""The record of a letter was put right: calendar and expected deliveries follow (decision A4).

What a person has decided since (a moved entry, a received report) stays as decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core import events
from core.actor import Actor
from core.transitions import bump
from governance.models import CalendarItem, ReportingRequirement, SteeringDocument
from reporting.actions.calendar import TITLE_LENGTH, begin_rows, lines_of, withdraw_entry
from reporting.models import CalendarEntry, ExpectedDelivery, ExpectedState
from reporting.signals import expected_changed

#: what an entry repeats of its row, besides title and date
REPEATED = ("kind", "date_text", "time", "end_time", "place", "note", "budget_year")


def follow(
    document: SteeringDocument, rows: Iterable[Mapping[str, Any]], gone: Collection[UUID], *, actor: Actor, at: datetime
) -> None:
    """Let entries and expected deliveries say what the corrected rows say. Runs in the correction's transaction."""
    changed = {row["item"]: row for row in rows if row["key"] in ("calendar", "reporting")}
    touched = changed.keys() | {str(uuid) for uuid in gone}
    _let_go(gone, actor, at)
    items = list(CalendarItem.objects.filter(uuid__in=list(changed), document=document).order_by("ordinal", "id"))
    found = ReportingRequirement.objects.filter(uuid__in=list(changed), document=document)
    requirements = list(found.order_by("ordinal", "id"))
    for item in items:
        before = changed[str(item.uuid)]["before"]
        if before is not None:
            _entries(item, before["data"], document, actor, at)
    for row in requirements:
        before = changed[str(row.uuid)]["before"]
        if before is not None:
            _expected(row, before["data"])
    living = list(CalendarEntry.objects.filter(document=document, withdrawn_at__isnull=True))
    begin_rows(
        document,
        [item for item in items if changed[str(item.uuid)]["before"] is None],
        [row for row in requirements if changed[str(row.uuid)]["before"] is None],
        among=living,
    )
    if touched:
        expected_changed.send(sender=ExpectedDelivery, agency=document.recipient, actor=actor, at=at)


def _entries(
    item: CalendarItem, before: Mapping[str, Any], document: SteeringDocument, actor: Actor, at: datetime
) -> None:
    """The entries of a row. A cell with as many lines as before is the same entries in other words."""
    rows = CalendarEntry.objects.select_related("agency", "superior").locked()
    entries = list(rows.filter(item=item, withdrawn_at__isnull=True).order_by("id"))
    titles = lines_of(item.title)
    was = date.fromisoformat(before["date"]) if before["date"] else None
    for place, entry in enumerate(entries):
        old = {"title": entry.title, "date": entry.date}
        for name in REPEATED:
            setattr(entry, name, getattr(item, name))
        if len(titles) == len(entries) and item.title != before["title"]:
            entry.title = titles[place]
        if entry.date == was:
            entry.date = item.date
        bump(entry, fields=(*REPEATED, "title", "date"))
        for row in ExpectedDelivery.objects.locked().filter(entry=entry, state=ExpectedState.COMING):
            _moved(row, entry.date, entry.title)
        events.record(
            event="calendar.registration_corrected",
            subject=entry,
            actor=actor,
            at=at,
            organisation=entry.superior.uuid,
            counterpart=entry.agency.uuid,
            before=old,
            after={"title": entry.title, "date": entry.date, "document": document.uuid},
        )


def _expected(requirement: ReportingRequirement, before: Mapping[str, Any]) -> None:
    """A requirement with a duty of its own."""
    was = date.fromisoformat(before["due"]) if before["due"] else None
    rows = ExpectedDelivery.objects.locked().filter(requirement=requirement, entry__isnull=True)
    for row in rows.filter(state=ExpectedState.COMING):
        title = requirement.title if row.title == before["title"][:TITLE_LENGTH] else row.title
        _moved(row, requirement.due if row.due == was else row.due, title)


def _moved(row: ExpectedDelivery, due: date | None, title: str) -> None:
    row.deadline_version += row.due != due
    row.due, row.title = due, title[:TITLE_LENGTH]
    bump(row, fields=("due", "title", "deadline_version"))


def _let_go(gone: Collection[UUID], actor: Actor, at: datetime) -> None:
    """What the letter does not have. That nothing hangs on it, the correction has asked."""
    reason = _("Registreringen er rettet: dette står ikke i brevet.")
    entries = CalendarEntry.objects.select_related("agency", "superior").locked().filter(item__uuid__in=gone)
    for entry in entries:
        entry.item = None
        bump(entry, fields=("item",))
        if entry.withdrawn_at is None:
            withdraw_entry(entry, reason=reason, actor=actor, at=at)
    for row in ExpectedDelivery.objects.locked().filter(requirement__uuid__in=gone):
        row.requirement = None
        if row.entry_id is None and row.state == ExpectedState.COMING:
            row.state, row.reason = ExpectedState.NOT_ASKED, reason
        bump(row, fields=("requirement", "state", "reason"))
