"""A row of the calendar before it becomes entries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from governance.importing.reading.units import Unit
from governance.importing.records import Span
from governance.importing.values.dates import DateHit


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
