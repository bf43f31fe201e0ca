"""Forms about people and roles: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Density, Department, Organisation, Role, User
from core.formwork import needs


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class PreferencesForm(forms.Form):
    """One's own settings."""

    density = forms.ChoiceField(label=_("Tetthet"), choices=Density.choices, widget=forms.RadioSelect)
    keyboard_shortcuts = forms.BooleanField(label=_("Hurtigtaster"), required=False)


class AppointForm(forms.Form):
    """Give a person a role."""

    email = forms.EmailField(label=_("E-post"))
    full_name = forms.CharField(label=_("Navn"), max_length=200)
    role = forms.ModelChoiceField(label=_("Rolle"), queryset=Role.objects.all(), to_field_name="code")
    department = forms.ModelChoiceField(
        label=_("Avdeling"), queryset=Department.objects.none(), to_field_name="uuid", required=False
    )
    target = forms.ModelChoiceField(
        label=_("Gjelder bare"),
        queryset=Organisation.objects.none(),
        to_field_name="uuid",
        required=False,
        help_text=_("Tomt betyr alle virksomheter organisasjonen styrer."),
    )
    title = forms.CharField(label=_("Tittel"), max_length=100, required=False)
    valid_from = forms.DateField(label=_("Fra og med"), widget=DayInput)
    valid_to = forms.DateField(label=_("Til og med"), widget=DayInput, required=False)
    basis = forms.CharField(label=_("Grunnlag"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, *args: Any, departments: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]


@needs("reason")
class EndForm(forms.Form):
    """End a role."""

    valid_to = forms.DateField(label=_("Siste dag"), widget=DayInput)
    reason = forms.CharField(label=_("Hvorfor?"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class StandInForm(forms.Form):
    """Let one person act for another."""

    user = forms.ModelChoiceField(label=_("Stedfortreder"), queryset=User.objects.none(), to_field_name="uuid")
    valid_from = forms.DateField(label=_("Fra og med"), widget=DayInput)
    valid_to = forms.DateField(label=_("Til og med"), widget=DayInput)
    basis = forms.CharField(label=_("Grunnlag"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


@needs("name")
class TokenForm(forms.Form):
    """A token for a system client."""

    user = forms.ModelChoiceField(label=_("Systemklient"), queryset=User.objects.none(), to_field_name="uuid")
    name = forms.CharField(label=_("Hva nøkkelen brukes til"), max_length=100, required=False)
    days = forms.IntegerField(label=_("Gjelder i antall dager"), initial=90)

    def __init__(self, *args: Any, clients: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = clients  # type: ignore[attr-defined]
