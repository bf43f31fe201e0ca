"""Exempt assignments: the page shows a shell unless the life of the assignment names the reader (decision B2).

The named readers belong to a higher app; it tells this one through ``use_readers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from core.actor import Actor

Readers = Callable[[Actor, list[UUID], date], set[UUID]]
_SOURCE: list[Readers] = []


def use_readers(source: Readers) -> None:
    """Tell which of these assignment items the actor may read in full."""
    _SOURCE[:] = [source]


def may_read_restricted(actor: Actor, items: Iterable[UUID], day: date) -> set[UUID]:
    """The items among these that the actor may read; none when nobody has been asked."""
    wanted = list(items)
    return _SOURCE[0](actor, wanted, day) if wanted and _SOURCE else set()
