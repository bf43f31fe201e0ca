"""Forms of needs from expert meetings: shape only, the rules are the actions'."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import Department
from core.formatting import full_date
from core.formwork import needs
from governance.models import SteeringDocument
from reporting.forms.calendar import VersionedForm, date_field
from reporting.models import CalendarEntry


class ByUuid(forms.ModelChoiceField):
    """A choice by permanent id, so that a forged key finds nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(to_field_name="uuid", **options)
        self.error_messages["invalid_choice"] = _("Velg en fra listen.")


class DepartmentChoice(ByUuid):
    """A department by code and name, with its last day when it has ended."""

    def label_from_instance(self, obj: Any) -> str:
        """Code and name."""
        words = f"{obj.code} {obj.name}".strip()
        return f"{words} ({_('til')} {full_date(obj.valid_to)})" if obj.valid_to else words


class MeetingChoice(ByUuid):
    """A meeting of the calendar by day and name."""

    def label_from_instance(self, obj: Any) -> str:
        """Day and name."""
        day = obj.held_on or obj.date
        return f"{full_date(day)}: {obj.title}" if day else str(obj.title)


class LetterChoice(ByUuid):
    """A letter by title and, when it has one, its date."""

    def label_from_instance(self, obj: Any) -> str:
        """Title and date."""
        return f"{obj.title}, {full_date(obj.document_date)}" if obj.document_date else str(obj.title)


@needs("words", "department", "meeting", "held_on")
class NeedForm(forms.Form):
    """What came up, where and when. ``key`` makes the form count once however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Behovet"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hva virksomheten trenger styring om, slik det kan stå i et brev."),
    )
    entry = MeetingChoice(
        label=_("Møte i kalenderen"),
        queryset=CalendarEntry.objects.none(),
        required=False,
        empty_label=_("ikke i kalenderen"),
        help_text=_("Navn og dato hentes fra kalenderen når de står tomme nedenfor."),
    )
    meeting = forms.CharField(label=_("Møtets navn"), max_length=200, required=False)
    held_on = date_field(_("Møtedato"), required=False)
    department = DepartmentChoice(
        label=_("Avdeling"), queryset=Department.objects.none(), required=False, empty_label=_("Velg avdeling")
    )

    def __init__(
        self, *args: Any, departments: QuerySet[Department], meetings: QuerySet[CalendarEntry], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]
        self.fields["entry"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["held_on"].error_messages["invalid"] = _("Skriv en dato som finnes.")
        if not meetings:
            del self.fields["entry"]


@needs("document", "how", "title")
class TakeForm(forms.Form):
    """Into which draft, and as what."""

    document = LetterChoice(
        label=_("Utkast"), queryset=SteeringDocument.objects.none(), required=False, empty_label=_("Velg utkast")
    )
    how = forms.ChoiceField(
        label=_("Behovet blir"),
        choices=[("assignment", _("Et oppdrag i brevet")), ("passage", _("Tekst i brevet"))],
        widget=forms.RadioSelect,
        required=False,
    )
    title = forms.CharField(
        label=_("Tittel på oppdraget"),
        max_length=300,
        required=False,
        help_text=_("Brukes bare når behovet blir et oppdrag. Frist og resten skriver du i utkastet."),
    )

    def __init__(self, *args: Any, drafts: QuerySet[SteeringDocument], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].queryset = drafts  # type: ignore[attr-defined]


@needs("document")
class PointForm(VersionedForm):
    """The letter that gave it."""

    document = LetterChoice(
        label=_("Brevet"), queryset=SteeringDocument.objects.none(), required=False, empty_label=_("Velg brev")
    )

    def __init__(self, *args: Any, letters: QuerySet[SteeringDocument], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].queryset = letters  # type: ignore[attr-defined]


@needs("reason")
class WithdrawForm(VersionedForm):
    """Why steering is not needed after all."""

    reason = forms.CharField(
        label=_("Begrunnelse"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Blir stående i historikken i departementet."),
    )
