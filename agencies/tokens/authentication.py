"""Tokens of system clients, and the actor of an API request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from agencies import access
from agencies.actions.people import digest, note_use
from agencies.middleware import chosen_appointment
from agencies.models import ApiToken, User
from core import clock
from core.actor import Actor

if TYPE_CHECKING:
    from rest_framework.views import APIView

KEYWORD = b"bearer"


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer sd_…``. Only the hash is compared; expired and revoked tokens say so."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The client and its token, or None when no token was sent."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD:
            return None
        if len(parts) != 2:
            raise AuthenticationFailed(_("Send nøkkelen som «Authorization: Bearer <nøkkel>»."))
        secret = parts[1].decode("ascii", errors="ignore")
        token = ApiToken.objects.select_related("user").filter(digest=digest(secret)).first()
        if token is None or not token.user.is_active:
            raise AuthenticationFailed(_("Nøkkelen er ikke gyldig. Be administratoren om en ny."))
        if token.revoked_at is not None:
            raise AuthenticationFailed(_("Nøkkelen er trukket tilbake. Be administratoren om en ny."))
        now = clock.now()
        if token.expires_at <= now:
            raise AuthenticationFailed(_("Nøkkelen er utløpt. Be administratoren om en ny."))
        note_use(token=token, day=clock.local_date(now))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a client without a token is told to send."""
        return 'Bearer realm="styringsdialog"'


def api_actor(request: Request) -> Actor:
    """The actor of an API request: a client acts in its own roles, a person in the one they have chosen."""
    user = request.user
    if not isinstance(user, User):
        return Actor(user=None, name="")
    if isinstance(request.auth, ApiToken):
        appointments = access.appointments_of(user, clock.today())
        return access.actor_for(user, appointments[0] if appointments else None)
    return access.actor_for(user, chosen_appointment(request._request))


class HasScope(BasePermission):
    """A token must carry the view's ``required_scope``; a person needs only to be signed in."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Deny by default: no user, no answer; no declared scope, no token."""
        if not isinstance(request.user, User) or not request.user.is_active:
            return False
        if isinstance(request.auth, ApiToken):
            return getattr(view, "required_scope", None) in request.auth.scopes
        return True
