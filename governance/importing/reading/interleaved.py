"""Two columns that came out line by line (I-13): a goal's words stand between the lines of its first measure.

«• Andel avvik som er lukket av», «Trygg jernbane», «virksomhetene innen fristen»: the bullet opens a measure, a line
that begins with a capital inside it opens the goal of the other column, and lines in small letters go on with the
measure and the goal in turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.importing.habits.labels import WORDS, Label
from governance.importing.habits.markers import BROKEN_OFF, SECTION_NUMBER, marker_of
from governance.importing.reading.units import Line, as_row
from governance.importing.records import Cell
from governance.importing.values.text import join_lines

_GOAL_HEAD = re.compile(r"^(?:hoved|hovud|del)?mål$", re.IGNORECASE)
_MEASURE_HEAD = re.compile(rf"^(?:{WORDS[Label.PARAMETER]}|{WORDS[Label.KEY_FIGURE]})$", re.IGNORECASE)
_WIDEST = 90


@dataclass(slots=True)
class _Group:
    """A goal and the measures of its row."""

    lines: list[Line] = field(default_factory=list)
    goal: list[Line] = field(default_factory=list)
    measures: list[list[Line]] = field(default_factory=list)


def part(lines: list[Line]) -> None:
    """Make a row of each goal and its measures, below «Mål» and «Styringsparametere» on lines of their own."""
    for at, line in enumerate(lines[:-2]):
        if line.columns or line.joined or not _GOAL_HEAD.match(line.text.strip()):
            continue
        if not _MEASURE_HEAD.match(lines[at + 1].text.strip()):
            continue
        groups = _groups(lines, at + 2)
        if len(groups) > 1:
            _write([line, lines[at + 1]], [[line], [lines[at + 1]]])
            for group in groups:
                _write(group.lines, [group.goal, *group.measures])


def _groups(lines: list[Line], at: int) -> list[_Group]:
    groups: list[_Group] = []
    turn = 0
    for number in range(at, len(lines)):
        line = lines[number]
        text = line.text.strip()
        if line.furniture:
            continue
        if line.columns or len(text) > _WIDEST or SECTION_NUMBER.match(text) or (line.gap and not marker_of(text)[0]):
            break
        if marker_of(text)[0]:
            if not groups:
                groups.append(_Group())
            groups[-1].measures.append([line])
            turn = 0
        elif not groups:
            break
        elif text[0].isupper() and turn == 0 and _beside(groups[-1].measures[-1], lines, number):
            _open_goal(groups, line)
            turn = 1
        else:
            to_goal = turn > 0 and turn % 2 == 0 and not BROKEN_OFF.search(groups[-1].measures[-1][-1].text.strip())
            (groups[-1].goal if to_goal else groups[-1].measures[-1]).append(line)
            turn += 1 if turn else 0
        groups[-1].lines.append(line)
    return [group for group in groups if group.goal] if all(group.goal for group in groups) else []


def _beside(measure: list[Line], lines: list[Line], at: int) -> bool:
    """True when a line with a capital is of the other column: the measure is whole, or goes on below."""
    if not BROKEN_OFF.search(measure[-1].text.strip()):
        return True
    return at + 1 < len(lines) and lines[at + 1].text[:1].islower()


def _open_goal(groups: list[_Group], line: Line) -> None:
    """The goal stands beside the measure that is open: with a goal held already, a new row begins with that measure."""
    held = groups[-1]
    if held.goal:
        first = held.measures.pop()
        moved = held.lines[held.lines.index(first[0]) :]
        held.lines = held.lines[: held.lines.index(first[0])]
        groups.append(_Group(moved, [], [first]))
    groups[-1].goal.append(line)


def _write(lines: list[Line], columns: list[list[Line]]) -> None:
    goal, *measures = columns
    as_row(lines, [_cell([goal], 0), _cell(measures, 1)])


def _cell(pieces: list[list[Line]], column: int) -> Cell:
    first = pieces[0][0]
    text = "\n".join(join_lines(line.text.strip() for line in piece) for piece in pieces)
    return Cell(text, first.start, first.start + len(first.text.rstrip()), column)
