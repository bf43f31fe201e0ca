"""Everything that has a day: meetings, reports and inputs, deliveries of assignments. One shape, one visibility.

Calendar, Min arbeidsdag, the agency's year and the feed all read here, so that what one of them counts the others
show. Of an exempt assignment one who may not read it gets the number and nothing else (decision B2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from datetime import time as clock_time
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from assignments.models import DELIVERED_STATES, OPEN_STATUSES, Assignment, Delivery, ReaderGrant
from core import formatting as fmt
from core.actor import Actor
from core.visuals.badges import CLARIFY, Badge, badge_for
from core.visuals.deadlines import DeadlineFace, time_left
from governance.models import CalendarKind
from reporting.addresses import address
from reporting.models import CalendarEntry, ExpectedDelivery, ExpectedState

MEETING, REPORT, ASSIGNMENT, OTHER = "meeting", "report", "assignment", "other"
DONE_EXPECTED = (ExpectedState.RECEIVED, ExpectedState.NO_INPUT, ExpectedState.EXCUSED, ExpectedState.NOT_ASKED)


@dataclass(frozen=True)
class Happening:
    """One thing on one day, as this person may know it.

    ``written`` is the letter's date when it is another than ``day``. ``done`` is received, held or delivered;
    ``late`` is never true of a thing that is under clarification (decision A7).
    """

    day: date
    kind: str
    title: str
    short: str
    url: str
    uuid: UUID
    agency: str
    agency_uuid: UUID
    state: str
    done: bool = False
    late: bool = False
    clarify: bool = False
    done_on: date | None = None
    written: date | None = None
    time: clock_time | None = None
    end_time: clock_time | None = None
    place: str = ""
    note: str = ""
    budget_year: int | None = None
    number: str = ""
    restricted: bool = False
    owner_id: int | None = None
    version: int = 1

    @property
    def badge(self) -> Badge:
        """Glyph and words of its state."""
        if self.clarify:
            return CLARIFY
        if self.late:
            return Badge("late", _("Forsinket"), "danger", strong=True)
        kind = {MEETING: "meeting", REPORT: "expected", ASSIGNMENT: "delivery"}.get(self.kind, "expected")
        label = ""
        if self.kind == REPORT and self.state == ExpectedState.RECEIVED and self.done_on:
            label = _("Mottatt %(date)s") % {"date": fmt.day_month(self.done_on)}
        return badge_for(kind, self.state, label)

    def left(self, today: date) -> DeadlineFace:
        """One line for how long is left, or since when it is late."""
        if self.clarify:
            return DeadlineFace(_("uavklart"), tone="brand2", glyph="clarify", loud=True)
        if self.done and self.done_on:
            return time_left(self.day, today=today, delivered_on=self.done_on)
        if self.done:
            return DeadlineFace(str(self.badge.label))
        return time_left(self.day, today=today)


@dataclass(frozen=True)
class Scope:
    """Which rows to read: an agency or all one sees, between two days."""

    start: date
    end: date
    agency: Organisation | None = None
    kinds: tuple[str, ...] = (MEETING, REPORT, ASSIGNMENT, OTHER)
    bare: bool = False  # exempt assignments as number only, also for their readers

    def limit(self, queryset: Any, agency_field: str) -> Any:
        """The queryset for the agency of the scope."""
        return queryset.filter(**{agency_field: self.agency}) if self.agency is not None else queryset


def happenings(actor: Actor, today: date, scope: Scope) -> list[Happening]:
    """All that happens in the scope, in the order of days. Three queries, whatever the number of rows."""
    rows: list[Happening] = []
    if REPORT in scope.kinds:
        rows += [expected_row(row, today) for row in expected_in(actor, today, scope)]
    if MEETING in scope.kinds or OTHER in scope.kinds:
        rows += [entry_row(row, today) for row in entries_in(actor, today, scope)]
    if ASSIGNMENT in scope.kinds:
        rows += [delivery_row(row, today, bare=scope.bare) for row in deliveries_in(actor, today, scope)]
    return sorted(rows, key=lambda row: (row.day, row.time or clock_time.min, row.kind, row.title))


def expected_in(actor: Actor, today: date, scope: Scope) -> Any:
    """Expected reports and inputs of the scope."""
    rows = ExpectedDelivery.objects.visible_to(actor, today).filter(due__range=(scope.start, scope.end))
    rows = scope.limit(rows, "agency").exclude(entry__withdrawn_at__isnull=False)
    return rows.select_related("agency", "receiver", "entry__item", "requirement").order_by("due", "id")


def entries_in(actor: Actor, today: date, scope: Scope) -> Any:
    """Meetings and other entries that nothing is delivered for."""
    rows = CalendarEntry.objects.visible_to(actor, today).filter(date__range=(scope.start, scope.end))
    kinds = [kind for kind in (MEETING, OTHER) if kind in scope.kinds]
    return scope.limit(rows, "agency").filter(kind__in=kinds).select_related("agency", "item").order_by("date", "id")


def deliveries_in(actor: Actor, today: date, scope: Scope) -> Any:
    """Deliveries of open or finished assignments one may know of, by current deadline."""
    rows = readable_deliveries(actor, today).filter(deadline__range=(scope.start, scope.end))
    rows = rows.exclude(state="cancelled").filter(
        Q(assignment__status__in=OPEN_STATUSES) | Q(assignment__status="closed", state__in=DELIVERED_STATES)
    )
    return scope.limit(rows, "assignment__responsible").order_by("deadline", "id")


def readable_deliveries(actor: Actor, today: date) -> Any:
    """Deliveries of assignments the actor may know of, with ``may_read`` and the joins a row needs."""
    seen = Assignment.objects.visible_to(actor, today).values("pk")
    reader = ReaderGrant.objects.filter(
        assignment_id=OuterRef("assignment_id"), user_id=actor.user_id, revoked_at__isnull=True
    )
    return (
        Delivery.objects.filter(assignment_id__in=seen)
        .annotate(is_reader=Exists(reader), total=F("assignment__delivery_count"))
        .select_related("assignment__responsible", "assignment__department", "assignment__issuer")
        .defer("assignment__body", "assignment__search")
    )


def expected_row(row: ExpectedDelivery, today: date) -> Happening:
    """A report or input."""
    entry = row.entry
    written = entry.item.date if entry is not None and entry.item is not None else None
    done = row.state in DONE_EXPECTED
    due = row.due or today
    return Happening(
        day=due,
        kind=REPORT,
        title=row.title,
        short=shorten(row.title),
        url=address("reporting:expected", row.uuid),
        uuid=row.uuid,
        agency=row.agency.short,
        agency_uuid=row.agency.uuid,
        state=row.state,
        done=done,
        late=not done and due < today,
        done_on=row.received_on,
        written=written if written != row.due else None,
        note=entry.note if entry is not None else _requirement_note(row),
        budget_year=row.budget_year,
        owner_id=row.owner_id,
        version=row.version,
    )


def _requirement_note(row: ExpectedDelivery) -> str:
    section = row.requirement.section if row.requirement is not None else ""
    return _("Krav i brevet, punkt %(section)s") % {"section": section} if section else _("Krav i brevet")


def entry_row(row: CalendarEntry, today: date) -> Happening:
    """A meeting, or an entry that asks for nothing."""
    written = row.item.date if row.item is not None else None
    meeting = row.kind == CalendarKind.MEETING
    title = f"{row.title} {fmt.clock_range(row.time, row.end_time)}" if row.time and row.end_time else row.title
    day = row.date or today
    return Happening(
        day=day,
        kind=MEETING if meeting else OTHER,
        title=title,
        short=shorten(row.title),
        url=address("reporting:entry", row.uuid),
        uuid=row.uuid,
        agency=row.agency.short,
        agency_uuid=row.agency.uuid,
        state="held" if row.held_on else "planned",
        done=bool(row.held_on),
        done_on=row.held_on,
        written=written if written != row.date else None,
        time=row.time,
        end_time=row.end_time,
        place=row.place,
        note=row.note,
        budget_year=row.budget_year,
        version=row.version,
    )


def delivery_row(row: Any, today: date, *, bare: bool = False) -> Happening:
    """A delivery; nothing but the number when the assignment is exempt and the actor is no reader."""
    assignment = row.assignment
    hidden = assignment.restricted and (bare or not row.is_reader)
    number = assignment.reference or _("Oppdrag")
    part = _("%(number)s, leveranse %(n)s") % {"number": number, "n": row.ordinal} if row.total > 1 else number
    words = _("Unntatt offentlighet") if hidden else (row.title if row.total > 1 and row.title else assignment.title)
    done = row.state in DELIVERED_STATES
    day = row.deadline or today
    return Happening(
        day=day,
        kind=ASSIGNMENT,
        title=f"{part} {words}",
        short=_("%(number)s lev. %(n)s") % {"number": number, "n": row.ordinal} if row.total > 1 else number,
        url=address("assignments:passport", assignment.uuid),
        uuid=row.uuid,
        agency=assignment.responsible.short,
        agency_uuid=assignment.responsible.uuid,
        state=row.state,
        done=done,
        late=not done and not row.unclear and day < today,
        clarify=row.unclear and not done,
        done_on=row.delivered_on,
        written=row.letter_deadline if row.letter_deadline != row.deadline else None,
        time=row.deadline_time,
        number=part,
        note="" if hidden else assignment.title if row.total > 1 else "",
        restricted=assignment.restricted,
        owner_id=assignment.owner_id,
        version=assignment.version,
    )


#: Words that cannot stand last on a chart, and beginnings that say nothing there.
LOOSE_ENDS = frozenset({"til", "for", "med", "og", "i", "per", "om", "av", "en", "et", "på", "ev."})
EMPTY_BEGINNINGS = ("Ev. innspill til ", "Innspill til ", "Ev. ")


def shorten(title: str, length: int = 22) -> str:
    """A title short enough for a chart: cut at a word, never after a preposition."""
    for beginning in EMPTY_BEGINNINGS:
        title = title.removeprefix(beginning)
    short: list[str] = []
    for word in title.replace(",", "").split():
        if short and len(" ".join([*short, word])) > length:
            break
        short.append(word.rstrip(";:"))
    while len(short) > 1 and short[-1].lower() in LOOSE_ENDS:
        short.pop()
    words = " ".join(short)[: length + 10].rstrip("-")
    return words[:1].upper() + words[1:]


@dataclass
class Counts:
    """How expected deliveries stand. ``total`` is the sum of all states, and late ones are among those coming (K4)."""

    by_state: dict[str, int] = field(default_factory=dict)
    late: int = 0

    @property
    def total(self) -> int:
        """All that are expected."""
        return sum(self.by_state.values())

    def of(self, state: str) -> int:
        """How many are in a state."""
        return self.by_state.get(state, 0)


def count_expected(rows: Iterable[Happening]) -> Counts:
    """Count reports and inputs among the rows."""
    counts = Counts({state.value: 0 for state in ExpectedState})
    for row in rows:
        if row.kind == REPORT:
            counts.by_state[row.state] += 1
            counts.late += row.late
    return counts
