"""The form of one page of the report editor: fields for what the section asks, and what they said when it opened.

``v_…`` carries the version a row was read at, ``b_…`` a digest of what the fields said then: a row whose fields
still say the same was not touched and is not saved, whoever else has saved it since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formatting import thousands
from reporting.actions.report_figures import Entered
from reporting.actions.report_pages import AnswerEdit, BudgetEdit, FigureEdit, PageEdits
from reporting.models import BudgetStatus, Outlook, Report, RequirementAnswer, Section
from reporting.outline import row_for
from reporting.selectors.report_facts import Content

THOUSAND = 1000


class Amount(forms.CharField):
    """An amount in 1 000 kroner as people write it ("458 591", "-12,5"), read as whole kroner."""

    def to_python(self, value: Any) -> Any:
        """Whole kroner, or None."""
        text = str(value or "").replace("\u00a0", "").replace(" ", "").replace("\u2212", "-").replace(",", ".")
        if not text:
            return None
        try:
            return int((Decimal(text) * THOUSAND).to_integral_exact())
        except ArithmeticError as error:
            raise forms.ValidationError(_("Skriv beløpet i 1 000 kroner, for eksempel 458 591.")) from error


class Number(forms.CharField):
    """A number as people write it: comma for decimals, space between thousands."""

    def to_python(self, value: Any) -> Any:
        """A decimal, or None."""
        text = str(value or "").replace("\u00a0", "").replace(" ", "").replace("\u2212", "-").replace(",", ".")
        text = text.removesuffix("%")
        if not text:
            return None
        try:
            number = Decimal(text)
        except ArithmeticError as error:
            raise forms.ValidationError(_("Skriv et tall, for eksempel 12,5.")) from error
        if not number.is_finite():
            raise forms.ValidationError(_("Skriv et tall, for eksempel 12,5."))
        return number


def digest(values: Iterable[Any]) -> str:
    """A short mark of what some fields say."""
    text = "\x1f".join("" if value in (None, False) else str(value).strip() for value in values)
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def written(value: Decimal | None) -> str:
    """A number as it is typed: 1 234,5."""
    return "" if value is None else thousands(value.normalize() + Decimal(0)).replace("\u2212", "-")


def in_thousands(kroner: int | None) -> str:
    """Whole kroner as they are typed in 1 000 kroner."""
    if kroner is None:
        return ""
    return written(Decimal(kroner) / THOUSAND)


class SectionForm(forms.Form):
    """One section. ``groups`` lists, for each row, the names of its fields."""

    def __init__(self, content: Content, section: Section, data: Any = None) -> None:
        self.content, self.section = content, section
        self.groups: dict[str, list[str]] = {}
        self.rows: dict[str, RequirementAnswer | BudgetStatus] = {}
        self.series: dict[str, list[tuple[str, str]]] = {}
        super().__init__(data)
        self._add_text()
        for answer in content.answers_of.get(section.pk, []):
            self._add_answer(answer)
        if section.filled_from == "budget":
            for row in content.budget:
                self._add_budget(row)

    @property
    def report(self) -> Report:
        """The report."""
        return self.content.report

    def _add(self, name: str, made: forms.Field, initial: Any) -> str:
        made.initial = initial
        made.required = False
        self.fields[name] = made
        return name

    def _hidden(self, name: str, initial: Any) -> None:
        self._add(name, forms.CharField(widget=forms.HiddenInput), initial)

    def _add_text(self) -> None:
        section = self.section
        if not (section.asks_for_text or section.filled_from in ("intro", "risks", "assignments", "rest")):
            return
        rows = 8 if section.asks_for_text else 3
        self._add("text", forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": rows})), section.text)
        self._add("nothing", forms.BooleanField(label=_("Ingen vesentlige avvik å melde")), section.nothing_to_report)
        self._add("base", forms.CharField(widget=forms.HiddenInput), section.text)
        self._hidden("b_text", digest((section.text, section.nothing_to_report)))

    def _guard(self, key: str, row: RequirementAnswer | BudgetStatus, names: list[str]) -> None:
        self.groups[key], self.rows[key] = names, row
        self._hidden(f"v_{key}", row.version)
        self._hidden(f"b_{key}", digest(self.fields[name].initial for name in names))

    def _add_answer(self, answer: RequirementAnswer) -> None:
        key = answer.uuid.hex
        names = []
        if answer.parameter_id is not None:
            wanted = row_for(self.content.outline, self.section.code).get("outlooks") or Outlook.values
            choices = [("", _("Velg vurdering")), *((code, Outlook(code).label) for code in wanted)]
            names.append(
                self._add(f"o_{key}", forms.ChoiceField(label=_("Vurdering"), choices=choices), answer.outlook)
            )
        if answer.key_figure is not None:
            self._add_figures(answer)
        label = _("Svar") if answer.requirement_id else _("Begrunnelse og tiltak")
        label = _("Merknad") if answer.key_figure_id else label
        rows = 4 if answer.requirement_id else 2
        area = forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}))
        names.append(self._add(f"t_{key}", area, answer.text))
        self._guard(key, answer, names)

    def _add_figures(self, answer: RequirementAnswer) -> None:
        figure = answer.key_figure
        if figure is None or figure.line_id is None:
            return
        self.series[answer.uuid.hex] = []
        for at, dimension in enumerate(figure.dimensions or [""]):
            key = f"{answer.uuid.hex}_{at}"
            value = self.content.values_of.get((figure.line_id, dimension))
            names = [
                self._add(f"f_{key}", Number(label=_("Verdi")), written(value.value) if value else ""),
                self._add(
                    f"m_{key}",
                    forms.CharField(label=_("Hvorfor tallet mangler"), max_length=500),
                    value.missing_reason if value else "",
                ),
                self._add(f"p_{key}", forms.BooleanField(label=_("Foreløpig")), bool(value and value.provisional)),
                self._add(
                    f"d_{key}",
                    forms.CharField(label=_("Ny definisjon: hva er nytt?"), max_length=500),
                    value.break_reason if value else "",
                ),
            ]
            self.series[answer.uuid.hex].append((key, dimension))
            self.groups[key] = names
            self._hidden(f"v_{key}", value.version if value else "")
            self._hidden(f"b_{key}", digest(self.fields[name].initial for name in names))

    def _add_budget(self, row: BudgetStatus) -> None:
        key = row.uuid.hex
        names = [
            self._add(f"s_{key}", Amount(label=_("Regnskap")), in_thousands(row.spent)),
            self._add(f"p_{key}", Amount(label=_("Prognose")), in_thousands(row.forecast)),
            self._add(f"c_{key}", forms.CharField(label=_("Merknad"), max_length=2000), row.comment),
        ]
        self._guard(key, row, names)

    def _touched(self, key: str) -> bool:
        """Whether the fields of a row differ from what they said when the page was opened."""
        names = self.groups[key]
        said = [
            self.cleaned_data.get(name) if isinstance(self.fields[name], forms.BooleanField) else self.data.get(name)
            for name in names
        ]
        return digest(said) != self.cleaned_data.get(f"b_{key}")

    def _version(self, key: str) -> int:
        found = str(self.cleaned_data.get(f"v_{key}") or "")
        return int(found) if found.isdecimal() else 0

    def edits(self) -> PageEdits:
        """What the person changed. Call after ``is_valid``; a field with an error keeps its row out."""
        answers, figures, budget = [], [], []
        for key, names in self.groups.items():
            if any(name in self.errors for name in names) or not self._touched(key):
                continue
            row = self.rows.get(key)
            if isinstance(row, RequirementAnswer):
                answers.append(
                    AnswerEdit(
                        row,
                        self.cleaned_data.get(f"o_{key}", row.outlook),
                        self.cleaned_data[f"t_{key}"],
                        self._version(key),
                    )
                )
            elif isinstance(row, BudgetStatus):
                values = self.cleaned_data
                budget.append(
                    BudgetEdit(row, values[f"s_{key}"], values[f"p_{key}"], values[f"c_{key}"], self._version(key))
                )
            else:
                figures.append(self._figure(key))
        text = self.cleaned_data.get("text") if "text" in self.fields and self._text_touched() else None
        return PageEdits(
            text=text,
            nothing=bool(self.cleaned_data.get("nothing")),
            base=self.cleaned_data.get("base", ""),
            version=int(str(self.data.get("version") or "0")) if str(self.data.get("version")).isdecimal() else 0,
            answers=answers,
            figures=figures,
            budget=budget,
        )

    def _text_touched(self) -> bool:
        said = (self.data.get("text"), bool(self.cleaned_data.get("nothing")))
        return digest(said) != self.cleaned_data.get("b_text")

    def _figure(self, key: str) -> FigureEdit:
        answer = self.rows[key.partition("_")[0]]
        assert isinstance(answer, RequirementAnswer)
        dimension = dict(self.series[answer.uuid.hex])[key]
        values = self.cleaned_data
        entered = Entered(
            dimension=dimension,
            value=values[f"f_{key}"],
            missing_reason=values[f"m_{key}"],
            provisional=values[f"p_{key}"],
            unit=answer.key_figure.unit if answer.key_figure else "",
            new_definition=bool(values[f"d_{key}"].strip()),
            break_reason=values[f"d_{key}"],
            version=self._version(key) or None,
        )
        return FigureEdit(answer, entered, f"f_{key}")
