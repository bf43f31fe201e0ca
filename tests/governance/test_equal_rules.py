"""One draft says a rule once: an equal one is refused with a sentence that names both."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import RuleBroken
from governance.actions import draft_rows
from governance.models import SteeringDocument
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft

#: type → a rule, the same rule again in other letters, and one that is another rule
RULES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "meeting_rule": ({"kind": "governance", "minimum": 2}, {"minimum": 4}, {"kind": "contact"}),
    "notice_duty": ({"title": "Vesentlige avvik"}, {"title": "vesentlige  avvik."}, {"title": "Brudd på sikkerheten"}),
    "lock_rule": ({"correspondence": "annual_report"}, {"exception": "Nye tall"}, {"correspondence": "budget_report"}),
    "authorisation": (
        {"title": "Merinntekt", "expense_posts": ["740.01", "740.21"]},
        {"expense_posts": ["740.21", "740.01"], "limit": 200_000},
        {"expense_posts": ["740.45"]},
    ),
    "reporting": (
        {"title": "Bruk av konsulenter", "when": "event", "due_text": "ved årets slutt"}, {"section": "7"},
        {"due_text": "ved hver kontrakt"},
    ),
}  # fmt: skip


@pytest.fixture
def draft(cast: Cast) -> SteeringDocument:
    """The draft of an instruction."""
    return make_draft(cast, kind="instruction", title="Hovedinstruks", document_date=None)


def save(cast: Cast, draft: SteeringDocument, key: str, data: dict[str, Any], **more: Any) -> Any:
    """Save a row as the officer."""
    common = {"document": draft, "actor": cast.actor("officer"), "at": REGISTERED_AT}
    return draft_rows.save_row(item_type=key, data=data, **common, **more)


@pytest.mark.parametrize("key", RULES)
def test_a_rule_that_stands_is_not_written_again(cast: Cast, draft: SteeringDocument, key: str) -> None:
    first, again, other = RULES[key]
    held = save(cast, draft, key, first)
    with pytest.raises(RuleBroken) as refused:
        save(cast, draft, key, {**first, **again})
    assert [problem.code for problem in refused.value.problems] == ["same_rule"]
    second = save(cast, draft, key, {**first, **other})
    with pytest.raises(RuleBroken):
        save(cast, draft, key, {**first, **again}, item=second.uuid)
    save(cast, draft, key, {**first, **again}, item=held.uuid)


def test_two_copy_rules_are_the_same_by_receiver_and_document_and_the_refusal_names_both(
    cast: Cast, draft: SteeringDocument
) -> None:
    auditor = str(cast.org("RR").uuid)
    rule = {"correspondence": "activity_report", "recipient": auditor}
    save(cast, draft, "copy_rule", {**rule, "section": "5.1"})
    with pytest.raises(RuleBroken) as refused:
        save(cast, draft, "copy_rule", {**rule, "section": "6", "simultaneous": True})
    (problem,) = refused.value.problems
    assert problem.field == "recipient"
    assert problem.message == (
        "Kopiregel «Virksomhetsrapport til Riksrevisjonen» (punkt 6) finnes alt i utkastet: Kopiregel "
        "«Virksomhetsrapport til Riksrevisjonen» (punkt 5.1). Endre den som står der, eller ta den ut først."
    )
    save(cast, draft, "copy_rule", {**rule, "correspondence": "annual_report"})
    elsewhere = make_draft(cast, kind="instruction", title="En annen instruks", document_date=None)
    save(cast, elsewhere, "copy_rule", rule)


def test_a_rule_taken_out_is_not_put_back_beside_the_one_that_took_its_place(
    cast: Cast, draft: SteeringDocument
) -> None:
    held = save(cast, draft, "lock_rule", {"correspondence": "annual_report"})
    common = {"document": draft, "item": held.uuid, "actor": cast.actor("officer"), "at": REGISTERED_AT}
    draft_rows.remove_row(item_type="lock_rule", **common)
    save(cast, draft, "lock_rule", {"correspondence": "annual_report", "exception": "Nye tall"})
    with pytest.raises(RuleBroken, match="finnes alt i utkastet"):
        draft_rows.restore_row(**common)
