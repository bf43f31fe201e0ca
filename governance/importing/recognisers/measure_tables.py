"""Steering parameters and key figures that stand in tables, and the goals that such a table names."""

from __future__ import annotations

import re

from governance.importing.habits.labels import WORDS, Label, heading_labels, words_in
from governance.importing.habits.markers import BROKEN_OFF, GOAL_ALONE, GOAL_LINE
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.measured import Found
from governance.importing.records import DraftGoal, GoalLevel
from governance.importing.values.text import squeeze

_TABLE_HEADS = {
    "goal": re.compile(
        r"^(?:(?:hoved|hovud|del|sektor|virksomhets|verksemds)?mål)\b(?!\s*(?:20\d\d|tall|tal\b))", re.IGNORECASE
    ),
    "parameter": re.compile(
        rf"^(?:nr\.?\s+)?(?:{WORDS[Label.PARAMETER]}|(?:resultat|styrings|måle)?(?:indikator|parameter|parametre|parametrar))(?!\w)",
        re.IGNORECASE,
    ),
    "key": re.compile(rf"^(?:nr\.?\s+)?(?:{WORDS[Label.KEY_FIGURE]})(?!\w)", re.IGNORECASE),
    "target": re.compile(
        r"^(?:resultatkrav|resultatmål|måltal(?:l)?|ambisjon(?:snivå)?|krav|mål\s+(?:for\s+)?20\d\d|mål\s*$|målverdi|forventning)",
        re.IGNORECASE,
    ),
    "ref": re.compile(r"^(?:nr\.?|nummer|id|#)$", re.IGNORECASE),
}


def _table_columns(rows: list[Unit]) -> tuple[dict[str, int], int]:
    for number, row in enumerate(rows[:2]):
        roles: dict[str, int] = {}
        for cell in row.cells:
            for role, pattern in _TABLE_HEADS.items():
                if pattern.match(cell.text.strip()):
                    roles.setdefault("sub" if role == "goal" and "goal" in roles else role, cell.column)
                    break
        if "parameter" in roles or "key" in roles:
            return roles, number + 1
    return {}, 0


def _cell_text(row: Unit, column: int | None) -> str:
    if column is None:
        return ""
    return next((cell.text for cell in row.cells if cell.column <= column < cell.column + cell.width), "")


def _pieces(text: str) -> list[str]:
    parts = re.split(r"\s*[•▪●·■\uf0b7]\s*|\n\s*[-–−]\s+|\n\s*(?=\d{1,2}(?:\.\d{1,2})*[.):]?\s+[A-ZÆØÅ«])", text)
    return [squeeze(piece) for part in parts for piece in _parted_lines(part) if piece.strip()]


def _parted_lines(text: str) -> list[str]:
    """The lines of a cell as pieces where each opens anew with a capital and none is broken off in the middle."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = all(line[0].isupper() or line[0] in "«(" for line in lines) and not any(
        BROKEN_OFF.search(line) for line in lines[:-1]
    )
    return lines if len(lines) > 1 and whole else [text]


def tables_of(reading: Reading) -> tuple[list[Found], list[DraftGoal]]:
    found: list[Found] = []
    goals: list[DraftGoal] = []
    tables: list[list[Unit]] = []
    for unit in reading.body():
        if unit.is_row and not reading.claimed(unit, "calendar", "budget", "assignment"):
            if tables and tables[-1][-1].table == unit.table:
                tables[-1].append(unit)
            else:
                tables.append([unit])
    taken = {unit.table for unit in reading.units if unit.is_row and reading.claimed(unit, "calendar", "budget")}
    for rows in tables:
        if rows[0].table in taken:
            continue
        roles, heads = _table_columns(rows)
        if not roles:
            found.extend(_unheaded(reading, rows))
            continue
        goal = ""
        for row in rows[heads:]:
            goal = _row(reading, row, roles, goal, found, goals)
    return found, goals


_NUMBERED_GOAL = re.compile(
    r"^(?:(?:hoved|hovud|del|sektor|effekt|resultat|bruker|brukar|virksomhets|verksemds)?mål\s*)?"
    r"(?P<ref>\d{1,2}(?:\.\d{1,2})*)\s*[.:–-]?\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)


def _goal_of(row: Unit, name: str, goal: str, goals: list[DraftGoal], role: str) -> str:
    """The goal that the row belongs to; a new one is added to ``goals``."""
    alone = GOAL_ALONE.match(name)
    if alone:
        return alone["ref"]
    if not name or any(held.title == name for held in goals):
        return goal
    match = _NUMBERED_GOAL.match(name)
    title, reference = (match["title"], match["ref"]) if match else (name, "")
    if len(title) <= 4:
        return goal
    level = GoalLevel.SUB if role == "sub" else GoalLevel.MAIN
    goals.append(DraftGoal(title=title, reference=reference, passages=(row.index,), confidence=0.85, level=level))
    return reference or title


def _unheaded(reading: Reading, rows: list[Unit]) -> list[Found]:
    """Measures in a table whose head names only years or targets, below a heading or a line on measures."""
    label = _label_above(reading, rows[0])
    if label is None:
        return []
    found = []
    for row in rows:
        first, *others = [cell.text.strip() for cell in row.cells if cell.text.strip()] or [""]
        measured = any(re.search(r"\d", text) or len(text) < 25 for text in others)
        if others and measured and len(first) > 8 and first[0].isalpha() and not GOAL_ALONE.match(first):
            target = others[-1] if label is Label.PARAMETER else ""
            found.append(Found(label, squeeze(first), row, target=squeeze(target), confidence=0.75))
    return found if len(found) * 2 >= len(rows) else []


_LOOK_UP = 12
"""So many units above a table are looked at for what it lists."""


def _label_above(reading: Reading, row: Unit) -> Label | None:
    """The one measuring label of the nearest heading or introduction above, rows and goals passed over."""
    for index in range(row.index - 1, max(row.index - _LOOK_UP, -1), -1):
        unit = reading.units[index]
        if unit.furniture or unit.is_row or GOAL_LINE.match(unit.text):
            continue
        labels = words_in(unit.text[-200:]) if unit.text.endswith(":") else heading_labels(unit.text)
        measuring = [label for label in labels if label in (Label.PARAMETER, Label.KEY_FIGURE)]
        named = unit.is_heading or unit.text.endswith(":")
        return measuring[-1] if named and len(measuring) == 1 else None
    return None


def _row(
    reading: Reading, row: Unit, roles: dict[str, int], goal: str, found: list[Found], goals: list[DraftGoal]
) -> str:
    for role in ("goal", "sub"):
        goal = _goal_of(row, squeeze(_cell_text(row, roles.get(role))), goal, goals, role)
    target = squeeze(_cell_text(row, roles.get("target")))
    reference = squeeze(_cell_text(row, roles.get("ref")))
    for role, label in (("parameter", Label.PARAMETER), ("key", Label.KEY_FIGURE)):
        for piece in _pieces(_cell_text(row, roles.get(role))):
            numbered = re.match(r"^(?P<ref>\d{1,2}(?:\.\d{1,2})*)[.):]?\s+(?P<title>[A-ZÆØÅ«].*)$", piece)
            title = numbered["title"] if numbered else piece
            own = numbered["ref"] if numbered else reference
            if len(title) > 3:
                found.append(
                    Found(label, title, row, own, target if label is Label.PARAMETER else "", goal, confidence=0.9)
                )
    return goal
