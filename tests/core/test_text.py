"""Norwegian typography: where lines may break, never which words are said."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import (
    NBSP,
    SOFT_HYPHEN,
    WORD_JOINER,
    format_number,
    format_percent,
    format_thousands,
    plain,
    soft_hyphens,
    squeeze,
    typeset,
    typeset_quote,
)


def shown(text: str) -> str:
    """Marks made visible: ~ no-break space, | soft hyphen, ^ word joiner."""
    return text.replace(NBSP, "~").replace(SOFT_HYPHEN, "|").replace(WORD_JOINER, "^")


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("den 31. desember 2026", "den 31.~desember~2026"),
        ("kap. 746 post 01", "kap.~746 post~01"),
        ("etter § 5", "etter §~5"),
        ("98,5 % og 3 mill. kroner", "98,5~% og 3~mill.~kroner"),
        ("Prop. 1 S (2025–2026)", "Prop.~1~S~(2025–^2026)"),
        ("1 613 022 kroner", "1~613~022~kroner"),
        ("målt i 2026", "målt i~2026"),
        ("endring -21,4 prosent", "endring −21,4~prosent"),
        ("kl. 09.30–11.30", "kl.~09.30–^11.30"),
        ("styringsparametere", "styrings|parametere"),
        ("rapporteringskalenderen", "rapporterings|kalenderen"),
        ("TB2026-5 og 25/4127-16", "TB2026-5 og 25/4127-16"),
        ("15.januar 2026", "15.januar~2026"),
    ],
)
def test_running_text_is_tied_where_a_typesetter_would_tie_it(written: str, set_: str) -> None:
    assert shown(typeset(written)) == set_


def test_headings_tie_short_words_to_the_next() -> None:
    assert shown(typeset("Mål og resultater for året", heading=True)) == "Mål og~resultater for~året"


def test_a_single_short_last_word_is_tied_to_the_one_before() -> None:
    assert shown(typeset("Det er en lang setning i det", end=True)).endswith("setning i~det")


@pytest.mark.parametrize("word", ["metodevurdering", "beredskapslager", "legemiddelberedskap", "budsjett"])
def test_a_soft_hyphen_never_stands_close_to_an_end(word: str) -> None:
    broken = soft_hyphens(word)
    assert broken.replace(SOFT_HYPHEN, "") == word
    assert broken.find(SOFT_HYPHEN) == -1 or 3 < broken.find(SOFT_HYPHEN) < len(word) - 2


@given(st.text(alphabet="abæøåABC 0123456789.,-–§%()«»"))
def test_a_quotation_is_the_same_when_the_marks_are_taken_out(text: str) -> None:
    assert typeset_quote(text).replace(SOFT_HYPHEN, "").replace(WORD_JOINER, "") == text


@given(st.text(alphabet="abæøå 0123456789.,§%()", max_size=80))
def test_running_text_says_the_same_words_afterwards(text: str) -> None:
    assert re.findall(r"\S+", plain(typeset(text))) == re.findall(r"\S+", text)


def test_white_space_is_squeezed_but_no_break_spaces_stay() -> None:
    assert squeeze("  en\n to\t" + NBSP + "tre ") == f"en to {NBSP}tre"


@pytest.mark.parametrize(
    ("value", "written"),
    [(9120, "9~120"), (0, "0"), (None, "–"), (-770, "−770"), (1234567, "1~234~567")],
)
def test_numbers_are_written_as_norwegians_do(value: int | None, written: str) -> None:
    assert shown(format_number(value)) == written


def test_decimals_signs_and_shares() -> None:
    assert format_number(0.1 + 0.2, decimals=1) == "0,3"
    assert format_number(3.05, decimals=1, sign=True) == "+3,1"
    assert format_number(0, sign=True) == "0"
    assert shown(format_percent(98.4, decimals=1)) == "98,4~%"
    assert format_percent(None) == "–"


def test_kroner_are_shown_in_thousands_rounded_away_from_zero() -> None:
    assert shown(format_thousands(482_315_000)) == "482~315"
    assert format_thousands(1_500) == "2"
    assert format_thousands(-1_500) == "−2"
    assert format_thousands(None) == "–"
