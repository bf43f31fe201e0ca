"""Forms for the work around a draft: approval, hearing, input, comments. Shape only; rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Department, User
from governance.forms.letters import DateField, NamedChoice, VersionedForm
from governance.models import StepKind


def _long(label: Any, *, required: bool = False, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), required=required, help_text=help_text
    )


class StepForm(VersionedForm):
    """A step of an approval route."""

    kind = forms.ChoiceField(label=_("Hva slags godkjenning"), choices=StepKind.choices)
    order = forms.IntegerField(
        label=_("Rekkefølge"), min_value=1, max_value=99, initial=1, help_text=_("Trinn med samme tall går samtidig.")
    )
    approver = NamedChoice(label=_("Person"), queryset=User.objects.none(), required=False)
    department = NamedChoice(
        label=_("Avdeling"),
        queryset=Department.objects.none(),
        required=False,
        help_text=_("Uten person godkjenner avdelingens leder."),
    )
    approver_text = forms.CharField(
        label=_("Godkjenner utenfor systemet"),
        max_length=200,
        required=False,
        help_text=_("For eksempel statssekretæren. Godkjenningen registreres med referanse i sak/arkiv."),
    )

    def __init__(self, *args: Any, people: QuerySet[User], departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approver"].queryset = people  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class DecideForm(VersionedForm):
    """Approve a step, or send the letter back."""

    decision = forms.ChoiceField(
        label=_("Avgjørelse"),
        choices=[("approve", _("Godkjenn")), ("return", _("Send tilbake"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om du godkjenner eller sender tilbake.")},
    )
    reason = _long(_("Merknad"), help_text=_("Må fylles ut når brevet sendes tilbake."))


class OutsideForm(VersionedForm):
    """An approval given in the case and archive system."""

    who = forms.CharField(label=_("Hvem godkjente"), max_length=200, required=False)
    on = DateField(label=_("Dato"))
    reference = forms.CharField(
        label=_("Godkjent i sak/arkiv"), max_length=80, required=False, help_text=_("Saks- og dokumentnummer.")
    )


class ReasonForm(VersionedForm):
    """Why something is taken back."""

    reason = _long(_("Begrunnelse"))


class RoundForm(VersionedForm):
    """A round: until when, and what is said with it."""

    deadline = DateField(label=_("Frist"))
    message = _long(_("Følgetekst"))


class HearingAnswerForm(VersionedForm):
    """The agency's statement."""

    text = _long(_("Uttalelse"), rows=8)
    no_remarks = forms.BooleanField(label=_("Ingen merknader"), required=False)


class CommentForm(forms.Form):
    """A comment. With one possible audience there is nothing to choose."""

    audience = forms.ChoiceField(label=_("Hvem ser kommentaren"), widget=forms.RadioSelect)
    text = _long(_("Kommentar"), rows=5)

    def __init__(self, *args: Any, audiences: list[str], other: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "internal": _("Internt, %(other)s ser den ikke") % {"other": other},
            "shared": _("Delt med %(other)s") % {"other": other},
        }
        field = self.fields["audience"]
        field.choices = [(audience, words[audience]) for audience in audiences]  # type: ignore[attr-defined]
        field.initial = audiences[0]
