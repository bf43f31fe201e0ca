"""What every page gets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.navigation import shell_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame (sidebar, top bar, person), worked out only when the page shows it."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request))}
