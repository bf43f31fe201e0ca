"""Words and passages are found and taken out of plain text, mark-up and JSON, each line for itself."""

from __future__ import annotations

from core.erasing import Words

MARK = "[Fjernet]"


def test_each_line_is_found_for_itself_whatever_stands_between_them() -> None:
    words = Words("Kari Dahl\n\n  saken   fra 2019 \nKari Dahl")
    assert words.lines == ("Kari Dahl", "saken fra 2019")
    assert words.replaced("Saken\nfra 2019 gjelder Kari Dahl.", MARK) == f"{MARK} gjelder {MARK}."
    assert words.replaced({"a": ["Kari Dahl"]}, MARK) == {"a": [MARK]}
    assert words.replaced("<p><b>Kari</b> Dahl</p>", MARK) == f"<p>{MARK}</b></p>".replace(
        f"<p>{MARK}", f"<p><b>{MARK}"
    )
    assert not words.stand_in("Kari Dahle")


def test_passages_that_overlap_leave_nothing_of_either() -> None:
    assert Words("Kari Dahl\nDahl i Bergen").replaced("Til Kari Dahl i Bergen.", MARK) == f"Til {MARK}."
    assert Words("Dahl\nKari Dahl").replaced("Kari Dahl og Dahl", MARK) == f"{MARK} og {MARK}"


def test_nothing_is_found_by_nothing() -> None:
    assert Words(" \n ").lines == ()
    assert not Words("").stand_in("Noe")
    assert Words("").replaced("Noe", MARK) == "Noe"
