"""Budget lines in tables whose cells are known (I-13; R-65; V-09..V-11)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from governance.importing.habits import budget as habit
from governance.importing.reading.units import Unit
from governance.importing.recognisers.budget_columns import Columns, columns_by_content, told_by_sums
from governance.importing.recognisers.context import Reading
from governance.importing.records import BudgetKind, BudgetPart, Cell, Doubt, DraftBudgetLine, Span
from governance.importing.values.money import find_amounts, head_unit, look_like_crowns, table_amount, table_unit
from governance.importing.values.text import squeeze


@dataclass(slots=True)
class Place:
    """Chapter and post that the coming rows belong to."""

    chapter: str = ""
    post: str = ""
    name: str = ""
    unit: tuple[int, str] = (1_000, "")
    unit_known: bool = False
    rows: list[DraftBudgetLine] = field(default_factory=list)


def kind_of(reading: Reading, chapter: str, change: bool) -> BudgetKind:
    """Income chapters are 3000-5999 (V-11); a supplement's amounts are changes."""
    if change:
        return BudgetKind.CHANGE
    number = int(chapter) if chapter.isdigit() else 0
    return BudgetKind.INCOME if 3000 <= number <= 5999 else BudgetKind.EXPENSE


_PART = re.compile(
    r"(?:^|[•\n;]|(?<=:)\s)\s*(?P<text>[A-ZÆØÅ][^•\n;:]{2,120}?)\s*[:–]\s*"
    r"(?P<amount>\d{1,3}(?:[ .]\d{3})+|\d{1,7})(?=\s*(?:$|[•\n;,.)]|\s-?\s?[A-ZÆØÅ]))"
)


def parts_of(comment: str, factor: int, unit: str) -> tuple[BudgetPart, ...]:
    """Splits in a comment: «Tilskudd til apotek: 7 600; Tilskudd til …: 4 262»."""
    parts = []
    for match in _PART.finditer(comment):
        amount = table_amount(match["amount"], factor)
        if amount:
            parts.append(BudgetPart(squeeze(match["text"]), amount[0], match["amount"], unit))
    return tuple(parts) if len(parts) > 1 else ()


def _head_role(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    for role, pattern in (
        ("code", habit.HEAD_CODE),
        ("post", habit.HEAD_POST),
        ("name", habit.HEAD_NAME),
        ("note", habit.HEAD_NOTE),
        ("previous", habit.HEAD_PREVIOUS),
        ("change", habit.HEAD_CHANGE),
        ("new", habit.HEAD_NEW),
        ("total", habit.HEAD_TOTAL),
        ("amount", habit.HEAD_AMOUNT),
    ):
        found = pattern.match(text) if role in ("code", "post", "name", "note", "new") else pattern.search(text)
        if found:
            return role
    return ""


def columns_of(rows: list[Unit]) -> Columns | None:
    """The columns of a budget table, or None when it is no budget table."""
    for number, row in enumerate(rows[:4]):
        roles: dict[str, list[int]] = {}
        for cell in row.cells:
            roles.setdefault(_head_role(cell.text), []).append(cell.column)
        sums = any(roles.get(role) for role in ("amount", "change", "previous", "total", "new"))
        if "code" not in roles and not (roles.get("post") and (roles.get("name") or sums)):
            continue
        if "code" not in roles and any(
            habit.CODE.match(text_at(other, roles["post"][0])) for other in rows[number + 1 :]
        ):
            roles["code"] = roles.pop("post")
        columns = Columns(code=next(iter(roles.get("code", [])), None), head_rows=number + 1)
        columns.post = next(iter(roles.get("post", [])), None)
        columns.name = next(iter(roles.get("name", [])), None)
        columns.note = next(iter(roles.get("note", [])), None)
        columns.previous = next(iter(roles.get("previous", [])), None)
        columns.carried = any(habit.HEAD_CARRIED.search(cell.text) for cell in row.cells)
        change, new, total = roles.get("change", []), roles.get("new", []), roles.get("total", [])
        plain = roles.get("amount", [])
        if change:
            columns.amount = change[0]
            columns.total = next(iter(total or new or plain), None)
        elif new and total:
            columns.amount, columns.total = new[0], total[0]
        elif new and columns.previous is not None:
            columns.total = new[0]
        else:
            columns.amount = next(iter(plain or total or new), None)
        if columns.name is None:
            columns.name = _unnamed_name(rows[number + 1 :], columns)
        return columns_by_content(rows, number + 1) or columns
    return _columns_from_body(rows)


def _unnamed_name(rows: list[Unit], columns: Columns) -> int | None:
    """The column of names when its head says something else: the first other one that holds words."""
    used = {columns.code, columns.post, columns.note, columns.amount, columns.previous, columns.total}
    for column in sorted({cell.column for row in rows for cell in row.cells} - used):
        worded = [row for row in rows if re.match(r"[A-ZÆØÅ«][a-zæøå]", text_at(row, column))]
        if len(worded) * 2 > len(rows):
            return column
    return None


def _columns_from_body(rows: list[Unit]) -> Columns | None:
    coded = [
        row
        for row in rows
        if row.cells and (habit.CODE.match(row.cells[0].text) or habit.WORDED.match(row.cells[0].text))
    ]
    if not coded or len(coded) * 2 < len(rows):
        return None
    for column in range(1, max(len(row.cells) for row in coded) + 1):
        if all((cell := cell_at(row, column)) and table_amount(cell.text, 1) for row in coded):
            return Columns(code=0, amount=column, name=1 if column > 1 else None)
    return None


def cell_at(row: Unit, column: int | None) -> Cell | None:
    if column is None:
        return None
    return next((cell for cell in row.cells if cell.column <= column < cell.column + cell.width), None)


def text_at(row: Unit, column: int | None) -> str:
    cell = cell_at(row, column)
    return squeeze(cell.text) if cell else ""


_WORDED_AMOUNT = re.compile(r"\bkr\b|kroner|\bmill|\bmrd|,-$", re.IGNORECASE)


def _amount_of(text: str, factor: int) -> tuple[int, str] | None:
    """The amount of a cell; one that says «kr» or «mill. kroner» itself needs no unit from the table."""
    worded = find_amounts(text) if _WORDED_AMOUNT.search(text) and len(text) < 40 else []
    if len(worded) == 1:
        return worded[0].kroner, text
    return table_amount(text, factor)


def _amounts(row: Unit, columns: Columns, factor: int) -> tuple[int | None, str, int | None, int | None]:
    """(amount, as written, previous, total) of a row."""

    def value(column: int | None) -> tuple[int, str] | None:
        return _amount_of(text_at(row, column), factor) if column is not None else None

    amount, previous, total = value(columns.amount), value(columns.previous), value(columns.total)
    if amount is None and previous is not None and total is not None:
        return total[0] - previous[0], text_at(row, columns.total), previous[0], total[0]
    if amount is None and columns.amount is None and columns.previous is None:
        numbers = [
            found for cell in row.cells if cell.column != columns.code and (found := table_amount(cell.text, factor))
        ]
        amount = numbers[0] if numbers else None
    if amount is None:
        return None, "", None, None
    return amount[0], amount[1], previous[0] if previous else None, total[0] if total else None


def _locate(row: Unit, columns: Columns, place: Place) -> bool:
    """Take chapter, post and name from a row; True when the row names a post itself."""
    code = text_at(row, columns.code)
    own_post = text_at(row, columns.post)
    patterns = (habit.CODE, habit.WORDED, habit.APART_ALONE, habit.APART)
    match = next((found for pattern in patterns if (found := pattern.match(code))), None)
    if match:
        place.chapter, place.post = match["chapter"], match["post"].zfill(2)
        place.name = squeeze(match["rest"]) or text_at(row, columns.name)
        return True
    chapter = habit.CHAPTER.match(code) or re.match(r"^(?P<chapter>\d{2,4})\.?$(?P<rest>)", code)
    if chapter:
        place.chapter, place.post = chapter["chapter"], ""
    post = (
        habit.POST.match(own_post or code)
        or re.match(r"^(?P<post>\d{1,2})\.?$(?P<rest>)", own_post)
        or habit.BARE_POST.match(own_post)
    )
    name = text_at(row, columns.name)
    if not post and name:
        post = habit.POST.match(name)
        if post:
            name = post["rest"]
    if post:
        place.post = post["post"].zfill(2)
        place.name = name or squeeze(post["rest"])
        return True
    return False


def read_table(
    reading: Reading, rows: list[Unit], before: list[Unit], first: int, chapter: str = ""
) -> list[DraftBudgetLine]:
    """Budget lines of one table. ``before`` are the units above it, for the unit of the amounts; ``chapter`` is that of
    a table that goes on here from the page before."""
    columns = columns_of(rows)
    if columns is None:
        return []
    told_by_sums(rows[columns.head_rows :], columns)
    place = Place(chapter=_chapter_above(rows[: columns.head_rows], before) or chapter)
    if columns.code is None and not place.chapter:
        return []
    notes = [unit.text for unit in before] + [cell.text for row in rows[: columns.head_rows] for cell in row.cells]
    for text in notes:
        unit = table_unit(text)
        if unit:
            place.unit, place.unit_known = unit, True
    heads = (head_unit(cell.text) for row in rows[: columns.head_rows] for cell in row.cells)
    place.unit, place.unit_known = next(((unit, True) for unit in heads if unit), (place.unit, place.unit_known))
    if not place.unit_known and look_like_crowns(_column_amounts(rows[columns.head_rows :], columns)):
        place.unit = (1, "")
    for row in rows[columns.head_rows :]:
        _take(reading, row, columns, place, first)
    return place.rows


def _column_amounts(rows: list[Unit], columns: Columns) -> list[str]:
    """The amounts of a table as written, those of sums left out."""
    return [
        text
        for row in rows
        if not any(habit.SUM_ROW.match(cell.text.strip()) for cell in row.cells[:2])
        and table_amount(text := text_at(row, columns.amount), 1)
    ]


def _chapter_above(heads: list[Unit], before: list[Unit]) -> str:
    """The chapter that the table's head or the line right above it names."""
    texts = [cell.text for row in heads for cell in row.cells] + [unit.heading_text for unit in reversed(before)]
    found = (habit.CHAPTER_IN_HEAD.match(text.strip()) for text in texts)
    return next((match["chapter"] for match in found if match), "")


def _unit_assumed(factor: int) -> str:
    unit = "1 000 kroner" if factor > 1 else "kroner"
    return f"Tabellen sier ikke hva beløpene er oppgitt i. Lest som {unit}."


def _take(reading: Reading, row: Unit, columns: Columns, place: Place, first: int) -> None:
    texts = [cell.text for cell in row.cells if cell.text.strip()]
    if not texts or any(habit.SUM_ROW.match(text.strip()) for text in texts[:2]):
        return
    own = _locate(row, columns, place)
    amount, written, previous, total = _amounts(row, columns, place.unit[0])
    if amount is None or not place.chapter or not place.post:
        return
    if not own and place.rows and any(habit.PART.match(text.strip()) for text in texts):
        said = "; ".join(filter(None, (place.rows[-1].comment, " ".join(squeeze(text) for text in texts))))
        reading.claim("budget", row)
        place.rows[-1] = replace(place.rows[-1], comment=said, passages=(*place.rows[-1].passages, row.index))
        return
    note = text_at(row, columns.note)
    change = reading.is_supplement or columns.previous is not None
    doubts: list[Doubt] = []
    if not own:
        doubts.append(
            Doubt(
                "continues_row",
                "amount",
                "Raden har ikke kapittel og post. Avklar om beløpet kommer i tillegg til raden over.",
            )
        )
    if not place.unit_known and not _WORDED_AMOUNT.search(written):
        doubts.append(Doubt("unit_assumed", "amount", _unit_assumed(place.unit[0])))
    spans = []
    for name, column in (("post", columns.code), ("beløp", columns.amount)):
        cell = cell_at(row, column)
        if cell and cell.text:
            spans.append(Span(name, cell.start, cell.end))
    place.rows.append(
        DraftBudgetLine(
            key=f"budget-{first + len(place.rows)}",
            confidence=0.95 if not doubts else 0.7,
            passages=reading.claim("budget", row),
            unsure=tuple(doubts),
            spans=tuple(spans),
            chapter=place.chapter,
            post=place.post,
            name=place.name,
            amount=amount,
            amount_as_written=written,
            unit_as_written=place.unit[1],
            kind=kind_of(reading, place.chapter, change),
            comment=note,
            total=total,
            previous=previous,
            splits=parts_of(note, place.unit[0], place.unit[1]),
            continues_row=not own,
        )
    )
