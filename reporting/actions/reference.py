"""Report kinds with their outlines, as data."""

from core import reference
from reporting.models import ReportKind


def load_reference() -> int:
    """Kinds of reports, from fixtures/reference. Returns how many there are."""
    return reference.upsert(ReportKind, reference.read("reference/report_kinds.json"))
