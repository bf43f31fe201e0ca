"""The rules of an instruction are read as rows, each with its passage and how sure it is. The sentences are ours."""

from __future__ import annotations

import pytest

from governance.importing import SourceFile, read_letter
from governance.importing.recognisers.copy_rules import correspondence_of
from governance.importing.recognisers.event_dates import event_of
from governance.importing.recognisers.meeting_rules import how_many
from governance.importing.recognisers.notice_duties import is_notice, subject_of, timing_of
from governance.importing.records import DraftLetter

TEXT = """Hovedinstruks til Tilsynet for prøver

1 Innledning
Instruksen er fastsatt av Prøvedepartementet 3. mars 2026 og trer i kraft fra 1. april 2026. Gjenpart av
instruksen er sendt til Kontrollrådet.

2 Styringsdialogen
Kontrollrådet skal ha kopi av tildelingsbrev og supplerende tildelingsbrev. Prøvedepartementet skal få kopi av
all korrespondanse mellom tilsynet og Riksrevisjonen. Årsrapporten sendes samtidig i kopi til Kontrollrådet.

2.1 Møter
Departementet holder vanligvis to etatsstyringsmøter med tilsynet i året. Det gjennomføres årlig et møte om
strategi. Tilsynet skal delta på årlige fagmøter for bransjen.

2.2 Varsling
Tilsynet skal varsle departementet straks ved alvorlige hendelser. Departementet skal orientere tilsynet om
budsjettet. Tilsynet skal orientere departementet i god tid før offentliggjøring av store rapporter.

2.3 Årsrapport
Årsrapporten skal ikke endres etter at den er sendt, med mindre særlige grunner krever det. Tilsynet skal
offentliggjøre årsrapporten så snart vårens møte er holdt og senest 1. mai.

3 Fullmakter
Departementet gir tilsynet fullmakt til å avgjøre erstatningskrav som ikke overstiger kr 150 000 i hver sak.
"""


@pytest.fixture(scope="module")
def draft() -> DraftLetter:
    return read_letter([SourceFile(name="instruks.txt", data=TEXT.encode())])


def test_copies_are_one_rule_for_each_kind_with_whom_and_whether_together(draft: DraftLetter) -> None:
    found = [(row.correspondence, row.recipient, row.simultaneous) for row in draft.copy_rules]
    assert found[:4] == [
        ("instruction", "Kontrollrådet", False),
        ("letter", "Kontrollrådet", False),
        ("supplement", "Kontrollrådet", False),
        ("audit", "Prøvedepartementet", False),
    ]
    assert ("annual_report", "Kontrollrådet", True) in found


def test_meetings_are_counted_and_those_of_others_are_left_alone(draft: DraftLetter) -> None:
    found = {row.kind: (row.minimum, bool(row.unsure)) for row in draft.meeting_rules}
    assert found == {"governance": (2, False), "strategy": (1, False)}


def test_notices_say_what_and_how_soon_and_the_ministrys_own_are_none(draft: DraftLetter) -> None:
    found = [(row.title, row.timing) for row in draft.notice_duties]
    assert found == [("Alvorlige hendelser", "immediate"), ("Offentliggjøring av store rapporter", "before")]


def test_the_lock_rule_has_its_exception_and_publication_its_event(draft: DraftLetter) -> None:
    lock = draft.lock_rules[0]
    assert (lock.correspondence, lock.exception) == ("annual_report", "særlige grunner krever det")
    events = [row.deadline_text for row in draft.reporting if "offentliggjøre" in row.text]
    assert events == ["så snart vårens møte er holdt og senest 1. mai"]
    powers = [row.limit for row in draft.authorisations if row.limit]
    assert powers == [150_000]


def test_every_rule_rests_on_a_passage_and_has_a_confidence_and_none_is_two_rows(draft: DraftLetter) -> None:
    rules = [*draft.copy_rules, *draft.meeting_rules, *draft.notice_duties, *draft.lock_rules]
    assert rules
    assert all(row.passages and row.spans and 0.5 < row.confidence < 1 for row in rules)
    texts = {row.text for row in (*draft.copy_rules, *draft.notice_duties, *draft.lock_rules)}
    assert not texts & {row.text for row in draft.reporting}
    for row in rules:
        span = row.spans[0]
        assert draft.canonical.text[span.start : span.end].split()[:3] == row.text.split()[:3]


def test_a_letter_gets_no_rules_of_an_instruction() -> None:
    text = TEXT.replace("Hovedinstruks til", "Tildelingsbrev 2026 til").replace("Instruksen", "Brevet")
    found = read_letter([SourceFile(name="brev.txt", data=text.replace("instruksen", "brevet").encode())])
    assert not found.copy_rules
    assert not found.notice_duties


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("tildelingsbrev og supplerende tildelingsbrev", ["letter", "supplement"]),
        ("tillegg til tildelingsbrevet", ["supplement"]),
        ("all korrespondanse i styringsdialogen", ["all"]),
        ("all korrespondanse mellom virksomheten og Riksrevisjonen", ["audit"]),
        ("årsrapport og referat", ["annual_report", "minutes"]),
        ("notatet", []),
    ],
)
def test_what_a_copy_is_of(words: str, kinds: list[str]) -> None:
    assert correspondence_of(words) == kinds


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Det holdes minst to etatsstyringsmøter i året.", 2),
        ("Det skal haldast 3 møte kvart år.", 3),
        ("Det holdes ett årlig strategimøte.", 1),
        ("Møtene holdes ved behov.", None),
    ],
)
def test_how_many_meetings(sentence: str, number: int | None) -> None:
    assert how_many(sentence) == number


@pytest.mark.parametrize(
    ("sentence", "is_one", "timing"),
    [
        ("Verksemda skal varsle departementet utan opphald når det oppstår feil.", True, "immediate"),
        ("Tilsynet skal så tidlig som mulig informere departementet dersom planen ikke holder.", True, "early"),
        ("Hendelser som truer sikkerheten skal varsles til departementet.", True, "on_event"),
        ("Departementet vil informere virksomheten straks.", False, ""),
        ("Strategien skal forelegges departementet, som orienterer statsråden.", False, ""),
        ("Tilsynet informerer om regelverket.", False, ""),
    ],
)
def test_what_is_a_notice(sentence: str, is_one: bool, timing: str) -> None:
    assert is_notice(sentence) is is_one
    if is_one:
        assert timing_of(sentence) == timing


def test_what_is_told_is_cut_out_of_the_sentence() -> None:
    assert subject_of("Hendelser som truer driften skal varsles til departementet.") == "Hendelser som truer driften"
    assert subject_of("Tilsynet skal varsle departementet om feil i regnskapet.") == "Feil i regnskapet"
    assert event_of("Rapporten sendes innen samme frist som årsrapporten.") == "innen samme frist som årsrapporten"
    assert event_of("Rapporten sendes 1. mai.") == ""


LOCKED = "Årsrapporten skal ikke endres etter at den er sendt"


@pytest.mark.parametrize(
    ("words", "decider"),
    [
        (f"{LOCKED}. Rapporten kan bare åpnes av departementet.", "ministry"),
        (f"{LOCKED}. Den kan kun låses opp av ekspedisjonssjefen i Prøvedepartementet.", "signer"),
        (f"{LOCKED}, med mindre departementsråden samtykker.", "permanent_secretary"),
        (f"{LOCKED} uten skriftlig samtykke fra departementet.", "ministry"),
        (f"{LOCKED}. Rapporten kan bare endres etter godkjenning fra direktøren.", "director"),
        ("Årsrapporten skal ikkje endrast etter at han er sendt. Han kan berre opnast av departementet.", "ministry"),
        (f"{LOCKED}. Den kan bare rettes når særlige grunner krever det og departementet samtykker.", "ministry"),
        (f"{LOCKED}. Departementet kan bare åpnes i arbeidstiden.", ""),
        (f"{LOCKED}. Tilsynet skal delta på møter.", ""),
    ],
)
def test_who_may_open_a_locked_report_is_read_where_it_is_said(words: str, decider: str) -> None:
    before, _heading, rest = TEXT.partition("2.3 Årsrapport\n")
    text = f"{before}2.3 Årsrapport\n{words}\n\n3 Fullmakter{rest.partition('3 Fullmakter')[2]}"
    found = read_letter([SourceFile(name="instruks.txt", data=text.encode())]).lock_rules
    assert [(row.decider, row.unsure) for row in found] == [(decider, ())]


def test_two_who_are_named_is_asked_about() -> None:
    words = f"{LOCKED}. Den kan bare åpnes av ekspedisjonssjefen eller departementsråden."
    text = TEXT.replace(f"{LOCKED}, med mindre særlige grunner krever det.", words)
    rule = read_letter([SourceFile(name="instruks.txt", data=text.encode())]).lock_rules[0]
    assert rule.decider == ""
    assert [doubt.field for doubt in rule.unsure] == ["decider"]
    assert "ekspedisjonssjefen eller departementsråden" in rule.unsure[0].sentence
