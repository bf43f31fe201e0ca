"""Each rule of the registry finds what is wrong, and says nothing when it is right."""

from __future__ import annotations

import re
from datetime import date

import pytest

from governance import checks
from governance.checks.content import Content, Stage
from governance.checks.powers import amounts_in, within
from governance.checks.registry import REGISTRY
from governance.checks.surroundings import (
    ChangeMade,
    Earlier,
    MeetingsAsked,
    Need,
    PostTotal,
    SentFile,
    Signature,
    Words,
)
from governance.importing.values.references import reference_key
from tests.governance.checks.content import BOTH, DATED, assignment, found, letter, row

ISSUE_LIST = {
    *(f"V-{n:02d}" for n in range(1, 15)), "V-22", "V-24", "V-26", *(f"V-{n}" for n in range(31, 40)), "R-18", "S-01",
}  # fmt: skip


def test_the_registry_has_every_rule_the_ministry_asked_for() -> None:
    assert set(REGISTRY) >= ISSUE_LIST
    assert all(rule.title and rule.function.__doc__ and rule.stages for rule in REGISTRY.values())


def test_what_is_looked_for_in_a_draft_is_looked_for_at_issue_and_so_on() -> None:
    draft = {rule.check_id for rule in REGISTRY.values() if rule.runs_at(Stage.DRAFT)}
    issue = {rule.check_id for rule in REGISTRY.values() if rule.runs_at(Stage.ISSUE)}
    assert draft <= issue
    issued = {rule.check_id for rule in REGISTRY.values() if rule.runs_at(Stage.ISSUED)}
    assert issued <= {rule.check_id for rule in REGISTRY.values() if rule.runs_at(Stage.PORTFOLIO)}


def earlier(reference: str, **fields: object) -> Earlier:
    values = {
        "reference": reference, "key": reference_key(reference), "title": "Oppgave",
        "year": int(re.sub(r"\D", "", reference)[:4]),
        "document": "Tildelingsbrev", "due": None, "ended": False, "kept": False, **fields,
    }  # fmt: skip
    return Earlier(**values)  # type: ignore[arg-type]


# ---- V-06 ----
def test_a_deadline_to_be_agreed_is_pointed_out_after_six_weeks() -> None:
    item = assignment("TB2026-1", deliveries=[{"date": None, "deadline_text": "avtales i dialog"}])
    unsettled = frozenset({item.uuid})
    late = letter(item, stage=Stage.ISSUED, unsettled=unsettled)
    assert "ikke avtalt seks uker" in found("V-06", late)[0][1]
    assert found("V-06", letter(item, stage=Stage.ISSUED)) == []
    soon = letter(item, stage=Stage.ISSUED, unsettled=unsettled, dated=date(2026, 2, 20))
    assert found("V-06", soon) == []


# ---- V-11 ----
@pytest.mark.parametrize(
    ("chapter", "post", "name", "wrong"),
    [
        (740, "70", "Driftsutgifter", True),
        (740, "01", "Driftsutgifter", False),
        (740, "21", "Spesielle driftsutgifter", False),
        (740, "01", "Tilskudd til organisasjoner", True),
        (740, "70", "Tilskudd til organisasjoner", False),
        (740, "01", "Større utstyrsanskaffelser", True),
        (740, "45", "Større utstyrsanskaffelser og vedlikehold", False),
        (740, "60", "Helseteknologi", False),
        (3740, "02", "Tilskudd fra andre", False),
    ],
)
@pytest.mark.parametrize("stage", BOTH)
def test_a_post_fits_what_it_is_called(stage: Stage, chapter: int, post: str, name: str, wrong: bool) -> None:
    kind = "income" if chapter >= 3000 else "expense"
    line = row("budget_line", chapter=chapter, post=post, name=name, kind=kind, amount=1000)
    assert bool(found("V-11", letter(line, stage=stage))) is wrong


# ---- V-14 ----
def test_what_the_auditor_got_and_the_ministry_did_not_is_pointed_out() -> None:
    content = letter(stage=Stage.ISSUED, copies_outside=("Svar om lagertall",))
    assert "uten kopi til DEP" in found("V-14", content)[0][1]
    assert found("V-14", letter(stage=Stage.ISSUED)) == []


# ---- V-22 ----
def test_the_sum_of_a_post_is_carried_over_and_letter_and_supplements() -> None:
    wrong = PostTotal("740.01", 1_613_022_000, 1_612_000_000, "Supplerende brev 2")
    severity, sentence = found("V-22", letter(stage=Stage.ISSUED, totals=(wrong,)))[0]
    assert severity == "F"
    assert "1 613 022" in sentence and "1 612 000" in sentence  # noqa: PT018
    right = (PostTotal("740.01", 5, 5, "x"), PostTotal("740.21", 5, None, "x"))
    assert found("V-22", letter(stage=Stage.ISSUED, totals=right)) == []


# ---- V-24 ----
def test_old_assignments_lapse_or_are_agreed_on() -> None:
    old = (earlier("TB2023-4"), earlier("TB2024-5", kept=True), earlier("TB2024-6", ended=True), earlier("TB2025-7"))
    for stage in BOTH:
        severity, sentence = found("V-24", letter(earlier=old, stage=stage))[0]
        assert (severity, "TB2023-4" in sentence, "TB2025-7" in sentence) == ("A", True, False)
    severity, sentence = found("V-24", letter(earlier=old, lapse_through_year=2024))[0]
    assert severity == "I"
    severity, sentence = found("V-24", letter(earlier=old, lapse_through_year=2024, stage=Stage.ISSUED))[0]
    assert severity == "F"
    assert "1 oppdrag fra 2024" in sentence
    done = tuple(row for row in old if row.ended or row.kept or row.year == 2025)
    assert found("V-24", letter(earlier=done, lapse_through_year=2024, stage=Stage.ISSUED)) == []
    assert found("V-24", letter(earlier=done)) == []


# ---- V-26 ----
def test_what_arises_in_an_expert_meeting_is_given_in_writing() -> None:
    need = Need("", "Kartlegg lagertallene", date(2026, 2, 10), answered=False)
    severity, sentence = found("V-26", letter(stage=Stage.ISSUED, needs=(need,)))[0]
    assert severity == "F"
    assert "10. februar 2026" in sentence
    answered = Need("", "Kartlegg lagertallene", date(2026, 2, 10), answered=True)
    assert found("V-26", letter(stage=Stage.ISSUED, needs=(answered,))) == []


# ---- V-27 ----
def test_the_calendar_has_the_meetings_that_are_asked_for() -> None:
    asked = (MeetingsAsked("governance", "etatsstyringsmøte", 2, "Hovedinstruks"),)
    one = row("calendar", title="Etatsstyringsmøte, vår", date=date(2026, 4, 21))
    other = row("calendar", "annen", title="Etatsstyringsmøte, høst", date=date(2026, 10, 21))
    for stage in BOTH:
        assert "minst 2 møter" in found("V-27", letter(one, stage=stage, meetings=asked))[0][1]
        assert found("V-27", letter(one, other, stage=stage, meetings=asked)) == []


# ---- V-31 ----
@pytest.mark.parametrize(
    ("data", "severity"),
    [
        ({"valid_from": date(2026, 3, 1), "valid_to": date(2026, 2, 1)}, "F"),
        ({"valid_to": date(2025, 12, 31)}, "F"),
        ({"limit": 0}, "F"),
        ({"limit": 30_000, "text": "Departementet gir fullmakt inntil kr 20.000."}, "A"),
        ({"limit": None, "text": "Fullmakten er gitt for krav som ikke overstiger kr 200 000."}, "A"),
        ({"limit": 30_000, "text": "Inntil kr 30.000 per skade."}, ""),
        ({"limit": 200_000, "text": "krav på inntil 200 000 kroner"}, ""),
        ({"limit": None, "text": "Fullmakten følger R-110."}, ""),
        ({"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}, ""),
    ],
)
def test_powers_have_the_limit_and_the_days_their_words_say(data: dict[str, object], severity: str) -> None:
    held = found("V-31", letter(row("authorisation", **data)))
    assert [one[0] for one in held] == ([severity] if severity else [])
    told = found("V-31", letter(row("authorisation", **data), stage=Stage.IMPORT))
    assert all(one[0] == "A" for one in told)
    assert bool(told) is bool(severity)


def test_exactly_the_limit_is_inside_it() -> None:
    assert within(30_000, 30_000)
    assert not within(30_000, 30_001)
    assert within(None, 10**9)
    assert amounts_in("inntil kr 30.000, og 1 200 000 kroner") == [30_000, 1_200_000]


# ---- V-34 and V-38 ----
def _change(**fields: object) -> ChangeMade:
    values = {
        "uuid": "c", "kind": "replace", "target": "t", "target_known": True, "fixed": False, "place": "TB2026-1",
        "text": "", **fields,
    }  # fmt: skip
    return ChangeMade(**values)  # type: ignore[arg-type]


def test_a_supplement_names_what_it_changes() -> None:
    lost = letter(changes=(_change(target_known=False),), family="supplement")
    assert [one[0] for one in found("V-34", lost)] == ["F"]
    moved = row("assignment", change="moved", changes_reference="", reference={"written": ""})
    assert [one[0] for one in found("V-34", letter(moved))] == ["F"]
    assert [one[0] for one in found("V-34", letter(moved, stage=Stage.IMPORT))] == ["A"]
    named = assignment("TB2026-1", change="moved", changes_reference="TB2025-9")
    assert found("V-34", letter(named, changes=(_change(),))) == []


def test_a_broken_seal_is_found() -> None:
    assert found("V-34", letter(stage=Stage.PORTFOLIO, seal_broken=True))[0][0] == "F"
    assert found("V-34", letter(stage=Stage.PORTFOLIO)) == []


def test_a_deadline_that_cannot_be_departed_from_is_moved_with_a_reason_only() -> None:
    moving = letter(changes=(_change(kind="move_deadline", fixed=True),))
    assert [one[0] for one in found("V-38", moving)] == ["A"]
    assert found("V-38", letter(changes=(_change(kind="move_deadline"),))) == []


# ---- V-35 ----
def test_the_letter_has_the_guidance_of_its_year() -> None:
    editions = ("Inkludering i arbeidslivet", "Klima og natur")
    one = row("common_directive", "1", title="Inkludering i arbeidslivet", year=2026)
    for stage in BOTH:
        told = found("V-35", letter(one, stage=stage, editions=editions))
        assert len(told) == 1
        assert "Klima og natur" in told[0][1]
    both = row("common_directive", "2", title="Klima og natur i statlige virksomheter", year=2026)
    assert found("V-35", letter(one, both, editions=editions)) == []
    last_year = row("common_directive", "1", title="Inkludering i arbeidslivet", year=2025)
    assert "er fra 2025" in found("V-35", letter(last_year))[0][1]
    assert found("V-35", letter())[0][0] == "I"


# ---- V-36 ----
def test_the_file_has_title_language_bookmarks_and_two_editions() -> None:
    texts = tuple(f"Avsnitt {n}" for n in range(20))
    assert "ingen overskrifter" in found("V-36", letter(texts=texts))[0][1]
    headed = (Words("h", "1", "Innledning", heading=True), *(Words(text, "", text) for text in texts))
    assert found("V-36", letter(words=headed)) == []
    late = letter(stage=Stage.ISSUED, files_due=True, files=(SentFile("reading", "ab", 2),))
    assert [one[1] for one in found("V-36", late)] == ["PDF-en (arkivutgaven) er ikke laget ennå."]
    both = (SentFile("reading", "ab", 2), SentFile("archive", "cd", 2))
    assert found("V-36", letter(stage=Stage.ISSUED, files_due=True, files=both)) == []
    unsummed = (SentFile("reading", "", 2), SentFile("archive", "cd", 2))
    assert "mangler kontrollsum" in found("V-36", letter(stage=Stage.ISSUED, files=unsummed))[0][1]


# ---- V-37 ----
def test_signing_by_authority_says_on_whose_behalf_and_needs_the_power() -> None:
    alone = Signature("Kari Moen", by_authority=True, represented="")
    assert found("V-37", letter(stage=Stage.ISSUED, signatures=(alone,)))[0][0] == "A"
    assert found("V-37", letter(stage=Stage.IMPORT, signatures=(alone,), made_here=False))[0][0] == "I"
    powerless = Signature("Kari Moen", by_authority=False, represented="", authorised=False)
    assert "ikke fullmakt" in found("V-37", letter(stage=Stage.ISSUED, signatures=(powerless,)))[0][1]
    right = (Signature("Kari Moen", by_authority=True, represented="Ola Li", authorised=True),)
    assert found("V-37", letter(stage=Stage.ISSUED, signatures=right, signers_known=True)) == []
    assert "Ingen signatur" in found("V-37", letter(stage=Stage.ISSUED, signers_known=True))[0][1]


# ---- S-01 ----
LIST = "TB2026-1 Første oppgave\nTB2026-2 Andre oppgave"


def _with_list(*headings: str, stage: Stage = Stage.DRAFT) -> Content:
    rows = [assignment("TB2026-1"), assignment("TB2026-2"), assignment("TB2026-3")][: max(2, len(headings))]
    texts = [LIST, *(part for heading in headings for part in (heading, "Direktoratet skal gjøre dette."))]
    return letter(*rows, texts=tuple(texts), stage=stage)


@pytest.mark.parametrize("stage", BOTH)
def test_the_opening_list_names_the_same_assignments_as_the_sections(stage: Stage) -> None:
    right = _with_list("TB2026-1 Første oppgave", "TB2026-2 Andre oppgave", stage=stage)
    assert found("S-01", right) == []
    missing = _with_list("TB2026-1 Første oppgave", stage=stage)
    assert "TB2026-2 står i listen" in found("S-01", missing)[0][1]
    unlisted = _with_list("TB2026-1 Første", "TB2026-2 Andre", "TB2026-3 Tredje", stage=stage)
    assert "står ikke i listen" in found("S-01", unlisted)[0][1]


def test_a_letter_without_an_opening_list_has_nothing_to_compare() -> None:
    texts = ("TB2026-1 Første oppgave", "Teksten.", "TB2026-2 Andre oppgave", "Teksten.")
    assert found("S-01", letter(assignment("TB2026-1"), assignment("TB2026-2"), texts=texts)) == []


# ---- R-18 ----
@pytest.mark.parametrize("stage", BOTH)
def test_an_earlier_assignment_the_letter_mentions_is_known(stage: Stage) -> None:
    texts = ("Vi viser til TB2025-22a og TTB2024 – 41, og til TB2026-1.",)
    known = (earlier("TTB2024-41"),)
    told = found("R-18", letter(assignment("TB2026-1"), texts=texts, earlier=known, stage=stage))
    assert len(told) == 1
    assert "TB2025-22a" in told[0][1]
    ended = (earlier("TTB2024-41", ended=True), earlier("TB2025-22a", key=reference_key("TB2025-22a"), year=2025))
    assert found("R-18", letter(texts=texts[:1], earlier=ended, stage=stage))[-1][0] in ("A", "I")


def test_earlier_assignments_spoken_of_without_number_are_named() -> None:
    texts = ("Direktoratet fikk flere oppdrag i 2025 som har frist i 2026.",)
    known = (
        earlier("TB2025-3", due=date(2026, 5, 1)), earlier("TB2025-4", due=date(2025, 5, 1)),
        earlier("TB2025-5", due=date(2026, 9, 1), ended=True),
    )  # fmt: skip
    severity, sentence = found("R-18", letter(texts=texts, earlier=known))[0]
    assert (severity, "TB2025-3" in sentence, "TB2025-4" in sentence, "TB2025-5" in sentence) == (
        "I", True, False, False,
    )  # fmt: skip
    assert found("R-18", letter(texts=texts))[0][0] == "A"
    assert found("R-18", letter(texts=("Oppdraget har frist 1. oktober 2026.",))) == []


def test_findings_come_in_order_and_each_once() -> None:
    content = letter(row("authorisation", limit=0), row("authorisation", limit=0), dated=DATED)
    told = checks.run(content)
    assert [one.severity for one in told] == sorted((one.severity for one in told), key="FAI".index)
    assert len({one.key for one in told}) == len(told)
