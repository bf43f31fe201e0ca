"""Short e-mails about work that waits: a sentence and where to find it, never the content itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from core import mail
from core.models import Message
from core.models.base import BaseModel

PURPOSE = "notice"


def notify(
    *,
    to: Iterable[str],
    subject: str,
    paragraphs: Sequence[str],
    about: BaseModel,
    organisation: UUID | None,
    at: datetime,
    purpose: str = PURPOSE,
) -> list[Message]:
    """Queue one e-mail to each address that is given; empty and repeated addresses are left out.

    Nothing is decided by opening it: the reader signs in and acts on the page (no approval by a link in a mail).
    """
    words = mail.render("chase", subject, {"body": "\n\n".join(paragraphs), "paragraphs": list(paragraphs)})
    addresses = sorted({address.strip() for address in to if address and address.strip()})
    return [
        mail.queue_message(to=address, words=words, purpose=purpose, at=at, about=about, organisation=organisation)
        for address in addresses
    ]
