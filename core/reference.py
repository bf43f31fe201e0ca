"""Loading reference data: rows with a code, made or brought up to date, never deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models


def read(name: str) -> Any:
    """The content of ``fixtures/<name>``."""
    return json.loads((Path(settings.BASE_DIR) / "fixtures" / name).read_text(encoding="utf-8"))


def upsert(model: type[models.Model], rows: Iterable[Mapping[str, Any]], key: str = "code") -> int:
    """Make or update each row by its key. Returns how many rows there were."""
    count = 0
    for row in rows:
        values = {name: value for name, value in row.items() if name != key}
        model._default_manager.update_or_create(**{key: row[key]}, defaults=values)
        count += 1
    return count
