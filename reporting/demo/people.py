"""Demo people, each with one role. They can sign in only where settings allow demo log-ins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings

from agencies import access
from agencies.actions import organisations
from agencies.actions.appointments import appoint
from agencies.models import Appointment, Department, Organisation, User
from agencies.rights import RoleCode
from core import clock, reference
from core.actor import Actor, system_actor
from core.errors import RuleBroken
from governance.models import SteeringDocument

SYSTEM = system_actor("demodata")
PASSWORD = "demo-styringsdialog"  # noqa: S105 (only where DEMO_LOGINS is on)


@dataclass
class World:
    """Bodies by short form, people by part, documents by key."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Any] = field(default_factory=dict)

    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, part: str) -> Actor:
        """The person in their one role."""
        if part not in self.actors:
            user = self.users[part]
            self.actors[part] = access.actor_for(user, access.appointments_of(user, clock.today())[0])
        return self.actors[part]

    def appointment(self, part: str) -> Appointment:
        """The person's one role."""
        found: Appointment = Appointment.objects.for_choice().filter(user=self.users[part]).order_by("id")[0]
        return found

    def fresh(self, key: str) -> SteeringDocument:
        """A document as it stands now."""
        found: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=self.documents[key].pk)
        return found

    def line(self, model: Any, agency: Organisation, key: str | None) -> Any:
        """The identity of a goal, parameter or key figure through the years; a new one without a key."""
        name = f"{model.__name__}:{agency.short}:{key}"
        if key is None:
            return model.objects.create(agency=agency)
        if name not in self.lines:
            self.lines[name] = model.objects.create(agency=agency)
        return self.lines[name]


def make_people() -> World:
    """Organisations and people, on the day the demonstration begins. Raises RuleBroken where demo is off."""
    if not settings.DEMO_LOGINS:
        raise RuleBroken("Demodata kan ikke lastes her: demobrukere er slått av i innstillingene.", code="demo_off")
    world = World(
        organisations=organisations.load_organisations(
            data=_bodies(), actor=SYSTEM, mail_domain=settings.DEMO_EMAIL_DOMAIN
        )
    )
    departments = {row.code: row for row in Department.objects.all()}
    data = reference.read("demo/people.json")
    since, at = date.fromisoformat(data["since"]), clock.parse_at(data["set_up_at"])
    for row in data["people"]:
        user = world.users[row["key"]] = _user(row)
        appoint(
            user=user,
            role=RoleCode(row["role"]),
            organisation=world.organisations[row["organisation"]],
            department=departments.get(row.get("department", "")),
            target=world.organisations.get(row.get("target", "")),
            title="" if row.get("system") else row.get("title", ""),
            valid_from=since,
            actor=SYSTEM,
            at=at,
        )
    return world


def rights_renewed() -> list[datetime]:
    """When rights follow who steers whom again, as the nightly job does: a body has ended, another has come to."""
    return [clock.parse_at(text) for text in reference.read("demo/people.json")["rights_renewed_at"]]


def _bodies() -> dict[str, list[Any]]:
    """The bodies of the installation, and those the excerpts of letters are from and to."""
    held, more = reference.read("organisations.json"), reference.read("demo/organisations.json")
    return {name: [*rows, *more[name]] for name, rows in held.items()}


def _user(row: dict[str, Any]) -> User:
    local = row["name"].lower().replace(" ", ".").translate(str.maketrans("æøå", "aoa"))
    address = f"{local}@{settings.DEMO_EMAIL_DOMAIN}"
    user = User(
        username=address, email=address, full_name=row["name"], is_demo=True, is_system=row.get("system", False)
    )
    user.set_password(PASSWORD)
    user.save()
    return user
