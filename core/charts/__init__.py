"""Charts as our own SVG: the same code draws for the page and for the PDF.

Each chart draws itself, describes itself in words (alternative text) and gives its figures as a
table. They are read as well on a grey print as in colour: what is over a requirement is hatched and
has its word."""

from core.charts.bars import Bar, BarChart, Requirement
from core.charts.base import Chart, ChartTable, Palette, svg
from core.charts.budget import BudgetChart, BudgetRow
from core.charts.panels import Series, SeriesBreak, SeriesChart
from core.charts.risk import Risk, RiskChart, RiskScale
from core.charts.spark import Sparkline

__all__ = [
    "Bar",
    "BarChart",
    "BudgetChart",
    "BudgetRow",
    "Chart",
    "ChartTable",
    "Palette",
    "Requirement",
    "Risk",
    "RiskChart",
    "RiskScale",
    "Series",
    "SeriesBreak",
    "SeriesChart",
    "Sparkline",
    "svg",
]
