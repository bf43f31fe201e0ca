"""Filters of lists: what may be chosen is what there is. A value that is not offered is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _


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
