"""Where assignments begin: references in any ministry's pattern, learnt from the document (R-10..R-14)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from governance.importing.habits import assignments as habit
from governance.importing.habits.labels import Label, heading_labels
from governance.importing.habits.letterheads import GREETING
from governance.importing.habits.markers import DEADLINE_LINE
from governance.importing.reading.outline import Section
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import sentences
from governance.importing.values.references import parse_reference, reference_key


@dataclass(slots=True)
class Start:
    """A unit that opens an assignment: its reference and where the title begins in the unit's text."""

    unit: Unit
    written: str
    title: str
    offset: int
    learnt: bool = False


_VERB_FIRST = re.compile(
    r"^(?:er|ble|blei|vart|skal|har|var|og|om|trekkes|utgår|utsettes|gjelder|gjeld|videreføres|[a-zæøå])"
)


def _source(unit: Unit) -> tuple[str, int]:
    """The unit's text with an eaten section number put back, and how much was put back."""
    if unit.number and unit.is_heading:
        return unit.text, 0
    return unit.text, 0


def _match(unit: Unit) -> Start | None:
    text, _ = _source(unit)
    if unit.furniture or unit.is_row or len(text) < 3:
        return None
    changed = habit.STATEMENT.match(text)
    if changed and not unit.is_heading and len(changed["title"]) < 200:
        return None
    match = habit.STRONG.match(text)
    if match and not _VERB_FIRST.match(match["rest"]):
        return Start(unit, match["ref"].strip(), match["rest"], match.start("rest"))
    match = habit.NAMED_START.match(text)
    if match and not _VERB_FIRST.match(match["rest"]) and (match["sep"] or unit.is_heading or len(text) < 160):
        return Start(unit, match["ref"].strip(), match["rest"], match.start("rest"))
    if unit.is_heading and (match := habit.TRAILING.match(text)):
        return Start(unit, match["ref"].strip(), match["title"].strip(), 0)
    return None


def _coded(unit: Unit) -> Start | None:
    if unit.furniture or unit.is_row:
        return None
    match = habit.CODED_START.match(unit.text)
    if not match or not match["rest"] or not (match["rest"][0].isupper() or match["rest"][0] in '«"('):
        return None
    letters = re.match(r"[A-ZÆØÅ]+", match["ref"])
    if letters and letters.group() in habit.NO_SERIES:
        return None
    return Start(unit, match["ref"].strip(), match["rest"], match.start("rest"), learnt=True)


def _shape(written: str) -> str:
    return re.sub(r"\d+", "9", reference_key(written))


def _has_deadline_near(reading: Reading, unit: Unit) -> bool:
    for steps, following in enumerate(reading.after(unit)):
        if steps > 12 or following.number:
            return False
        if DEADLINE_LINE.match(following.text):
            return True
    return False


def is_assignment_part(reading: Reading, unit: Unit) -> bool:
    """True when the nearest labelled heading above the unit speaks of assignments."""
    for section in reading.outline.chain(unit):
        if Label.PARAMETER in section.labels or Label.KEY_FIGURE in section.labels:
            return section.labels[:1] == [Label.ASSIGNMENT]
        if Label.ASSIGNMENT in section.labels:
            return True
        if section.labels:
            return False
    return False


def _learn(reading: Reading, units: list[Unit]) -> list[Start]:
    """Codes that form a series here: same shape, rising numbers, where assignments stand."""
    groups: dict[str, list[Start]] = defaultdict(list)
    for unit in units:
        start = _coded(unit)
        if start:
            groups[_shape(start.written)].append(start)
    learnt: list[Start] = []
    for group in groups.values():
        numbers = [parse_reference(start.written).number or 0 for start in group]
        rising = len(group) > 1 and all(left <= right for left, right in pairwise(numbers))
        placed = sum(1 for start in group if is_assignment_part(reading, start.unit))
        dated = sum(1 for start in group if _has_deadline_near(reading, start.unit))
        if (rising and (placed * 2 >= len(group) or dated * 2 >= len(group))) or (len(group) == 1 and placed and dated):
            learnt.extend(group)
    return learnt


def find_starts(reading: Reading) -> list[Start]:
    """Units that open an assignment, in order, from references alone."""
    units = [unit for unit in reading.body() if not reading.claimed(unit, "calendar", "budget")]
    sure = [start for unit in units if (start := _match(unit))]
    taken = {start.unit.index for start in sure}
    learnt = [start for start in _learn(reading, units) if start.unit.index not in taken]
    return sorted(sure + learnt, key=lambda start: start.unit.index)


_ABOUT = re.compile(r"rapporter|status|endring|oppfølging\s+av|tidligere|tidlegare|fullmakt", re.IGNORECASE)


def unreferenced_starts(reading: Reading, taken: set[int]) -> list[Start]:
    """Assignments without a reference: items or small headings under a heading «Oppdrag»."""
    found: list[Start] = []
    for section in reading.outline.sections:
        if section.labels != [Label.ASSIGNMENT] or section.heading is None or _ABOUT.search(section.title):
            continue
        inner = _inner_units(reading, section.heading)
        if any(unit.index in taken for unit in inner):
            continue
        found.extend(_items(inner) or _small_headings(reading, inner))
    return found


_LISTS = re.compile(
    r"^(?:.{0,60}\s)?(?<!\bi\s)[Oo]ppdrag(?:ene|a)?(?:\s+(?:for|i|til|innenfor|innanfor|knyttet|knytt|på)\b.{0,60}|\s+(?:er|i\s+20\d\d))?\s*:$"
)


def listed_starts(reading: Reading, taken: set[int]) -> list[Start]:
    """Bullets below a line such as «Oppdrag innenfor rammen av posten:», none of them numbered."""
    found: list[Start] = []
    for unit in reading.body():
        if not unit.is_text or len(unit.text) > 1200 or unit.index in taken or reading.claimed(unit):
            continue
        last = unit.text[sentences(unit.text)[-1][0] :]
        if len(last) > 110 or not _LISTS.match(last):
            continue
        items: list[Unit] = []
        for following in reading.after(unit):
            if not following.is_item or following.index in taken:
                break
            items.append(following)
        found.extend(_items(items))
    return found


_DUE = re.compile(r"\b(?:innen|innan|senest|seinast|frist\w*)\b", re.IGNORECASE)


def section_starts(reading: Reading, taken: set[int]) -> list[Start]:
    """Sections right below a part on assignments that each say when something is due: «4.2 Besøksbidrag»."""
    children: dict[int | None, list[Section]] = defaultdict(list)
    for section in reading.outline.sections:
        children[section.parent].append(section)
    found: list[Start] = []
    for parent in reading.outline.sections:
        if parent.heading is None or not _holds_assignments(reading, parent):
            continue
        below = [(child, child.heading) for child in children[parent.ordinal] if child.heading and not child.labels]
        inner = [unit for child, _ in below for unit in child.units]
        if any(unit.index in taken or reading.claimed(unit, "assignment") for unit in inner):
            continue
        due = [head for child, head in below if _DUE.search(" ".join(unit.text for unit in child.units)[:4_000])]
        if due and len(due) * 2 >= len(below):
            found.extend(Start(head, head.number, head.text, 0, learnt=True) for _, head in below)
    return found


def _holds_assignments(reading: Reading, section: Section) -> bool:
    """True for a part on assignments; in a supplement also for one on those of earlier letters that are changed."""
    if reading.is_supplement and any(pattern.search(section.title) for _, pattern in habit.CHANGE_HEADINGS):
        return Label.ASSIGNMENT in section.labels
    return section.labels[:1] == [Label.ASSIGNMENT] and not _ABOUT.search(section.title)


def _inner_units(reading: Reading, heading: Unit) -> list[Unit]:
    inner: list[Unit] = []
    for unit in reading.after(heading):
        if GREETING.match(unit.text):
            break
        if unit.is_heading and (unit.number or (unit.styled and unit.level <= heading.level and heading.styled)):
            break
        if unit.is_heading and heading_labels(unit.text) and not DEADLINE_LINE.match(unit.text):
            break
        inner.append(unit)
    return inner


def _top_marker(units: list[Unit]) -> str:
    for unit in units:
        if unit.is_item and not DEADLINE_LINE.match(unit.text):
            return re.sub(r"\w+", "1", unit.marker)
    return ""


_NUMBERED_ITEM = re.compile(r"^\W*(?:\d+|[a-zæøå]|[A-H]\d{0,2})\W+$|^\d+$")


def _items(units: list[Unit]) -> list[Start]:
    shape = _top_marker(units)
    if not shape or (units and units[0].is_text and len(units[0].text) > 600):
        return []
    level = min((unit.level for unit in units if unit.is_item), default=0)
    starts = []
    for unit in units:
        if not unit.is_item or re.sub(r"\w+", "1", unit.marker) != shape or unit.level > level:
            continue
        if DEADLINE_LINE.match(unit.text):
            continue
        number = re.sub(r"[^\w]", "", unit.marker) if _NUMBERED_ITEM.match(unit.marker) else ""
        starts.append(Start(unit, number, unit.text, 0, learnt=True))
    return starts


def _small_headings(reading: Reading, units: list[Unit]) -> list[Start]:
    heads = [unit for unit in units if unit.is_heading]
    if not heads or not any(DEADLINE_LINE.match(unit.text) for unit in units):
        return []
    return [Start(unit, "", unit.text, 0, learnt=True) for unit in heads if len(unit.text) > 8]
