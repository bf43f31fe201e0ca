"""Earlier imports of the same letter: the same files, or the same case, year, agency and kind of letter."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from governance.checks.gather import fact
from governance.models import DocumentFamily, DocumentImport, DocumentState, ImportState, SteeringDocument

READ = (ImportState.REVIEW, ImportState.DETAILS, ImportState.REGISTERED, ImportState.DISCARDED)


def _letter(found: DocumentImport) -> tuple[Any, ...]:
    """What makes it the same letter: case number, year, kind and number in the year."""
    details, facts = found.details, found.facts
    case = str(details.get("case_number") or fact(facts, "case_number") or "").replace(" ", "").casefold()
    return (
        case,
        details.get("year") or fact(facts, "year"),
        str(details.get("kind") or fact(facts, "kind") or ""),
        details.get("number") or fact(facts, "letter_number"),
    )


def earlier_of(found: DocumentImport) -> list[DocumentImport]:
    """Earlier readings of the letter, the newest first. One query."""
    same_letter = Q(agency_id=found.agency_id) if found.agency_id else Q(pk__in=())
    rows = (
        DocumentImport.objects.filter(organisation_id=found.organisation_id, state__in=READ, pk__lt=found.pk)
        .filter(Q(sha256=found.sha256) | same_letter)
        .select_related("document", "agency")
        .defer("canonical_text", "document__canonical_text")
        .order_by("-id")
    )
    mine = _letter(found)
    return [row for row in rows if row.sha256 == found.sha256 or (mine[0] and _letter(row) == mine)]


def registered_before(found: DocumentImport) -> SteeringDocument | None:
    """The same letter as it is registered or issued already; None when it is not."""
    for row in earlier_of(found):
        if row.document is not None and row.document.state == DocumentState.ISSUED and row.state == "registered":
            dated = found.details.get("document_date") or fact(found.facts, "date")
            same_day = not dated or str(dated)[:10] == str(row.document.document_date)
            if row.sha256 == found.sha256 or same_day:
                return row.document
    case, year, _kind, _number = _letter(found)
    if not case or found.agency_id is None:
        return None
    issued = SteeringDocument.objects.filter(
        issuer_id=found.organisation_id,
        recipient_id=found.agency_id,
        state=DocumentState.ISSUED,
        year=year,
        kind__code=str(found.details.get("kind") or fact(found.facts, "kind") or ""),
        document_date=str(found.details.get("document_date") or fact(found.facts, "date") or "")[:10] or None,
        number=_letter(found)[3],
    )
    return next((row for row in issued if row.case_number.replace(" ", "").casefold() == case), None)


def replaced_said(found: DocumentImport) -> list[str]:
    """The registered instructions that the text says it replaces, by permanent id. One query."""
    days = fact(found.facts, "replaces") or ()
    if not days or found.agency_id is None:
        return []
    rows = SteeringDocument.objects.filter(
        recipient_id=found.agency_id,
        issuer_id=found.organisation_id,
        state=DocumentState.ISSUED,
        kind__family=DocumentFamily.INSTRUCTION,
        document_date__in=days,
    )
    return [str(uuid) for uuid in rows.order_by("document_date", "id").values_list("uuid", flat=True)]
