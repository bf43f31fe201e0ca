"""Times of day: «kl. 09.00-11.00», «klokka 9:30», «9.00–11»."""

from __future__ import annotations

import datetime as dt
import re

_CLOCK = r"(\d{1,2})(?:[.:]?(\d{2}))?"
_LABELLED = re.compile(rf"\b(?:kl|klokken|klokka)\b\.?\s*{_CLOCK}(?:\s*[-–]\s*{_CLOCK})?", re.IGNORECASE)
_BARE = re.compile(r"(?<![\d.])(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})(?![\d.])")


def _time(hour: str | None, minute: str | None) -> dt.time | None:
    if hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return dt.time(int(hour), int(minute or 0))


def find_time(text: str) -> tuple[int, int, dt.time, dt.time | None] | None:
    """(start, end, from, to) of the first time in the text, or None."""
    match = _LABELLED.search(text) or _BARE.search(text)
    if not match:
        return None
    begin, end = _time(match[1], match[2]), _time(match[3], match[4])
    return (match.start(), match.end(), begin, end) if begin else None
