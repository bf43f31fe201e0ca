"""State machines as tables: one function applies a step, the same table feeds buttons, API and docs.

Why not a package: they guard an object in memory; two web processes pass the same check. Here the row is
locked before its status is read (architecture 7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, StaleVersion, Text
from core.models.base import VersionedModel

Permission = Callable[[Actor, Any], bool]
Guard = Callable[[Any], Text]


@dataclass(frozen=True)
class Transition:
    """One allowed step. ``guard`` answers an empty text when the step may be taken, else the reason."""

    name: str
    sources: frozenset[str]
    target: str
    label: Text
    permission: Permission
    event: str
    who: Text = ""
    guard: Guard | None = None


@dataclass(frozen=True)
class Offer:
    """A step as the page and the API show it: possible now, or the sentence why not (K15)."""

    transition: Transition
    allowed: bool
    reason: Text = ""


class StateTable:
    """The frozen table of one document type."""

    def __init__(self, field: str, transitions: Iterable[Transition]) -> None:
        self.field = field
        self.transitions = {step.name: step for step in transitions}

    def pairs(self) -> list[tuple[str, str]]:
        """Every (from, to) for the database trigger and the state diagram."""
        return sorted({(source, step.target) for step in self.transitions.values() for source in step.sources})

    def offers(self, obj: VersionedModel, actor: Actor) -> list[Offer]:
        """Each step that starts from the present status, with the reason when it is locked."""
        status = getattr(obj, self.field)
        result = []
        for step in self.transitions.values():
            if status not in step.sources:
                continue
            reason = self.refusal(step, obj, actor)
            result.append(Offer(step, not reason, reason))
        return result

    def refusal(self, step: Transition, obj: Any, actor: Actor) -> Text:
        """Why this actor cannot take this step now; empty when it can be taken."""
        if not step.permission(actor, obj):
            return step.who or _("Rollen din gir ikke rett til dette.")
        return step.guard(obj) if step.guard else ""

    def apply(
        self,
        name: str,
        *,
        obj: VersionedModel,
        actor: Actor,
        at: datetime,
        expected_version: int | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> Transition:
        """Take the step on a row that the caller has locked: permission, version, source, guard, write.

        The caller records ``transition.event`` with its own payload. Raises NotAllowed, StaleVersion,
        NotInThisState.
        """
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("StateTable.apply needs a transaction and a locked row")
        step = self.transitions[name]
        if not step.permission(actor, obj):
            raise NotAllowed(step.who or _("Rollen din gir ikke rett til dette."))
        check_version(obj, expected_version)
        status = getattr(obj, self.field)
        if status not in step.sources:
            label = getattr(obj, f"get_{self.field}_display")()
            raise NotInThisState(_("Dette kan ikke gjøres når status er «%(status)s».") % {"status": label})
        if step.guard and (reason := step.guard(obj)):
            raise NotInThisState(reason)
        setattr(obj, self.field, step.target)
        for key, value in (values or {}).items():
            setattr(obj, key, value)
        bump(obj, fields=(self.field, *(values or {})))
        return step


def check_version(obj: VersionedModel, expected: int | None) -> None:
    """Compare the version a form or ``If-Match`` carried with the row's. Raises StaleVersion."""
    if expected is not None and expected != obj.version:
        raise StaleVersion(
            _("Noen andre lagret mens du skrev. Se hva som er endret, og lagre på nytt. Det du skrev er tatt vare på.")
        )


def bump(obj: VersionedModel, *, fields: Iterable[str] = ()) -> None:
    """Raise the version and save the named fields of a locked row."""
    obj.version += 1
    obj.save(update_fields=[*fields, "version", "updated_at"])
