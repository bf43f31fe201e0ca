"""Deciding on publication: those who publish for the agency. What is public itself is open to everybody."""

from __future__ import annotations

from tests.matrix.people import Row

OFFICER = frozenset({"officer"})

ROWS: list[Row] = [
    Row(
        "governance:publication",
        thing="letter",
        ok=OFFICER,
        others=403,
        unseen=frozenset({"sub_agency_officer"}),
    ),
    Row(
        "governance:withdraw_publication",
        thing="letter",
        ok=OFFICER,
        others=403,
        unseen=frozenset({"sub_agency_officer"}),
    ),
]
