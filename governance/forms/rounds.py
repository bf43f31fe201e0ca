"""Forms for the work around a draft: approval, hearing, input, comments. Shape only; rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Department, User
from core.formwork import needs
from governance.forms.letters import DateField, NamedChoice, VersionedForm
from governance.items import ITEM_TYPES
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


@needs("who", "reference")
class OutsideForm(VersionedForm):
    """An approval given in the case and archive system."""

    who = forms.CharField(label=_("Hvem godkjente"), max_length=200, required=False)
    on = DateField(label=_("Dato"))
    reference = forms.CharField(
        label=_("Godkjent i sak/arkiv"), max_length=80, required=False, help_text=_("Saks- og dokumentnummer.")
    )


@needs("reason")
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


@needs("text")
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


@needs("departments")
class InputRoundForm(RoundForm):
    """Departments asked for input."""

    departments = forms.ModelMultipleChoiceField(
        label=_("Avdelinger"), queryset=Department.objects.none(), to_field_name="uuid", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    field_order = ("version", "departments", "deadline", "message")

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = departments  # type: ignore[attr-defined]


class InputAnswerForm(VersionedForm):
    """A department's input."""

    text = _long(_("Innspill"), rows=8)
    no_input = forms.BooleanField(label=_("Ingen innspill"), required=False)


#: Rows a department may propose in words; others are written by the officer.
PROPOSABLE = ("assignment", "key_figure", "parameter", "reporting", "common_directive")


@needs("title", "text")
class ProposalForm(forms.Form):
    """A row a department proposes: usually an assignment."""

    item_type = forms.ChoiceField(label=_("Hva gjelder forslaget"), initial="assignment")
    title = forms.CharField(label=_("Tittel"), max_length=300, required=False)
    text = _long(_("Tekst"), rows=6)
    department = NamedChoice(label=_("Ansvarlig avdeling"), queryset=Department.objects.none(), required=False)
    deadline = DateField(label=_("Frist"), required=False)
    deadline_text = forms.CharField(
        label=_("Frist med ord"), max_length=300, required=False, help_text=_("For eksempel: avtales i dialog.")
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item_type"].choices = [  # type: ignore[attr-defined]
            (key, str(ITEM_TYPES[key].one).capitalize()) for key in PROPOSABLE
        ]
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    def row_data(self) -> dict[str, Any]:
        """The values of the row by the item registry, as plain data."""
        values, kind = self.cleaned_data, ITEM_TYPES[self.cleaned_data["item_type"]]
        data: dict[str, Any] = {kind.names: values["title"]}
        if kind.text:
            data[kind.text] = values["text"]
        if kind.key != "assignment":
            return data
        if values["department"] is not None:
            data["department"] = str(values["department"].uuid)
        delivery = {"deadline_kind": "none"}
        if values["deadline"] is not None:
            delivery = {"deadline_kind": "date", "deadline": values["deadline"].isoformat()}
        elif values["deadline_text"]:
            delivery = {"deadline_kind": "dialog", "deadline_text": values["deadline_text"]}
        return data | {"deliveries": [delivery]}
