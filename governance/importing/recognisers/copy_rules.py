"""Who gets a copy of what, and whether at the same time (R-20 to R-25)."""

from __future__ import annotations

from governance.importing.habits import rules as habit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.rule_sentences import Sentence, rule_sentences
from governance.importing.records import Doubt, DraftCopyRule

_EDGE = " .,;:()"
#: so long a name is no name but a clause
LONGEST_NAME = 80


def recognise_copy_rules(reading: Reading) -> list[DraftCopyRule]:
    """One rule for each kind of correspondence a sentence names."""
    found: list[DraftCopyRule] = []
    for sentence in rule_sentences(reading):
        found.extend(_of_sentence(reading, sentence, len(found)))
    return found


def _of_sentence(reading: Reading, sentence: Sentence, before: int) -> list[DraftCopyRule]:
    match = next(
        (m for p in (habit.COPY_HOLDS, habit.COPY_SENT, habit.COPY_WITH) if (m := p.match(sentence.text))), None
    )
    if match is None:
        return []
    who = match["who"].strip(_EDGE)
    kinds = correspondence_of(match["what"])
    doubts = (
        () if kinds else (Doubt("copy_of_what", "correspondence", "Teksten sier ikke klart hva det sendes kopi av."),)
    )
    passages, spans = sentence.rest(reading)
    named = len(who) <= LONGEST_NAME
    return [
        DraftCopyRule(
            key=f"copy-{before + number}",
            confidence=0.9 if named and kinds else 0.6,
            passages=passages,
            spans=spans,
            unsure=doubts,
            text=sentence.text,
            correspondence=kind,
            recipient=who if named else "",
            simultaneous=bool(habit.TOGETHER.search(sentence.text)),
        )
        for number, kind in enumerate(kinds or [""], start=1)
    ]


def correspondence_of(words: str) -> list[str]:
    """The kinds of correspondence the words name, in their order: «tildelingsbrev og supplerende tildelingsbrev»."""
    if habit.AUDIT_LETTERS.search(words):
        return ["audit"]
    if habit.EVERYTHING.search(words):
        return ["all"]
    rest, found = words, list[tuple[int, str]]()
    for kind, pattern in habit.CORRESPONDENCE:
        match = pattern.search(rest)
        if match:
            found.append((match.start(), kind))
            rest = pattern.sub(lambda m: " " * len(m.group()), rest)
    return [kind for _place, kind in sorted(found)]
