"""Which assignment a citation means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from core.formwork import needs
from governance.citing import NONE


@needs("item")
class CitationForm(forms.Form):
    """The assignment, or that none of the registered ones is meant."""

    item = forms.ChoiceField(label=gettext_lazy("Oppdraget det gjelder"), required=False)

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["item"].choices = choices  # type: ignore[attr-defined]

    def item_id(self) -> UUID | None:
        """None when none of them is meant."""
        chosen = self.cleaned_data["item"]
        return None if chosen in ("", NONE) else UUID(chosen)
