"""Budget bars: accounts so far, forecast for the rest of the year, allocation as a thick stroke."""

from dataclasses import dataclass

from core.charts.base import AXIS, WIDTH, ChartTable, Palette
from core.charts.canvas import Canvas
from core.charts.words import chart_words
from core.text import format_percent, format_thousands

PITCH = 84
PLOT = 1060
TOP = 38


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """Whole kroner. ``forecast`` is the whole year's expected figure, including the accounts."""

    label: str
    accounts: int
    forecast: int | None
    allocation: int

    @property
    def share(self) -> float | None:
        """Expected share of the allocation used at the year's end, in percent."""
        if not self.allocation:
            return None
        return 100 * (self.accounts if self.forecast is None else self.forecast) / self.allocation


@dataclass(frozen=True, slots=True)
class BudgetChart:
    """One bar for each line. ``income`` labels are lines where more than allotted is good."""

    rows: tuple[BudgetRow, ...]
    row_title: str
    income: frozenset[str] = frozenset()
    lang: str = "nb"
    accounts_label: str = ""
    forecast_label: str = ""

    @property
    def height(self) -> int:
        """Rows, then one line of legend."""
        return TOP + PITCH * max(len(self.rows), 1) + 54

    def draw(self, canvas: Canvas, palette: Palette) -> None:
        """Rows, the axis, the legend."""
        largest = max((max(row.accounts, row.forecast or 0, row.allocation) for row in self.rows), default=1)
        scale = PLOT / max(largest, 1)
        for index, row in enumerate(self.rows):
            self._draw_row(canvas, palette, row, TOP + PITCH * index, scale)
        bottom = TOP + PITCH * max(len(self.rows), 1)
        canvas.line(AXIS, TOP - 16, AXIS, bottom, stroke=palette.ink, width=2.2)
        self._draw_legend(canvas, palette, bottom + 18)

    def _draw_row(self, canvas: Canvas, palette: Palette, row: BudgetRow, y: float, scale: float) -> None:
        canvas.text(0, y + 31, row.label, size=9, fill=palette.ink)
        accounts = row.accounts * scale
        canvas.rect(AXIS, y + 2, accounts, 38, fill=palette.main)
        if row.forecast is not None and row.forecast > row.accounts:
            x, width = AXIS + accounts, (row.forecast - row.accounts) * scale
            _hatched(canvas, palette, x, y + 2, width, 38)
        stroke = AXIS + row.allocation * scale
        canvas.rect(stroke - 2.5, y - 5, 5, 52, fill=palette.ink)
        share = format_percent(row.share, decimals=1)
        canvas.text(WIDTH, y + 31, share, size=9, fill=palette.ink, anchor="end", bold=True)

    def _draw_legend(self, canvas: Canvas, palette: Palette, y: float) -> None:
        words = chart_words(self.lang)
        canvas.rect(AXIS, y, 34, 22, fill=palette.main)
        canvas.text(AXIS + 46, y + 20, self.accounts_label or words.accounts, size=8, fill=palette.grey)
        _hatched(canvas, palette, AXIS + 218, y, 36, 22)
        forecast = self.forecast_label or words.forecast
        canvas.text(AXIS + 266, y + 20, forecast, size=8, fill=palette.grey)
        canvas.rect(AXIS + 535, y - 3, 5, 28, fill=palette.ink)
        canvas.text(AXIS + 554, y + 20, words.allocation, size=8, fill=palette.grey)
        canvas.text(WIDTH, y + 20, words.used, size=8, fill=palette.grey, anchor="end")

    def describe(self) -> str:
        """Which lines are expected to end over their allocation."""
        words = chart_words(self.lang)
        if not self.rows:
            return words.nothing
        over = [
            row.label for row in self.rows if row.label not in self.income and row.share is not None and row.share > 100
        ]
        return words.budget_over.format(names=", ".join(over)) if over else words.budget_within

    def table(self) -> ChartTable:
        """Accounts, forecast and allocation in 1 000 kroner, and the share in percent."""
        words = chart_words(self.lang)
        heads = (
            self.row_title,
            self.accounts_label or words.accounts,
            self.forecast_label or words.forecast,
            words.allocation,
            words.used,
        )
        rows = tuple(
            (
                row.label,
                format_thousands(row.accounts),
                format_thousands(row.forecast),
                format_thousands(row.allocation),
                format_percent(row.share, decimals=1),
            )
            for row in self.rows
        )
        return ChartTable(heads=heads, rows=rows)


def _hatched(canvas: Canvas, palette: Palette, x: float, y: float, width: float, height: float) -> None:
    canvas.hatch(x, y, width, height, stroke=palette.main, gap=18, line=2)
    canvas.rect(x, y, width, height, stroke=palette.main, stroke_width=2.2)
