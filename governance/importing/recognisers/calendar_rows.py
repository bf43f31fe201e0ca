"""A row of the calendar before it becomes entries."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from governance.importing.reading.units import Unit
from governance.importing.records import Span
from governance.importing.values.dates import DateHit
from governance.importing.values.times import find_time

_CLOCK_BEHIND = re.compile(r"\s*[(,–-]?\s*\b(?:kl|klokken|klokka)\b\.?\s*[\d.:–-]{1,12}\)?$", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """A row of the calendar before it becomes one or more entries."""

    units: list[Unit]
    when: str
    hit: DateHit | None
    titles: list[str] = field(default_factory=list)
    note: str = ""
    clock: tuple[dt.time, dt.time | None] | None = None
    place: str = ""
    spans: list[Span] = field(default_factory=list)
    confidence: float = 0.95


def without_clock(title: str) -> tuple[str, tuple[int, int, dt.time, dt.time | None] | None]:
    """(title, time) of «Etatsstyringsmøte (kl. 10-12)»; the title as it stands when no time ends it."""
    match = _CLOCK_BEHIND.search(title[-40:]) if len(title) < 400 else None
    clock = find_time(match.group()) if match else None
    if match is None or clock is None or match.start() + max(len(title) - 40, 0) < 4:
        return title, None
    return title[: max(len(title) - 40, 0) + match.start()].rstrip(" ,("), clock
