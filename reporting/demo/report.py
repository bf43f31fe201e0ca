"""The demo year's activity report: written by the controller, signed by the director, answered by the ministry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from core.clock import parse_at
from reporting.actions import report_after, report_open, report_submit, report_write
from reporting.demo.documents import Act
from reporting.demo.people import World
from reporting.models import BudgetStatus, ExpectedDelivery, Report, RequirementAnswer, Section


def acts(world: World, data: dict[str, Any]) -> list[Any]:
    """Open, write, sign, submit, feedback."""
    writer = ReportStory(world, data["report"], data["feedback"])
    steps: list[tuple[str, Callable[[datetime], Any]]] = [
        ("2026-09-10T09:00", writer.open),
        ("2026-09-30T10:42", writer.write),
        ("2026-10-07T15:00", writer.sign),
        ("2026-10-08T09:12", writer.submit),
        ("2026-10-21T13:00", writer.answer),
    ]
    return [Act(parse_at(at), do) for at, do in steps]


class ReportStory:
    """One report from opening to feedback."""

    def __init__(self, world: World, words: dict[str, Any], feedback: str) -> None:
        self.world, self.words, self.feedback = world, words, feedback

    @property
    def report(self) -> Report:
        """The report."""
        found: Report = Report.objects.for_detail().get(
            agency=self.world.organisations["DMP"], kind__code="activity_report"
        )
        return found

    def open(self, at: datetime) -> None:
        """Opened from what the letter asks for."""
        asked = ExpectedDelivery.objects.filter(
            agency=self.world.organisations["DMP"], report_kind__code="activity_report", document__year=2026
        ).order_by("due", "id")[0]
        report_open.open_report(expected=asked, actor=self.world.actor("controller"), at=at)

    def write(self, at: datetime) -> None:
        """Every section, answer, sum and risk."""
        report, actor = self.report, self.world.actor("controller")
        report_open.refresh_prefill(report=report, actor=actor, at=at)
        for section in Section.objects.filter(report=report).select_related("goal"):
            text = self._section_text(section)
            if text:
                report_write.save_section(
                    section=section, text=text, actor=actor, at=at, expected_version=section.version
                )
        for answer in RequirementAnswer.objects.filter(report=report).select_related("requirement", "parameter"):
            outlook, text = self._answer(answer)
            report_write.save_answer(
                answer=answer, actor=actor, at=at, expected_version=answer.version, outlook=outlook, text=text
            )
        for row in BudgetStatus.objects.filter(report=report):
            spent = row.allocated * 2 // 3
            report_write.save_budget_status(
                row=row, spent=spent, forecast=row.allocated, actor=actor, at=at, expected_version=row.version
            )
        for risk in self.words["risks"]:
            facts = report_write.RiskFacts(
                title=risk["title"],
                likelihood=risk["likelihood"],
                impact=risk["impact"],
                measure=risk["measure"],
                owner_name=risk["owner"],
                residual_likelihood=risk["residual"][0],
                residual_impact=risk["residual"][1],
            )
            report_write.save_risk(report=report, facts=facts, actor=actor, at=at)

    def _section_text(self, section: Section) -> str:
        if section.goal is not None:
            return str(self.words["goals"].get(section.goal.reference, ""))
        return str(self.words.get(section.code, ""))

    def _answer(self, answer: RequirementAnswer) -> tuple[str, str]:
        if answer.parameter is not None:
            outlook, text = self.words["parameters"].get(
                answer.parameter.title, ["on_track", self.words["parameter_text"]]
            )
            return str(outlook), str(text)
        code = answer.requirement.reference if answer.requirement is not None else ""
        return "", str(self.words["requirements"].get(code, self.words["default"]))

    def sign(self, at: datetime) -> None:
        """Sent for signature."""
        report_submit.send_for_signature(report=self.report, actor=self.world.actor("controller"), at=at)

    def submit(self, at: datetime) -> None:
        """Signed and submitted by the director."""
        report = self.report
        report_submit.submit_report(
            report=report,
            actor=self.world.actor("director"),
            at=at,
            signed_parts=report.kind.signed_parts,
            warnings_reason="Gjennomgått med ledelsen.",
        )

    def answer(self, at: datetime) -> None:
        """The ministry's feedback."""
        officer = self.world.actor("officer")
        made = report_after.write_feedback(report=self.report, text=self.feedback, actor=officer, at=at)
        report_after.send_feedback(feedback=made, actor=officer, at=at)
