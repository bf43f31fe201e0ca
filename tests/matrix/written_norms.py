"""The share of each written norm: for everybody who reads documents, each about their own body."""

from __future__ import annotations

from tests.matrix.people import EVERYONE, Row

READS = EVERYONE - {"admin", "auditor"}

ROWS: list[Row] = [
    Row("governance:written_norms", ok=READS, others=403),
    Row("governance:written_norms_file", ok=READS, others=403),
]
