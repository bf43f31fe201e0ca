"""What has become of the assignments of earlier years: the app that follows them up tells (R-16, R-17)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from agencies.models import Organisation
from governance.checks.surroundings import Need
from governance.models import SteeringDocument


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


Unsettled = Callable[[SteeringDocument], frozenset[UUID]]
Needs = Callable[[SteeringDocument, date], list[Need]]
_UNSETTLED: list[Unsettled] = []
_NEEDS: list[Needs] = []


def use_unsettled(source: Unsettled) -> None:
    """Tell which assignments of a letter were to have their deadline agreed, and still have none (V-06)."""
    _UNSETTLED[:] = [source]


def unsettled(document: SteeringDocument) -> frozenset[UUID]:
    """Items of the document whose deadline is still to be agreed."""
    return _UNSETTLED[0](document) if _UNSETTLED else frozenset()


def use_needs(source: Needs) -> None:
    """Tell which needs for a written instruction arose in expert meetings about the letter's agency (V-26, R-51)."""
    _NEEDS.append(source)


def needs_from_meetings(document: SteeringDocument, day: date) -> list[Need]:
    """Needs known to the apps that hold meetings and talks; none when no app does."""
    return [need for source in _NEEDS for need in source(document, day)]
