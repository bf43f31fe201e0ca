"""Charts: the drawing, the sentence and the table say the same, also on a grey print."""

import re
from xml.etree import ElementTree

import pytest

import core.charts as charts
from core.charts import (
    Bar,
    BarChart,
    BudgetChart,
    BudgetRow,
    Chart,
    Palette,
    Requirement,
    Risk,
    RiskChart,
    RiskScale,
    Series,
    SeriesBreak,
    SeriesChart,
    Sparkline,
    svg,
)
from core.charts.canvas import POINT, Canvas
from tests.core.documents.data import budget_chart, case_time_chart, risk_chart, shortage_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart, title="Figuren", key="f"))  # noqa: S314


def texts(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


CHARTS: dict[str, Chart] = {
    "bars": case_time_chart(),
    "series": shortage_chart(),
    "budget": budget_chart(),
    "risk": risk_chart("Nå"),
    "empty bars": BarChart((), ("2026", "2025"), "Type"),
    "empty series": SeriesChart(("2025", "2026"), (Series("Tom", "antall", (None, None)),), "År"),
    "empty budget": BudgetChart((), "Post"),
    "zero budget": BudgetChart((BudgetRow("Post", 0, None, 0),), "Post"),
}


@pytest.mark.parametrize("name", list(CHARTS))
def test_every_chart_has_title_and_sentence_first_and_stays_inside_its_frame(name: str) -> None:
    element = drawn(CHARTS[name])

    assert [child.tag for child in element[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert element.get("role") == "img"
    assert element.get("aria-labelledby") == "f-t f-d"
    width, height = (float(value) for value in (element.get("viewBox") or "").split()[2:])
    for rect in element.iter(f"{SVG}rect"):
        assert float(rect.get("x", 0)) + float(rect.get("width", 0)) <= width
        assert float(rect.get("y", 0)) + float(rect.get("height", 0)) <= height
    for text in element.iter(f"{SVG}text"):
        assert 0 <= float(text.get("y", 0)) <= height
        assert float(text.get("font-size", 0)) >= 7 * POINT - 0.01


@pytest.mark.parametrize("name", list(CHARTS))
def test_the_sentence_is_words_and_the_table_fits_its_heads(name: str) -> None:
    chart = CHARTS[name]
    sentence = chart.describe()

    assert sentence.endswith(".")
    assert sum(c.isalpha() for c in sentence) > len(sentence) / 2
    assert all(len(row) == len(chart.table().heads) for row in chart.table().rows)


def test_drawing_the_same_chart_twice_gives_the_same_text() -> None:
    for chart in CHARTS.values():
        assert svg(chart, title="A", key="x") == svg(chart, title="A", key="x")


def test_a_bar_over_the_requirement_is_hatched_and_says_by_how_much() -> None:
    element = drawn(case_time_chart())
    palette = Palette()
    rust = [r for r in element.iter(f"{SVG}rect") if r.get("fill") == palette.rust]

    assert len(rust) == 1
    assert "12 over" in texts(element)
    left, right = float(rust[0].get("x", 0)), float(rust[0].get("x", 0)) + float(rust[0].get("width", 0))
    strokes = [line for line in element.iter(f"{SVG}line") if line.get("stroke") == "#ffffff"]
    assert len(strokes) > 20
    for line in strokes:
        assert left - 0.01 <= float(line.get("x1", 0)) <= float(line.get("x2", 0)) <= right + 0.01


def test_on_the_requirement_is_within_it_and_at_least_turns_the_side() -> None:
    at_most, at_least = Requirement(180, "Krav"), Requirement(90, "Krav", "at_least")

    assert not at_most.broken_by(180)
    assert at_most.broken_by(181)
    assert not at_least.broken_by(90)
    assert at_least.broken_by(89)
    chart = BarChart((Bar("A", 85, 91), Bar("B", 95, 80)), ("2026", "2025"), "Type", at_least)
    assert "5 under" in texts(drawn(chart))
    assert chart.describe() == "Utenfor kravet: A. De øvrige er innenfor."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((100, 120), "Alle radene er innenfor kravet."),
        ((200, 220), "Ingen av radene er innenfor kravet."),
        ((None, None), "Det er ingen tall å vise."),
    ],
)
def test_the_sentence_says_who_keeps_the_requirement(values: tuple[int | None, ...], sentence: str) -> None:
    bars = tuple(Bar(name, value) for name, value in zip("AB", values, strict=True))
    assert BarChart(bars, ("2026", ""), "Type", Requirement(180, "Krav")).describe() == sentence


def test_a_missing_figure_is_a_dash_and_never_a_zero() -> None:
    chart = BarChart((Bar("A", None, 20), Bar("B", 0, 5)), ("2026", "2025"), "Type")

    assert chart.table().rows == (("A", "–", "20"), ("B", "0", "5"))
    assert "–" in texts(drawn(chart))


def test_a_break_in_the_series_is_a_gap_with_open_points_before_it() -> None:
    element = drawn(shortage_chart())
    lines = [line.get("points", "").split() for line in element.iter(f"{SVG}polyline")]
    circles = list(element.iter(f"{SVG}circle"))

    assert [len(points) for points in lines] == [4, 3, 4, 3]
    assert sum(circle.get("fill") == "#ffffff" for circle in circles) == 8
    assert "Brudd i serien: ny definisjon fra 2024" in texts(element)
    assert "kan ikke sammenlignes" in shortage_chart().describe()


def test_a_missing_year_breaks_the_line() -> None:
    chart = SeriesChart(("1", "2", "3", "4"), (Series("A", "antall", (1, None, 3, 4)),), "År")
    assert len(list(drawn(chart).iter(f"{SVG}polyline"))) == 1


def test_a_series_must_have_a_value_or_none_for_each_period() -> None:
    with pytest.raises(ValueError, match="2 values for 3 periods"):
        SeriesChart(("1", "2", "3"), (Series("A", "antall", (1, 2)),), "År", SeriesBreak(1, "Brudd"))


def test_budget_bars_name_the_line_that_goes_over_but_not_income() -> None:
    over = BudgetRow("746.01", 300_000_000, 500_000_000, 480_000_000)
    income = BudgetRow("3746", 100_000_000, 130_000_000, 120_000_000)
    chart = BudgetChart((over, income), "Post", income=frozenset({"3746"}))

    assert chart.describe() == "Ventes å gå ut over samlet tildeling: 746.01."
    row = chart.table().rows[0]
    assert [cell.replace("\u00a0", " ") for cell in row] == ["746.01", "300 000", "500 000", "480 000", "104,2 %"]


def test_the_risk_matrix_says_its_level_in_every_cell_and_shows_where_risks_go() -> None:
    element = drawn(risk_chart("Nå"))
    words = texts(element)

    assert words.count("Lav") + words.count("Middels") + words.count("Høy") == 25
    assert words.count("R1") == 2
    assert words.count("R6") == 1
    assert len(list(element.iter(f"{SVG}polygon"))) == 5
    assert "R6 Forsinket flytting av arkivet har lav sannsynlighet" in risk_chart("Nå").describe()


def test_circles_in_one_cell_do_not_cover_each_other() -> None:
    circles = [
        (float(c.get("cx", 0)), float(c.get("cy", 0)))
        for c in drawn(risk_chart("Nå")).iter(f"{SVG}circle")
        if float(c.get("r", 0)) > 20
    ]
    for index, (x, y) in enumerate(circles):
        for other_x, other_y in circles[index + 1 :]:
            assert abs(x - other_x) > 58 or abs(y - other_y) > 58


def test_a_scale_that_does_not_fit_its_words_is_refused() -> None:
    with pytest.raises(ValueError, match="for each likelihood"):
        RiskScale(("Lav", "Høy"), ("Liten",), ("Lav",), ((0,),))
    with pytest.raises(ValueError, match="known level"):
        RiskScale(("Lav",), ("Liten",), ("Lav",), ((1,),))


def test_a_scale_of_other_size_is_data() -> None:
    scale = RiskScale(("Liten", "Stor"), ("Liten", "Stor"), ("Grønn", "Rød"), ((0, 0), (0, 1)))
    chart = RiskChart(scale, (Risk("R1", "Flom", 2, 2),), "Nå")
    assert texts(drawn(chart)).count("Rød") == 1


def test_nynorsk_charts_speak_nynorsk() -> None:
    chart = BarChart((Bar("A", 200), Bar("B", 1)), ("2026", ""), "Type", Requirement(180, "Krav"), lang="nn")
    assert chart.describe() == "Utanfor kravet: A. Dei andre er innanfor."


def test_text_too_small_for_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="7 points"):
        Canvas(width=10, height=10).text(0, 0, "x", size=6.5, fill="#000000")


def test_labels_from_people_are_escaped() -> None:
    drawing = svg(BarChart((Bar("<b>&", 1),), ("2026", ""), "Type"), title='"<x>', key="k")
    assert "<b>" not in drawing
    assert "&lt;b&gt;&amp;" in drawing


def test_a_sparkline_has_its_shape_its_sentence_and_its_figures() -> None:
    line = Sparkline("Saker", ("2023", "2024", "2025", "2026"), (4, None, 6, 9))
    drawing = line.svg(key="s")

    assert drawing.count("<polyline") == 1
    assert line.describe() == "Saker øker fra 2023 til 2026."
    assert line.table().rows[1] == ("2024", "–")
    assert re.search(r'width="24mm" height="5mm"', drawing)
    assert Sparkline("Tom", ("2026",), (None,)).describe() == "Det er ingen tall å vise."


def test_the_scale_of_a_series_of_zeros_is_whole_numbers() -> None:
    chart = charts.SeriesChart(("2025", "2026"), (charts.Series("Oppdrag", "antall", (0, 0)),), "År")
    drawn = charts.svg(chart, title="Oppdrag", key="k")
    assert "0,0" not in drawn
    assert ">1</text>" in drawn
