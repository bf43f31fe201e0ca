"""What one asks for when reading: a day, what was known when, and what to lay beside each other. All by GET."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Organisation
from core.clock import OSLO
from governance.form_fields import WrittenDateField
from governance.forms.imports import DocumentChoice
from governance.models import SteeringDocument


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day, Oslo time: what was known when the day was over."""
    return datetime.combine(day, time.max, tzinfo=OSLO) if day else None


class AskingForm(forms.Form):
    """A GET form: what is not asked for has its usual value; what is asked for wrongly is said at the field."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        asked = bool(data) and any(name in data for name in self.base_fields)
        super().__init__(data if asked else None, **kwargs)

    def value(self, name: str, usual: Any = None) -> Any:
        """The value that is asked for, else the usual one."""
        if self.is_bound and self.is_valid() and self.cleaned_data.get(name):
            return self.cleaned_data[name]
        return usual

    @property
    def is_wrong(self) -> bool:
        """Something asked for cannot be read."""
        return self.is_bound and not self.is_valid()


class DayForm(AskingForm):
    """The text on a day; with ``kjent`` as it was known at the end of another day."""

    dato = WrittenDateField(label=gettext_lazy("Gjelder på datoen"), required=False)
    kjent = WrittenDateField(label=gettext_lazy("Slik det var kjent (kan stå tom)"), required=False)


class SpanForm(AskingForm):
    """Two days, the earlier first."""

    fra = WrittenDateField(label=gettext_lazy("Fra og med dagen etter"), required=False)
    til = WrittenDateField(label=gettext_lazy("Til og med"), required=False)
    kjent = WrittenDateField(label=gettext_lazy("Slik det var kjent (kan stå tom)"), required=False)

    def clean(self) -> dict[str, Any]:
        """The days stand in order."""
        found = super().clean() or {}
        if found.get("fra") and found.get("til") and found["fra"] > found["til"]:
            self.add_error("til", _("Den siste datoen er før den første. Bytt dem om."))
        return found


class AgencyChoice(forms.ModelChoiceField):
    """An agency by permanent id and name."""

    def label_from_instance(self, obj: Any) -> str:
        """Its name."""
        return str(obj.name)


class DocumentsForm(AskingForm):
    """Two documents."""

    foer = DocumentChoice(SteeringDocument.objects.none(), to_field_name="uuid", label=gettext_lazy("Dokument"))
    etter = DocumentChoice(SteeringDocument.objects.none(), to_field_name="uuid", label=gettext_lazy("Mot"))

    def __init__(self, data: Any = None, *, documents: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ("foer", "etter"):
            self.fields[name].queryset = documents  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = _("Velg et dokument fra listen.")


class YearsForm(AskingForm):
    """Two budget years of one agency."""

    virksomhet = AgencyChoice(Organisation.objects.none(), to_field_name="uuid", label=gettext_lazy("Virksomhet"))
    fra_aar = forms.TypedChoiceField(label=gettext_lazy("År"), coerce=int)
    til_aar = forms.TypedChoiceField(label=gettext_lazy("Mot"), coerce=int)

    def __init__(self, data: Any = None, *, agencies: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["virksomhet"].queryset = agencies  # type: ignore[attr-defined]
        for name in ("fra_aar", "til_aar"):
            self.fields[name].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


class AgenciesForm(AskingForm):
    """Two agencies on a day."""

    virksomhet = AgencyChoice(Organisation.objects.none(), to_field_name="uuid", label=gettext_lazy("Virksomhet"))
    annen = AgencyChoice(Organisation.objects.none(), to_field_name="uuid", label=gettext_lazy("Mot"))
    dato = WrittenDateField(label=gettext_lazy("Gjelder på datoen"), required=False)

    def __init__(self, data: Any = None, *, agencies: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ("virksomhet", "annen"):
            self.fields[name].queryset = agencies  # type: ignore[attr-defined]
