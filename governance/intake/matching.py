"""Two readings of the same letter laid beside each other: which rows are the same, new, gone or changed. Pure."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core import formatting
from governance.consolidation.numbers import number_key
from governance.importing.values.text import comparable
from governance.intake.deliveries import live
from governance.intake.kinds import name_field
from governance.intake.lines import likeness
from governance.models import ImportRow

Data = Mapping[str, Any]
ALIKE = 0.75
"""So alike two titles must be for the rows to be the same row with another title."""
#: what is compared, with its words; the rest is how the reader works, or follows from these
FIELDS: dict[str, str | Promise] = {
    "reference": gettext_lazy("nummer"), "title": gettext_lazy("tittel"), "name": gettext_lazy("benevnelse"),
    "body": gettext_lazy("tekst"), "text": gettext_lazy("ordlyd"), "goal": gettext_lazy("mål"),
    "level": gettext_lazy("nivå"), "department_code": gettext_lazy("avdeling"),
    "change": gettext_lazy("hva brevet gjør"),
    "deliveries": gettext_lazy("leveranser og frister"), "joint_recipients": gettext_lazy("mottakere"),
    "exempt": gettext_lazy("unntatt offentlighet"), "chapter": gettext_lazy("kapittel"), "post": gettext_lazy("post"),
    "amount": gettext_lazy("beløp i 1 000 kroner"), "kind": gettext_lazy("slag"), "comment": gettext_lazy("merknad"),
    "splits": gettext_lazy("fordeling"), "earmarks": gettext_lazy("øremerking"), "date": gettext_lazy("dato"),
    "time": gettext_lazy("klokkeslett"), "place": gettext_lazy("sted"), "note": gettext_lazy("merknad"),
    "deadline_text": gettext_lazy("frist"), "target_value": gettext_lazy("resultatkrav"),
    "target_unit": gettext_lazy("enhet"), "dimensions": gettext_lazy("fordelt på"),
    "limit": gettext_lazy("beløpsgrense"),
    "expense_posts": gettext_lazy("utgiftsposter"), "income_posts": gettext_lazy("inntektsposter"),
    "circulars": gettext_lazy("rundskriv"), "end_date": gettext_lazy("sluttdato"), "end_time": gettext_lazy("slutt"),
    "contributes_to": gettext_lazy("bidrar til"), "exempt_basis": gettext_lazy("hjemmel"),
    "correspondence": gettext_lazy("gjelder"), "recipient_uuid": gettext_lazy("kopimottaker"),
    "minimum": gettext_lazy("minst i året"), "timing": gettext_lazy("når"), "exception": gettext_lazy("unntak"),
    "simultaneous": gettext_lazy("samtidig"), "valid_from": gettext_lazy("fra"), "valid_to": gettext_lazy("til"),
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A row of the reading now and the same row before; one of them is None for a new row or one that is gone."""

    now: ImportRow | None
    before: ImportRow | None

    @property
    def row(self) -> ImportRow:
        """The one there is, the present one first."""
        row = self.now or self.before
        assert row is not None
        return row


def read_data(row: ImportRow) -> dict[str, Any]:
    """What the reader first said; for a row made by hand, what it was made with."""
    return dict(row.original.get("data") or row.data)


def pairs(now: Iterable[ImportRow], before: Iterable[ImportRow]) -> list[Pair]:
    """Every row of both readings once. The same number or words first, then titles that are alike, within a kind."""
    left, right = _by_kind(now), _by_kind(before)
    made: list[Pair] = []
    for kind in dict.fromkeys([*left, *right]):
        made += _of_kind(kind, left[kind], right[kind])
    return made


def _by_kind(rows: Iterable[ImportRow]) -> dict[str, list[ImportRow]]:
    grouped: dict[str, list[ImportRow]] = defaultdict(list)
    for row in rows:
        grouped[row.kind].append(row)
    return grouped


def _of_kind(kind: str, now: Sequence[ImportRow], before: Sequence[ImportRow]) -> list[Pair]:
    waiting: dict[str, list[ImportRow]] = defaultdict(list)
    for row in before:
        waiting[_key(kind, row)].append(row)
    same: dict[int, ImportRow] = {}
    for row in now:
        held = waiting.get(_key(kind, row))
        if held:
            same[row.pk] = held.pop(0)
    loose = [row for rows in waiting.values() for row in rows]
    for row in now:
        if row.pk in same or not loose or (kind == "budget_line"):
            continue
        best = max(loose, key=lambda other: likeness(_title(kind, other), _title(kind, row)))
        numbers = {_number(best), _number(row)} - {""}
        if likeness(_title(kind, best), _title(kind, row)) >= ALIKE and len(numbers) < 2:
            same[row.pk] = best
            loose.remove(best)
    return [Pair(row, same.get(row.pk)) for row in now] + [Pair(None, row) for row in loose]


def _title(kind: str, row: ImportRow) -> str:
    data = read_data(row)
    return str(data.get(name_field(kind)) or data.get("text") or "")


def _number(row: ImportRow) -> str:
    reference = read_data(row).get("reference")
    return number_key({**reference, "reference": reference.get("written")}) if isinstance(reference, Mapping) else ""


def _key(kind: str, row: ImportRow) -> str:
    data = read_data(row)
    if kind == "assignment" and _number(row):
        return _number(row)
    if kind == "budget_line":
        return f"{data.get('chapter')}.{data.get('post')}.{data.get('kind')}"
    return comparable(_title(kind, row))


def changed_fields(before: Data, now: Data) -> list[str]:
    """The fields that do not say the same."""
    derived = ("deadline_text", "date") if "deliveries" in now else ()  # they follow from the deliveries
    names = [name for name in FIELDS if name not in derived]
    return [name for name in names if _plain(name, before.get(name)) != _plain(name, now.get(name))]


def _plain(name: str, value: Any) -> Any:
    """A value without what does not count: empty or missing is the same, white space is one space."""
    if name == "reference" and isinstance(value, Mapping):
        return str(value.get("written") or "")
    if name == "deliveries":
        names = ("part", "title", "product", "kind", "deadline_text", "date", "time")
        return [tuple(str(row.get(field) or "") for field in names) for row in live(value)]
    if isinstance(value, str):
        return " ".join(value.split())
    return value or ""


def words_of(name: str, data: Data) -> str:
    """A value as a person reads it."""
    value = data.get(name)
    if name == "amount" and value is not None:
        return formatting.in_thousand_kroner(int(value))
    if name == "deliveries":
        rows = [row.get("deadline_text") or row.get("date") or row.get("title") or "–" for row in live(value)]
        return "; ".join(str(row) for row in rows)
    if name == "reference" and isinstance(value, Mapping):
        return str(value.get("written") or "")
    if isinstance(value, list):
        return ", ".join(str(part.get("text") or part) if isinstance(part, Mapping) else str(part) for part in value)
    return "" if value is None else str(value)


def merged(before: ImportRow, now: ImportRow) -> tuple[dict[str, Any], list[str]]:
    """(the row's values, the fields where the file and a person say different things).

    What a person has corrected stays. What only the file has changed is taken from the file.
    """
    was, decided, said = read_data(before), before.data, read_data(now)
    data, differing = copy.deepcopy(said), []
    for name in [*decided, *(name for name in said if name not in decided)]:
        by_person = _plain(name, decided.get(name)) != _plain(name, was.get(name))
        by_file = _plain(name, said.get(name)) != _plain(name, was.get(name))
        if by_person:
            data[name] = copy.deepcopy(decided.get(name))
        if by_person and by_file and _plain(name, decided.get(name)) != _plain(name, said.get(name)) and name in FIELDS:
            differing.append(name)
    for name in ("line", "line_words"):
        if decided.get(name):
            data[name] = decided[name]
    return data, differing
