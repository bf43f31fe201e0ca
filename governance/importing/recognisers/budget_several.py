"""Several posts in one sentence: «post 01 økes med 2 mill. kroner, og post 21 reduseres med 1 mill. kroner»."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from governance.importing.habits import budget as habit
from governance.importing.values.money import AmountHit, find_amounts


@dataclass(frozen=True, slots=True)
class Mention:
    """A chapter and post a sentence names, and where the words stand in it."""

    chapter: str
    post: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a sentence gives or takes on one of the posts it names."""

    mention: Mention
    hit: AmountHit
    less: bool


def mentions(sentence: str) -> list[Mention]:
    """The posts a sentence gives to; «og post 21» is of the chapter before it. Those after «jf.» or «mot» are not."""
    found: list[Mention] = []
    for match in habit.POST_NAMED.finditer(sentence):
        chapter = match["chapter"] or match["chapter2"] or (found[-1].chapter if found else "")
        post = match["post"] or match["post2"] or match["post3"]
        if chapter and not habit.ONLY_POINTED_AT.search(sentence[: match.start()]):
            found.append(Mention(chapter, post.zfill(2), match.start(), match.end()))
    return found


def shares_of(sentence: str) -> list[Share]:
    """Each post with its own amount, or an amount moved from one post to another; empty when there is one post only."""
    named = mentions(sentence)
    if len({(mention.chapter, mention.post) for mention in named}) < 2 or not habit.GIVES.search(sentence):
        return []
    hits = find_amounts(sentence)
    if len(hits) == 1 and len(named) == 2:
        return _moved(sentence, named, hits[0])
    if len(hits) != len(named):
        return []
    pairs = list(zip(named, hits, strict=True))
    if all(_stands_alone(sentence, pairs, number) for number in range(len(pairs))):
        return list(_signed(sentence, pairs))
    return []


def _moved(sentence: str, named: list[Mention], hit: AmountHit) -> list[Share]:
    if not habit.MOVES.search(sentence):
        return []
    source = [mention for mention in named if habit.COMES_FROM.search(sentence[: mention.start])]
    target = [mention for mention in named if habit.GOES_TO.search(sentence[: mention.start])]
    if len(source) != 1 or len(target) != 1:
        return []
    return [Share(source[0], hit, less=True), Share(target[0], hit, less=False)]


def _stands_alone(sentence: str, pairs: list[tuple[Mention, AmountHit]], number: int) -> bool:
    """True when no other post or amount comes between the two, and the amount is no part («herav») of another."""
    mention, hit = pairs[number]
    start, end = min(mention.start, hit.start), max(mention.end, hit.end)
    others = (place for at, pair in enumerate(pairs) if at != number for place in (pair[0].start, pair[1].start))
    between = sentence[min(mention.end, hit.end) : max(mention.start, hit.start)]
    return not any(start < place < end for place in others) and not habit.PART.search(between)


def _signed(sentence: str, pairs: list[tuple[Mention, AmountHit]]) -> Iterable[Share]:
    """The verb of each part tells up or down; a part without a verb goes the way of the one before."""
    at, less = 0, False
    for mention, hit in pairs:
        part = sentence[at : max(mention.end, hit.end)]
        if habit.LESS.search(part):
            less = True
        elif habit.GIVES.search(part):
            less = False
        at = max(mention.end, hit.end)
        yield Share(mention, hit, less)
