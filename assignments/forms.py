"""Shape of what people type. Rules are in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assignments.models import ProgressCode
from assignments.selectors.criteria import DEADLINE_CHOICES, STATUS_CHOICES
from assignments.selectors.listing import Facets
from core.formwork import needs


class DateInput(forms.DateInput):
    """A date as the browser's own field."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself; a missing one is an empty list unless required."""
        found = data if isinstance(data, list | tuple) else [data]
        files = [item for item in found if item]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class FilterForm(forms.Form):
    """The filter bar; the names are those of the address."""

    sok = forms.CharField(label=_("Søk i tittel, tekst og svar"), required=False, max_length=200)
    virksomhet = forms.ChoiceField(label=_("Virksomhet"), required=False)
    brevar = forms.ChoiceField(label=_("Brevår"), required=False)
    avdeling = forms.ChoiceField(label=_("Avdeling"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATUS_CHOICES)
    frist = forms.ChoiceField(label=_("Gjeldende frist"), required=False, choices=DEADLINE_CHOICES)

    def __init__(self, *args: Any, facets: Facets, agency_side: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["virksomhet"].choices = [("", _("Alle")), *facets.agencies]  # type: ignore[attr-defined]
        self.fields["avdeling"].choices = [("", _("Alle")), *facets.departments]  # type: ignore[attr-defined]
        years = [(str(year), _("%(year)s og videreførte") % {"year": year}) for year in facets.years]
        self.fields["brevar"].choices = [("", _("Alle")), *years]  # type: ignore[attr-defined]
        if not agency_side:
            listed = [pair for pair in STATUS_CHOICES if pair[0] != "unowned"]
            self.fields["status"].choices = listed  # type: ignore[attr-defined]


class VersionedForm(forms.Form):
    """A form that carries the version of what it changes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StatusForm(VersionedForm):
    """The agency's internal status."""

    progress = forms.ChoiceField(
        label=_("Hvordan går det"), choices=ProgressCode.choices, widget=forms.RadioSelect, required=True
    )
    text = forms.CharField(
        label=_("Status"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Internt til du deler den."),
    )
    expected_on = forms.DateField(label=_("Forventet ferdig"), required=False, widget=DateInput)


class ShareForm(VersionedForm):
    """Sharing: which deliveries the work has begun on."""

    started = forms.MultipleChoiceField(
        label=_("Arbeidet er begynt på"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, deliveries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started"].choices = deliveries  # type: ignore[attr-defined]
        if not deliveries:
            del self.fields["started"]


class AnswerForm(VersionedForm):
    """An answer given here."""

    text = forms.CharField(label=_("Følgetekst"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    attachments = FilesField(
        label=_("Vedlegg"), required=False, help_text=_("Én eller flere filer, til sammen høyst 50 MB.")
    )


@needs("sent_on", "sender", "attachments")
class OutsideAnswerForm(VersionedForm):
    """An answer that was sent by letter or mail."""

    sent_on = forms.DateField(label=_("Sendt dato"), required=False, widget=DateInput)
    sender = forms.CharField(label=_("Avsender"), required=False, max_length=200)
    archive_reference = forms.CharField(
        label=_("Arkivreferanse"), required=False, max_length=80, help_text=_("Saks- og dokumentnummer, som 26/0312-9.")
    )
    attachments = FilesField(label=_("Svaret som PDF"), required=False)
    text = forms.CharField(label=_("Merknad"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class DistributeForm(VersionedForm):
    """Which department assesses."""

    department = forms.ChoiceField(label=_("Avdeling"))

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = departments  # type: ignore[attr-defined]


class AssessForm(VersionedForm):
    """What the ministry says of an answer."""

    result = forms.ChoiceField(
        label=_("Vurdering"),
        widget=forms.RadioSelect,
        choices=[
            ("under_assessment", _("Tas til vurdering")),
            ("assessed", _("Vurdert uten oppfølging")),
            ("followed_up", _("Følges opp")),
            ("returned", _("Returneres til virksomheten")),
        ],
        help_text=_("En vurdering er ingen godkjenning av innholdet."),
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Må skrives når svaret returneres. Virksomheten ser den."),
    )
    follow_up = forms.CharField(
        label=_("Følges opp i"), required=False, max_length=300, help_text=_("For eksempel supplerende brev nr. 2.")
    )


@needs("reason")
class CloseForm(VersionedForm):
    """Why an assignment is closed, withdrawn or opened for a reader."""

    reason = forms.CharField(label=_("Begrunnelse"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


@needs("reason", "basis")
class DeadlineForm(VersionedForm):
    """A new current deadline."""

    deadline = forms.DateField(label=_("Ny frist"), required=False, widget=DateInput)
    decided_on = forms.DateField(label=_("Besluttet dato"), widget=DateInput)
    decided_by_name = forms.CharField(
        label=_("Besluttet av"), required=False, max_length=200, help_text=_("La stå tomt når det er deg.")
    )
    basis = forms.CharField(
        label=_("Skriftlig grunnlag"), required=False, max_length=300, help_text=_("Brev og dokumentnummer.")
    )
    document = forms.ChoiceField(label=_("Dokument i systemet"), required=False)
    reason = forms.CharField(label=_("Begrunnelse"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, documents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = [("", _("Ingen")), *documents]  # type: ignore[attr-defined]


@needs("reason")
class RequestForm(VersionedForm):
    """The agency asks for another deadline."""

    wanted = forms.DateField(label=_("Ønsket frist"), required=False, widget=DateInput)
    reason = forms.CharField(label=_("Begrunnelse"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


@needs("text")
class RemarkForm(forms.Form):
    """A remark."""

    audience = forms.ChoiceField(
        label=_("Hvem ser merknaden"),
        widget=forms.RadioSelect,
        choices=[("internal", _("Bare min organisasjon")), ("shared", _("Begge parter"))],
        initial="internal",
    )
    text = forms.CharField(
        label=_("Merknad"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("En kommentar er ikke et styringssignal og endrer ingen frist."),
    )


class OwnerForm(VersionedForm):
    """Who answers for it in the agency."""

    owner = forms.ChoiceField(label=_("Ansvarlig"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Ingen")), *people]  # type: ignore[attr-defined]


class ReaderForm(forms.Form):
    """A named reader."""

    user = forms.ChoiceField(label=_("Person"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = people  # type: ignore[attr-defined]


@needs("names")
class PartsForm(VersionedForm):
    """Participants of a joint assignment."""

    names = forms.CharField(
        label=_("Deltakere"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ett navn per linje. Virksomheter som ikke er i systemet, står som navn."),
    )
    lead = forms.CharField(label=_("Leder"), required=False, max_length=200)


class SaveViewForm(forms.Form):
    """A name for a filter."""

    name = forms.CharField(label=_("Navn på visningen"), max_length=40)
