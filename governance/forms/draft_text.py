"""Running text of a draft: the rich text editor, a plain box without script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget

from core.formwork import needs
from governance.drafting.rich import EXTENSIONS
from governance.models import Language

LEVELS = [
    ("0", _("Avsnitt")),
    ("1", _("Overskrift, nivå 1")),
    ("2", _("Overskrift, nivå 2")),
    ("3", _("Overskrift, nivå 3")),
    ("4", _("Overskrift, nivå 4")),
]


@needs("text")
class TextForm(forms.Form):
    """A passage."""

    text = forms.CharField(
        label=_("Tekst"),
        widget=ProseEditorWidget(config={"extensions": EXTENSIONS}, preset="configurable", attrs={"rows": 12}),
        required=False,
    )
    heading_level = forms.TypedChoiceField(label=_("Slag"), choices=LEVELS, coerce=int, required=False)
    language = forms.ChoiceField(label=_("Målform"), choices=Language.choices, required=False)

    def __init__(self, *args: Any, language: str = "nb", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = language

    def clean_heading_level(self) -> int:
        """No choice is running text."""
        return int(self.cleaned_data["heading_level"] or 0)
