"""Finding the row an older letter gave, by the number a later letter writes (R-10 to R-14)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from governance.importing.values.references import parse_reference, reference_key

_POINT = re.compile(r",\s*(?:bokstav|punkt|pkt\.?|del)\b.*$", re.IGNORECASE)


def number_key(data: Mapping[str, Any]) -> str:
    """Comparable number of an assignment; empty when it has none."""
    if data.get("number") is not None and data.get("year"):
        return _key(
            str(data.get("series") or ""), int(data["year"]), int(data["number"]), str(data.get("suffix") or "")
        )
    return written_key(str(data.get("reference") or ""))


def written_key(written: str) -> str:
    """The same, from the words of a letter: «TTB2024 – 42», «TB2026-20, bokstav c»."""
    text = _POINT.sub("", written.strip())
    if not text:
        return ""
    parts = parse_reference(text)
    if parts.number is not None and parts.year:
        return _key(parts.series or "", parts.year, parts.number, parts.suffix or "")
    return reference_key(text)


def _key(series: str, year: int, number: int, suffix: str) -> str:
    return f"{series.upper()}{year}-{number}{suffix.lower()}"
