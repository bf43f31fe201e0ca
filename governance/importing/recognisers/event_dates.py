"""Report obligations that are due when something happens, as instructions word them (R-32, R-38)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from governance.importing.habits import rules as habit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.rule_sentences import rule_sentences
from governance.importing.records import DeadlineKind, DraftReportingRequirement, ReportingPlace
from governance.importing.values.text import squeeze


def with_events(found: list[DraftReportingRequirement]) -> list[DraftReportingRequirement]:
    """The words of the event where the reader found no date: «innen samme frist som årsrapporten», «årlig»."""
    return [
        replace(item, deadline_text=words) if not item.deadline_text and (words := event_of(item.text)) else item
        for item in found
    ]


def event_of(text: str) -> str:
    """The words that say when; empty when none do."""
    match = next((m for pattern in habit.EVENTS if (m := pattern.search(text))), None)
    return squeeze(match.group()).strip(" ,.") if match else ""


def recognise_publication(reading: Reading, known: Collection[str]) -> list[DraftReportingRequirement]:
    """A report that is to be published, in a sentence no requirement was read from yet (``known`` are their texts)."""
    found = []
    for sentence in rule_sentences(reading):
        text = sentence.text
        if text in known or not (habit.PUBLISHED.search(text) and habit.REPORT.search(text)):
            continue
        if not habit.OBLIGED.search(text) or not event_of(text):
            continue
        passages, spans = sentence.rest(reading)
        found.append(
            DraftReportingRequirement(
                confidence=0.8,
                passages=passages,
                spans=spans,
                title=text.rstrip(" ."),
                text=text,
                where=(ReportingPlace.EVENT,),
                deadline_kind=DeadlineKind.EVENT,
                deadline_text=event_of(text),
            )
        )
    return found
