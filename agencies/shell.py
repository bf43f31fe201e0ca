"""Tells the frame of the page who is signed in and in which role (core.navigation)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from agencies.models import User
from core import navigation
from core.navigation import Person


def person(request: HttpRequest) -> Person | None:
    """Name, initials and "Etatsstyrer, HOD" for the user menu."""
    user = request.user
    if not isinstance(user, User):
        return None
    appointment: Any = getattr(request, "appointment", None)
    role = ""
    if appointment:
        name = appointment.role.name_nn if get_language() == "nn" else appointment.role.name_nb
        role = f"{name}, {appointment.organisation.short}"
    return Person(name=str(user), initials=user.initials, role=role)


def size(request: HttpRequest) -> str:
    """Text size the person chose: "sm" (tett) or "md" (romslig)."""
    return request.user.density if isinstance(request.user, User) else "sm"


def keys(request: HttpRequest) -> bool:
    """Whether single-letter keys are on for this person."""
    return request.user.keyboard_shortcuts if isinstance(request.user, User) else True


def connect() -> None:
    """Called once when the app starts."""
    navigation.use_person(person)
    navigation.use_preferences(size=size, keys=keys)
