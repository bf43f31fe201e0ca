"""The page of an instruction: its rules as tables with their passages, its life, and the letters that cite it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.content import ContentWriter
from governance.models import (
    Authorisation,
    CopyRule,
    InstructionReplacement,
    LockRule,
    MeetingRule,
    NoticeDuty,
    ReportingRequirement,
    SteeringDocument,
)
from governance.selectors.instruction_page import instruction_block
from governance.selectors.rule_tables import rule_tables
from tests.cast import MARKER_MINISTRY, Cast
from tests.factories import instructions as factory
from tests.factories.documents import make_draft, make_registered_letter
from tests.factories.instructions import make_instruction

LogIn = Callable[[str], Client]
OLD, FIXED, NEW = date(2024, 6, 26), date(2026, 1, 5), date(2026, 2, 1)


def all_rules(writer: ContentWriter, cast: Cast) -> None:
    """One rule of each kind, each resting on a passage of its own."""

    def said(text: str, number: str) -> list[object]:
        return [writer.passage(text, section_number=number)]

    writer.add(
        CopyRule, passages=said("Riksrevisjonen får kopi av brevene.", "5"), correspondence="letter",
        recipient=cast.org("RR"), simultaneous=True, section="5",
    )  # fmt: skip
    writer.add(MeetingRule, passages=said("Det holdes minst to møter.", "5.1"), minimum=2, section="5.1")
    writer.add(
        ReportingRequirement, passages=said("Rapporten publiseres etter vårens møte.", "5.2"), title="Publisering",
        when="event", due_text="så snart vårens etatsstyringsmøte er holdt", section="5.2",
    )  # fmt: skip
    writer.add(NoticeDuty, passages=said("Avvik varsles straks.", "5.3"), title="Vesentlige avvik", section="5.3")
    writer.add(Authorisation, passages=said("Krav inntil 200 000 kroner.", "6"), title="Erstatningskrav", limit=200_000)
    writer.add(
        LockRule,
        passages=said("Årsrapporten endres ikke.", "5.4"),
        exception="Særskilte forhold",
        decider="signer",
        section="5.4",
    )


def page_of(log_in: LogIn, document: SteeringDocument, part: str = "controller") -> str:
    """The page as a person reads it."""
    answer = log_in(part).get(reverse("governance:document", args=[document.uuid]))
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_every_kind_of_rule_stands_in_a_table_with_the_passage_it_rests_on(log_in: LogIn, cast: Cast) -> None:
    found = make_instruction(cast, dated=OLD, fill=all_rules)
    tables = {table.key: table for table in rule_tables(found)}
    assert list(tables) == ["copy_rule", "meeting_rule", "reporting", "notice_duty", "authorisation", "lock_rule"]
    assert all(table.rows[0].sources for table in tables.values())
    page = page_of(log_in, found)
    for words in (
        "Tildelingsbrev", "samtidig", "minst 2 i året", "så snart vårens etatsstyringsmøte er holdt", "Straks",
        "inntil 200 000 kroner", "til den trekkes tilbake eller erstattes", "Særskilte forhold",
        "Åpnes av", "ekspedisjonssjefen i departementet",
        "punkt 5, avsnitt", "Årsrapporten endres ikke.",
    ):  # fmt: skip
        assert words in page, words


def test_the_life_of_an_instruction_is_told_with_all_it_replaces_and_what_replaced_it(
    log_in: LogIn, cast: Cast
) -> None:
    first = make_instruction(cast, dated=date(2020, 1, 16))
    second = make_instruction(cast, dated=OLD)

    def both(writer: ContentWriter, cast: Cast) -> None:
        for row in (first, second):
            writer.add(InstructionReplacement, replaced=row)

    new = make_instruction(cast, dated=FIXED, effective_on=NEW, fill=both, legal_basis="Reglementet § 3")
    page = page_of(log_in, new)
    sentence = (
        "I kraft fra 1. februar 2026, erstatter «Hovedinstruks 2020» av 16. januar 2020 og "
        "«Hovedinstruks 2024» av 26. juni 2024."
    )
    assert sentence in page
    assert "Reglementet § 3" in page
    block = instruction_block(second, cast.actor("controller"), date(2026, 3, 1))
    assert block.replaced_by is not None
    assert block.replaced_by.label.replace("\u00a0", " ") == "Hovedinstruks 2026 av 5. januar 2026"
    assert [step.state for step in block.steps] == ["done", "done", "current"]
    block = instruction_block(new, cast.actor("controller"), NEW)
    assert [(str(step.label), step.state) for step in block.steps] == [
        ("Fastsatt", "done"), ("I kraft", "current"), ("Erstattet", "coming"),
    ]  # fmt: skip


def test_open_letters_that_cite_a_replaced_instruction_are_pointed_out_with_both_that_count(cast: Cast) -> None:
    old = make_instruction(cast, dated=OLD)
    letter = make_registered_letter(cast, fill=factory.citing(OLD))
    draft = make_draft(cast, title=f"Neste brev {MARKER_MINISTRY}", fill=factory.citing(OLD), document_date=None)
    before = instruction_block(old, cast.actor("officer"), date(2026, 1, 20))
    assert {line.pointer for line in before.letters} == {""}
    make_instruction(cast, dated=FIXED, effective_on=NEW)
    lines = {line.link.label: line for line in instruction_block(old, cast.actor("officer"), NEW).letters}
    issued = lines[letter.title]
    assert "annen nå" in issued.pointer
    assert issued.on_date.replace("\u00a0", " ") == "Hovedinstruks 2024 av 26. juni 2024"
    assert issued.now.replace("\u00a0", " ") == "Hovedinstruks 2026 av 5. januar 2026"
    assert "Rett henvisningen" in lines[draft.title].pointer
    later = instruction_block(old, cast.actor("officer"), date(2028, 3, 1)).letters
    assert next(line for line in later if line.link.label == letter.title).pointer == ""
    seen = instruction_block(old, cast.actor("controller"), NEW).letters
    assert [line.link.label for line in seen] == [letter.title]


def test_a_letter_names_the_instruction_it_cites_when_another_held_on_its_date(log_in: LogIn, cast: Cast) -> None:
    make_instruction(cast, dated=OLD)
    make_instruction(cast, dated=date(2025, 3, 1))
    letter = make_registered_letter(cast, fill=factory.citing(OLD))
    page = page_of(log_in, letter)
    assert "Brevet viser til" in page
    assert "Hovedinstruks 2024 av 26. juni 2024" in page


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_the_same_number_of_times_however_many_rules(cast: Cast, many: int) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        for _number in range(many):
            all_rules(writer, cast)

    found = make_instruction(cast, dated=OLD, fill=fill)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        instruction_block(found, cast.actor("officer"), NEW)
    assert len(asked) <= 14
