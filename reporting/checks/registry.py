"""The registry: id, severity, what it says; a rule yields findings with the section they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.errors import Problem, Text
from governance.models import Severity
from reporting.selectors.report_facts import Facts


@dataclass(frozen=True)
class ReportFinding:
    """One thing a rule found. ``section`` is the section's code, ``anchor`` the id of the row on its page."""

    check_id: str
    severity: Severity
    message: Text
    section: str = ""
    numeral: str = ""
    anchor: str = ""
    item: UUID | None = None

    @property
    def stops(self) -> bool:
        """Whether the report cannot be submitted before this is mended."""
        return self.severity == Severity.STOPS


Rule = Callable[[Facts], Iterable[ReportFinding]]


@dataclass(frozen=True)
class Check:
    """A rule of domain chapter 7."""

    check_id: str
    title: Text
    severity: Severity
    rule: Rule


CHECKS: dict[str, Check] = {}


def check(check_id: str, title: Text, severity: Severity) -> Callable[[Rule], Rule]:
    """Register a rule under its id."""

    def register(rule: Rule) -> Rule:
        CHECKS[check_id] = Check(check_id, title, severity, rule)
        return rule

    return register


def check_report(facts: Facts) -> list[ReportFinding]:
    """All findings, in the order of the report: what stops and what warns. The pre-submit oracle (K11)."""
    order = {section.code: at for at, section in enumerate(facts.content.sections)}
    found = [finding for one in CHECKS.values() for finding in one.rule(facts)]
    return sorted(found, key=lambda finding: (not finding.stops, order.get(finding.section, -1)))


def stops(findings: Sequence[ReportFinding]) -> list[ReportFinding]:
    """Those that stop the submission."""
    return [finding for finding in findings if finding.stops]


def problems(findings: Iterable[ReportFinding]) -> list[Problem]:
    """Findings as an error's problems: code is the rule's id, pointer the section."""
    return [
        Problem(
            code=finding.check_id,
            message=f"{finding.numeral} {finding.message}".strip(),
            field=finding.section,
            pointer=finding.anchor,
        )
        for finding in findings
    ]
