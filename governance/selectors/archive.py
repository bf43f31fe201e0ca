"""What became of a document after it was signed: dispatches, journal, events, checksum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core import formatting
from core.actor import Actor
from core.visuals.parts import Event
from governance.models import Dispatch, DispatchState, JournalEntry, SteeringDocument
from governance.selectors.events import event_lines


@dataclass(frozen=True)
class DispatchLine:
    """One dispatch: to whom, why, and how far it has come. «Registrert» never reads as sent."""

    recipient: str
    role: str
    basis: str
    state: str
    when: str
    receipt: str
    failed: bool


@dataclass(frozen=True)
class ArchivePage:
    """Dispatch and copies, the journal of one's own side, events, checksum."""

    dispatches: Sequence[DispatchLine]
    journal: Sequence[tuple[str, str, str]]
    events: Sequence[Event]
    sha256: str
    not_sent_here: bool


def archive_page(*, document: SteeringDocument, actor: Actor, day: date) -> ArchivePage:
    """Only what the actor's side may see of each."""
    dispatches = Dispatch.objects.visible_to(actor, day).filter(subject=document.uuid).select_related("recipient")
    journal = JournalEntry.objects.visible_to(actor, day).filter(subject=document.uuid).select_related("organisation")
    return ArchivePage(
        dispatches=[_dispatch(row) for row in dispatches],
        journal=[
            (row.organisation.short, str(row.get_state_display()), reverse("governance:journal_entry", args=[row.uuid]))
            for row in journal
        ],
        events=event_lines(document, actor, (document.issuer.uuid, document.recipient.uuid)),
        sha256=document.sha256,
        not_sent_here=document.origin == "registered",
    )


def _dispatch(row: Dispatch) -> DispatchLine:
    moment = row.sent_at or row.planned_at
    return DispatchLine(
        recipient=row.recipient.name,
        role=str(row.get_role_display()),
        basis=row.basis,
        state=str(row.get_state_display()),
        when=formatting.moment(moment) if moment else "",
        receipt=row.receipt,
        failed=row.state == DispatchState.FAILED,
    )
