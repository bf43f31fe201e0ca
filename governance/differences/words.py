"""Two texts word by word. Bounded work: long texts are first cut into sentences, so that cost grows with the length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, INSERTED, DELETED = "same", "ins", "del"
#: Above this many words in a changed stretch, sentences are laid against each other before words are.
WORDS_AT_ONCE = 400
_TOKENS = re.compile(r"\s+|\w+(?:[-–]\w+)*|[^\w\s]", re.UNICODE)
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?\n]+\s*|$)", re.UNICODE)


@dataclass(frozen=True)
class Segment:
    """A stretch of text that is the same, inserted or deleted. The same and the inserted give the new text back."""

    kind: str
    text: str

    @property
    def is_insertion(self) -> bool:
        """Only in the new text."""
        return self.kind == INSERTED

    @property
    def is_deletion(self) -> bool:
        """Only in the old text."""
        return self.kind == DELETED


def word_diff(before: str, after: str) -> list[Segment]:
    """The new text with what was taken out and put in; joining same and del gives the old text, exactly."""
    if before == after:
        return [Segment(SAME, after)] if after else []
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if max(len(old), len(new)) > WORDS_AT_ONCE:
        return _tidy(_by_sentence(before, after))
    return _tidy(_by_word(old, new))


def is_same(segments: Iterable[Segment]) -> bool:
    """Nothing differs."""
    return all(segment.kind == SAME for segment in segments)


def _by_word(old: Sequence[str], new: Sequence[str]) -> list[Segment]:
    found: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Segment(SAME, "".join(new[c:d])))
            continue
        if b > a:
            found.append(Segment(DELETED, "".join(old[a:b])))
        if d > c:
            found.append(Segment(INSERTED, "".join(new[c:d])))
    return found


def _by_sentence(before: str, after: str) -> list[Segment]:
    old = [part for part in _SENTENCES.findall(before) if part]
    new = [part for part in _SENTENCES.findall(after) if part]
    found: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            found.append(Segment(SAME, right))
            continue
        words, others = _TOKENS.findall(left), _TOKENS.findall(right)
        if words and others and max(len(words), len(others)) <= WORDS_AT_ONCE:
            found += _by_word(words, others)
            continue
        found += [Segment(kind, text) for kind, text in ((DELETED, left), (INSERTED, right)) if text]
    return found


def _tidy(segments: Sequence[Segment]) -> list[Segment]:
    """Join neighbours; a lone space or comma between two changes belongs to them, so that whole phrases are read."""
    wide: list[Segment] = []
    for number, segment in enumerate(segments):
        between = 0 < number < len(segments) - 1
        if between and segment.kind == SAME and not any(c.isalnum() for c in segment.text) and "\n" not in segment.text:
            wide += [Segment(DELETED, segment.text), Segment(INSERTED, segment.text)]
        else:
            wide.append(segment)
    found: list[Segment] = []
    run: dict[str, str] = {DELETED: "", INSERTED: ""}
    for segment in [*wide, Segment(SAME, "")]:
        if segment.kind != SAME:
            run[segment.kind] += segment.text
            continue
        if run[DELETED] == run[INSERTED]:
            found += [Segment(SAME, run[INSERTED])] if run[INSERTED] else []
        else:
            found += [Segment(kind, run[kind]) for kind in (DELETED, INSERTED) if run[kind]]
        run = {DELETED: "", INSERTED: ""}
        found += [segment] if segment.text else []
    return _joined(found)


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    found: list[Segment] = []
    for segment in segments:
        if found and found[-1].kind == segment.kind:
            found[-1] = Segment(segment.kind, found[-1].text + segment.text)
        else:
            found.append(segment)
    return found
