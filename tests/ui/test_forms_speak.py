"""What every form says: the empty choice in bokmål, and «valgfritt» only where a field may stand empty."""

from __future__ import annotations

import pytest
from django import forms
from django.template.loader import render_to_string

from core.formwork import needs
from governance.forms.letters import JournalForm
from governance.models import DocumentKind

pytestmark = pytest.mark.django_db


class Choosing(forms.Form):
    kind = forms.ModelChoiceField(queryset=DocumentKind.objects.none(), label="Type")


def test_the_empty_choice_of_a_list_is_in_bokmaal() -> None:
    page = render_to_string("components/fields.html", {"form": Choosing()})
    assert ">Velg</option>" in page
    assert "Select an option" not in page


def test_a_field_the_action_needs_is_not_called_optional() -> None:
    page = render_to_string("components/fields.html", {"form": JournalForm()})
    assert page.count("valgfritt") == 2, "access code and basis alone"
    with pytest.raises(KeyError):
        needs("unknown")(Choosing)
