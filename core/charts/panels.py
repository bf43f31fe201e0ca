"""Series over time, one panel each (never two axes), with breaks in the series marked."""

import math
from dataclasses import dataclass
from decimal import Decimal

from core.charts.base import AXIS, ChartTable, Palette
from core.charts.canvas import Canvas
from core.charts.words import chart_words
from core.text import format_number

Number = int | float | Decimal
RIGHT = 1637
FIRST_X = 430
LAST_X = 1610
GAP = 70
TOP = 72


@dataclass(frozen=True, slots=True)
class Series:
    """One panel: a name, what is counted, and a value (or none) for each period."""

    name: str
    counted: str
    values: tuple[Number | None, ...]
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """Between which periods the definition changed: the index of the first new one, and words."""

    first_new: int
    words: str


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """Panels above each other over the same periods."""

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    period_title: str
    break_: SeriesBreak | None = None
    lang: str = "nb"

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.periods):
                raise ValueError(f"{one.name}: {len(one.values)} values for {len(self.periods)} periods")

    @property
    def height(self) -> int:
        """Panels with their gaps, and the line of periods under them."""
        tall = sum(_panel_height(one) for one in self.series)
        return int(TOP + tall + GAP * max(len(self.series) - 1, 0) + 46)

    def _x(self, index: int) -> float:
        if len(self.periods) < 2:
            return (FIRST_X + LAST_X) / 2
        return FIRST_X + (LAST_X - FIRST_X) * index / (len(self.periods) - 1)

    def draw(self, canvas: Canvas, palette: Palette) -> None:
        """The break first, under everything; then each panel; then the periods."""
        if self.break_ is not None:
            self._draw_break(canvas, palette)
        y = float(TOP)
        for one in self.series:
            self._draw_panel(canvas, palette, one, y)
            y += _panel_height(one) + GAP
        base = y - GAP + 38
        for index, period in enumerate(self.periods):
            canvas.text(self._x(index), base, period, size=8, fill=palette.grey, anchor="middle")

    def _draw_break(self, canvas: Canvas, palette: Palette) -> None:
        if self.break_ is None:
            return
        x = (self._x(self.break_.first_new - 1) + self._x(self.break_.first_new)) / 2
        canvas.text(x, 40, self.break_.words, size=8, fill=palette.ink, anchor="middle")
        canvas.line(x, 52, x, self.height - 10, stroke=palette.ink, width=2.2, dash="3 8")

    def _draw_panel(self, canvas: Canvas, palette: Palette, one: Series, top: float) -> None:
        step, count = _ticks(one)
        tall = _panel_height(one)
        bottom = top + tall
        canvas.text(0, top + 24, one.name, size=9, fill=palette.ink, bold=True)
        canvas.text(0, top + 60, one.counted, size=8, fill=palette.grey)
        if all(value is None for value in one.values):
            canvas.line(AXIS, bottom, RIGHT, bottom, stroke=palette.ink, width=2.4)
            words = chart_words(self.lang).no_values
            canvas.text(FIRST_X, bottom - tall / 2, words, size=8, fill=palette.grey)
            return
        for tick in range(count + 1):
            y = bottom - tall * tick / count
            ink = palette.grid if tick else palette.ink
            canvas.line(AXIS, y, RIGHT, y, stroke=ink, width=1.6 if tick else 2.4)
            written = format_number(step * tick, decimals=max(0, -int(step.normalize().as_tuple().exponent)))
            canvas.text(344, y + 9, written, size=7.5, fill=palette.grey, anchor="end")
        scale = tall / float(step * count)
        for run in self._runs(one):
            points = [(self._x(i), bottom - float(one.values[i] or 0) * scale) for i in run]
            canvas.polyline(points, stroke=palette.main, width=6)
        self._draw_points(canvas, palette, one, bottom, scale)

    def _draw_points(self, canvas: Canvas, palette: Palette, one: Series, bottom: float, scale: float) -> None:
        known = [index for index, value in enumerate(one.values) if value is not None]
        for index in known:
            value = one.values[index] or 0
            x, y = self._x(index), bottom - float(value) * scale
            old = self.break_ is not None and index < self.break_.first_new
            fill = "#ffffff" if old else palette.main
            canvas.circle(x, y, 9, fill=fill, stroke=palette.main, width=4.4)
            last = index == known[-1]
            written = format_number(value, decimals=one.decimals)
            canvas.rect(x - 9 * len(written), y - 44, 18 * len(written), 24, fill="#ffffff")
            canvas.text(x, y - 23, written, size=8, fill=palette.ink, anchor="middle", bold=last)

    def _runs(self, one: Series) -> list[list[int]]:
        """Indexes that are joined by a line: broken by missing values and by the break."""
        runs: list[list[int]] = [[]]
        for index, value in enumerate(one.values):
            if self.break_ is not None and index == self.break_.first_new and runs[-1]:
                runs.append([])
            if value is None:
                runs.append([])
            else:
                runs[-1].append(index)
        return [run for run in runs if len(run) > 1]

    def describe(self) -> str:
        """Each series' direction after the last break, and the break in words."""
        words = chart_words(self.lang)
        start = self.break_.first_new if self.break_ is not None else 0
        parts = []
        for one in self.series:
            known = [i for i in range(start, len(one.values)) if one.values[i] is not None]
            if len(known) < 2:
                continue
            first, last = float(one.values[known[0]] or 0), float(one.values[known[-1]] or 0)
            change = (last - first) / abs(first) if first else last - first
            kind = words.level_series if abs(change) < 0.01 else (words.rising if change > 0 else words.falling)
            span = words.between.format(first=self.periods[known[0]], last=self.periods[known[-1]])
            parts.append(f"{kind.format(name=one.name)} {span}")
        sentence = ", ".join(parts) + "." if parts else words.nothing
        if self.break_ is not None:
            sentence = f"{sentence} {words.broken.format(text=self.break_.words)}"
        return sentence

    def table(self) -> ChartTable:
        """One row for each period, one column for each series."""
        heads = (self.period_title, *(f"{one.name}, {one.counted}" for one in self.series))
        rows = tuple(
            (
                period,
                *(format_number(one.values[i], decimals=one.decimals) for one in self.series),
            )
            for i, period in enumerate(self.periods)
        )
        return ChartTable(heads=heads, rows=rows)


def _ticks(one: Series) -> tuple[Decimal, int]:
    """Step and number of steps: three to six round steps from zero to over the largest value."""
    largest = max((float(value) for value in one.values if value is not None), default=1.0)
    if largest <= 0:
        return Decimal(1), 2
    largest *= 1.04
    power = math.floor(math.log10(largest / 3))
    for factor in (1, 2, 2.5, 5, 10):
        step = Decimal(str(factor)).scaleb(power)
        count = math.ceil(largest / float(step))
        if count <= 5:
            return step, max(count, 2)
    return Decimal(10).scaleb(power), 2


def _panel_height(one: Series) -> float:
    return max(180, 52 * _ticks(one)[1])
