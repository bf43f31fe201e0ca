"""The life of a report: open, for signature, submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.transitions import StateTable, Transition

if TYPE_CHECKING:
    from reporting.models import Report

#: The values of reporting.models.ReportState; models stand above states.
OPEN, FOR_SIGNATURE, SUBMITTED = "open", "for_signature", "submitted"


def checked_before(_actor: Actor, _report: Report) -> bool:
    """Permission is the action's first statement (reporting.permissions.reports), since it needs the act's day."""
    return True


REPORT_STATES = StateTable(
    "state",
    [
        Transition(
            "send_for_signature",
            frozenset({OPEN}),
            FOR_SIGNATURE,
            _("Send til signering"),
            checked_before,
            "report.sent_for_signature",
        ),
        Transition(
            "take_back",
            frozenset({FOR_SIGNATURE}),
            OPEN,
            _("Ta tilbake fra signering"),
            checked_before,
            "report.taken_back",
        ),
        Transition(
            "submit",
            frozenset({OPEN, FOR_SIGNATURE}),
            SUBMITTED,
            _("Signer og send inn"),
            checked_before,
            "report.submitted",
        ),
    ],
)
