"""Assignments in parts that do not call themselves so: a heading, and below it a duty with a deadline (R-10).

Used only in a letter whose assignments carry no references: there the number of the section is how people
name the assignment.
"""

from __future__ import annotations

import re
from collections import defaultdict

from governance.importing.habits.assignments import MOVED_TEXT
from governance.importing.habits.labels import Label, heading_labels
from governance.importing.habits.letterheads import ANNEX, GREETING
from governance.importing.habits.markers import DEADLINE_LINE, GOAL_LINE
from governance.importing.reading.outline import Section
from governance.importing.reading.units import Unit
from governance.importing.recognisers.assignment_starts import Start
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import Part, deadlines_of, during_the_year

_DUTY = re.compile(rf"\b(?:skal|bes|ber)\b|{MOVED_TEXT.pattern}", re.IGNORECASE)
_INNER_LIFE = re.compile(
    r"styring\s+og\s+kontroll|internkontroll|risiko|sikkerhet|beredskap\s+og|og\s+beredskap|tryggleik|innledning|innleiing|"
    r"bakgrunn|administrativ|personal|bemanning|rapport|rekneskap|regnskap|styringsdialog|etatsstyring|møte|dialog|"
    r"instruks|lærling|likestilling|vilkår|økonomi|faste\s+oppg|overordn",
    re.IGNORECASE,
)
"""Headings of parts on how an agency is run: duties with dates there are standing ones."""
_OTHER_PARTS = {Label.BUDGET, Label.CALENDAR, Label.REPORTING, Label.AUTHORISATION, Label.COMMON, Label.COPY}
_LONGEST = 40
"""So many units below a heading are read for a duty and a deadline (linear time)."""


def duty_starts(reading: Reading, taken: set[int], known: list[Start]) -> list[Start]:
    """Sections and small headings that give a duty with a deadline."""
    if any(start.written for start in known):
        return []
    return _sections(reading, taken) or _headings(reading, taken)


def _closed(reading: Reading, unit: Unit) -> bool:
    """True in parts on money, dates, reports and the agency's own running, and before the first numbered part."""
    chain = reading.outline.chain(unit)
    if not any(section.number or (section.heading and section.heading.styled) for section in chain):
        return True
    return any(set(section.labels) & _OTHER_PARTS or _INNER_LIFE.search(section.title) for section in chain)


def _below(reading: Reading, heading: Unit) -> list[Unit]:
    """What stands below a heading, up to the next one or the end of the letter."""
    below: list[Unit] = []
    for unit in reading.after(heading):
        stops = unit.is_heading and not (heading.number and unit.weak) and not DEADLINE_LINE.match(unit.text)
        if stops or len(below) > _LONGEST or unit.is_row or GREETING.match(unit.text) or ANNEX.match(unit.text):
            break
        below.append(unit)
    return below


def _due(reading: Reading, units: list[Unit]) -> bool:
    return any(deadlines_of(reading, unit, Part()) for unit in units) or bool(during_the_year(reading, units))


def _gives(reading: Reading, heading: Unit, taken: set[int]) -> tuple[bool, bool]:
    """(a duty with a deadline stands below, a line «Frist: …» does)."""
    units = _below(reading, heading)
    if any(unit.index in taken or reading.claimed(unit) for unit in [heading, *units]):
        return False, False
    duty = any(_DUTY.search(unit.text) for unit in units)
    return duty and _due(reading, units), duty and any(DEADLINE_LINE.match(unit.text) for unit in units)


def _titled(unit: Unit) -> bool:
    return 8 < len(unit.text) < 120 and not unit.text.endswith((":", ".")) and not GOAL_LINE.match(unit.text)


def _sections(reading: Reading, taken: set[int]) -> list[Start]:
    """«2.1.1 Kampanje om egenberedskap» below a goal: two or more beside each other, or one with «Frist:»."""
    parents = {section.parent for section in reading.outline.sections if section.number}
    groups: dict[int | None, list[tuple[Unit, bool]]] = defaultdict(list)
    for section in reading.outline.sections:
        heading = section.heading
        if heading is None or not _leaf(section, parents) or _closed(reading, heading) or not _titled(heading):
            continue
        gives, dated = _gives(reading, heading, taken)
        if gives:
            groups[section.parent].append((heading, dated))
    return [
        Start(heading, heading.number, heading.text, 0, learnt=True)
        for group in groups.values()
        if len(group) > 1 or group[0][1]
        for heading, _ in group
    ]


def _leaf(section: Section, parents: set[int | None]) -> bool:
    nested = "." in section.number
    return nested and not section.labels and section.ordinal not in parents


def _headings(reading: Reading, taken: set[int]) -> list[Start]:
    """«Samordning av målestasjoner» without a number, with a duty and a day below: most of those in a part."""
    groups: dict[int, list[tuple[Unit, bool]]] = defaultdict(list)
    for section in reading.outline.sections:
        heading = section.heading
        if heading is None or not heading.weak or section.parent is None or not _titled(heading):
            continue
        if _closed(reading, heading) or heading_labels(heading.text):
            continue
        groups[section.parent].append((heading, _gives(reading, heading, taken)[0]))
    return [
        Start(heading, "", heading.text, 0, learnt=True)
        for group in groups.values()
        if sum(gives for _, gives in group) * 2 >= len(group)
        for heading, gives in group
        if gives
    ]
