"""Opening a report from the letter in force, and filling it again when the sources have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience
from core.transitions import bump
from reporting import outline
from reporting.models import (
    BudgetStatus,
    ExpectedDelivery,
    ExpectedState,
    Report,
    ReportAssignment,
    ReportKind,
    ReportState,
    RequirementAnswer,
    Section,
)
from reporting.outline import PlannedSection
from reporting.permissions import reports as permissions
from reporting.selectors import sources
from reporting.selectors.sources import Allocation, Sources


@dataclass(frozen=True)
class Refreshed:
    """What a refresh of the prefilled rows changed, in sentences for the receipt."""

    added_answers: list[str] = field(default_factory=list)
    new_statuses: list[str] = field(default_factory=list)
    new_allocations: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything moved."""
        return bool(self.added_answers or self.new_statuses or self.new_allocations)


@transaction.atomic
def open_report(*, expected: ExpectedDelivery, actor: Actor, at: datetime, language: str = "") -> Report:
    """Open the report an expected delivery asks for, filled from the letter (K8). Opening twice gives the same.

    Sections follow the kind's outline; one answer is made for each requirement, parameter and key figure that
    belongs here (V-18), one row for each assignment with its latest shared status, one for each chapter and
    post. ``language`` is the report's own norm, the letter's by default. Raises NotAllowed, NotInThisState,
    RuleBroken.
    """
    expected = (
        ExpectedDelivery.objects.select_related("agency", "receiver", "report_kind", "entry", "requirement", "document")
        .locked()
        .get(pk=expected.pk)
    )
    if not permissions.may_open(actor, expected.agency, clock.local_date(at)):
        raise NotAllowed(_("Rapporten åpnes av dem som skriver rapporter i %(agency)s.") % {"agency": expected.agency})
    kind = expected.report_kind or _kind_from_words(expected)
    year, period_end = sources.period_of(kind, due=expected.due, budget_year=expected.budget_year)
    key = {"kind": kind, "agency": expected.agency, "receiver": expected.receiver, "year": year}
    found: Report | None = Report.objects.filter(period_end=period_end, **key).order_by("-revision").first()
    if found is not None:
        return found
    if expected.state not in (ExpectedState.COMING, ExpectedState.RECEIVED):
        raise NotInThisState(
            _("Leveransen står som «%(state)s». Det skal ikke skrives rapport.")
            % {"state": expected.get_state_display()}
        )
    material = sources.collect(
        kind=kind, agency=expected.agency, receiver=expected.receiver, year=year, expected=expected
    )
    norm = language or (material.letter.language if material.letter else "nb")
    report = Report.objects.create(
        **key,
        expected=expected,
        letter=material.letter,
        previous=_previous(key, period_end),
        period_end=period_end,
        due=expected.due,
        language=norm,
        title=f"{kind.name_nn if norm == 'nn' else kind.name_nb} {year}",
        case_number="",
    )
    _fill(report, kind, material)
    events.record(
        event="report.opened",
        subject=report,
        actor=actor,
        at=at,
        organisation=expected.agency.uuid,
        after={"title": report.title, "letter": material.letter.title if material.letter else None},
        audience=Audience.INTERNAL,
    )
    return report


def _kind_from_words(expected: ExpectedDelivery) -> ReportKind:
    kind = sources.kind_of(expected.title, ReportKind.objects.order_by("id"))
    if kind is None:
        sentence = _("«%(title)s» er ingen rapport som skrives her. Registrer innspillet når det er sendt.")
        raise RuleBroken(problems=[Problem("not_a_report", sentence % {"title": expected.title}, "expected")])
    expected.report_kind = kind
    bump(expected, fields=("report_kind",))
    return kind


def _previous(key: dict[str, Any], period_end: Any) -> Report | None:
    wanted = {name: value for name, value in key.items() if name != "year"}
    found: Report | None = (
        Report.objects.filter(state=ReportState.SUBMITTED, period_end__lt=period_end, sent_outside=False, **wanted)
        .order_by("-period_end", "-revision")
        .first()
    )
    return found


def _fill(report: Report, kind: ReportKind, material: Sources) -> None:
    plans = outline.plan_sections(
        kind.outline,
        language=report.language,
        year=report.year,
        goals=material.goals,
        directives=material.directives,
    )
    outline.place_requirements(plans, material.requirements)
    sections = [_section(report, plan, at) for at, plan in enumerate(plans, start=1)]
    Section.objects.bulk_create(sections)
    answers = [
        answer
        for plan, section in zip(plans, sections, strict=True)
        for answer in _answers(report, plan, section, material)
    ]
    for at, answer in enumerate(answers, start=1):
        answer.ordinal = at
    RequirementAnswer.objects.bulk_create(answers)
    fills = {plan.fill: section for plan, section in zip(plans, sections, strict=True)}
    if "assignments" in fills:
        _add_assignments(report, fills["assignments"], set())
    if "budget" in fills:
        rows = [_budget_row(report, one, at) for at, one in enumerate(material.allocations, start=1)]
        BudgetStatus.objects.bulk_create(rows)


def _section(report: Report, plan: PlannedSection, at: int) -> Section:
    return Section(
        report=report,
        ordinal=at,
        code=plan.code,
        numeral=plan.numeral,
        part=plan.part,
        level=plan.level,
        title=plan.title,
        goal=plan.goal,
        directive=plan.directive,
        filled_from=plan.fill,
        asks_for_text=plan.asks_for_text,
    )


def _answers(report: Report, plan: PlannedSection, section: Section, material: Sources) -> list[RequirementAnswer]:
    made = []
    if plan.goal is not None and "parameters" in plan.asks:
        made += [
            RequirementAnswer(report=report, section=section, parameter=row, label=row.title)
            for row in material.parameters
            if row.goal_id == plan.goal.pk
        ]
    if plan.goal is not None and "key_figures" in plan.asks:
        made += [
            RequirementAnswer(report=report, section=section, key_figure=row, label=row.title)
            for row in material.key_figures
            if row.goal_id == plan.goal.pk
        ]
    made += [
        RequirementAnswer(report=report, section=section, requirement=row, label=row.title) for row in plan.requirements
    ]
    return made


def _add_assignments(report: Report, section: Section, known: set[int]) -> list[ReportAssignment]:
    rows = sources.assignments_for(report.agency, report.receiver, report.year)
    shared = sources.latest_shared(rows)
    made = [
        ReportAssignment(report=report, section=section, assignment=row, status_version=shared.get(row.pk), ordinal=at)
        for at, row in enumerate(rows, start=1)
        if row.pk not in known
    ]
    ReportAssignment.objects.bulk_create(made)
    return made


def _budget_row(report: Report, one: Allocation, at: int) -> BudgetStatus:
    return BudgetStatus(
        report=report,
        ordinal=at,
        chapter=one.chapter,
        post=one.post,
        name=one.name,
        is_income=one.is_income,
        allocated=one.amount,
        unclear=one.unclear,
    )


@transaction.atomic
def refresh_prefill(*, report: Report, actor: Actor, at: datetime) -> Refreshed:
    """Take in what has come since: newly shared statuses, new assignments, supplements' requirements and money.

    Nothing a person has written is touched. Raises NotAllowed, NotInThisState.
    """
    report = Report.objects.for_detail().locked().get(pk=report.pk)
    if not permissions.may_write(actor, report, clock.local_date(at)):
        raise NotAllowed(_("Bare dem som skriver rapporten kan hente inn nye opplysninger."))
    if report.state == ReportState.SUBMITTED:
        raise NotInThisState(_("Rapporten er sendt inn og endres ikke."))
    expected = (
        ExpectedDelivery.objects.select_related("entry", "requirement").filter(pk=report.expected_id).first()
        if report.expected_id
        else None
    )
    material = sources.collect(
        kind=report.kind, agency=report.agency, receiver=report.receiver, year=report.year, expected=expected
    )
    result = Refreshed(
        added_answers=_refresh_answers(report, material),
        new_statuses=_refresh_assignments(report),
        new_allocations=_refresh_budget(report, material.allocations),
    )
    if result.changed:
        bump(report)
        events.record(
            event="report.refreshed",
            subject=report,
            actor=actor,
            at=at,
            organisation=report.agency.uuid,
            after={
                "answers": result.added_answers,
                "statuses": result.new_statuses,
                "allocations": result.new_allocations,
            },
            audience=Audience.INTERNAL,
        )
    return result


def _refresh_answers(report: Report, material: Sources) -> list[str]:
    sections = list(Section.objects.filter(report=report))
    plans = outline.plan_sections(
        report.kind.outline,
        language=report.language,
        year=report.year,
        goals=material.goals,
        directives=material.directives,
    )
    outline.place_requirements(plans, material.requirements)
    existing = RequirementAnswer.objects.filter(report=report)
    known = set(existing.values_list("requirement_id", "parameter_id", "key_figure_id"))
    by_place: dict[Any, Section] = {section.code: section for section in sections}
    by_place |= {section.goal_id: section for section in sections if section.goal_id}
    made: list[RequirementAnswer] = []
    for plan in plans:
        place = by_place.get(plan.goal.pk) if plan.goal else by_place.get(plan.code)
        for answer in _answers(report, plan, place or sections[0], material):
            if (answer.requirement_id, answer.parameter_id, answer.key_figure_id) not in known:
                answer.ordinal = len(known) + len(made) + 1
                made.append(answer)
    RequirementAnswer.objects.bulk_create(made)
    return [answer.label for answer in made]


def _refresh_assignments(report: Report) -> list[str]:
    rows = list(ReportAssignment.objects.filter(report=report).select_related("assignment", "section"))
    section = next((row.section for row in rows if row.section), None)
    section = section or Section.objects.filter(report=report, filled_from="assignments").first()
    if section is None:
        return []
    shared = sources.latest_shared([row.assignment for row in rows])
    moved = []
    for row in rows:
        latest = shared.get(row.assignment_id)
        if latest is not None and latest.pk != row.status_version_id:
            row.status_version = latest
            moved.append(row)
    ReportAssignment.objects.bulk_update(moved, ["status_version"])
    added = _add_assignments(report, section, {row.assignment_id for row in rows})
    return [_named(row) for row in (*moved, *added)]


def _named(row: ReportAssignment) -> str:
    return row.assignment.reference or _("oppdrag uten nummer")


def _refresh_budget(report: Report, allocations: Sequence[Allocation]) -> list[str]:
    if not Section.objects.filter(report=report, filled_from="budget").exists():
        return []
    rows = {(row.chapter, row.post, row.unclear): row for row in BudgetStatus.objects.filter(report=report)}
    changed = []
    for at, one in enumerate(allocations, start=1):
        row = rows.get(one.key)
        if row is None:
            _budget_row(report, one, at).save()
            changed.append(f"{one.chapter}.{one.post:02d}")
        elif row.allocated != one.amount:
            row.allocated = one.amount
            row.version += 1
            row.save(update_fields=["allocated", "version"])
            changed.append(str(row))
    return changed
