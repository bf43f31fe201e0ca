"""Steering parameters and key figures that stand in tables, and the goals that such a table names."""

from __future__ import annotations

import re

from governance.importing.habits.labels import WORDS, Label
from governance.importing.habits.markers import GOAL_ALONE
from governance.importing.reading.units import Unit
from governance.importing.recognisers.context import Reading
from governance.importing.recognisers.measured import Found
from governance.importing.records import DraftGoal
from governance.importing.values.text import squeeze

_TABLE_HEADS = {
    "goal": re.compile(
        r"^(?:(?:hoved|hovud|del|sektor|virksomhets|verksemds)?mål)\b(?!\s*(?:20\d\d|tall|tal\b))", re.IGNORECASE
    ),
    "parameter": re.compile(
        rf"^(?:{WORDS[Label.PARAMETER]}|(?:resultat|styrings|måle)?(?:indikator|parameter|parametre|parametrar))(?!\w)",
        re.IGNORECASE,
    ),
    "key": re.compile(rf"^(?:{WORDS[Label.KEY_FIGURE]})(?!\w)", re.IGNORECASE),
    "target": re.compile(
        r"^(?:resultatkrav|resultatmål|måltal(?:l)?|ambisjon(?:snivå)?|krav|mål\s+(?:for\s+)?20\d\d|mål\s*$|målverdi|forventning|resultat(?:krav)?\s+20\d\d)",
        re.IGNORECASE,
    ),
    "ref": re.compile(r"^(?:nr\.?|nummer|id|#)$", re.IGNORECASE),
}


def _table_columns(rows: list[Unit]) -> tuple[dict[str, int], int]:
    for number, row in enumerate(rows[:2]):
        roles: dict[str, int] = {}
        for cell in row.cells:
            for role, pattern in _TABLE_HEADS.items():
                if pattern.match(cell.text.strip()) and role not in roles:
                    roles[role] = cell.column
                    break
        if "parameter" in roles or "key" in roles:
            return roles, number + 1
    return {}, 0


def _cell_text(row: Unit, column: int | None) -> str:
    if column is None:
        return ""
    return next((cell.text for cell in row.cells if cell.column <= column < cell.column + cell.width), "")


_BROKEN_OFF = re.compile(
    r"(?:[,/-]|\b(?:og|eller|i|på|av|for|til|med|om|fra|frå|som|at|å|den|det|de|dei|en|ei|et|ein|eit|ved|hos|per|mot|innen|innan|under|over|mellom))$",
    re.IGNORECASE,
)


def _pieces(text: str) -> list[str]:
    parts = re.split(r"\s*[•▪●·■\uf0b7]\s*|\n\s*[-–−]\s+|\n\s*(?=\d{1,2}(?:\.\d{1,2})*[.):]?\s+[A-ZÆØÅ«])", text)
    return [squeeze(piece) for part in parts for piece in _parted_lines(part) if piece.strip()]


def _parted_lines(text: str) -> list[str]:
    """The lines of a cell as pieces where each opens anew with a capital and none is broken off in the middle."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = all(line[0].isupper() or line[0] in "«(" for line in lines) and not any(
        _BROKEN_OFF.search(line) for line in lines[:-1]
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
    for rows in tables:
        roles, heads = _table_columns(rows)
        if not roles:
            continue
        goal = ""
        for row in rows[heads:]:
            goal = _row(reading, row, roles, goal, found, goals)
    return found, goals


def _row(
    reading: Reading, row: Unit, roles: dict[str, int], goal: str, found: list[Found], goals: list[DraftGoal]
) -> str:
    name = squeeze(_cell_text(row, roles.get("goal")))
    alone = GOAL_ALONE.match(name)
    if alone:
        goal = alone["ref"]
    elif name and "goal" in roles and not any(held.title == name for held in goals):
        match = re.match(
            r"^(?:(?:hoved|hovud|del|sektor|effekt|resultat|bruker|brukar|virksomhets|verksemds)?mål\s*)?(?P<ref>\d{1,2}(?:\.\d{1,2})*)\s*[.:–-]?\s*(?P<title>\S.*)$",
            name,
            re.IGNORECASE,
        )
        title, reference = (match["title"], match["ref"]) if match else (name, "")
        if len(title) > 4:
            goals.append(DraftGoal(title=title, reference=reference, passages=(row.index,), confidence=0.85))
            goal = reference or title
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
