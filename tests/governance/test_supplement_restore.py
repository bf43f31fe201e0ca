"""A change that was taken out of a draft supplement comes in again as the change it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.errors import RuleBroken
from governance.actions import draft_rows
from governance.actions.change_base import Wish
from governance.actions.change_in_force import remove_change
from governance.drafting.acts import AMOUNT, MOVE, REPLACE, WITHDRAW
from governance.models import (
    AssignmentItem,
    BudgetLine,
    Change,
    Goal,
    ItemPassage,
    Passage,
    SteeringDocument,
)
from governance.selectors.supplement_pages import effect_page
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT
from tests.factories.supplements import change, changeable_letter, deliveries, issue, supplement

LogIn = Callable[[str], Client]
DAY = REGISTERED_AT.date()


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """The letter of the year."""
    return changeable_letter(cast)


def wishes(letter: SteeringDocument) -> list[Wish]:
    """A moved deadline, new words of two types of row, and a changed amount."""
    seven, three = (AssignmentItem.objects.get(document=letter, number=n) for n in (7, 3))
    goal = Goal.objects.filter(document=letter).first()
    line = BudgetLine.objects.get(document=letter, chapter=746)
    assert goal is not None
    return [
        Wish(MOVE, seven.uuid, reason="Høringen tar tid.", dates={deliveries("TB2026-7")[0]: date(2026, 9, 1)}),
        Wish(REPLACE, three.uuid, values={"title": "Nye ord", "body": "Også vaksiner."}, reason="Avklart i møte."),
        Wish(REPLACE, goal.uuid, values={"title": "Et annet mål"}, effective_on=date(2026, 7, 1)),
        Wish(AMOUNT, line.uuid, amount=2_000_000, basis="revised"),
    ]


def acts(draft: SteeringDocument) -> list[dict[str, Any]]:
    """The changes as they are kept, in order."""
    names = ("uuid", "kind", "target", "new_item", "item_type", "text", "new_date", "amount", "effective_on")
    return list(Change.objects.filter(document=draft).order_by("ordinal", "id").values(*names))


def shown(cast: Cast, draft: SteeringDocument) -> list[Any]:
    """Before and after as the page shows it."""
    rows = effect_page(document=draft, actor=cast.actor("officer"), day=DAY, may_write=False).rows
    return [(row.kind, row.name, row.text, row.fields, row.gone, row.new) for row in rows]


def texts(draft: SteeringDocument) -> list[str]:
    """The letter's text in order."""
    return list(Passage.objects.filter(document=draft).order_by("ordinal").values_list("text", flat=True))


@pytest.mark.parametrize("by", ["the row", "the change"])
def test_a_change_taken_out_comes_back_with_target_act_and_text(cast: Cast, letter: SteeringDocument, by: str) -> None:
    draft = supplement(cast, letter)
    common: dict[str, Any] = {"actor": cast.actor("officer"), "at": REGISTERED_AT}
    change(cast, draft, *wishes(letter))
    before, page, text = acts(draft), shown(cast, draft), texts(draft)
    for row in before:
        if by == "the row":
            draft_rows.remove_row(document=draft, item_type=row["item_type"], item=row["new_item"], **common)
        else:
            remove_change(document=draft, change=row["uuid"], expected_version=None, **common)
    assert (acts(draft), texts(draft)) == ([], [])
    assert not ItemPassage.objects.filter(document=draft).exists()
    for row in before:
        draft_rows.restore_row(document=draft, item=row["new_item"], **common)
    assert (acts(draft), shown(cast, draft)) == (before, page)
    assert sorted(texts(draft)) == sorted(text)
    issue(cast, draft)
    assert not AssignmentItem.objects.filter(document=draft, assignment__isnull=False).exists()


def test_one_change_goes_out_and_in_where_it_stood(cast: Cast, letter: SteeringDocument) -> None:
    draft = supplement(cast, letter)
    common: dict[str, Any] = {"actor": cast.actor("officer"), "at": REGISTERED_AT}
    change(cast, draft, *wishes(letter))
    text = texts(draft)
    for row in acts(draft):
        draft_rows.remove_row(document=draft, item_type=row["item_type"], item=row["new_item"], **common)
        assert not any(words in texts(draft) for words in row["text"].split("\n"))
        draft_rows.restore_row(document=draft, item=row["new_item"], **common)
        assert texts(draft) == text


def test_a_change_of_what_is_changed_or_gone_since_is_refused_with_a_sentence(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    draft = supplement(cast, letter)
    common: dict[str, Any] = {"actor": cast.actor("officer"), "at": REGISTERED_AT}
    item = AssignmentItem.objects.get(document=letter, number=3)
    made = change(cast, draft, Wish(REPLACE, item.uuid, values={"title": "Nye ord"}))[0]
    assert made.new_item is not None
    draft_rows.remove_row(document=draft, item_type="assignment", item=made.new_item, **common)
    change(cast, draft, Wish(WITHDRAW, item.uuid, reason="Løst."))
    with pytest.raises(RuleBroken, match="Fjern den endringen først"):
        draft_rows.restore_row(document=draft, item=made.new_item, **common)
    assert not AssignmentItem.objects.filter(document=draft).exists()
    other = Change.objects.get(document=draft)
    remove_change(document=draft, change=other.uuid, expected_version=None, **common)
    gone = supplement(cast, letter, title="Et annet brev")
    change(cast, gone, Wish(WITHDRAW, item.uuid, reason="Løst."))
    issue(cast, gone)
    url = reverse("governance:draft_act", args=[draft.uuid, "assignment", made.new_item])
    answer = log_in("officer").post(url, {"gjor": "inn"}, follow=True)
    assert "ikke lenger i kraft" in answer.content.decode()
    assert not Change.objects.filter(document=draft).exists()


def test_a_new_row_comes_back_as_new(cast: Cast, letter: SteeringDocument) -> None:
    draft = supplement(cast, letter)
    common: dict[str, Any] = {"actor": cast.actor("officer"), "at": REGISTERED_AT}
    made = draft_rows.save_row(document=draft, item_type="goal", data={"title": "Nytt mål"}, **common)
    before = acts(draft)
    draft_rows.remove_row(document=draft, item_type="goal", item=made.uuid, **common)
    draft_rows.restore_row(document=draft, item=made.uuid, **common)
    assert acts(draft) == before
    assert [row["kind"] for row in before] == ["add"]
