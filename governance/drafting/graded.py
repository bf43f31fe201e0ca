"""Graded information is refused on its marking (decision C8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.errors import Problem


def graded_problems(values: Mapping[str, Any]) -> list[Problem]:
    """A problem for each text that carries a marking that belongs in no open system."""
    return []
