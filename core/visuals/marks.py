"""A duty on a day, as timeline, wheel and month show it, and how wide words are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core import formatting as fmt

# Advance widths of Inter in em, close enough to keep labels from touching.
_WIDTHS = {**dict.fromkeys("il.,:;'|! jI", 0.28), **dict.fromkeys("frt()-/", 0.37)}
_WIDTHS |= {**dict.fromkeys("mwMW", 0.86), **dict.fromkeys("ABCDEGHKNOPQRSTUVXYZÆØÅ", 0.68), "1": 0.44}
_USUAL = 0.58
_BOLD = 1.05


@dataclass(frozen=True)
class Mark:
    """One duty or event on a day: what it is called on a chart, its glyph and tone, and where it leads.

    ``lane`` names the row of the timeline ("letters", "meetings", "reports", "assignments"); ``state`` is
    read
    out after the label ("mottatt", "forsinket").
    """

    day: date
    text: str
    lane: str
    glyph: str = "box"
    tone: str = "ink"
    strong: bool = False
    url: str = ""
    state: str = ""
    time: str = ""

    @property
    def label(self) -> str:
        """25.9. Budsjett og regnskap."""
        return f"{fmt.short_date(self.day)} {self.text}"


def text_width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """Estimated width of a text in px."""
    return sum(_WIDTHS.get(char, _USUAL) for char in text) * size * (_BOLD if bold else 1)


def px(value: float) -> str:
    """A coordinate for SVG: a point as decimal sign whatever the language."""
    return f"{value:.1f}".removesuffix(".0")
