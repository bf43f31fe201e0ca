"""News from the governing documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from assignments.actions.corrected import follow
from assignments.actions.giving import give_assignments
from core.actor import Actor
from governance.models import SteeringDocument
from governance.signals import document_issued, registration_corrected


@receiver(document_issued, dispatch_uid="assignments.give")
def give(sender: object, *, document: SteeringDocument, actor: Actor, at: datetime, **news: Any) -> None:
    """A document was issued or registered: its assignments begin their life in the same transaction."""
    give_assignments(document=document, actor=actor, at=at)


@receiver(registration_corrected, dispatch_uid="assignments.follow")
def correct(
    sender: object,
    *,
    document: SteeringDocument,
    rows: list[dict[str, Any]],
    gone: set[UUID],
    actor: Actor,
    at: datetime,
    **news: Any,
) -> None:
    """The record of a document was put right: its assignments say what it says, in the same transaction."""
    follow(document, rows, gone, actor=actor, at=at)
