"""All rules in one list: those of documents, and those other apps tell of (reports, assignments)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.visuals.badges import Text
from governance.checks.content import Stage
from governance.checks.registry import REGISTRY, Check
from governance.checks.sources import ORIGINS, UNTOLD

STAGES: dict[str, Text] = {
    Stage.IMPORT.value: _("innlesing"),
    Stage.DRAFT.value: _("utkast"),
    Stage.ISSUE.value: _("utstedelse"),
    Stage.ISSUED.value: _("utstedt brev"),
    "given": _("når oppdrag gis"),
    "report": _("rapport"),
}


@dataclass(frozen=True)
class Rule:
    """A rule as the list shows it. ``stages`` are keys of STAGES, ``kinds`` families of documents or «report»."""

    check_id: str
    severity: str
    title: Text
    stages: tuple[str, ...]
    kinds: tuple[str, ...]
    source: Text = ""

    @property
    def anchor(self) -> str:
        """Its place on the page: a report's rule of the same number has its own."""
        return f"{self.check_id}-rapport" if self.kinds == ("report",) else self.check_id


_MORE: list[Callable[[], Iterable[Rule]]] = []


def also(source: Callable[[], Iterable[Rule]]) -> None:
    """An app above has rules of its own."""
    _MORE.append(source)


def catalogue() -> list[Rule]:
    """Every rule, by number."""
    found = [_of(rule) for rule in REGISTRY.values()]
    found += [rule for source in _MORE for rule in source()]
    return sorted(found, key=lambda rule: (_prefix(rule.check_id), rule.anchor))


def _prefix(check_id: str) -> tuple[bool, str]:
    name = check_id.rpartition("-")[0]
    return (name != "V", name)


def _of(rule: Check) -> Rule:
    origin = ORIGINS.get(rule.check_id, UNTOLD)
    stages = [stage.value for stage in (Stage.IMPORT, Stage.DRAFT, Stage.ISSUE, Stage.ISSUED) if rule.runs_at(stage)]
    return Rule(rule.check_id, rule.severity.value, rule.title, tuple(stages), origin.families, origin.source)


def known_anchors() -> frozenset[str]:
    """Ids a finding can lead to."""
    return frozenset(rule.anchor for rule in catalogue())
