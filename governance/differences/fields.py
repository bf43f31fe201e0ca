"""The values of two rows side by side, in words a reader knows: the field's name, and both values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core import formatting
from governance.differences.words import Segment, word_diff
from governance.items import ITEM_TYPES, Item

#: Identity and bookkeeping: what makes two rows the same row says nothing of what differs.
SILENT = frozenset(
    {
        "line", "series", "edition", "year", "number", "suffix", "amount_as_written", "unit_as_written",
        "department_text", "continues", "total_after", "change", "changes_reference", "no_deadline_text",
        "cited_document",
    }
)  # fmt: skip
#: Of these kinds the year is content all the same.
SPOKEN = {
    "common_directive": frozenset({"year"}),
}
MONEY = frozenset({"amount", "limit"})
Names = Mapping[str, str]


@dataclass(frozen=True)
class FieldChange:
    """One field that differs. ``segments`` mark the words when both sides have text."""

    name: str
    label: str
    before: str
    after: str
    segments: tuple[Segment, ...] = ()


def field_changes(before: Item, after: Item, names: Names | None = None) -> list[FieldChange]:
    """The fields that differ between two rows of one type. ``names`` gives words for permanent ids."""
    known = names or {}
    found = []
    for field in spoken_fields(before.key):
        old, new = words_of_field(before, field, known), words_of_field(after, field, known)
        if old != new:
            label = field_label(before.key, field)
            marked = tuple(word_diff(old, new)) if old and new else ()
            found.append(FieldChange(field, label, old, new, marked))
    return found


def spoken_fields(key: str) -> list[str]:
    """The fields of a type that are content, children last."""
    kind = ITEM_TYPES[key]
    own = [name for name in kind.fields if name not in SILENT - SPOKEN.get(key, frozenset())]
    return [*own, *(child.key for child in kind.children)]


def field_label(key: str, name: str) -> str:
    """The field's name on screen, with a capital."""
    labels = {
        "amount": _("beløp i 1 000 kroner"),
        "limit": _("beløpsgrense"),
        "deliveries": _("leveranser og frister"),
        "targets": _("resultatkrav"),
        "splits": _("fordeling"),
    }
    words = labels.get(name) or str(ITEM_TYPES[key].model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def words_of_field(item: Item, name: str, names: Names) -> str:
    """The value as a reader sees it; empty when there is none."""
    value = item.data.get(name)
    if isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        return "; ".join(child_words(name, part) for part in value)
    return value_words(item.type.model, name, value, names)


def child_words(name: str, row: Mapping[str, Any]) -> str:
    """A delivery, target or part of an amount on one line."""
    if name == "deliveries":
        where = " ".join(part for part in (str(row.get("part") or ""), str(row.get("title") or "")) if part)
        due = str(row.get("deadline_text") or "") or _day(row.get("deadline"))
        return ": ".join(part for part in (where, due) if part) or _("uten frist")
    if name == "splits":
        return f"{row.get('label')} {formatting.in_thousand_kroner(int(row.get('amount') or 0))}"
    text, figure = str(row.get("text") or ""), formatting.measured(row.get("value"), str(row.get("unit") or ""))
    return f"{text} ({figure})" if text and figure and figure not in text else text or figure


def value_words(model: type[models.Model], name: str, value: Any, names: Names) -> str:
    """One value in words: choices by label, dates in full, amounts in 1 000 kroner, ids by name."""
    if value is None or value == "" or value == []:
        return ""
    field = model._meta.get_field(name)
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(field, models.ForeignKey):
        return names.get(str(value), "")
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))  # type: ignore[union-attr]
    if isinstance(field, models.DateField):
        return _day(value)
    if name in MONEY:
        return formatting.kroner(int(value)) if name == "limit" else formatting.in_thousand_kroner(int(value))
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)


def _day(value: Any) -> str:
    if not value:
        return ""
    return formatting.full_date(value if isinstance(value, date) else date.fromisoformat(str(value)))
