"""Forms around issue: which agency's copy rules on which day, corrected copies, publication, removal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Organisation
from core.formwork import needs
from governance.forms.filters import OfferedFilter
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


@needs("reason")
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


@needs("public_title")
class PublicationForm(forms.Form):
    """Now, on a date, or exempt."""

    NOW, ON_DATE, EXEMPT = "now", "on_date", "exempt"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    how = forms.ChoiceField(
        label=_("Publisering"),
        choices=[
            (NOW, _("Publiser så snart brevet er utstedt")),
            (ON_DATE, _("Publiser på en dato")),
            (EXEMPT, _("Unnta dokumentet fra offentlighet")),
        ],
        widget=forms.RadioSelect,
    )
    public_title = forms.CharField(
        label=_("Offentlig tittel"), max_length=300, required=False, help_text=_("Står i journalen og på nettsiden.")
    )
    publish_on = DateField(label=_("Dato"), required=False)
    exempt_basis = forms.CharField(
        label=_("Hjemmel"), max_length=200, required=False, help_text=_("For eksempel «offl. § 15 første ledd».")
    )
    wider_access = forms.CharField(
        label=_("Vurdering av merinnsyn"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    issuer_url = forms.URLField(label=_("Adresse på avsenderens nettsted"), max_length=500, required=False)
    recipient_url = forms.URLField(label=_("Adresse på virksomhetens nettsted"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A chosen date must be given; other rules are the action's."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("how") == self.ON_DATE and not values.get("publish_on") and "publish_on" not in self.errors:
            self.add_error("publish_on", _("Velg datoen dokumentet skal publiseres."))
        return values


@needs("reason")
class WithdrawForm(forms.Form):
    """Why a publication is taken down."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


class PublishedFilter(OfferedFilter):
    """The filter of the public list. A value that is not offered is refused, not ignored."""

    virksomhet = forms.ChoiceField(label=_("Virksomhet"), required=False)
    ar = forms.ChoiceField(label=_("År"), required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    malform = forms.ChoiceField(label=_("Målform"), required=False)
