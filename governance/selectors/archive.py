"""What became of a document after it was signed: dispatches, journal, events, checksum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.visuals.parts import Action, Event
from governance import permissions
from governance.models import Dispatch, DispatchState, JournalEntry, SteeringDocument
from governance.selectors.after_issue import publication_actions, publication_words
from governance.selectors.events import event_lines
from governance.selectors.removals import RemovalBlock, removal_block


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
    opened: str = ""
    reason: str = ""
    resend: str = ""


@dataclass(frozen=True)
class ArchivePage:
    """Dispatch and copies, the journal of one's own side, events, checksum."""

    dispatches: Sequence[DispatchLine]
    journal: Sequence[tuple[str, str, str]]
    events: Sequence[Event]
    sha256: str
    not_sent_here: bool
    actions: Sequence[Action] = ()
    publication: Sequence[tuple[object, ...]] = ()
    publication_actions: Sequence[Action] = ()
    removals: RemovalBlock | None = None
    check: str = ""


def archive_page(*, document: SteeringDocument, actor: Actor, day: date, no_removal: str) -> ArchivePage:
    """Only what the actor's side may see of each. ``no_removal``: why the actor cannot ask for a removal."""
    dispatches = Dispatch.objects.visible_to(actor, day).filter(subject=document.uuid).select_related("recipient")
    journal = JournalEntry.objects.visible_to(actor, day).filter(subject=document.uuid).select_related("organisation")
    corrects = document.is_issued and permissions.may_correct_copies(actor, document, day)
    return ArchivePage(
        actions=_actions(document) if corrects else (),
        publication=publication_words(document),
        publication_actions=publication_actions(document, actor, day),
        dispatches=[_dispatch(row, own=corrects) for row in dispatches],
        journal=[
            (row.organisation.short, str(row.get_state_display()), reverse("governance:journal_entry", args=[row.uuid]))
            for row in journal
        ],
        events=event_lines(document, actor, (document.issuer.uuid, document.recipient.uuid)),
        sha256=document.sha256,
        not_sent_here=document.origin == "registered",
        removals=removal_block(document, actor, day, no_removal),
        check=reverse("governance:seal", args=[document.uuid]) if document.is_issued else "",
    )


def _actions(document: SteeringDocument) -> list[Action]:
    """What the sender's side may do after the sending."""
    return [
        Action(_("Rett kopilisten"), reverse("governance:correct_copies", args=[document.uuid])),
    ]


def _dispatch(row: Dispatch, *, own: bool) -> DispatchLine:
    """Delivered means accepted by the receiver's mail; opened is known for the addressee alone (decision D1, C6)."""
    moment = row.sent_at or row.planned_at
    failed = row.state == DispatchState.FAILED
    return DispatchLine(
        recipient=row.recipient.name,
        role=str(row.get_role_display()),
        basis=row.basis,
        state=_("levert") if row.state == DispatchState.SENT else str(row.get_state_display()),
        when=formatting.moment(moment) if moment else "",
        receipt=row.receipt,
        failed=failed,
        opened=formatting.moment(row.opened_at) if row.opened_at and row.role == Dispatch.Role.TO else "",
        reason=row.reason,
        resend=reverse("governance:resend", args=[row.uuid]) if failed and own else "",
    )
