"""Demo people, each with one role. They can sign in only where settings allow demo log-ins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings

from agencies import access
from agencies.actions import organisations
from agencies.actions.appointments import appoint
from agencies.models import Department, Organisation, User
from agencies.rights import RoleCode
from core import reference
from core.actor import Actor, system_actor
from core.clock import OSLO
from core.errors import RuleBroken

SYSTEM = system_actor("demodata")
SINCE = date(2020, 1, 1)
PASSWORD = "demo-styringsdialog"  # noqa: S105 (only where DEMO_LOGINS is on)


@dataclass
class World:
    """Bodies by short form, people by part, documents by key."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Any] = field(default_factory=dict)

    def actor(self, part: str) -> Actor:
        """The person in their one role."""
        user = self.users[part]
        return access.actor_for(user, access.appointments_of(user, date(2026, 1, 1))[0])


def make_people(at: datetime) -> World:
    """Organisations and people. Raises RuleBroken where demo log-ins are not allowed."""
    if not settings.DEMO_LOGINS:
        raise RuleBroken("Demodata kan ikke lastes her: demobrukere er slått av i innstillingene.", code="demo_off")
    world = World(
        organisations=organisations.load_organisations(
            data=reference.read("organisations.json"), actor=SYSTEM, mail_domain=settings.DEMO_EMAIL_DOMAIN
        )
    )
    departments = {row.code: row for row in Department.objects.all()}
    for row in reference.read("demo/people.json"):
        world.users[row["key"]] = _person(row, world, departments, at)
    return world


def _person(row: dict[str, Any], world: World, departments: dict[str, Department], at: datetime) -> User:
    local = row["name"].lower().replace(" ", ".").translate(str.maketrans("æøå", "aoa"))
    address = f"{local}@{settings.DEMO_EMAIL_DOMAIN}"
    user = User(
        username=address, email=address, full_name=row["name"], is_demo=True, is_system=row.get("system", False)
    )
    user.set_password(PASSWORD)
    user.save()
    appoint(
        user=user,
        role=RoleCode(row["role"]),
        organisation=world.organisations[row["organisation"]],
        department=departments.get(row.get("department", "")),
        target=world.organisations.get(row.get("target", "")),
        title="" if row.get("system") else row.get("title", ""),
        valid_from=SINCE,
        actor=SYSTEM,
        at=at,
    )
    return user


def set_up_at() -> datetime:
    """When the demonstration begins."""
    return datetime(2025, 1, 2, 9, 0, tzinfo=OSLO)
