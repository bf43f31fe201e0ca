"""Assignment numbers as letters write them: «TTB2024 – 42», «TB 2025-22a», «TB2026-20, bokstav c» (R-14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"^\s*([A-ZÆØÅa-zæøå]{1,10})\s*(\d{4})\s*[-\u2010-\u2015\u2212/]\s*(\d{1,4})\s*([a-z]?)\b", re.UNICODE
)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Key:
    """The parts that make a number the same number, however it is written."""

    series: str
    year: int
    number: int
    suffix: str = ""


def parse(text: str) -> Key | None:
    """The key of a number as written, or None when it has another form."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    series, year, number, suffix = found.groups()
    return Key(series.upper(), int(year), int(number), suffix)


def plain_title(title: str) -> str:
    """A title for comparison: without the bracket that names recipients, in lower case, single spaces."""
    return _SPACES.sub(" ", _BRACKETS.sub("", title)).strip(" .").casefold()


def plain_text(text: str) -> str:
    """A text for comparison: single spaces."""
    return _SPACES.sub(" ", text).strip()
