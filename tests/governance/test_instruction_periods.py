"""When an instruction is in force: kept by the acts, guarded by the database, told in words (R-01 to R-03)."""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.clock import OSLO
from core.errors import DomainError, RuleBroken
from core.models import Event
from governance.actions import findings, periods
from governance.actions.documents import Registration, issue_document, register_issued_document
from governance.content import ContentWriter
from governance.copying import effective_copies
from governance.instructions import cited_and_current, citing, instruction_in_force, standing
from governance.models import Finding, InstructionPeriod, InstructionReplacement, SteeringDocument
from tests.cast import Cast, load_cast
from tests.factories import instructions as factory
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter
from tests.factories.instructions import make_instruction

OLD, NEW = date(2024, 6, 26), date(2026, 2, 1)
FIXED = date(2026, 1, 5)


def _held(cast: Cast, agency: str = "DMP") -> list[tuple[date, date | None]]:
    rows = InstructionPeriod.objects.filter(agency=cast.org(agency)).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to"))


def test_a_new_instruction_ends_the_one_before_it(cast: Cast) -> None:
    old = make_instruction(cast, dated=OLD)
    new = make_instruction(cast, dated=FIXED, effective_on=NEW)
    assert _held(cast) == [(OLD, date(2026, 1, 31)), (NEW, None)]
    agency = cast.org("DMP")
    assert instruction_in_force(agency, date(2026, 1, 31)) == old
    assert instruction_in_force(agency, NEW) == new
    assert instruction_in_force(agency, date(2024, 6, 25)) is None
    event = Event.objects.get(type="instruction.replaced", subject=old.uuid)
    assert event.after["from"] == "2026-02-01"


def test_an_older_instruction_registered_afterwards_ends_where_the_next_begins(cast: Cast) -> None:
    make_instruction(cast, dated=OLD)
    make_instruction(cast, dated=date(2019, 5, 20))
    assert _held(cast) == [(date(2019, 5, 20), date(2024, 6, 25)), (OLD, None)]
    make_instruction(cast, dated=date(2022, 1, 1))
    assert _held(cast) == [
        (date(2019, 5, 20), date(2021, 12, 31)),
        (date(2022, 1, 1), date(2024, 6, 25)),
        (OLD, None),
    ]


def test_two_from_the_same_day_are_refused_with_a_sentence(cast: Cast) -> None:
    make_instruction(cast, dated=OLD)
    with pytest.raises(RuleBroken) as refused:
        make_instruction(cast, dated=date(2024, 6, 20), effective_on=OLD, title="En annen instruks")
    assert [problem.code for problem in refused.value.problems] == ["instruction_same_day"]
    assert "samme dag" in str(refused.value.problems[0].message)
    assert _held(cast) == [(OLD, None)]


def test_one_instruction_replaces_several_also_of_a_body_that_was_merged_in(cast: Cast) -> None:
    first = make_instruction(cast, dated=date(2020, 1, 16))
    other = make_instruction(cast, dated=date(2019, 5, 20), recipient=cast.org("FHI"))

    def replaces(writer: ContentWriter, cast: Cast) -> None:
        for row in (first, other):
            writer.add(InstructionReplacement, replaced=row)

    make_instruction(cast, dated=FIXED, effective_on=NEW, fill=replaces)
    assert _held(cast) == [(date(2020, 1, 16), date(2026, 1, 31)), (NEW, None)]
    assert _held(cast, "FHI") == [(date(2019, 5, 20), date(2026, 1, 31))]
    assert "Erstattet 1. februar 2026 av «Hovedinstruks 2026»" in standing(other, date(2026, 3, 1)).words.replace(
        "\u00a0", " "
    )


def test_an_instruction_cannot_replace_one_that_comes_later(cast: Cast) -> None:
    later = make_instruction(cast, dated=FIXED)

    def replaces(writer: ContentWriter, cast: Cast) -> None:
        writer.add(InstructionReplacement, replaced=later)

    with pytest.raises(RuleBroken) as refused:
        make_instruction(cast, dated=OLD, fill=replaces)
    assert refused.value.problems[0].code == "replaces_later_instruction"


def test_beginning_twice_gives_the_same_period_and_one_event(cast: Cast) -> None:
    old = make_instruction(cast, dated=OLD)
    new = make_instruction(cast, dated=FIXED, effective_on=NEW)
    held = periods.begin(new, actor=cast.actor("officer"), at=REGISTERED_AT)
    assert held == InstructionPeriod.objects.get(document=new)
    assert Event.objects.filter(type="instruction.replaced", subject=old.uuid).count() == 1


def test_the_database_itself_refuses_two_on_one_day(cast: Cast) -> None:
    make_instruction(cast, dated=OLD)
    other = make_draft(cast, kind="instruction", title="Annen", document_date=OLD)
    with pytest.raises(IntegrityError), transaction.atomic():
        InstructionPeriod.objects.create(document=other, agency=cast.org("DMP"), valid_from=FIXED)


def test_an_instruction_drafted_here_is_issued_with_its_period(cast: Cast) -> None:
    draft = make_draft(
        cast, kind="instruction", title="Hovedinstruks", year=None, document_date=None, effective_on=NEW,
        fill=lambda writer, _cast: writer.passage("Instruksen gjelder for direktoratet.") and None,
    )  # fmt: skip
    issued = issue_document(document=draft, actor=cast.actor("signer"), at=REGISTERED_AT)
    assert _held(cast) == [(NEW, None)]
    words = standing(issued, REGISTERED_AT.date()).words.replace("\u00a0", " ")
    assert words == "Fastsatt 9. januar 2026, gjelder fra 1. februar 2026."


@pytest.mark.parametrize(
    ("day", "code", "words"),
    [
        (date(2025, 1, 1), "in_force", "Blir erstattet 1. februar 2026 av «Hovedinstruks 2026» av 5. januar 2026."),
        (date(2026, 1, 31), "in_force", "Blir erstattet 1. februar 2026"),
        (date(2026, 2, 1), "replaced", "Erstattet 1. februar 2026 av «Hovedinstruks 2026» av 5. januar 2026."),
    ],
)
def test_where_an_instruction_stands_is_told_in_words_and_dates(cast: Cast, day: date, code: str, words: str) -> None:
    old = make_instruction(cast, dated=OLD)
    new = make_instruction(cast, dated=FIXED, effective_on=NEW)
    told = standing(old, day)
    assert told.code == code
    assert words in told.words.replace("\u00a0", " ")
    assert standing(new, FIXED).code == "fixed"
    assert standing(new, NEW).code == "in_force"


def test_the_copy_rules_of_the_day_are_those_of_the_instruction_in_force(cast: Cast) -> None:
    def everything(writer: ContentWriter, cast: Cast) -> None:
        from governance.models import CopyRule

        writer.add(CopyRule, correspondence="all", recipient=cast.org("NFD"))

    make_instruction(cast, dated=OLD, fill=everything)
    make_instruction(cast, dated=FIXED, effective_on=NEW)
    asked = {"agency": cast.org("DMP"), "correspondence": "minutes"}
    assert [row.organisation.short for row in effective_copies(day=date(2026, 1, 31), **asked)] == ["NFD"]
    assert effective_copies(day=NEW, **asked) == []


def test_a_letter_shows_what_it_cites_what_held_then_and_what_holds_now(cast: Cast) -> None:
    old = make_instruction(cast, dated=OLD)
    letter = make_registered_letter(cast, fill=factory.citing(OLD))
    before = cited_and_current(letter, date(2026, 1, 31))
    assert (before.cited, before.on_date, before.now, before.stale) == (old, old, old, False)
    new = make_instruction(cast, dated=FIXED, effective_on=NEW)
    after = cited_and_current(letter, NEW)
    assert (after.cited, after.on_date, after.now) == (old, old, new)
    assert after.stale
    assert after.in_force_on_date
    assert after.replaced_on == NEW
    assert citing(old) == [letter]
    assert citing(new) == []


def test_a_cited_instruction_nobody_registered_is_named_by_its_date(cast: Cast) -> None:
    letter = make_registered_letter(cast, fill=factory.citing(OLD))
    told = cited_and_current(letter, REGISTERED_AT.date())
    assert told.missing == OLD
    assert told.cited is None
    assert told.now is None


def _v02(letter: SteeringDocument) -> tuple[str, str] | None:
    row = Finding.objects.filter(document=letter, check_id="V-02", state="open").first()
    return (row.severity, row.message.replace("\u00a0", " ")) if row else None


def test_open_letters_that_cite_the_old_one_are_pointed_out_when_the_new_one_takes_effect(cast: Cast) -> None:
    make_instruction(cast, dated=OLD)
    letter = make_registered_letter(cast, fill=factory.citing(OLD))
    draft = make_draft(cast, title="Nytt brev", fill=factory.citing(OLD), number=2)
    closed = make_registered_letter(
        cast, fill=None, title="Tildelingsbrev 2023", year=2023, document_date=date(2022, 12, 20)
    )
    assert _v02(letter) is None
    make_instruction(cast, dated=FIXED, effective_on=NEW)
    severity, sentence = _v02(letter) or ("", "")
    assert severity == "I"
    assert "blir erstattet fra 1. februar 2026" in sentence
    morning = datetime(2026, 2, 1, 5, 10, tzinfo=OSLO)
    for _again in range(2):
        findings.look_over_open(day=NEW, actor=cast.actor("officer"), at=morning)
    severity, sentence = _v02(letter) or ("", "")
    assert severity == "A"
    assert "er erstattet fra 1. februar 2026" in sentence
    assert _v02(draft) is not None
    assert _v02(closed) is None
    told = Event.objects.filter(type="document.instruction_replaced")
    assert [row.subject for row in told] == [letter.uuid]


def test_a_draft_that_cites_an_instruction_not_in_force_is_stopped(cast: Cast) -> None:
    make_instruction(cast, dated=OLD)
    make_instruction(cast, dated=FIXED, effective_on=NEW)
    draft = make_draft(cast, title="Tildelingsbrev", fill=factory.citing(OLD), document_date=None)
    with pytest.raises(RuleBroken) as refused:
        issue_document(document=draft, actor=cast.actor("signer"), at=datetime(2026, 2, 2, 9, tzinfo=OSLO))
    problem = next(row for row in refused.value.problems if row.code == "V-02")
    assert "var erstattet" in str(problem.message)


@pytest.mark.django_db(transaction=True)
def test_two_instructions_fixed_at_once_give_one_in_force(cast: Cast) -> None:
    drafts = [
        make_draft(cast, kind="instruction", title=title, year=None, document_date=FIXED, effective_on=first)
        for title, first in (("Første", date(2026, 1, 6)), ("Andre", date(2026, 1, 6)))
    ]
    actor, together, outcomes = cast.actor("officer"), threading.Barrier(2), list[str]()

    def fix(draft: SteeringDocument) -> None:
        together.wait()
        try:
            register_issued_document(document=draft, registration=Registration(), actor=actor, at=REGISTERED_AT)
            outcomes.append("fixed")
        except DomainError as refused:
            outcomes.append(refused.problems[0].code)
        finally:
            connection.close()

    windows = [threading.Thread(target=fix, args=(draft,)) for draft in drafts]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert "fixed" in outcomes
    assert set(outcomes) - {"fixed"} <= {"instruction_same_day", "instruction_overlap"}
    assert len(outcomes) == 2
    assert outcomes.count("fixed") == 1
    assert InstructionPeriod.objects.count() == 1


class AnyOrder(TestCase):
    """Whatever order instructions are registered in, each day has the latest that has begun."""

    @given(st.lists(st.integers(0, 900), min_size=1, max_size=6, unique=True))
    @hypothesis_settings(max_examples=6)
    def test_one_in_force_on_each_day_in_any_order_of_registering(self, offsets: list[int]) -> None:
        cast = load_cast()
        days = [date.fromordinal(date(2020, 1, 1).toordinal() + offset) for offset in offsets]
        made = {day: make_instruction(cast, dated=day, title=str(day)) for day in days}
        agency = cast.org("DMP")
        for day in [*days, *(date.fromordinal(day.toordinal() - 1) for day in days)]:
            begun = [first for first in days if first <= day]
            assert instruction_in_force(agency, day) == (made[max(begun)] if begun else None)
