"""Ways from a row of a document to its life in a higher app: the higher app tells the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from core.actor import Actor

Addresses = Callable[[Actor, list[UUID], date], dict[UUID, str]]
_SOURCES: list[Addresses] = []


def use_item_pages(source: Addresses) -> None:
    """Tell the addresses of the pages that follow up these items, for those the actor sees."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def item_pages(actor: Actor, items: Iterable[UUID], day: date) -> dict[UUID, str]:
    """Address of the page that follows up each item, where there is one."""
    wanted = list(items)
    found: dict[UUID, str] = {}
    for source in _SOURCES if wanted else ():
        found |= source(actor, wanted, day)
    return found
