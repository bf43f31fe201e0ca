"""Who acts. A person acts under one dated appointment; jobs act as a named system actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True)
class Actor:
    """The one who acts, and under what power.

    ``appointment`` is the appointment (role in an organisation) the person has chosen to act under;
    None means all that are valid. ``organisation`` is the uuid of the organisation the actor sits in:
    internal notes belong to it. ``on_behalf_of`` is the appointment of the person one stands in for.
    ``system`` names a job's actor ("påminnelser"); such an actor passes no permission check but those
    written for it.
    """

    user: AbstractBaseUser | None
    name: str
    appointment: UUID | None = None
    organisation: UUID | None = None
    on_behalf_of: UUID | None = None
    system: str = ""

    @property
    def user_id(self) -> int | None:
        """Primary key of the person, None for jobs."""
        return None if self.user is None else self.user.pk

    @property
    def is_person(self) -> bool:
        """True for a signed-in person or system client."""
        return self.user is not None and bool(self.user.is_active)


def system_actor(name: str) -> Actor:
    """A job's actor, named in the event log."""
    return Actor(user=None, name=name, system=name)
