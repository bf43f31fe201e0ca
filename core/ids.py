"""Permanent identifiers: UUID version 7, so that they sort by time of making (RFC 9562)."""

import os
import time
import uuid


def new_uuid() -> uuid.UUID:
    """A UUIDv7: 48 bits of milliseconds, then random bits."""
    millis = time.time_ns() // 1_000_000
    value = (millis & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)
