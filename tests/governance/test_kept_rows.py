"""The rows of an issued letter are made once and kept, but never across what readers may see (issue 3, B2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.content import ContentWriter
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.documents import make_registered_letter, write_assignment, write_letter

LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def nothing_is_kept_before() -> Iterator[None]:
    caches["rows"].clear()
    yield
    caches["rows"].clear()


def page(browser: Client, letter: object) -> str:
    return browser.get(reverse("governance:document", args=[letter])).content.decode()


def test_the_rows_of_a_letter_are_fetched_once(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast)
    browser = log_in("controller")
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            said = page(browser, letter.uuid)
        asked.append([row["sql"] for row in found if "governance_deliveryitem" in row["sql"]])
        assert "Forsterke veiledning for kliniske studier" in said
    assert [len(queries) for queries in asked] == [1, 0]


def test_each_reader_gets_the_ways_on_that_are_theirs(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast)
    first, other = log_in("officer"), log_in("co_ministry")
    assert f"?brev={letter.uuid}&amp;rad=" in page(first, letter.uuid)
    said = page(other, letter.uuid)
    assert f"?brev={letter.uuid}&amp;rad=" not in said
    assert "/oppdrag/" in page(first, letter.uuid).split("<main", 1)[1]
    assert 'href="/oppdrag/' not in said.split("<main", 1)[1]


def with_exempt(writer: ContentWriter, cast: Cast) -> None:
    write_letter(writer, cast)
    write_assignment(
        writer, cast, "TB2026-9", MARKER_EXEMPT, restricted=True, restricted_basis="offl. § 20", body=MARKER_EXEMPT
    )


@pytest.mark.parametrize("order", [("officer", "controller"), ("controller", "officer")])
def test_a_letter_with_something_exempt_is_never_kept(
    cast: Cast, log_in: LogIn, monkeypatch: pytest.MonkeyPatch, order: tuple[str, str]
) -> None:
    letter = make_registered_letter(cast, fill=with_exempt)
    kept: list[str] = []
    monkeypatch.setattr(caches["rows"], "set", lambda _key, value: kept.append(value))
    for part in (*order, *order):
        said = page(log_in(part), letter.uuid)
        assert (MARKER_EXEMPT in said) is (part == "officer")
    assert kept == []


@pytest.mark.parametrize("part", ["officer", "controller", "department_officer", "co_ministry"])
def test_the_first_opening_asks_each_question_once(cast: Cast, log_in: LogIn, part: str) -> None:
    letter = make_registered_letter(cast, fill=with_exempt)
    browser = log_in(part)
    with CaptureQueriesContext(connection) as found:
        page(browser, letter.uuid)
    asked = [row["sql"].partition(" FROM ")[2].split()[0].strip('"') for row in found]
    assert asked.count("governance_steeringdocument") == 2  # the letter, and what stands around it
    assert asked.count("core_event") <= 1  # who may read what is exempt
    assert asked.count("governance_assignmentitem") <= 4  # one of them: what an exempt row names by number
