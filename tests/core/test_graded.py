"""Graded markings are refused; the ordinary words are not (decision C8)."""

from pathlib import Path

import pytest

from core.graded import graded_marking, graded_problems


@pytest.mark.parametrize(
    "text",
    [
        "BEGRENSET",
        "  BEGRENSET  \nTil direktoratet",
        "Tildelingsbrev 2026\nKONFIDENSIELT\nSide 2 av 4",
        "– HEMMELIG –",
        "STRENGT HEMMELIG",
        "STRENGT  HEMMELIG   Side 1 av 3",
        "3 BEGRENSET",
        "BEGRENSET, jf. sikkerhetsloven § 5-3",
        "BEGRENSET (iht. sikkerhetsloven)",
        "B E G R E N S E T",
        "Dokumentet er gradert etter sikkerhetsloven.",
        "Vedlegget er gradert i henhold til sikkerhetsloven § 5-3",
    ],
)
def test_a_marking_is_found(text: str) -> None:
    assert graded_marking(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tilgangen er begrenset til ti personer.",
        "Begrenset",
        "begrenset",
        "ET BEGRENSET UTVALG AV TILTAK",
        "Direktoratet skal vurdere nivå på sikkerhetsgradering av rapporten.",
        "Opplysninger som er gradert etter sikkerhetsloven, sendes i eget system.",
        "Rapporten er ikke gradert etter sikkerhetsloven.",
        "Dersom svaret blir gradert etter sikkerhetsloven, sendes det ikke her.",
        "Konfidensielt møte med leverandøren",
        "S A K S L I S T E",
    ],
)
def test_an_ordinary_word_is_no_marking(text: str) -> None:
    assert graded_marking(text) is None


def test_the_problem_names_the_field_and_looks_into_rows_of_a_row() -> None:
    problems = graded_problems({"title": "Vanlig", "body": "BEGRENSET", "deliveries": [{"title": "HEMMELIG"}], "n": 4})
    assert [(problem.code, problem.field) for problem in problems] == [
        ("graded_text", "body"), ("graded_text", "deliveries"),
    ]  # fmt: skip
    assert "BEGRENSET" in str(problems[0].message)


def test_no_real_document_carries_a_marking(shared: Path) -> None:
    files = [*sorted((shared / "seeds").glob("*.txt")), *sorted((shared / "letters").rglob("*.txt"))]
    assert files
    assert [path.name for path in files if graded_marking(path.read_text(encoding="utf-8"))] == []


def test_a_long_text_is_looked_through_in_linear_time() -> None:
    import time

    text = ("- 12 Side av " * 40 + "ord\n") * 4000 + ("A B C D E F " * 3000) + "\n" * 20_000
    begun = time.perf_counter()
    assert graded_marking(text) is None
    assert time.perf_counter() - begun < 2
