"""A chapter's fixed heading with nothing under it: a place to write in the workspace, left out where a letter is read.

The numbers of the other chapters stay, since goals, rules and other letters point at them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from governance.models import ItemPassage, Passage, PassageKind, SteeringDocument


def lone_headings(passages: Iterable[Mapping[str, Any]], resting: Collection[str]) -> set[str]:
    """Ids of the fixed headings that are all their chapters have. ``resting`` are the ids of passages a row rests on.

    Documents that were read in have no chapters of ours, so none of their words are left out.
    """
    rows = [row for row in passages if row.get("kind") != PassageKind.FURNITURE and row.get("chapter")]
    counts = Counter(row["chapter"] for row in rows)
    return {
        str(row["uuid"])
        for row in rows
        if row["heading_level"] == 1 and counts[row["chapter"]] == 1 and str(row["uuid"]) not in resting
    }


def lone_headings_of(document: SteeringDocument) -> set[UUID]:
    """The same for a document in the database: two queries."""
    rows = Passage.objects.filter(document=document).values("uuid", "kind", "heading_level", "chapter")
    links = ItemPassage.objects.filter(document=document).values_list("passage__uuid", flat=True)
    return {UUID(found) for found in lone_headings(rows, {str(uuid) for uuid in links})}


def read_passages(document: SteeringDocument) -> list[Passage]:
    """The passages of a document as it is read, in order."""
    lone = lone_headings_of(document)
    rows = Passage.objects.filter(document=document).order_by("ordinal", "id")
    return [row for row in rows if row.uuid not in lone]
