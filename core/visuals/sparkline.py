"""Sparkline and bars: small drawings whose numbers always stand beside them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.visuals.marks import px

WIDTH, HEIGHT, PAD = 84, 34, 5
LINE_RIGHT = 73
BAR = 68
LEAST = 2  # px: a small amount is still seen


@dataclass(frozen=True)
class Sparkline:
    """Paths of 84 × 34 px: the line (broken where the series is), the last point, the requirement, the
    breaks.
    """

    lines: tuple[str, ...]
    last_x: str
    last_y: str
    requirement_y: str = ""
    breaks: tuple[str, ...] = ()
    sentence: str = ""


def sparkline(
    values: Sequence[Decimal | int | float | None],
    *,
    requirement: Decimal | int | float | None = None,
    breaks: Sequence[int] = (),
    sentence: str = "",
) -> Sparkline:
    """Draw a series.

    None is a missing value and leaves a gap; ``breaks`` are places a new series starts at.
    """
    known = [float(value) for value in values if value is not None]
    if requirement is not None:
        known.append(float(requirement))
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    step = (LINE_RIGHT - PAD) / max(len(values) - 1, 1)

    def place(index: int, value: Decimal | float) -> tuple[float, float]:
        share = (float(value) - low) / (high - low) if high > low else 0.5
        return PAD + index * step, HEIGHT - PAD - share * (HEIGHT - 2 * PAD)

    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None or index in breaks:
            runs.append([])
        if value is not None:
            runs[-1].append(place(index, value))
    points = [point for run in runs for point in run]
    last = points[-1] if points else (0.0, 0.0)
    return Sparkline(
        lines=tuple(_path(run) for run in runs if len(run) > 1),
        last_x=px(last[0]),
        last_y=px(last[1]),
        requirement_y="" if requirement is None else px(place(0, requirement)[1]),
        breaks=tuple(_slashes(PAD + (index - 0.5) * step) for index in breaks if index > 0),
        sentence=sentence,
    )


def _path(run: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in run)


def _slashes(x: float) -> str:
    return f"M{px(x)} 4L{px(x - 3)} 30M{px(x + 5)} 4L{px(x + 2)} 30"


def bar_widths(values: Sequence[int], most: int | None = None) -> tuple[str, ...]:
    """Widths in px on one scale per table; zero gives no bar."""
    top = most if most is not None else max((abs(value) for value in values), default=0)
    return tuple("0" if not value or not top else px(max(abs(value) / top * BAR, LEAST)) for value in values)
