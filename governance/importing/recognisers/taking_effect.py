"""The day an instruction takes effect, and the instructions it says it replaces (R-01, R-02)."""

from __future__ import annotations

import datetime as dt

from governance.importing.habits import rules as habit
from governance.importing.reading.units import Unit
from governance.importing.records import Fact
from governance.importing.values.dates import find_days

#: characters after the verb in which the day stands
NEAR = 60
#: characters after «erstatter» in which the instructions stand
LIST = 300


def takes_effect(units: list[Unit], dated: dt.date | None) -> Fact[dt.date | None]:
    """«trer i kraft 1. februar 2026», «gjelder fra og med 1. februar 2026», «trer i kraft samme dag»."""
    for pattern, sure in ((habit.EFFECTIVE, 0.9), (habit.APPLIES_FROM, 0.7)):
        for unit in units:
            match = None if unit.furniture else pattern.search(unit.text)
            if match is None:
                continue
            after = unit.text[match.end() : match.end() + NEAR]
            if habit.SAME_DAY.match(after) and dated is not None:
                return Fact(dated, sure, (unit.index,))
            days = [hit for hit in find_days(after) if hit.date and hit.has_year]
            if days:
                return Fact(days[0].date, sure, (unit.index,))
    return Fact(None)


def replaced(units: list[Unit]) -> Fact[tuple[dt.date, ...]]:
    """The days of the instructions named after «erstatter»."""
    for unit in units:
        match = None if unit.furniture else habit.REPLACES.search(unit.text)
        after = unit.text[match.end() : match.end() + LIST] if match else ""
        if "instruks" not in after.casefold():
            continue
        days = tuple(dict.fromkeys(hit.date for hit in find_days(after) if hit.date and hit.has_year))
        if days:
            return Fact(days, 0.8, (unit.index,))
    return Fact(())
