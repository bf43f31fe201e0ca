"""What every act around a draft begins with: lock the document, ask for the right, compare the version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, Text
from core.models import Audience
from core.models.base import BaseModel
from core.transitions import check_version
from governance import permissions
from governance.models import HearingRound, InputRound, SteeringDocument


def lock_document(document: SteeringDocument) -> SteeringDocument:
    """The document's row, locked, with kind and both sides: two acts on one document come after each other."""
    found: SteeringDocument = (
        SteeringDocument.objects.select_related("kind", "issuer", "recipient", "supplements")
        .locked()
        .get(pk=document.pk)
    )
    return found


def lock_for_drafter(
    document: SteeringDocument, *, actor: Actor, at: datetime, sentence: Text, expected_version: int | None = None
) -> SteeringDocument:
    """Lock the document for one who writes it. Raises NotAllowed, StaleVersion."""
    found = lock_document(document)
    if not permissions.may_draft(actor, found, clock.local_date(at)):
        raise NotAllowed(sentence)
    check_version(found, expected_version)
    return found


def close_rounds(document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """End what is open around a document that is put away: nobody is left waiting to answer."""
    HearingRound.objects.filter(document=document, closed_at__isnull=True).update(
        closed_at=at, closed_by_id=actor.user_id
    )
    InputRound.objects.filter(document=document, closed_at__isnull=True).update(
        closed_at=at, closed_by_id=actor.user_id
    )


def tell(
    event: str,
    document: SteeringDocument,
    *,
    actor: Actor,
    at: datetime,
    subject: BaseModel | None = None,
    reason: str = "",
    after: Mapping[str, Any] | None = None,
    shared: bool = False,
) -> None:
    """One event about the work on a document; inside the issuer unless it is shared with the other side."""
    own = actor.organisation or document.issuer.uuid
    other = document.recipient.uuid if own == document.issuer.uuid else document.issuer.uuid
    events.record(
        event=event,
        subject=subject or document,
        actor=actor,
        at=at,
        organisation=own,
        counterpart=other if shared else None,
        reason=reason,
        after=after,
        audience=Audience.SHARED if shared else Audience.INTERNAL,
    )
