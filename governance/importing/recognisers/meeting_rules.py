"""How many meetings of a kind there are to be in a year (R-50, R-52, V-27)."""

from __future__ import annotations

from governance.importing.habits import rules as habit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.rule_sentences import Sentence, rule_sentences
from governance.importing.records import Doubt, DraftMeetingRule


def recognise_meeting_rules(reading: Reading) -> list[DraftMeetingRule]:
    """The surest sentence for each kind of meeting."""
    found: dict[str, DraftMeetingRule] = {}
    for sentence in rule_sentences(reading):
        rule = _of_sentence(reading, sentence)
        held = found.get(rule.kind) if rule else None
        if rule is not None and (held is None or rule.confidence > held.confidence):
            found[rule.kind] = rule
    return list(found.values())


def _of_sentence(reading: Reading, sentence: Sentence) -> DraftMeetingRule | None:
    kind = next((kind for kind, pattern in habit.MEETINGS if pattern.search(sentence.text)), "")
    if not kind or habit.OF_OTHERS.search(sentence.text):
        return None
    listed = bool(sentence.intro and habit.YEARLY_LIST.search(sentence.intro))
    yearly = habit.YEARLY.search(sentence.text) is not None
    count = how_many(sentence.text)
    said = habit.HELD.search(sentence.text) is not None and (yearly or (count or 0) > 1)
    if not said and not listed:
        return None
    passages, spans = sentence.rest(reading)
    sentence_of_doubt = "Teksten sier ikke hvor mange møter det skal være. Skriv hvor mange det minst er i året."
    sure = count is not None or (said and yearly)
    return DraftMeetingRule(
        key=f"meeting-{kind}",
        confidence=0.9 if count is not None and yearly else 0.75 if sure else 0.6,
        passages=passages,
        spans=spans,
        unsure=() if sure else (Doubt("how_many", "minimum", sentence_of_doubt),),
        text=sentence.text,
        kind=kind,
        minimum=count or 1,
    )


def how_many(text: str) -> int | None:
    """The number before the word for the meeting; None when no number stands there."""
    match = habit.HOW_MANY.search(text)
    if match is None:
        return None
    word = match["n"].lower()
    return habit.NUMBERS.get(word) or (int(word) if word.isdigit() else None)
