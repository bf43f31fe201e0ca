"""A small ClamAV client: the INSTREAM command of clamd over TCP."""

from __future__ import annotations

import socket
import struct

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import Unreadable

CHUNK = 64 * 1024


def is_infected(data: bytes) -> bool:
    """Stream the bytes to clamd. Raises Unreadable when the scanner does not answer: unscanned is not clean."""
    host, _sep, port = str(settings.CLAMAV_ADDRESS).rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                chunk = data[start : start + CHUNK]
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            answer = connection.recv(4096)
    except OSError as error:
        raise Unreadable(
            _("Viruskontrollen svarer ikke. Filen er ikke lagret. Prøv igjen om litt."),
            code="scanner_unavailable",
        ) from error
    return b"FOUND" in answer
