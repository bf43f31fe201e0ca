"""What giving assignments finds out: a finding is shown to the side that issued, and stops nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assignments.models import Assignment
from governance.models import AssignmentItem, Finding, FindingState, Severity


def _write(assignment: Assignment, check: str, message: str, place: str = "") -> None:
    """Once: neither beside the same finding that is open, nor beside one a person has acknowledged."""
    same = {
        "document_id": assignment.document_id,
        "check_id": check,
        "item": assignment.item.uuid if assignment.item else None,
        "passage": None,
        "place": place[:200],
    }
    if not Finding.objects.filter(**same).exclude(state=FindingState.RESOLVED).exists():
        values = {"organisation_id": assignment.issuer_id, "severity": Severity.WARNING, "message": message}
        Finding.objects.create(**same, **values)


def number_taken(assignment: Assignment, item: AssignmentItem) -> None:
    """The number has been used before (V-07)."""
    sentence = _("Nummeret %(reference)s er brukt før til samme virksomhet. Oppdraget er registrert uten nummer.")
    _write(assignment, "V-07", sentence % {"reference": item.reference}, item.reference)


def unknown_reference(assignment: Assignment, item: AssignmentItem) -> None:
    """The letter changes an assignment that is not here (V-08)."""
    sentence = _("Brevet viser til %(reference)s, som ikke er registrert. Teksten er registrert som eget oppdrag.")
    _write(assignment, "V-08", sentence % {"reference": item.changes_reference or item.reference}, item.reference)


def joint_differs(assignment: Assignment, what: str) -> None:
    """Text or deadline of a joint assignment is not the same in all letters (V-25)."""
    _write(assignment, "V-25", what, assignment.reference)
