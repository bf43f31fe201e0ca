"""What the letter points to: documents, earlier assignments, its own sections (I-10..I-12)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from governance.importing.habits import assignments
from governance.importing.habits import reporting as habit
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.records import CitationKind, Doubt, DraftCitation, DraftSection
from governance.importing.values.dates import find_days
from governance.importing.values.references import parse_reference, reference_key
from governance.importing.values.text import squeeze

_PATTERNS: tuple[tuple[CitationKind, re.Pattern[str]], ...] = (
    (CitationKind.PROPOSITION, habit.PROPOSITION),
    (CitationKind.RECOMMENDATION, habit.RECOMMENDATION),
    (CitationKind.WHITE_PAPER, habit.WHITE_PAPER),
    (CitationKind.CIRCULAR, habit.CIRCULAR),
    (CitationKind.INSTRUCTION, habit.INSTRUCTION),
    (CitationKind.LETTER, habit.LETTER),
    (CitationKind.LAW, habit.LAW),
)


@dataclass(slots=True)
class _Collector:
    reading: Reading
    items: dict[tuple[str, str], DraftCitation]

    def add(self, unit: Unit, kind: CitationKind, match: re.Match[str], **more: object) -> None:
        written = squeeze(match.group())
        key = (kind.value, re.sub(r"[\s.]+", "", written).replace("–", "-").lower())
        held = self.items.get(key)
        if held is not None:
            self.items[key] = replace(held, passages=tuple(sorted({*held.passages, unit.index})))
            return
        span = self.reading.span(unit, "henvisning", match.start(), match.end())
        made = DraftCitation(confidence=0.9, passages=(unit.index,), spans=(span,), kind=kind, written=written)
        self.items[key] = replace(made, **more)  # type: ignore[arg-type]


def _date(match: re.Match[str]) -> dt.date | None:
    groups = match.groupdict()
    days = find_days(groups["date"]) if groups.get("date") else []
    return days[0].date if days else None


def _sections(collect: _Collector, unit: Unit, numbers: dict[str, list[int]]) -> None:
    for match in habit.SECTION.finditer(unit.text):
        after, before = unit.text[match.end() : match.end() + 60], unit.text[max(0, match.start() - 90) : match.start()]
        if habit.ELSEWHERE.match(after) or habit.OF_OTHERS.search(before.rstrip(" ,(")) or not numbers:
            continue
        number = match["number"]
        top = number.split(".")[0]
        if match.group().lower().startswith("kap") and len(top) > 1 and top not in numbers:
            continue
        places = numbers.get(number, [])
        doubts: tuple[Doubt, ...] = ()
        if not places:
            doubts = (
                Doubt(
                    "dangling_reference",
                    "target",
                    f"Brevet viser til {squeeze(match.group())}, som ikke finnes i teksten.",
                ),
            )
        elif len(places) > 1:
            doubts = (
                Doubt("duplicate_section", "target", f"Flere avsnitt har nummer {number}. Velg hvilket det vises til."),
            )
        collect.add(
            unit,
            CitationKind.SECTION,
            match,
            target_section=places[0] if len(places) == 1 else None,
            resolved=len(places) == 1,
            unsure=doubts,
        )


def recognise_citations(reading: Reading, sections: tuple[DraftSection, ...], own: set[str]) -> list[DraftCitation]:
    """Citations, one for each thing pointed to. ``own`` are the keys of this letter's assignments."""
    numbers: dict[str, list[int]] = {}
    for section in sections:
        if section.number:
            numbers.setdefault(section.number, []).append(section.ordinal)
    collect = _Collector(reading, {})
    for unit in reading.body():
        for kind, pattern in _PATTERNS:
            for match in pattern.finditer(unit.text):
                collect.add(unit, kind, match, date=_date(match))
        for match in assignments.MENTION.finditer(unit.text):
            if match.start() == 0 and reference_key(match["ref"]) in own:
                continue
            reference = replace(parse_reference(match["ref"]), sub_point=squeeze((match["sub"] or "").strip(" ,")))
            collect.add(
                unit, CitationKind.ASSIGNMENT, match, reference=reference, resolved=reference_key(match["ref"]) in own
            )
        _sections(collect, unit, numbers)
    items = sorted(collect.items.values(), key=lambda item: item.passages[0])
    return [replace(item, key=f"citation-{number}") for number, item in enumerate(items, start=1)]
