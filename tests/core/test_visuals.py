"""Timeline, wheel, month, sparkline: nothing touches, nothing is lost."""

from calendar import monthrange
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from core.visuals.marks import Mark, text_width
from core.visuals.month import month_grid
from core.visuals.sparkline import bar_widths, sparkline
from core.visuals.timeline import GAP, GLYPH, LANES, RIGHT, Placed, timeline
from core.visuals.wheel import LABEL_STEP, wheel

TODAY = date(2026, 5, 28)
texts = st.text(alphabet="abcdefghijklmnoprstuvTBNR 0123456789", min_size=3, max_size=24)
marks = st.lists(
    st.builds(
        Mark,
        day=st.dates(date(2025, 12, 1), date(2027, 6, 30)),
        text=texts,
        lane=st.sampled_from(LANES),
        strong=st.booleans(),
    ),
    max_size=40,
)


def span(placed: Placed) -> tuple[float, float]:
    """From the left edge of glyph or words to the right edge."""
    width = text_width(placed.label, bold=placed.mark.strong)
    left = float(placed.glyph_x)
    if placed.anchor == "end":
        return float(placed.text_x) - width, left + GLYPH
    return left, float(placed.text_x) + width


@settings(max_examples=60)
@given(marks=marks, year=st.sampled_from([2025, 2026, 2027]))
def test_no_two_labels_of_a_row_touch_and_every_mark_is_placed(marks: list[Mark], year: int) -> None:
    drawn = timeline(marks, year=year, today=TODAY)
    placed = [mark for lane in drawn.lanes for mark in lane.marks]
    assert len(placed) == sum(mark.day.year <= year + 1 for mark in marks)
    rows: dict[tuple[str, bool], list[tuple[float, float]]] = {}
    for one in placed:
        rows.setdefault((one.glyph_y, one.mark.day.year > year), []).append(span(one))
    for spans in rows.values():
        spans.sort()
        for before, after in pairwise(spans):
            assert before[1] <= after[0]


def test_today_is_a_flag_only_in_its_own_year() -> None:
    assert timeline([], year=2026, today=TODAY).flag_label == "I dag 28. mai"
    assert timeline([], year=2027, today=TODAY).flag_label == ""


def test_words_near_the_end_of_the_year_stand_left_of_their_glyph() -> None:
    late = Mark(date(2026, 12, 15), "TB2026-4 lev. 4", "assignments")
    placed = timeline([late], year=2026, today=TODAY).lanes[3].marks[0]
    assert placed.anchor == "end"
    assert float(placed.text_x) < RIGHT - GAP


@settings(max_examples=40)
@given(marks=marks)
def test_labels_of_the_wheel_keep_their_distance_on_each_side(marks: list[Mark]) -> None:
    drawn = wheel(marks, year=2026, today=TODAY)
    for anchor in ("start", "end"):
        heights = sorted(float(mark.label_y) for mark in drawn.marks if mark.label and mark.anchor == anchor)
        for before, after in pairwise(heights):
            assert after - before >= LABEL_STEP - 0.11
    assert len(drawn.listed) == sum(mark.day.year == 2026 and mark.lane != "letters" for mark in marks)


@given(day=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_month_holds_each_of_its_days_once_in_whole_weeks(day: date) -> None:
    grid = month_grid(day.year, day.month, [Mark(day, "Frist", "reports")], today=day)
    cells = [cell for week in grid.weeks for cell in week.days]
    assert len(cells) % 7 == 0
    assert sum(cell.inside for cell in cells) == monthrange(day.year, day.month)[1]
    assert [cell.day for cell in cells if cell.marks] == [day]
    assert [cell.day for cell in cells if cell.today] == [day]


def test_letters_are_no_duties_in_the_month() -> None:
    grid = month_grid(2026, 5, [Mark(date(2026, 5, 6), "Brev", "letters")], today=TODAY)
    assert not any(cell.marks for week in grid.weeks for cell in week.days)


def test_a_missing_value_leaves_a_gap_and_a_break_two_slashes() -> None:
    spark = sparkline([1, 2, None, 4, 5], breaks=[4], requirement=3)
    assert len(spark.lines) == 1
    assert len(spark.breaks) == 1
    assert spark.requirement_y
    assert sparkline([]).lines == ()


def test_bars_share_one_scale_and_zero_has_none() -> None:
    assert bar_widths([458_591, 0, 400]) == ("68", "0", "2")
