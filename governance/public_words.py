"""Titles the public meets: one that says nothing is refused, in the journal and where documents are published (C7)."""

from __future__ import annotations

#: Public titles that say nothing; the public must be able to ask for the document.
EMPTY_TITLES = frozenset({"brev", "svar", "notat", "e-post", "epost", "dokument", "vedlegg", "rapport", "referat"})
SHORTEST = 8


def says_nothing(title: str) -> bool:
    """Empty, too short, or one of the words that fit every document."""
    words = title.strip()
    return words.lower().rstrip(".") in EMPTY_TITLES or len(words) < SHORTEST
