"""Canonical JSON (RFC 8785) and the hash of what was sent or submitted (decisions A4, A15)."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import rfc8785


def plain(value: Any) -> Any:
    """Turn rows' values into JSON values: dates as ISO text, decimals as text, integers beyond 2^53 as text."""
    match value:
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case bool() | None | str() | float():
            return value
        case int():
            return value if abs(value) < 2**53 else str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
    return str(value)


def canonical_json(value: Any) -> bytes:
    """The one byte sequence that stands for this value."""
    return rfc8785.dumps(plain(value))


def sha256(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()
