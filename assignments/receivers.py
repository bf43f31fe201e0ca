"""News from the governing documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from assignments.actions.giving import give_assignments
from core.actor import Actor
from governance.models import SteeringDocument
from governance.signals import document_issued


@receiver(document_issued, dispatch_uid="assignments.give")
def give(sender: object, *, document: SteeringDocument, actor: Actor, at: datetime, **news: Any) -> None:
    """A document was issued or registered: its assignments begin their life in the same transaction."""
    give_assignments(document=document, actor=actor, at=at)
