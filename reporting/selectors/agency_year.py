"""One agency, one year, on one page (picture 02): asked, delivered, late, unclear; money; what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import access
from agencies.models import Appointment, Organisation
from agencies.rights import Right, RoleCode
from assignments.models import OPEN_STATUSES, Assignment
from core import formatting as fmt
from core.actor import Actor
from core.visuals.meter import delivery_meter
from core.visuals.parts import Link, PageHead, Tag
from core.visuals.timeline import timeline
from governance.models import DocumentFamily, DocumentState, SteeringDocument
from governance.models import Finding as FindingRow
from reporting.addresses import address
from reporting.contexts import AgencyYear, SummaryPart, YearAssignment
from reporting.selectors.agency_money import budget_rows, figure_rows
from reporting.selectors.agency_year_rows import (
    deadline_words,
    delivery_is_late,
    document_row,
    expected_row,
    expected_words,
    finding_line,
    is_late,
    meeting_row,
    time_left_face,
)
from reporting.selectors.happenings import (
    MEETING,
    REPORT,
    Counts,
    Happening,
    Scope,
    count_expected,
    delivery_row,
    happenings,
)
from reporting.selectors.needs import register_link
from reporting.selectors.year_marks import chart_marks, letter_marks

NEIGHBOURS = (-1, 0, 1)


@dataclass
class _Year:
    """What was read."""

    agency: Organisation
    year: int
    today: date
    assignments: list[Any]
    deliveries: list[Happening]
    others: list[Happening]
    documents: list[SteeringDocument]
    findings: list[FindingRow]

    @property
    def expected(self) -> list[Happening]:
        """Reports and inputs, also those of the letter that fall in the spring after."""
        return [row for row in self.others if row.kind == REPORT]

    @property
    def in_year(self) -> list[Happening]:
        """Reports and inputs with a date in the year."""
        return [row for row in self.expected if row.day.year == self.year]


def agency_year(actor: Actor, today: date, agency: Organisation, year: int) -> AgencyYear:
    """The page, from rows that ``visible_to`` gives. The number of queries does not grow with the rows."""
    read = _read(actor, today, agency, year)
    counts = count_expected(read.in_year)
    letters = [row.pk for row in read.documents if row.state == DocumentState.ISSUED and row.year == year]
    figures, figure_count = figure_rows(actor, today, agency, year, letters)
    marks = chart_marks(read.deliveries + read.others) + letter_marks(_of_year(read))
    calendar = access.may(actor, Right.SEE_CALENDAR, agency, today)
    follows = access.may_anywhere(actor, Right.SEE_OWN_WORK, today)
    follows = follows or access.may_anywhere(actor, Right.SEE_SUBMITTED_REPORTS, today)
    return AgencyYear(
        head=_head(read),
        tabs=_tabs(read, figure_count),
        summary=_summary(read, counts),
        timeline=timeline(marks, year=year, today=today, sentence=_sentence(read, counts)),
        list_url=address("reporting:calendar", virksomhet=agency.uuid, aar=year, vis="liste") if calendar else "",
        wheel_url=address("reporting:calendar", virksomhet=agency.uuid, aar=year, vis="hjul") if calendar else "",
        assignments=[_assignment(row, read) for row in _pressing_first(read)],
        assignments_note=_("%(n)s, det som haster først") % {"n": len(read.assignments)},
        assignments_url=address("assignments:list", virksomhet=agency.uuid, brevar=year),
        expected=[expected_row(row, today) for row in read.in_year],
        expected_note=expected_words(counts),
        documents=[document_row(row) for row in read.documents],
        meetings=[meeting_row(row, today) for row in read.others if row.kind == MEETING and row.day.year == year],
        meetings_note="",
        needs=register_link(actor, today, agency),
        budget=budget_rows(letters),
        budget_url="",
        figures=figures if follows else [replace(row, url="") for row in figures],
        figures_note=_("%(shown)s av %(total)s") % {"shown": len(figures), "total": figure_count},
        figures_url=address("reporting:figures") if follows else "",
        findings=[finding_line(row) for row in read.findings],
        deadline_head=_("Frist i %(year)s") % {"year": year},
    )


def _read(actor: Actor, today: date, agency: Organisation, year: int) -> _Year:
    scope = Scope(date(year, 1, 1), date(year + 1, 5, 31), agency, (MEETING, REPORT))
    seen = (
        Assignment.objects.visible_to(actor, today)
        .with_access(actor)
        .filter(responsible=agency)
        .for_letter_year(year)
        .select_related("responsible", "department", "issuer", "joint")
        .prefetch_related("deliveries")
        .defer("body", "search")
    )
    assignments = list(seen)
    documents = (
        SteeringDocument.objects.visible_to(actor, today)
        .filter(recipient=agency)
        .exclude(state=DocumentState.DISCARDED)
        .filter(Q(year=year) | Q(kind__family=DocumentFamily.INSTRUCTION, document_date__year__lte=year))
        .for_list()
        .order_by("kind__family", "document_date", "id")
    )
    findings = (
        FindingRow.objects.visible_to(actor, today)
        .filter(state="open", severity__in=("F", "A"), document__recipient=agency, document__year=year)
        .select_related("document")
        .order_by("severity", "id")
    )
    return _Year(
        agency=agency,
        year=year,
        today=today,
        assignments=assignments,
        deliveries=_deliveries(assignments, today, year),
        others=happenings(actor, today, scope),
        documents=list(documents),
        findings=list(findings[:20]),
    )


def _deliveries(assignments: Sequence[Any], today: date, year: int) -> list[Happening]:
    """Dated deliveries of the assignments already read, in the year and the spring after."""
    rows = []
    for assignment in assignments:
        for delivery in assignment.deliveries.all():
            if delivery.deadline is None or delivery.state == "cancelled":
                continue
            if not date(year, 1, 1) <= delivery.deadline <= date(year + 1, 5, 31):
                continue
            delivery.assignment = assignment
            delivery.is_reader, delivery.total = assignment.may_read, assignment.delivery_count
            rows.append(delivery_row(delivery, today))
    return sorted(rows, key=lambda row: (row.day, row.title))


def _of_year(read: _Year) -> list[SteeringDocument]:
    return [row for row in read.documents if row.kind.family != DocumentFamily.INSTRUCTION]


def _head(read: _Year) -> PageHead:
    agency, year = read.agency, read.year
    parts = [_("Året %(year)s") % {"year": year}]
    if agency.number:
        number = " ".join((agency.number[:3], agency.number[3:6], agency.number[6:]))
        parts.append(_("org.nr. %(number)s") % {"number": number})
    if officer := _officer(read):
        parts.append(_("etatsstyrer %(name)s") % {"name": officer})
    return PageHead(
        title=agency.name,
        lead=" · ".join(parts),
        crumbs=[Link(_("Virksomheter"), address("reporting:agencies"))],
        views=[
            Link(str(year + step), address("reporting:agency_year", agency.uuid, year + step), current=step == 0)
            for step in NEIGHBOURS
        ],
        views_label=_("År"),
    )


def _officer(read: _Year) -> str:
    """Who steers the agency: the officer appointed for it, else none."""
    rows = Appointment.objects.valid_on(read.today).filter(
        role__code=RoleCode.GOVERNANCE_OFFICER,
        organisation__steers__agency=read.agency,
        organisation__steers__role="steering",
    )
    rows = rows.filter(Q(target=read.agency) | Q(target__isnull=True)).select_related("user").order_by("id")
    found = rows.first()
    return str(found.user) if found is not None else ""


def _tabs(read: _Year, figures: int) -> list[Link]:
    here = address("reporting:agency_year", read.agency.uuid, read.year)
    meetings = sum(row.kind == MEETING and row.day.year == read.year for row in read.others)
    listed = address("assignments:list", virksomhet=read.agency.uuid, brevar=read.year)
    return [
        Link(_("Hele året"), here, current=True),
        Link(_("Oppdrag"), listed, len(read.assignments)),
        Link(_("Rapporter"), "#rapporter", len(read.in_year)),
        Link(_("Styringsdokumenter"), "#dokumenter", len(read.documents)),
        Link(_("Gjeldende tekst"), address("governance:in_force", read.agency.uuid)),
        Link(_("Årets brev"), address("governance:year_letters", read.agency.uuid, read.year)),
        Link(_("Møter"), "#moter", meetings),
        Link(_("Budsjett"), "#budsjett"),
        Link(_("Nøkkeltall"), "#nokkeltall", figures),
    ]


def _summary(read: _Year, counts: Counts) -> list[SummaryPart]:
    """The first sentence. Its numbers add up to the rows below."""
    groups = _groups(read)
    parts = [SummaryPart(_("%(n)s oppdrag: ") % {"n": len(read.assignments)})]
    said: list[SummaryPart] = []
    if groups["late"]:
        said.append(SummaryPart(_("%(n)s forsinket") % {"n": groups["late"]}, "late", "danger"))
    if groups["unclear"]:
        said.append(SummaryPart(_("%(n)s under avklaring") % {"n": groups["unclear"]}, "clarify", "brand2"))
    if groups["delivered"]:
        said.append(SummaryPart(_("%(n)s levert og ikke vurdert") % {"n": groups["delivered"]}))
    if groups["ended"]:
        said.append(SummaryPart(_("%(n)s avsluttet") % {"n": groups["ended"]}))
    said.append(SummaryPart(_("%(n)s uten avvik") % {"n": groups["rest"]}))
    parts += _with_commas(said) if read.assignments else []
    in_place = counts.total - counts.of("coming")
    words = ngettext("%(n)s rapport eller innspill: ", "%(n)s rapporter og innspill: ", counts.total)
    parts.append(SummaryPart((". " if read.assignments else "") + words % {"n": counts.total}))
    said = [SummaryPart(_("%(n)s på plass") % {"n": in_place})]
    if counts.late:
        said.append(SummaryPart(_("%(n)s forsinket") % {"n": counts.late}, "late", "danger"))
    said.append(SummaryPart(_("%(n)s kommer") % {"n": counts.of("coming") - counts.late}))
    parts += _with_commas(said)
    parts.append(SummaryPart(_next_words(read)))
    return parts


def _groups(read: _Year) -> dict[str, int]:
    """Each assignment in exactly one group."""
    groups = dict.fromkeys(("late", "unclear", "delivered", "ended", "rest"), 0)
    for row in read.assignments:
        if row.status not in OPEN_STATUSES:
            groups["ended"] += 1
        elif is_late(row, read.today):
            groups["late"] += 1
        elif row.unclear:
            groups["unclear"] += 1
        elif row.status == "delivered":
            groups["delivered"] += 1
        else:
            groups["rest"] += 1
    return groups


def _with_commas(parts: Sequence[SummaryPart]) -> list[SummaryPart]:
    found: list[SummaryPart] = []
    for index, part in enumerate(parts):
        found += [SummaryPart(", ")] if index else []
        found.append(part)
    return found


def _next_words(read: _Year) -> str:
    ahead = [row.day for row in read.deliveries + read.expected if not row.done and not row.clarify]
    ahead = [day for day in ahead if day >= read.today]
    return _(". Neste frist er %(date)s.") % {"date": fmt.full_date(min(ahead))} if ahead else "."


def _sentence(read: _Year, counts: Counts) -> str:
    late = sum(row.late for row in read.deliveries) + counts.late
    unclear = sum(row.clarify for row in read.deliveries)
    words = {"year": read.year, "late": late, "unclear": unclear}
    return _("Året %(year)s: %(late)s forsinket, %(unclear)s under avklaring") % words


def _pressing_first(read: _Year) -> list[Any]:
    def rank(row: Any) -> tuple[int, date]:
        open_ = row.status in OPEN_STATUSES
        step = 0 if is_late(row, read.today) else 1 if row.unclear else 2 if open_ else 3
        return (step, row.next_deadline or date.max)

    return sorted(read.assignments, key=rank)


def _assignment(row: Any, read: _Year) -> YearAssignment:
    late = sum(delivery_is_late(delivery, read.today) for delivery in row.deliveries.all())
    tags = []
    if row.letter_year < read.year:
        tags.append(Tag(_("Videreført fra %(year)s") % {"year": row.letter_year}, "arrow-forward"))
    if row.joint_id:
        tags.append(Tag(_("Felles oppdrag"), "person-group", "plain"))
    if row.restricted:
        tags.append(Tag(_("Unntatt offentlighet"), "padlock"))
    return YearAssignment(
        number=row.reference or _("Uten nummer"),
        url=address("assignments:passport", row.uuid),
        title=row.title if row.may_read else _("Unntatt offentlighet. %(basis)s") % {"basis": row.restricted_basis},
        department=row.department.code if row.department else row.department_text,
        status=row.status,
        meter=delivery_meter(delivered=row.delivered_count, total=row.delivery_count, late=late),
        deadline=fmt.full_date(row.next_deadline) if row.next_deadline else deadline_words(row),
        left=time_left_face(row, read.today),
        tags=tags,
        late=bool(late),
    )
