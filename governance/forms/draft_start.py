"""Forms around a draft: starting it, what becomes of last year, who answers for chapters, directives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Department, Organisation
from governance.forms.letters import NamedChoice
from governance.models import DirectiveEdition, DocumentKind, Language
from governance.selectors.workspace import ChapterLine

STARTS = [
    ("last_year", _("Fra det som gjelder i fjor")),
    ("template", _("Fra mal, med faste kapitler og standardtekst")),
    ("empty", _("Tomt")),
]


class NewLetterForm(forms.Form):
    """To whom, what kind, which year, and what it begins from."""

    recipient = NamedChoice(label=_("Virksomhet"), queryset=Organisation.objects.none())
    kind = forms.ModelChoiceField(
        label=_("Type brev"), queryset=DocumentKind.objects.none(), to_field_name="code", empty_label=None
    )
    year = forms.IntegerField(
        label=_("Budsjettår"), min_value=1990, max_value=2199, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    language = forms.ChoiceField(label=_("Målform"), choices=Language.choices)
    title = forms.CharField(
        label=_("Tittel"), max_length=300, required=False, help_text=_("Tomt: typen og året blir tittelen.")
    )
    start = forms.ChoiceField(label=_("Start fra"), choices=STARTS, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, agencies: QuerySet[Organisation], kinds: QuerySet[DocumentKind], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]

    def title_or_default(self) -> str:
        """What was typed, else the kind's name in the letter's norm with the year."""
        values = self.cleaned_data
        kind = values["kind"]
        name = kind.name_nn if values["language"] == Language.NN else kind.name_nb
        return values["title"].strip() or f"{name} {values['year']}"


class OwnersForm(forms.Form):
    """One choice of department for each chapter."""

    def __init__(
        self,
        *args: Any,
        lines: Sequence[ChapterLine],
        held: Mapping[str, Department],
        departments: QuerySet[Department],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        for line in lines:
            self.fields[line.code] = NamedChoice(
                label=f"{line.number} {line.title}".strip(), queryset=departments, required=False,
                initial=held[line.code].uuid if line.code in held else None, empty_label=_("Etatsstyrer"),
            )  # fmt: skip

    def changed(self) -> dict[str, Department | None]:
        """Chapters whose department is another than before."""
        return {code: value for code, value in self.cleaned_data.items() if value != self.held.get(code)}


class DirectivesForm(forms.Form):
    """Which editions the letter carries."""

    editions = forms.MultipleChoiceField(
        label=_("Utgaver"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én utgave.")},
    )  # fmt: skip

    def __init__(self, *args: Any, editions: Sequence[DirectiveEdition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(str(row.uuid), f"{row.title_nb} ({row.circular}, {row.year})") for row in editions]
        self.fields["editions"].choices = words  # type: ignore[attr-defined]
