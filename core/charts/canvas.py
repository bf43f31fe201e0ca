"""A small SVG writer. Coordinates are tenths of a millimetre from the top left corner."""

import math
from html import escape

POINT = 3.5278
"""One typographic point in tenths of a millimetre."""
FONT = "Source Sans, Source Sans 3, Inter, sans-serif"


def number(value: float) -> str:
    """A coordinate with at most two decimals and no trailing zeros, so that bytes are stable."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Canvas:
    """Collects shapes in painting order and writes one ``svg`` element."""

    def __init__(self, *, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = "",
        stroke_width: float = 0,
    ) -> None:
        """A rectangle; nothing is drawn for a width or height of zero."""
        if width <= 0 or height <= 0:
            return
        outline = f' stroke="{stroke}" stroke-width="{number(stroke_width)}"' if stroke else ""
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
            f' height="{number(height)}" fill="{fill}"{outline}/>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str,
        width: float = 1.8,
        dash: str = "",
    ) -> None:
        """A straight line; ``dash`` as in SVG, in tenths of a millimetre."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
            f' stroke="{stroke}" stroke-width="{number(width)}"{dashes}/>'
        )

    def polyline(self, points: list[tuple[float, float]], *, stroke: str, width: float) -> None:
        """An open line through points."""
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{path}" fill="none" stroke="{stroke}"'
            f' stroke-width="{number(width)}" stroke-linejoin="round"/>'
        )

    def polygon(self, points: list[tuple[float, float]], *, fill: str) -> None:
        """A filled shape."""
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self._parts.append(f'<polygon points="{path}" fill="{fill}"/>')

    def circle(self, x: float, y: float, radius: float, *, fill: str, stroke: str = "", width: float = 0) -> None:
        """A circle, open or filled."""
        outline = f' stroke="{stroke}" stroke-width="{number(width)}"' if stroke else ""
        self._parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{outline}/>')

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 9,
        fill: str,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Words with their baseline at ``y``. ``size`` in points, never under 7."""
        if size < 7:
            raise ValueError("Text under 7 points cannot be read on paper")
        weight = ' font-weight="600"' if bold else ""
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" font-family="{FONT}"'
            f' font-size="{number(size * POINT)}" fill="{fill}" text-anchor="{anchor}"{weight}>'
            f"{escape(words, quote=False)}</text>"
        )

    def hatch(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        stroke: str,
        gap: float,
        line: float,
    ) -> None:
        """Slanting lines inside a rectangle, each cut at its edges: no pattern, no clipping, so it
        looks the same in every viewer and on a grey print."""
        slant = height * 0.45
        start = x - slant
        while start < x + width:
            bottom, top = (start, y + height), (start + slant, y)
            cut = _cut(bottom, top, x, x + width)
            if cut is not None:
                self.line(*cut[0], *cut[1], stroke=stroke, width=line)
            start += gap

    def arrow(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str) -> None:
        """A thin line with a filled head at its end."""
        length = math.hypot(x2 - x1, y2 - y1)
        if length < 1:
            return
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        neck_x, neck_y = x2 - 20 * ux, y2 - 20 * uy
        self.line(x1, y1, neck_x, neck_y, stroke=stroke, width=2.6)
        wings = [
            (x2, y2),
            (neck_x - 8 * uy, neck_y + 8 * ux),
            (neck_x + 8 * uy, neck_y - 8 * ux),
        ]
        self.polygon(wings, fill=stroke)

    def svg(self, *, title: str, description: str, key: str) -> str:
        """The finished element. ``title`` says what it is, ``description`` what it shows."""
        ids = f' aria-labelledby="{key}-t {key}-d"' if key else ""
        title_id = f' id="{key}-t"' if key else ""
        desc_id = f' id="{key}-d"' if key else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{ids}'
            f' viewBox="0 0 {number(self.width)} {number(self.height)}"'
            f' width="{number(self.width / 10)}mm" height="{number(self.height / 10)}mm">'
            f"<title{title_id}>{escape(title, quote=False)}</title>"
            f"<desc{desc_id}>{escape(description, quote=False)}</desc>"
            f"{''.join(self._parts)}</svg>"
        )


def _cut(
    bottom: tuple[float, float], top: tuple[float, float], left: float, right: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The part of a rising line that lies between two upright edges."""
    (x1, y1), (x2, y2) = bottom, top
    if x2 <= left or x1 >= right:
        return None
    slope = (y2 - y1) / (x2 - x1)
    if x1 < left:
        x1, y1 = left, y1 + (left - x1) * slope
    if x2 > right:
        x2, y2 = right, y1 + (right - x1) * slope
    return (x1, y1), (x2, y2)
