"""Forms of putting the record of a registered letter right: shape only, the rules are the action's."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formwork import needs
from governance.actions.registration_corrections import Why
from governance.forms.letters import VersionedForm
from governance.models import CorrectionReason


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("Merknad"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Blir stående i historikken hos begge parter. Gjenta ikke det som er unntatt."),
    )


@needs("reason")
class CorrectRegistrationForm(VersionedForm):
    """Why the record was wrong."""

    reason = forms.ChoiceField(
        label=_("Grunn"),
        required=False,
        choices=[(CorrectionReason.MISREAD, _("Lest feil")), (CorrectionReason.NEW_FILE, _("Ny fil"))],
        widget=forms.RadioSelect,
    )
    note = _note()

    def why(self) -> Why:
        """As the action takes it."""
        return Why(self.cleaned_data["reason"], self.cleaned_data["note"])


class NoteForm(forms.Form):
    """A note beside a row that is put right by hand."""

    note = _note()


def chosen_rows(written: Iterable[str]) -> list[UUID]:
    """The permanent ids ticked; what is no id is no row of the list."""
    found = []
    for text in written:
        try:
            found.append(UUID(text))
        except ValueError:
            found.append(UUID(int=0))
    return found
