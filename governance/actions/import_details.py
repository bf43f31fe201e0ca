"""What the body of a letter lacks, filled in by a person, and the letter registered (decision C1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Organisation
from agencies.rights import Right
from core import clock
from core.actor import Actor
from core.canonical import plain
from core.errors import NotAllowed, RuleBroken
from core.models import StoredFile
from core.transitions import bump, check_version
from governance.actions import citations, documents, findings
from governance.actions.imports import (
    locked,
    look_again_at_others,
    mark_doubtful,
    propose_lines,
    require_import,
    require_open,
)
from governance.content import ContentWriter
from governance.intake.convert import Conversion
from governance.intake.readiness import REGISTER, Details, detail_problems, register_problems
from governance.models import (
    CopyRule,
    DocumentFile,
    DocumentImport,
    ImportFile,
    ImportState,
    InstructionReplacement,
    SteeringDocument,
)


@transaction.atomic
def set_details(
    *,
    document_import: DocumentImport,
    details: Details,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> DocumentImport:
    """Keep what a person has filled in about the letter; it wins over what the letter says of itself.

    Keys: kind, agency (uuid), title, public_title, year, number, supplements (uuid), document_date, effective_on,
    case_number, document_number, addressee, place, language, legal_basis, lapse_through_year, way (registered or
    made_here), signatories, replaces (uuids), copy_rules. Raises NotAllowed, NotInThisState, StaleVersion,
    RuleBroken with every problem.
    """
    found = locked(document_import)
    require_import(actor, found, at)
    require_open(found)
    check_version(found, expected_version)
    agency = Organisation.objects.filter(uuid=details["agency"]).first() if details.get("agency") else None
    problems = detail_problems(found, details, agency, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    if agency is not None:
        _require_may_register(actor, agency, clock.local_date(at))
    found.agency = agency
    found.details = plain({**found.details, **details})
    found.title = str(details.get("title") or found.title)[:300]
    found.state = ImportState.DETAILS
    bump(found, fields=("agency", "details", "title", "state"))
    propose_lines(found)
    mark_doubtful(found, day=clock.local_date(at))
    findings.refresh_findings(found, day=clock.local_date(at))
    return found


def _require_may_register(actor: Actor, agency: Organisation, day: date) -> None:
    if not access.may(actor, Right.REGISTER_DOCUMENTS, agency, day):
        raise NotAllowed(
            _("Du kan ikke registrere brev til %(agency)s. Det kan den som har etatsstyringen av virksomheten.")
            % {"agency": agency.name}
        )


@transaction.atomic
def register_import(
    *, document_import: DocumentImport, actor: Actor, at: datetime, expected_version: int | None = None
) -> SteeringDocument:
    """Make the document and register it as issued elsewhere, or leave it as a draft to be sent from here.

    All in one transaction. A second confirmation gives the same document. Raises NotAllowed, NotInThisState,
    StaleVersion, RuleBroken (rows not decided, facts missing, findings that stop).
    """
    found = locked(document_import)
    require_import(actor, found, at)
    if found.state == ImportState.REGISTERED and found.document is not None:
        return found.document
    require_open(found)
    check_version(found, expected_version)
    day = clock.local_date(at)
    findings.refresh_findings(found, day=day)
    problems = register_problems(found, day)
    if problems:
        raise RuleBroken(problems=problems)
    agency = found.agency
    if agency is None:  # said by register_problems; for the type checker
        raise RuleBroken(_("Velg hvilken virksomhet brevet er til."))
    _require_may_register(actor, agency, day)
    document = documents.create_document(facts=_facts(found, agency), actor=actor, at=at)
    conversion = Conversion(found, document)
    conversion.run()
    citations.carry_choices(document, conversion.chosen, at=at)
    _write_extras(found, document)
    findings.take_over(found, document)
    found.document, found.state = document, ImportState.REGISTERED
    bump(found, fields=("document", "state"))
    stored = list(StoredFile.objects.filter(pk__in=ImportFile.objects.filter(document_import=found).values("file")))
    if found.details.get("way", REGISTER) == REGISTER:
        registration = documents.Registration(
            signers=documents.signers_from(found.details.get("signatories") or ()), files=stored
        )
        document = documents.register_issued_document(document=document, registration=registration, actor=actor, at=at)
    else:
        writer = ContentWriter(document)
        for file in stored:
            writer.add(DocumentFile, file=file)
    look_again_at_others(found)
    return document


def _facts(found: DocumentImport, agency: Organisation) -> documents.DocumentFacts:
    details = found.details
    supplements = details.get("supplements")
    letter = SteeringDocument.objects.filter(uuid=supplements, recipient=agency).first() if supplements else None
    return documents.DocumentFacts(
        kind=details["kind"],
        recipient=agency,
        title=str(details["title"])[:300],
        year=details.get("year"),
        number=details.get("number"),
        language=details.get("language") or "nb",
        document_date=_day(details.get("document_date")),
        effective_on=_day(details.get("effective_on")) or _day(details.get("document_date")),
        case_number=details.get("case_number") or "",
        document_number=details.get("document_number") or "",
        addressee=details.get("addressee") or "",
        place=details.get("place") or "",
        legal_basis=details.get("legal_basis") or "",
        public_title=details.get("public_title") or "",
        lapse_through_year=details.get("lapse_through_year"),
        supplements=letter,
        extractor=found.extractor,
        canonical_text=found.canonical_text,
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _write_extras(found: DocumentImport, document: SteeringDocument) -> None:
    """Copy rules and replaced instructions that were filled in by hand."""
    writer = ContentWriter(document)
    write_copy_rules(writer, found.details.get("copy_rules") or ())
    replaced = SteeringDocument.objects.filter(
        uuid__in=found.details.get("replaces") or (), recipient=document.recipient, state="issued"
    )
    for instruction in replaced:
        writer.add(InstructionReplacement, replaced=instruction)


def write_copy_rules(writer: ContentWriter, rules: Any) -> None:
    """Copy rules typed in by hand; one without a known recipient, or that the rows already say, is left out."""
    recipients = {
        str(row.uuid): row for row in Organisation.objects.filter(uuid__in=[rule["recipient"] for rule in rules])
    }
    read = CopyRule.objects.filter(document=writer.document).values_list("correspondence", "recipient__uuid")
    held = {(kind, str(body)) for kind, body in read}
    for rule in rules:
        if rule["recipient"] in recipients and (rule["correspondence"], rule["recipient"]) not in held:
            writer.add(
                CopyRule,
                correspondence=rule["correspondence"],
                recipient=recipients[rule["recipient"]],
                simultaneous=bool(rule.get("simultaneous")),
                section=str(rule.get("section") or "")[:40],
            )
