"""Year wheel (picture 07): the same marks as the timeline.

Outer ring reports and meetings, inner ring assignments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

from django.utils.translation import gettext as _

from core.visuals.marks import Mark, px

WIDTH, HEIGHT = 580, 350
CENTRE_X, CENTRE_Y = 290.0, 172.0
BAND_OUT, BAND_IN, BAND_MID = 162, 140, 151
OUTER_RING, INNER_RING, HUB = 124, 98, 78
LEADER_IN, LEADER_OUT, TEXT_OUT = 165, 178, 181
HAND_OUT = 165
TERTIAL_R = 48
LABEL_STEP = 17
GLYPH = 14
LIFT = 4
#: Characters of a label that fit beside the wheel.
LONGEST_LABEL = 22
SAME_SPOT = 8  # px: closer than this, a mark moves outward


@dataclass(frozen=True)
class Segment:
    """A month of the band: its path, name and place, and whether it is over or now."""

    path: str
    label: str
    x: str
    y: str
    state: str


@dataclass(frozen=True)
class WheelMark:
    """A glyph on a ring, and (outer ring) its label with leader line."""

    mark: Mark
    x: str
    y: str
    label: str = ""
    label_x: str = ""
    label_y: str = ""
    anchor: str = "start"
    leader: str = ""


@dataclass(frozen=True)
class Wheel:
    """All coordinates of the wheel."""

    year: int
    width: str
    height: str
    centre_x: str
    centre_y: str
    year_y: str
    segments: tuple[Segment, ...]
    marks: tuple[WheelMark, ...]
    arcs: tuple[str, ...]
    tertials: tuple[tuple[str, str, str], ...]
    outer: str
    inner: str
    hand: str = ""
    sentence: str = ""
    listed: tuple[Mark, ...] = ()


def wheel(marks: Sequence[Mark], *, year: int, today: date, sentence: str = "") -> Wheel:
    """Place the marks of one year on two rings; labels stand outside and never on top of each other."""
    mine = sorted((m for m in marks if m.day.year == year and m.lane != "letters"), key=lambda m: (m.day, m.text))
    outer = [mark for mark in mine if mark.lane != "assignments"]
    inner = [mark for mark in mine if mark.lane == "assignments"]
    hand = ""
    if today.year == year:
        (x1, y1), (x2, y2) = _point(_turn(today), HUB), _point(_turn(today), HAND_OUT)
        hand = f"M{px(x1)} {px(y1)}L{px(x2)} {px(y2)}"
    return Wheel(
        year=year,
        width=px(WIDTH),
        height=px(HEIGHT),
        centre_x=px(CENTRE_X),
        centre_y=px(CENTRE_Y),
        year_y=px(CENTRE_Y + LIFT + 2),
        segments=tuple(_segments(year, today)),
        marks=(*_ring(inner, INNER_RING, labels=False), *_ring(outer, OUTER_RING, labels=True)),
        arcs=tuple(_arc(n) for n in range(3)),
        tertials=tuple(_tertial(n) for n in range(3)),
        outer=px(OUTER_RING),
        inner=px(INNER_RING),
        hand=hand,
        sentence=sentence,
        listed=tuple(mine),
    )


def _turn(day: date) -> float:
    """Part of the year that is over on a day, 0 at 1 January and at the top."""
    start = date(day.year, 1, 1)
    return (day - start).days / (date(day.year + 1, 1, 1) - start).days


def _point(turn: float, radius: float) -> tuple[float, float]:
    angle = 2 * pi * turn
    return CENTRE_X + radius * sin(angle), CENTRE_Y - radius * cos(angle)


def _segments(year: int, today: date) -> list[Segment]:
    names = [
        _("jan"), _("feb"), _("mar"), _("apr"), _("mai"), _("jun"),
        _("jul"), _("aug"), _("sep"), _("okt"), _("nov"), _("des"),
    ]  # fmt: skip
    found = []
    for month in range(1, 13):
        a = _turn(date(year, month, 1)) + 0.0015
        b = (_turn(date(year, month + 1, 1)) if month < 12 else 1) - 0.0015
        state = "coming"
        if (today.year, today.month) == (year, month):
            state = "now"
        elif (year, month) < (today.year, today.month):
            state = "over"
        x, y = _point((a + b) / 2, BAND_MID)
        found.append(Segment(_band(a, b), str(names[month - 1]), px(x), px(y + LIFT), state))
    return found


def _band(a: float, b: float) -> str:
    (x1, y1), (x2, y2) = _point(a, BAND_OUT), _point(b, BAND_OUT)
    (x3, y3), (x4, y4) = _point(b, BAND_IN), _point(a, BAND_IN)
    return (
        f"M{px(x1)} {px(y1)}A{BAND_OUT} {BAND_OUT} 0 0 1 {px(x2)} {px(y2)}"
        f"L{px(x3)} {px(y3)}A{BAND_IN} {BAND_IN} 0 0 0 {px(x4)} {px(y4)}Z"
    )


def _arc(number: int) -> str:
    a, b = number / 3 + 0.004, (number + 1) / 3 - 0.004
    (x1, y1), (x2, y2) = _point(a, HUB), _point(b, HUB)
    return f"M{px(x1)} {px(y1)}A{HUB} {HUB} 0 0 1 {px(x2)} {px(y2)}"


def _tertial(number: int) -> tuple[str, str, str]:
    x, y = _point(number / 3 + 1 / 6, TERTIAL_R)
    return _("%(n)s. tertial") % {"n": number + 1}, px(x), px(y + LIFT)


def _ring(marks: list[Mark], radius: float, *, labels: bool) -> list[WheelMark]:
    places: list[tuple[float, float]] = []
    for mark in marks:
        at = radius
        x, y = _point(_turn(mark.day), at)
        if any(abs(x - a) < SAME_SPOT and abs(y - b) < SAME_SPOT for a, b in places[-2:]):
            x, y = _point(_turn(mark.day), at - GLYPH)
        places.append((x, y))
    words = _labels(marks) if labels else {}
    half = GLYPH / 2
    return [
        WheelMark(mark, px(x - half), px(y - half), **words.get(index, {}))
        for index, (mark, (x, y)) in enumerate(zip(marks, places, strict=True))
    ]


def _shortened(label: str) -> str:
    """What fits beside the wheel; the list beside it has the whole words. What follows a comma is the first to go."""
    words = label.partition(",")[0]
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1].rstrip(' -')}…"


def _labels(marks: list[Mark]) -> dict[int, dict[str, str]]:
    """Labels on each side from top to bottom, pushed apart to one step, with a leader line to the band."""
    found: dict[int, dict[str, str]] = {}
    for right in (True, False):
        side = [n for n, mark in enumerate(marks) if (_turn(mark.day) < 0.5) == right]
        side.sort(key=lambda n: _point(_turn(marks[n].day), TEXT_OUT)[1])
        heights = _spread([_point(_turn(marks[n].day), TEXT_OUT)[1] for n in side])
        for n, y in zip(side, heights, strict=True):
            turn = _turn(marks[n].day)
            (x1, y1), (x2, _y2) = _point(turn, LEADER_IN), _point(turn, LEADER_OUT)
            found[n] = {
                "label": _shortened(marks[n].label),
                "label_x": px(x2 + (4 if right else -4)),
                "label_y": px(y + LIFT),
                "anchor": "start" if right else "end",
                "leader": f"M{px(x1)} {px(y1)}L{px(x2)} {px(y)}",
            }
    return found


def _spread(heights: list[float]) -> list[float]:
    """Push down what is too close to the one above, then lift the whole run back by half of the excess."""
    spread: list[float] = []
    for y in heights:
        spread.append(max(y, spread[-1] + LABEL_STEP) if spread else y)
    excess = spread[-1] - (HEIGHT - 10) if spread else 0
    return [y - max(excess, 0) for y in spread]
