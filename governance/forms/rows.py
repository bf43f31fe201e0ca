"""The form of the chosen row of an import. The short form holds what one looks over; the whole form everything.

A form knows shape only: what a row must have is decided in governance.intake.validate.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formwork import needs
from governance.form_fields import KronerField, LineListField, ThousandKronerField, WrittenDateField
from governance.importing.values.references import parse_reference
from governance.intake.deliveries import set_deadline
from governance.models import BudgetLineKind, CalendarKind, ItemChange, RequirementWhen

Choices = Sequence[tuple[str, str | Promise]]
DEADLINE_CHOICES: Choices = [
    ("date", gettext_lazy("Dato")),
    ("doubtful", gettext_lazy("Under avklaring")),
    ("dialog", gettext_lazy("Avtales i dialog")),
    ("fixed", gettext_lazy("Kan ikke fravikes")),
    ("tentative", gettext_lazy("Tentativ")),
    ("recurring", gettext_lazy("Gjentas")),
    ("event", gettext_lazy("Knyttet til en hendelse")),
    ("immediate", gettext_lazy("Straks")),
    ("none", gettext_lazy("Uten frist")),
]
LEVELS: Choices = [
    ("sector", gettext_lazy("Sektormål")),
    ("main", gettext_lazy("Hovedmål")),
    ("sub", gettext_lazy("Delmål")),
]


def text_field(label: Any, *, rows: int = 0, readonly: bool = False) -> forms.CharField:
    """A text; on several lines with ``rows``; ``readonly`` for the words of the document."""
    attrs: dict[str, Any] = {"readonly": True} if readonly else {}
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, widget=widget, required=False)


def choice_field(label: Any, choices: Choices) -> forms.ChoiceField:
    """A choice that may be left."""
    return forms.ChoiceField(label=label, choices=choices, required=False)


class RowForm(forms.Form):
    """Fields of one row. ``goals`` are the goals of the letter to choose among."""

    #: names of the fields shown in the whole form only
    whole_only: Sequence[str] = ()

    def __init__(
        self, data: Any = None, *, values: Mapping[str, Any], goals: Choices = (), whole: bool = False, **kwargs: Any
    ) -> None:
        self.values = copy.deepcopy(dict(values))
        self.goals = goals
        super().__init__(data, initial=self.shown(), **kwargs)
        self.build()
        if not whole:
            for name in self.whole_only:
                self.fields.pop(name, None)

    def build(self) -> None:
        """Add fields that depend on the row."""

    def shown(self) -> dict[str, Any]:
        """The row's values by the names of the fields."""
        return dict(self.values)

    def changes(self) -> dict[str, Any]:
        """The cleaned fields as values of the row."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("_")}

    def _goal_field(self) -> forms.ChoiceField:
        known = {value for value, _label in self.goals}
        held = str(self.values.get("goal") or "")
        extra = [(held, held)] if held and held not in known else []
        return forms.ChoiceField(
            label=_("Hovedmål"), choices=[("", _("Ikke knyttet til mål")), *self.goals, *extra], required=False
        )


@needs("title")
class GoalForm(RowForm):
    """A goal."""

    reference = text_field(gettext_lazy("Nummer"))
    level = choice_field(gettext_lazy("Nivå"), LEVELS)
    title = text_field(gettext_lazy("Mål"), rows=2)
    contributes_to = LineListField(label=gettext_lazy("Bidrar til"), required=False)
    whole_only = ("title", "contributes_to")


@needs("title")
class ParameterForm(RowForm):
    """A steering parameter."""

    target_value = text_field(gettext_lazy("Resultatkrav"))
    target_unit = text_field(gettext_lazy("Enhet"))
    title = text_field(gettext_lazy("Styringsparameter"), rows=3)
    whole_only = ("title",)

    def build(self) -> None:
        """The goal comes first."""
        self.fields = {"goal": self._goal_field(), **self.fields}


@needs("title")
class KeyFigureForm(RowForm):
    """A key figure."""

    dimensions = LineListField(label=gettext_lazy("Fordelt på"), required=False)
    title = text_field(gettext_lazy("Nøkkeltall"), rows=3)
    whole_only = ("title",)

    def build(self) -> None:
        """The goal comes first."""
        self.fields = {"goal": self._goal_field(), **self.fields}


@needs("title", "body")
class AssignmentForm(RowForm):
    """An assignment with the deadline of each delivery."""

    department_code = text_field(gettext_lazy("Avdeling"))
    written = text_field(gettext_lazy("Nummer"))
    title = text_field(gettext_lazy("Tittel"), rows=2)
    body = text_field(gettext_lazy("Tekst"), rows=8)
    change = choice_field(gettext_lazy("Hva brevet gjør"), ItemChange.choices)
    joint_recipients = LineListField(label=gettext_lazy("Mottakere av fellesoppdraget"), required=False)
    exempt = forms.BooleanField(label=gettext_lazy("Unntatt offentlighet"), required=False)
    exempt_basis = text_field(gettext_lazy("Hjemmel for unntaket"))
    whole_only = ("written", "title", "body", "change", "joint_recipients", "exempt", "exempt_basis")

    def build(self) -> None:
        """Department, goal and the deadlines first: that is what one looks over."""
        own = self.fields
        built: dict[str, forms.Field] = {"department_code": own["department_code"], "goal": self._goal_field()}
        deliveries = self.values.get("deliveries") or []
        for index, row in enumerate(deliveries):
            if row.get("rejected"):
                continue
            part = str(row.get("part") or "")
            which = f" ({part})" if part and len(deliveries) > 1 else ""
            built[f"delivery_{index}_text"] = text_field(_("Frist, slik den står") + which, readonly=True)
            built[f"delivery_{index}_date"] = WrittenDateField(label=_("Lest som"), required=False)
            built[f"delivery_{index}_is"] = choice_field(_("Fristen er"), DEADLINE_CHOICES)
        self.fields = {**built, **{name: value for name, value in own.items() if name not in built}}

    def shown(self) -> dict[str, Any]:
        """Deliveries become numbered fields."""
        shown = dict(self.values)
        shown["written"] = (self.values.get("reference") or {}).get("written", "")
        for index, row in enumerate(self.values.get("deliveries") or []):
            shown[f"delivery_{index}_text"] = row.get("deadline_text", "")
            shown[f"delivery_{index}_date"] = _date(row.get("date"))
            kind = {"date_time": "date"}.get(row.get("kind", ""), row.get("kind", "none"))
            shown[f"delivery_{index}_is"] = "doubtful" if row.get("doubtful") else kind
        return shown

    def changes(self) -> dict[str, Any]:
        """Numbered fields back into deliveries; what the letter says of the deadline never changes."""
        values = {name: value for name, value in super().changes().items() if not name.startswith("delivery_")}
        if "written" in values:
            values["reference"] = _reference(values.pop("written"))
        if "department_code" in values:
            values["department"] = values["department_code"]
        deliveries = copy.deepcopy(self.values.get("deliveries") or [])
        for index, row in enumerate(deliveries):
            if f"delivery_{index}_is" in self.fields:
                form = self.cleaned_data.get(f"delivery_{index}_is") or ""
                set_deadline(row, form=form, day=self.cleaned_data.get(f"delivery_{index}_date"))
        values["deliveries"] = deliveries
        return values


def _date(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _reference(written: str) -> dict[str, Any] | None:
    if not written.strip():
        return None
    found = parse_reference(written)
    return {name: getattr(found, name) for name in ("written", "series", "year", "number", "suffix", "sub_point")}


@needs("chapter", "post", "amount")
class BudgetLineForm(RowForm):
    """An amount on a chapter and post."""

    chapter = text_field(gettext_lazy("Kapittel"))
    post = text_field(gettext_lazy("Post"))
    amount = ThousandKronerField(label=gettext_lazy("Beløp i 1 000 kroner"), required=False)
    kind = choice_field(gettext_lazy("Slag"), BudgetLineKind.choices)
    unclear = forms.BooleanField(label=gettext_lazy("Uavklart om beløpet er i tillegg"), required=False)
    name = text_field(gettext_lazy("Benevnelse"))
    comment = text_field(gettext_lazy("Merknad"), rows=3)
    whole_only = ("name", "comment")


@needs("title")
class CalendarForm(RowForm):
    """A row of the calendar."""

    date_text = text_field(gettext_lazy("Dato, slik den står"), readonly=True)
    date = WrittenDateField(label=gettext_lazy("Lest som"), required=False)
    kind = choice_field(gettext_lazy("Slag"), [("", gettext_lazy("Etter tittelen")), *CalendarKind.choices])
    time = forms.TimeField(label=gettext_lazy("Fra klokken"), required=False)
    end_time = forms.TimeField(label=gettext_lazy("Til klokken"), required=False)
    title = text_field(gettext_lazy("Hva"), rows=2)
    place = text_field(gettext_lazy("Sted"))
    note = text_field(gettext_lazy("Merknad"), rows=2)
    whole_only = ("title", "place", "note")

    def shown(self) -> dict[str, Any]:
        """Dates as dates."""
        return {**self.values, "date": _date(self.values.get("date"))}

    def changes(self) -> dict[str, Any]:
        """Dates and times as text; the words of the letter stay."""
        values = super().changes()
        values.pop("date_text", None)
        for name in ("date", "time", "end_time"):
            if name in values:
                values[name] = values[name].isoformat() if values[name] else None
        return values


@needs("title")
class ReportingForm(RowForm):
    """A reporting requirement."""

    deadline_text = text_field(gettext_lazy("Frist, slik den står"), readonly=True)
    date = WrittenDateField(label=gettext_lazy("Lest som"), required=False)
    when = choice_field(gettext_lazy("Når"), [("", gettext_lazy("Slik det er lest")), *RequirementWhen.choices])
    title = text_field(gettext_lazy("Krav"), rows=2)
    text = text_field(gettext_lazy("Ordlyd"), rows=5)
    whole_only = ("title", "text", "when")

    def shown(self) -> dict[str, Any]:
        """Dates as dates."""
        return {**self.values, "date": _date(self.values.get("date"))}

    def changes(self) -> dict[str, Any]:
        """Dates as text; the words of the letter stay."""
        values = super().changes()
        values.pop("deadline_text", None)
        if "date" in values:
            values["date"] = values["date"].isoformat() if values["date"] else None
        return values


@needs("title")
class AuthorisationForm(RowForm):
    """A delegated power."""

    title = text_field(gettext_lazy("Fullmakt"))
    limit = KronerField(label=gettext_lazy("Beløpsgrense i kroner"), required=False)
    valid_from = WrittenDateField(label=gettext_lazy("Gjelder fra"), required=False)
    valid_to = WrittenDateField(label=gettext_lazy("Gjelder til og med"), required=False)
    bodies = LineListField(label=gettext_lazy("Gjelder for"), required=False)
    expense_posts = LineListField(label=gettext_lazy("Utgiftsposter"), required=False)
    income_posts = LineListField(label=gettext_lazy("Inntektsposter"), required=False)
    text = text_field(gettext_lazy("Ordlyd"), rows=5)
    whole_only = ("text", "bodies")

    def shown(self) -> dict[str, Any]:
        """Dates as dates; a power of a year holds for that year until another is said."""
        year = self.values.get("valid_year")
        usual = {"valid_from": f"{year}-01-01", "valid_to": f"{year}-12-31"} if year else {}
        dates = {name: _date(self.values.get(name, usual.get(name))) for name in ("valid_from", "valid_to")}
        return {**self.values, **dates}

    def changes(self) -> dict[str, Any]:
        """Dates as text."""
        values = super().changes()
        for name in ("valid_from", "valid_to"):
            values[name] = values[name].isoformat() if values.get(name) else None
        return values


@needs("title")
class CommonDirectiveForm(RowForm):
    """A government-wide guidance."""

    circulars = LineListField(label=gettext_lazy("Rundskriv"), required=False)
    title = text_field(gettext_lazy("Fellesføring"))
    text = text_field(gettext_lazy("Ordlyd"), rows=5)
    whole_only = ("title", "text")


FORMS: dict[str, type[RowForm]] = {
    "goal": GoalForm,
    "parameter": ParameterForm,
    "key_figure": KeyFigureForm,
    "assignment": AssignmentForm,
    "budget_line": BudgetLineForm,
    "calendar": CalendarForm,
    "reporting": ReportingForm,
    "authorisation": AuthorisationForm,
    "common_directive": CommonDirectiveForm,
}
