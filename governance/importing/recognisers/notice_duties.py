"""What the agency must tell the ministry of, and how soon (R-40 to R-44)."""

from __future__ import annotations

from governance.importing.habits import rules as habit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.rule_sentences import Sentence, rule_sentences
from governance.importing.records import DraftNoticeDuty


def recognise_notice_duties(reading: Reading) -> list[DraftNoticeDuty]:
    """One duty for each sentence that says so."""
    found: list[DraftNoticeDuty] = []
    for sentence in rule_sentences(reading):
        if is_notice(sentence.text):
            found.append(_duty(reading, sentence, len(found) + 1))
    return found


def is_notice(text: str) -> bool:
    """The agency is obliged to tell the ministry; what the ministry itself will do is none."""
    if not (habit.NOTIFY.search(text) and habit.OBLIGED.search(text) and habit.TO_MINISTRY.search(text)):
        return False
    return not (habit.BY_MINISTRY.match(text) or habit.NOT_A_NOTICE.search(text))


def timing_of(text: str) -> str:
    """How soon: the first of the habits that fits, else when it happens."""
    return next((code for code, pattern in habit.TIMINGS if pattern.search(text)), "on_event")


def subject_of(text: str) -> str:
    """What is to be told of, without the words around it; the whole sentence when it cannot be told apart."""
    ahead = habit.SUBJECT.match(text)
    match = ahead or habit.ABOUT.search(text)
    words = match["what"].strip(" ,.") if match else text.strip(" .")
    return f"{words[:1].upper()}{words[1:]}"


def _duty(reading: Reading, sentence: Sentence, number: int) -> DraftNoticeDuty:
    passages, spans = sentence.rest(reading)
    timing = timing_of(sentence.text)
    return DraftNoticeDuty(
        key=f"notice-{number}",
        confidence=0.85 if timing == "immediate" else 0.7,
        passages=passages,
        spans=spans,
        title=subject_of(sentence.text),
        text=sentence.text,
        timing=timing,
    )
