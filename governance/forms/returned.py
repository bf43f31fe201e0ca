"""The form where an edited file comes back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReturnForm(forms.Form):
    """One Word or JSON file."""

    file = forms.FileField(
        label=_("Redigert Word- eller JSON-fil"),
        help_text=_("Filen må være hentet herfra. Ingenting endres før du har godtatt det rad for rad."),
        allow_empty_file=True,
    )
