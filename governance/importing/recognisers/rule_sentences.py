"""The sentences of a document, each with its unit and place: what the rules of an instruction are looked for in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import sentences
from governance.importing.records import Span
from governance.importing.values.text import squeeze

#: longer sentences are tables and lists run together; a rule is said in fewer words
LONGEST = 700


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph or list item. ``intro`` is the line that opened the list it stands in."""

    unit: Unit
    text: str
    start: int
    end: int
    intro: str = ""

    def rest(self, reading: Reading) -> tuple[tuple[int, ...], tuple[Span, ...]]:
        """The passages it rests on, and its words in them."""
        return reading.claim("rule", self.unit), (reading.span(self.unit, "regel", self.start, self.end),)


def rule_sentences(reading: Reading) -> Iterator[Sentence]:
    """All sentences in reading order, headings, tables and page furniture left out. Linear in the text."""
    intro = ""
    for unit in reading.body():
        if unit.is_heading or unit.is_row:
            intro = ""
            continue
        if not unit.is_item:
            intro = unit.text if unit.text.rstrip().endswith(":") else ""
        for start, end in sentences(unit.text):
            if end - start <= LONGEST:
                yield Sentence(unit, squeeze(unit.text[start:end]), start, end, intro if unit.is_item else "")
