"""Findings about money: against the ledger, against the sum before, and against the letter's own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import OSLO
from core.errors import RuleBroken
from governance import checks
from governance.actions.documents import issue_document
from governance.actions.ledger import NewAppropriation, add_appropriation
from governance.checks import gather
from governance.checks.money_ledger import given_in
from governance.content import ContentWriter
from governance.models import BudgetLine, PassageKind, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter

AT = datetime(2026, 1, 9, 8, 0, tzinfo=OSLO)
DAY = date(2026, 1, 9)
Fill = Callable[[ContentWriter, Cast], None]


def lines(*rows: tuple[int, int, int, str], total: int | None = None) -> Fill:
    """Amounts in 1 000 kroner."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        for chapter, post, thousands, kind in rows:
            after = None if total is None else total * 1000
            writer.add(
                BudgetLine, chapter=chapter, post=post, name="P", kind=kind, amount=thousands * 1000, total_after=after
            )

    return fill


def grant(cast: Cast, chapter: int, post: int, thousands: int) -> None:
    new = NewAppropriation(2026, chapter, post, "Post", thousands * 1000)
    add_appropriation(new=new, actor=cast.actor("budget_officer"), at=AT)


def found(document: SteeringDocument, *ids: str) -> list[str]:
    """Ids of the money findings of a draft."""
    content = gather.from_document(SteeringDocument.objects.for_detail().get(pk=document.pk), day=DAY)
    rows = [row for row in checks.run(content) if row.check_id.startswith("PENGER")]
    return sorted(row.check_id for row in rows if not ids or row.check_id in ids)


def draft(cast: Cast, fill: Fill, **facts: Any) -> SteeringDocument:
    values = {"title": "Tillegg", "document_date": None, **facts}
    return make_draft(cast, kind="supplement", fill=fill, **values)


def test_two_agencies_share_a_post_and_the_draft_that_goes_over_is_stopped(cast: Cast) -> None:
    grant(cast, 702, 21, 100)
    make_registered_letter(cast, fill=lines((702, 21, 60, "expense")), recipient=cast.org("Hdir"), title="Hdir")
    assert not found(draft(cast, lines((702, 21, 40, "expense"))))
    over = draft(cast, lines((702, 21, 41, "expense")), title="Over")
    assert "PENGER-1" in found(over)
    with pytest.raises(RuleBroken) as refused:
        issue_document(document=over, actor=cast.actor("signer"), at=REGISTERED_AT)
    assert "PENGER-1" in {problem.code for problem in refused.value.problems}
    assert "bevilget 100, tildelt i andre brev 60, i dette brevet 41" in str(refused.value.problems[0].message)


def test_two_drafts_that_fit_alone_and_not_together_warn(cast: Cast) -> None:
    grant(cast, 702, 21, 100)
    one = draft(cast, lines((702, 21, 60, "expense")))
    assert not found(one)
    two = draft(cast, lines((702, 21, 60, "expense")), recipient=cast.org("Hdir"), title="To")
    assert found(one) == found(two) == ["PENGER-2"]


def test_a_post_that_is_not_in_the_ledger_stops_only_where_there_is_a_ledger(cast: Cast) -> None:
    letter = draft(cast, lines((799, 1, 5, "expense")))
    assert not found(letter)
    grant(cast, 702, 21, 100)
    assert found(letter) == ["PENGER-3"]


def test_the_same_money_told_as_reduction_is_no_overspending(cast: Cast) -> None:
    grant(cast, 702, 21, 100)
    make_registered_letter(cast, fill=lines((702, 21, 120, "expense")))
    assert not found(draft(cast, lines((702, 21, -20, "change"))))


def test_earlier_and_new_is_the_sum(cast: Cast) -> None:
    make_registered_letter(cast, fill=lines((702, 21, 24_000, "expense")))
    assert not found(draft(cast, lines((702, 21, 2_100, "change"), total=26_100)))
    assert found(draft(cast, lines((702, 21, 2_100, "change"), total=26_000), title="Feil")) == ["PENGER-4"]


def prose(heading: str, text: str, thousands: int, *, chapter: int = 760, post: int = 21) -> Fill:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage(heading, kind=PassageKind.PROSE, heading_level=2, ordinal=1)
        for n, part in enumerate(text.split("\n"), start=2):
            writer.passage(part, kind=PassageKind.PROSE, ordinal=n)
        writer.add(BudgetLine, chapter=chapter, post=post, name="P", kind="change", amount=thousands * 1000)

    return fill


def test_the_text_gives_another_sum_than_the_table(cast: Cast) -> None:
    words = "Direktoratet tildeles 7,9 mill. kroner til tiltak.\nI tillegg tildeles direktoratet 15,1 mill. kroner."
    assert found(draft(cast, prose("Kap. 760, post 21", words, 9_500)), "PENGER-5") == ["PENGER-5"]
    assert not found(draft(cast, prose("Kap. 760, post 21", words, 23_000)), "PENGER-5")
    told = "Tildelingen økes med 0,5 mill. kroner til ett tiltak, og 4,176 mill. kroner til et annet."
    assert not found(draft(cast, prose("Kap. 714, post 21", told, 4_676, chapter=714)), "PENGER-5")


def test_the_heading_names_another_post_than_the_text(cast: Cast) -> None:
    words = "Det vises til tildelingen over kap. 714, post 21, som presiseres her."
    assert found(draft(cast, prose("Kap. 760, post 21 – Presisering", words, 1)), "PENGER-6") == ["PENGER-6"]
    both = "Det vises til kap. 714, post 21. Beløpet på kap. 760, post 21 endres ikke."
    assert not found(draft(cast, prose("Kap. 760, post 21", both, 1)), "PENGER-6")


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Direktoratet tildeles 10 mill. kroner, hvorav 2 mill. kroner til drift.", [10_000_000]),
        ("Posten reduseres med 3,4 mill. kroner.", [-3_400_000]),
        ("Samlet er det tildelt 55 mill. kroner.", []),
        ("Det skal rapporteres om 3 mill. kroner.", []),
        ("Tidligere tildeling er 24 000, ny tildeling 2 100 og sum 26 100 (i 1 000 kroner).", []),
        ("Det tildeles 1 000 kroner.", [1000]),
    ],
)
def test_what_a_sentence_gives(text: str, amounts: list[int]) -> None:
    assert given_in(text) == amounts


def test_the_checks_ask_the_same_questions_for_few_and_many_lines(cast: Cast) -> None:
    grant(cast, 702, 21, 100)
    counts = []
    for many in (2, 20):
        rows = [(700 + n, 1, 1, "expense") for n in range(many)]
        document = draft(cast, lines(*rows), title=f"Brev {many}")
        document = SteeringDocument.objects.for_detail().get(pk=document.pk)
        with CaptureQueriesContext(connection) as queries:
            checks.run(gather.from_document(document, day=DAY))
        counts.append(len(queries))
    assert counts[0] == counts[1]
