"""How like two titles or passages are: shared words, the rare ones counting. Set arithmetic only, so it is fast."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"\w+", re.UNICODE)
#: Words that stand in more texts than this say little of which text is meant.
COMMON = 25


def words_of(text: str) -> frozenset[str]:
    """The words of a text, each once, in lower case."""
    return frozenset(_WORD.findall(text.casefold()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's measure, 0 to 1."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def best_pairs(
    before: Sequence[frozenset[str]], after: Sequence[frozenset[str]], least: float
) -> list[tuple[int, int]]:
    """Each text with the other side's most like one, each used once, best first; only those at least so like."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(before):
        for word in words:
            index[word].append(number)
    scored: list[tuple[float, int, int, int]] = []
    for number, words in enumerate(after):
        shared: Counter[int] = Counter()
        for word in words:
            if len(index.get(word, ())) <= COMMON:
                shared.update(index.get(word, ()))
        for other, _count in shared.most_common(4):
            score = likeness(before[other], words)
            if score >= least:
                scored.append((-score, abs(other - number), other, number))
    used_before: set[int] = set()
    used_after: set[int] = set()
    pairs = []
    for _score, _distance, other, number in sorted(scored):
        if other not in used_before and number not in used_after:
            used_before.add(other)
            used_after.add(number)
            pairs.append((other, number))
    return pairs


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that keeps the order on both sides."""
    ordered = sorted(pairs)
    best: list[int] = []
    before: list[int] = []
    for place, (_left, right) in enumerate(ordered):
        found = max((b for b in range(place) if ordered[b][1] < right), key=lambda b: best[b], default=-1)
        best.append(best[found] + 1 if found >= 0 else 1)
        before.append(found)
    run: list[tuple[int, int]] = []
    place = max(range(len(ordered)), key=lambda n: best[n], default=-1)
    while place >= 0:
        run.append(ordered[place])
        place = before[place]
    return run[::-1]
