"""Tables whose rows came out as running lines below a head on one line (I-13): «Styringsparameter Resultatkrav».

Where a cell ends is told by what stands in the last column: a value of a measure, or the day of an assignment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.importing.habits.labels import WORDS, Label
from governance.importing.habits.markers import GOAL_LINE, LABEL_ONLY, SECTION_NUMBER, marker_of
from governance.importing.reading.units import Line, as_row
from governance.importing.records import Cell
from governance.importing.values.text import join_lines

_LONGEST_ROW = 8
_WIDEST = 130
_TARGET = (
    r"(?:Resultatkrav|Resultatmål|Prestasjonskrav|Ambisjon(?:snivå)?|Måltall?|Målverdi|Målnivå|Krav|"
    r"Mål\s+(?:for\s+)?20\d\d)"
)
_MEASURE_HEAD = re.compile(
    rf"^(?:(?P<goal>(?:[Hh]oved|[Hh]ovud|[Dd]el)?[Mm]ål)\s+)?(?P<measure>{WORDS[Label.PARAMETER]}|{WORDS[Label.KEY_FIGURE]})\s+"
    rf"(?P<target>{_TARGET}(?:\s+(?:for\s+)?20\d\d)?)$",
    re.IGNORECASE,
)
_ASSIGNMENT_HEAD = re.compile(
    r"^(?P<ref>Nr\.?|Nummer|ID|Oppdrag\s*nr\.?)\s+(?P<title>Oppdrag|Tittel|Tiltak)\s+(?P<due>(?:Ny\s+)?[Ff]rist)$"
)
_ABOUT = (
    r"(?:minst|under|over|færre\s+enn|mindre\s+enn|meir\s+enn|mer\s+enn|fleire\s+enn|flere\s+enn|maks(?:imalt)?|høyst|"
    r"høgst|inntil|ca\.?|minimum)"
)
_UNIT = (
    r"(?:%|prosent|pst\.?|poeng|dager|dagar|døgn|veker|uker|mnd\.?|måneder|månader|timer|timar|minutt\w*|år|kwh|gwh|twh|mill\.?(?:\s+kroner)?|"
    r"kroner|kr|stk\.?|saker|på\s+en\s+skala\s+fra\s+\d\s+til\s+\d|av\s+\d+)"
)
_VALUE = re.compile(
    rf"^(?:{_ABOUT}\s+)?\d[\d\s.,]*(?:\s*{_UNIT})?(?:\s+eller(?:\s+\w+)?)?$|^(?:økning|økende|aukande|reduksjon|ingen|nei|ja|ny)\b.{{0,24}}$|^[-–]$",
    re.IGNORECASE,
)
_TRAILING_VALUE = re.compile(
    rf"^(?P<words>.*?[a-zæøå)»])\s+(?P<value>(?:(?:[Mm]inst|[Uu]nder|[Oo]ver|[Mm]aks(?:imalt)?|[Ii]nntil|[Cc]a\.?|Færre\s+enn|[Mm]indre\s+enn)\s+)?\d[\d\s.,]*\s*(?i:{_UNIT})"
    r"|(?:Minst|Under|Over|Maks(?:imalt)?|Inntil|Færre\s+enn|Mindre\s+enn)\s+\d[\d\s.,]*|\s{2,}\d[\d\s.,]*|(?!20\d\d$)\d{1,4}(?:,\d+)?)$"
)
_WORDED_VALUE = re.compile(r"^(?P<words>\S.*?\S)\s{2,}(?P<value>\S.{0,40})$")
_DAY = r"\d{1,2}\.\s?(?:[a-zæøå]{3,9}|\d{1,2}\.)\s?(?:20\d\d)?"
_TRAILING_DAY = re.compile(
    rf"^(?P<words>.*?)\s+(?P<value>(?:(?:[Ii]nnen|[Ii]nnan)\s+)?{_DAY}|[Ll]øpende|[Ll]øpande|[Aa]vtales\s+.{{1,30}}|(?:[Uu]tgangen\s+av\s+)?[1-4]\.\s+(?:kvartal|tertial)(?:\s+20\d\d)?)$"
)
_ROW_START = re.compile(
    r"^(?P<ref>(?:Oppdrag\s+)?(?:[A-ZÆØÅ]{1,6}[-–]?)?\d[\d./–-]{0,9}[a-z]?)[.:]?\s+(?P<rest>[A-ZÆØÅ«].*)$"
)


@dataclass(slots=True)
class _Row:
    """A row being gathered: its lines, and the words and the place of each cell."""

    lines: list[Line] = field(default_factory=list)
    cells: dict[int, list[tuple[str, Line]]] = field(default_factory=dict)

    def put(self, column: int, text: str, line: Line) -> None:
        self.cells.setdefault(column, []).append((text, line))
        if line not in self.lines:
            self.lines.append(line)

    def words(self, column: int) -> str:
        return join_lines(text for text, _ in self.cells.get(column, []))


def gather(lines: list[Line]) -> None:
    """Give the first line of each flowing row its cells, and mark the lines below it as joined."""
    for at, line in enumerate(lines):
        if (line.columns and len(line.columns) > 3) or line.joined or line.furniture:
            continue
        text = re.sub(r"\s+", " ", line.text.strip())
        for pattern, read in ((_MEASURE_HEAD, _measures), (_ASSIGNMENT_HEAD, _assignments)):
            head = pattern.match(text)
            following = _following(lines, at) if head else None
            if head is None or following is None or (following.columns and len(following.columns) > 2):
                continue
            rows = read(lines, at + 1, with_goal=bool(head.groupdict().get("goal")))
            if len(rows) > 1:
                names = [word for word in head.groups() if word]
                _write_head(line, names)
                for row in rows:
                    _write(row)


def _following(lines: list[Line], at: int) -> Line | None:
    return next((lines[number] for number in range(at + 1, len(lines)) if not lines[number].furniture), None)


def _body(lines: list[Line], at: int) -> list[Line]:
    body: list[Line] = []
    for line in lines[at : at + 400]:
        if line.furniture or line.aside:
            continue
        text = line.text.strip()
        ends = LABEL_ONLY.match(text) or len(text) > _WIDEST or line.joined or marker_of(text)[0]
        numbered = SECTION_NUMBER.match(text)
        if ends or (numbered and (line.gap or "." in numbered["number"].rstrip("."))):
            break
        body.append(line)
    return body


def _measures(lines: list[Line], at: int, *, with_goal: bool) -> list[_Row]:
    """Words up to a value are a measure; «Mål 2: …» is the goal of those that follow."""
    shift = 1 if with_goal else 0
    rows: list[_Row] = []
    row = _Row()
    closed = False
    body = _body(lines, at)
    for number, line in enumerate(body):
        text = re.sub(r"\s+", " ", line.text.strip())
        if closed and rows and _more_of_value(rows[-1], text, shift):
            rows[-1].put(1 + shift, text, line)
            continue
        if line.gap and closed and not _fits(body[number : number + 4]):
            break
        closed = False
        if with_goal and GOAL_LINE.match(text) and not row.lines:
            row.put(0, text, line)
            continue
        if 0 in row.cells and with_goal and shift not in row.cells and text[0].islower():
            row.put(0, text, line)
            continue
        split = _TRAILING_VALUE.match(line.text.strip()) or _WORDED_VALUE.match(line.text.strip())
        if _VALUE.match(text) and shift in row.cells:
            row.put(1 + shift, text, line)
        elif split:
            row.put(shift, split["words"], line)
            row.put(1 + shift, split["value"].strip(), line)
        else:
            row.put(shift, text, line)
            if len(row.lines) > _LONGEST_ROW:
                break
            continue
        rows.append(row)
        row, closed = _Row(), True
    return rows


def _more_of_value(row: _Row, text: str, shift: int) -> bool:
    """«Minst 75» + «poeng»: a short word in small letters below a value goes on with it."""
    return text[0].islower() and len(text) < 14 and len(row.cells.get(1 + shift, [])) < 2


def _fits(lines: list[Line]) -> bool:
    """True when the first line begins with a capital and a value stands on it or on one of the next few."""
    near = [line.text.strip() for line in lines]
    return near[0][:1].isupper() and any(_VALUE.match(text) or _TRAILING_VALUE.match(text) for text in near)


def _assignments(lines: list[Line], at: int, *, with_goal: bool) -> list[_Row]:
    """A reference opens a row, a day at the end of a line closes it."""
    rows: list[_Row] = []
    row = _Row()
    for line in _body_of_assignments(lines, at):
        text = re.sub(r"\s+", " ", line.text.strip())
        opened = _ROW_START.match(text) if not row.lines else None
        if not row.lines and opened is None:
            break
        rest = opened["rest"] if opened else text
        if opened:
            row.put(0, opened["ref"], line)
        day = _TRAILING_DAY.match(rest)
        row.put(1, day["words"] if day else rest, line)
        if day:
            row.put(2, day["value"], line)
            rows.append(row)
            row = _Row()
        elif len(row.lines) > _LONGEST_ROW:
            break
    return rows


def _body_of_assignments(lines: list[Line], at: int) -> list[Line]:
    body = [line for line in lines[at : at + 400] if not line.furniture and not line.aside]
    stop = next((number for number, line in enumerate(body) if line.joined or len(line.text) > _WIDEST), len(body))
    return body[:stop]


def _write_head(line: Line, names: list[str]) -> None:
    at = 0
    cells = []
    for column, name in enumerate(names):
        found = line.text.lower().find(name.lower().split()[0], at)
        at = max(found, at)
        cells.append(Cell(name, line.start + at, line.start + min(at + len(name), len(line.text)), column))
    line.columns = tuple(cells)
    line.gap = True


def _write(row: _Row) -> None:
    cells = []
    for column in sorted(row.cells):
        text, line = row.cells[column][0]
        at = max(line.text.find(text.split()[0]), 0) if text.strip() else 0
        cells.append(Cell(row.words(column), line.start + at, line.start + min(at + len(text), len(line.text)), column))
    as_row(row.lines, cells)
