"""A person's own settings and a client's own token."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import ApiToken, Appointment, Density, Organisation, User
from agencies.rights import Right, RoleCode
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, Problem, RuleBroken
from core.models import Audience

MAX_DAYS = 366


@transaction.atomic
def set_preferences(*, user: User, density: str, keyboard_shortcuts: bool, actor: Actor) -> User:
    """Change one's own text size and keys. Raises NotAllowed for another's, RuleBroken for an unknown size."""
    if actor.user_id != user.pk:
        raise NotAllowed(_("Du kan bare endre dine egne innstillinger."))
    if density not in Density.values:
        raise RuleBroken(problems=[Problem("density", _("Velg «Tett» eller «Romslig»."), "density")])
    user.density, user.keyboard_shortcuts = density, keyboard_shortcuts
    user.save(update_fields=["density", "keyboard_shortcuts"])
    return user


def digest(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(
    *, user: User, name: str, days: int, scopes: list[str], actor: Actor, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token for a system client; the secret is answered once and never kept. Raises NotAllowed, RuleBroken."""
    appointment = (
        Appointment.objects.valid_on(clock.local_date(at))
        .filter(user=user, role__code=RoleCode.SYSTEM_CLIENT.value)
        .for_choice()
        .first()
    )
    problems = []
    if appointment is None or not user.is_system:
        problems.append(Problem("no_client", _("Nøkler lages bare for systemklienter med en gyldig rolle."), "user"))
    if not name.strip():
        problems.append(Problem("name_missing", _("Skriv hva nøkkelen brukes til."), "name"))
    if not 1 <= days <= MAX_DAYS:
        problems.append(Problem("days", _("En nøkkel kan gjelde fra 1 til 366 dager."), "days"))
    if problems:
        raise RuleBroken(problems=problems)
    assert appointment is not None
    if not actor.system:
        sentence = _("Bare administrator for organisasjonen kan lage nøkler.")
        access.require(actor, Right.MANAGE_APPOINTMENTS, appointment.organisation, clock.local_date(at), sentence)
    secret = f"sd_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        digest=digest(secret),
        prefix=secret[:8],
        scopes=scopes,
        expires_at=at + timedelta(days=days),
    )
    events.record(
        event="token.made",
        subject=token,
        actor=actor,
        at=at,
        organisation=appointment.organisation.uuid,
        after={"user": user.uuid, "expires": token.expires_at, "scopes": scopes},
        audience=Audience.INTERNAL,
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: Actor, at: datetime) -> ApiToken:
    """Take a token back; it stops working at once. Raises NotAllowed."""
    token = ApiToken.objects.select_related("user").locked().get(pk=token.pk)
    organisations = Organisation.objects.filter(appointments__user=token.user)
    day = clock.local_date(at)
    manages = any(access.may(actor, Right.MANAGE_APPOINTMENTS, row, day) for row in organisations)
    if not actor.system and not manages:
        raise NotAllowed(_("Bare administrator for organisasjonen kan trekke tilbake nøkler."))
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        events.record(event="token.revoked", subject=token, actor=actor, at=at, audience=Audience.INTERNAL)
    return token


def note_use(*, token: ApiToken, day: date) -> None:
    """Note the day a token was used: at most one write a day."""
    if token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)
