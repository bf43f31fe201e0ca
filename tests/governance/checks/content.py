"""Contents for the checks, written by hand: rows and surroundings with only what a rule reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from governance import checks
from governance.checks.content import Content, Party, Row, Stage
from governance.checks.surroundings import Surroundings, Words

DAY = date(2026, 3, 2)
DATED = date(2025, 12, 22)
BOTH = (Stage.IMPORT, Stage.DRAFT)


def row(kind: str, place: str = "rad", /, **data: Any) -> Row:
    """A row of a kind, named by its place."""
    return Row(f"00000000-0000-0000-0000-{abs(hash((kind, place))) % 10**12:012d}", kind, place, data)


def assignment(reference: str, **data: Any) -> Row:
    """A new assignment with a deadline."""
    series, _sep, number = reference.rpartition("-")
    name = {
        "written": reference,
        "series": series.rstrip("0123456789"),
        "year": int(series[-4:]),
        "number": int(number),
    }
    values = {"reference": name, "change": "new", "deliveries": [{"date": date(2026, 10, 1), "deadline_text": "1.10."}]}
    return row("assignment", reference, **(values | data))


def letter(*rows: Row, stage: Stage = Stage.DRAFT, texts: tuple[str, ...] = (), **fields: Any) -> Content:
    """A letter of 2026; ``around`` fields by name."""
    around = {name: fields.pop(name) for name in list(fields) if name in Surroundings.__dataclass_fields__}
    words = tuple(Words(f"p{n}", "", text) for n, text in enumerate(texts))
    around.setdefault("words", words)
    held = Surroundings(title="Tildelingsbrev", language="nb", **around)
    base = Content(stage=stage, day=DAY, family="letter", year=2026, dated=DATED, rows=tuple(rows), around=held)
    return replace(base, issuer=Party("i", "Departementet", "DEP", None), **fields)


def found(check_id: str, content: Content) -> list[tuple[str, str]]:
    """(severity, sentence) of what one rule finds, with plain spaces."""
    rows = [one for one in checks.run(content) if one.check_id == check_id]
    return [(one.severity, one.sentence.replace("\u00a0", " ")) for one in rows]
