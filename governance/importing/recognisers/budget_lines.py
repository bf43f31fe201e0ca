"""Budget tables that extraction flattened into lines (I-13)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.importing.habits import budget as habit
from governance.importing.habits.labels import Label, heading_labels, opens
from governance.importing.habits.letterheads import ANNEX
from governance.importing.reading.units import Line, Unit
from governance.importing.recognisers.budget_tables import kind_of, parts_of
from governance.importing.recognisers.context import Reading
from governance.importing.records import Doubt, DraftBudgetLine, Span
from governance.importing.values.money import find_amounts, table_amount, table_unit
from governance.importing.values.text import join_lines, squeeze

_AMOUNT = re.compile(
    r"(?<![\w.,/-])(?P<amount>[-–−+]?\s?(?:[1-9]\d{0,2}(?:[ \u00a0.]\d{3})+|[1-9]\d{1,8}|\d))(?![\w,/%]|\.\d)"
)
_AMOUNT_FIRST = re.compile(r"^(?P<amount>[-–−]?\s?\d{1,3}(?:[ \u00a0.]\d{3})+)(?:\s+(?P<rest>[A-ZÆØÅ].*))?$")
_POST_ROW = re.compile(r"^\d{2}\s+[A-ZÆØÅ][^\d]{2,90}\s(?:[1-9]\d{0,2}(?:[ \u00a0.]\d{3})+|\d{3,})(?:\s|$)")
"""«06 Refusjoner 4 205» below a line that names the chapter is no heading."""
_CROWNS_BEFORE = re.compile(r"\b(?:kr|NOK)\.?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"^[•▪●○◦·■\uf0b7\uf0a7–-]\s")
_UNFINISHED = re.compile(r"(?:\b(?:og|eller|post|kap\.?|på|til|av|jf\.?)|[,-])$", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """A row gathered from lines: code, what follows it, its units."""

    chapter: str
    post: str
    pieces: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    start: int = 0
    end: int = 0
    continues: bool = False


def _open(text: str, chapter: str) -> tuple[str, str, str] | None:
    """(chapter, post, rest) when a line opens a row."""
    for pattern in (habit.CODE, habit.APART):
        match = pattern.match(text)
        if match:
            return match["chapter"], match["post"].zfill(2), match["rest"]
    match = habit.WORDED.match(text)
    if match and _AMOUNT.search(match["rest"]):
        return match["chapter"], match["post"].zfill(2), match["rest"]
    match = habit.POST.match(text) or (habit.BARE_POST.match(text) if chapter else None)
    if match and chapter:
        return chapter, match["post"].zfill(2), match["rest"]
    return None


def _regions(reading: Reading) -> list[tuple[list[Unit], bool]]:
    """Runs of units where flattened budget tables may stand: under a heading on the budget, or
    below a line such as «Kap./post Benevnelse Tildeling»."""
    found: list[tuple[list[Unit], bool]] = []
    taken: set[int] = set()
    for unit in reading.body():
        table_head = bool(habit.HEADER_LINE.match(unit.heading_text))
        heading = unit.is_heading and Label.BUDGET in heading_labels(unit.heading_text)
        if unit.index in taken or not (table_head or heading):
            continue
        inner: list[Unit] = [unit] if table_head else []
        for following in reading.after(unit):
            strong = following.is_heading and ((following.number and not following.weak) or following.styled)
            if strong and not _open(following.heading_text, "") and not _POST_ROW.match(following.heading_text):
                break
            inner.append(following)
        taken.update(item.index for item in inner)
        found.append((inner, table_head))
    return found


def _rows(units: list[Unit], claimed: set[int]) -> list[Row]:
    rows: list[Row] = []
    chapter = ""
    closed = True
    for unit in units:
        if unit.furniture or (unit.is_row and (not unit.lines or unit.index in claimed)):
            closed = True
            continue
        for line in unit.lines:
            text = line.text.strip()
            head = habit.CHAPTER_HEAD_LINE.match(text) or habit.CHAPTER.match(text)
            if head and not habit.WORDED.match(text):
                chapter = head["chapter"]
                closed = True
                if habit.HEADER_LINE.match(text):
                    chapter = ""
                continue
            opened = _open(text, chapter)
            if opened:
                rows.append(Row(opened[0], opened[1], [opened[2]], [unit], line.start, line.end))
                chapter = opened[0]
                closed = False
            elif not closed and rows:
                closed = not _continue(rows, text, line, unit)
    return rows


def _other_part(heading: str) -> bool:
    """True for a heading that opens another part of the letter."""
    others = (Label.CALENDAR, Label.AUTHORISATION, Label.COMMON, Label.REPORTING, Label.ASSIGNMENT, Label.GOAL)
    return bool(ANNEX.match(heading)) or any(opens(heading, label) for label in others)


def _continue(rows: list[Row], text: str, line: Line, unit: Unit) -> bool:
    """Add a line to the open row, or open a row without a code; False when the table is over."""
    row = rows[-1]
    if habit.SUM_ROW.match(text) or (unit.is_heading and (unit.number or _other_part(unit.text))):
        return False
    has_amount = bool(_find_amount(row.pieces))
    lone = _AMOUNT_FIRST.match(text)
    if lone and has_amount and not _UNFINISHED.search(row.pieces[-1].rstrip()) and lone["rest"]:
        rows.append(Row(row.chapter, row.post, [text], [unit], line.start, line.end, continues=True))
        return True
    if line.gap and has_amount and not _BULLET.match(text) and len(text) > 60:
        return False
    row.pieces.append(text)
    row.end = line.end
    if unit not in row.units:
        row.units.append(unit)
    return len(row.pieces) < 14


def _find_amount(pieces: list[str]) -> tuple[str, str, str, int] | None:
    """(name, amount as written, comment, factor or 0) of a row's text."""
    text = "\n".join(pieces)
    for match in _AMOUNT.finditer(text):
        before = text[: match.start()]
        if (
            re.search(r"(?:post|kap\.?|nr\.?|pkt\.?|og|\bi|for|fra|frå|§)\s*$", before, re.IGNORECASE)
            and "\n" not in before[-2:]
        ):
            continue
        if re.match(r"\s*(?:[.–-]\s*tertial|\.\s|prosent|pst)", text[match.end() :]):
            continue
        worded = find_amounts(text[match.start() : match.start() + 60])
        factor = 0
        end = match.end()
        if worded and worded[0].start <= 1:
            end = match.start() + worded[0].end
            factor = 1
        if crowns := _CROWNS_BEFORE.search(before):
            before, factor = before[: crowns.start()], 1
        name = squeeze(join_lines(before.split("\n"))).strip(" :.–-") if before.strip() else ""
        comment = _comment(text[end:])
        return name, f"{'kr ' if crowns else ''}{text[match.start() : end]}", comment, factor
    return None


def _comment(text: str) -> str:
    parts = re.split(r"\n?\s*[•▪●·■\uf0b7]\s*", text)
    return (
        "; ".join(filter(None, (squeeze(join_lines(part.split("\n"))) for part in parts))).replace(":; ", ": ").strip()
    )


def recognise_flat_budget(reading: Reading, first: int) -> list[DraftBudgetLine]:
    """Budget lines out of flattened tables, in the order of the text."""
    found: list[DraftBudgetLine] = []
    for units, sure in _regions(reading):
        above = reading.units[max(0, units[0].index - 3) : units[0].index] if units else []
        near = [*(unit for unit in reversed(above) if len(unit.text) < 160), *units]
        unit_note = next((note for unit in near if (note := table_unit(unit.text))), None)
        rows = _rows(units, {unit.index for unit in units if reading.claimed(unit, "budget", "calendar")})
        amounts = [row for row in rows if _find_amount(row.pieces)]
        if (
            not sure
            and unit_note is None
            and len(amounts) < 2
            and not any("kroner" in " ".join(row.pieces[:2]) for row in amounts)
        ):
            continue
        for row in amounts:
            line = _item(reading, row, unit_note, found, first)
            if line:
                found.append(line)
    return found


def _item(
    reading: Reading, row: Row, note: tuple[int, str] | None, found: list[DraftBudgetLine], first: int
) -> DraftBudgetLine | None:
    read = _find_amount(row.pieces)
    if read is None:
        return None
    name, written, comment, worded = read
    if len(name) > 110 or re.search(r"\b(?:skal|tildeles|økes|reduseres|bevilgningen|tildelingen|blir|er)\b", name):
        return None
    factor, unit = note or (1_000, "")
    if worded:
        hit = find_amounts(written)[0]
        amount: tuple[int, str] | None = (hit.kroner, hit.amount_as_written)
        unit = hit.unit_as_written
    else:
        amount = table_amount(written, factor)
    if amount is None:
        return None
    doubts: list[Doubt] = []
    if row.continues:
        name = next((line.name for line in reversed(found) if (line.chapter, line.post) == (row.chapter, row.post)), "")
        doubts.append(
            Doubt(
                "continues_row",
                "amount",
                "Raden har ikke kapittel og post. Avklar om beløpet kommer i tillegg til raden over.",
            )
        )
    if note is None and not worded:
        doubts.append(
            Doubt("unit_assumed", "amount", "Tabellen sier ikke hva beløpene er oppgitt i. Lest som 1 000 kroner.")
        )
    return DraftBudgetLine(
        key=f"budget-{first + len(found)}",
        confidence=0.9 if not doubts else 0.65,
        passages=reading.claim("budget", *row.units),
        unsure=tuple(doubts),
        spans=(Span("rad", row.start, row.end),),
        chapter=row.chapter,
        post=row.post,
        name=name,
        amount=amount[0],
        amount_as_written=amount[1],
        unit_as_written=unit,
        kind=kind_of(reading, row.chapter, reading.is_supplement),
        comment=comment,
        splits=parts_of(comment, factor, unit),
        continues_row=row.continues,
    )
