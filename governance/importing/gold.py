"""The draft in the schema ``steering-gold/1``, as ``import_letter --json`` prints it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from governance.importing.records import (
    BudgetKind,
    ChangeKind,
    DraftAssignment,
    DraftBudgetLine,
    DraftCalendarItem,
    DraftLetter,
    LetterKind,
)

_TYPES = {
    LetterKind.ALLOCATION_LETTER: "tildelingsbrev",
    LetterKind.SUPPLEMENT: "supplerende_tildelingsbrev",
    LetterKind.ASSIGNMENT_LETTER: "oppdragsbrev",
    LetterKind.INSTRUCTION: "instruks",
    LetterKind.UNKNOWN: "fragment",
}
_STATUS = {
    ChangeKind.NEW: "new",
    ChangeKind.CLARIFIED: "clarified",
    ChangeKind.MOVED: "clarified",
    ChangeKind.WITHDRAWN: "withdrawn",
}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(time: dt.time | None) -> str | None:
    return time.strftime("%H:%M") if time else None


def _thousands(kroner: int | None) -> int | float | None:
    """Whole kroner as thousands: an integer where it is whole."""
    if kroner is None:
        return None
    value = Decimal(kroner) / 1000
    return int(value) if value == value.to_integral_value() else float(value)


def _assignment(item: DraftAssignment) -> dict[str, object]:
    return {
        "reference": item.reference.written if item.reference else None,
        "title": item.title,
        "department": item.department or None,
        "deadline": _iso(item.deadline),
        "deadline_text": item.deadline_text or None,
        "deadlines": [
            {"date": _iso(part.date), "text": part.deadline_text, "part": part.part or None, "optional": part.optional}
            for part in item.deliveries
            if part.date
        ],
        "status": _STATUS[item.change],
        "goal": item.goal or None,
    }


def _budget_line(line: DraftBudgetLine) -> dict[str, object]:
    kind = {BudgetKind.INCOME: "income", BudgetKind.EXPENSE: "allocation"}.get(line.kind, "change")
    return {
        "chapter": line.chapter,
        "post": line.post,
        "name": line.name or None,
        "amount_thousands": _thousands(line.amount),
        "note": line.comment or None,
        "kind": kind,
        "total_thousands": _thousands(line.total),
    }


def _calendar(items: tuple[DraftCalendarItem, ...]) -> list[dict[str, object]]:
    """One entry for each row: several items of one cell are joined with «; »."""
    rows: dict[int, list[DraftCalendarItem]] = {}
    for item in items:
        rows.setdefault(item.row, []).append(item)
    entries: list[dict[str, object]] = []
    for group in rows.values():
        first = group[0]
        day = first.date.strftime("%Y-%m") if first.date and first.month_only else _iso(first.date)
        entries.append(
            {
                "date": day,
                "date_text": first.date_text,
                "end_date": _iso(first.end_date),
                "time": _clock(first.time),
                "end_time": _clock(first.end_time),
                "title": "; ".join(item.title for item in group),
                "note": first.note or None,
            }
        )
    return entries


def to_gold(draft: DraftLetter, identifier: str = "") -> dict[str, object]:
    """The draft as a plain dictionary in the gold schema; amounts in thousands of kroner."""
    facts = draft.facts
    return {
        "schema": "steering-gold/1",
        "document": {
            "id": identifier,
            "title": facts.title.value,
            "type": _TYPES[facts.kind.value],
            "issuer": facts.issuer.value,
            "agency": facts.agency.value,
            "year": facts.year.value,
            "date": _iso(facts.date.value),
            "language": facts.language.value,
            "case_number": facts.case_number.value,
        },
        "goals": [
            {"reference": goal.reference or None, "level": goal.level.value, "title": goal.title}
            for goal in draft.goals
        ],
        "parameters": [
            {
                "goal": item.goal or None,
                "reference": item.reference or None,
                "title": item.title,
                "target": item.target_text or None,
            }
            for item in draft.parameters
        ],
        "key_figures": [{"goal": item.goal or None, "title": item.title} for item in draft.key_figures],
        "assignments": [_assignment(item) for item in draft.assignments],
        "budget_lines": [_budget_line(line) for line in draft.budget_lines],
        "calendar": _calendar(draft.calendar),
        "reporting": [
            {"title": item.title, "deadline": _iso(item.date), "deadline_text": item.deadline_text or None}
            for item in draft.reporting
        ],
    }
