"""Who may read a stored file: each app says so for the kinds of things it owns (decision A16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.actor import Actor
from core.models import StoredFile

FileAccess = Callable[[Actor, StoredFile, date], bool]
_CHECKS: dict[str, list[FileAccess]] = {}


def register_file_access(owner_type: str, check: FileAccess) -> None:
    """Say who may read files that belong to ``owner_type`` ("reporting.report"). Any one check that says yes is enough.

    Called in the app's ``ready``; registering the same check again changes nothing.
    """
    checks = _CHECKS.setdefault(owner_type, [])
    if check not in checks:
        checks.append(check)


def may_read(actor: Actor, stored: StoredFile, day: date) -> bool:
    """Whether the actor may read this file. A file nobody has spoken for is read by nobody."""
    if not actor.is_person or stored.scan_state == "infected":
        return False
    return any(check(actor, stored, day) for check in _CHECKS.get(stored.owner_type, ()))
