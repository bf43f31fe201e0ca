"""What differs: no word is lost in a marked text, and a row is known again by identity, number, post or likeness."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from governance.differences import Difference, compare_items, compare_texts, is_same, word_diff
from governance.differences.fields import child_words
from governance.items import Item

WORDS = st.lists(
    st.sampled_from(["skal", "legge", "fram", "plan", ".", " ", "\n", "frist", "1. juni", ","]), max_size=40
)
TEXT = WORDS.map(" ".join)


def row(key: str, nth: int, **data: Any) -> Item:
    return Item(key, UUID(int=nth), 1, nth, data)


def said(found: list[Difference]) -> list[tuple[str, str]]:
    return [(each.kind, each.item.name) for each in found]


@given(TEXT, TEXT)
def test_no_word_is_lost_or_made_up(before: str, after: str) -> None:
    segments = word_diff(before, after)
    assert "".join(each.text for each in segments if not each.is_deletion) == after
    assert "".join(each.text for each in segments if not each.is_insertion) == before
    assert is_same(segments) == (before == after)


@given(st.lists(TEXT, max_size=12), st.lists(TEXT, max_size=12))
def test_every_passage_of_both_texts_is_told_once_and_in_order(before: list[str], after: list[str]) -> None:
    found = compare_texts(before, after)
    assert [each.after for each in found if each.after is not None] == list(range(len(after)))
    assert [each.before for each in found if each.before is not None] == list(range(len(before)))


def test_a_changed_passage_marks_its_words_and_others_come_and_go() -> None:
    before = ["Innledning", "Direktoratet skal legge fram en plan innen 1. juni.", "Dette punktet faller bort helt."]
    after = [
        "Innledning",
        "Direktoratet skal legge fram en plan innen 1. oktober.",
        "Noe nytt om beredskap kommer inn.",
    ]
    found = compare_texts(before, after)
    assert [each.kind for each in found] == ["same", "changed", "removed", "added"]
    assert [(each.kind, each.text) for each in found[1].segments if each.kind != "same"] == [
        ("del", "juni"), ("ins", "oktober"),
    ]  # fmt: skip


def test_long_texts_are_compared_in_time_that_grows_with_their_length() -> None:
    sentence = "Direktoratet skal vurdere tiltak nummer {n} og rapportere i årsrapporten om det som er gjort i året. "
    before = "".join(sentence.format(n=n) for n in range(1500))
    after = "".join(sentence.format(n=n if n % 50 else n + 5000) for n in range(1500))
    started = time.perf_counter()
    segments = word_diff(before, after)
    assert time.perf_counter() - started < 1
    assert sum(each.is_insertion for each in segments) == 30


def test_rows_are_known_again_by_line_number_post_and_like_title() -> None:
    before = [
        row("goal", 1, line="a", reference="3.1", title="Rask tilgang"),
        row("assignment", 2, series="TB", year=2026, number=4, suffix="", reference="TB2026-4", title="Lager",
            deliveries=[{"uuid": "x", "title": "", "part": "", "deadline_text": "1. juni 2026"}]),
        row("budget_line", 3, chapter=746, post=1, name="Drift", kind="expense", amount=458_591_000, splits=[]),
        row("key_figure", 4, reference="", title="Antall behandlede søknader om godkjenning"),
        row("goal", 5, line="b", reference="3.2", title="Sikker bruk"),
    ]  # fmt: skip
    after = [
        row("goal", 11, line="a", reference="2.1", title="Rask og trygg tilgang"),
        row("assignment", 12, series="TB", year=2026, number=4, suffix="", reference="TB 2026-4", title="Lager",
            deliveries=[{"uuid": "y", "title": "", "part": "", "deadline_text": "1. oktober 2026"}]),
        row("budget_line", 13, chapter=746, post=1, name="Drift", kind="expense", amount=470_000_000, splits=[]),
        row("key_figure", 14, reference="", title="Antall behandlede søknader om godkjenning i alt"),
        row("goal", 15, line="c", reference="3.3", title="Beredskap"),
    ]  # fmt: skip
    found = compare_items(before, after)
    assert said(found) == [
        ("changed", "2.1 Rask og trygg tilgang"), ("added", "3.3 Beredskap"), ("removed", "3.2 Sikker bruk"),
        ("changed", "Antall behandlede søknader om godkjenning i alt"), ("changed", "TB 2026-4 Lager"),
        ("changed", "746.01 Drift"),
    ]  # fmt: skip
    money = found[-1].fields[0]
    assert (money.before.replace("\xa0", " "), money.after.replace("\xa0", " ")) == ("458 591", "470 000")
    deadline = found[-2].fields[-1]
    assert (deadline.label, deadline.before, deadline.after) == (
        "Leveranser og frister", "1. juni 2026", "1. oktober 2026",
    )  # fmt: skip


def test_the_copy_rule_that_differs_is_found_by_what_it_is_about() -> None:
    auditor = "b0000000-0000-0000-0000-000000000001"
    everything = row("copy_rule", 1, correspondence="all", recipient=auditor, simultaneous=False, section="5")
    letters = row("copy_rule", 2, correspondence="letter", recipient=auditor, simultaneous=False, section="5")
    at_once = replace(letters, uuid=UUID(int=3), data={**letters.data, "simultaneous": True})
    assert [each.kind for each in compare_items([everything], [letters], names={auditor: "Riksrevisjonen"})] == [
        "added", "removed",
    ]  # fmt: skip
    (changed,) = compare_items([letters], [at_once])
    assert [(each.label, each.before, each.after) for each in changed.fields] == [("Samtidig", "nei", "ja")]


def test_rows_that_do_not_differ_are_told_only_when_asked_for() -> None:
    goal = row("goal", 1, line="a", reference="3.1", title="Rask tilgang")
    same = replace(goal, uuid=UUID(int=9))
    assert compare_items([goal], [same]) == []
    assert [each.kind for each in compare_items([goal], [same], same=True)] == ["same"]


def test_a_target_is_said_once_in_norwegian_figures() -> None:
    assert child_words("targets", {"text": "180 dager", "value": "180.0000", "unit": "dager"}) == "180 dager"
    assert child_words("targets", {"text": "", "value": "12.5000", "unit": "prosent"}) == "12,5 prosent"
    assert child_words("targets", {"text": "raskere", "value": "180.0000", "unit": "dager"}) == "raskere (180 dager)"
