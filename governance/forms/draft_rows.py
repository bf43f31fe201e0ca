"""The form of any row of a draft, made from the registry: fields, choices among the letter's own rows, and children.

The form knows shape; rules are the action's, and what it refuses is put at the field it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.errors import DomainError, Problem
from governance.drafting.fields import CHILD_CORE, CHILD_FIELDS, LONG, NEEDED, ROW_FIELDS, SHORT_IN_CHILDREN, THOUSANDS
from governance.drafting.values import label_of
from governance.form_fields import KronerField, LineListField, ThousandKronerField, WrittenDateField
from governance.items import ITEM_TYPES, ChildType, ItemType
from governance.models.document import DocumentPart

Choices = Mapping[str, Sequence[tuple[str, str]]]
SPARE = 1
MOST = 40


def _field(owner: str, f: models.Field[Any, Any], choices: Choices, *, child: bool = False) -> forms.Field:
    """The form field for a model field."""
    label = label_of(f)
    if f.name in choices:
        return forms.ChoiceField(label=label, choices=[("", _("Ikke valgt")), *choices[f.name]], required=False)
    if f.choices:
        offered = list(f.choices)
        blank = [("", _("Ikke valgt"))] if f.blank else []
        return forms.ChoiceField(label=label, choices=[*blank, *offered], required=False)
    if isinstance(f, ArrayField):
        return LineListField(label=label, required=False, help_text=_("Én på hver linje."))
    if isinstance(f, models.BooleanField):
        return forms.BooleanField(label=label, required=False)
    if isinstance(f, models.DateField):
        return WrittenDateField(label=label, required=False)
    if isinstance(f, models.TimeField):
        return forms.TimeField(
            label=label, required=False, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            widget=forms.TextInput, error_messages={"invalid": _("Skriv klokkeslettet slik: 09.00.")},
        )  # fmt: skip
    return _plain_field(owner, f, label, child=child)


def _plain_field(owner: str, f: models.Field[Any, Any], label: str, *, child: bool) -> forms.Field:
    """Amounts, numbers and text."""
    if (owner, f.name) in THOUSANDS:
        return ThousandKronerField(label=_("Beløp i 1 000 kroner"), required=False)
    if f.name == "limit":
        return KronerField(label=label, required=False)
    if isinstance(f, models.DecimalField):
        return forms.DecimalField(
            label=label, required=False, localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={"invalid": _("Skriv et tall, for eksempel 180 eller 12,5.")},
        )  # fmt: skip
    if isinstance(f, models.IntegerField):
        return forms.IntegerField(
            label=label, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"invalid": _("Skriv et helt tall.")},
        )  # fmt: skip
    rows = 0 if child and f.name in SHORT_IN_CHILDREN else LONG.get(f.name, 0)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, widget=widget, required=False)


def _shown(f: models.Field[Any, Any], value: Any) -> Any:
    """Plain data as the form field wants it."""
    if value in (None, ""):
        return value
    if isinstance(f, models.DateField):
        return date.fromisoformat(str(value)[:10])
    if isinstance(f, models.TimeField):
        return str(value)[:5].replace(":", ".")
    if isinstance(f, models.DecimalField):
        text = str(value)
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    if isinstance(f, models.IntegerField):
        return int(value)
    return value


class PartForm(forms.Form):
    """The fields of one model. ``plain`` gives what was typed as plain data."""

    def __init__(
        self, owner: str, model: type[DocumentPart], names: Sequence[str], *args: Any, choices: Choices, **kwargs: Any
    ) -> None:
        self.owner, self.model, self.names = owner, model, names
        super().__init__(*args, **kwargs)
        for name in names:
            f = model._meta.get_field(name)
            self.fields[name] = _field(owner, f, choices, child=owner in CHILD_FIELDS)  # type: ignore[arg-type]
            self.fields[name].needed = name in NEEDED.get(owner, ())  # type: ignore[attr-defined]

    def plain(self) -> dict[str, Any]:
        """Cleaned values; dates and times become ISO text, empty stays empty."""
        found: dict[str, Any] = {}
        for name in self.names:
            value = self.cleaned_data.get(name)
            found[name] = value.isoformat() if isinstance(value, date | time) else value
        return found


class ChildForm(PartForm):
    """One child line: a delivery, a target, a split. Left empty it is no line; ``ut`` takes an existing one out."""

    uuid = forms.CharField(widget=forms.HiddenInput, required=False)
    ut = forms.BooleanField(label=_("Ta ut"), required=False)

    @property
    def is_empty(self) -> bool:
        """Nothing was typed that makes it a line."""
        return not self.cleaned_data.get("uuid") and not any(
            self.cleaned_data.get(name) not in (None, "", []) for name in CHILD_CORE[self.owner]
        )

    @property
    def fields_in_view(self) -> list[Any]:
        """What a person fills in, in order; «ta ut» last and only for lines that are there."""
        names = [*self.names, *(["ut"] if self["uuid"].value() else [])]
        return [self[name] for name in names]


@dataclass
class Children:
    """The child lines of one key."""

    key: str
    title: str
    forms: list[ChildForm] = field(default_factory=list)


class RowForm:
    """The whole form of a row: its own fields, its children, and the revision it was opened on."""

    def __init__(
        self, key: str, *, data: Any = None, values: Mapping[str, Any] | None = None, choices: Choices, number: int = 0,
        more: str = "",
    ) -> None:  # fmt: skip
        self.kind: ItemType = ITEM_TYPES[key]
        self.data, self.number, self.choices = data, number, choices
        values = values or {}
        names = ROW_FIELDS[key]
        self.own = PartForm(
            key, self.kind.model, names, data, initial=_initial(self.kind.model, names, values), choices=choices
        )
        self.children = [self._children(child, values.get(child.key) or [], more) for child in self.kind.children]

    def _children(self, child: ChildType, held: Sequence[Mapping[str, Any]], more: str) -> Children:
        names = CHILD_FIELDS[child.key]
        count = len(held) + SPARE
        if self.data is not None:
            typed = str(self.data.get(f"{child.key}-antall", ""))
            count = int(typed) if typed.isdecimal() else count
            count += 1 if more == child.key else 0
        found = []
        for number in range(min(count, MOST)):
            values = held[number] if number < len(held) else {}
            initial = _initial(child.model, names, values) | {"uuid": values.get("uuid", "")}
            found.append(
                ChildForm(
                    child.key,
                    child.model,
                    names,
                    self.data,
                    prefix=f"{child.key}-{number}",
                    initial=initial,
                    choices=self.choices,
                )
            )
        return Children(child.key, CHILD_TITLES[child.key](), found)

    @cached_property
    def parts(self) -> list[PartForm]:
        """Every form in it, for the error summary."""
        return [self.own, *(form for group in self.children for form in group.forms)]

    @property
    def is_bound(self) -> bool:
        """Something was typed."""
        return self.data is not None

    def is_valid(self) -> bool:
        """Every part can be read. All parts are asked, so that all errors are shown."""
        wrong = [form for form in self.parts if not form.is_valid()]
        return not wrong

    def values(self) -> dict[str, Any]:
        """What was typed as plain data of the row; empty and removed child lines are left out."""
        found = self.own.plain()
        self._lines: dict[str, list[int]] = {}
        for group in self.children:
            rows, kept = [], []
            for number, form in enumerate(group.forms):
                if form.is_empty or form.cleaned_data.get("ut"):
                    continue
                uuid = form.cleaned_data.get("uuid")
                rows.append(form.plain() | ({"uuid": uuid} if uuid else {}))
                kept.append(number)
            found[group.key], self._lines[group.key] = rows, kept
        return found

    def take(self, error: DomainError) -> list[Problem]:
        """Put what the action refused at its field; gives back what belongs to no field of this form."""
        loose = []
        for problem in error.problems:
            form, name = self._place(problem.field)
            if form is None:
                loose.append(problem)
            else:
                form.add_error(name, str(problem.message))
        if not error.problems:
            self.own.add_error(None, str(error.message))
        return loose

    def _place(self, path: str) -> tuple[PartForm | None, str]:
        if path in self.own.fields:
            return self.own, path
        key, _sep, rest = path.partition(".")
        number, _sep, name = rest.partition(".")
        group = next((group for group in self.children if group.key == key), None)
        if group is None or not group.forms:
            return None, ""
        lines = self._lines.get(key, [])
        if number.isdecimal() and int(number) < len(lines):
            form = group.forms[lines[int(number)]]
            return (form, name) if name in form.fields else (None, "")
        first = CHILD_CORE[key][-1]
        return (group.forms[lines[0] if lines else 0], first)


CHILD_TITLES = {
    "targets": lambda: _("Resultatkrav"),
    "deliveries": lambda: _("Leveranser og frister"),
    "splits": lambda: _("Fordeling og øremerking"),
}


def _initial(model: type[DocumentPart], names: Iterable[str], values: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name in names:
        f = model._meta.get_field(name)
        if name in values:
            found[name] = _shown(f, values[name])  # type: ignore[arg-type]
        elif isinstance(f, models.Field) and f.has_default() and not isinstance(f, ArrayField):
            found[name] = f.get_default()
    return found
