"""How the fixtures write what is the same every time: numbers of assignments, amounts in 1 000 kroner, deadlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from core.formatting import thousands
from governance.models import DeadlineKind, ProductKind

Data = Mapping[str, Any]
UNIT = "1 000 kroner"
_CODE = re.compile(r"(?P<series>\D+)(?P<year>\d{4})-(?P<number>\d+)(?P<suffix>\w*)")


def expand(key: str, row: Data) -> dict[str, Any]:
    """The row as the registry knows it."""
    return _EXPANDERS[key](dict(row)) if key in _EXPANDERS else dict(row)


def code_parts(code: str) -> dict[str, Any]:
    """Series, year and running number of a code; only the words where it has another form (R-14)."""
    found = _CODE.fullmatch(code)
    if found is None:
        return {"reference": code}
    numbers = {"year": int(found["year"]), "number": int(found["number"])}
    return {"reference": code, "series": found["series"], "suffix": found["suffix"], **numbers}


def _assignment(row: dict[str, Any]) -> dict[str, Any]:
    code = row.pop("code", "")
    rows = [_delivery(part) for part in row.pop("deliveries", [])]
    written = any(part["deadline_text"] for part in rows)
    named = row.get("department") or ""
    parts = code_parts(code) if code else {}
    return {"department_text": named, "no_deadline_text": not written, **parts, **row, "deliveries": rows}


def _delivery(row: Data) -> dict[str, Any]:
    found = dict(row)
    due = found.pop("date", None)
    kind = found.pop("kind", DeadlineKind.DATE if due else DeadlineKind.NONE)
    text = found.pop("text", "")
    product = found.pop("product", ProductKind.FINAL)
    return {"deadline": due, "deadline_kind": kind, "deadline_text": text, "product": product, **found}


def _budget_line(row: dict[str, Any]) -> dict[str, Any]:
    amount, total = row.pop("thousands"), row.pop("total", None)
    kind = "income" if 3000 <= row["chapter"] <= 5999 else "expense"
    parts = [_part(part, "split") for part in row.pop("splits", [])]
    parts += [_part(part, "earmark") for part in row.pop("earmarks", [])]
    return {
        "kind": kind,
        "amount": round(amount * 1000),
        "total_after": None if total is None else round(total * 1000),
        "amount_as_written": thousands(amount) if isinstance(amount, int) else str(amount),
        "unit_as_written": UNIT,
        "splits": parts,
        **row,
    }


def _part(part: list[Any], kind: str) -> dict[str, Any]:
    """Purpose, amount in 1 000 kroner, and perhaps the assignment it pays for and its sub-point."""
    label, amount, *rest = part
    found = {"label": label, "amount": round(amount * 1000), "kind": kind}
    return found | dict(zip(("assignment_item", "anchor"), rest, strict=False))


_EXPANDERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "assignment": _assignment,
    "budget_line": _budget_line,
}
