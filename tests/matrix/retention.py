"""What is deleted when: those who keep a journal see the rules, and the protocol of their own documents."""

from __future__ import annotations

from tests.matrix.people import JOURNAL_RIGHT, Row

ROWS: list[Row] = [Row("governance:retention", ok=JOURNAL_RIGHT, others=403)]
