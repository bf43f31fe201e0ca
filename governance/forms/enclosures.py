"""The form that sends a promised enclosure."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formwork import needs


@needs("file")
class EnclosureForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Fil"), required=False, allow_empty_file=True,
        help_text=_("PDF, Word, Excel, OpenDocument eller ren tekst. Filen kan ikke byttes etter at den er sendt."),
    )  # fmt: skip
