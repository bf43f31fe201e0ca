"""What all recognisers share: the outline, what is known about the letter, who claimed what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from governance.importing.reading.outline import Outline
from governance.importing.reading.units import Unit, locate
from governance.importing.records import CanonicalText, LetterKind, Span


@dataclass(slots=True)
class Reading:
    """A letter being read. Recognisers add claims so that no text becomes two rows by accident."""

    canonical: CanonicalText
    outline: Outline
    kind: LetterKind = LetterKind.UNKNOWN
    year: int | None = None
    date: dt.date | None = None
    claims: dict[int, set[str]] = field(default_factory=dict)

    @property
    def units(self) -> list[Unit]:
        return self.outline.units

    def body(self) -> Iterator[Unit]:
        """Units that are not page furniture."""
        return (unit for unit in self.outline.units if not unit.furniture)

    def claim(self, kind: str, *units: Unit) -> tuple[int, ...]:
        """Note that the units carry an item of the kind; gives their passage ordinals."""
        for unit in units:
            self.claims.setdefault(unit.index, set()).add(kind)
        return tuple(sorted({unit.index for unit in units}))

    def claimed(self, unit: Unit, *kinds: str) -> bool:
        """True when the unit is claimed, by one of the kinds if any are named."""
        held = self.claims.get(unit.index, set())
        return bool(held & set(kinds)) if kinds else bool(held)

    def span(self, unit: Unit, field_name: str, start: int, end: int) -> Span:
        return locate(unit, self.canonical.text, field_name, start, end)

    def after(self, unit: Unit) -> Iterator[Unit]:
        """Units after this one, furniture left out."""
        units = self.outline.units
        for index in range(unit.index + 1, len(units)):
            if not units[index].furniture:
                yield units[index]

    @property
    def is_supplement(self) -> bool:
        return self.kind is LetterKind.SUPPLEMENT


def joined(units: Iterable[Unit]) -> str:
    """Clean text of several units, one paragraph each."""
    return "\n".join(
        f"{unit.marker} {unit.text}" if unit.marker else (f"{unit.number} {unit.text}".strip()) for unit in units
    )
