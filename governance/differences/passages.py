"""Two running texts, passage by passage: the same, added, removed, or changed with its words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from governance.differences.likeness import best_pairs, in_order, words_of
from governance.differences.words import Segment, word_diff
from governance.items import Item

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
#: Two passages with fewer words in common are two passages, not one that was changed.
LEAST = 0.5


@dataclass(frozen=True)
class PassageDifference:
    """One passage. ``before`` and ``after`` are places in the two lists, None where it does not stand."""

    kind: str
    before: int | None
    after: int | None
    segments: tuple[Segment, ...] = ()


def compare_passages(before: Sequence[Item], after: Sequence[Item]) -> list[PassageDifference]:
    """Passages of the consolidation (items of key "passage"), in the order of the new text."""
    return compare_texts([_words(item) for item in before], [_words(item) for item in after])


def compare_texts(before: Sequence[str], after: Sequence[str]) -> list[PassageDifference]:
    """The same for plain texts, one for each passage."""
    found: list[PassageDifference] = []
    plain = [[" ".join(text.split()) for text in side] for side in (before, after)]
    for tag, a, b, c, d in SequenceMatcher(None, plain[0], plain[1], autojunk=False).get_opcodes():
        if tag == "equal":
            found += [PassageDifference(SAME, a + n, c + n) for n in range(b - a)]
        else:
            found += _stretch(plain[0], plain[1], range(a, b), range(c, d))
    return found


def _words(item: Item) -> str:
    return str(item.data.get("text") or "")


def _stretch(before: Sequence[str], after: Sequence[str], old: range, new: range) -> list[PassageDifference]:
    """A stretch where the texts part: like passages are laid against each other, the rest came or went."""
    pairs = best_pairs([words_of(before[n]) for n in old], [words_of(after[n]) for n in new], LEAST)
    found: list[PassageDifference] = []
    left, right = old.start, new.start
    for one, other in [*in_order(pairs), (len(old), len(new))]:
        found += [PassageDifference(REMOVED, n, None) for n in range(left, old.start + one)]
        found += [PassageDifference(ADDED, None, n) for n in range(right, new.start + other)]
        left, right = old.start + one, new.start + other
        if one < len(old) and other < len(new):
            marked = tuple(word_diff(before[left], after[right]))
            found.append(PassageDifference(CHANGED, left, right, marked))
            left, right = left + 1, right + 1
    return found
