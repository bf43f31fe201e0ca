"""Forms of the ledger: shape only, rules live in the actions. Amounts are typed in 1 000 kroner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Organisation
from core.formwork import needs
from governance.form_fields import ThousandKronerField
from governance.forms.letters import DateField, NamedChoice, VersionedForm
from governance.models import AppropriationChangeKind


class YearField(forms.IntegerField):
    """A budget year."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Budsjettår"), min_value=1990, max_value=2199, **kwargs)


@needs("name", "basis", "decided_on")
class AppropriationForm(forms.Form):
    """A post of the year."""

    year = YearField()
    chapter = forms.IntegerField(label=_("Kapittel"), min_value=1, max_value=9999)
    post = forms.IntegerField(label=_("Post"), min_value=0, max_value=99)
    name = forms.CharField(label=_("Posttekst"), max_length=300, required=False)
    amount = ThousandKronerField(label=_("Bevilget, i 1 000 kroner"))
    transferable = forms.BooleanField(label=_("Kan overføres"), required=False)
    basis = forms.CharField(label=_("Vedtak"), max_length=300, required=False)
    decided_on = DateField(label=_("Vedtatt"), required=False)


@needs("basis")
class ChangeForm(VersionedForm):
    """A change of a post."""

    kind = forms.ChoiceField(label=_("Hva slags endring"), choices=AppropriationChangeKind.choices)
    amount = ThousandKronerField(label=_("Endring, i 1 000 kroner"), help_text=_("Skriv minus foran en reduksjon."))
    basis = forms.CharField(
        label=_("Vedtak"), max_length=300, required=False, help_text=_("For eksempel proposisjon og innstilling.")
    )
    decided_on = DateField(label=_("Vedtatt"))


@needs("reason")
class EndForm(VersionedForm):
    """A post that counts no more."""

    reason = forms.CharField(label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


FIRST = "first"


@needs("basis", "decided_on")
class TableForm(forms.Form):
    """A table pasted or uploaded."""

    year = YearField()
    what = forms.ChoiceField(
        label=_("Hva tabellen er"),
        choices=[
            (FIRST, _("Årets bevilgning")),
            *((code, _("Endring: %(kind)s") % {"kind": label}) for code, label in AppropriationChangeKind.choices),
        ],
    )
    basis = forms.CharField(label=_("Vedtak"), max_length=300, required=False)
    decided_on = DateField(label=_("Vedtatt"), required=False)
    text = forms.CharField(
        label=_("Tabellen"),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        strip=False,
        help_text=_("Lim inn fra regneark: kapittel, post, posttekst og beløp i 1 000 kroner, en rad per linje."),
    )
    file = forms.FileField(
        label=_("Eller en fil"), required=False, help_text=_("Excel (.xlsx) eller CSV. Første ark leses.")
    )


class RenumberForm(forms.Form):
    """A post that goes on under another number."""

    agency = NamedChoice(label=_("Virksomhet"), queryset=Organisation.objects.none())
    chapter = forms.IntegerField(label=_("Kapittel før"), min_value=1, max_value=9999)
    post = forms.IntegerField(label=_("Post før"), min_value=0, max_value=99)
    new_chapter = forms.IntegerField(label=_("Kapittel nå"), min_value=1, max_value=9999)
    new_post = forms.IntegerField(label=_("Post nå"), min_value=0, max_value=99)
    from_year = forms.IntegerField(label=_("Fra budsjettår"), min_value=1990, max_value=2199)

    def __init__(self, *args: Any, agencies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
