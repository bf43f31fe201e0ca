"""Small forms around a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.charts import RiskScale
from core.formwork import needs
from reporting.actions.report_write import RiskFacts
from reporting.models import Report, Risk, Section


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(
        label=_("Hvorfor må rapporten endres?"),
        help_text=_("En sendt rapport endres bare når særlige forhold gjør det nødvendig. Alle mottakere får den nye."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class SignForm(forms.Form):
    """The signature: the parts it covers, and why the report goes with its warnings."""

    def __init__(self, report: Report, warnings: int, data: Any = None) -> None:
        super().__init__(data)
        for part in report.kind.signed_parts:
            self.fields[f"part_{part}"] = forms.BooleanField(
                label=_("Jeg signerer del %(part)s") % {"part": part}, required=False
            )
        if warnings:
            self.fields["warnings_reason"] = forms.CharField(
                label=_("Hvorfor rapporten sendes med advarslene"),
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                max_length=4000,
            )
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=report.version, required=False)

    def signed_parts(self) -> list[str]:
        """The parts that were ticked."""
        return [
            name.removeprefix("part_")
            for name, value in self.cleaned_data.items()
            if name.startswith("part_") and value
        ]


@needs("signed_by_name", "archive_reference")
class OutsideForm(forms.Form):
    """A report that was sent outside: the PDF, when, by whom, and where the archive has it."""

    file = forms.FileField(label=_("Rapporten som PDF"))
    sent_on = forms.DateField(label=_("Sendt dato"), widget=forms.DateInput(attrs={"type": "date"}))
    sender = forms.CharField(label=_("Avsender"), max_length=200, help_text=_("Den som sendte rapporten"))
    signed_by_name = forms.CharField(label=_("Signert av"), max_length=200, required=False)
    archive_reference = forms.CharField(label=_("Arkivreferanse"), max_length=80, required=False)


class FeedbackForm(forms.Form):
    """The ministry's feedback."""

    text = forms.CharField(
        label=_("Tilbakemelding"),
        help_text=_("Utkastet ses bare av departementet. Virksomheten ser tilbakemeldingen når den er sendt."),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=50_000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RiskForm(forms.Form):
    """A risk on the report's own scale."""

    title = forms.CharField(label=_("Hva kan skje?"), max_length=300)
    goal = forms.ChoiceField(label=_("Mål det gjelder"), required=False)
    likelihood = forms.TypedChoiceField(label=_("Sannsynlighet"), coerce=int)
    impact = forms.TypedChoiceField(label=_("Konsekvens"), coerce=int)
    measure = forms.CharField(
        label=_("Tiltak"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=4000
    )
    owner_name = forms.CharField(label=_("Ansvarlig"), max_length=200, required=False)
    residual_likelihood = forms.TypedChoiceField(
        label=_("Sannsynlighet etter tiltak"), coerce=int, required=False, empty_value=None
    )
    residual_impact = forms.TypedChoiceField(
        label=_("Konsekvens etter tiltak"), coerce=int, required=False, empty_value=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, sections: list[Section], scale: RiskScale, data: Any = None, risk: Risk | None = None) -> None:
        initial = {}
        if risk is not None:
            initial = {name: getattr(risk, name) for name in (*RiskFacts.__dataclass_fields__, "version")}
            initial["goal"] = str(risk.goal_id or "")
        super().__init__(data, initial=initial)
        goals = [(str(one.goal_id), one.title) for one in sections if one.goal_id]
        self._set("goal", [("", _("Ikke knyttet til ett mål")), *goals])
        steps = [(at, f"{at} {word}") for at, word in enumerate(scale.likelihood, start=1)]
        impacts = [(at, f"{at} {word}") for at, word in enumerate(scale.consequence, start=1)]
        self._set("likelihood", [("", _("Velg")), *steps])
        self._set("impact", [("", _("Velg")), *impacts])
        self._set("residual_likelihood", [("", _("Ikke vurdert")), *steps])
        self._set("residual_impact", [("", _("Ikke vurdert")), *impacts])

    def _set(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def facts(self) -> RiskFacts:
        """What was typed."""
        values = self.cleaned_data
        return RiskFacts(
            title=values["title"],
            likelihood=values["likelihood"],
            impact=values["impact"],
            measure=values["measure"],
            owner_name=values["owner_name"],
            goal_id=int(values["goal"]) if values["goal"] else None,
            residual_likelihood=values["residual_likelihood"],
            residual_impact=values["residual_impact"],
        )
