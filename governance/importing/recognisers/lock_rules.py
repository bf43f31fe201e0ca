"""Reports that are not to be changed after they were sent, and on what terms all the same (R-33)."""

from __future__ import annotations

from governance.importing.habits import rules as habit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.copy_rules import correspondence_of
from governance.importing.recognisers.rule_sentences import rule_sentences
from governance.importing.records import DraftLockRule


def recognise_lock_rules(reading: Reading) -> list[DraftLockRule]:
    """One rule for each sentence that locks a report."""
    found: list[DraftLockRule] = []
    for sentence in rule_sentences(reading):
        match = habit.LOCKED.search(sentence.text)
        if match is None or not habit.SENT.search(sentence.text):
            continue
        unless = habit.UNLESS.search(sentence.text)
        passages, spans = sentence.rest(reading)
        found.append(
            DraftLockRule(
                key=f"lock-{len(found) + 1}",
                confidence=0.9,
                passages=passages,
                spans=spans,
                text=sentence.text,
                correspondence=next(iter(correspondence_of(match["what"])), "annual_report"),
                exception=unless["what"].strip(" .") if unless else "",
            )
        )
    return found
