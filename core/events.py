"""Writing events: the only way an act gets on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from core.actor import Actor
from core.canonical import plain
from core.models import Audience, Event
from core.models.base import BaseModel


def record(
    *,
    event: str,
    subject: BaseModel,
    actor: Actor,
    at: datetime,
    organisation: UUID | None = None,
    counterpart: UUID | None = None,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    audience: Audience = Audience.SHARED,
) -> Event:
    """Write one event in the running transaction.

    ``event`` is "<subject>.<verb in past tense>", for example "document.issued". ``organisation`` is the
    side that acted, ``counterpart`` the other side; an internal event is seen by ``organisation`` alone.
    """
    return Event.objects.create(
        type=event,
        subject_type=subject._meta.label_lower,
        subject=subject.uuid,
        organisation=organisation or actor.organisation,
        counterpart=counterpart,
        actor_user_id=actor.user_id,
        actor_name=actor.name,
        appointment=actor.appointment,
        on_behalf_of=actor.on_behalf_of,
        at=at,
        reason=reason,
        before=plain(before or {}),
        after=plain(after or {}),
        audience=audience,
    )
