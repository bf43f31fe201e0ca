"""E-mail: queue a row, deliver it, say honestly what became of it (decision D1).

``queue_message`` writes the row in the caller's transaction; ``deliver_due`` takes rows one by one. Where a worker
can die, and what happens then:

* before the claim: the row waits and is taken by the next run;
* after the claim, before the body: the claim runs out and the row is taken again, nothing has left;
* while the body is handed over, or after the relay's answer and before our commit: nobody can know. The row is
  tried once more with the same Message-ID and then says «usikker»; it is never tried a third time.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core import files, jobs
from core.errors import DomainError
from core.ids import new_uuid
from core.models import Message, MessageFile, MessageState, StoredFile
from core.models.base import BaseModel
from core.signals import message_settled
from core.smtp import NoAnswer, Refused, Relay

log = structlog.get_logger(__name__)

DELIVER_TASK = "core.tasks.deliver_mail"
MOST_HANDOVERS = 2
GIVE_UP_AFTER = timedelta(days=5)
PAUSES = (60, 300, 900, 3600)  # seconds until the next try after a temporary refusal; the last one repeats


@dataclass(frozen=True)
class Words:
    """What a message says, as text and as HTML with the same content."""

    subject: str
    text: str
    html: str = ""


@dataclass
class Delivered:
    """What one run did, by final state of each message; ``waiting`` are tried again later."""

    sent: list[UUID] = field(default_factory=list)
    uncertain: list[UUID] = field(default_factory=list)
    failed: list[UUID] = field(default_factory=list)
    waiting: list[UUID] = field(default_factory=list)


def render(template: str, subject: str, context: dict[str, Any]) -> Words:
    """Words from ``templates/email/<template>.txt`` and ``.html``; the subject is one line."""
    full = {**context, "subject": subject, "base_url": settings.BASE_URL}
    text = render_to_string(f"email/{template}.txt", full)
    html = render_to_string(f"email/{template}.html", full)
    return Words(" ".join(subject.split())[:300], text.strip() + "\n", html)


def queue_message(
    *,
    to: str,
    words: Words,
    purpose: str,
    at: datetime,
    about: BaseModel | None = None,
    organisation: UUID | None = None,
    recipient_user_id: int | None = None,
    reply_to: str = "",
    attachments: Iterable[StoredFile] = (),
    not_before: datetime | None = None,
) -> Message:
    """Write one e-mail to the queue in the caller's transaction; the worker is rung after commit.

    ``purpose`` says what it is for ("reminder", "dispatch", "purring"), ``about`` the row it belongs to, and
    ``organisation`` the side that sends. The Message-ID is fixed here, once. Receivers of
    ``core.signals.message_settled`` learn what became of it.
    """
    uuid = new_uuid()
    row = Message.objects.create(
        uuid=uuid,
        message_id=f"<{uuid}@{_domain()}>",
        organisation=organisation,
        purpose=purpose,
        about_type=about._meta.label_lower if about is not None else "",
        about=about.uuid if about is not None else None,
        recipient_user_id=recipient_user_id,
        to_address=to,
        reply_to=reply_to,
        subject=words.subject,
        text=words.text,
        html=words.html,
        not_before=not_before or at,
    )
    for ordinal, stored in enumerate(attachments):
        MessageFile.objects.create(message=row, file=stored, ordinal=ordinal)
    transaction.on_commit(partial(jobs.ring_task, DELIVER_TASK))
    return row


def deliver_due(at: datetime, *, relay: Relay | None = None) -> Delivered:
    """Deliver every message that is due at ``at``, one claim and one commit each. Safe to run many at once."""
    started = time.monotonic()
    result = Delivered()
    relay = relay or Relay()
    try:
        while (row := claim(at + timedelta(seconds=time.monotonic() - started))) is not None:
            _deliver(row, relay, result, lambda: at + timedelta(seconds=time.monotonic() - started))
    finally:
        relay.close()
    return result


def claim(at: datetime) -> Message | None:
    """Take the first waiting message, or one whose worker fell silent, and commit the claim."""
    silent_since = at - timedelta(seconds=jobs.lease_seconds())
    with transaction.atomic():
        free = Q(state=MessageState.QUEUED, not_before__lte=at) | Q(
            state=MessageState.SENDING, claimed_at__lt=silent_since
        )
        row = Message.objects.filter(free).select_for_update(skip_locked=True).order_by("id").first()
        if row is None:
            return None
        row.state = MessageState.SENDING
        row.claimed_at = at
        row.attempts += 1
        row.save(update_fields=["state", "claimed_at", "attempts"])
    return row


def _deliver(row: Message, relay: Relay, result: Delivered, now: Any) -> None:
    """One claimed message: hand it over and write what became of it."""
    if row.handovers >= MOST_HANDOVERS:
        _settle(row, MessageState.UNCERTAIN, now(), problem=_twice_unanswered())
        result.uncertain.append(row.uuid)
        return
    handing = partial(_begin_handover, row, now)
    doubt = row.handovers > 0
    try:
        body = as_bytes(row)
        relay.send(
            sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], recipient=row.to_address, body=body, before_body=handing
        )
    except ClaimLost:
        relay.close()
        return
    except Refused as refusal:
        _after_refusal(row, refusal, now(), result)
    except (UnicodeError, DomainError) as error:
        _settle(row, MessageState.FAILED, now(), problem=_unsendable(error))
        result.failed.append(row.uuid)
    except NoAnswer:
        _after_silence(row, now(), result)
    else:
        state = MessageState.UNCERTAIN if doubt else MessageState.SENT
        _settle(row, state, now(), sent=True, problem=_sent_twice() if doubt else "")
        (result.uncertain if doubt else result.sent).append(row.uuid)


class ClaimLost(Exception):
    """Another worker has taken the message; stop before anything leaves."""


def _mine(row: Message) -> Any:
    return Message.objects.filter(pk=row.pk, state=MessageState.SENDING, attempts=row.attempts)


def _begin_handover(row: Message, now: Any) -> None:
    """Write that the body is about to leave, so that a dead worker leaves a trace. Raises ClaimLost."""
    at = now()
    if not _mine(row).update(handed_at=at, claimed_at=at, handovers=F("handovers") + 1):
        raise ClaimLost
    row.handovers += 1
    row.handed_at = at


def _after_refusal(row: Message, refusal: Refused, at: datetime, result: Delivered) -> None:
    """The relay said no: this try has certainly not left, so it does not count as a handover."""
    if row.handed_at is not None and row.handovers:
        _mine(row).filter(handed_at=row.handed_at).update(handovers=F("handovers") - 1)
        row.handovers -= 1
    if refusal.permanent or at - row.not_before > GIVE_UP_AFTER:
        state = MessageState.UNCERTAIN if row.handovers else MessageState.FAILED
        _settle(row, state, at, problem=refusal.problem)
        (result.uncertain if row.handovers else result.failed).append(row.uuid)
    else:
        _try_later(row, at, refusal.problem)
        result.waiting.append(row.uuid)


def _after_silence(row: Message, at: datetime, result: Delivered) -> None:
    """The connection broke: before the body nothing left; after it began, try once more and say «usikker»."""
    if row.handovers >= MOST_HANDOVERS:
        _settle(row, MessageState.UNCERTAIN, at, problem=_twice_unanswered())
        result.uncertain.append(row.uuid)
    elif at - row.created_at > GIVE_UP_AFTER and not row.handovers:
        _settle(row, MessageState.FAILED, at, problem=_("Postsystemet svarte ikke på fem døgn."))
        result.failed.append(row.uuid)
    else:
        _try_later(row, at, _("Postsystemet svarte ikke."))
        result.waiting.append(row.uuid)


def _try_later(row: Message, at: datetime, problem: str) -> None:
    pause = PAUSES[min(row.attempts, len(PAUSES)) - 1]
    _mine(row).update(
        state=MessageState.QUEUED, not_before=at + timedelta(seconds=pause), claimed_at=None, problem=problem
    )


def _settle(row: Message, state: MessageState, at: datetime, *, sent: bool = False, problem: str = "") -> None:
    """Write the final state and tell the apps, in one transaction. A failing receiver does not undo the state."""
    values: dict[str, Any] = {"state": state, "settled_at": at, "problem": problem}
    if sent:
        values["sent_at"] = at
    with transaction.atomic():
        if not _mine(row).update(**values):
            return
        for key, value in values.items():
            setattr(row, key, value)
        try:
            with transaction.atomic():
                message_settled.send(sender=Message, message=row, at=at)
        except Exception:
            log.exception("message_receiver_failed", message=str(row.uuid))


def as_bytes(row: Message) -> bytes:
    """The message as it goes over the line; the same row gives the same Message-ID and date each time."""
    mail = EmailMessage()
    mail["Message-ID"] = row.message_id
    mail["Date"] = format_datetime(row.created_at)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail["From"] = formataddr((name or "Styringsdialog", address))
    mail["To"] = row.to_address
    if row.reply_to:
        mail["Reply-To"] = row.reply_to
    mail["Subject"] = row.subject
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(row.text)
    if row.html:
        mail.add_alternative(row.html, subtype="html")
    for part in row.files.select_related("file"):
        main, _sep, sub = part.file.content_type.partition("/")
        mail.add_attachment(
            files.read(part.file), maintype=main, subtype=sub or "octet-stream", filename=part.file.name
        )
    _fix_boundaries(mail, row)
    return mail.as_bytes()


def _fix_boundaries(mail: EmailMessage, row: Message) -> None:
    """Boundaries from the row's id instead of chance, so that a second try is the same bytes."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{row.uuid.hex}_{number}")


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _sent_twice() -> str:
    return _("Arbeideren stanset under sendingen. Meldingen ble sendt på nytt og kan ha kommet to ganger.")


def _twice_unanswered() -> str:
    return _("Sendingen ble avbrutt to ganger uten svar fra postsystemet. Spør mottakeren om meldingen kom fram.")


def _unsendable(error: Exception) -> str:
    if isinstance(error, DomainError):
        return str(error)
    return _("Meldingen kan ikke sendes slik den er: adressen eller et vedlegg kan ikke brukes.")
