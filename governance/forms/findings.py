"""Filters of the list of rules and of the page of open findings. A value that is not offered is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class OfferedFilter(forms.Form):
    """A GET form whose choices come from what there is."""

    def __init__(self, data: Any = None, *, choices: Mapping[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("Alle")), *offered]  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = _("Velg en fra listen.")

    def allowed(self) -> bool:
        """Nothing chosen, or only what is offered."""
        return not self.is_bound or self.is_valid()

    def chosen(self) -> dict[str, str]:
        """What is chosen."""
        return dict(self.cleaned_data) if self.is_bound and self.is_valid() else {}


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
    department = forms.ChoiceField(label=gettext_lazy("Avdeling"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Tilstand"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("state", _("Åpne")), ("severity", _("Stopper og advarsler"))):
            field: Any = self.fields[name]
            field.choices = [("", words), *field.choices[1:]]
