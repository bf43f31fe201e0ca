"""Timeline of the year (picture 02): lanes, labels that never touch, today as a flag, next year as a
column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core import formatting as fmt
from core.visuals.marks import Mark, px, text_width

WIDTH, LEFT, RIGHT = 1042, 116, 860  # px: all, 1 January, the end of 31 December
NEXT_X = 890  # marks of next year stand under each other here
TOP, FIRST_LINE = 22, 49
ROW, PAD = 22, 17
GLYPH, GAP, LIMIT = 14, 11, 10
LABEL_LIFT = 4  # from the middle of a row to the baseline of its words
FLAG_PAD = 6
LANES = ("letters", "meetings", "reports", "assignments")


@dataclass(frozen=True)
class Placed:
    """A mark with its place: middle of the glyph, and where its words start or end."""

    mark: Mark
    glyph_x: str
    glyph_y: str
    text_x: str
    text_y: str
    anchor: str
    label: str


@dataclass(frozen=True)
class Lane:
    """One lane: its words, its upper line and its marks."""

    label: str
    line_y: str
    label_y: str
    marks: tuple[Placed, ...]


@dataclass(frozen=True)
class Month:
    """A month's line and name on the axis."""

    label: str
    x: str
    text_x: str


@dataclass(frozen=True)
class Timeline:
    """All coordinates of the drawing, and one sentence that says the finding."""

    year: int
    width: str
    height: str
    bottom: str
    months: tuple[Month, ...]
    lanes: tuple[Lane, ...]
    shade_x: str
    shade_width: str
    shade_height: str
    next_label: str
    today_x: str = ""
    flag_x: str = ""
    flag_width: str = ""
    flag_label: str = ""
    sentence: str = ""
    marks: tuple[Mark, ...] = ()


def lane_labels() -> dict[str, str]:
    """Words of the lanes."""
    return {
        "letters": _("Brev"),
        "meetings": _("Møter"),
        "reports": _("Rapporter"),
        "assignments": _("Oppdrag"),
    }


def timeline(marks: Sequence[Mark], *, year: int, today: date, sentence: str = "") -> Timeline:
    """Place the marks of one year. Earlier ones stand at its start, next year's in the narrow column."""
    ordered = sorted(marks, key=lambda mark: (mark.day, mark.text))
    labels = lane_labels()
    lanes: list[Lane] = []
    y = float(FIRST_LINE)
    for name in LANES:
        mine = [mark for mark in ordered if mark.lane == name and mark.day.year <= year + 1]
        rows, placed = _place(mine, year, y)
        lanes.append(Lane(labels[name], px(y), px(y + PAD + LABEL_LIFT), tuple(placed)))
        y += 2 * PAD + (max(rows, 1) - 1) * ROW
    start, end = x_of(date(year, 5, 1), year), x_of(date(year, 9, 1), year)
    return Timeline(
        year=year,
        width=px(WIDTH),
        height=px(y),
        bottom=px(y),
        months=tuple(_months(year)),
        lanes=tuple(lanes),
        shade_x=px(start),
        shade_width=px(end - start),
        shade_height=px(y - TOP),
        next_label=str(year + 1),
        sentence=sentence,
        marks=tuple(ordered),
        **_flag(year, today),
    )


def x_of(day: date, year: int) -> float:
    """Horizontal place of a day; days outside the year are held at its edges."""
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    at = min(max((day - date(year, 1, 1)).days, 0), days)
    return LEFT + at * (RIGHT - LEFT) / days


def _place(marks: list[Mark], year: int, top: float) -> tuple[int, list[Placed]]:
    """First row with room for glyph and words; the words go left of the glyph near the end of the year."""
    taken: list[list[tuple[float, float]]] = []
    placed, waiting = [], 0
    for mark in marks:
        if mark.day.year > year:
            y = top + PAD + waiting * ROW
            waiting += 1
            placed.append(_placed(mark, NEXT_X, y, NEXT_X + GAP, "start", mark.label))
            continue
        x = x_of(mark.day, year)
        label = f"{mark.text}, {fmt.short_date(mark.day)}{mark.day.year}" if mark.day.year < year else mark.label
        width = text_width(label, bold=mark.strong) + GAP
        before = x + width > RIGHT - LIMIT
        span = (x - width, x + GLYPH / 2) if before else (x - GLYPH / 2, x + width)
        row = next(
            (n for n, spans in enumerate(taken) if all(span[1] + GAP < a or span[0] - GAP > b for a, b in spans)),
            len(taken),
        )
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        y = top + PAD + row * ROW
        placed.append(_placed(mark, x, y, x - GAP if before else x + GAP, "end" if before else "start", label))
    return max(len(taken), waiting), placed


def _placed(mark: Mark, x: float, y: float, text_x: float, anchor: str, label: str) -> Placed:
    half = GLYPH / 2
    return Placed(mark, px(x - half), px(y - half), px(text_x), px(y + LABEL_LIFT), anchor, label)


def _months(year: int) -> list[Month]:
    names = [
        _("jan."), _("feb."), _("mars"), _("april"), _("mai"), _("juni"),
        _("juli"), _("aug."), _("sep."), _("okt."), _("nov."), _("des."),
    ]  # fmt: skip
    places = [x_of(date(year, month, 1), year) for month in range(1, 13)]
    return [Month(str(name), px(x), px(x + 6)) for name, x in zip(names, places, strict=True)]


def _flag(year: int, today: date) -> dict[str, str]:
    if today.year != year:
        return {}
    label = _("I dag %(date)s") % {"date": fmt.day_month(today)}
    x, width = x_of(today, year), text_width(label, bold=True) + 2 * FLAG_PAD
    return {"today_x": px(x), "flag_x": px(x - width / 2), "flag_width": px(width), "flag_label": label}
