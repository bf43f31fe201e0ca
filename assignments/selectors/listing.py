"""The list of assignments: groups, tabs, filter choices and rows, all counted by the same conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assignments.contexts import AssignmentGroup, AssignmentList, AssignmentRow
from assignments.models import Assignment, DeadlineRequest, JointPart, SavedView
from assignments.selectors import words
from assignments.selectors.criteria import (
    ENDED,
    LATE,
    LATER,
    SOON,
    UNDATED,
    Criteria,
    condition,
    group_case,
    late,
    ordering,
    read_criteria,
    soon,
    visible,
    waiting,
)
from assignments.states import OPEN
from core import formatting as fmt
from core.actor import Actor
from core.visuals.meter import delivery_meter
from core.visuals.parts import Column, Link, PageHead

FIRST_ROWS = {LATE: 25, SOON: 25, LATER: 8, UNDATED: 10, ENDED: 15}
MORE_ROWS = 200
GROUPS = (
    (LATE, gettext_lazy("Forsinket")),
    (SOON, gettext_lazy("Frist innen 20 virkedager")),
    (LATER, gettext_lazy("Senere")),
    (UNDATED, gettext_lazy("Uten gjeldende dato")),
    (ENDED, gettext_lazy("Avsluttet, utgått eller trukket")),
)


@dataclass(frozen=True)
class Facets:
    """What the filter can be set to: only what the reader sees has a line."""

    agencies: Sequence[tuple[str, str]]
    names: Sequence[tuple[str, str]]
    departments: Sequence[tuple[str, str]]
    years: Sequence[int]


def assignment_list(
    actor: Actor,
    criteria: Criteria,
    today: date,
    facets: Facets,
    head: PageHead,
    *,
    may_assign: bool = False,
) -> AssignmentList:
    """The list for one reader: six queries whatever the number of rows, besides the facets."""
    latest = facets.years[0] if facets.years else today.year
    matching = visible(actor, today).filter(condition(criteria, actor, today))
    counts = {row["group"]: row["n"] for row in _grouped(matching, today).values("group").annotate(n=Count("pk"))}
    groups = _groups(matching, criteria, counts, latest, today)
    shown, total = sum(len(group.rows) for group in groups), sum(counts.values())
    bulk = ((("owner"), _("velg ansvarlig")),) if may_assign else ()
    return AssignmentList(
        head=replace(head, lead=_lead(facets, total, criteria)),
        views=tabs(actor, criteria, today),
        save_view=Link(_("Lagre visning"), reverse("assignments:save_view") + criteria.query()),
        groups=groups,
        columns=columns(criteria),
        result=_result(shown, total, criteria),
        filter_now=_now(criteria, facets, latest),
        bulk=bulk,
        bulk_url=reverse("assignments:owners"),
    )


def _grouped(rows: Any, today: date) -> Any:
    return rows.annotate(group=group_case(today)).order_by()


def _groups(
    matching: Any, criteria: Criteria, counts: dict[str, int], latest: int, today: date
) -> list[AssignmentGroup]:
    rows = [make_row(row, latest, today) for row in _fetch(matching, criteria, today)]
    groups = []
    for key, label in GROUPS:
        count = counts.get(key, 0)
        if not count:
            continue
        own = [row for row in rows if row.group == key]
        rest = count - len(own)
        more = None
        if rest:
            sentence = _("Vis %(n)s til i «%(group)s»") % {"n": min(rest, MORE_ROWS), "group": label}
            more = Link(sentence, criteria.query(more=key) + f"#{key}")
        groups.append(AssignmentGroup(label, count, own, key == LATE, more, key))
    return groups


def _fetch(matching: Any, criteria: Criteria, today: date) -> Any:
    """The first rows of each group in one query; the group one asked for has many."""
    limit = Case(
        *[
            When(group=key, then=Value(MORE_ROWS if key == criteria.more else first))
            for key, first in FIRST_ROWS.items()
        ]
    )
    numbered = matching.annotate(
        group=group_case(today),
        shown_title=Case(When(may_read=True, then=F("title")), default=Value(""), output_field=TextField()),
    )
    place = Window(RowNumber(), partition_by=[F("group")], order_by=ordering(criteria.sort))
    return with_details(numbered).annotate(place=place).filter(place__lte=limit).order_by("place")


def with_details(rows: Any) -> Any:
    """Join what a row shows: parties, deliveries, participants and a wish for another deadline."""
    parts = JointPart.objects.select_related("organisation").order_by("pk")
    wish = DeadlineRequest.objects.filter(
        delivery__assignment_id=OuterRef("pk"),
        declined_at__isnull=True,
        deadline_version=F("delivery__deadline_version"),
    ).order_by("-pk")
    return (
        rows.for_list()
        .prefetch_related(Prefetch("joint__parts", queryset=parts, to_attr="listed_parts"))
        .annotate(wanted=Subquery(wish.values("wanted")[:1]))
    )


def make_row(assignment: Any, latest: int, today: date) -> AssignmentRow:
    """A row as the reader may see it: of an exempt one only the shell (decision B2)."""
    url = reverse("assignments:passport", args=[assignment.uuid])
    if not assignment.may_read:
        basis = f"{assignment.restricted_basis}. " if assignment.restricted_basis else ""
        return AssignmentRow(
            key=str(assignment.uuid),
            number=assignment.reference or _("uten nummer"),
            url=url,
            agency=assignment.responsible.short,
            exempt=basis + _("Bare navngitte lesere ser tittel og tekst."),
            ask=Link(_("Be om tilgang"), reverse("assignments:ask_access", args=[assignment.uuid])),
            group=UNDATED if assignment.status in OPEN else ENDED,
        )
    deliveries = list(assignment.deliveries.all())
    overdue = sum(words.is_late(row, today) for row in deliveries) if assignment.status in OPEN else 0
    return AssignmentRow(
        key=str(assignment.uuid),
        number=assignment.reference or _("uten nummer"),
        url=url,
        title=assignment.title,
        agency=assignment.responsible.short,
        department=assignment.department.code if assignment.department else "",
        status=words.assignment_badge(assignment, deliveries),
        tags=words.tags(assignment, _parts(assignment), assignment.wanted, latest),
        meter=delivery_meter(
            delivered=assignment.delivered_count, total=assignment.delivery_count, late=overdue, short=True
        ),
        deadline=words.delivery_face(assignment, words.next_delivery(deliveries), today),
        group=getattr(assignment, "group", ""),
    )


def _parts(assignment: Assignment) -> list[JointPart]:
    return list(getattr(assignment.joint, "listed_parts", ())) if assignment.joint else []


def tabs(actor: Actor, criteria: Criteria, today: date) -> list[Link]:
    """Views everybody has, and the person's own, each with its count; all counted in one query."""
    everyone: list[tuple[str, Criteria, Q]] = [
        (_("Alle åpne"), Criteria(), Q(status__in=OPEN)),
        (_("Forsinket"), Criteria(deadline=LATE), late(today)),
        (_("Innen 20 virkedager"), Criteria(deadline=SOON), soon(today)),
        (_("Under avklaring"), Criteria(status="unclear"), Q(status__in=OPEN, unclear=True, may_read=True)),
        (_("Venter på vurdering"), Criteria(status="waiting"), waiting()),
    ]
    for view in saved_views(actor):
        saved = read_criteria(_pairs(view.query))
        everyone.append((view.name, saved, condition(saved, actor, today)))
    counts = visible(actor, today).aggregate(
        **{f"n{number}": Count("pk", filter=rule) for number, (_label, _saved, rule) in enumerate(everyone)}
    )
    now = replace(criteria, sort="frist", more="")
    return [
        Link(label, chosen.query(), count=counts[f"n{number}"], current=chosen == now)
        for number, (label, chosen, _rule) in enumerate(everyone)
    ]


def saved_views(actor: Actor) -> QuerySet[SavedView]:
    """The person's own views, in the order they were saved."""
    rows: QuerySet[SavedView] = SavedView.objects.filter(user_id=actor.user_id, removed_at__isnull=True).order_by("id")
    return rows


def _pairs(query: str) -> dict[str, str]:
    from urllib.parse import parse_qsl

    return dict(parse_qsl(query.lstrip("?")))


def facets_of(actor: Actor, today: date) -> Facets:
    """Agencies, departments and letter years among what the reader sees."""
    names = ("responsible__uuid", "responsible__name", "responsible__short_name", "department__uuid",
             "department__code", "letter_year")  # fmt: skip
    rows = list(visible(actor, today).order_by().values_list(*names).distinct())
    bodies = sorted({(row[1], row[2] or row[1], str(row[0])) for row in rows})
    departments = sorted({(row[4], str(row[3])) for row in rows if row[3]})
    return Facets(
        agencies=[(uuid, short) for _name, short, uuid in bodies],
        names=[(uuid, name) for name, _short, uuid in bodies],
        departments=[(uuid, code) for code, uuid in departments],
        years=sorted({row[5] for row in rows}, reverse=True),
    )


def columns(criteria: Criteria) -> list[Column]:
    """Heads of the table, each a link that sorts by it."""
    heads = (("nummer", _("Nummer")), ("tittel", _("Oppdrag")), ("virksomhet", _("Virksomhet, avd.")),
             ("status", _("Status")), ("", _("Levert")), ("frist", _("Gjeldende frist")))  # fmt: skip
    found = []
    for key, label in heads:
        if not key:
            found.append(Column(label))
            continue
        up, down = criteria.sort == key, criteria.sort == f"-{key}"
        url = criteria.query(sort=f"-{key}" if up else key)
        found.append(Column(label, "", url, "ascending" if up else "descending" if down else ""))
    return found


def _lead(facets: Facets, total: int, criteria: Criteria) -> str:
    names = [name for uuid, name in facets.names if not criteria.agency or uuid == str(criteria.agency)]
    if len(names) > 3:
        names = [_("%(n)s virksomheter") % {"n": len(names)}]
    if criteria.status == "open":
        words_ = ngettext("%(n)s åpent oppdrag", "%(n)s åpne oppdrag", total) % {"n": total}
    else:
        words_ = ngettext("%(n)s oppdrag", "%(n)s oppdrag", total) % {"n": total}
    return _("%(count)s til %(agencies)s") % {"count": words_, "agencies": fmt.listing(names)} if names else words_


def _result(shown: int, total: int, criteria: Criteria) -> str:
    by = {
        "frist": _("gjeldende frist"),
        "nummer": _("nummer"),
        "tittel": _("tittel"),
        "virksomhet": _("virksomhet"),
        "status": _("status"),
    }[criteria.sort.removeprefix("-")]
    return _("Viser %(shown)s av %(total)s, sortert etter %(by)s.") % {"shown": shown, "total": total, "by": by}


def _now(criteria: Criteria, facets: Facets, latest: int) -> str:
    agencies = [name for uuid, name in facets.agencies if not criteria.agency or uuid == str(criteria.agency)]
    year = criteria.year or latest
    first = fmt.listing(agencies) if len(agencies) < 4 else _("alle virksomheter")
    return " · ".join([first, _("brevår %(year)s") % {"year": year}])
