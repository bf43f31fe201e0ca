"""Reports for tests: opened from a registered letter, filled and submitted through the actions people use."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assignments.models import Assignment, StatusVersion
from core.clock import OSLO
from governance.content import ContentWriter
from governance.models import (
    AssignmentItem,
    CommonDirective,
    Goal,
    KeyFigure,
    ReportingRequirement,
    RequirementWhen,
    SteeringDocument,
)
from reporting.actions.report_figures import Entered, save_figure
from reporting.actions.report_open import open_report
from reporting.actions.report_submit import submit_report
from reporting.actions.report_write import RiskFacts, save_answer, save_budget_status, save_risk, save_section
from reporting.models import ExpectedDelivery, Report, ReportKind
from reporting.selectors.report_facts import load_content
from tests.cast import Cast
from tests.factories.documents import make_registered_letter, write_assignment, write_letter

OPENED_AT = datetime(2026, 9, 14, 9, 0, tzinfo=OSLO)
SUBMITTED_AT = datetime(2026, 10, 8, 14, 30, tzinfo=OSLO)
TEXT = "Målet ventes nådd ved årsslutt. Arbeidet følger planen."


def write_full_letter(writer: ContentWriter, cast: Cast) -> None:
    """The document factory's letter with an assignment under a goal, dimensions, directives and requirements."""
    write_letter(writer, cast)
    goal = Goal.objects.filter(document=writer.document).order_by("ordinal").last()
    write_assignment(writer, cast, "TB2026-7", "Plan for kritiske mangler", goal=goal)
    figure = KeyFigure.objects.filter(document=writer.document).order_by("ordinal").last()
    if figure is not None:
        figure.dimensions, figure.unit = ["meldte", "kritiske"], "saker"
        figure.save()
    for title in ("Klima, natur og energi", "Inkludering", "Redusere konsulentbruken"):
        writer.add(CommonDirective, title=title, circular="D-1", year=writer.document.year)
    for when, title in (
        (RequirementWhen.ACTIVITY_REPORT, "Risiko- og vesentlighetsvurdering med tiltak"),
        (RequirementWhen.ACTIVITY_REPORT, "Oppdaterte langtidsprognoser for økonomi"),
        (RequirementWhen.ANNUAL_REPORT, "Tilstandsvurdering av internkontroll"),
        (RequirementWhen.ANNUAL_REPORT, "Rekruttering, antall og utvikling"),
    ):
        passage = writer.passage(f"Direktoratet skal rapportere: {title.lower()}.", section_number="5.2")
        writer.add(ReportingRequirement, passages=[passage], title=title, text=passage.text, when=when, section="5.2")


def make_letter(cast: Cast, **facts: Any) -> SteeringDocument:
    """The registered letter of 2026 with its assignments given."""
    letter = make_registered_letter(cast, fill=write_full_letter, **facts)
    give_assignments(letter)
    return letter


def give_assignments(letter: SteeringDocument) -> None:
    """An assignment for each item that does not have one yet."""
    for item in AssignmentItem.objects.filter(document=letter, assignment__isnull=True):
        Assignment.objects.create(
            item=item,
            document=letter,
            issuer=letter.issuer,
            given_to=letter.recipient,
            responsible=letter.recipient,
            department_id=item.department_id,
            reference=item.reference,
            series=item.series,
            year=item.year,
            number=item.number,
            letter_year=letter.year,
            title=item.title,
            body=item.body,
            given_on=letter.document_date,
        )


def share_statuses(cast: Cast, *, text: str = "Arbeidet er i gang.", at: datetime = OPENED_AT) -> None:
    """A shared status on every assignment of the agency."""
    for assignment in Assignment.objects.filter(responsible=cast.org("DMP")):
        number = assignment.status_versions.count() + 1
        StatusVersion.objects.create(
            assignment=assignment,
            number=number,
            progress="on_track",
            text=text,
            shared_by=cast.user("controller"),
            shared_by_name="Synne Aamodt",
            shared_at=at,
        )


def make_expected(cast: Cast, kind: str = "activity_report", **values: Any) -> ExpectedDelivery:
    """An expected report of DMP to HOD."""
    row = ReportKind.objects.get(code=kind)
    facts: dict[str, Any] = {
        "agency": cast.org("DMP"),
        "receiver": cast.org("HOD"),
        "report_kind": row,
        "title": f"{row.name_nb} 2026",
        "budget_year": 2026,
        "due": date(2027, 3, 15) if kind == "annual_report" else date(2026, 10, 9),
        **values,
    }
    return ExpectedDelivery.objects.create(**facts)


def make_open_report(cast: Cast, kind: str = "activity_report", *, language: str = "", letter: bool = True) -> Report:
    """A report opened by the controller, with nothing written in it."""
    if letter:
        make_letter(cast)
        share_statuses(cast)
    report = open_report(
        expected=make_expected(cast, kind), actor=cast.actor("controller"), at=OPENED_AT, language=language
    )
    return Report.objects.for_detail().get(pk=report.pk)


def fill_report(cast: Cast, report: Report, *, text: str = TEXT, at: datetime = OPENED_AT) -> None:
    """Answer everything the report asks for."""
    by: dict[str, Any] = {"actor": cast.actor("controller"), "at": at}
    content = load_content(report)
    for section in content.sections:
        if section.asks_for_text:
            save_section(section=section, text=text, expected_version=section.version, **by)
    good = "met" if report.kind.code == "annual_report" else "on_track"
    for answer in content.answers:
        if answer.key_figure is not None:
            assert answer.key_figure.line is not None
            for at_number, name in enumerate(answer.key_figure.dimensions or [""], start=1):
                value = Entered(dimension=name, value=Decimal(100 * at_number), unit=answer.key_figure.unit)
                save_figure(
                    line=answer.key_figure.line, period_end=report.period_end, entered=value, report=report, **by
                )
        else:
            outlook = good if answer.parameter_id else ""
            save_answer(answer=answer, expected_version=answer.version, outlook=outlook, text=text, **by)
    for row in content.budget:
        save_budget_status(
            row=row, spent=row.allocated // 2, forecast=row.allocated, expected_version=row.version, **by
        )
    if any(section.filled_from == "risks" for section in content.sections):
        save_risk(report=report, facts=RiskFacts("Knapphet", 4, 4, "Økt lager", "Avdeling for forsyning"), **by)


def make_submitted_report(
    cast: Cast, kind: str = "activity_report", *, language: str = "", at: datetime = SUBMITTED_AT
) -> Report:
    """A report filled by the controller and signed by the director."""
    report = make_open_report(cast, kind, language=language)
    fill_report(cast, report)
    submit_report(
        report=report,
        actor=cast.actor("director"),
        at=at,
        signed_parts=report.kind.signed_parts,
        warnings_reason="Vurdert av ledelsen.",
    )
    return Report.objects.for_detail().get(pk=report.pk)
