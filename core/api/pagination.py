"""Keyset pages that compare (instant, id) as a tuple, so that rows of one instant never loop or get lost (E2)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.errors import Problem, RuleBroken

DEFAULT_SIZE = 100
MAX_SIZE = 500


@dataclass(frozen=True)
class Page:
    """Rows of one page and the cursor of the next."""

    rows: list[Any]
    next_cursor: str | None


def encode(instant: datetime, key: int) -> str:
    """An opaque cursor."""
    return base64.urlsafe_b64encode(json.dumps([instant.isoformat(), key]).encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, int]:
    """Read a cursor. Raises RuleBroken for one that is not ours."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        instant, key = json.loads(text)
        return datetime.fromisoformat(instant), int(key)
    except (ValueError, TypeError, binascii.Error):
        sentence = _("Verdien i «cursor» er ikke gyldig. Bruk verdien fra «next_cursor», eller begynn på nytt uten.")
        raise RuleBroken(problems=[Problem("cursor", sentence, "cursor")]) from None


def page_size(values: Mapping[str, Any]) -> int:
    """``page_size`` from 1 to 500. Raises RuleBroken."""
    text = values.get("page_size", str(DEFAULT_SIZE))
    if not str(text).isascii() or not str(text).isdigit() or not 1 <= int(text) <= MAX_SIZE:
        sentence = _("«page_size» er et tall fra 1 til %(limit)s.") % {"limit": MAX_SIZE}
        raise RuleBroken(problems=[Problem("page_size", sentence, "page_size")])
    return int(text)


def paginate(queryset: QuerySet[Any], *, field: str, values: Mapping[str, Any]) -> Page:
    """One page in ascending (``field``, id) order; ``field`` must never be NULL."""
    size = page_size(values)
    rows = queryset.order_by(field, "pk")
    if cursor := values.get("cursor"):
        instant, key = decode(str(cursor))
        rows = rows.filter(Q(**{f"{field}__gt": instant}) | Q(**{field: instant, "pk__gt": key}))
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, encode(getattr(found[-1], field), found[-1].pk) if more else None)
