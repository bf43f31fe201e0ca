"""Title, department and the border to the body of an assignment (I-03, I-08)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.importing.habits import assignments as habit
from governance.importing.habits.markers import DEADLINE_LINE
from governance.importing.reading.units import Unit
from governance.importing.recognisers.assignment_starts import Start
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import sentences
from governance.importing.records import Border, Doubt, Span
from governance.importing.values.text import similar, squeeze

_FIELD_LABEL = re.compile(
    r"^(?:Tittel|Oppdragstittel|Oppdrag|Beskrivelse|Beskriving|Oppdragstekst|Tekst)\s*:\s*", re.IGNORECASE
)
_HEADING_DEADLINE = re.compile(r"\s*(?:[–—-]|,|\(|\|)\s*[Ff]rist\b:?\s*(?P<text>[^)]*)\)?\s*$")


@dataclass(slots=True)
class Block:
    """The units of one assignment: its opening, then the body up to where the next thing begins."""

    start: Start
    units: list[Unit] = field(default_factory=list)

    @property
    def body(self) -> list[Unit]:
        return self.units[1:]


def without_department(rest: str) -> tuple[str, str, int]:
    """(title, department as written, characters taken off the front)."""
    match = habit.DEPARTMENT_IN_HEADING.match(rest)
    if match:
        return rest[match.end() :], match["dep"] or match["dep2"] or "", match.end()
    match = habit.DEPARTMENT_AFTER.search(rest)
    if match:
        return rest[: match.start()], match["dep"].strip(), 0
    return rest, "", 0


def first_sentence(text: str) -> int:
    """Where the first sentence of a text ends, its stop left in."""
    return sentences(text)[0][1]


@dataclass(slots=True)
class Title:
    text: str
    department: str
    spans: list[Span]
    doubts: list[Doubt]
    heading_deadline: str = ""
    used: list[Unit] = field(default_factory=list)


def title_of(reading: Reading, block: Block, listed: str) -> Title:
    start = block.start
    unit = start.unit
    rest, department, cut = without_department(start.title)
    offset = start.offset + cut
    result = Title("", department, [], [])
    deadline = _HEADING_DEADLINE.search(rest)
    if deadline:
        result.heading_deadline = deadline["text"]
        rest = rest[: deadline.start()]
    label = _FIELD_LABEL.match(rest)
    if label:
        offset += label.end()
        rest = rest[label.end() :]
    if not rest.strip(" .:"):
        return _title_below(reading, block, result)
    end = len(rest)
    if not unit.is_heading or len(rest) > 170:
        end = first_sentence(rest)
    if listed and similar(rest[:end], listed) < 0.8:
        end = _settled_by_list(rest, end, listed)
    result.text = squeeze(rest[:end]).strip(" :–-")
    result.spans.append(reading.span(unit, "tittel", offset, offset + end))
    result.used.append(unit)
    if (end < len(rest.rstrip()) and not rest[:end].rstrip().endswith(".")) or not _separated(reading, block):
        result.doubts.append(_border_doubt(reading, block, rest, offset))
    return result


def _settled_by_list(rest: str, end: int, listed: str) -> int:
    """The title's end when a list elsewhere in the letter gives the title."""
    best, best_end = 0.8, end
    for match in re.finditer(r"\s|$", rest[: len(listed) + 60]):
        likeness = similar(rest[: match.start()], listed)
        if likeness > best:
            best, best_end = likeness, match.start()
    return best_end


def _title_below(reading: Reading, block: Block, result: Title) -> Title:
    """The reference stands alone: the title is the next line."""
    for unit in block.body[:3]:
        text = _FIELD_LABEL.sub("", unit.text)
        if DEADLINE_LINE.match(text) or habit.DEPARTMENT_LINE.match(text):
            continue
        rest, department, _ = without_department(text)
        end = len(rest) if unit.is_heading else first_sentence(rest)
        result.text = squeeze(rest[:end]).strip(" :–-")
        result.department = result.department or department
        shift = len(unit.text) - len(text)
        result.spans.append(reading.span(unit, "tittel", shift, shift + end))
        result.used.append(unit)
        break
    return result


def _separated(reading: Reading, block: Block) -> bool:
    """True when white space or the format itself parts the title from the body."""
    if block.start.unit.styled or not block.body or block.start.unit.is_item:
        return True
    return block.body[0].gap or block.body[0].is_item or DEADLINE_LINE.match(block.body[0].text) is not None


def _border_doubt(reading: Reading, block: Block, rest: str, offset: int) -> Doubt:
    borders = []
    unit = block.start.unit
    for line in unit.lines[:4]:
        text = squeeze(reading.canonical.text[unit.start : line.end])
        borders.append(Border(line.end, text))
    if block.body and not block.body[0].is_item:
        following = block.body[0]
        for line in following.lines[:1]:
            text = squeeze(reading.canonical.text[unit.start : line.end])
            borders.append(Border(line.end, text))
    return Doubt(
        "title_border",
        "title",
        "Oppsettet viser ikke hvor tittelen slutter og teksten begynner. Se over skillet.",
        tuple(borders),
    )
