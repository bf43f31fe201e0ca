"""The forms of the rules of an instruction at the review of an import: one form for each kind of rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Organisation
from core.formwork import needs
from governance.forms.rows import RowForm, choice_field, text_field
from governance.models import CorrespondenceType, LockDecider, MeetingKind, NoticeTiming

NOT_CHOSEN = [("", gettext_lazy("Ikke valgt"))]


@needs("correspondence")
class CopyRuleForm(RowForm):
    """Who gets a copy of what, and whether at the same time."""

    correspondence = choice_field(gettext_lazy("Kopi av"), [*NOT_CHOSEN, *CorrespondenceType.choices])
    simultaneous = forms.BooleanField(label=gettext_lazy("Samtidig"), required=False)
    text = text_field(gettext_lazy("Ordlyd, slik den står"), rows=3, readonly=True)

    def build(self) -> None:
        """The bodies to choose among; what the text calls the recipient stands beside."""
        written = str(self.values.get("recipient") or "")
        bodies = [(str(uuid), name) for uuid, name in Organisation.objects.order_by("name").values_list("uuid", "name")]
        field = choice_field(_("Kopimottaker"), [*NOT_CHOSEN, *bodies])
        field.help_text = _("I teksten: %(name)s") % {"name": written} if written else ""
        field.needed = True  # type: ignore[attr-defined]
        own = self.fields
        self.fields = {"correspondence": own["correspondence"], "recipient_uuid": field, **own}

    def changes(self) -> dict[str, Any]:
        """The words of the text stay."""
        return _without(super().changes(), "text")


@needs("kind", "minimum")
class MeetingRuleForm(RowForm):
    """How many meetings of a kind in a year."""

    kind = choice_field(gettext_lazy("Møte"), MeetingKind.choices)
    minimum = forms.IntegerField(
        label=gettext_lazy("Minst i året"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Skriv et helt tall.")},
    )  # fmt: skip
    text = text_field(gettext_lazy("Ordlyd, slik den står"), rows=3, readonly=True)

    def changes(self) -> dict[str, Any]:
        """The words of the text stay."""
        return _without(super().changes(), "text")


@needs("title")
class NoticeDutyForm(RowForm):
    """What the ministry is to be told of, and how soon."""

    timing = choice_field(gettext_lazy("Når"), NoticeTiming.choices)
    title = text_field(gettext_lazy("Varsles om"), rows=2)
    text = text_field(gettext_lazy("Ordlyd, slik den står"), rows=3, readonly=True)

    def changes(self) -> dict[str, Any]:
        """The words of the text stay."""
        return _without(super().changes(), "text")


@needs("correspondence")
class LockRuleForm(RowForm):
    """A report that is not changed after it was sent, and on what terms all the same."""

    correspondence = choice_field(gettext_lazy("Gjelder"), CorrespondenceType.choices)
    exception = text_field(gettext_lazy("Unntak"), rows=2)
    decider = choice_field(gettext_lazy("Åpnes av"), [("", gettext_lazy("Ikke sagt")), *LockDecider.choices])
    text = text_field(gettext_lazy("Ordlyd, slik den står"), rows=3, readonly=True)

    def changes(self) -> dict[str, Any]:
        """The words of the text stay."""
        return _without(super().changes(), "text")


def _without(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


RULE_FORMS: dict[str, type[RowForm]] = {
    "copy_rule": CopyRuleForm,
    "meeting_rule": MeetingRuleForm,
    "notice_duty": NoticeDutyForm,
    "lock_rule": LockRuleForm,
}
