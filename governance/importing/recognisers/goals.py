"""Goals and their level: «Mål 2: …», lists headed by goals, sections that carry parameters."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from governance.importing.habits.labels import Label, goal_level, heading_labels
from governance.importing.habits.markers import DEADLINE_LINE, GOAL_ALONE, GOAL_LINE, GOAL_NAMED
from governance.importing.reading.outline import Section
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import sentences
from governance.importing.recognisers.goal_shapes import (
    follows,
    in_columns,
    is_measure,
    level_of,
    under_a_name,
    with_measures,
)
from governance.importing.records import DraftGoal, GoalLevel
from governance.importing.values.text import comparable, similar, squeeze

_INTRO = re.compile(
    r"(?<![\wæøå-])(?:\w*(?:hoved|hovud|sektor|del|samfunns|effekt|resultat|kvalitets|bruker|brukar|virksomhets|verksemds|langtids))?mål(?:a|ene|et|sett?ing(?:er|ar|ene|ane)?)?(?![\wæøå])"
    r"(?!\s+(?:om|med|for\s+(?:antall|andel)))[^.:]{0,170}:$",
    re.IGNORECASE,
)
_NOT_INTRO = re.compile(
    r"styringsparamet|nøkkeltal|nøkkelinformasjon|indikator|rapporter|vektlegg|tiltak|prioriter(?:inger|ingar|e)\b|med\s+mål\s+om|med\s+mål\s+og|måloppnå|oppdrag\b|områder|område\b|"
    r"kriteri|følgende\s+(?:krav|oppgaver|forhold)|budsjett|relevante\s+for\s+mål|innsatsområd",
    re.IGNORECASE,
)
_OF_ONE_GOAL = re.compile(
    r"^(?:for|til|under)?\s*(?:hoved|hovud|del|sektor|virksomhets|verksemds|bruker|brukar)?-?mål\s+(?:\d|[A-H]\b)[\d.]*\s*:$",
    re.IGNORECASE,
)
_MEASURED_BY = re.compile(r"^resultat(?:mål|krav)\s+(?:for|til|under|knytt\w*\s+til)\s+\w*mål\b", re.IGNORECASE)
"""«Resultatmål for delmål A:»: what follows measures a goal, it is none."""
_CONTRIBUTES = re.compile(
    r"(?:sektormål(?:ene|a)?|måla|målene|hovedmål(?:ene)?|hovudmåla?)\s+(?:nr\.?\s*)?(?P<refs>\d{1,2}(?:\s*,\s*\d{1,2})*(?:\s+og\s+\d{1,2})?)",
    re.IGNORECASE,
)
_CONTRIBUTE_VERB = re.compile(r"\bbidra(?:r|tt|)?\b|\bmedverk|\bstøtt|\bstør\b", re.IGNORECASE)


def _alone(reading: Reading) -> list[DraftGoal]:
    """«Hovedmål 1» on its own line, with the title on the next."""
    found = []
    for unit in reading.body():
        match = GOAL_ALONE.match(unit.text) if not unit.is_row and len(unit.text) < 30 else None
        below = next(reading.after(unit), None) if match else None
        if (
            match is None
            or below is None
            or below.is_item
            or not 4 < len(below.text) < 260
            or heading_labels(below.text)
        ):
            continue
        title = below.text[: sentences(below.text)[0][1]]
        found.append(
            DraftGoal(
                confidence=0.85,
                passages=(unit.index, below.index),
                spans=(reading.span(below, "tittel", 0, len(title)),),
                title=squeeze(title).rstrip(" :"),
                reference=match["ref"],
                level=level_of(match.group()),
            )
        )
    return found


def _explicit(reading: Reading) -> list[DraftGoal]:
    found = []
    for unit in reading.body():
        if unit.is_row or len(unit.text) > 420 or reading.claimed(unit, "assignment", "calendar", "budget"):
            continue
        match = GOAL_LINE.match(unit.text) or GOAL_NAMED.match(unit.text)
        if not match:
            continue
        number = match.groupdict().get("ref") or unit.number
        rest = unit.text[match.end() :]
        end = len(rest) if len(rest) < 260 else sentences(rest)[0][1]
        title = squeeze(rest[:end]).strip(" :")
        if len(title) < 4 or heading_labels(title):
            continue
        level = level_of(match.group())
        if "." in number and number != unit.number and level is GoalLevel.MAIN:
            level = GoalLevel.SUB
        found.append(
            DraftGoal(
                confidence=0.96 if unit.is_heading or match.group().rstrip().endswith(":") else 0.8,
                passages=(unit.index,),
                spans=(reading.span(unit, "tittel", match.end(), match.end() + end),),
                title=title,
                reference=number,
                level=level,
            )
        )
    return found


def _intro_of(unit: Unit) -> str:
    """The words that introduce a list of goals, or an empty string."""
    text = unit.heading_text
    if _OF_ONE_GOAL.match(text) or _MEASURED_BY.match(unit.text):
        return ""
    last = text[sentences(text)[-1][0] :]
    if _INTRO.search(last) and not _NOT_INTRO.search(last):
        return last
    if unit.is_heading and heading_labels(unit.text) == [Label.GOAL] and not _NOT_INTRO.search(unit.text):
        return unit.text
    return ""


def _listed(reading: Reading) -> list[DraftGoal]:
    found: list[DraftGoal] = []
    for unit in reading.body():
        if unit.is_row or unit.is_item:
            continue
        intro = _intro_of(unit)
        if not intro:
            continue
        items: list[Unit] = []
        resumed = False
        for following in reading.after(unit):
            if not following.is_item:
                if items and re.search(r"\d", items[-1].marker) and is_measure(following):
                    resumed = True
                    continue
                if items or following.is_heading or unit.text.endswith(":"):
                    break
                if following.text.endswith(":") or len(following.text) > 500:
                    break
                continue
            if resumed and not follows(items[-1], following):
                continue
            items.append(following)
        found.extend(_of_list(reading, items, intro))
    return found


def _of_list(reading: Reading, items: list[Unit], intro: str) -> list[DraftGoal]:
    found: list[DraftGoal] = []
    top = min((item.level for item in items), default=0)
    for item in items:
        if GOAL_LINE.match(item.text) or reading.claimed(item) or DEADLINE_LINE.match(item.text) or item.marker == "o":
            continue
        if item.level > top or len(item.text) > 320:
            continue
        number = item.marker.strip(".:)( ") if re.search(r"\d", item.marker) else ""
        text = squeeze(item.text)
        found.append(
            DraftGoal(
                confidence=0.85,
                passages=(item.index,),
                spans=(reading.span(item, "tittel", 0, len(item.text)),),
                title=text.rstrip(";,"),
                reference=number,
                level=GoalLevel(goal_level(intro)),
            )
        )
    return found


_FEW = 150
"""Up to so many titles are compared for likeness; beyond that only for equality (linear time)."""


class _Titles:
    """The goals kept so far, found again by title."""

    def __init__(self) -> None:
        self.kept: list[DraftGoal] = []
        self.places: dict[str, int] = {}

    def find(self, title: str, least: float) -> int | None:
        key = comparable(title)
        if key in self.places:
            return self.places[key]
        if len(self.kept) > _FEW:
            return None
        return next((at for at, held in enumerate(self.kept) if similar(held.title, title) >= least), None)

    def add(self, goal: DraftGoal) -> None:
        self.places.setdefault(comparable(goal.title), len(self.kept))
        self.kept.append(goal)


def _carriers(reading: Reading) -> list[Section]:
    """Sections with steering parameters or key figures of their own, that are no label themselves."""
    measuring = {
        child.parent
        for child in reading.outline.sections
        if len(child.labels) == 1 and child.labels[0] in (Label.PARAMETER, Label.KEY_FIGURE)
    }
    return [
        section
        for section in reading.outline.sections
        if section.ordinal in measuring
        and section.heading is not None
        and (section.number or section.heading.styled)
        and not GOAL_LINE.match(section.title)
        and not section.labels
    ]


def _holding(reading: Reading, known: list[DraftGoal]) -> set[int]:
    """The sections that name goals inside them: their own headings are areas, not goals."""
    units = [reading.units[index] for goal in known for index in goal.passages]
    return {section.ordinal for unit in units for section in reading.outline.chain(unit) if section.heading is not unit}


def _sections(reading: Reading, known: list[DraftGoal]) -> list[DraftGoal]:
    titles = _Titles()
    for goal in known:
        titles.add(goal)
    carriers = _carriers(reading)
    siblings = Counter(section.parent for section in carriers)
    holding = _holding(reading, known)
    found = []
    for section in carriers:
        parent = reading.outline.sections[section.parent] if section.parent is not None else None
        told = titles.find(section.title, 0.9) is not None
        among_goals = parent is not None and Label.GOAL in parent.labels and not known
        if not told and (section.ordinal in holding or (not among_goals and siblings[section.parent] < 2)):
            continue
        heading = section.heading
        assert heading is not None
        found.append(
            DraftGoal(
                confidence=0.93 if told else 0.75,
                passages=(heading.index,),
                spans=(reading.span(heading, "tittel", 0, len(heading.text)),),
                title=squeeze(section.title).rstrip(":"),
                reference=section.number,
                level=GoalLevel.MAIN,
            )
        )
    return found


def _join(goals: list[DraftGoal]) -> list[DraftGoal]:
    """One goal for each title: the one with a section or number of its own gives the reference."""
    titles = _Titles()
    passages: dict[int, set[int]] = {}
    for goal in goals:
        place = titles.find(goal.title, 0.93)
        if place is None:
            titles.add(goal)
            continue
        held = titles.kept[place]
        passages.setdefault(place, set(held.passages)).update(goal.passages)
        better = goal if (goal.reference and not held.reference) else held
        titles.kept[place] = replace(
            better,
            passages=held.passages,
            confidence=max(held.confidence, goal.confidence),
            level=held.level if held.level is not GoalLevel.MAIN else goal.level,
        )
    return [
        replace(goal, passages=tuple(sorted(passages[place]))) if place in passages else goal
        for place, goal in enumerate(titles.kept)
    ]


def contributions(reading: Reading) -> tuple[str, ...]:
    """The sector goals that the agency is said to contribute to («1, 2, 4 og 5»)."""
    for unit in reading.body():
        match = _CONTRIBUTES.search(unit.text)
        if match and _CONTRIBUTE_VERB.search(unit.text):
            reading.claim("goal", unit)
            return tuple(re.findall(r"\d+", match["refs"]))
    return ()


def recognise_goals(reading: Reading) -> list[DraftGoal]:
    """All goals, in the order of the text."""
    explicit = _explicit(reading)
    listed = _listed(reading)
    named = in_columns(reading) + under_a_name(reading) + with_measures(reading)
    goals = _join(explicit + _alone(reading) + listed + named)
    goals = _join(goals + _sections(reading, goals))
    goals.sort(key=lambda goal: goal.passages[0])
    given = contributions(reading)
    done = []
    for number, goal in enumerate(goals, start=1):
        reading.claim("goal", *(reading.units[index] for index in goal.passages))
        done.append(replace(goal, key=f"goal-{number}", contributes_to=given if goal.level is GoalLevel.MAIN else ()))
    return done
