"""Forms around an instruction: starting a draft of one, and the head of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Organisation
from governance.form_fields import WrittenDateField
from governance.forms.letters import NamedChoice, VersionedForm
from governance.instructions import titled
from governance.models import DocumentKind, Language, SteeringDocument

STARTS = [
    ("in_force", _("Fra den som gjelder, med tekst og regler")),
    ("template", _("Fra mal, med faste kapitler")),
    ("empty", _("Tomt")),
]


class InstructionsChoice(forms.ModelMultipleChoiceField):
    """Instructions by permanent id, named by agency, title and date."""

    def label_from_instance(self, obj: SteeringDocument) -> str:
        """Whose it is, then the title and the date."""
        return f"{obj.recipient.short}: {titled(obj)}"


class NewInstructionForm(forms.Form):
    """To whom, from which day, on what basis, what it replaces, and what it begins from."""

    recipient = NamedChoice(label=_("Virksomhet"), queryset=Organisation.objects.none())
    kind = forms.ModelChoiceField(
        label=_("Type"), queryset=DocumentKind.objects.none(), to_field_name="code", empty_label=None
    )
    title = forms.CharField(
        label=_("Tittel"), max_length=300, required=False, help_text=_("Tomt: typen og virksomheten blir tittelen.")
    )
    effective_on = WrittenDateField(
        label=_("Skal gjelde fra"), required=False,
        help_text=_("Dagen den trer i kraft, for eksempel 1. februar 2027. Den fastsettes når den signeres."),
    )  # fmt: skip
    legal_basis = forms.CharField(label=_("Hjemmel"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    replaces = InstructionsChoice(
        label=_("Erstatter"), queryset=SteeringDocument.objects.none(), to_field_name="uuid", required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("En instruks kan erstatte flere."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Målform"), choices=Language.choices)
    start = forms.ChoiceField(label=_("Start fra"), choices=STARTS, widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        agencies: QuerySet[Organisation],
        kinds: QuerySet[DocumentKind],
        replaceable: QuerySet[SteeringDocument],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = replaceable  # type: ignore[attr-defined]
        if not replaceable.exists():
            del self.fields["replaces"]

    def title_or_default(self) -> str:
        """What was typed, else the kind's name in the chosen norm with the agency."""
        values = self.cleaned_data
        kind, agency, nynorsk = values["kind"], values["recipient"], values["language"] == Language.NN
        name = kind.name_nn if nynorsk else kind.name_nb
        body = (agency.name_nn if nynorsk else "") or agency.name
        return values["title"].strip() or f"{name} til {body}"


class InstructionHeadForm(VersionedForm):
    """The head of an instruction's draft."""

    title = forms.CharField(label=_("Tittel"), max_length=300, required=False)
    effective_on = WrittenDateField(label=_("Skal gjelde fra"), required=False)
    legal_basis = forms.CharField(label=_("Hjemmel"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    public_title = forms.CharField(
        label=_("Offentlig tittel"), max_length=300, required=False, help_text=_("Står i offentlig journal.")
    )
    case_number = forms.CharField(label=_("Saksnummer"), max_length=40, required=False)
    addressee = forms.CharField(label=_("Adressat"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
