"""Filters of the list of rules and of the page of open findings. A value that is not offered is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.forms.filters import OfferedFilter


class RuleFilter(OfferedFilter):
    """The list of rules."""

    severity = forms.ChoiceField(label=gettext_lazy("Alvor"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Dokument"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Hvor den kjøres"), required=False)


class FindingFilter(OfferedFilter):
    """The page of findings. Sorting follows along."""

    agency = forms.ChoiceField(label=gettext_lazy("Virksomhet"), required=False)
    document = forms.ChoiceField(label=gettext_lazy("Dokument"), required=False)
    severity = forms.ChoiceField(label=gettext_lazy("Alvor"), required=False)
    rule = forms.ChoiceField(label=gettext_lazy("Regel"), required=False)
    responsible = forms.ChoiceField(label=gettext_lazy("Ansvarlig"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("Avdeling"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Tilstand"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("state", _("Åpne")), ("severity", _("Stopper og advarsler"))):
            field: Any = self.fields[name]
            field.choices = [("", words), *field.choices[1:]]
