"""What governance hears from the kernel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core import clock
from core.actor import Actor
from core.models import Message
from governance.actions import draft_numbers, findings, publication, sending
from governance.models import DocumentFamily, SteeringDocument


def on_message_settled(sender: Any, message: Message, at: datetime, **kwargs: Any) -> None:
    """A dispatch's e-mail has got its final state."""
    if message.purpose == sending.PURPOSE:
        sending.settle_dispatch(message=message, at=at)


def on_document_issued(sender: Any, document: SteeringDocument, actor: Actor, at: datetime, **kwargs: Any) -> None:
    """Look an issued document over; a new instruction concerns the letters that refer to the old one (V-02)."""
    day = clock.local_date(at)
    draft_numbers.explain_unused(document)
    findings.refresh_document_findings(document, day=day)
    if document.kind.family == DocumentFamily.INSTRUCTION:
        findings.recheck_letters(document.recipient, day=day, actor=actor, at=at)
        findings.recheck_imports(document.recipient, day=day)
    else:
        findings.recheck_imports(document.recipient, day=day, year=document.year)
    publication.publish_if_due(document, at=at)
