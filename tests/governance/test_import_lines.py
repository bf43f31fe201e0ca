"""The same goal across years: proposed by title, confirmed or changed by a person (decision A9)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import NotAllowed, NotInThisState, RuleBroken
from governance.actions import import_rows
from governance.intake import lines
from governance.models import DocumentImport, ImportRow, KeyFigure, RowState, SteeringParameter
from tests.cast import Cast
from tests.factories.imports import LETTER, READ_AT, fill_in, fresh, make_import, register, settle

Browser = Callable[[str], Client]


def registered(cast: Cast) -> DocumentImport:
    """A first letter, registered."""
    found = make_import(cast)
    settle(cast, found)
    fill_in(cast, found, number=1)
    register(cast, fresh(found))
    return fresh(found)


def second(cast: Cast, title: str) -> DocumentImport:
    """A letter of the year after, with another wording of the key figure."""
    text = (
        LETTER.format(marker="Nytt år.").replace("Antall søknader som er behandlet", title).replace("TB2026", "TB2027")
    )
    found = make_import(cast, data=text.encode(), name="neste.txt")
    fill_in(cast, found, number=2, title="Tildelingsbrev året etter")
    return fresh(found)


def figure(found: DocumentImport) -> ImportRow:
    row: ImportRow = ImportRow.objects.get(document_import=found, kind="key_figure")
    return row


def test_the_same_words_are_the_same_line_without_a_question(cast: Cast) -> None:
    registered(cast)
    row = figure(second(cast, "Antall søknader som er behandlet"))
    earlier = KeyFigure.objects.select_related("line").get()
    assert earlier.line is not None
    assert row.data["line"] == str(earlier.line.uuid)
    assert row.state == RowState.RECOGNISED


def test_words_that_are_alike_are_proposed_and_wait_for_a_person(cast: Cast) -> None:
    registered(cast)
    found = second(cast, "Antall søknader som ble behandlet")
    row = figure(found)
    assert row.state == RowState.UNSURE
    assert "2026" in row.doubts[-1]["sentence"]
    settle(cast, found)
    register(cast, fresh(found))
    lines = set(KeyFigure.objects.values_list("line", flat=True))
    assert (KeyFigure.objects.count(), len(lines)) == (2, 1)


def test_a_person_says_that_it_is_new_and_it_gets_a_line_of_its_own(cast: Cast) -> None:
    registered(cast)
    found = second(cast, "Antall søknader som ble behandlet")
    row = figure(found)
    import_rows.choose_line(
        document_import=found, row=row.uuid, line="new", actor=cast.actor("officer"), at=READ_AT,
        expected_version=row.version,
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.data["line"]) == (RowState.CORRECTED, "new")
    settle(cast, found)
    register(cast, fresh(found))
    assert len(set(KeyFigure.objects.values_list("line", flat=True))) == 2
    assert len(set(SteeringParameter.objects.values_list("line", flat=True))) == 1


def test_another_agencys_line_and_a_strangers_choice_are_refused(cast: Cast) -> None:
    found = registered(cast)
    with pytest.raises(NotInThisState):
        import_rows.choose_line(
            document_import=found, row=figure(found).uuid, line="new", actor=cast.actor("officer"), at=READ_AT
        )
    found = second(cast, "Antall søknader som ble behandlet")
    common: dict[str, Any] = {"document_import": found, "row": figure(found).uuid, "at": READ_AT}
    with pytest.raises(RuleBroken):
        import_rows.choose_line(line=str(found.uuid), actor=cast.actor("officer"), **common)
    with pytest.raises(NotAllowed):
        import_rows.choose_line(line="new", actor=cast.actor("controller"), **common)


def test_the_line_is_chosen_on_a_page(cast: Cast, log_in: Browser) -> None:
    registered(cast)
    found = second(cast, "Antall søknader som ble behandlet")
    row = figure(found)
    browser = log_in("officer")
    address = reverse("governance:import_line", args=[found.uuid, row.uuid])
    page = browser.get(address).content.decode()
    assert "Antall søknader som er behandlet (2026)" in page
    assert "Den er ny i år" in page
    answer = browser.post(address, {"version": row.version, "line": row.data["line"]})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == RowState.CORRECTED
    review = browser.get(reverse("governance:import_review", args=[found.uuid])).content.decode()
    assert "linje: Antall søknader" in review


TWO_GOALS = """\
1. Innledning

Dette brevet gir rammene for Direktoratet for medisinske produkter for {year}.

3. Mål og oppdrag

3.1. Rask tilgang til medisinske produkter

3.1.2. Nøkkeltall

• {first}

3.2. Trygg bruk av medisinske produkter

3.2.2. Nøkkeltall

• {second}
"""


def two_goals(cast: Cast, year: int, first: str, second: str, number: int) -> DocumentImport:
    text = TWO_GOALS.format(year=year, first=first, second=second)
    found = make_import(cast, data=text.encode(), name=f"{year}.txt")
    fill_in(cast, found, number=number, year=year, title=f"Tildelingsbrev {year}")
    return fresh(found)


def figures(found: DocumentImport) -> list[ImportRow]:
    return list(ImportRow.objects.filter(document_import=found, kind="key_figure").order_by("ordinal"))


def test_the_same_words_under_two_goals_are_two_lines_and_each_finds_its_own(cast: Cast) -> None:
    first = two_goals(cast, 2025, "Antall saker", "Antall saker", 1)
    settle(cast, first)
    register(cast, fresh(first))
    lines = dict(KeyFigure.objects.values_list("goal__title", "line__uuid"))
    assert len(set(lines.values())) == 2
    rows = figures(two_goals(cast, 2026, "Antall saker", "Antall saker", 2))
    assert [row.state for row in rows] == [RowState.RECOGNISED, RowState.RECOGNISED]
    assert [row.data["line"] for row in rows] == [
        str(lines["Rask tilgang til medisinske produkter"]), str(lines["Trygg bruk av medisinske produkter"]),
    ]  # fmt: skip


def test_the_same_words_under_another_goal_wait_for_a_person(cast: Cast) -> None:
    first = two_goals(cast, 2025, "Antall saker", "Andel tilsyn med avvik", 1)
    settle(cast, first)
    register(cast, fresh(first))
    row = next(
        row for row in figures(two_goals(cast, 2026, "Tid brukt på svar", "Antall saker", 2))
        if row.data["title"] == "Antall saker"
    )  # fmt: skip
    assert row.state == RowState.UNSURE
    assert "annet mål" in row.doubts[-1]["sentence"]
    fits = lines.candidates(
        lines.lines_of(cast.org("DMP"), "key_figure"),
        "Antall saker",
        lines.Place(goal="Trygg bruk av medisinske produkter"),
    )
    assert (fits[0].title, fits[0].same_goal) == ("Antall saker", False)


def test_the_goal_and_the_section_lift_a_title_that_has_been_rewritten(cast: Cast) -> None:
    first = two_goals(cast, 2025, "Andel ferdige vedtak innen fristen", "Antall tilsyn", 1)
    settle(cast, first)
    register(cast, fresh(first))
    known = lines.lines_of(cast.org("DMP"), "key_figure")
    rewritten = "Andel vedtak gjort ferdige innen fristen på 30 dager"
    bare = lines.candidates(known, rewritten)[0]
    at_home = lines.candidates(
        known, rewritten, lines.Place(goal="Rask tilgang til medisinske produkter", section="3.1.2")
    )[0]
    assert bare.title == at_home.title == "Andel ferdige vedtak innen fristen"
    assert not bare.proposed
    assert at_home.proposed
    assert (at_home.same_goal, at_home.same_section) == (True, True)
    rows = figures(two_goals(cast, 2026, rewritten, "Antall tilsyn", 2))
    assert rows[0].state == RowState.UNSURE
    assert "2025" in rows[0].data["line_words"]


def test_letters_read_in_before_the_earlier_one_was_registered_are_looked_at_again(cast: Cast) -> None:
    earlier, later = (
        two_goals(cast, 2025, "Antall saker som er behandlet", "Antall tilsyn", 1),
        two_goals(cast, 2026, "Antall saker som ble behandlet", "Antall tilsyn", 2),
    )
    assert not any(row.data.get("line") for row in figures(later))
    settle(cast, earlier)
    register(cast, fresh(earlier))
    rows = figures(later)
    assert [row.state for row in rows] == [RowState.UNSURE, RowState.RECOGNISED]
    assert all(row.data["line"] for row in rows)


def test_a_letter_never_has_the_same_line_twice(cast: Cast) -> None:
    first = two_goals(cast, 2025, "Antall saker som er behandlet", "Antall tilsyn", 1)
    settle(cast, first)
    register(cast, fresh(first))
    rows = figures(two_goals(cast, 2026, "Antall saker som ble behandlet", "Antall saker som er behandlet", 2))
    chosen = [row.data["line"] for row in rows if row.data.get("line")]
    assert len(chosen) == len(set(chosen))
