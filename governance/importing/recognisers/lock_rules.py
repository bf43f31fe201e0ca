"""Reports that are not to be changed after they were sent, on what terms all the same, and who may open them (R-33)."""

from __future__ import annotations

from dataclasses import replace

from governance.importing.habits import rules as habit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.copy_rules import correspondence_of
from governance.importing.recognisers.rule_sentences import Sentence, rule_sentences
from governance.importing.records import Doubt, DraftLockRule


def recognise_lock_rules(reading: Reading) -> list[DraftLockRule]:
    """One rule for each sentence that locks a report; the sentence right after it may say who opens it."""
    found: list[DraftLockRule] = []
    last: Sentence | None = None
    for sentence in rule_sentences(reading):
        rule = _locking(reading, sentence, len(found) + 1)
        if rule is not None:
            found.append(rule)
            last = sentence
        elif last is not None:
            opened = habit.OPENED.search(sentence.text)
            if opened is not None and not found[-1].decider and not found[-1].unsure:
                found[-1] = _opened(reading, found[-1], sentence, opened["how"])
            last = None
    return found


def _locking(reading: Reading, sentence: Sentence, number: int) -> DraftLockRule | None:
    match = habit.LOCKED.search(sentence.text)
    if match is None or not habit.SENT.search(sentence.text):
        return None
    unless = habit.UNLESS.search(sentence.text)
    passages, spans = sentence.rest(reading)
    rule = DraftLockRule(
        key=f"lock-{number}",
        confidence=0.9,
        passages=passages,
        spans=spans,
        text=sentence.text,
        correspondence=next(iter(correspondence_of(match["what"])), "annual_report"),
        exception=unless["what"].strip(" .") if unless else "",
    )
    consent = habit.CONSENT.search(sentence.text)
    return _decided(rule, consent["consent"] or consent["unless"]) if consent else rule


def _opened(reading: Reading, rule: DraftLockRule, sentence: Sentence, how: str) -> DraftLockRule:
    by = habit.CONSENT.search(how) or habit.OPENED_BY.search(how)
    if by is None:
        return rule
    passages, spans = sentence.rest(reading)
    both = replace(
        rule,
        text=f"{rule.text} {sentence.text}",
        passages=tuple(dict.fromkeys((*rule.passages, *passages))),
        spans=(*rule.spans, *spans),
    )
    return _decided(both, next(words for words in by.groups() if words))


def _decided(rule: DraftLockRule, words: str) -> DraftLockRule:
    """With who decides; two who are named, or somebody no role stands for, is for a person to say."""
    named = [code for code, pattern in habit.DECIDERS if pattern.search(words)]
    if not named and habit.MINISTRY.search(words):
        named = ["ministry"]
    if len(named) == 1:
        return replace(rule, decider=named[0])
    sentence = f"Teksten sier at rapporten åpnes av «{words.strip()}». Velg hvem det er."
    return replace(rule, confidence=0.7, unsure=(Doubt("decider", "decider", sentence),))
