"""What is in force for an agency, read from the database: two clocks, carry-over, a fixed number of queries (K3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assignments.actions.ending import withdraw_assignment
from assignments.models import Assignment
from core.clock import OSLO
from governance.consolidation import Consolidated, canonical, in_force, post_totals
from governance.content import ContentWriter
from governance.models import BudgetLine, BudgetLineKind, Change, ChangeKind, Goal, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import (
    REGISTERED_AT,
    Fill,
    make_draft,
    make_registered_letter,
    write_assignment,
    write_letter,
)

JUNE = datetime(2026, 6, 20, 10, 0, tzinfo=OSLO)


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


def references(found: Consolidated) -> list[str]:
    return [str(entry.item.data["reference"]) for entry in found.of("assignment")]


def gives(*numbers: str) -> Fill:
    """A letter that gives these assignments."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        for number in numbers:
            write_assignment(writer, cast, number, f"Oppdrag {number}")

    return fill


def supplement(cast: Cast, letter: SteeringDocument) -> SteeringDocument:
    goal = Goal.objects.select_related("line").get(document=letter, reference="3.2")

    def fill(writer: ContentWriter, cast: Cast) -> None:
        new = writer.add(Goal, reference="3.2", title="Sikker bruk", line=goal.line)
        writer.add(Change, kind=ChangeKind.REPLACE, target=goal.uuid, new_item=new.uuid, text="Målet er nytt.")
        write_assignment(writer, cast, "TB2026-3", "Legemiddelgrunndata", change="withdrawn", body="Trekkes.")
        write_assignment(writer, cast, "TTB2026-1", "Nytt oppdrag")
        writer.add(
            BudgetLine, chapter=746, post=1, kind=BudgetLineKind.CHANGE, amount=2_000_000, total_after=460_591_000
        )

    return make_registered_letter(
        cast, fill=fill, kind="supplement", title="Supplerende brev nr. 1", supplements=letter, at=JUNE,
        document_date=date(2026, 6, 18),
    )  # fmt: skip


def test_letter_and_supplement_are_one_text_from_the_supplements_day(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    supplement(cast, letter)
    before = in_force(agency=cast.org("DMP"), valid_on=date(2026, 6, 17))
    after = in_force(agency=cast.org("DMP"), valid_on=date(2026, 6, 18))
    assert "TB2026-3" in references(before)
    assert "TTB2026-1" not in references(before)
    assert "TB2026-3" not in references(after)
    assert "TTB2026-1" in references(after)
    assert [entry.item.data["title"] for entry in after.of("goal")] == [
        "Rask tilgang", "Sikker bruk", "Forsyningssikkerhet",
    ]  # fmt: skip
    row = post_totals(after).find("746.01")
    assert row is not None
    assert (row.sums.letter, row.sums.supplements, row.differs) == (458_591_000, 2_000_000, False)
    gone = next(row for row in after.rows if row.item.data.get("reference") == "TB2026-3")
    assert gone.changes[-1].document.title == "Supplerende brev nr. 1"
    struck = [row for row in after.passages if row.item.uuid in gone.item.passages]
    assert {row.state for row in struck} == {"withdrawn"}


def test_what_was_known_before_the_supplement_stays_as_it_was_byte_for_byte(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    then = REGISTERED_AT + timedelta(days=30)
    agency, day = cast.org("DMP"), date(2026, 7, 1)
    first = canonical(in_force(agency=agency, valid_on=day, known_at=then))
    supplement(cast, letter)
    make_draft(cast, kind="supplement", fill=write_letter, title="Utkast")
    assert canonical(in_force(agency=agency, valid_on=day, known_at=then)) == first
    assert canonical(in_force(agency=agency, valid_on=day)) != first
    assert len(in_force(agency=agency, valid_on=day, letter=letter).documents) == 2


def test_assignments_of_last_year_go_on_until_they_end_and_older_ones_lapse(cast: Cast) -> None:
    for year in (2024, 2025):
        make_registered_letter(
            cast,
            fill=gives(f"TB{year}-7"),
            year=year,
            title=f"Tildelingsbrev {year}",
            document_date=date(year - 1, 12, 20),
        )
    make_registered_letter(cast, lapse_through_year=2024)
    found = in_force(agency=cast.org("DMP"), valid_on=date(2026, 6, 1))
    assert [entry.item.data["reference"] for entry in found.carried] == ["TB2025-7"]
    assert found.carried[0].carried_from == 2025
    withdraw_assignment(
        assignment=Assignment.objects.get(reference="TB2025-7"),
        reason="Avtalt i møte.",
        actor=cast.actor("officer"),
        at=JUNE,
    )
    assert in_force(agency=cast.org("DMP"), valid_on=date(2026, 7, 1)).carried == ()
    assert len(in_force(agency=cast.org("DMP"), valid_on=date(2026, 6, 1)).carried) == 1


def test_drafts_and_discarded_letters_are_never_in_it(cast: Cast) -> None:
    make_draft(cast, fill=write_letter)
    found = in_force(agency=cast.org("DMP"), valid_on=date(2026, 6, 1))
    assert (found.documents, found.rows, found.passages) == ((), (), ())


def test_the_instruction_in_force_is_the_one_whose_day_came_last(cast: Cast) -> None:
    for day in (date(2024, 6, 26), date(2026, 2, 1)):
        make_registered_letter(
            cast,
            fill=None,
            kind="instruction",
            title=f"Instruks {day}",
            year=None,
            document_date=date(2024, 6, 1),
            effective_on=day,
        )
    january = in_force(agency=cast.org("DMP"), valid_on=date(2026, 1, 31))
    february = in_force(agency=cast.org("DMP"), valid_on=date(2026, 2, 1))
    assert [row.title for row in january.documents] == ["Instruks 2024-06-26"]
    assert [row.title for row in february.documents] == ["Instruks 2026-02-01"]


@pytest.mark.parametrize("kind", ["agency", "letter"])
def test_as_many_queries_for_two_rows_as_for_twenty(cast: Cast, kind: str) -> None:
    def count() -> int:
        chosen = letter if kind == "letter" else None
        with CaptureQueriesContext(connection) as asked:
            in_force(agency=cast.org("DMP"), valid_on=date(2026, 12, 1), letter=chosen)
        return len(asked)

    letter = make_registered_letter(cast)
    few = count()
    for number in range(2, 8):
        numbers = [f"TTB2026-{number}{part}" for part in range(3)]
        make_registered_letter(cast, kind="supplement", fill=gives(*numbers), title=f"Supplerende {number}")
    assert count() == few
