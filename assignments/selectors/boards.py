"""The same assignments as a board of columns and as a timeline of months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from assignments.contexts import AssignmentRow
from assignments.models import AssignmentStatus
from assignments.selectors.criteria import Criteria, condition, visible
from assignments.selectors.listing import Facets, facets_of, make_row, with_details
from core.actor import Actor
from core.visuals.badges import Badge, badge_for
from core.visuals.parts import Link

COLUMN_ROWS = 12
TIMELINE_ROWS = 300
COLUMNS = ("given", "received", "in_progress", "delivered", "returned", "standing")


@dataclass(frozen=True)
class BoardColumn:
    """One status with its count and first cards."""

    badge: Badge
    count: int
    rows: Sequence[AssignmentRow]
    more: Link | None = None


@dataclass(frozen=True)
class Board:
    """The board page."""

    lead: str
    facets: Facets
    columns: Sequence[BoardColumn]
    exempt: int = 0


@dataclass(frozen=True)
class Month:
    """One month of the timeline."""

    label: str
    rows: Sequence[AssignmentRow]
    past: bool = False
    now: bool = False


@dataclass(frozen=True)
class Timeline:
    """The timeline page; ``undated`` says how many have no place on it."""

    lead: str
    facets: Facets
    months: Sequence[Month]
    undated: int
    undated_url: str


def is_agency_side(actor: Actor, facets: Facets) -> bool:
    """The actor sits in the one agency the list is about."""
    return len(facets.agencies) == 1 and str(actor.organisation) == facets.agencies[0][0]


def board(actor: Actor, criteria: Criteria, today: date) -> Board:
    """Open assignments by status; exempt ones one may not read are only counted."""
    facets = facets_of(actor, today)
    latest = facets.years[0] if facets.years else today.year
    rows = visible(actor, today).filter(condition(criteria, actor, today))
    readable = rows.filter(may_read=True)
    counts = dict(readable.order_by().values_list("status").annotate(n=Count("pk")))
    columns = []
    chosen = list(with_details(readable.filter(status__in=COLUMNS)).by_deadline()[:500])
    for status in COLUMNS:
        own = [make_row(row, latest, today) for row in chosen if row.status == status]
        count = counts.get(status, 0)
        label = _("Levert") if status == AssignmentStatus.DELIVERED else ""
        more = None
        if count > COLUMN_ROWS:
            more = Link(_("Vis alle %(n)s") % {"n": count}, replace(criteria, status=status).query())
        columns.append(BoardColumn(badge_for("assignment", status, label), count, own[:COLUMN_ROWS], more))
    hidden = rows.filter(may_read=False).count()
    return Board(_board_lead(sum(counts.get(status, 0) for status in COLUMNS)), facets, columns, hidden)


def _board_lead(count: int) -> str:
    return _("%(n)s åpne oppdrag etter status") % {"n": count}


def timeline(actor: Actor, criteria: Criteria, today: date) -> Timeline:
    """Assignments by the month of their next deadline."""
    facets = facets_of(actor, today)
    latest = facets.years[0] if facets.years else today.year
    rows = visible(actor, today).filter(condition(criteria, actor, today))
    dated = with_details(rows.filter(may_read=True, next_deadline__isnull=False)).by_deadline()[:TIMELINE_ROWS]
    months: dict[tuple[int, int], list[AssignmentRow]] = {}
    for row in dated:
        months.setdefault((row.next_deadline.year, row.next_deadline.month), []).append(make_row(row, latest, today))
    here = (today.year, today.month)
    undated = rows.exclude(may_read=True, next_deadline__isnull=False).count()
    return Timeline(
        lead=_("Frister måned for måned"),
        facets=facets,
        months=[
            Month(f"{MONTHS[key[1]]} {key[0]}".capitalize(), own, past=key < here, now=key == here)
            for key, own in sorted(months.items())
        ],
        undated=undated,
        undated_url=criteria.query(deadline="none"),
    )
