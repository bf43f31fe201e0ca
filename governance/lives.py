"""What has become of the assignments of earlier years: the app that follows them up tells (R-16, R-17)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from agencies.models import Organisation


@dataclass(frozen=True)
class Fates:
    """Items that have ended (closed, lapsed, withdrawn, replaced), and those kept though the year rule says lapse."""

    ended: frozenset[UUID] = frozenset()
    kept: frozenset[UUID] = frozenset()


Source = Callable[[Organisation, date, datetime | None], Fates]
_SOURCE: list[Source] = []


def use_fates(source: Source) -> None:
    """Tell what has become of an agency's assignments by a day, as known at a moment."""
    _SOURCE[:] = [source]


def fates(agency: Organisation, valid_on: date, known_at: datetime | None) -> Fates:
    """Nothing has ended when nobody follows up."""
    return _SOURCE[0](agency, valid_on, known_at) if _SOURCE else Fates()
