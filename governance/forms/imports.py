"""Forms of the import: files, what the body of the letter lacks, and the register entry of an instruction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Organisation
from core.formatting import full_date
from core.formwork import needs
from governance.form_fields import WrittenDateField
from governance.forms.filters import OfferedFilter
from governance.intake.readiness import REGISTER, SEND_FROM_HERE
from governance.models import CorrespondenceType, DocumentKind, Language, SteeringDocument

COPY_ROWS = 3


class SeveralFiles(forms.ClearableFileInput):
    """A plain file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; empty ones are left to the action, which names them."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The list of uploaded files, in the order they were dropped."""
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file]


@needs("files")
class UploadForm(forms.Form):
    """Drop a letter."""

    files = FilesField(  # type: ignore[assignment]  # a field of our own name; the form's files are elsewhere
        label=gettext_lazy("Filer"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "PDF, Word, OpenDocument, HTML, Markdown eller ren tekst. Brev og vedlegg kan være hver sin fil."
        ),
    )


class BatchForm(UploadForm):
    """Drop a folder of letters, each file a letter of its own."""

    title = forms.CharField(
        label=gettext_lazy("Navn på samlingen"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Valgfritt, for eksempel «Brev fra de siste ti årene»."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].help_text = _("PDF, Word, OpenDocument, HTML, Markdown, ren tekst eller zip.")


class DocumentChoice(forms.ModelChoiceField):
    """A document by permanent id, shown with its date."""

    def label_from_instance(self, obj: Any) -> str:
        """Title and date."""
        return f"{obj.title}, {full_date(obj.document_date)}" if obj.document_date else str(obj.title)


class SeveralDocuments(forms.ModelMultipleChoiceField):
    """Several documents by permanent id."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Title and date."""
        return f"{obj.title}, {full_date(obj.document_date)}" if obj.document_date else str(obj.title)


class CopyRulesMixin(forms.Form):
    """A few rows of copy rules, typed in by hand."""

    def add_copy_rules(self, held: list[Mapping[str, Any]], auditors: QuerySet[Organisation]) -> None:
        """Numbered fields for the rules held and one empty row at least."""
        recipients = [("", _("Ingen")), *((str(row.uuid), row.name) for row in auditors)]
        for index in range(max(COPY_ROWS, len(held) + 1)):
            rule = held[index] if index < len(held) else {}
            self.fields[f"copy_{index}_recipient"] = forms.ChoiceField(
                label=_("Kopi til"), choices=recipients, required=False, initial=rule.get("recipient", "")
            )
            self.fields[f"copy_{index}_correspondence"] = forms.ChoiceField(
                label=_("Av hva"), choices=CorrespondenceType.choices, required=False,
                initial=rule.get("correspondence", CorrespondenceType.DOCUMENT.value),
            )  # fmt: skip
            self.fields[f"copy_{index}_simultaneous"] = forms.BooleanField(
                label=_("Samtidig"), required=False, initial=rule.get("simultaneous", False)
            )

    def copy_rules(self) -> list[dict[str, Any]]:
        """The rules that name a recipient."""
        rules = []
        for name, recipient in self.cleaned_data.items():
            if name.startswith("copy_") and name.endswith("_recipient") and recipient:
                stem = name.removesuffix("_recipient")
                rules.append(
                    {
                        "recipient": recipient,
                        "correspondence": self.cleaned_data[f"{stem}_correspondence"]
                        or CorrespondenceType.DOCUMENT.value,
                        "simultaneous": self.cleaned_data[f"{stem}_simultaneous"],
                    }
                )
        return rules

    def copy_fields(self) -> list[list[forms.BoundField]]:
        """The rows of fields, for the template."""
        stems = [name.removesuffix("_recipient") for name in self.fields if name.endswith("_recipient")]
        return [
            [self[f"{stem}_recipient"], self[f"{stem}_correspondence"], self[f"{stem}_simultaneous"]] for stem in stems
        ]


@needs("kind", "agency", "title", "document_date")
class DetailsForm(CopyRulesMixin):
    """About the letter: what its body does not say."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ModelChoiceField(
        label=gettext_lazy("Hva slags dokument"),
        queryset=DocumentKind.objects.all(),
        to_field_name="code",
        required=False,
    )
    agency = forms.ModelChoiceField(
        label=gettext_lazy("Til virksomhet"), queryset=Organisation.objects.none(), to_field_name="uuid", required=False
    )
    title = forms.CharField(label=gettext_lazy("Tittel"), max_length=300, required=False)
    year = forms.IntegerField(label=gettext_lazy("Budsjettår"), min_value=1990, max_value=2199, required=False)
    number = forms.IntegerField(label=gettext_lazy("Brevets nummer i året"), min_value=1, max_value=999, required=False)
    supplements = DocumentChoice(
        label=gettext_lazy("Supplerer brevet"),
        queryset=SteeringDocument.objects.none(),
        to_field_name="uuid",
        required=False,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Er brevet sendt?"),
        choices=[
            (REGISTER, gettext_lazy("Ja. Registrer det med opprinnelig dato. Ingen e-post, ingen kopier.")),
            (SEND_FROM_HERE, gettext_lazy("Nei. Lag et utkast som en annen signerer og utsteder herfra.")),
        ],
        widget=forms.RadioSelect,
    )
    document_date = WrittenDateField(label=gettext_lazy("Brevets dato"), required=False)
    effective_on = WrittenDateField(label=gettext_lazy("Gjelder fra"), required=False)
    case_number = forms.CharField(label=gettext_lazy("Saksnummer"), max_length=40, required=False)
    document_number = forms.CharField(label=gettext_lazy("Dokumentnummer"), max_length=40, required=False)
    addressee = forms.CharField(
        label=gettext_lazy("Adressat"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    signers = forms.CharField(
        label=gettext_lazy("Signert av"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy(
            "Én på hver linje: navn, tittel. Skriv (e.f.) til slutt når noen har signert etter fullmakt."
        ),
    )
    public_title = forms.CharField(label=gettext_lazy("Offentlig tittel"), max_length=300, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Målform"), choices=Language.choices, required=False)
    lapse_through_year = forms.IntegerField(
        label=gettext_lazy("Oppdrag til og med dette året utgår"), min_value=1990, max_value=2199, required=False
    )
    replaces = SeveralDocuments(
        label=gettext_lazy("Erstatter instruksene"),
        queryset=SteeringDocument.objects.none(),
        to_field_name="uuid",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        agencies: QuerySet[Organisation],
        letters: QuerySet[SteeringDocument],
        instructions: QuerySet[SteeringDocument],
        recipients: QuerySet[Organisation],
        rules: list[Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("agency", agencies), ("supplements", letters), ("replaces", instructions)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = _("Velg en fra listen.")
            if name != "replaces":
                self.fields[name].empty_label = _("Ingen valgt")  # type: ignore[attr-defined]
        self.fields["kind"].empty_label = _("Velg")  # type: ignore[attr-defined]
        if not self.is_bound:  # the action says what is missing, in its own words; the page only marks what is optional
            for name in ("kind", "agency", "title", "year", "document_date"):
                self.fields[name].required = True
        self.add_copy_rules(rules, recipients)

    def details(self) -> dict[str, Any]:
        """The cleaned fields as the action takes them."""
        data = self.cleaned_data
        values = {
            name: data.get(name)
            for name in (
                "title", "year", "number", "way", "document_date", "effective_on", "case_number", "document_number",
                "addressee", "public_title", "language", "lapse_through_year",
            )
        }  # fmt: skip
        values["kind"] = data["kind"].code if data.get("kind") else ""
        values["agency"] = str(data["agency"].uuid) if data.get("agency") else ""
        values["supplements"] = str(data["supplements"].uuid) if data.get("supplements") else ""
        values["replaces"] = [str(row.uuid) for row in data.get("replaces") or ()]
        values["signatories"] = signers_from_text(data.get("signers") or "")
        values["copy_rules"] = self.copy_rules()
        return values


def signers_from_text(text: str) -> list[dict[str, Any]]:
    """«Kari Moen, ekspedisjonssjef (e.f.)», one on each line."""
    signers = []
    for line in text.splitlines():
        name, _sep, title = line.replace("(e.f.)", "").partition(",")
        if name.strip():
            signers.append({"name": name.strip(), "title": title.strip(), "by_authority": "(e.f.)" in line})
    return signers


def signers_as_text(signers: Any) -> str:
    """The same the other way."""
    lines = []
    for row in signers or ():
        words = ", ".join(part for part in (row.get("name"), row.get("title")) if part)
        lines.append(f"{words} (e.f.)" if row.get("by_authority") else words)
    return "\n".join(lines)


@needs("reason")
class ReasonForm(forms.Form):
    """A reason on record."""

    reason = forms.CharField(
        label=gettext_lazy("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


@needs("reason")
class AcknowledgeForm(ReasonForm):
    """Why a finding may stand; ``seen`` is the checksum of what the person has read."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def has_read(self, digest: str) -> None:
        """The page that comes now shows this content; the reason stays as typed."""
        self.data = {"reason": self.data.get("reason", ""), "seen": digest}


class InstructionForm(CopyRulesMixin):
    """The register entry of an instruction whose text nobody has."""

    recipient = forms.ModelChoiceField(
        label=gettext_lazy("Virksomhet"), queryset=Organisation.objects.none(), to_field_name="uuid"
    )
    title = forms.CharField(label=gettext_lazy("Tittel"), max_length=300)
    document_date = WrittenDateField(label=gettext_lazy("Datert"))
    effective_on = WrittenDateField(label=gettext_lazy("Gjelder fra"), required=False)
    case_number = forms.CharField(label=gettext_lazy("Saksnummer"), max_length=40, required=False)

    def __init__(
        self, *args: Any, agencies: QuerySet[Organisation], recipients: QuerySet[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["recipient"].error_messages["invalid_choice"] = _("Velg en fra listen.")
        self.fields["recipient"].empty_label = _("Velg")  # type: ignore[attr-defined]
        self.add_copy_rules([], recipients)


class DocumentFilter(OfferedFilter):
    """The filter of the list of documents. A value that is not offered is refused, not ignored."""

    agency = forms.ChoiceField(label=gettext_lazy("Virksomhet"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("År"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
