"""Running text in two columns on a PDF page: down the left one, then down the right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from typing import Any

Word = dict[str, Any]
Lines = Callable[[list[Word]], list[list[Word]]]
_LEAST = 8
"""So many lines must have words on both sides before a page counts as set in columns."""


def gutter(lines: list[list[Word]], width: float) -> float | None:
    """Where the right column begins, or None. Columns of text are filled to their edge; a table's cells are not."""
    gaps = [
        (left["x1"], right["x0"], line[0]["x0"])
        for line in lines
        for left, right in pairwise(line)
        if right["x0"] - left["x1"] > 9 and width * 0.4 < right["x0"] < width * 0.65
    ]
    if len(gaps) < _LEAST:
        return None
    begins, number = Counter(round(right) for _, right, _ in gaps).most_common(1)[0]
    here = [gap for gap in gaps if abs(gap[1] - begins) < 3]
    if number < _LEAST * 0.7 or len(here) < max(_LEAST, len(gaps) * 0.6):
        return None
    first = min(start for _, _, start in here)
    filled = median(left for left, _, _ in here) - first
    return begins - 3 if filled > (begins - first) * 0.8 else None


def in_order(lines: list[list[Word]], at: float, lines_of: Lines) -> list[list[Word]]:
    """The lines of a page in reading order; a line over both columns parts what is above from what is below."""
    ordered: list[list[Word]] = []
    left: list[Word] = []
    right: list[Word] = []

    def flush() -> None:
        for side in (left, right):
            ordered.extend(lines_of(side))
            side.clear()

    for line in lines:
        over = any(word["x0"] < at < word["x1"] for word in line) or _unbroken(line, at)
        if over:
            flush()
            ordered.append(line)
            continue
        left.extend(word for word in line if word["x0"] < at)
        right.extend(word for word in line if word["x0"] >= at)
    flush()
    return ordered


def _unbroken(line: list[Word], at: float) -> bool:
    """True for a line that goes on over the gutter with an ordinary space there."""
    return any(left["x1"] <= at <= right["x0"] and right["x0"] - left["x1"] < 9 for left, right in pairwise(line))
