"""The registry itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from governance.checks.content import Content, Row, Stage
from governance.models import Severity

ALL_STAGES = frozenset(Stage)
#: as much of the place as is kept on record
PLACE = 200


@dataclass(frozen=True)
class Found:
    """One finding: the sentence, where in the letter, and the row or passage it points at.

    ``check_id`` and ``severity`` are filled in by the registry; a check may set a severity of its own.
    """

    sentence: str
    place: str = ""
    item: str | None = None
    passage: str | None = None
    severity: str = ""
    check_id: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same finding the next time."""
        return (self.check_id, self.item or "", self.passage or "", self.place[:PLACE])


Function = Callable[[Content], Iterable[Found]]


@dataclass(frozen=True)
class Check:
    """A rule of the registry."""

    check_id: str
    severity: Severity
    title: str | Promise
    function: Function
    stages: frozenset[Stage]
    lasting: bool = False

    def runs_at(self, stage: Stage) -> bool:
        """Is the rule looked for at this stage?"""
        return bool(self.stages & stage.covers)


REGISTRY: dict[str, Check] = {}


def check(
    check_id: str,
    severity: Severity,
    title: str | Promise,
    *,
    stages: Iterable[Stage] = ALL_STAGES,
    lasting: bool = False,
) -> Callable[[Function], Function]:
    """Register a rule. ``title`` is what it looks for, in bokmål, for the list of rules.

    ``lasting``: other acts write findings of this rule too, so what an issued document has is never closed by
    looking it over again.
    """

    def register(function: Function) -> Function:
        if check_id in REGISTRY:
            raise ValueError(f"two checks are called {check_id}")
        REGISTRY[check_id] = Check(check_id, severity, title, function, frozenset(stages), lasting)
        return function

    return register


def run(content: Content) -> list[Found]:
    """All that the checks of this stage find, those that stop first, each key once."""
    found: dict[tuple[str, str, str, str], Found] = {}
    for rule in REGISTRY.values():
        if not rule.runs_at(content.stage):
            continue
        for finding in rule.function(content):
            named = replace(finding, check_id=rule.check_id, severity=finding.severity or rule.severity.value)
            found.setdefault(named.key, named)
    order = {Severity.STOPS.value: 0, Severity.WARNING.value: 1, Severity.INFORMATION.value: 2}
    return sorted(found.values(), key=lambda finding: (order[finding.severity], finding.check_id))


def at(row: Row, sentence: str, *, severity: str = "") -> Found:
    """A finding that points at a row."""
    return Found(sentence=sentence, place=row.place, item=row.uuid, severity=severity)


def each(rows: Iterable[Row], sentence: Callable[[Row], str]) -> Iterator[Found]:
    """One finding per row for which there is a sentence."""
    for row in rows:
        words = sentence(row)
        if words:
            yield at(row, words)
