"""The ministry's ledger: granted, allotted, reserved and left, each krone counted once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from core.actor import Actor
from core.clock import OSLO
from core.errors import DomainError, NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event
from governance.actions.ledger import (
    NewAppropriation,
    NewChange,
    add_appropriation,
    add_change,
    end_appropriation,
    reopen_appropriation,
)
from governance.actions.renumbering import Renumber, renumber_post
from governance.content import ContentWriter
from governance.ledger.balance import Allotment, Grant, balances
from governance.ledger.gather import balances_of
from governance.ledger.table import read_amount, read_table
from governance.models import (
    Appropriation,
    AppropriationChange,
    BudgetLine,
    BudgetLineKind,
    BudgetRenumbering,
    SteeringDocument,
)
from tests.cast import Cast
from tests.factories.documents import make_draft, make_registered_letter

LogIn = Callable[[str], Client]
AT = datetime(2026, 2, 2, 9, 0, tzinfo=OSLO)
DAY = date(2026, 1, 15)


def enter(cast: Cast, chapter: int, post: int, thousands: int, *, year: int = 2026, by: str = "budget_officer"):  # type: ignore[no-untyped-def]
    new = NewAppropriation(year, chapter, post, f"Post {chapter}", thousands * 1000)
    return add_appropriation(new=new, actor=cast.actor(by), at=AT)


def money(*lines: tuple[int, int, int, str]) -> Callable[[ContentWriter, Cast], None]:
    """Fills a letter with amounts: chapter, post, 1 000 kroner, kind."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        for chapter, post, thousands, kind in lines:
            writer.add(BudgetLine, chapter=chapter, post=post, name="Post", kind=kind, amount=thousands * 1000)

    return fill


def post_of(cast: Cast, code: str):  # type: ignore[no-untyped-def]
    return next(row for row in balances_of(cast.org("HOD"), 2026) if row.code == code)


def test_two_agencies_share_a_post_and_drafts_are_reserved(cast: Cast) -> None:
    enter(cast, 702, 21, 100_000)
    make_registered_letter(cast, fill=money((702, 21, 40_000, "expense")))
    make_registered_letter(cast, fill=money((702, 21, 35_000, "expense")), recipient=cast.org("Hdir"), title="Brev")
    make_draft(cast, kind="supplement", title="S", fill=money((702, 21, 30_000, "change")), document_date=None)
    row = post_of(cast, "702.21")
    assert dict(row.agencies) == {"DMP": 40_000_000, "Hdir": 35_000_000}
    assert (row.allotted, row.remainder, row.reserved, row.free) == (75_000_000, 25_000_000, 30_000_000, -5_000_000)
    assert row.exceeded


def test_carried_over_money_is_counted_once(cast: Cast) -> None:
    row = enter(cast, 740, 1, 1_556_792)
    change = NewChange("carried_over", 56_230_000, "Overføring til 2026", DAY)
    add_change(appropriation=row, change=change, actor=cast.actor("budget_officer"), at=AT, expected_version=1)
    hdir = {"recipient": cast.org("Hdir")}
    first = money((740, 1, 1_556_792, "expense"), (740, 1, 56_230, BudgetLineKind.CARRIED_OVER))
    letter = make_registered_letter(cast, fill=first, **hdir)
    again = money((740, 1, 56_230, BudgetLineKind.CARRIED_OVER))
    make_registered_letter(cast, fill=again, kind="supplement", title="Om overføring", supplements=letter, **hdir)
    found = post_of(cast, "740.01")
    assert found.granted == found.allotted == 1_613_022_000
    assert found.remainder == 0


def test_a_line_that_another_ministry_pays_counts_in_that_ministrys_ledger(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.add(BudgetLine, chapter=500, post=21, name="P", amount=7_000, financing_ministry=cast.org("NFD"))

    make_registered_letter(cast, fill=fill)
    assert not [row for row in balances_of(cast.org("HOD"), 2026) if row.code == "500.21"]
    assert [row.allotted for row in balances_of(cast.org("NFD"), 2026)] == [7_000]


def test_a_change_has_sign_and_basis_and_every_problem_is_told(cast: Cast) -> None:
    row = enter(cast, 746, 1, 100)
    actor = cast.actor("officer")
    wrong = NewChange("storting", 0, " ", date(2030, 1, 1))
    assert refused(row, wrong, actor) == {"amount", "basis_missing", "decided_ahead"}
    change = NewChange("wages", 5_000, "Lønnsoppgjøret", DAY)
    add_change(appropriation=row, change=change, actor=actor, at=AT, expected_version=1)
    with pytest.raises(StaleVersion):
        add_change(appropriation=row, change=change, actor=actor, at=AT, expected_version=1)
    assert refused(row, change, actor) == {"change_known"}
    assert refused(row, NewChange("correction", -500_000, "Retting", DAY), actor) == {"below_zero"}
    assert Event.objects.filter(subject=row.uuid, type="appropriation.changed", audience="internal").count() == 1


def refused(row: Appropriation, change: NewChange, actor: Actor) -> set[str]:
    """The codes of everything that is wrong with a change."""
    with pytest.raises(RuleBroken) as error:
        add_change(appropriation=row, change=change, actor=actor, at=AT, expected_version=None)
    return {problem.code for problem in error.value.problems}


def test_a_post_in_use_cannot_be_ended_and_an_ended_one_can_be_opened_again(cast: Cast) -> None:
    row, actor = enter(cast, 746, 1, 458_591), cast.actor("officer")
    make_registered_letter(cast)
    with pytest.raises(RuleBroken):
        end_appropriation(appropriation=row, reason="Utgått", actor=actor, at=AT, expected_version=1)
    other = enter(cast, 799, 1, 5)
    ended = end_appropriation(appropriation=other, reason="Slått sammen", actor=actor, at=AT, expected_version=1)
    assert ended.ended
    change = NewChange("moved", 1_000, "Vedtak", DAY)
    with pytest.raises(NotInThisState):
        add_change(appropriation=other, change=change, actor=actor, at=AT, expected_version=None)
    with pytest.raises(RuleBroken):
        enter(cast, 799, 1, 5)
    assert not reopen_appropriation(appropriation=other, actor=actor, at=AT, expected_version=2).ended


@pytest.mark.parametrize("part", ["controller", "director", "co_ministry", "auditor", "department_officer", "signer"])
def test_no_one_else_keeps_the_ledger(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        enter(cast, 702, 21, 1, by=part)


def test_another_organisations_post_is_left_alone(cast: Cast) -> None:
    row = enter(cast, 702, 21, 1)
    change = NewChange("moved", 1_000, "Vedtak", DAY)
    with pytest.raises(NotAllowed):
        add_change(
            appropriation=row, change=change, actor=cast.actor("sub_agency_officer"), at=AT, expected_version=None
        )


# ---- the table ----
def test_a_table_is_read_with_headings_codes_and_written_amounts() -> None:
    read = read_table("Kap./post\tPosttekst\tBeløp\n702.21\tSpesielle driftsutgifter\t1 234\n3746.04\tGebyr\t−3,5\n")
    assert [(row.line, row.code, row.amount) for row in read.rows] == [(2, "702.21", 1_234_000), (3, "3746.04", -3_500)]
    assert not read.problems
    plain = read_table("746;1;Driftsutgifter;458 591")
    assert [(row.chapter, row.post, row.name, row.amount) for row in plain.rows] == [
        (746, 1, "Driftsutgifter", 458_591_000)
    ]


def test_every_bad_line_is_told_with_its_number() -> None:
    read = read_table("746\t1\tDrift\t100\n\nabc\t1\tX\t5\n702\t121\tX\tmye\n746\t1\tIgjen\t4")
    assert len(read.problems) == 3
    assert "Linje 3" in str(read.problems[0].message)
    assert "Linje 4" in str(read.problems[1].message)
    assert "linje 1" in str(read.problems[2].message)


def test_a_pasted_table_is_looked_over_confirmed_and_entered_once(cast: Cast, log_in: LogIn) -> None:
    client, url = log_in("budget_officer"), reverse("governance:ledger_table")
    values = {"year": 2026, "what": "first", "text": "702.21\tSpesielle driftsutgifter\t100\n746.01\tDrift\t200"}
    page = client.post(url, values)
    assert page.status_code == 200
    assert "Før 2 rader" in page.content.decode()
    assert not Appropriation.objects.exists()
    assert client.post(url, {**values, "confirm": "1"}).status_code == 302
    assert Appropriation.objects.count() == 2
    again = client.post(url, {**values, "confirm": "1"}, follow=True)
    assert "Ingenting nytt" in again.content.decode()
    assert Appropriation.objects.count() == 2
    changes = {"year": 2026, "what": "storting", "basis": "Prop. 35 S", "decided_on": "2025-12-20", "confirm": "1",
               "text": "702.21\t\t−40\n746.01\t\t25"}  # fmt: skip
    for _time in range(2):
        assert client.post(url, changes).status_code == 302
    assert AppropriationChange.objects.count() == 2
    assert post_of(cast, "702.21").granted == 60_000


def test_a_bad_table_enters_nothing_tells_all_and_keeps_the_text(cast: Cast, log_in: LogIn) -> None:
    client = log_in("officer")
    enter(cast, 702, 21, 100)
    values = {"year": 2026, "what": "first", "confirm": "1", "text": "702.21\tX\t90\n746.01\t\t5\nord\tuten\ttall"}
    answer = client.post(reverse("governance:ledger_table"), values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(f"Linje {number}" in page for number in (1, 2, 3))
    assert "ord\tuten\ttall" in page
    assert Appropriation.objects.count() == 1


def test_a_workbook_is_shown_in_the_box_and_a_file_that_is_no_table_is_refused(cast: Cast, log_in: LogIn) -> None:
    client, url = log_in("officer"), reverse("governance:ledger_table")
    book, data = Workbook(), io.BytesIO()
    for line in (("Kapittel", "Post", "Posttekst", "Beløp"), (702, 21, "Spesielle driftsutgifter", 1234.5)):
        book.active.append(line)  # type: ignore[union-attr]
    book.save(data)
    upload = SimpleUploadedFile("tabell.xlsx", data.getvalue())
    page = client.post(url, {"year": 2026, "what": "first", "file": upload}).content.decode()
    assert "Spesielle driftsutgifter\t1234.5" in page
    assert "1\u00a0234,5" in page
    bad = SimpleUploadedFile("tabell.xlsx", b"PK\x03\x04 ikke et regneark")
    refused = client.post(url, {"year": 2026, "what": "first", "file": bad})
    assert refused.status_code == 422
    assert "kan ikke leses som en tabell" in refused.content.decode()


# ---- the pages ----
def test_the_year_shows_what_is_granted_allotted_and_left(cast: Cast, log_in: LogIn) -> None:
    row = enter(cast, 746, 1, 500_000)
    letter = make_registered_letter(cast)
    client = log_in("budget_officer")
    page = client.get(reverse("governance:ledger") + "?ar=2026").content.decode()
    assert "746.01" in page
    assert "41\u00a0409" in page
    assert "3746.04" in page
    post = client.get(reverse("governance:appropriation", args=[row.uuid])).content.decode()
    assert letter.title in post
    client.post(
        reverse("governance:appropriation_change", args=[row.uuid]),
        {"version": 1, "kind": "storting", "amount": "-100 000", "basis": "Nysaldering", "decided_on": "2026-01-10"},
    )
    assert "Nysaldering" in client.get(reverse("governance:appropriation", args=[row.uuid])).content.decode()


def test_the_list_asks_the_same_questions_for_few_and_many(cast: Cast, log_in: LogIn) -> None:
    client, counts = log_in("budget_officer"), []
    for start, many in ((700, 2), (710, 20)):
        for number in range(many):
            enter(cast, start + number, 1, 10)
            make_registered_letter(cast, fill=money((start + number, 1, 1, "expense")), title=f"Brev {start}{number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("governance:ledger") + "?ar=2026").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# ---- renumbering ----
def test_a_post_goes_on_under_another_number(cast: Cast, log_in: LogIn) -> None:
    dmp = cast.org("DMP")
    values = {"agency": dmp.uuid, "chapter": 750, "post": 1, "new_chapter": 746, "new_post": 1, "from_year": 2024}
    for _time in range(2):
        assert log_in("budget_officer").post(reverse("governance:renumber"), values).status_code == 302
    assert BudgetRenumbering.objects.count() == 1
    back = Renumber(dmp, 746, 1, 750, 1, 2025)
    with pytest.raises(DomainError):
        renumber_post(renumber=back, actor=cast.actor("officer"), at=AT)
    with pytest.raises(NotAllowed):
        renumber_post(renumber=Renumber(dmp, 1, 1, 2, 2, 2025), actor=cast.actor("controller"), at=AT)


# ---- arithmetic as properties ----
AMOUNTS = st.integers(-(10**12), 10**12)
KEYS = st.tuples(st.sampled_from([700, 702, 3702]), st.sampled_from([1, 21]))


@given(st.lists(st.tuples(KEYS, AMOUNTS, st.booleans(), st.sampled_from(["DMP", "Hdir"])), max_size=30),
       st.dictionaries(KEYS, st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), max_size=6))  # fmt: skip
def test_nothing_is_lost_between_granted_allotted_reserved_and_left(rows, ledger) -> None:  # type: ignore[no-untyped-def]
    document = SteeringDocument().uuid
    given_ = [Allotment(*key, agency, amount, document, draft=draft) for key, amount, draft, agency in rows]
    found = balances([Grant(*key, "", *sums) for key, sums in ledger.items()], given_)
    assert sum(row.granted for row in found) == sum(sum(sums) for sums in ledger.values())
    assert sum(row.allotted + row.reserved for row in found) == sum(amount for _k, amount, _d, _a in rows)
    for row in found:
        assert row.free == row.granted - row.allotted - row.reserved
        assert row.allotted == sum(amount for _agency, amount in row.agencies)
    assert [row.code for row in found] == [f"{c}.{p:02d}" for c, p in sorted((r.chapter, r.post) for r in found)]


@given(st.integers(-(10**14), 10**14))
def test_an_amount_written_as_the_letter_writes_it_is_read_as_it_was(thousandths: int) -> None:
    from core.formatting import in_thousand_kroner

    assert read_amount(in_thousand_kroner(thousandths)) == thousandths
