"""The form for one value of a key figure outside a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.actions.report_figures import Entered
from reporting.forms.report_section import Number


class FigureForm(forms.Form):
    """A value of an earlier period: a number or why it is missing, and what is new in the definition."""

    period = forms.DateField(label=_("Per"), widget=forms.DateInput(attrs={"type": "date"}))
    dimension = forms.ChoiceField(label=_("Serie"), required=False)
    value = Number(label=_("Verdi"), required=False)
    missing_reason = forms.CharField(label=_("Hvorfor tallet mangler"), max_length=500, required=False)
    provisional = forms.BooleanField(label=_("Foreløpig"), required=False)
    break_reason = forms.CharField(
        label=_("Ny definisjon fra denne perioden: hva er nytt?"), max_length=500, required=False
    )
    shared = forms.BooleanField(
        label=_("Del med departementet nå"),
        help_text=_("Ellers ser bare virksomheten tallet til det står i en innsendt rapport."),
        required=False,
    )

    def __init__(self, dimensions: Sequence[str], unit: str, data: Any = None) -> None:
        super().__init__(data)
        self.unit = unit
        field = self.fields["dimension"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one or _("Samlet")) for one in dimensions]

    def entered(self) -> Entered:
        """What was typed."""
        values = self.cleaned_data
        return Entered(
            dimension=values["dimension"],
            value=values["value"],
            missing_reason=values["missing_reason"],
            provisional=values["provisional"],
            unit=self.unit,
            new_definition=bool(values["break_reason"].strip()),
            break_reason=values["break_reason"],
        )

    def clean(self) -> dict[str, Any]:
        """An earlier value is a number or a reason."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("value") is None and not values.get("missing_reason") and "value" not in self.errors:
            self.add_error("value", _("Skriv et tall, eller hvorfor tallet mangler."))
        return values
