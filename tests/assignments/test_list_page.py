"""The list: groups with counts from the same query, search, export, saved views, and a constant cost."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from assignments.models import SavedView
from assignments.selectors.criteria import Criteria, read_criteria
from assignments.selectors.listing import assignment_list, facets_of
from core.visuals.parts import PageHead
from tests.cast import Cast
from tests.factories.assignments import AT, DAY, answer, give, give_many

LIST = reverse("assignments:list")


def groups(cast: Cast, part: str, query: str = "") -> dict[str, list[str]]:
    from urllib.parse import parse_qsl

    actor = cast.actor(part)
    criteria = read_criteria(dict(parse_qsl(query)))
    found = assignment_list(actor, criteria, DAY, facets_of(actor, DAY), PageHead("Oppdrag"))
    for group in found.groups:
        assert group.count >= len(group.rows)
    return {group.key: [row.number for row in group.rows] for group in found.groups}


@pytest.fixture
def mixed(cast: Cast) -> Cast:
    """One late, one soon, one later, one in dialogue, one doubtful."""
    give(cast, "TB2026-1", "Avgifter", deadlines=[("15. mai 2026", date(2026, 5, 15))])
    give(cast, "TB2026-2", "Metodevurderinger", deadlines=[("1. juni 2026", date(2026, 6, 1))])
    give(cast, "TB2026-3", "Blodforskriften", deadlines=[("1. desember 2026", date(2026, 12, 1))])
    give(cast, "TB2026-4", "Vaksinelager", deadlines=[("i dialog", None)])
    give(cast, "TB2026-5", "Blodbanker", deadlines=[("15.1.2026", date(2026, 1, 15))], doubtful=True)
    return cast


def test_rows_stand_in_four_groups(mixed: Cast) -> None:
    assert groups(mixed, "officer") == {
        "late": ["TB2026-1"],
        "soon": ["TB2026-2"],
        "later": ["TB2026-3"],
        "none": ["TB2026-4", "TB2026-5"],
    }


def test_each_tab_leads_to_exactly_the_rows_it_counts(mixed: Cast) -> None:
    actor = mixed.actor("officer")
    found = assignment_list(actor, Criteria(), DAY, facets_of(actor, DAY), PageHead("Oppdrag"))
    for view in found.views:
        rows = groups(mixed, "officer", str(view.url).lstrip("?"))
        assert sum(len(listed) for listed in rows.values()) == view.count, view.label


@pytest.mark.parametrize(
    ("words", "found"),
    [("avgift", "TB2026-1"), ("lager", "TB2026-4"), ("vaksinelagr", "TB2026-4"), ("TB2026-3", "TB2026-3")],
)
def test_search_finds_parts_of_compounds_misspellings_and_numbers(mixed: Cast, words: str, found: str) -> None:
    listed = [number for rows in groups(mixed, "officer", f"sok={words}").values() for number in rows]
    assert found in listed


def test_search_reads_the_answers_too(cast: Cast) -> None:
    assignment = give(cast)
    answer(cast, assignment, text="Vi foreslår en felles beredskapsordning.")
    assert groups(cast, "officer", "sok=beredskap&status=all") != {}


def test_carried_over_assignments_are_in_the_years_list(cast: Cast) -> None:
    give(cast, "TB2025-9", "Gammelt", letter={"year": 2025, "document_date": date(2025, 1, 2)})
    give(cast, "TB2026-1", "Nytt")
    assert sum(len(rows) for rows in groups(cast, "officer", "brevar=2026").values()) == 2
    assert sum(len(rows) for rows in groups(cast, "officer", "brevar=2025").values()) == 1


@time_machine.travel(AT, tick=False)
def test_the_page_works_for_both_sides(mixed: Cast, log_in: Callable[[str], Client]) -> None:
    ministry = log_in("officer").get(LIST).content.decode()
    agency = log_in("controller").get(LIST).content.decode()
    assert "5 åpne oppdrag til Direktoratet for medisinske produkter" in ministry
    assert "velg ansvarlig" in agency
    assert "velg ansvarlig" not in ministry


@time_machine.travel(AT, tick=False)
def test_an_unknown_filter_still_gives_a_list(mixed: Cast, log_in: Callable[[str], Client]) -> None:
    response = log_in("officer").get(LIST + "?virksomhet=x&brevar=abcd&frist=nei&status=hm&sorter=--&vis=alt")
    assert response.status_code == 200


@time_machine.travel(AT, tick=False)
def test_the_download_escapes_formulas(cast: Cast, log_in: Callable[[str], Client]) -> None:
    give(cast, title='=HYPERLINK("http://x")')
    data = log_in("officer").get(reverse("assignments:download")).content
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = [cell for row in sheet.rows for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    text = log_in("officer").get(reverse("assignments:download") + "?format=csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text


@time_machine.travel(AT, tick=False)
def test_a_view_is_saved_shown_with_its_count_and_removed(mixed: Cast, log_in: Callable[[str], Client]) -> None:
    client = log_in("officer")
    url = reverse("assignments:save_view") + "?frist=late"
    assert client.post(url, {"name": "Sent"}).status_code == 302
    assert client.post(url, {"name": "Sent"}).status_code == 422
    assert "Sent" in client.get(LIST).content.decode()
    assert "Sent" not in log_in("signer").get(LIST).content.decode()
    view = SavedView.objects.get()
    remove = reverse("assignments:remove_view", args=[view.uuid])
    assert log_in("signer").post(remove).status_code == 404
    assert client.post(remove).status_code == 302
    assert "Sent" not in client.get(LIST).content.decode()


@time_machine.travel(AT, tick=False)
@pytest.mark.parametrize("part", ["department_officer", "controller", "officer"])
def test_twenty_rows_cost_as_many_queries_as_two(cast: Cast, log_in: Callable[[str], Client], part: str) -> None:
    client = log_in(part)
    give_many(cast, 2)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        assert client.get(LIST).status_code == 200
    give_many(cast, 20, to="DMP", year=2025)
    with CaptureQueriesContext(connection) as many:
        assert client.get(LIST).status_code == 200
    assert len(few) == len(many)
    assert len(many) <= 15, [query["sql"][:120] for query in many.captured_queries]


@time_machine.travel(AT, tick=False)
def test_the_passport_costs_the_same_with_many_deliveries_and_events(
    cast: Cast, log_in: Callable[[str], Client]
) -> None:
    small = give(cast)
    large = give(
        cast, "TB2026-2", "Stort", deadlines=[(f"{day}. juni 2026", date(2026, 6, day)) for day in range(1, 11)]
    )
    for ordinal in range(1, 6):
        answer(cast, large, ordinal)
    answer(cast, small)
    client = log_in("department_officer")
    costs = []
    for assignment in (small, large):
        url = reverse("assignments:passport", args=[assignment.uuid])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
