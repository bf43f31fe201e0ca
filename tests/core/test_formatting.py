"""Dates, distances and money in words."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import formatting as fmt
from core.visuals import deadlines
from core.visuals.meter import delivery_meter

TODAY = date(2026, 5, 28)


def test_dates_are_written_in_full() -> None:
    assert fmt.full_date(date(2026, 3, 15)) == "15. mars 2026"
    assert fmt.date_with_weekday(date(2026, 3, 15)) == "15. mars 2026 (søndag)"
    assert fmt.date_with_weekday(date(2027, 5, 1)) == "1. mai 2027 (lørdag, høytidsdag)"
    assert fmt.date_comma_weekday(date(2026, 6, 1)) == "1. juni 2026, mandag"
    assert fmt.weekday_date(date(2026, 3, 13)) == "fredag 13. mars"


def test_instants_are_read_in_oslo() -> None:
    at = datetime.fromisoformat("2026-05-27T14:40:00+00:00")
    assert fmt.moment(at) == "27. mai 2026 kl. 16.40"
    assert fmt.moment_near(at, TODAY) == "i går kl. 16.40"
    assert fmt.clock_range(time(9), time(11)) == "kl. 09.00–11.00"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 5, 28), "i dag"),
        (date(2026, 6, 1), "om 2 virkedager"),
        (date(2026, 5, 29), "om 1 virkedag"),
        (date(2026, 5, 22), "3 virkedager over"),
    ],
)
def test_distance_in_working_days(day: date, words: str) -> None:
    assert fmt.distance(day, TODAY) == words


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(458_591_000, "458\u00a0591"), (400_500, "400,5"), (-3_000_000, "−3\u00a0000"), (0, "0"), (None, "mangler")],
)
def test_money_is_shown_in_thousand_kroner_and_missing_is_not_zero(amount: int | None, shown: str) -> None:
    assert fmt.in_thousand_kroner(amount) == shown


@given(st.integers(-(10**13), 10**13))
def test_no_krone_is_lost_in_thousands(amount: int) -> None:
    shown = fmt.in_thousand_kroner(amount).replace(fmt.NBSP, "").replace(fmt.MINUS, "-").replace(",", ".")
    assert Decimal(shown) * 1000 == amount


def test_a_change_carries_its_sign() -> None:
    assert (fmt.change(12), fmt.change(-3), fmt.change(0)) == ("+12", "−3", "0")


def test_deadline_faces_say_what_the_date_means_now() -> None:
    face = deadlines.deadline_face
    late = face(date(2026, 5, 22), today=TODAY)
    assert (late.second, late.tone, late.glyph) == ("3 virkedager over", "danger", "late")
    assert face(date(2026, 6, 2), today=TODAY).glyph == "clock"
    sunday = face(date(2026, 11, 15), today=TODAY)
    assert sunday.first == "15. november 2026 (søndag)"
    assert sunday.second == "siste virkedag før: fredag 13. november"
    assert face(date(2026, 10, 1), today=TODAY, fixed=True).second == "kan ikke fravikes"
    doubtful = face(date(2026, 1, 15), today=TODAY, clarify=True)
    assert (doubtful.tone, doubtful.second) == ("brand2", "slik brevet sier, under avklaring")
    assert face(date(2026, 5, 15), today=TODAY, delivered_on=date(2026, 5, 20)).second == "levert 20. mai"
    assert face(date(2026, 9, 15), today=TODAY, in_letter="settes i dialog").third == "i brevet: settes i dialog"
    assert deadlines.in_dialog(date(2026, 2, 19), TODAY).second == "ikke satt på 14 uker"


def test_delivery_meter_has_cells_for_two_to_twelve_and_words_always() -> None:
    meter = delivery_meter(delivered=1, total=4, late=1, next_on=date(2026, 6, 1))
    assert [cell.state for cell in meter.cells] == ["delivered", "late", "open", "open"]
    assert (meter.words, meter.late_words, meter.next_words) == ("1 av 4 levert", "1 forsinket", "neste 1. juni")
    assert not delivery_meter(delivered=0, total=1).cells
    assert not delivery_meter(delivered=3, total=13).cells


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Decimal("180.0000"), "dager", "180 dager"),
        ("12.50", "prosent", "12,5 prosent"),
        (Decimal("-1234.5"), "", "−1\u00a0234,5"),
        (None, "dager", ""),
    ],
)
def test_a_figure_is_written_without_empty_decimals_and_with_its_unit(value: object, unit: str, shown: str) -> None:
    assert fmt.measured(value, unit) == shown  # type: ignore[arg-type]
