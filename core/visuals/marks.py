"""A duty on a day, as timeline, wheel and month show it, and how wide words are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core import formatting as fmt

# Advance widths of Inter in em, close enough to keep labels from touching.
_BY_WIDTH = {
    0.24: "ijl", 0.28: "I .,:", 0.34: "t", 0.37: "()/fr", 0.46: "1-", 0.50: "–", 0.54: "skxz", 0.57: "avyå7cJL",
    0.65: "PRSBT4", 0.69: "KXYAVÅ", 0.73: "DC", 0.75: "HUGN", 0.77: "OQØ", 0.82: "w", 0.9: "mMæ", 0.99: "WÆ",
}  # fmt: skip
_WIDTHS = {char: width for width, chars in _BY_WIDTH.items() for char in chars}
_USUAL = 0.61
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


def text_width(text: str, size: float = 12.5, *, bold: bool = False) -> float:
    """Estimated width of a text in px."""
    return sum(_WIDTHS.get(char, _USUAL) for char in text) * size * (_BOLD if bold else 1)


def px(value: float) -> str:
    """A coordinate for SVG: a point as decimal sign whatever the language."""
    return f"{value:.1f}".removesuffix(".0")
