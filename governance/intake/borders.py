"""Where the title of a row may end: at the places the reader doubted, and at every line and sentence of its text."""

from __future__ import annotations

import copy
from typing import Any

from governance.importing.values.text import comparable
from governance.intake.acts import Values, title_to, without_first_words, words
from governance.intake.kinds import WITH_TEXT

LONGEST = 60
"""No title has more words than this."""
MOST = 12
"""So many places are offered."""
_ENDS = (".", ":", ";", "?", "!", "–", "-")
TITLE_SPANS = ("title", "tittel")


def text_holds_title(kind: str, data: Values) -> bool:
    """The text is the whole wording and begins with the title, so that the title is a part of it."""
    title, text = comparable(str(data.get("title") or "")), comparable(str(data.get(WITH_TEXT[kind]) or ""))
    return bool(title) and text.startswith(title)


def _whole(kind: str, data: Values) -> str:
    title, text = str(data.get("title") or ""), str(data.get(WITH_TEXT[kind]) or "")
    return text if text_holds_title(kind, data) else f"{title}\n{text}"


def places(kind: str, data: Values) -> list[tuple[int, str]]:
    """(number of words, the title) for each place the title may end: after a line or a sentence."""
    if kind not in WITH_TEXT:
        return []
    made, counted = [], 0
    found = words(_whole(kind, data))
    for line in _whole(kind, data).splitlines():
        for place, word in enumerate(inside := words(line), start=1):
            if word.endswith(_ENDS) or place == len(inside):
                made.append(counted + place)
        counted += len(inside)
    own = len(words(str(data.get("title") or "")))
    ends = sorted({*[end for end in made if end <= LONGEST], own} - {0})
    return [(end, " ".join(found[:end])) for end in ends[:MOST] if end < len(found) or text_holds_title(kind, data)]


def move(*, kind: str, data: Values, spans: list[Values], count: int, source: str) -> tuple[Values, list[Values]]:
    """Let the title be the first ``count`` words. No word is lost: what leaves the title begins the text."""
    data, spans = copy.deepcopy(data), copy.deepcopy(spans)
    field, whole = WITH_TEXT[kind], _whole(kind, data)
    if not text_holds_title(kind, data):
        data[field] = without_first_words(whole, count)
    data["title"] = " ".join(words(whole)[:count])
    for span in spans:
        if span["field"] in TITLE_SPANS:
            span["end"] = _end_in_source(source, spans, int(span["start"]), count) or span["end"]
    return data, spans


def _end_in_source(source: str, spans: list[Values], start: int, count: int) -> int:
    """The place in the canonical text where the title has so many words; 0 when the words are not found there."""
    end, seen = start, 0
    while end < len(source) and seen <= count and end - start < 20 * LONGEST:
        rest = source[end:]
        gap = len(rest) - len(rest.lstrip())
        word = rest[gap:].split(maxsplit=1)[0] if rest.strip() else ""
        if not word:
            break
        end += gap + len(word)
        seen = len(words(title_to(source, spans, end)))
        if seen == count:
            return end
    return 0


def of_doubts(doubts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places the reader doubted."""
    return [border for doubt in doubts for border in doubt.get("borders", [])]
