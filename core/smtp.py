"""The talk with the relay, split where the message leaves: before the body and after the answer."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

SERVICE_NOT_AVAILABLE = 421
PERMANENT = 500
START_INPUT = 354
ACCEPTED = 250


class Refused(Exception):
    """The relay answered no, so the message has certainly not left. ``permanent`` refusals are not tried again."""

    def __init__(self, problem: str, *, permanent: bool) -> None:
        super().__init__(problem)
        self.problem = problem
        self.permanent = permanent


class NoAnswer(Exception):
    """The connection broke. Whether the message left depends on whether the body had been begun."""


class Relay:
    """One connection to the mail relay, opened when first needed and again after it broke."""

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        self.options = options if options is not None else dict(settings.MAILERS["default"]["OPTIONS"])
        self._open: smtplib.SMTP | None = None

    def send(self, *, sender: str, recipient: str, body: bytes, before_body: Callable[[], None]) -> None:
        """Hand one message over. ``before_body`` is called when the relay waits for the body, and not before.

        Raises Refused when the relay says no at any step, NoAnswer when it falls silent.
        """
        try:
            connection = self._connection()
            self._step(connection, lambda: connection.mail(sender), "MAIL")
            self._step(connection, lambda: connection.rcpt(recipient), "RCPT")
            self._step(connection, lambda: connection.docmd("DATA"), "DATA", START_INPUT)
            before_body()
            connection.send(_dotted(body))
            self._step(connection, connection.getreply, "DATA")
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.close()
            raise NoAnswer(type(error).__name__) from error

    def close(self) -> None:
        """Leave politely if the other side still listens."""
        connection, self._open = self._open, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def _connection(self) -> smtplib.SMTP:
        if self._open is None:
            self._open = self._connect()
        return self._open

    def _connect(self) -> smtplib.SMTP:
        options = self.options
        kind = smtplib.SMTP_SSL if options.get("use_ssl") else smtplib.SMTP
        try:
            connection = kind(options["host"], options["port"], timeout=options.get("timeout") or 20)
            connection.ehlo_or_helo_if_needed()
            if options.get("use_tls"):
                connection.starttls(context=ssl.create_default_context())
            if options.get("username"):
                connection.login(options["username"], options["password"])
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPResponseException as error:
            raise Refused(_said("EHLO", error.smtp_code, error.smtp_error), permanent=False) from error
        except smtplib.SMTPException as error:
            raise Refused(str(error), permanent=False) from error
        return connection

    def _step(
        self, connection: smtplib.SMTP, talk: Callable[[], tuple[int, bytes]], name: str, wanted: int = ACCEPTED
    ) -> None:
        code, answer = talk()
        if code == wanted or (wanted == ACCEPTED and code // 10 == ACCEPTED // 10):
            return
        if code == SERVICE_NOT_AVAILABLE:
            self.close()
        else:
            connection.rset()
        raise Refused(_said(name, code, answer), permanent=code >= PERMANENT)


def _said(step: str, code: int, answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return _("Postsystemet svarte %(code)s %(words)s (%(step)s).") % {"code": code, "words": words, "step": step}


def _dotted(body: bytes) -> bytes:
    """The body as it goes over the line: CRLF, leading dots doubled, a lone dot at the end (RFC 5321 4.5.2)."""
    lines = body.replace(b"\r\n", b"\n").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines) + b".\r\n"
