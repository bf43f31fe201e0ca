"""A real SMTP server in this process, for tests: it keeps what arrives and can refuse, wait or fall silent."""

from __future__ import annotations

import email
import email.policy
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from core.smtp import Relay

Answer = Callable[[str], str | None]


@dataclass
class Mailbox:
    """What came, and how to answer. ``answer(step)`` is called with RCPT, DATA or DONE and may give a refusal."""

    address: tuple[str, int] = ("127.0.0.1", 0)
    received: list[EmailMessage] = field(default_factory=list)
    answer: Answer = lambda _step: None
    drop_after_data: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """As SMTP_URL."""
        return f"smtp://{self.address[0]}:{self.address[1]}"

    def relay(self) -> Relay:
        """A connection to this server."""
        return Relay({"host": self.address[0], "port": self.address[1], "timeout": 5})

    def ids(self) -> list[str]:
        """Message-IDs in the order they came."""
        with self.lock:
            return [str(mail["Message-ID"]) for mail in self.received]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """A recipient."""
        refusal = await server.loop.run_in_executor(None, self.answer, "RCPT")
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """A whole message."""
        refusal = await server.loop.run_in_executor(None, self.answer, "DATA")
        if refusal:
            return refusal
        content = cast(bytes, envelope.content)
        with self.lock:
            self.received.append(cast(EmailMessage, email.message_from_bytes(content, policy=email.policy.default)))
        await server.loop.run_in_executor(None, self.answer, "DONE")
        if self.drop_after_data:
            self.drop_after_data -= 1
            server.transport.abort()
        return "250 OK"


class AnyPort(Controller):
    """A controller on a port chosen by the system."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    """Listen on a port chosen by the system until the block ends."""
    mailbox = Mailbox()
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller = AnyPort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    mailbox.address = ("127.0.0.1", controller.port)
    try:
        yield mailbox
    finally:
        controller.stop()
