"""Ways from a document to what higher apps know of it: the higher app tells the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from core.actor import Actor
from core.visuals.parts import Action
from governance.models import SteeringDocument

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


Remedy = Callable[[SteeringDocument, UUID], Action | None]
DraftActs = Callable[[SteeringDocument], list[Action]]
Page = Callable[[UUID], str]
_REMEDIES: dict[str, tuple[Remedy, Page]] = {}
_DRAFT_ACTS: list[DraftActs] = []


def use_remedy(check_id: str, source: Remedy, page: Page) -> None:
    """Tell the way out of a finding about something a higher app holds, and its page: ``item`` of it is the id."""
    _REMEDIES[check_id] = (source, page)


def remedy(check_id: str, document: SteeringDocument, item: UUID | None) -> Action | None:
    """The act that mends the finding in this draft, where a higher app has one."""
    known = _REMEDIES.get(check_id)
    return known[0](document, item) if known and item else None


def page_of(check_id: str, item: UUID | None) -> str:
    """The page of what the finding is about, where a higher app holds it."""
    known = _REMEDIES.get(check_id)
    return known[1](item) if known and item else ""


def use_draft_acts(source: DraftActs) -> None:
    """Tell what a higher app offers those who write a draft."""
    if source not in _DRAFT_ACTS:
        _DRAFT_ACTS.append(source)


def draft_acts(document: SteeringDocument) -> list[Action]:
    """Ways from a draft to the higher apps, for those who write it."""
    return [action for source in _DRAFT_ACTS for action in source(document)]
