"""Delivery meter and counted progress: cells and words, never a bare percentage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting as fmt

MOST_CELLS = 12
CELL = 13  # px from one cell to the next


@dataclass(frozen=True)
class Cell:
    """One delivery. ``state`` is delivered, late or open; ``x`` its place in px."""

    state: str
    x: str


@dataclass(frozen=True)
class Meter:
    """Cells (hidden from screen readers) and the words that are read.

    No cells for one delivery or over twelve.
    """

    cells: tuple[Cell, ...]
    words: str
    late_words: str = ""
    next_words: str = ""
    width: str = "0"


def delivery_meter(
    *, delivered: int, total: int, late: int = 0, next_on: date | None = None, short: bool = False, brief: bool = False
) -> Meter:
    """ "1 av 4 levert · 1 forsinket · neste 1.

    juni"; ``short`` leaves out "levert" (under a heading that says it), ``brief`` all but "1 av 4 levert".
    """
    pattern = _("%(done)s av %(total)s") if short else _("%(done)s av %(total)s levert")
    words = pattern % {"done": delivered, "total": total}
    late_words = ""
    if late and not (short or brief):
        late_words = ngettext("%(n)s forsinket", "%(n)s forsinket", late) % {"n": late}
    next_words = ""
    if next_on and not (short or brief) and delivered < total:
        next_words = _("neste %(date)s") % {"date": fmt.day_month(next_on)}
    cells: tuple[Cell, ...] = ()
    if 1 < total <= MOST_CELLS:
        states = ["delivered"] * delivered + ["late"] * late
        states += ["open"] * (total - len(states))
        cells = tuple(Cell(state, str(index * CELL)) for index, state in enumerate(states[:total]))
    return Meter(cells, words, late_words, next_words, str(len(cells) * CELL))


@dataclass(frozen=True)
class Progress:
    """Counted units: "Leser inn brevet · 148 av 214 avsnitt", and what happens if one leaves the page."""

    label: str
    done: int
    total: int
    unit: str
    note: str = ""

    @property
    def words(self) -> str:
        """148 av 214 avsnitt."""
        return _("%(done)s av %(total)s %(unit)s") % {
            "done": fmt.thousands(self.done),
            "total": fmt.thousands(self.total),
            "unit": self.unit,
        }
