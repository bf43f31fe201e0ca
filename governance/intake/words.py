"""Sentences about what is doubtful."""

from __future__ import annotations

from django.utils.translation import gettext as _


def doubt_of_deadline(code: str) -> str:
    """Why a deadline is in doubt; empty for none. The text is kept as it stands whatever the reason."""
    sentences = {
        "no_such_date": _("Datoen finnes ikke i kalenderen."),
        "before_letter": _("Fristen ligger før brevets dato."),
        "year_differs": _("Et annet oppdrag i brevet har samme dag og måned i et annet år."),
        "too_soon": _("Fristen er mindre enn 14 dager etter brevets dato."),
    }
    return sentences.get(code, _("Fristen kan være skrevet feil.") if code else "")


def second_row_reason() -> str:
    """What is unclear about a second row for the same post."""
    return _("Uavklart om beløpet er i tillegg til raden over.")
