"""Two people wrote in the same text: put both together without losing a word (pure, decision E3)."""

from __future__ import annotations

from difflib import SequenceMatcher


def merge(base: str, theirs: str, mine: str) -> str:
    """A proposal with everything both have written, line by line.

    Lines only one has changed become as that one wrote them. Where both have changed the same lines, both
    versions stand, what was saved first above: a person decides. Only what one side has deliberately removed
    and the other has left alone is gone.
    """
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    old, first, second = base.splitlines(), theirs.splitlines(), mine.splitlines()
    return "\n".join(_merged(old, _edits(old, first), _edits(old, second)))


Edits = dict[int, tuple[int, list[str]]]


def _edits(old: list[str], new: list[str]) -> Edits:
    """Replaced stretches: start in the old text -> (end in the old text, new lines)."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {
        start: (end, new[new_start:new_end])
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    }


def _merged(old: list[str], first: Edits, second: Edits) -> list[str]:
    result: list[str] = []
    at = 0
    while at <= len(old):
        if at in first or at in second:
            lines, at = _stretch(old, first, second, at)
            result += lines
        else:
            result += old[at : at + 1]
            at += 1
    return result


def _stretch(old: list[str], first: Edits, second: Edits, start: int) -> tuple[list[str], int]:
    """Take all edits that touch one another, from both sides, as one stretch."""
    end = start
    grew = True
    while grew:
        grew = False
        for edits in (first, second):
            for at, (stop, _lines) in edits.items():
                if start <= at <= end and stop > end:
                    end, grew = stop, True
    theirs, mine = _side(old, first, start, end), _side(old, second, start, end)
    plain = old[start:end]
    for edits in (first, second):
        for at in [at for at in edits if start <= at <= end and edits[at][0] <= end]:
            del edits[at]
    if theirs == plain:
        return mine + old[end : end + 1], end + 1
    if mine in (plain, theirs):
        return theirs + old[end : end + 1], end + 1
    return theirs + mine + old[end : end + 1], end + 1


def _side(old: list[str], edits: Edits, start: int, end: int) -> list[str]:
    """One side's lines for a stretch of the old text."""
    lines: list[str] = []
    at = start
    while at <= end:
        if at in edits:
            stop, new = edits[at]
            lines += new
            if stop == at:
                lines += old[at : at + 1] if at < end else []
                at += 1
            else:
                at = stop
                if at == end and at not in edits:
                    break
        else:
            lines += old[at : at + 1] if at < end else []
            at += 1
    return lines
