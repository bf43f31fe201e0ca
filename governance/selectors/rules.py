"""The list of all rules: what each looks for, where it runs, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.formatting import listing
from core.visuals.badges import Text
from governance.checks.catalogue import STAGES, Rule, catalogue
from governance.models import DocumentFamily, Severity
from governance.selectors.findings import SEVERITY_CODES


@dataclass(frozen=True)
class RuleLine:
    """One rule for the table."""

    anchor: str
    check_id: str
    severity: str
    title: Text
    stages: str
    kinds: str
    source: Text


def kind_words() -> dict[str, Text]:
    """Families of documents, and reports."""
    return {**{str(code): label for code, label in DocumentFamily.choices}, "report": _("rapport")}


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the filter offers."""
    return {
        "severity": [(str(code), str(label)) for code, label in Severity.choices],
        "kind": [(code, str(label).capitalize()) for code, label in kind_words().items()],
        "stage": [(code, str(label).capitalize()) for code, label in STAGES.items()],
    }


def rule_lines(chosen: Mapping[str, str]) -> list[RuleLine]:
    """The rules the filter asks for, by number."""
    return [_line(rule) for rule in catalogue() if _wanted(rule, chosen)]


def _wanted(rule: Rule, chosen: Mapping[str, str]) -> bool:
    severity, kind, stage = chosen.get("severity"), chosen.get("kind"), chosen.get("stage")
    return (
        (not severity or rule.severity == severity)
        and (not kind or kind in rule.kinds)
        and (not stage or stage in rule.stages)
    )


def _line(rule: Rule) -> RuleLine:
    kinds = kind_words()
    return RuleLine(
        anchor=rule.anchor,
        check_id=rule.check_id,
        severity=SEVERITY_CODES[rule.severity],
        title=rule.title,
        stages=_sentence([str(STAGES[stage]) for stage in rule.stages]),
        kinds=_sentence([str(kinds[kind]) for kind in rule.kinds]),
        source=rule.source,
    )


def _sentence(words: Sequence[str]) -> str:
    text = listing(list(words))
    return text[:1].upper() + text[1:]
