"""Page checks that ask for a right."""

from __future__ import annotations

from agencies import access
from agencies.models import Department
from agencies.querysets import departments_with
from agencies.rights import DepartmentRight, Right
from core import clock
from core.pages import Check, PageRequest


def held_rights(request: PageRequest) -> frozenset[str]:
    """Every right the actor has on some organisation today: one query for a whole request, menu included."""
    known: frozenset[str] | None = getattr(request, "_held_rights", None)
    if known is None:
        known = access.held_somewhere(request.actor, clock.today())
        request._held_rights = known  # type: ignore[attr-defined]
    return known


def holds(*rights: Right) -> Check:
    """The actor has one of these rights on some organisation."""

    def check(request: PageRequest) -> bool:
        held = held_rights(request)
        return any(right.value in held for right in rights)

    return check


def holds_for_department(*rights: DepartmentRight) -> Check:
    """The actor has one of these rights on some department."""

    def check(request: PageRequest) -> bool:
        day = clock.today()
        return any(Department.objects.filter(pk__in=departments_with(request.actor, r, day)).exists() for r in rights)

    return check


def any_of(*checks: Check) -> Check:
    """One of several checks says yes."""

    def check(request: PageRequest) -> bool:
        return any(one(request) is True for one in checks)

    return check
