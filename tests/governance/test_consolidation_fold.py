"""The fold of random histories: the same bytes whatever order rows come in, and two clocks that keep apart (A2, A4)."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.consolidation import ChangeRow, Consolidated, Source, canonical, fold, post_totals
from governance.items import Item

AGENCY, MINISTRY = UUID(int=1), UUID(int=2)
FIRST = date(2026, 1, 5)


def uid(number: int) -> UUID:
    return UUID(int=1000 + number)


def source(nth: int, *, on: date, issued: datetime | None = None, family: str = "supplement") -> Source:
    at = issued or datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return Source(
        id=nth, uuid=uid(900 + nth), family=family, kind="brev", title=f"Brev {nth}", issuer=MINISTRY, recipient=AGENCY,
        on=on, issued_at=at, year=2026, dated=on,
    )  # fmt: skip


LETTER = source(1, on=FIRST, family="letter")


def goal(number: int, document: int, **data: Any) -> Item:
    return Item("goal", uid(number), document, number, {"reference": f"3.{number}", "title": f"Mål {number}", **data})


def line(number: int, document: int, amount: int, *, kind: str = "expense", post: int = 1, **data: Any) -> Item:
    values = {"chapter": 740, "post": post, "name": "Driftsutgifter", "kind": kind, "amount": amount, "splits": []}
    return Item("budget_line", uid(number), document, number, values | data)


def assignment(nth: int, document: int, *, change: str = "new", due: str = "2026-06-01", **data: Any) -> Item:
    values = {
        "series": "TB", "year": 2026, "number": nth, "suffix": "", "reference": f"TB2026-{nth}",
        "title": f"Oppdrag {nth}", "body": "", "change": change, "changes_reference": "",
        "deliveries": [{"uuid": str(uid(500 + nth)), "part": "", "anchor": "", "deadline": due,
                        "deadline_text": due, "deadline_kind": "date"}],
    }  # fmt: skip
    return Item("assignment", uid(nth + document * 40), document, nth, values | data)


def folded(
    documents: list[Source], items: list[Item], changes: list[ChangeRow], on: date, known: datetime | None = None
) -> Consolidated:
    chosen = [each for each in documents if known is None or each.issued_at <= known]
    return fold(agency=AGENCY, valid_on=on, known_at=known, documents=chosen, items=items, changes=changes)


def titles(found: Consolidated) -> list[str]:
    return [entry.item.name for entry in found.entries]


History = tuple[list[Source], list[Item], list[ChangeRow]]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A letter with rows, and supplements that add, replace, withdraw, move and change amounts."""
    documents = [LETTER]
    items: list[Item] = [goal(n, 1) for n in range(1, 4)]
    items += [assignment(n, 1) for n in range(4, 7)] + [line(7, 1, 1_000_000), line(8, 1, 500_000, post=21)]
    known = [item.uuid for item in items]
    changes: list[ChangeRow] = []
    count = draw(st.integers(1, 5))
    for n in range(2, 2 + count):
        on = FIRST + timedelta(days=draw(st.integers(0, 40)))
        issued = datetime(2026, 1, 5, 10, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 40)))
        documents.append(source(n, on=on, issued=issued))
        for k in range(draw(st.integers(1, 3))):
            kind = draw(st.sampled_from(["add", "replace", "withdraw", "move_deadline", "amount_delta"]))
            new = goal(n * 20 + k, n) if kind in ("add", "replace") else None
            items += [new] if new else []
            row = ChangeRow(
                uuid=uid(3000 + n * 10 + k),
                document_id=n,
                ordinal=k,
                kind=kind,
                target=None if kind == "add" else draw(st.sampled_from(known)),
                new_item=new.uuid if new else None,
                text=f"Endring {k}",
                new_date=date(2026, 9, 1) + timedelta(days=k) if kind == "move_deadline" else None,
                amount=draw(st.integers(-500, 500)) * 1000 if kind == "amount_delta" else None,
                effective_on=draw(st.one_of(st.none(), st.just(on + timedelta(days=draw(st.integers(0, 20)))))),
            )
            changes.append(row)
            known += [new.uuid] if new else []
    return documents, items, changes


@given(histories(), st.integers(0, 70), st.randoms(use_true_random=False))
def test_the_same_bytes_whatever_order_rows_are_stored_in(history: History, days: int, shuffle: random.Random) -> None:
    documents, items, changes = history
    on = FIRST + timedelta(days=days)
    bytes_first = canonical(folded(documents, items, changes, on))
    for rows in (documents, items, changes):
        shuffle.shuffle(rows)
    assert canonical(folded(documents, items, changes, on)) == bytes_first


@given(histories(), st.integers(0, 70))
def test_before_a_document_is_in_force_it_changes_nothing(history: History, days: int) -> None:
    documents, items, changes = history
    on = FIRST + timedelta(days=days)
    later = {each.id for each in documents if each.on > on}
    without = [each for each in documents if each.id not in later]
    assert canonical(folded(documents, items, changes, on)) == canonical(folded(without, items, changes, on))


@given(histories(), st.integers(0, 60), st.integers(0, 60))
def test_what_is_issued_later_never_changes_what_was_known(history: History, days: int, knew: int) -> None:
    documents, items, changes = history
    on, known = FIRST + timedelta(days=days), datetime(2026, 1, 5, 12, tzinfo=UTC) + timedelta(days=knew)
    early = [each for each in documents if each.issued_at <= known]
    assert canonical(folded(documents, items, changes, on, known)) == canonical(
        fold(agency=AGENCY, valid_on=on, known_at=known, documents=early, items=items, changes=changes)
    )
    ids = {row.item.uuid for row in folded(documents, items, changes, on, known).rows}
    assert ids <= {row.item.uuid for row in folded(documents, items, changes, on).rows}


@given(histories(), st.data())
def test_withdrawn_is_not_in_force_and_nothing_is_lost(history: History, data: st.DataObject) -> None:
    documents, items, changes = history
    last = source(50, on=FIRST + timedelta(days=100))
    on = last.on
    before = folded(documents, items, changes, on)
    gone = data.draw(st.sampled_from([entry.item.uuid for entry in before.entries] or [uid(1)]))
    end = ChangeRow(uid(9000), 50, 1, "withdraw", target=gone, text="Trekkes.")
    after = folded([*documents, last], items, [*changes, end], on)
    assert gone not in {entry.item.uuid for entry in after.entries}
    assert {row.item.uuid for row in after.rows} == {row.item.uuid for row in before.rows}
    assert (
        folded([*documents, last], items, [*changes, end], on - timedelta(days=1)).entries
        == folded(documents, items, changes, on - timedelta(days=1)).entries
    )


@given(histories(), st.integers(0, 80))
def test_totals_are_the_sum_of_what_is_in_force_and_of_its_columns(history: History, days: int) -> None:
    found = folded(*history, FIRST + timedelta(days=days))
    totals = post_totals(found)
    rows = [*totals.expenses, *totals.incomes]
    in_force = sum(int(entry.item.data["amount"]) for entry in found.of("budget_line"))
    assert sum(row.sums.total for row in rows) == in_force
    assert all(sum(row.by_document.values()) == row.sums.total for row in rows)


@settings(max_examples=20)
@given(st.integers(1, 30))
def test_a_change_from_a_later_day_waits_for_it(wait: int) -> None:
    later = source(2, on=FIRST)
    change = ChangeRow(uid(9), 2, 1, "withdraw", target=uid(1), effective_on=FIRST + timedelta(days=wait))
    items = [goal(1, 1), goal(2, 1)]
    day_before = folded([LETTER, later], items, [change], FIRST + timedelta(days=wait - 1))
    assert titles(day_before) == ["3.1 Mål 1", "3.2 Mål 2"]
    assert titles(folded([LETTER, later], items, [change], FIRST + timedelta(days=wait))) == ["3.2 Mål 2"]


def test_a_replacement_takes_the_place_and_later_changes_follow_it() -> None:
    second, third = source(2, on=FIRST + timedelta(days=1)), source(3, on=FIRST + timedelta(days=2))
    items = [goal(1, 1), goal(2, 1), goal(7, 2, title="Nytt mål")]
    changes = [
        ChangeRow(uid(90), 2, 1, "replace", target=uid(1), new_item=uid(7), text="Målet endres."),
        ChangeRow(uid(91), 3, 1, "withdraw", target=uid(1), text="Målet trekkes."),
    ]
    between = folded([LETTER, second, third], items, changes, second.on)
    assert titles(between) == ["3.7 Nytt mål", "3.2 Mål 2"]
    assert [change.text for change in between.entries[0].changes] == ["Målet endres."]
    assert between.entries[0].replaces == uid(1)
    assert titles(folded([LETTER, second, third], items, changes, third.on)) == ["3.2 Mål 2"]


def test_a_registered_supplement_changes_by_the_number_it_writes() -> None:
    second = source(2, on=FIRST + timedelta(days=1))
    moved = assignment(
        4, 2, change="moved", due="2026-10-01", reference="TB2026 – 4", series="", year=None, number=None
    )
    said = "TB 2026-5, bokstav c"
    clarified = assignment(5, 2, change="clarified", body="Gjelder også barn.", changes_reference=said)
    unknown = assignment(6, 2, change="withdrawn", changes_reference="TB2020-99")
    found = folded([LETTER, second], [assignment(4, 1), assignment(5, 1), moved, clarified, unknown], [], second.on)
    first, other, left = found.of("assignment")
    assert first.item.data["deliveries"][0]["deadline"] == "2026-10-01"
    assert dict(first.changes[0].before)["deliveries"][0]["deadline"] == "2026-06-01"
    assert [(change.kind, change.text) for change in other.changes] == [("clarify", "Gjelder også barn.")]
    assert left.item.uuid == unknown.uuid, "what cannot be placed stands as a row of its own"


def test_carried_over_money_is_counted_once() -> None:
    """740.01: 1 556 792 + 56 230 = 1 613 022, where the 56 230 is carried over (decision A12)."""
    second, third = source(2, on=FIRST + timedelta(days=1)), source(3, on=FIRST + timedelta(days=2))
    items = [
        line(1, 1, 1_556_792_000),
        line(2, 2, 56_230_000, kind="carried_over", total_after=1_613_022_000),
        line(3, 3, 56_230_000, kind="carried_over", total_after=1_613_022_000),
        line(4, 1, 1_000_000, unclear=True, unclear_reason="Kommer den på toppen?"),
    ]
    totals = post_totals(folded([LETTER, second, third], items, [], third.on))
    row = totals.find("740.01")
    assert row is not None
    assert (row.sums.carried, row.sums.letter, row.sums.supplements) == (56_230_000, 1_556_792_000, 0)
    assert row.sums.total == 1_613_022_000
    assert not row.differs
    assert {reason for _entry, reason in row.uncounted} == {"repeated", "Kommer den på toppen?"}


def test_a_change_line_is_counted_in_the_supplements_and_the_told_sum_is_held_against_ours() -> None:
    second = source(2, on=FIRST + timedelta(days=1))
    items = [line(1, 1, 100_000_000), line(2, 2, -3_000_000, kind="change", total_after=98_000_000)]
    row = post_totals(folded([LETTER, second], items, [], second.on)).find("740.01")
    assert row is not None
    assert (row.sums.letter, row.sums.supplements, row.sums.total) == (100_000_000, -3_000_000, 97_000_000)
    assert (row.stated, row.differs) == (98_000_000, True)
    assert row.stated_in == second
