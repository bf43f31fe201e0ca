"""Values as a person reads and types them in Word, and back: dates, times, amounts, choices, lists."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from core.canonical import plain
from governance.importing.values.dates import find_dates
from governance.items import ITEM_TYPES, value_fields

MONEY = frozenset({"amount", "total_after"})
THOUSAND = 1000

#: The columns of each type's table. Children stand in the last column, one line each.
COLUMNS: dict[str, tuple[str, ...]] = {
    "goal": ("reference", "level", "title", "body", "contributes_to"),
    "parameter": ("reference", "title", "unit", "direction"),
    "key_figure": ("reference", "title", "unit", "dimensions", "measures"),
    "assignment": ("reference", "title", "department_text", "body", "recipients"),
    "budget_line": ("chapter", "post", "name", "kind", "amount", "total_after", "comment"),
    "authorisation": ("title", "text", "limit", "valid_from", "valid_to", "bodies", "expense_posts", "income_posts"),
    "calendar": ("date", "time", "end_time", "title", "place", "note", "budget_year"),
    "reporting": ("reference", "title", "when", "due", "due_text", "copy_to_auditor", "section"),
    "common_directive": ("title", "text", "circular", "year"),
    "copy_rule": ("correspondence", "simultaneous", "section"),
    "meeting_rule": ("kind", "minimum", "text", "section"),
    "notice_duty": ("title", "text", "timing", "section"),
    "lock_rule": ("correspondence", "text", "exception", "decider", "section"),
    "enclosure": ("title", "note", "expected_on"),
    "citation": ("kind", "text", "cited_date"),
    "replacement": (),
}
CHILD_COLUMNS: dict[str, tuple[str, ...]] = {
    "targets": ("text", "value", "baseline"),
    "deliveries": ("title", "deadline_text", "deadline"),
    "splits": ("label", "amount"),
}
#: Values of a new child that are made here, not typed in a column of their own.
FREE = frozenset({"deadline_kind"})
_DELIVERY = re.compile(r"^(?P<title>.*?)\s*(?:Frist:\s*(?P<text>.*?))?\s*(?:Dato:\s*(?P<day>.*))?$", re.DOTALL)


class Unclear(ValueError):
    """What stands in a field cannot be read as that kind of value."""


@cache
def field_of(key: str, name: str, child: str = "") -> Any:
    """The model field behind a column."""
    kind = ITEM_TYPES[key]
    model = next(one.model for one in kind.children if one.key == child) if child else kind.model
    return model._meta.get_field(name)


def label_of(key: str, name: str, child: str = "") -> str:
    """The head of a column; amounts say their unit."""
    label = str(field_of(key, name, child).verbose_name)
    if name in MONEY:
        return _("%(label)s (1 000 kroner)") % {"label": label.partition(" i kroner")[0]}
    return label[:1].upper() + label[1:]


def shown(field: Any, value: Any) -> str:
    """A value as text."""
    if value is None or value == "":
        return ""
    if isinstance(field, ArrayField):
        return "\n".join(str(one) for one in value)
    if field.choices or isinstance(field, models.BooleanField):
        return str(dict(field.flatchoices).get(value, value)) if field.choices else "ja" if value else "nei"
    if field.name in MONEY:
        return _number(Decimal(int(value)) / THOUSAND)
    if isinstance(field, models.DecimalField | models.BigIntegerField):
        return _number(Decimal(str(value)))
    return _other(field, value)


def _other(field: Any, value: Any) -> str:
    if isinstance(field, models.DateField):
        day = date.fromisoformat(str(value))
        return f"{day.day}.{day.month}.{day.year}"
    if isinstance(field, models.TimeField):
        return str(value)[:5].replace(":", ".")
    return str(value)


def _number(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    whole, _point, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", "\u00a0")
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"


def read(field: Any, text: str) -> Any:
    """The value a person typed. Raises Unclear with a sentence."""
    text = text if isinstance(field, models.TextField) else text.strip()
    if isinstance(field, ArrayField):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if not text.strip():
        return _empty(field)
    if field.choices:
        return _choice(field, text)
    try:
        return _typed(field, text)
    except (ValueError, InvalidOperation) as error:
        sentence = _("«%(text)s» kan ikke leses som %(label)s.")
        raise Unclear(sentence % {"text": text[:60], "label": field.verbose_name}) from error


def _empty(field: Any) -> Any:
    if field.null:
        return None
    if isinstance(field, models.CharField | models.TextField):
        return ""
    if isinstance(field, models.BooleanField):
        return False
    raise Unclear(_("%(label)s kan ikke være tom.") % {"label": field.verbose_name})


def _choice(field: Any, text: str) -> Any:
    wanted = text.casefold()
    for value, label in field.flatchoices:
        if wanted in (str(label).casefold(), str(value).casefold()):
            return value
    allowed = ", ".join(str(label) for _value, label in field.flatchoices)
    raise Unclear(_("«%(text)s» kan ikke stå her. Velg en av %(allowed)s.") % {"text": text[:60], "allowed": allowed})


def _typed(field: Any, text: str) -> Any:
    if isinstance(field, models.BooleanField):
        return (
            {"ja": True, "nei": False, "nein": False}[text.casefold()] if text.casefold() in ("ja", "nei") else _bad()
        )
    if isinstance(field, models.DateField):
        return _day(text).isoformat()
    if isinstance(field, models.TimeField):
        hour, _sep, minute = text.replace(":", ".").partition(".")
        return time(int(hour), int(minute or 0)).isoformat()
    if isinstance(field, models.IntegerField | models.DecimalField):
        number = Decimal(re.sub(r"[\s\u00a0]", "", text).replace("\u2212", "-").replace(",", "."))
        if field.name in MONEY:
            number *= THOUSAND
        if isinstance(field, models.DecimalField):
            return str(number.quantize(Decimal(1).scaleb(-field.decimal_places)))
        return plain(int(number)) if number == number.to_integral_value() else _bad()
    return text


def _bad() -> Any:
    raise ValueError


def _day(text: str) -> date:
    found = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text)
    if found:
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text)


def blank(key: str, child: str = "") -> dict[str, Any]:
    """The values of a new row before anything is typed."""
    kind = ITEM_TYPES[key]
    model = next(one.model for one in kind.children if one.key == child) if child else kind.model
    parents = {one.parent for one in kind.children} if child else set()
    data: dict[str, Any] = {}
    for name in value_fields(model):
        field: Any = model._meta.get_field(name)
        if name not in parents:
            empty: Any = (
                [] if isinstance(field, ArrayField) else False if isinstance(field, models.BooleanField) else ""
            )
            data[name] = None if field.null else plain(field.get_default()) if field.has_default() else empty
            if isinstance(field, models.IntegerField) and data[name] == "":
                data[name] = 0
    if not child:
        data |= {one.key: [] for one in kind.children}
    return data


def delivery_of_line(text: str) -> dict[str, str]:
    """A delivery as somebody typed it: what, «Frist:» in words, «Dato:» as 1.6.2026; the date may stand in the words.

    The kind of deadline follows: a date, something that happens, or none. It is proposed and seen before it is taken.
    """
    found = _DELIVERY.match(" ".join(text.split()))
    parts = {name: (value or "").strip() for name, value in (found.groupdict() if found else {}).items()}
    words, day = parts.get("text", ""), parts.get("day", "")
    hits = find_dates(words) if words and not day else []
    if hits and hits[0].date is not None:
        day = f"{hits[0].date.day}.{hits[0].date.month}.{hits[0].date.year}"
    kind = "date" if day else "dialog" if "dialog" in words.lower() else "event" if words else "none"
    return {"title": parts.get("title", ""), "deadline_text": words, "deadline": day, "deadline_kind": kind}
