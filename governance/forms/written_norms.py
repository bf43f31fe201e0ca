"""The filter of the page of written norms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.forms.findings import OfferedFilter


class NormFilter(OfferedFilter):
    """What is measured, of which kind, and the figure whose documents are listed."""

    measure = forms.ChoiceField(label=gettext_lazy("Målt i"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Vis dokumentene i"), required=False)
    norm = forms.ChoiceField(label=gettext_lazy("Målform"), required=False)

    def __init__(self, data: Any = None, *, choices: Any, **kwargs: Any) -> None:
        measures = [("dokumenter", _("Dokumenter")), *choices["measure"]]
        super().__init__(data, choices={**choices, "measure": measures}, **kwargs)
        field: Any = self.fields["measure"]
        field.choices = measures
        years: Any = self.fields["year"]
        years.choices = [("", _("Ingen")), *choices["year"]]
