"""Forms around issue: which agency's copy rules on which day, corrected copies, publication, removal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Organisation
from governance.forms.letters import DateField, NamedChoice


class MatrixForm(forms.Form):
    """Agency and day, as a filter."""

    virksomhet = NamedChoice(label=_("Virksomhet"), queryset=Organisation.objects.none(), required=False)
    dato = DateField(label=_("Gjelder på dato"), required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["virksomhet"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["virksomhet"].empty_label = None  # type: ignore[attr-defined]


class ManyNamed(forms.ModelMultipleChoiceField):
    """Several choices by permanent id."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(to_field_name="uuid", **kwargs)
        for code in ("invalid_choice", "invalid_pk_value"):
            self.error_messages[code] = _("Velg fra listen.")


class CorrectCopiesForm(forms.Form):
    """Who should have had the copy, and who should not."""

    add = ManyNamed(label=_("Skal ha kopi"), queryset=Organisation.objects.none(), required=False)
    recall = ManyNamed(
        label=_("Har fått kopi ved en feil"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Mottakeren får melding om å slette kopien og kan ikke lenger lese dokumentet her."),
    )
    reason = forms.CharField(label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(
        self, *args: Any, others: QuerySet[Organisation], holders: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["add"].queryset = others  # type: ignore[attr-defined]
        self.fields["recall"].queryset = holders  # type: ignore[attr-defined]
        if not holders:
            del self.fields["recall"]


class ResendForm(forms.Form):
    """The mailbox a failed dispatch is tried again at."""

    address = forms.EmailField(
        label=_("Postmottak"), error_messages={"invalid": _("Skriv en e-postadresse, for eksempel postmottak@etat.no.")}
    )
