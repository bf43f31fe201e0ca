"""Rooms of the permission matrix: one module a room, each with ``ROWS`` and, if it needs things of its own, ``fill``.

A new set of pages brings its module; nothing else has to be told. ``fill(world, cast)`` adds the things its rows name.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from tests.matrix.people import Row

NOT_ROOMS = frozenset({"people"})


def rooms() -> Iterator[ModuleType]:
    """The modules of this package that hold rows, by name."""
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if found.name not in NOT_ROOMS:
            yield import_module(f"{__name__}.{found.name}")


def rows() -> list[Row]:
    """All rows of all rooms."""
    return [row for room in rooms() for row in room.ROWS]


def fillers() -> list[Callable[[Any, Any], None]]:
    """What each room adds to the world."""
    return [room.fill for room in rooms() if hasattr(room, "fill")]
