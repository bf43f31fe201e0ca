"""Working days as Norwegian administration counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendars as cal

days = st.dates(date(2000, 1, 1), date(2049, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 5, 1), "offentlig høytidsdag"),
        (date(2026, 5, 14), "Kristi himmelfartsdag"),
        (date(2026, 5, 17), "grunnlovsdag"),
        (date(2026, 5, 24), "1. pinsedag"),
        (date(2026, 5, 25), "2. pinsedag"),
        (date(2027, 3, 25), "Skjærtorsdag"),
    ],
)
def test_public_holidays_have_the_names_people_use(day: date, name: str) -> None:
    assert cal.holiday_name(day) == name
    assert not cal.is_working_day(day)


def test_christmas_eve_is_a_working_day_on_which_nobody_is_reminded() -> None:
    for day in (date(2026, 12, 24), date(2026, 12, 31)):
        assert cal.is_working_day(day)
        assert cal.is_quiet(day)


@pytest.mark.parametrize(
    ("deadline", "distance"),
    [
        (date(2026, 6, 1), 2),
        (date(2026, 5, 22), -3),
        (date(2026, 5, 14), -9),
        (date(2026, 9, 15), 78),
        (date(2027, 1, 15), 164),
    ],
)
def test_distance_from_a_thursday_in_may(deadline: date, distance: int) -> None:
    assert cal.working_days_between(date(2026, 5, 28), deadline) == distance


@pytest.mark.parametrize(
    ("deadline", "before"),
    [
        (date(2026, 3, 15), date(2026, 3, 13)),
        (date(2026, 1, 31), date(2026, 1, 30)),
        (date(2027, 5, 1), date(2027, 4, 30)),
        (date(2026, 4, 24), date(2026, 4, 24)),
    ],
)
def test_last_working_day_before_a_day_off(deadline: date, before: date) -> None:
    assert cal.last_working_day_on_or_before(deadline) == before


def test_weeks_of_a_month_carry_their_iso_number_and_start_on_monday() -> None:
    weeks = cal.month_weeks(2026, 5)
    assert [week.number for week in weeks] == [18, 19, 20, 21, 22]
    assert weeks[0].days[0] == date(2026, 4, 27)


@given(start=days, end=days)
def test_distance_is_antisymmetric_and_counts_each_working_day_once(start: date, end: date) -> None:
    low, high = min(start, end), min(max(start, end), min(start, end) + timedelta(days=400))
    counted = sum(cal.is_working_day(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    assert cal.working_days_between(low, high) == counted
    assert cal.working_days_between(high, low) == -counted


@given(day=days, count=st.integers(-60, 60))
def test_adding_working_days_lands_on_a_working_day_at_that_distance(day: date, count: int) -> None:
    found = cal.add_working_days(day, count)
    if count == 0:
        assert found == day
        return
    assert cal.is_working_day(found)
    start = day if count > 0 else cal.last_working_day_on_or_before(day - timedelta(days=0))
    if count > 0:
        assert cal.working_days_between(start, found) == count
    else:
        assert cal.subtract_working_days(day, -count) == found


@given(day=days)
def test_the_last_working_day_is_never_after_and_the_next_never_before(day: date) -> None:
    assert cal.last_working_day_on_or_before(day) <= day <= cal.next_working_day_on_or_after(day)


@given(day=days)
def test_a_day_off_says_why(day: date) -> None:
    off = cal.day_off(day)
    assert (off is None) == cal.is_working_day(day)
    assert off is None or off.weekend or off.holiday
