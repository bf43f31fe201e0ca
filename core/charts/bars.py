"""Bars against a requirement, with last year's value as a thin pale bar under each."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from core.charts.base import AXIS, WIDTH, ChartTable, Palette
from core.charts.canvas import Canvas
from core.charts.words import chart_words
from core.text import format_number

Number = int | float | Decimal
PLOT = 970
PITCH = 89
TOP = 64
CURRENT_EDGE = 1528


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. ``None`` means no figure: nothing is drawn and the column says a dash."""

    label: str
    value: Number | None
    previous: Number | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """The line to keep under (``at_most``) or reach (``at_least``), with its words."""

    value: Number
    label: str
    kind: Literal["at_most", "at_least"] = "at_most"

    def broken_by(self, value: Number) -> bool:
        """Whether a value is on the wrong side; equal is on the right side."""
        return value > self.value if self.kind == "at_most" else value < self.value


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from the axis. ``heads`` are the titles of the two value columns, this
    period first; ``row_title`` is what a row is (for the table)."""

    bars: tuple[Bar, ...]
    heads: tuple[str, str]
    row_title: str
    requirement: Requirement | None = None
    decimals: int = 0
    lang: str = "nb"

    @property
    def height(self) -> int:
        """Head line plus one pitch for each row."""
        return TOP + PITCH * max(len(self.bars), 1) + 8

    @property
    def _has_previous(self) -> bool:
        return any(bar.previous is not None for bar in self.bars)

    def _scale(self) -> float:
        values = [float(v) for bar in self.bars for v in (bar.value, bar.previous) if v is not None]
        if self.requirement is not None:
            values.append(float(self.requirement.value))
        largest = max((value for value in values if value > 0), default=1.0)
        return PLOT / largest

    def _written(self, value: Number | None) -> str:
        return format_number(value, decimals=self.decimals)

    def draw(self, canvas: Canvas, palette: Palette) -> None:
        """Heads, rows, axis and last the requirement line over the bars."""
        scale = self._scale()
        bottom = self.height - 4
        self._draw_heads(canvas, palette)
        for index, bar in enumerate(self.bars):
            self._draw_row(canvas, palette, bar, TOP + 18 + PITCH * index, scale)
        canvas.line(AXIS, TOP, AXIS, bottom, stroke=palette.ink, width=2.2)
        if self.requirement is not None:
            x = AXIS + float(self.requirement.value) * scale
            canvas.line(x, 48, x, bottom, stroke=palette.ink, width=2.6, dash="11 8")
            canvas.text(x, 36, self.requirement.label, size=8.5, fill=palette.ink, anchor="middle", bold=True)

    def _draw_heads(self, canvas: Canvas, palette: Palette) -> None:
        edge = CURRENT_EDGE if self._has_previous else WIDTH
        canvas.rect(edge - max(100, 17 * len(self.heads[0]) + 36), 19, 27, 18, fill=palette.main)
        canvas.text(edge, 38, self.heads[0], size=8, fill=palette.ink, anchor="end", bold=True)
        if self._has_previous:
            canvas.rect(WIDTH - 100, 22, 29, 12, fill=palette.pale)
            canvas.text(WIDTH, 38, self.heads[1], size=8, fill=palette.grey, anchor="end")

    def _draw_row(self, canvas: Canvas, palette: Palette, bar: Bar, y: float, scale: float) -> None:
        canvas.text(0, y + 31, bar.label, size=9, fill=palette.ink)
        edge = CURRENT_EDGE if self._has_previous else WIDTH
        broken = self._is_broken(bar)
        if bar.value is not None:
            length = max(float(bar.value) * scale, 0)
            canvas.rect(AXIS, y, length, 38, fill=palette.rust if broken else palette.main)
            if broken:
                canvas.hatch(AXIS, y, length, 38, stroke="#ffffff", gap=24, line=4)
        if bar.previous is not None:
            canvas.rect(AXIS, y + 46, max(float(bar.previous) * scale, 0), 12, fill=palette.pale)
        color = palette.rust if broken else palette.ink
        canvas.text(edge, y + 31, self._written(bar.value), size=9, fill=color, anchor="end", bold=True)
        if broken:
            canvas.text(edge, y + 63, self._gap_words(bar), size=7.5, fill=color, anchor="end")
        if self._has_previous:
            text = self._written(bar.previous)
            canvas.text(WIDTH, y + 31, text, size=9, fill=palette.grey, anchor="end")

    def _is_broken(self, bar: Bar) -> bool:
        return self.requirement is not None and bar.value is not None and self.requirement.broken_by(bar.value)

    def _gap_words(self, bar: Bar) -> str:
        if self.requirement is None or bar.value is None:
            return ""
        words = chart_words(self.lang)
        gap = abs(Decimal(str(bar.value)) - Decimal(str(self.requirement.value)))
        side = words.over if self.requirement.kind == "at_most" else words.under
        return f"{self._written(gap)} {side}"

    def describe(self) -> str:
        """Which rows are outside the requirement; without one, the largest and smallest row."""
        words = chart_words(self.lang)
        known = [bar for bar in self.bars if bar.value is not None]
        if not known:
            return words.nothing
        if self.requirement is None:
            ordered = sorted(known, key=lambda bar: float(bar.value or 0))
            return words.no_requirement.format(largest=ordered[-1].label, smallest=ordered[0].label)
        broken = [bar.label for bar in known if self._is_broken(bar)]
        if not broken:
            return words.met_all
        if len(broken) == len(known):
            return words.met_none
        return words.met_some.format(names=", ".join(broken))

    def table(self) -> ChartTable:
        """Row, this period, last period."""
        heads = (self.row_title, *self.heads) if self._has_previous else (self.row_title, self.heads[0])
        rows = []
        for bar in self.bars:
            row = (bar.label, self._written(bar.value), self._written(bar.previous))
            rows.append(row[: len(heads)])
        return ChartTable(heads=heads, rows=tuple(rows))
