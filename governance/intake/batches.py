"""What the letters of a folder say of themselves, as details; and which of them are ready to be registered."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.intake.earlier import replaced_said
from governance.intake.readiness import REGISTER, detail_problems, register_problems
from governance.models import DocumentFamily, DocumentImport, DocumentKind, ImportState, SteeringDocument

REGISTER_JOB = "governance.register_batch"
OPEN = (ImportState.REVIEW, ImportState.DETAILS)


def _said(found: DocumentImport, name: str) -> Any:
    value = found.facts.get(name)
    return value.get("value") if isinstance(value, dict) else None


def details_from(found: DocumentImport, day: date) -> dict[str, Any]:
    """The details of a letter that says them all itself, else an empty mapping: then a person fills them in.

    Always registered, never issued (decision C1).
    """
    kind = DocumentKind.objects.filter(code=str(_said(found, "kind") or "")).first()
    if kind is None or found.agency is None:
        return {}
    dated = date.fromisoformat(str(_said(found, "date"))[:10]) if _said(found, "date") else None
    details: dict[str, Any] = {
        "kind": kind.code,
        "agency": str(found.agency.uuid),
        "title": str(_said(found, "title") or found.title)[:300],
        "year": None if kind.family == DocumentFamily.INSTRUCTION else _said(found, "year"),
        "number": _said(found, "letter_number"),
        "way": REGISTER,
        "document_date": dated,
        "case_number": str(_said(found, "case_number") or "")[:40],
        "language": _said(found, "language") or "nb",
        "signatories": list(_said(found, "signatures") or ()),
    }
    effective = None
    if kind.family == DocumentFamily.INSTRUCTION:
        effective = date.fromisoformat(str(_said(found, "effective_on"))[:10]) if _said(found, "effective_on") else None
        details |= {"effective_on": effective, "replaces": replaced_said(found)}
    if detail_problems(found, details, found.agency, day):
        return {}
    days = {"document_date": dated, "effective_on": effective}
    return details | {name: value.isoformat() if value else None for name, value in days.items()}


def is_ready(found: DocumentImport, day: date) -> bool:
    """Every row is decided, the details are there, and nothing stops."""
    return found.state in OPEN and not register_problems(found, day)


def supplemented(found: DocumentImport) -> SteeringDocument | None:
    """The letter of the same year that a supplement without one named belongs to, when there is exactly one."""
    kind = DocumentKind.objects.filter(code=found.details.get("kind") or "").first()
    if kind is None or kind.family != DocumentFamily.SUPPLEMENT or found.details.get("supplements"):
        return None
    letters = SteeringDocument.objects.filter(
        recipient=found.agency,
        issuer=found.organisation,
        year=found.details.get("year"),
        kind__family=DocumentFamily.LETTER,
        state="issued",
    )[:2]
    return letters[0] if len(letters) == 1 else None
