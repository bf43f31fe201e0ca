"""The text and rules of an instruction as a new draft takes them over: which chapter each passage goes to, in order.

An instruction that was read in has no chapters of ours; its headings are matched with the template's, and what comes
under no known heading stays in the chapter before, with its own heading, so that the order of the text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from governance.drafting.last_year import POINTERS
from governance.importing.values.text import join_lines
from governance.items import ITEM_TYPES, Item
from governance.models import ChapterTemplate, Origin, Passage, PassageKind, SteeringDocument

#: said anew in the draft itself, or of no meaning there
NOT_COPIED = frozenset({"replacement", "enclosure"})
#: two titles are the same when the shorter, at least so long, begins the longer: «Styringsdialog» and «-en»
LEAST = 6
_NUMBER = re.compile(r"^\s*[\dIVX]+(?:\.\d+)*\.?\s+")


@dataclass(frozen=True)
class Placed:
    """A passage of the old instruction, its words as they are written in the draft, and its place there."""

    passage: Passage
    text: str
    chapter: str
    level: int
    rows: Sequence[Item] = ()


@dataclass
class Taken:
    """What the draft takes over. ``loose`` are rows that rest on no passage."""

    passages: list[Placed] = field(default_factory=list)
    resting: dict[UUID, list[UUID]] = field(default_factory=dict)
    loose: list[Item] = field(default_factory=list)


def taken(base: SteeringDocument, items: Iterable[Item], chapters: Sequence[ChapterTemplate]) -> Taken:
    """Passages in reading order with their chapters; a row written by its own text stands with its first passage."""
    found = Taken()
    passages = list(Passage.objects.filter(document=base).order_by("ordinal", "id"))
    kinds = {row.uuid: row.kind for row in passages}
    written: dict[UUID, list[Item]] = {}
    own: set[UUID] = set()
    for item in items:
        if item.key in NOT_COPIED:
            continue
        rests = [uuid for uuid in item.passages if uuid in kinds]
        if not rests:
            found.loose.append(item)
        elif base.origin == Origin.MADE_HERE and all(kinds[uuid] == PassageKind.STRUCTURED for uuid in rests):
            written.setdefault(rests[0], []).append(item)
            own.update(rests)
        else:
            found.resting[item.uuid] = rests
            written.setdefault(rests[-1], []).append(item)
    for passage, chapter, level in _in_chapters(passages, chapters):
        if passage.kind == PassageKind.FURNITURE:
            continue
        text = "" if passage.uuid in own else plain_words(_written(passage), read_in=base.origin != Origin.MADE_HERE)
        rows = written.get(passage.uuid, ())
        if text or rows:
            found.passages.append(Placed(passage, text, chapter, level, rows))
    return found


def _in_chapters(
    passages: Iterable[Passage], chapters: Sequence[ChapterTemplate]
) -> Iterator[tuple[Passage, str, int]]:
    """Each passage with its chapter and heading level. Chapters follow each other in the template's order."""
    codes = [row.code for row in chapters]
    place = 0 if chapters else -1
    for passage in passages:
        level = passage.heading_level
        if passage.chapter in codes:
            place = max(place, codes.index(passage.chapter))
        elif level == 1:
            match = _matching(passage.text, chapters)
            if match >= place:
                place = match
            elif chapters:
                level = 2
        yield passage, codes[place] if place >= 0 else "", level


def _matching(text: str, chapters: Sequence[ChapterTemplate]) -> int:
    """The place of the template's chapter with this heading, −1 for none."""
    words = _NUMBER.sub("", " ".join(text.split())).casefold()
    for place, row in enumerate(chapters):
        for title in (row.title_nb.casefold(), row.title_nn.casefold()):
            shorter, longer = sorted((words, title), key=len)
            if words == title or (len(shorter) >= LEAST and longer.startswith(shorter)):
                return place
    return -1


def _written(passage: Passage) -> dict[str, Any]:
    return {name: getattr(passage, name) for name in ("text", "heading_level", "section_number")}


def plain_words(data: Mapping[str, Any], *, read_in: bool) -> str:
    """The words of a passage without the line breaks of the file it was read from; a heading without its number."""
    text = str(data.get("text") or "")
    text = join_lines(text.splitlines()) if read_in else text
    number = str(data.get("section_number") or "").rstrip(".")
    if data.get("heading_level") and number:
        text = re.sub(rf"^\s*{re.escape(number)}\.?\s+", "", text)
    return text.strip()


def data_of(item: Item, moved: Mapping[str, str]) -> dict[str, Any]:
    """The values of a row in the draft: references to rows of the same instruction follow, identities do not."""
    data = {name: _moved(name, value, moved) for name, value in item.data.items()}
    for child in ITEM_TYPES[item.key].children:
        data[child.key] = [
            {name: _moved(name, value, moved) for name, value in row.items() if name != "uuid"}
            for row in item.data.get(child.key) or ()
        ]
    return data


def _moved(name: str, value: Any, moved: Mapping[str, str]) -> Any:
    return moved.get(str(value)) if name in POINTERS and value else value
