"""Forms for letters made here: shape only, rules live in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Department, Organisation
from core.formwork import needs
from governance.drafting.change_words import REASONS
from governance.models import AssignmentItem, Language, SteeringDocument


class NamedChoice(forms.ModelChoiceField):
    """A choice by permanent id, so that a forged key finds nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(to_field_name="uuid", **kwargs)
        self.error_messages["invalid_choice"] = _("Velg en fra listen.")


class LetterChoice(NamedChoice):
    """An issued letter, named with the agency it went to."""

    def label_from_instance(self, obj: Any) -> str:
        """Title and agency."""
        return f"{obj.title}, {obj.recipient.name}"


class DateField(forms.DateField):
    """A date, written by hand or with the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y"])
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Skriv en dato som finnes, for eksempel 31.12.2026.")


class VersionedForm(forms.Form):
    """Carries the version the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


@needs("letter")
class NewSupplementForm(forms.Form):
    """Start a supplement: to whom, to which letter."""

    letter = LetterChoice(
        label=_("Til brevet"),
        queryset=SteeringDocument.objects.none(),
        required=False,
        empty_label=_("finnes ut fra virksomhet og år"),
    )
    recipient = NamedChoice(label=_("Virksomhet"), queryset=Organisation.objects.none())
    year = forms.IntegerField(label=_("Budsjettår"), min_value=1990, max_value=2199)
    language = forms.ChoiceField(label=_("Målform"), choices=Language.choices)
    title = forms.CharField(label=_("Tittel"), max_length=300)

    def __init__(
        self, *args: Any, agencies: QuerySet[Organisation], letters: QuerySet[SteeringDocument], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["letter"].queryset = letters  # type: ignore[attr-defined]


class HeadForm(VersionedForm):
    """The head of a draft."""

    title = forms.CharField(label=_("Tittel"), max_length=300)
    public_title = forms.CharField(
        label=_("Offentlig tittel"), max_length=300, required=False, help_text=_("Står i offentlig journal.")
    )
    case_number = forms.CharField(label=_("Saksnummer"), max_length=40, required=False)
    addressee = forms.CharField(label=_("Adressat"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


@needs("text")
class ParagraphForm(VersionedForm):
    """Running text."""

    heading = forms.CharField(label=_("Overskrift"), max_length=200, required=False)
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 6}), required=False)


@needs("title", "body")
class AssignmentForm(VersionedForm):
    """A new assignment."""

    title = forms.CharField(label=_("Tittel"), max_length=300, required=False)
    body = forms.CharField(
        label=_("Hva virksomheten skal gjøre"), widget=forms.Textarea(attrs={"rows": 6}), required=False
    )
    department = NamedChoice(label=_("Ansvarlig avdeling"), queryset=Department.objects.none(), required=False)
    deadline = DateField(label=_("Frist"), required=False)
    deadline_text = forms.CharField(
        label=_("Frist med ord"),
        max_length=300,
        required=False,
        help_text=_("For eksempel: avtales i dialog. Brukes når det ikke er en dato."),
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class AmountForm(VersionedForm):
    """A changed amount, typed in 1 000 kroner."""

    chapter = forms.IntegerField(label=_("Kapittel"), min_value=1, max_value=9999)
    post = forms.IntegerField(label=_("Post"), min_value=0, max_value=99)
    name = forms.CharField(label=_("Benevnelse"), max_length=300, required=False)
    thousands = forms.IntegerField(
        label=_("Endring i 1 000 kroner"),
        help_text=_("Skriv minus foran en reduksjon."),
        min_value=-(10**9),
        max_value=10**9,
    )
    basis = forms.ChoiceField(label=_("Følger av"), required=False)
    assignment = forms.ChoiceField(
        label=_("Til oppdrag"),
        required=False,
        help_text=_("Også et oppdrag i dette utkastet: nummeret er reservert og kan vises til."),
    )
    anchor = forms.CharField(label=_("Underpunkt"), max_length=20, required=False)
    comment = forms.CharField(label=_("Merknad"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, assignments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(code, words[0]) for code, words in REASONS.items()]
        self.fields["basis"].choices = [("", _("annet")), *reasons]  # type: ignore[attr-defined]
        none = ("", _("ikke knyttet til et oppdrag"))
        self.fields["assignment"].choices = [none, *assignments]  # type: ignore[attr-defined]


@needs("reason")
class MoveDeadlineForm(VersionedForm):
    """A new deadline for an assignment an earlier letter gave."""

    earlier = NamedChoice(label=_("Oppdrag"), queryset=AssignmentItem.objects.none())
    deadline = DateField(label=_("Ny frist"))
    reason = forms.CharField(label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, earlier: QuerySet[AssignmentItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].queryset = earlier  # type: ignore[attr-defined]


class IssueForm(VersionedForm):
    """Sign and issue."""

    signer_title = forms.CharField(label=_("Tittel under navnet"), max_length=200, required=False)


@needs("reason")
class DiscardForm(VersionedForm):
    """Put a draft away."""

    reason = forms.CharField(
        label=_("Hvorfor forkastes utkastet?"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


@needs("case_number", "document_number", "public_title")
class JournalForm(VersionedForm):
    """What the archive answered."""

    case_number = forms.CharField(label=_("Saksnummer"), max_length=40, required=False)
    document_number = forms.CharField(label=_("Dokumentnummer"), max_length=40, required=False)
    public_title = forms.CharField(label=_("Offentlig tittel"), max_length=300, required=False)
    access_code = forms.CharField(label=_("Tilgangskode"), max_length=20, required=False)
    access_basis = forms.CharField(label=_("Hjemmel"), max_length=200, required=False)
