"""Excerpts of letters from many ministries, registered by an archive user of each: all forms a letter takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from agencies import access
from agencies.actions.appointments import appoint
from agencies.models import User
from agencies.rights import RoleCode
from core import clock, reference
from core.clock import parse_at
from governance.models import SteeringDocument
from reporting.demo.documents import Act, DocumentStory
from reporting.demo.people import SYSTEM, World

Data = Mapping[str, Any]


def acts(world: World) -> Iterator[Act]:
    """One registration for each excerpt."""
    data = reference.read("demo/excerpts.json")
    for row in data["letters"]:
        yield Act(parse_at(data["registered_at"]), partial(_register, world, data, row))


def key_of(row: Data) -> str:
    """What the excerpt is known by among the documents."""
    return f"{row['issuer']}-{row['recipient']}-{row['date'][:4]}".lower()


def _register(world: World, data: Data, row: Data, at: datetime) -> SteeringDocument:
    by = row.get("by") or _archive(world, row, at)
    nynorsk = row.get("language") == "nn"
    body = [{"chapter": "innledning"}, {"p": data["intro_nn" if nynorsk else "intro"]}, *row["body"]]
    year = int(row["date"][:4])
    facts = {"key": key_of(row), "kind": "allocation_letter", "by": by, "year": year, "registered_at": str(at)}
    story = DocumentStory(world, {**facts, **row, "body": body})
    story.register(at)
    return story.document


def _archive(world: World, row: Data, at: datetime) -> str:
    """The part of the ministry's archive user for letters to one body; nobody signs in as it."""
    part = f"archive:{row['issuer']}:{row['recipient']}"
    name = f"arkiv.{row['issuer'].lower()}"
    user, made = User.objects.get_or_create(
        username=name, defaults={"full_name": f"Arkiv i {row['issuer']}", "is_demo": True}
    )
    if made:
        user.set_unusable_password()
        user.save()
    held = appoint(
        user=user, role=RoleCode.GOVERNANCE_OFFICER, organisation=world.organisations[row["issuer"]],
        target=world.organisations[row["recipient"]], valid_from=clock.local_date(at), actor=SYSTEM, at=at,
    )  # fmt: skip
    world.actors[part] = access.actor_for(user, held)
    return part
