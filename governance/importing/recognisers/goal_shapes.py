"""Goals told by where they stand: in columns, under the name of a goal, or with their measures right below."""

from __future__ import annotations

import re

from governance.importing.habits.labels import WORDS, Label, heading_labels
from governance.importing.habits.markers import GOAL_ALONE, GOAL_LINE, GOAL_NAMED
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.records import DraftGoal, GoalLevel, Span
from governance.importing.values.text import squeeze

_GOAL_NAME = re.compile(
    r"^(?:det\s+)?(?:overordn(?:ede|a|et)\s+)?(?:hoved|hovud|sektor|samfunns|effekt|bruker|brukar|virksomhets|verksemds)?-?mål(?:et)?\s*:?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:Departementet|Det\s|Dei?\s|Følg|Følgj|Nedenfor|Målene?|Måla|Vi\s|For\s|I\s|Se\s|Sjå\s|Under\s)", re.IGNORECASE
)
_MEASURE = re.compile(rf"^(?:SP|NT|{WORDS[Label.PARAMETER]}|{WORDS[Label.KEY_FIGURE]})\s*\d", re.IGNORECASE)


def level_of(word: str) -> GoalLevel:
    lowered = word.lower()
    if lowered.startswith(("sektor", "samfunns")):
        return GoalLevel.SECTOR
    if lowered.startswith(("del", "under")):
        return GoalLevel.SUB
    return GoalLevel.MAIN


def is_measure(unit: Unit) -> bool:
    """True for what stands between two goals of one list: «Styringsparametere:», «SP 1.1 Andel saker»."""
    labels = heading_labels(unit.text) if len(unit.text) < 60 else []
    return set(labels) & {Label.PARAMETER, Label.KEY_FIGURE} == set(labels) != set() or bool(_MEASURE.match(unit.text))


def follows(left: Unit, right: Unit) -> bool:
    """True when the item carries the number after the other's."""
    first, second = (re.sub(r"[^\d]", "", unit.marker) for unit in (left, right))
    alike = re.sub(r"\d+", "1", left.marker) == re.sub(r"\d+", "1", right.marker)
    return bool(first and second) and alike and int(second) == int(first) + 1


def in_columns(reading: Reading) -> list[DraftGoal]:
    """«Mål 1    Planene er digitale» in two columns, where no column of measures stands beside."""
    found = []
    measured = {
        unit.table for unit in reading.body() if unit.is_row and any(_is_measure_head(cell.text) for cell in unit.cells)
    }
    for unit in reading.body():
        cells = [cell for cell in unit.cells if cell.text.strip()] if unit.is_row else []
        match = GOAL_ALONE.match(cells[0].text.strip()) if len(cells) == 2 else None
        if match is None or unit.table in measured or not 4 < len(cells[1].text) < 260:
            continue
        found.append(
            DraftGoal(
                confidence=0.9,
                passages=(unit.index,),
                spans=(Span("tittel", cells[1].start, cells[1].end),),
                title=squeeze(cells[1].text).rstrip(" :."),
                reference=match["ref"],
                level=level_of(match.group()),
            )
        )
    return found


def _is_measure_head(text: str) -> bool:
    return bool(set(heading_labels(text)) & {Label.PARAMETER, Label.KEY_FIGURE}) and len(text) < 60


def under_a_name(reading: Reading) -> list[DraftGoal]:
    """«3.1 Hovedmål» with one bare sentence below: the sentence is the goal."""
    found = []
    for section in reading.outline.sections:
        if section.heading is None or not _GOAL_NAME.match(section.title):
            continue
        below = [unit for unit in section.units[1:] if not unit.furniture]
        unit = below[0] if below else next(reading.after(section.heading), None)
        if unit is None or unit.is_item or unit.is_row or unit.number or len(below) > 1:
            continue
        title = unit.text.rstrip(".")
        if GOAL_LINE.match(title) or GOAL_NAMED.match(title):
            continue
        if (
            reading.claimed(unit)
            or not 12 < len(title) < 220
            or ". " in title
            or title.endswith(":")
            or _ABOUT.match(title)
        ):
            continue
        found.append(
            DraftGoal(
                confidence=0.75,
                passages=(unit.index,),
                spans=(reading.span(unit, "tittel", 0, len(title)),),
                title=squeeze(title),
                level=level_of(section.title),
            )
        )
    return found


def with_measures(reading: Reading) -> list[DraftGoal]:
    """«1. Laboratoriet skal …» with «Styringsparametre:» right below, in a part on goals."""
    found: list[DraftGoal] = []
    last: Unit | None = None
    for unit in reading.body():
        titled = unit.is_item and re.match(r"^\d{1,2}[.)]?$", unit.marker) and 12 < len(unit.text) < 260
        below = next(reading.after(unit), None) if titled else None
        if below is None or below.is_item or not is_measure(below) or not reading.outline.under(unit, Label.GOAL):
            continue
        section = reading.outline.section_of(unit)
        measuring = section is not None and bool(section.labels) and Label.GOAL not in section.labels
        if measuring and (last is None or not follows(last, unit)):
            continue
        last = unit
        found.append(
            DraftGoal(
                confidence=0.85,
                passages=(unit.index,),
                spans=(reading.span(unit, "tittel", 0, len(unit.text)),),
                title=squeeze(unit.text).rstrip(" .:"),
                reference=re.sub(r"\D", "", unit.marker),
                level=GoalLevel.MAIN,
            )
        )
    return found
