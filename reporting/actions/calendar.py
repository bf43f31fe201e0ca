"""The governance calendar comes to life when a document is issued, and changes only by decision (K4, A7, R-31)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events
from core.actor import Actor
from core.errors import NotInThisState, Problem, RuleBroken
from core.transitions import bump, check_version
from governance.models import (
    CalendarItem,
    CalendarKind,
    Change,
    ChangeKind,
    ReportingRequirement,
    SteeringDocument,
)
from reporting.actions import supplement_changes
from reporting.models import CalendarEntry, ExpectedDelivery, ReportKind
from reporting.permissions.calendar import require_calendar
from reporting.selectors.sources import kind_of
from reporting.signals import expected_changed

DUTIES = (CalendarKind.REPORT, CalendarKind.PUBLICATION)
TITLE_LENGTH = 300


@transaction.atomic
def open_calendar(*, document: SteeringDocument, actor: Actor, at: datetime) -> list[CalendarEntry]:
    """Make the life of a document's calendar rows and dated requirements, in the transaction that issues it.

    A cell with several lines is several entries. A dated requirement on a date the calendar already has a report
    for is part of that report; on any other date it is a duty of its own (the annual report next year, R-31).
    Dates are as written. Done once per document; called by the receiver of ``document_issued``.
    """
    known = list(CalendarEntry.objects.filter(document=document))
    if known:
        return known
    taken = supplement_changes.taken_over(document)
    found = ReportingRequirement.objects.filter(document=document).order_by("ordinal", "id")
    items = CalendarItem.objects.filter(document=document).order_by("ordinal", "id")
    entries = begin_rows(
        document, supplement_changes.without(items, taken), supplement_changes.without(found, taken), among=()
    )
    _apply_changes(document, actor=actor, at=at)
    expected_changed.send(sender=ExpectedDelivery, agency=document.recipient, actor=actor, at=at)
    return entries


def begin_rows(
    document: SteeringDocument,
    items: Sequence[CalendarItem],
    requirements: Sequence[ReportingRequirement],
    *,
    among: Sequence[CalendarEntry],
) -> list[CalendarEntry]:
    """Begin the life of these rows. ``among`` are entries that live already: a requirement on their date is theirs."""
    kinds = list(ReportKind.objects.order_by("id"))
    entries: list[CalendarEntry] = []
    for item in items:
        for title in lines_of(item.title):
            entry = _entry(document, item, title)
            entries.append(entry)
            if item.kind in DUTIES:
                _expect(document, kinds, entry=entry, requirement=_requirement_of(item, requirements))
    dated = {entry.date for entry in [*among, *entries] if entry.kind in DUTIES}
    alone: set[tuple[date, str]] = set()
    for row in requirements:
        kind = _kind_of_when(row, kinds) or kind_of(row.title, kinds)
        mark = (row.due, kind.code if kind else row.title)
        if row.due and row.calendar_item_id is None and row.due not in dated and mark not in alone:
            alone.add((row.due, mark[1]))
            _expect(document, kinds, requirement=row, kind=kind)
    return entries


def _kind_of_when(row: ReportingRequirement, kinds: Sequence[ReportKind]) -> ReportKind | None:
    return next((kind for kind in kinds if row.when in kind.requirement_when), None)


def lines_of(title: str) -> list[str]:
    """What a cell of the calendar holds: a thing on each line."""
    return [line.strip(" •;") for line in title.splitlines() if line.strip(" •;")] or [title]


def _requirement_of(item: CalendarItem, rows: Sequence[ReportingRequirement]) -> ReportingRequirement | None:
    return next((row for row in rows if row.calendar_item_id == item.pk), None)


def _entry(document: SteeringDocument, item: CalendarItem, title: str) -> CalendarEntry:
    return CalendarEntry.objects.create(
        item=item,
        document=document,
        agency=document.recipient,
        superior=document.issuer,
        kind=item.kind,
        date=item.date,
        date_text=item.date_text,
        time=item.time,
        end_time=item.end_time,
        place=item.place,
        title=title,
        note=item.note,
        budget_year=item.budget_year,
    )


def _expect(
    document: SteeringDocument,
    kinds: Sequence[ReportKind],
    *,
    entry: CalendarEntry | None = None,
    requirement: ReportingRequirement | None = None,
    kind: ReportKind | None = None,
) -> ExpectedDelivery:
    """A duty for a calendar entry, or for a dated requirement that the calendar lacks.

    A requirement alone that belongs in a kind of report («vurdering av produktiviteten» in the annual report) is
    expected as that report.
    """
    title = entry.title if entry is not None else _title_alone(document, requirement, kind)
    due = entry.date if entry is not None else (requirement.due if requirement else None)
    return ExpectedDelivery.objects.create(
        entry=entry,
        requirement=requirement,
        document=document,
        agency=document.recipient,
        receiver=document.issuer,
        report_kind=kind or kind_of(title, kinds),
        title=title[:TITLE_LENGTH],
        budget_year=entry.budget_year if entry is not None else document.year,
        due=due,
    )


def _title_alone(document: SteeringDocument, requirement: ReportingRequirement | None, kind: ReportKind | None) -> str:
    if requirement is None:
        raise ValueError("an expected delivery needs an entry or a requirement")
    return f"{kind.name_nb} {document.year}" if kind else requirement.title


def _apply_changes(document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """A supplement moves, withdraws or replaces calendar rows and requirements of the letter (decision A2)."""
    supplement_changes.requirement_changes(document, actor=actor, at=at)
    for entry in supplement_changes.rewrite_entries(document, actor=actor, at=at):
        withdraw_entry(entry, reason=document.title, actor=actor, at=at)
    changes = Change.objects.filter(document=document, kind__in=(ChangeKind.MOVE_DEADLINE, ChangeKind.WITHDRAW))
    by_target = {supplement_changes.living_item(change.target): change for change in changes if change.target}
    rows = CalendarEntry.objects.select_related("agency", "superior", "item").filter(item__uuid__in=by_target)
    for entry in rows.locked():
        change = by_target[entry.item.uuid] if entry.item else None
        if change is not None and change.kind == ChangeKind.WITHDRAW:
            withdraw_entry(entry, reason=change.text or document.title, actor=actor, at=at)
        elif change is not None and change.new_date:
            _move(
                entry, change.new_date, reason=change.text or document.title, basis=document.title, actor=actor, at=at
            )


@dataclass(frozen=True)
class Move:
    """One entry and its new date."""

    entry: CalendarEntry
    date: date


@transaction.atomic
def move_entries(*, moves: Sequence[Move], reason: str, basis: str, actor: Actor, at: datetime) -> list[CalendarEntry]:
    """Move a group of entries by a decision, for one or many agencies (domain 6: a moved state date moves many).

    The letter's date stays on the item; entry and expected delivery get the new one. Raises NotAllowed,
    NotInThisState and RuleBroken with every problem.
    """
    day = clock.local_date(at)
    new_dates = {move.entry.pk: move.date for move in moves}
    rows = CalendarEntry.objects.select_related("agency", "superior", "item").filter(pk__in=new_dates).order_by("pk")
    entries = list(rows.locked())
    for agency in {entry.agency for entry in entries}:
        require_calendar(actor, agency, day)
    problems = []
    if not entries:
        problems.append(Problem("none_chosen", _("Velg minst én rad."), "entries"))
    if not reason.strip():
        problems.append(Problem("reason_missing", _("Skriv hvorfor datoen flyttes."), "reason"))
    if not basis.strip():
        problems.append(
            Problem("basis_missing", _("Skriv det skriftlige grunnlaget, for eksempel brev og dato."), "basis")
        )
    if problems:
        raise RuleBroken(problems=problems)
    for entry in entries:
        _require_alive(entry)
        _move(entry, new_dates[entry.pk], reason=reason.strip(), basis=basis.strip(), actor=actor, at=at)
    return entries


def _move(entry: CalendarEntry, to: date, *, reason: str, basis: str, actor: Actor, at: datetime) -> None:
    before = entry.date
    if before == to:
        return
    entry.date = to
    bump(entry, fields=("date",))
    for row in ExpectedDelivery.objects.locked().filter(entry=entry):
        row.due = to
        row.deadline_version += 1
        bump(row, fields=("due", "deadline_version"))
    _tell("calendar.moved", entry, actor, at, reason, {"date": before}, {"date": to, "basis": basis})
    expected_changed.send(sender=ExpectedDelivery, agency=entry.agency, actor=actor, at=at)


def withdraw_entry(entry: CalendarEntry, *, reason: str, actor: Actor, at: datetime) -> None:
    """End an entry whose row is withdrawn, or was never in the letter."""
    entry.withdrawn_at = at
    bump(entry, fields=("withdrawn_at",))
    for row in ExpectedDelivery.objects.locked().filter(entry=entry, state="coming"):
        row.state, row.reason = "not_asked", reason
        bump(row, fields=("state", "reason"))
    _tell("calendar.withdrawn", entry, actor, at, reason, {}, {"withdrawn": at})
    expected_changed.send(sender=ExpectedDelivery, agency=entry.agency, actor=actor, at=at)


@transaction.atomic
def hold_meeting(
    *, entry: CalendarEntry, held_on: date, actor: Actor, at: datetime, expected_version: int | None = None
) -> CalendarEntry:
    """Record that a meeting was held, and when. Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken."""
    row: CalendarEntry = CalendarEntry.objects.select_related("agency", "superior").locked().get(pk=entry.pk)
    require_calendar(actor, row.agency, clock.local_date(at))
    check_version(row, expected_version)
    _require_alive(row)
    if row.kind != CalendarKind.MEETING:
        raise NotInThisState(_("Dette er ikke et møte."))
    if held_on > clock.local_date(at):
        raise RuleBroken(problems=[Problem("held_ahead", _("Møtet kan ikke være holdt etter i dag."), "held_on")])
    before = row.held_on
    row.held_on = held_on
    bump(row, fields=("held_on",))
    _tell("meeting.held", row, actor, at, "", {"held_on": before}, {"held_on": held_on})
    return row


def _require_alive(entry: CalendarEntry) -> None:
    if entry.withdrawn_at is not None:
        raise NotInThisState(_("Raden er trukket og kan ikke endres."))


def _tell(
    event: str,
    entry: CalendarEntry,
    actor: Actor,
    at: datetime,
    reason: str,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    side = entry.superior.uuid
    events.record(
        event=event,
        subject=entry,
        actor=actor,
        at=at,
        organisation=side,
        counterpart=entry.agency.uuid,
        reason=reason,
        before=before,
        after=after,
    )
