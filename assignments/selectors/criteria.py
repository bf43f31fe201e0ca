"""The filter of the list as data, and as conditions: page, tabs, export and saved views ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from assignments.models import Answer, Assignment, AssignmentStatus, Delivery
from assignments.querysets import AssignmentQuerySet
from assignments.states import OPEN
from core.actor import Actor
from core.calendars import add_working_days

SOON_DAYS = 20
LATE, SOON, LATER, UNDATED, ENDED = "late", "soon", "later", "none", "ended"

STATUS_CHOICES = (
    ("open", _("Åpne")),
    ("unclear", _("Under avklaring")),
    ("waiting", _("Venter på vurdering")),
    ("unowned", _("Uten ansvarlig")),
    *[(code, label) for code, label in AssignmentStatus.choices if code != AssignmentStatus.DRAFT],
    ("all", _("Alle")),
)
DEADLINE_CHOICES = (
    ("", _("Når som helst")),
    (LATE, _("Forsinket")),
    (SOON, _("Innen 20 virkedager")),
    (LATER, _("Senere")),
    (UNDATED, _("Uten dato")),
)
SORTS = {
    "frist": ("next_deadline",),
    "nummer": ("series", "year", "number", "suffix"),
    "tittel": ("shown_title",),
    "virksomhet": ("responsible__short_name", "department__code"),
    "status": ("status",),
}


@dataclass(frozen=True)
class Criteria:
    """What the reader has asked for. Empty means no limit, except ``status``: open ones."""

    q: str = ""
    agency: UUID | None = None
    year: int | None = None
    department: UUID | None = None
    status: str = "open"
    deadline: str = ""
    sort: str = "frist"
    more: str = ""

    def query(self, **changes: Any) -> str:
        """The address of this filter, with changes."""
        made = replace(self, **changes) if changes else self
        names = {
            "sok": made.q,
            "virksomhet": made.agency,
            "brevar": made.year,
            "avdeling": made.department,
            "status": "" if made.status == "open" else made.status,
            "frist": made.deadline,
            "sorter": "" if made.sort == "frist" else made.sort,
            "vis": made.more,
        }
        return "?" + urlencode({name: value for name, value in names.items() if value})


def read_criteria(query: Mapping[str, str]) -> Criteria:
    """Criteria from an address; what is not understood is left out, so that an old link still leads to a list."""
    statuses = {code for code, _label in STATUS_CHOICES}
    status, sort = query.get("status", ""), query.get("sorter", "")
    deadline = query.get("frist", "")
    return Criteria(
        q=query.get("sok", "").strip()[:200],
        agency=_uuid(query.get("virksomhet", "")),
        year=int(year) if (year := query.get("brevar", "")).isdecimal() and len(year) == 4 else None,
        department=_uuid(query.get("avdeling", "")),
        status=status if status in statuses else "open",
        deadline=deadline if deadline in {code for code, _label in DEADLINE_CHOICES} else "",
        sort=sort if sort.removeprefix("-") in SORTS else "frist",
        more=query.get("vis", "") if query.get("vis", "") in (LATE, SOON, LATER, UNDATED, ENDED) else "",
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def visible(actor: Actor, day: date) -> AssignmentQuerySet:
    """Everything the actor may know of, with ``may_read``: the one starting point of list, counts and export."""
    found: AssignmentQuerySet = Assignment.objects.visible_to(actor, day).with_access(actor)
    return found


def late(today: date) -> Q:
    """Past the next deadline with something outstanding; an exempt row one may not read is never counted late."""
    return Q(may_read=True, status__in=OPEN, next_deadline__lt=today, delivered_count__lt=F("delivery_count"))


def soon(today: date) -> Q:
    """Due within twenty working days."""
    limit = add_working_days(today, SOON_DAYS)
    due = Q(may_read=True, status__in=OPEN, next_deadline__lte=limit)
    return due & (Q(next_deadline__gte=today) | Q(delivered_count__gte=F("delivery_count")))


def waiting() -> Q:
    """With an answer that the ministry has not finished assessing."""
    answers = Delivery.objects.filter(assignment_id=OuterRef("pk"), state__in=("delivered", "under_assessment"))
    return Q(may_read=True, status__in=OPEN) & Q(Exists(answers))


def group_case(today: date) -> Case:
    """Which group of the list a row stands in."""
    limit = add_working_days(today, SOON_DAYS)
    return Case(
        When(~Q(status__in=OPEN), then=Value(ENDED)),
        When(Q(may_read=False) | Q(next_deadline__isnull=True), then=Value(UNDATED)),
        When(late(today), then=Value(LATE)),
        When(next_deadline__lte=limit, then=Value(SOON)),
        default=Value(LATER),
        output_field=CharField(),
    )


def search(words: str) -> Q:
    """In number, title, text and answers; parts of compounds and misspellings too.

    Of an exempt assignment only the number is searched for those who may not read it (decision B2).
    """
    answers = Answer.objects.filter(delivery__assignment_id=OuterRef("pk"), text__icontains=words)
    text = (
        Q(search=_web(words))
        | Q(title__icontains=words)
        | Q(body__icontains=words)
        | Q(title__trigram_word_similar=words)
        | Q(Exists(answers))
    )
    return Q(reference__icontains=words) | (Q(may_read=True) & text)


def _web(words: str) -> Any:
    from django.contrib.postgres.search import SearchQuery

    return SearchQuery(words, config="norwegian", search_type="websearch")


def condition(criteria: Criteria, actor: Actor, today: date) -> Q:
    """The criteria as one condition over ``visible``."""
    found = _status(criteria.status, actor)
    if criteria.q:
        found &= search(criteria.q)
    if criteria.agency:
        found &= Q(responsible__uuid=criteria.agency) | Q(given_to__uuid=criteria.agency)
    if criteria.department:
        found &= Q(department__uuid=criteria.department)
    if criteria.year:
        found &= Q(letter_year=criteria.year) | Q(letter_year__lt=criteria.year, status__in=OPEN)
    buckets = {
        LATE: lambda: late(today),
        SOON: lambda: soon(today),
        LATER: lambda: Q(may_read=True, next_deadline__gt=add_working_days(today, SOON_DAYS)),
        UNDATED: lambda: Q(may_read=False) | Q(next_deadline__isnull=True),
    }
    if criteria.deadline:
        found &= buckets[criteria.deadline]()
    return found


def _status(status: str, actor: Actor) -> Q:
    if status == "all":
        return Q(pk__isnull=False)
    if status == "open":
        return Q(status__in=OPEN)
    if status == "unclear":
        return Q(status__in=OPEN, unclear=True, may_read=True)
    if status == "waiting":
        return waiting()
    if status == "unowned":
        return Q(status__in=OPEN, owner__isnull=True, responsible__uuid=actor.organisation)
    return Q(status=status, may_read=True)


def ordering(sort: str) -> list[Any]:
    """The order inside each group; ``shown_title`` keeps an exempt title from deciding its place."""
    down = sort.startswith("-")
    names = SORTS.get(sort.removeprefix("-"), SORTS["frist"])
    fields = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in names]
    return [F("may_read").desc(), *fields, "letter_year", "series", "number", "id"]
