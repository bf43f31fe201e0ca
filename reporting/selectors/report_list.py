"""The list of reports: what is expected, what is open (own side only), what has been submitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.querysets import organisations_with
from agencies.rights import Right
from core.actor import Actor
from core.formatting import full_date
from core.visuals.badges import Badge, badge_for
from core.visuals.deadlines import DeadlineFace, deadline_face
from core.visuals.parts import Action, Link, Tag
from reporting.models import ExpectedDelivery, ExpectedState, Report, ReportKind
from reporting.selectors.sources import kind_of


@dataclass(frozen=True)
class ListRow:
    """One expected or written report."""

    title: str
    url: str
    agency: str
    badge: Badge
    deadline: DeadlineFace | None
    meta: str = ""
    late: bool = False
    tags: Sequence[Tag] = ()
    actions: Sequence[Action] = ()
    lang: str = ""


@dataclass(frozen=True)
class ListGroup:
    """Reports of one agency."""

    agency: str
    rows: Sequence[ListRow]


@dataclass(frozen=True)
class ReportList:
    """The page: years to choose from, groups by agency, how many."""

    year: int
    years: Sequence[Link]
    groups: Sequence[ListGroup]
    count: int
    waiting: int


def report_list(actor: Actor, day: date, year: int | None = None) -> ReportList:
    """Expected reports and reports of a budget year, in a fixed number of queries."""
    kinds = list(ReportKind.objects.order_by("id"))
    expected = [
        (row, row.report_kind or kind_of(row.title, kinds))
        for row in ExpectedDelivery.objects.visible_to(actor, day).for_list()
    ]
    expected = [(row, kind) for row, kind in expected if kind is not None]
    reports = list(Report.objects.visible_to(actor, day).for_list().select_related("submission"))
    years = sorted({_year(row) for row, _kind in expected} | {row.year for row in reports}, reverse=True)
    default = next((one for one in years if one <= day.year), day.year)
    chosen = year if year is not None and year in years else default
    writes = set(organisations_with(actor, Right.WRITE_REPORTS, day).values_list("content_object_id", flat=True))
    registers = set(
        organisations_with(actor, Right.REGISTER_SUBMISSIONS, day).values_list("content_object_id", flat=True)
    )
    rows = _rows([row for row, _kind in expected if _year(row) == chosen], reports, chosen, day, writes, registers)
    base = reverse("reporting:reports")
    return ReportList(
        chosen,
        [Link(str(one), f"{base}?ar={one}", current=one == chosen) for one in years],
        _grouped(rows),
        len(rows),
        sum(row.badge.label == badge_for("expected", "coming").label for row in rows),
    )


def _year(row: ExpectedDelivery) -> int:
    return row.budget_year or (row.due.year if row.due else 0)


def _rows(
    expected: Sequence[ExpectedDelivery],
    reports: Sequence[Report],
    year: int,
    day: date,
    writes: set[int],
    registers: set[int],
) -> list[ListRow]:
    by_expected: dict[int, list[Report]] = {}
    for report in reports:
        by_expected.setdefault(report.expected_id or 0, []).append(report)
    rows = []
    for one in expected:
        own = by_expected.pop(one.pk, [])
        rows += [_report_row(report, day) for report in own] or [_expected_row(one, day, writes, registers)]
    known = {one.pk for one in expected}
    loose = [r for r in reports if r.year == year and (r.expected_id is None or r.expected_id not in known)]
    return rows + [_report_row(report, day) for report in loose]


def _report_row(report: Report, day: date) -> ListRow:
    tags = []
    if report.corrects_id:
        tags.append(Tag(_("Rettet, utgave %(number)s") % {"number": report.revision}))
    if report.sent_outside:
        tags.append(Tag(_("Sendt utenfor systemet"), "person-pencil", "plain"))
    submitted = report.is_submitted
    meta = ""
    if submitted and report.frozen_at is not None:
        meta = _("sendt %(date)s") % {"date": full_date(report.submission.sent_on)}
    correction = report.corrects_id is not None
    late = not submitted and not correction and report.due is not None and report.due < day
    done = report.submission.sent_on if submitted else None
    return ListRow(
        report.title, reverse("reporting:report", args=[report.uuid]), report.agency.name,
        badge_for("report", report.state),
        deadline_face(report.due, today=day, delivered_on=done)
        if report.due and (submitted or not correction) else None,
        meta, late, tags, lang="nn" if report.language == "nn" else "",
    )  # fmt: skip


def _expected_row(one: ExpectedDelivery, day: date, writes: set[int], registers: set[int]) -> ListRow:
    coming = one.state == ExpectedState.COMING
    late = coming and one.due is not None and one.due < day
    actions = []
    if coming and one.agency_id in writes:
        actions.append(Action(_("Begynn rapporten"), reverse("reporting:report_open", args=[one.uuid]), post=True))
    if coming and one.agency_id in registers:
        actions.append(Action(_("Registrer sendt rapport"), reverse("reporting:report_register", args=[one.uuid])))
    return ListRow(
        one.title, "", one.agency.name, badge_for("expected", one.state),
        deadline_face(one.due, today=day, delivered_on=one.received_on) if one.due else None,
        _("gjelder %(year)s") % {"year": one.budget_year} if one.budget_year else "", late, actions=actions,
    )  # fmt: skip


def _grouped(rows: Sequence[ListRow]) -> list[ListGroup]:
    groups: dict[str, list[ListRow]] = {}
    for row in rows:
        groups.setdefault(row.agency, []).append(row)
    return [ListGroup(agency, members) for agency, members in sorted(groups.items())]


def reports_for(actor: Actor, day: date) -> Q:
    """Condition for reports that may be shown in other places (overview, search)."""
    return Q(pk__in=Report.objects.visible_to(actor, day).values("pk"))
