"""Which numbered units are headings, which are list items, and the tree of sections (I-12, I-19)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.importing.habits.labels import Label, heading_labels
from governance.importing.habits.markers import (
    DEADLINE_LINE,
    GOAL_LINE,
    LABEL_ONLY,
    OF_GOAL,
    REFERENCE_LINE,
    SECTION_NUMBER,
)
from governance.importing.reading.units import Unit
from governance.importing.records import PassageForm

_ANNEX = re.compile(r"^(?:Vedlegg|Appendiks)\s*(?P<n>[IVX]{1,4}|\d{1,2}|[A-F])?\b", re.IGNORECASE)
_UNIT_WORDS = re.compile(
    r"^(?:mill|mrd|kroner|prosent|pst|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Section:
    """A section: its heading unit, own units, and the labels its heading carries."""

    ordinal: int
    number: str
    title: str
    level: int
    parent: int | None
    heading: Unit | None
    units: list[Unit] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The letter as units in order and sections as a tree."""

    text: str
    units: list[Unit]
    sections: list[Section]

    def section_of(self, unit: Unit) -> Section | None:
        return self.sections[unit.section] if unit.section is not None else None

    def chain(self, unit: Unit) -> list[Section]:
        """The unit's section and those above it, innermost first."""
        chain: list[Section] = []
        at = unit.section
        while at is not None:
            chain.append(self.sections[at])
            at = self.sections[at].parent
        return chain

    def under(self, unit: Unit, label: Label) -> bool:
        """True when a heading above the unit carries the label."""
        return any(label in section.labels for section in self.chain(unit))


def _depth(number: str) -> int:
    return number.count(".") + 1


def _successor(left: str, right: str) -> bool:
    """True when ``right`` follows ``left`` at the same depth: 1→2, 2.1→2.2."""
    first, second = left.split("."), right.split(".")
    return (
        len(first) == len(second)
        and first[:-1] == second[:-1]
        and first[-1].isdigit()
        and second[-1].isdigit()
        and int(second[-1]) == int(first[-1]) + 1
    )


def _title_like(unit: Unit) -> bool:
    text = unit.text
    if len(text) > 170 or text[-1:] in ".,;" or not text:
        return bool(text) and text[-1:] == "." and len(text) < 60 and text.count(" ") < 6
    return not _UNIT_WORDS.match(text) and not text[0].isdigit()


def _as_item(unit: Unit) -> None:
    unit.form = PassageForm.LIST_ITEM
    if not unit.marker:
        raw = unit.lines[0].text if unit.lines else ""
        match = SECTION_NUMBER.match(raw)
        unit.marker = match["number"] if match else f"{unit.number}."


def _as_heading(unit: Unit) -> None:
    unit.form = PassageForm.HEADING
    unit.level = _depth(unit.number)


_ROMAN = re.compile(r"^(?P<number>[IVX]{1,5})\.?\s+(?=[A-ZÆØÅ]{2})")


def tell_romans(units: list[Unit]) -> bool:
    """Headings with Roman numbers («IV OPPDRAG I 2025»), when I, II and so on stand in order. True when found."""
    found = [unit for unit in units if not unit.furniture and not unit.is_row and _ROMAN.match(unit.text)]
    order = [match["number"] for unit in found if (match := _ROMAN.match(unit.text))]
    if len(order) < 3 or order[:3] != ["I", "II", "III"] or any(len(unit.text) > 120 for unit in found):
        return False
    for unit in found:
        unit.form, unit.weak, unit.styled, unit.level = PassageForm.HEADING, False, True, 1
    return True


_CLOCK = re.compile(r"\d{1,2}\.[0-5]\d")
_PART = re.compile(r"^(?:DEL|Del)\s+(?P<number>[IVX]{1,4}|\d)\b[\s:.–—-]*(?=[A-ZÆØÅ])")


def tell_parts(units: list[Unit]) -> None:
    """«DEL II MÅL OG OPPGAVER»: headings above those with numbers, which begin anew below each."""
    found = [unit for unit in units if _is_part(unit)]
    order = [match["number"] for unit in found if (match := _PART.match(unit.text))]
    if order[:2] not in (["I", "II"], ["1", "2"]):
        return
    for unit in found:
        unit.form, unit.weak, unit.styled, unit.level = PassageForm.HEADING, False, True, 1


def _is_part(unit: Unit) -> bool:
    plain = not unit.furniture and not unit.is_row and not unit.is_item
    return plain and len(unit.text) < 120 and bool(_PART.match(unit.text))


def tell_numbers(units: list[Unit], roman: bool = False) -> None:
    """Settle each unit that opens with a number: heading of a section or item of a list.

    Neighbours 1, 2, 3 … without text between are a list; a number that follows the last
    heading's is a heading. What the format itself calls a heading stays one.
    """
    numbered = [unit for unit in units if not unit.furniture]
    in_list: set[int] = set()
    at = 0
    while at < len(numbered):
        run = [numbered[at]]
        while (
            at + len(run) < len(numbered)
            and not _leaves_list(run, numbered[at + len(run)])
            and run[-1].number
            and numbered[at + len(run)].number
            and _successor(run[-1].number, numbered[at + len(run)].number)
            and _same_look(run[-1], numbered[at + len(run)])
        ):
            run.append(numbered[at + len(run)])
        if run[0].number and len(run) > 1:
            _settle_run(run, numbered[at - 1] if at else None, in_list)
        at += len(run)
    if roman:
        for unit in numbered:
            if unit.number and "." not in unit.number and not unit.styled:
                in_list.add(id(unit))
                _as_item(unit)
    _settle_rest(numbered, in_list)


def _leaves_list(run: list[Unit], unit: Unit) -> bool:
    """True where a list without gaps is followed, after a gap, by a title that names a part: «3. Oppdrag»."""
    dense = len(run) > 1 and not any(item.gap for item in run[1:])
    return dense and unit.gap and bool(heading_labels(unit.text)) and _title_like(unit) and len(unit.text) < 60


def _same_look(left: Unit, right: Unit) -> bool:
    """True when both numbers are written alike: «1.» and «2.», not «2.» and «3»."""
    if not left.lines or not right.lines:
        return True
    looks = [bool(re.match(r"\s*[\d.]*\d\.(?:\s|$)", unit.lines[0].text)) for unit in (left, right)]
    return looks[0] == looks[1]


def _settle_run(run: list[Unit], before: Unit | None, in_list: set[int]) -> None:
    if all(unit.styled for unit in run) or any(GOAL_LINE.match(unit.text) for unit in run):
        return
    labelled = sum(1 for unit in run if heading_labels(unit.text) and _title_like(unit))
    if labelled * 2 > len(run) and not (before is not None and before.text.endswith(":")):
        return
    for unit in run:
        if not unit.styled:
            in_list.add(id(unit))
            _as_item(unit)


def _settle_rest(units: list[Unit], in_list: set[int]) -> None:
    last: dict[int, str] = {}
    listed = ""
    stopped: bool | None = None
    for position, unit in enumerate(units):
        if unit.styled and _is_part(unit):
            last, listed, stopped = {}, "", None
        if not unit.number or id(unit) in in_list:
            if id(unit) in in_list:
                listed = unit.number
            continue
        following = units[position + 1] if position + 1 < len(units) else None
        measured = position > 0 and _opens_measures(units[position - 1])
        if unit.styled or (
            not measured and not _other_look(unit, stopped, listed) and _is_section(unit, last, following, listed)
        ):
            _as_heading(unit)
            depth = _depth(unit.number)
            stopped = _stopped(unit) if depth == 1 else stopped
            last = {level: number for level, number in last.items() if level < depth}
            last[depth] = unit.number
            listed = ""
        else:
            _as_item(unit)
            listed = unit.number


def _stopped(unit: Unit) -> bool:
    """True when the number is written with a stop: «2. Mål», not «2 Mål»."""
    return bool(unit.lines and re.match(r"\s*\d+\.(?:\s|$)", unit.lines[0].text))


def _other_look(unit: Unit, stopped: bool | None, listed: str) -> bool:
    """True for «2.» that goes on with a list where the parts are numbered «1», «2» without a stop."""
    follows = bool(listed) and _successor(listed, unit.number)
    return follows and stopped is not None and _depth(unit.number) == 1 and _stopped(unit) != stopped


def _opens_measures(unit: Unit) -> bool:
    """True for a label such as «Styringsparametere:» or «For mål 2:»: a number right below it is a list item."""
    alone = unit.is_heading and (unit.text.endswith(":") or bool(LABEL_ONLY.match(unit.text)))
    if OF_GOAL.match(unit.text):
        return True
    labels = heading_labels(unit.text) if alone else []
    return labels in ([Label.PARAMETER], [Label.KEY_FIGURE])


def _is_section(unit: Unit, last: dict[int, str], following: Unit | None, listed: str) -> bool:
    if not _title_like(unit) or DEADLINE_LINE.match(unit.text):
        return False
    depth = _depth(unit.number)
    if GOAL_LINE.match(unit.text):
        return True
    if listed and _successor(listed, unit.number) and not (last.get(depth) and _successor(last[depth], unit.number)):
        return False
    if _CLOCK.fullmatch(unit.number) and last.get(1) != unit.number.split(".")[0]:
        return False
    if depth > 1:
        return True
    top = last.get(1)
    number = int(unit.number) if unit.number.isdigit() else 0
    if top is None or not top.isdigit():
        return number >= 1 and (following is None or not following.number or _depth(following.number) > 1)
    return int(top) < number <= int(top) + 3


def _level_of(unit: Unit, current: Section | None, numbered_level: int, style_shift: int) -> int:
    if unit.number:
        return _depth(unit.number)
    if unit.styled:
        return max(1, unit.level - style_shift)
    if _ANNEX.match(unit.text):
        return 1
    return numbered_level + 1


def _style_shift(units: list[Unit]) -> int:
    """How many heading levels the format spends above the numbered ones (a title as level 1)."""
    levels = [unit.level - _depth(unit.number) for unit in units if unit.styled and unit.number and unit.is_heading]
    return max(min(levels), 0) if levels else 0


def build_outline(text: str, units: list[Unit]) -> Outline:
    """Number the units and hang them into sections."""
    shift = _style_shift(units)
    tell_parts(units)
    tell_numbers(units, tell_romans(units))
    sections: list[Section] = []
    stack: list[Section] = []
    numbered_level = 0
    for index, unit in enumerate(units):
        unit.index = index
        if unit.is_heading and not unit.furniture and not REFERENCE_LINE.match(unit.text):
            level = _level_of(unit, stack[-1] if stack else None, numbered_level, shift)
            if not unit.weak:
                numbered_level = level
            elif _ANNEX.match(unit.text):
                numbered_level = 1
            while stack and stack[-1].level >= level:
                stack.pop()
            section = Section(
                len(sections),
                unit.number,
                unit.text,
                level,
                stack[-1].ordinal if stack else None,
                unit,
                labels=heading_labels(unit.text),
            )
            sections.append(section)
            stack.append(section)
        if stack:
            unit.section = stack[-1].ordinal
            stack[-1].units.append(unit)
    return Outline(text, units, sections)
