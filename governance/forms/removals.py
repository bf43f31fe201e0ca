"""Forms of removal: shape only, the rules are the action's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formwork import needs
from core.models import StoredFile
from governance.forms.letters import NamedChoice, VersionedForm


@needs("basis", "reason")
class AskRemovalForm(forms.Form):
    """The words as they stand, one passage a line, or one file; why, and on what basis."""

    words = forms.CharField(
        label=_("Ordene som skal fjernes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lim inn ordene slik de står i dokumentet, én linje for hvert sted. Hver linje søkes for seg."),
    )
    file = NamedChoice(
        label=_("Eller en hel fil"),
        queryset=StoredFile.objects.none(),
        required=False,
        empty_label=_("ingen fil"),
        help_text=_("Når ord fjernes, går originalen og PDF-ene som har dem, samme vei av seg selv."),
    )
    basis = forms.CharField(
        label=_("Hjemmel"),
        max_length=120,
        required=False,
        help_text=_("Blir stående i dokumentet, for eksempel «personvernforordningen art. 17»."),
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Blir stående i historikken hos begge parter. Gjenta ikke det som skal fjernes."),
    )

    def __init__(self, *args: Any, files: Iterable[StoredFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = StoredFile.objects.filter(pk__in=[row.pk for row in files]).order_by("name", "pk")
        self.fields["file"].queryset = listed  # type: ignore[attr-defined]
        if not listed:
            del self.fields["file"]
            self.fields["words"].needed = True  # type: ignore[attr-defined]


class RemoveForm(VersionedForm):
    """The version of the request one has read."""


@needs("reason")
class WithReasonForm(VersionedForm):
    """Why not, or why it is taken back."""

    reason = forms.CharField(label=_("Begrunnelse"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
