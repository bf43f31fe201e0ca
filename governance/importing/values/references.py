"""Assignment references: «TB2026-4», «TTB2024 – 42», «TB 2025-22a», «2026-05», «O 73» (R-10..R-14)."""

from __future__ import annotations

import re

from governance.importing.records import AssignmentReference
from governance.importing.values.text import DASHES

_LEAD = re.compile(r"^(?:ID\b|Oppdrag(?:et|\b)|Nr\b|nr\b|nummer\b)[.:]?\s*(?:nr\b\.?\s*)?", re.IGNORECASE)
_D = f"[{DASHES}/.]"
_PARTS = re.compile(
    rf"^(?P<series>[A-Za-zÆØÅæøå]{{0,10}}?)\s?[{DASHES}]?\s?"
    rf"(?:(?P<year>(?:19|20)\d\d)(?:\s?{_D}\s?|\s))?(?P<number>\d{{1,4}})"
    rf"(?:\s?{_D}\s?(?P<second>\d{{1,4}}))?\s?(?P<suffix>[a-z]?)$"
)

_YEAR_FIRST = re.compile(
    rf"^(?P<year>(?:19|20)\d\d)\s?{_D}\s?(?P<series>[A-ZÆØÅ]{{1,3}})(?P<number>\d{{1,3}})(?P<suffix>[a-z]?)$"
)
_SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}$")
"""«4.2»: an assignment known by the number of its section."""


def parse_reference(written: str) -> AssignmentReference:
    """Split a reference into series, year, number and suffix; ``written`` is kept as it stands."""
    kept = written.strip()
    text = _LEAD.sub("", kept).strip(" :.")
    if _SECTION.match(text):
        return AssignmentReference(written=kept)
    match = _PARTS.match(text)
    inside = _YEAR_FIRST.match(text)
    if inside:
        return AssignmentReference(kept, inside["series"], int(inside["year"]), int(inside["number"]), inside["suffix"])
    if not match:
        return AssignmentReference(written=kept)
    year, number, second = match["year"], int(match["number"]), match["second"]
    if second and not year and 2000 <= int(second) <= 2100:
        year, second = second, None
    elif second and not year and len(second) <= 2 and 2000 <= number <= 2100:
        year, number, second = str(number), int(second), None
    elif second:
        number = int(second)
    return AssignmentReference(
        written=kept,
        series=match["series"],
        year=int(year) if year else None,
        number=number,
        suffix=match["suffix"],
    )


def reference_key(written: str) -> str:
    """Comparable form of a reference: no spaces, one kind of dash, upper case, no «Oppdrag»."""
    text = _LEAD.sub("", written.strip())
    text = re.sub(f"[{DASHES}]", "-", text)
    return re.sub(r"\s+", "", text).strip(".:").upper()
