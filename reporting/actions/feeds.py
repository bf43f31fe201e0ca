"""Subscriptions to the calendar: a secret address per person and role, shown once, revocable."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Appointment, User
from core.actor import Actor
from core.canonical import sha256
from core.errors import NotAllowed, NotFound
from reporting.models import CalendarFeed

TOKEN_BYTES = 32


@transaction.atomic
def create_feed(*, actor: Actor, at: datetime) -> str:
    """A new secret for the role the person acts in. Returns the secret; only its hash is kept.

    Raises NotAllowed for one who acts for another: a subscription belongs to the person's own role.
    """
    appointment = Appointment.objects.filter(uuid=actor.appointment, user_id=actor.user_id).first()
    if appointment is None or actor.user is None:
        raise NotAllowed(_("Du kan abonnere på kalenderen i din egen rolle, ikke som stedfortreder."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(
        user_id=actor.user_id, appointment=appointment, digest=sha256(token.encode()), created_at=at
    )
    return token


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, actor: Actor, at: datetime) -> CalendarFeed:
    """The address stops working at once. Raises NotAllowed for another person's subscription."""
    row: CalendarFeed = CalendarFeed.objects.locked().get(pk=feed.pk)
    if row.user_id != actor.user_id:
        raise NotAllowed(_("Abonnementet tilhører en annen person."))
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
    return row


@transaction.atomic
def open_feed(*, token: str, day: date) -> Actor:
    """The actor behind a secret address, if person, role and subscription are valid today. Raises NotFound."""
    feed = (
        CalendarFeed.objects.select_related("appointment__organisation", "user")
        .filter(digest=sha256(token.encode()), revoked_at__isnull=True, user__is_active=True)
        .first()
    )
    if feed is None or not isinstance(feed.user, User):
        raise NotFound(_("Abonnementet finnes ikke eller er trukket tilbake."))
    roles = {row.pk: row for row in access.appointments_of(feed.user, day)}
    if feed.appointment_id not in roles:
        raise NotFound(_("Rollen abonnementet gjelder, er avsluttet."))
    if feed.last_used_on != day:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=day)
    return access.actor_for(feed.user, roles[feed.appointment_id])
