"""What an import still lacks before it can become a document: asked by the page and by the act that registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Organisation
from core.errors import Problem
from governance.intake.earlier import registered_before
from governance.models import (
    DocumentFamily,
    DocumentImport,
    DocumentKind,
    Finding,
    FindingState,
    ImportRow,
    Origin,
    RowState,
    Severity,
)

REGISTER, SEND_FROM_HERE = "registered", "made_here"
Details = Mapping[str, Any]


def detail_problems(found: DocumentImport, details: Details, agency: Organisation | None, day: date) -> list[Problem]:
    """What is missing or wrong in what has been typed about the letter."""
    problems = []
    if agency is None:
        problems.append(Problem("agency_missing", _("Velg hvilken virksomhet brevet er til."), "agency"))
    elif not Organisation.objects.steered_by(found.organisation, day).filter(pk=agency.pk):
        sentence = _(
            "%(agency)s styres ikke av %(ministry)s. Brevet kan bare registreres av den som styrer virksomheten."
        )
        words = {"agency": agency.name, "ministry": found.organisation.name}
        problems.append(Problem("not_steered", sentence % words, "agency"))
    kind = DocumentKind.objects.filter(code=details.get("kind") or "").first()
    if kind is None:
        problems.append(Problem("kind_missing", _("Velg hva slags dokument det er."), "kind"))
    if details.get("way") == SEND_FROM_HERE and found.pk and found.batch_entries.exists():
        sentence = _("Brev som er lest inn i en samling, registreres med opprinnelig dato. De kan ikke sendes herfra.")
        problems.append(Problem("batch_is_registered", sentence, "way"))
    required = {"title": _("Skriv tittelen på dokumentet.")}
    if kind is not None and kind.family != DocumentFamily.INSTRUCTION:
        required["year"] = _("Skriv budsjettåret brevet gjelder.")
    if details.get("way", REGISTER) == REGISTER:
        required["document_date"] = _("Skriv datoen som står på brevet.")
    problems += [Problem(f"{name}_missing", words, name) for name, words in required.items() if not details.get(name)]
    dated, effective = details.get("document_date"), details.get("effective_on")
    if dated and effective and effective < dated:
        sentence = _("Dokumentet kan ikke gjelde fra en dag før det er datert.")
        problems.append(Problem("effective_before_date", sentence, "effective_on"))
    if details.get("way", REGISTER) == REGISTER and dated and dated > day:
        sentence = _("Brevet har en dato fram i tid. Et brev som ikke er sendt, utstedes herfra i stedet.")
        problems.append(Problem("date_in_future", sentence, "document_date"))
    return problems


def register_problems(found: DocumentImport, day: date) -> list[Problem]:
    """Why the import cannot be registered now: undecided rows, missing facts, findings that stop."""
    problems = []
    unsure = list(ImportRow.objects.filter(document_import=found, state=RowState.UNSURE).order_by("ordinal"))
    if unsure:
        sentence = ngettext(
            "%(count)s usikker rad må avgjøres først.", "%(count)s usikre rader må avgjøres først.", len(unsure)
        )
        pointer = str(unsure[0].uuid)
        problems.append(Problem("unsure_rows", sentence % {"count": len(unsure)}, pointer=pointer))
    details = dict(found.details)
    for name in ("document_date", "effective_on"):
        details[name] = date.fromisoformat(details[name]) if details.get(name) else None
    problems += detail_problems(found, details, found.agency, day)
    problems += _registered_already(found)
    rows = Finding.objects.filter(document_import=found, state=FindingState.OPEN)
    return problems + stopping(rows)


def _registered_already(found: DocumentImport) -> list[Problem]:
    """The same letter is not registered twice, and a new reading never changes what is registered or issued."""
    document = registered_before(found)
    if document is None:
        return []
    if document.origin == Origin.MADE_HERE:
        sentence = _("«%(title)s» er utstedt herfra. Det endres bare av et supplerende brev.")
    else:
        sentence = _(
            "«%(title)s» er registrert fra før og fryst. Sammenlign lesingene: er brevet lest feil, rettes"
            " registreringen, og er det endret, skrives et supplerende brev."
        )
    return [Problem("registered_before", sentence % {"title": document.title}, pointer=str(document.uuid))]


def stopping(rows: Iterable[Finding]) -> list[Problem]:
    """The open findings that stop, as problems to show."""
    return [
        Problem(row.check_id, row.message, pointer=str(row.item or ""))
        for row in rows
        if row.severity == Severity.STOPS and row.state == FindingState.OPEN
    ]
