"""The rules looked for when assignments are given, for the list of all rules."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from governance.checks.catalogue import Rule
from governance.checks.sources import LETTERS
from governance.models import Severity


def rules() -> Iterator[Rule]:
    """A joint assignment is one text with one deadline at all its agencies (V-25)."""
    yield Rule(
        "V-25",
        Severity.WARNING.value,
        _("Felles oppdrag med ulik tekst eller frist hos virksomhetene"),
        ("given",),
        LETTERS,
        _("Kvalitetskontroll: et felles oppdrag er ett oppdrag"),
    )
