"""What a row must have before it counts as right: all problems at once, each at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Problem
from governance.intake.kinds import name_field

Data = Mapping[str, Any]
#: more meetings of a kind in a year than anybody asks for: a slip of the keys
MOST_MEETINGS = 60
#: what a lock rule can speak of
REPORTS = frozenset({"annual_report", "activity_report", "budget_report"})


def problems_of(kind: str, data: Data) -> list[Problem]:
    """Why the row cannot be accepted as it stands; empty when it can."""
    problems = []
    if kind != "budget_line" and not str(data.get(name_field(kind)) or data.get("text") or "").strip():
        problems.append(Problem("name_missing", _("Skriv hva raden gjelder."), name_field(kind)))
    problems += _CHECKS.get(kind, lambda _data: [])(data)
    return problems


def _assignment(data: Data) -> list[Problem]:
    problems = []
    for index, row in enumerate(data.get("deliveries") or []):
        if not row.get("rejected"):
            problems += delivery_problems(row, date_field=f"delivery_{index}_date")
    if data.get("exempt") and not str(data.get("exempt_basis") or "").strip():
        sentence = _("Skriv hjemmelen for unntaket, for eksempel «offl. § 15 tredje ledd».")
        problems.append(Problem("basis_missing", sentence, "exempt_basis"))
    return problems


def delivery_problems(row: Data, *, date_field: str) -> list[Problem]:
    """What is wrong with the deadline of one delivery."""
    if row.get("kind") in ("date", "date_time") and not row.get("date") and not row.get("doubtful"):
        sentence = _("Skriv fristen som en dato, for eksempel 15. september, eller velg en annen form for frist.")
        return [Problem("date_missing", sentence, date_field)]
    return []


def _budget_line(data: Data) -> list[Problem]:
    problems = []
    chapter, post = str(data.get("chapter") or ""), str(data.get("post") or "")
    if not (chapter.isdigit() and 1 <= int(chapter) <= 9999):
        problems.append(Problem("chapter", _("Skriv kapittelet med ett til fire siffer."), "chapter"))
    if not (post.isdigit() and int(post) <= 99):
        problems.append(Problem("post", _("Skriv posten med to siffer."), "post"))
    if data.get("amount") is None:
        problems.append(Problem("amount", _("Skriv beløpet i 1 000 kroner, for eksempel 458 591."), "amount"))
    return problems


def _calendar(data: Data) -> list[Problem]:
    problems = []
    start, end = data.get("date"), data.get("end_date")
    if start and end and date.fromisoformat(str(end)) < date.fromisoformat(str(start)):
        problems.append(Problem("end_before_start", _("Sluttdatoen er før startdatoen."), "end_date"))
    if data.get("time") and data.get("end_time") and str(data["end_time"]) <= str(data["time"]):
        problems.append(Problem("end_before_start", _("Slutten er før starten."), "end_time"))
    return problems


def _copy_rule(data: Data) -> list[Problem]:
    problems = []
    if not data.get("correspondence"):
        problems.append(Problem("correspondence", _("Velg hva det skal sendes kopi av."), "correspondence"))
    if not data.get("recipient_uuid"):
        problems.append(Problem("recipient", _("Velg hvem som skal ha kopien."), "recipient_uuid"))
    return problems


def _meeting_rule(data: Data) -> list[Problem]:
    if data.get("minimum") is None or not 1 <= int(data["minimum"]) <= MOST_MEETINGS:
        sentence = _("Skriv hvor mange møter det minst skal være i året, fra 1 til %(most)s.")
        return [Problem("minimum", sentence % {"most": MOST_MEETINGS}, "minimum")]
    return []


def _lock_rule(data: Data) -> list[Problem]:
    if data.get("correspondence") not in REPORTS:
        return [Problem("correspondence", _("Velg hvilken rapport som ikke skal endres."), "correspondence")]
    return []


def _authorisation(data: Data) -> list[Problem]:
    problems = []
    first, last = data.get("valid_from"), data.get("valid_to")
    if first and last and str(last) < str(first):
        problems.append(
            Problem("dates_reversed", _("Fullmakten slutter før den begynner. Rett en av datoene."), "valid_to")
        )
    if data.get("limit") is not None and int(data["limit"]) < 0:
        problems.append(Problem("limit", _("Beløpsgrensen kan ikke være negativ."), "limit"))
    return problems


_CHECKS: dict[str, Callable[[Data], list[Problem]]] = {
    "assignment": _assignment,
    "budget_line": _budget_line,
    "calendar": _calendar,
    "copy_rule": _copy_rule,
    "meeting_rule": _meeting_rule,
    "lock_rule": _lock_rule,
    "authorisation": _authorisation,
}
