"""Beside a draft: what one has typed and not saved, and who else is here."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.actor import Actor
from governance.models import Autosave, Presence, SteeringDocument

#: how long somebody counts as here after the last sign of life
HERE_FOR = timedelta(seconds=90)


def typed(*, document: SteeringDocument, form: str, actor: Actor) -> Autosave | None:
    """What this person, and nobody else, has typed and not saved in a form."""
    found: Autosave | None = Autosave.objects.filter(document=document, user_id=actor.user_id, form=form[:120]).first()
    return found


def others_here(*, document: SteeringDocument, actor: Actor, at: datetime) -> list[Presence]:
    """Who else has shown a sign of life in the draft the last minute and a half."""
    rows = Presence.objects.filter(document=document, seen_at__gte=at - HERE_FOR).exclude(user_id=actor.user_id)
    return list(rows.select_related("user").order_by("user__full_name"))
