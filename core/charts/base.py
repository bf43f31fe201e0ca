"""What every chart is: a drawing, a sentence that says the same, and a table with the figures.

Measures are tenths of a millimetre: a chart on an upright page is 1660 wide and its zero line
stands at 360, on the document's axis. Looks are attributes, not CSS, since a page's style sheet
does not reach into a drawing in a PDF, and a page's security policy allows no style attribute."""

from dataclasses import dataclass
from typing import Protocol

from core.charts.canvas import Canvas

WIDTH = 1660
AXIS = 360


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a chart. Rust and blue are equally dark on a grey print, so rust is always
    hatched or carries its word."""

    ink: str = "#1a1a1a"
    main: str = "#12385b"
    grey: str = "#55606a"
    rust: str = "#8a2f12"
    pale: str = "#7d94ab"
    hairline: str = "#b9c2ca"
    grid: str = "#dde2e6"
    low: str = "#f5f6f8"
    medium: str = "#cfd9e3"
    high: str = "#8fa3b8"


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures of a chart: column titles (the first is what a row is), rows as written."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


class Chart(Protocol):
    """A chart draws itself and can say in words what it shows."""

    @property
    def height(self) -> int:
        """Height of the drawing in tenths of a millimetre."""

    def draw(self, canvas: Canvas, palette: Palette) -> None:
        """Draw on a canvas of 1660 by ``height``."""

    def describe(self) -> str:
        """The sentence for alternative text: what the chart shows, in words rather than figures."""

    def table(self) -> ChartTable:
        """The figures the drawing is made from."""


def svg(chart: Chart, *, title: str, description: str = "", key: str = "", palette: Palette | None = None) -> str:
    """The chart as one ``svg`` element with title and desc, the same for page and PDF.

    ``key`` makes the ids of title and desc unique on a page."""
    canvas = Canvas(width=WIDTH, height=chart.height)
    chart.draw(canvas, palette or Palette())
    return canvas.svg(title=title, description=description or chart.describe(), key=key)
