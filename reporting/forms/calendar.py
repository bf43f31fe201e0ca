"""Forms of calendar, expected deliveries, reminders and purring: shape only, no rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.leadtimes import DEFAULT_LEADS


def date_field(label: Any, **options: Any) -> forms.DateField:
    """A date, with the browser's own picker."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


class VersionedForm(forms.Form):
    """Carries the version the person looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HoldForm(VersionedForm):
    """When the meeting was held."""

    held_on = date_field(_("Holdt"))


class MoveForm(VersionedForm):
    """A new date for an entry, by a decision; for the same row of other agencies too when chosen."""

    date = date_field(_("Ny dato"))
    reason = forms.CharField(label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 3}))
    basis = forms.CharField(
        label=_("Skriftlig grunnlag"), help_text=_("For eksempel brev, dato og dokumentnummer."), max_length=300
    )
    others = forms.MultipleChoiceField(label=_("Flytt også for"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["others"].choices = others  # type: ignore[attr-defined]
        if not others:
            del self.fields["others"]


class ExpectedForm(VersionedForm):
    """What became of an expected report or input. ``states`` are those the person may set."""

    state = forms.ChoiceField(label=_("Hva skal registreres"), widget=forms.RadioSelect)
    received_on = date_field(_("Mottatt"), required=False, help_text=_("Bare når den er mottatt."))
    reason = forms.CharField(
        label=_("Begrunnelse eller merknad"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Må fylles ut når virksomheten fritas eller ikke blir bedt om den, og når noe rettes."),
    )

    def __init__(self, *args: Any, states: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["state"].choices = states  # type: ignore[attr-defined]


def lead_words(lead: int) -> Any:
    """Words of a lead time."""
    if lead == 0:
        return _("samme dag")
    if lead < 0:
        return _("%(n)s virkedag etter") % {"n": -lead}
    if lead == 1:
        return _("1 virkedag før")
    return _("%(n)s virkedager før") % {"n": lead}


class StartForm(forms.Form):
    """When to remind, counted in working days."""

    lead_days = forms.TypedMultipleChoiceField(
        label=_("Når det skal minnes om frister"),
        coerce=int,
        choices=[(lead, lead_words(lead)) for lead in (20, 15, 10, 5, 3, 1, 0, -1, -5)],
        initial=list(DEFAULT_LEADS),
        widget=forms.CheckboxSelectMultiple,
    )


class ChaseForm(forms.Form):
    """The words of a purring."""

    subject = forms.CharField(label=_("Emne"), max_length=300)
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 10}))
