"""The worker's half of a dispatch: attach, hand over to the mail queue, and note what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies import access
from agencies.rights import Right
from core import clock, events, mail
from core.actor import Actor, system_actor
from core.errors import NotAllowed, NotInThisState
from core.models import Message, MessageState, StoredFile
from governance.actions import rendering
from governance.models import (
    AssignmentItem,
    Dispatch,
    DispatchState,
    DocumentFile,
    JournalEntry,
    SteeringDocument,
)

Progress = Callable[[int, int], None]
Attachments = Callable[[UUID, Actor, datetime, Progress], Iterable[StoredFile]]
PURPOSE = "dispatch"


def _letter_attachments(uuid: UUID, actor: Actor, at: datetime, progress: Progress) -> list[StoredFile]:
    """The copy to read, and the letter's own annexes unless the letter holds something exempt (ADR 6).

    Which annex the exempt text stands in is not known, so none leaves by mail; those who may read find them here.
    """
    document = SteeringDocument.objects.for_detail().get(uuid=uuid)
    reading = rendering.reading_copy(document=document, actor=actor, at=at, progress=progress)
    if AssignmentItem.objects.filter(document=document, restricted=True).exists():
        return [reading]
    attached = DocumentFile.objects.filter(document=document, role=DocumentFile.Role.ATTACHMENT).select_related("file")
    return [reading, *(row.file for row in attached)]


def _thread_attachments(uuid: UUID, actor: Actor, at: datetime, progress: Progress) -> list[StoredFile]:
    return [rendering.thread_copy(thread=uuid, actor=actor, at=at, progress=progress)]


_ATTACHMENTS: dict[str, Attachments] = {
    "governance.steeringdocument": _letter_attachments,
    "governance.rowcomment": _thread_attachments,
}


def register_attachments(subject_type: str, find: Attachments) -> None:
    """Tell which files go with a kind of thing (used by the apps above for reports and answers)."""
    _ATTACHMENTS[subject_type] = find


def send_dispatches(*, subject_type: str, subject: UUID, at: datetime, progress: Progress) -> int:
    """Queue an e-mail for every planned dispatch of one thing; all get the same act time. Safe to run twice.

    Returns how many were queued now.
    """
    planned = Dispatch.objects.filter(subject=subject, state=DispatchState.PLANNED, message_id="")
    ids = list(planned.order_by("id").values_list("pk", flat=True))
    if not ids:
        return 0
    find = _ATTACHMENTS.get(subject_type)
    attachments = list(find(subject, system_actor("forsendelse"), at, progress)) if find else []
    sum_of = JournalEntry.objects.filter(subject=subject).exclude(sha256="").values_list("sha256", flat=True).first()
    return sum(_queue(pk, attachments, str(sum_of or ""), at) for pk in ids)


def _words(row: Dispatch, sha256: str, *, attached: bool) -> mail.Words:
    subjects = {
        Dispatch.Role.TO: _("%(title)s fra %(sender)s"),
        Dispatch.Role.COPY: _("Kopi: %(title)s fra %(sender)s"),
        Dispatch.Role.RECALL: _("Tilbakekalt kopi: %(title)s fra %(sender)s"),
    }
    with translation.override("nb"):
        subject = subjects[Dispatch.Role(row.role)] % {"title": row.title, "sender": row.sender.name}
        context = {"dispatch": row, "sender": row.sender, "recipient": row.recipient}
        return mail.render("dispatch", subject, {**context, "sha256": sha256, "attached": attached})


@transaction.atomic
def _queue(pk: int, attachments: list[StoredFile], sha256: str, at: datetime) -> int:
    row = Dispatch.objects.select_related("sender", "recipient").locked().get(pk=pk)
    if row.state != DispatchState.PLANNED or row.message_id:
        return 0
    attachments = [] if row.role == Dispatch.Role.RECALL else attachments
    words = _words(row, sha256, attached=bool(attachments))
    message = mail.queue_message(
        to=row.address,
        words=words,
        purpose=PURPOSE,
        at=at,
        about=row,
        organisation=row.sender.uuid,
        reply_to=row.sender.mailbox,
        attachments=attachments,
    )
    row.message_id, row.attempts, row.claimed_at = message.message_id, row.attempts + 1, at
    row.save(update_fields=["message_id", "attempts", "claimed_at"])
    return 1


_RECEIPTS = {
    MessageState.SENT: (DispatchState.SENT, "Tatt imot av e-postsystemet."),
    MessageState.UNCERTAIN: (
        DispatchState.FAILED,
        "Usikkert om den kom fram: e-postsystemet svarte ikke. Send på nytt.",
    ),
    MessageState.FAILED: (DispatchState.FAILED, "E-postsystemet avviste den: %(problem)s"),
    MessageState.BOUNCED: (DispatchState.FAILED, "Kom i retur: %(problem)s"),
}


@transaction.atomic
def settle_dispatch(*, message: Message, at: datetime) -> None:
    """Write what became of a dispatch's e-mail. «Sendt» is only said when the relay has accepted it."""
    row = Dispatch.objects.locked().filter(uuid=message.about, message_id=message.message_id).first()
    if row is None:
        return
    state, words = _RECEIPTS[MessageState(message.state)]
    row.state, row.receipt = state, words % {"problem": message.problem} if "%(" in words else words
    row.sent_at = message.sent_at if state == DispatchState.SENT else row.sent_at
    row.save(update_fields=["state", "receipt", "sent_at"])
    events.record(
        event=f"dispatch.{'sent' if state == DispatchState.SENT else 'failed'}",
        subject=row,
        actor=system_actor("forsendelse"),
        at=at,
        organisation=Dispatch.objects.values_list("sender__uuid", flat=True).get(pk=row.pk),
        after={"subject": row.subject, "state": row.state},
    )


@transaction.atomic
def resend(*, dispatch: Dispatch, address: str, actor: Actor, at: datetime) -> Dispatch:
    """Send a failed dispatch again, to the same or a corrected mailbox: a new row beside the old one.

    Raises NotAllowed, NotInThisState.
    """
    row = Dispatch.objects.select_related("sender", "recipient").locked().get(pk=dispatch.pk)
    day = clock.local_date(at)
    rights = [access.may(actor, Right.REGISTER_DOCUMENTS, side, day) for side in (row.recipient, row.sender)]
    own = [access.may(actor, Right.REGISTER_SUBMISSIONS, row.sender, day)]
    if actor.organisation != row.sender.uuid or not any(
        rights + own + [access.may_anywhere(actor, Right.JOURNAL, day)]
    ):
        raise NotAllowed(_("Bare avsenderen kan sende på nytt."))
    if row.state != DispatchState.FAILED:
        raise NotInThisState(_("Forsendelsen har ikke mislyktes. Bare mislykkede forsendelser sendes på nytt."))
    values: dict[str, Any] = {
        name: getattr(row, name)
        for name in (
            "subject_type",
            "subject",
            "title",
            "role",
            "correspondence",
            "basis",
            "simultaneous",
            "channel",
            "reason",
        )
    }
    made = Dispatch.objects.create(
        sender=row.sender, recipient=row.recipient, address=address or row.address, planned_at=at, **values
    )
    from governance.actions.dispatch import ring_sender

    ring_sender(subject_type=row.subject_type, subject=row.subject, title=row.title, actor=actor)
    return made
