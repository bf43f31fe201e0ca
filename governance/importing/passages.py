"""Passages and sections of the draft, and the account of every source line (V-40)."""

from __future__ import annotations

import re
from bisect import bisect_right

from governance.importing.reading.outline import Section
from governance.importing.recognisers.context import Reading
from governance.importing.records import Coverage, DraftLetter, DraftPassage, DraftSection, PassageKind
from governance.importing.values.text import squeeze

_INSIDE = ("calendar", "budget", "facts", "assignment")


def _hidden(reading: Reading, section: Section) -> bool:
    """A weak heading that turned out to be a cell, a signature or an assignment's own line."""
    heading = section.heading
    return heading is not None and heading.weak and reading.claimed(heading, *_INSIDE)


def sections_of(reading: Reading) -> tuple[DraftSection, ...]:
    """The sections, without those whose heading is part of a row."""
    kept: dict[int, int] = {}
    chosen = [section for section in reading.outline.sections if not _hidden(reading, section)]
    for place, section in enumerate(chosen):
        kept[section.ordinal] = place
    sections = []
    for place, section in enumerate(chosen):
        parent = section.parent
        while parent is not None and parent not in kept:
            parent = reading.outline.sections[parent].parent
        sections.append(
            DraftSection(
                ordinal=place,
                number=section.number,
                title=squeeze(section.title),
                level=section.level,
                parent=kept[parent] if parent is not None else None,
                passages=(section.heading.index,) if section.heading else (),
            )
        )
    return tuple(sections)


def passages_of(reading: Reading, sections: tuple[DraftSection, ...]) -> tuple[DraftPassage, ...]:
    """One passage for each unit, in order: together they hold every line of the text."""
    heads = {section.passages[0]: section for section in sections if section.passages}
    passages = []
    current: DraftSection | None = None
    paragraph = 0
    for unit in reading.units:
        if unit.index in heads:
            current, paragraph = heads[unit.index], 0
        else:
            paragraph += 1
        if unit.furniture and not reading.claimed(unit):
            kind = PassageKind.FURNITURE
        elif reading.claimed(unit) or unit.index in heads:
            kind = PassageKind.STRUCTURED
        else:
            kind = PassageKind.PROSE
        passages.append(
            DraftPassage(
                ordinal=unit.index,
                kind=kind,
                form=unit.form,
                text=reading.canonical.text[unit.start : unit.end],
                plain=f"{unit.marker} {unit.text}".strip() if unit.marker else unit.heading_text,
                start=unit.start,
                end=unit.end,
                page=unit.page,
                section=current.ordinal if current else None,
                section_number=current.number if current else "",
                paragraph=paragraph,
            )
        )
    return tuple(passages)


def account(draft: DraftLetter) -> Coverage:
    """Count the source lines by what became of them; ``lost`` names lines in no passage (V-40)."""
    counts = dict.fromkeys(PassageKind, 0)
    lost: list[str] = []
    aside = sorted((p.start, p.end) for p in draft.passages if p.kind is PassageKind.FURNITURE)
    starts = [start for start, _end in aside]
    rest = [passage for passage in draft.passages if passage.kind is not PassageKind.FURNITURE]
    passages = iter(sorted(rest, key=lambda passage: passage.start))
    current = next(passages, None)
    offset = total = 0
    for line in re.split(r"(?<=[\n\f])", draft.canonical.text):
        stripped = line.strip()
        begin = offset + len(line) - len(line.lstrip())
        offset += len(line)
        if not stripped:
            continue
        total += 1
        near = bisect_right(starts, begin) - 1
        if near >= 0 and begin < aside[near][1]:
            counts[PassageKind.FURNITURE] += 1
            continue
        while current is not None and current.end <= begin:
            current = next(passages, None)
        if current is not None and current.start <= begin + len(stripped) - 1 and current.end > begin:
            counts[current.kind] += 1
        else:
            lost.append(stripped)
    return Coverage(
        lines=total,
        structured=counts[PassageKind.STRUCTURED],
        prose=counts[PassageKind.PROSE],
        furniture=counts[PassageKind.FURNITURE],
        lost=tuple(lost),
    )
