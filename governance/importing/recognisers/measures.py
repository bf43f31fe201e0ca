"""Steering parameters and key figures: lists under their heading, numbered lines, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from governance.importing.habits.labels import WORDS, Label, heading_labels, words_in
from governance.importing.habits.markers import DEADLINE_LINE, MEASURE_ALONE, OF_GOAL, TARGET_LINE
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.deadlines import sentences
from governance.importing.recognisers.measure_tables import tables_of
from governance.importing.recognisers.measured import Found, Goals
from governance.importing.records import DraftGoal, DraftKeyFigure, DraftParameter
from governance.importing.values.text import squeeze

_INLINE = re.compile(
    rf"^(?P<word>{WORDS[Label.PARAMETER]}|{WORDS[Label.KEY_FIGURE]}|SP|NT)\s*(?:nr\.?\s*)?(?P<ref>(?-i:[A-H])?\d{{1,2}}(?:\.\d{{1,2}})*)?\s*[:–-]\s*(?P<title>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(
    r"(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>prosent(?:poeng)?|pst\.?|%|dager|dagar|timer|timar|uker|veker|måneder|månader|år\b|årsverk|kroner|mill\.?\s*kroner|minutter|saker|tilsyn)",
    re.IGNORECASE,
)
_OWN_GOAL = re.compile(r"\b(?:hoved|hovud|del)?mål\s+(?P<ref>\d{1,2}(?:\.\d{1,2})*|(?-i:[A-H])\b)", re.IGNORECASE)
_DIMENSIONS = re.compile(
    r"fordelt\s+(?:på|etter)\s+(?:hhv\.?\s+)?(?P<list>[^.]{3,240})|fordelt\s+(?:på|etter)\s+(?P<list2>[^.]{3,240})",
    re.IGNORECASE,
)
_CUT = re.compile(r",\s*|\s+og\s+|\s+samt\s+")


@dataclass(slots=True)
class _State:
    label: Label | None = None
    goal: str = ""
    collected: int = 0
    level: int = 0
    marker: str = ""
    sure: bool = True


def _single(labels: list[Label]) -> Label | None:
    """The one measuring label of a heading, when nothing else but goals is named with it."""
    measuring = [label for label in labels if label in (Label.PARAMETER, Label.KEY_FIGURE)]
    others = set(labels) - {Label.PARAMETER, Label.KEY_FIGURE, Label.GOAL, Label.REPORTING}
    if len(measuring) != 1 or others:
        return None
    return measuring[0] if labels[0] is measuring[0] else None


def _intro(unit: Unit) -> Label | None:
    """The measuring label of a paragraph that ends with a colon: «… følgende styringsparametere:»."""
    if not unit.text.endswith(":"):
        return None
    last = unit.text[sentences(unit.text)[-1][0] :]
    labels = [label for label in words_in(last[-200:]) if label in (Label.PARAMETER, Label.KEY_FIGURE)]
    return labels[-1] if labels else None


def _take_heading(unit: Unit, state: _State, following: Unit | None) -> None:
    own = OF_GOAL.match(unit.text) if state.label and unit.weak else None
    if own:
        state.goal, state.collected = own["ref"], 0
        return
    label = _single(heading_labels(unit.text))
    if label:
        goal = _OWN_GOAL.search(unit.text)
        state.label, state.collected, state.sure = label, 0, True
        state.goal = goal["ref"] if goal else ""
        return
    group = unit.weak and not unit.number and state.label and following is not None and following.is_item
    if group and len(unit.text) < 60 and not heading_labels(unit.text):
        state.sure = unit.text.endswith(":")
        if state.sure or state.collected == 0:
            return
    state.label = None


def _take_text(unit: Unit, state: _State) -> None:
    label = _intro(unit)
    if label:
        state.label, state.collected, state.sure = label, 0, False
    elif state.label and (own := OF_GOAL.match(unit.text)):
        state.goal, state.collected = own["ref"], 0
    elif unit.text.endswith(":") and len(unit.text) > 60:
        if state.collected or not state.sure:
            state.label = None
    elif state.collected or len(unit.text) > 700:
        state.label = None


def _inline(unit: Unit) -> Found | None:
    match = _INLINE.match(unit.text)
    if not match or not match["title"][0].isupper() or len(match["title"]) > 500:
        return None
    key = re.match(rf"(?:{WORDS[Label.KEY_FIGURE]}|NT)$", match["word"], re.IGNORECASE)
    if not match["ref"] and len(match["title"]) > 260:
        return None
    return Found(
        Label.KEY_FIGURE if key else Label.PARAMETER,
        squeeze(match["title"]),
        unit,
        match["ref"] or "",
        start=match.start("title"),
        confidence=0.9,
    )


_TARGET_BEHIND = re.compile(
    r"\s*\((?:resultat)?(?:krav|mål|måltal|måltall|ambisjon)(?:\s+20\d\d)?\s*:\s*(?P<target>[^()]{1,80})\)\.?$",
    re.IGNORECASE,
)


def _target_behind(text: str) -> tuple[str, str]:
    """(title, target) of «andel saker løst innen 90 dager (krav: 85 prosent)»."""
    match = _TARGET_BEHIND.search(text)
    return (text[: match.start()], match["target"].strip()) if match else (text, "")


def _item(unit: Unit, state: _State, found: list[Found]) -> None:
    assert state.label is not None
    if DEADLINE_LINE.match(unit.text) or len(unit.text) > 700:
        return
    if state.collected == 0:
        state.level, state.marker = unit.level, unit.marker
    nested = (
        (unit.level > state.level)
        or (unit.marker == "o" and state.marker not in ("o",))
        or (state.marker[:1] == "•" and unit.marker[:1] in "-–" and state.collected > 0)
    )
    if nested and found:
        found[-1].values.append(squeeze(unit.text))
        return
    number = re.sub(r"[^\w.]", "", unit.marker).strip(".") if re.search(r"\d", unit.marker) else ""
    state.collected += 1
    title, target = _target_behind(squeeze(unit.text)) if state.label is Label.PARAMETER else (squeeze(unit.text), "")
    found.append(
        Found(state.label, title, unit, number, target, goal=state.goal, confidence=0.95 if state.sure else 0.75)
    )


def _is_title(unit: Unit) -> bool:
    """True for what may be the title below «Styringsparameter A1»."""
    plain = not unit.is_row and not unit.number and not unit.text.endswith(":")
    return plain and 4 < len(unit.text) < 260 and not DEADLINE_LINE.match(unit.text)


def _alone(reading: Reading, unit: Unit, following: Unit | None) -> Found | None:
    """«Styringsparameter A1» alone on its line, the title on the next."""
    match = MEASURE_ALONE.match(unit.text)
    if match is None or following is None or not _is_title(following):
        return None
    label = Label.KEY_FIGURE if match["key"] else Label.PARAMETER
    reading.claim(label.value, unit)
    return Found(label, squeeze(following.text).rstrip(" ."), following, match["ref"], confidence=0.9)


def _walk(reading: Reading) -> list[Found]:
    found: list[Found] = []
    state = _State()
    units = list(reading.body())
    for position, unit in enumerate(units):
        following = units[position + 1] if position + 1 < len(units) else None
        if unit.is_row or reading.claimed(unit, "calendar", "budget", "assignment", "facts"):
            if not unit.is_row:
                state.label = None
            continue
        target = TARGET_LINE.match(unit.text)
        if target and found and found[-1].label is Label.PARAMETER:
            found[-1].target = squeeze(target["target"])
            reading.claim("parameter", unit)
            continue
        inline = _alone(reading, unit, following) or _inline(unit)
        if inline and not unit.is_item:
            found.append(inline)
            state.label = None
        elif unit.is_heading:
            if unit.text.endswith(":") and _intro(unit) and not _single(heading_labels(unit.text)):
                _take_text(unit, state)
            else:
                _take_heading(unit, state, following)
        elif unit.is_item:
            if reading.claimed(unit, "goal"):
                state.label = None
            elif state.label:
                _item(unit, state, found)
        else:
            _take_text(unit, state)
    return found


def _unbulleted(reading: Reading, taken: set[int]) -> list[Found]:
    """Measures that stand as bare lines below their heading (I-17): two or more short ones."""
    found: list[Found] = []
    for section in reading.outline.sections:
        label = _single(section.labels)
        if label is None or section.heading is None:
            continue
        lines: list[Unit] = []
        for unit in reading.after(section.heading):
            short = (
                len(unit.text) < 190 and not unit.number and not unit.text.endswith(":") and unit.text.count(". ") == 0
            )
            if (
                unit.index in taken
                or unit.is_row
                or unit.is_item
                or not short
                or reading.claimed(unit)
                or heading_labels(unit.text)
            ):
                break
            lines.append(unit)
        opening = re.compile(r"^(?:Det|Departementet|Vi|Under|Følgende|I|For|Se|Jf|Måloppnåelse|Vurdering)\b")
        if len(lines) < 2 or any(opening.match(unit.text) for unit in lines):
            continue
        found.extend(Found(label, squeeze(unit.text), unit, confidence=0.7) for unit in lines)
    return found


def _same_numbering(reading: Reading, found: list[Found]) -> list[Found]:
    """Items numbered like the parameters elsewhere in the document («1.4» beside «2.1» under
    «2. Styringsparametere») that lost their heading, as where a text begins in the middle."""
    pattern = re.compile(r"^\d{1,2}\.\d{1,2}\.?$")
    numbered = [item for item in found if pattern.match(item.unit.marker) and item.label is Label.PARAMETER]
    if len(numbered) < 3 or len(numbered) * 2 < len(found):
        return []
    taken = {item.unit.index for item in found}
    orphans = []
    for unit in reading.body():
        if unit.section is not None:
            break
        if unit.is_item and unit.index not in taken and pattern.match(unit.marker) and not reading.claimed(unit):
            number = unit.marker.strip(".")
            orphans.append(
                Found(Label.PARAMETER, squeeze(unit.text), unit, number, goal=number.split(".")[0], confidence=0.6)
            )
    return orphans


# ------------------------------------------------------------------ items


def _parameter(found: Found, goal: str, number: int, passages: tuple[int, ...], reading: Reading) -> DraftParameter:
    target = _NUMBER.search(found.target or found.title)
    return DraftParameter(
        key=f"parameter-{number}",
        confidence=found.confidence,
        passages=passages,
        spans=(reading.span(found.unit, "tittel", found.start, len(found.unit.text)),) if not found.unit.is_row else (),
        title=found.title,
        goal=goal,
        reference=found.reference,
        quantitative=bool(target or re.match(r"\s*(?:antall|andel|tal\b|talet|prosent)", found.title, re.IGNORECASE)),
        target_text=found.target,
        target_value=target["value"] if target else "",
        target_unit=target["unit"] if target else "",
    )


def _key_figure(found: Found, goal: str, number: int, passages: tuple[int, ...], reading: Reading) -> DraftKeyFigure:
    match = _DIMENSIONS.search(found.title)
    dimensions = (
        tuple(part.strip(" .") for part in _CUT.split(match["list"] or match["list2"]) if part.strip(" ."))
        if match
        else ()
    )
    values = [
        part.strip(" .")
        for part in re.split(r",\s+(?=(?:antall|andel|samt))|\s+og\s+(?=(?:antall|andel))|,\s+", found.title)
        if part.strip()
    ]
    several = len(
        [
            value
            for value in values
            if re.match(r"(?:samt\s+)?(?:antall|andel|saksbehandlingstid|gjennomsnitt)", value, re.IGNORECASE)
        ]
    )
    return DraftKeyFigure(
        key=f"key-figure-{number}",
        confidence=found.confidence,
        passages=passages,
        spans=(reading.span(found.unit, "tittel", found.start, len(found.unit.text)),) if not found.unit.is_row else (),
        title=found.title,
        goal=goal,
        values=tuple(found.values) or (tuple(values) if several > 1 else ()),
        dimensions=dimensions,
    )


def recognise_measures(
    reading: Reading, goals: list[DraftGoal]
) -> tuple[list[DraftParameter], list[DraftKeyFigure], list[DraftGoal]]:
    """(parameters, key figures, goals found in the tables), in the order of the text."""
    in_tables, table_goals = tables_of(reading)
    walked = _walk(reading)
    bare = _unbulleted(reading, {item.unit.index for item in walked})
    bare += _same_numbering(reading, walked)
    every = sorted(walked + bare + in_tables, key=lambda item: item.unit.index)
    named = {goal.title for goal in goals}
    extra = [goal for goal in table_goals if goal.title not in named]
    for goal in extra:
        reading.claim("goal", *(reading.units[index] for index in goal.passages))
    goals = sorted(goals + extra, key=lambda goal: goal.passages[0])
    places = Goals(reading, goals)
    parameters: list[DraftParameter] = []
    figures: list[DraftKeyFigure] = []
    for item in every:
        belongs = places.of(item)
        if item.label is Label.PARAMETER:
            passages = reading.claim("parameter", item.unit)
            parameters.append(_parameter(item, belongs, len(parameters) + 1, passages, reading))
        else:
            passages = reading.claim("key_figure", item.unit)
            figures.append(_key_figure(item, belongs, len(figures) + 1, passages, reading))
    return parameters, figures, [replace(goal, key=f"goal-t{number}") for number, goal in enumerate(extra, start=1)]
