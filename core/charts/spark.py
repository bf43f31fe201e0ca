"""A sparkline: the shape of a series at the size of a word, always beside its figures."""

from dataclasses import dataclass
from decimal import Decimal

from core.charts.base import ChartTable, Palette
from core.charts.canvas import Canvas
from core.charts.words import chart_words
from core.text import format_number

Number = int | float | Decimal
WIDTH = 240
HEIGHT = 50


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line for a table row or a card; missing values leave a gap."""

    name: str
    periods: tuple[str, ...]
    values: tuple[Number | None, ...]
    lang: str = "nb"

    @property
    def height(self) -> int:
        """Fixed: a sparkline is as tall as its line of text."""
        return HEIGHT

    def draw(self, canvas: Canvas, palette: Palette) -> None:
        """Line in runs, a point at the last known value."""
        known = [float(value) for value in self.values if value is not None]
        if not known:
            return
        low, high = min(known), max(known)
        reach = (high - low) or 1.0
        step = (WIDTH - 24) / max(len(self.values) - 1, 1)
        run: list[tuple[float, float]] = []
        last = (12.0, HEIGHT / 2)
        for index, value in enumerate((*self.values, None)):
            if value is not None:
                last = (12 + step * index, 40 - 30 * (float(value) - low) / reach)
                run.append(last)
                continue
            if len(run) > 1:
                canvas.polyline(run, stroke=palette.main, width=4.5)
            run = []
        canvas.circle(*last, 8, fill=palette.main)

    def svg(self, *, key: str = "", palette: Palette | None = None) -> str:
        """The drawing at its own size."""
        canvas = Canvas(width=WIDTH, height=HEIGHT)
        self.draw(canvas, palette or Palette())
        return canvas.svg(title=self.name, description=self.describe(), key=key)

    def describe(self) -> str:
        """Rising, falling or level, from the first known period to the last."""
        words = chart_words(self.lang)
        known = [(p, float(v)) for p, v in zip(self.periods, self.values, strict=True) if v is not None]
        if len(known) < 2:
            return words.nothing
        (first, start), (last, end) = known[0], known[-1]
        kind = words.level_series if start == end else (words.rising if end > start else words.falling)
        return f"{kind.format(name=self.name)} {words.between.format(first=first, last=last)}."

    def table(self) -> ChartTable:
        """Period and value."""
        rows = zip(self.periods, map(format_number, self.values), strict=True)
        return ChartTable(heads=(chart_words(self.lang).period, self.name), rows=tuple(rows))
