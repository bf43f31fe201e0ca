"""Puts the actor on the request: the person and the role they have chosen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from agencies import access
from agencies.models import Appointment, User
from core import clock
from core.actor import Actor

SESSION_KEY = "appointment"


def chosen_appointment(request: HttpRequest) -> Appointment | None:
    """The role chosen in this session if it is still valid, else the first one."""
    if not isinstance(request.user, User):
        return None
    appointments = access.appointments_of(request.user, clock.today())
    chosen = request.session.get(SESSION_KEY)
    for appointment in appointments:
        if str(appointment.uuid) == chosen:
            return appointment
    return appointments[0] if appointments else None


class ActorMiddleware:
    """``request.appointment`` and ``request.actor``, both read only when needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set both lazily."""

        def actor() -> Actor:
            if not isinstance(request.user, User) or not request.user.is_authenticated:
                return Actor(user=None, name="")
            appointment = request.appointment  # type: ignore[attr-defined]
            return access.actor_for(request.user, appointment or None)

        request.appointment = SimpleLazyObject(lambda: chosen_appointment(request))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(actor)  # type: ignore[attr-defined]
        return self.get_response(request)
