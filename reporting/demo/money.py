"""The ministry's ledger in the demonstration: what the Storting granted, what was carried over and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from core import reference
from core.clock import parse_at
from governance.actions import ledger
from governance.models import Appropriation
from reporting.demo.documents import Act
from reporting.demo.people import World

Data = Mapping[str, Any]


def acts(world: World) -> Iterator[Act]:
    """The posts of the year as first granted, then each round of changes. Amounts in the fixture are 1 000 kroner."""
    data = reference.read("demo/ledger.json")
    yield Act(parse_at(data["entered_at"]), lambda at: _grant(world, data, at))
    for change in data["changes"]:
        yield Act(parse_at(change["at"]), lambda at, change=change: _change(world, data, change, at))


def _grant(world: World, data: Data, at: datetime) -> None:
    for chapter, post, name, thousands, *transferable in data["posts"]:
        new = ledger.NewAppropriation(
            year=data["year"], chapter=chapter, post=post, name=name, amount=thousands * 1000,
            transferable=bool(transferable), basis=data["basis"], decided_on=date.fromisoformat(data["decided_on"]),
        )  # fmt: skip
        ledger.add_appropriation(new=new, actor=world.actor(data["by"]), at=at)


def _change(world: World, data: Data, change: Data, at: datetime) -> None:
    owner = world.appointment(data["by"]).organisation
    for chapter, post, thousands in change["posts"]:
        row = Appropriation.objects.get(owner=owner, year=data["year"], chapter=chapter, post=post)
        new = ledger.NewChange(
            kind=change["kind"], amount=thousands * 1000, basis=change["basis"],
            decided_on=date.fromisoformat(change["decided_on"]),
        )  # fmt: skip
        ledger.add_change(appropriation=row, change=new, actor=world.actor(data["by"]), at=at, expected_version=None)
