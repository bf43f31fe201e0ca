"""Which assignment an amount is for, as the letter says it beside the line: «Til oppdrag TB2026-3, bokstav c»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.letters.words import LetterWords
from governance.models import AssignmentItem
from governance.roundtrip.letter import Letter

_POINT = re.compile(r"^(?P<number>\d*)\s*(?P<letter>[a-zæøå])$", re.IGNORECASE)


@dataclass(frozen=True)
class PaidFor:
    """An assignment that money is for. An exempt one is known by its number alone: ``title`` is empty then."""

    reference: str
    title: str
    number: int | None


def assignments_of(letter: Letter) -> dict[str, PaidFor]:
    """The letter's own assignments by permanent id."""
    return {row["uuid"]: _of(row["data"]) for row in letter.items if row["type"] == "assignment"}


def assignments_paid(letter: Letter) -> dict[str, PaidFor]:
    """Every assignment the letter's money is for, also those of earlier letters: at most one query."""
    own = assignments_of(letter)
    elsewhere = set(_named(letter)) - set(own)
    if not elsewhere:
        return own
    rows = AssignmentItem.objects.filter(uuid__in=elsewhere)
    found = rows.values("uuid", "reference", "title", "number", "restricted")
    return own | {str(row["uuid"]): _of(row) for row in found}


def _named(letter: Letter) -> Iterator[str]:
    for row in letter.items:
        if row["type"] == "budget_line":
            for one in (row["data"], *row["data"]["splits"]):
                if one["assignment_item"]:
                    yield str(one["assignment_item"])


def _of(data: Mapping[str, Any]) -> PaidFor:
    return PaidFor(data["reference"], "" if data["restricted"] else data["title"], data["number"])


def paid_for(words: LetterWords, row: Mapping[str, Any], assignments: Mapping[str, PaidFor]) -> str:
    """The words beside a line or a part of it; empty when the money is for no assignment."""
    found = assignments.get(str(row["assignment_item"])) if row["assignment_item"] else None
    if found is None:
        return ""
    name = f"{words.to_assignment} {found.reference}"
    if not found.reference:
        name = f"{words.to_assignment} «{found.title}»" if found.title else words.to_some_assignment
    point = _point(words, str(row["anchor"] or "").strip(), found)
    return f"{name}, {point}" if point else name


def _point(words: LetterWords, anchor: str, assignment: PaidFor) -> str:
    """«3c» and «c» of assignment 3 are «bokstav c»; «2» is «punkt 2»; what is written in words stands."""
    found = _POINT.match(anchor)
    if found and found["number"] in ("", str(assignment.number or "")):
        return f"{words.by_letter} {found['letter'].lower()}"
    return f"{words.by_point} {anchor}" if found or anchor.isdigit() else anchor
