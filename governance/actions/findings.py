"""Findings: kept up to date by the checks, acknowledged by a person with a reason on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience
from governance import checks, permissions
from governance.checks import gather
from governance.checks.content import Stage
from governance.models import (
    DocumentFamily,
    DocumentImport,
    DocumentState,
    Finding,
    FindingState,
    ImportState,
    Severity,
    SteeringDocument,
)


@transaction.atomic
def refresh_findings(found: DocumentImport, *, day: date | None = None) -> list[Finding]:
    """Look an import over again: new findings are added, mended ones are closed, acknowledged ones stay so."""
    content = gather.from_import(found, day=day or clock.today())
    return _bring_up_to_date({"document_import": found, "organisation": found.organisation}, content)


@transaction.atomic
def refresh_document_findings(document: SteeringDocument, *, day: date) -> list[Finding]:
    """Look a draft or an issued document over again."""
    content = gather.from_document(document, day=day)
    return _bring_up_to_date({"document": document, "organisation": document.issuer}, content)


def recheck_letters(agency: Organisation, *, day: date) -> None:
    """A new or replaced instruction concerns every letter of the agency that is still being followed up (V-02)."""
    letters = SteeringDocument.objects.filter(
        recipient=agency, state=DocumentState.ISSUED, year__gte=day.year - 1
    ).exclude(kind__family=DocumentFamily.INSTRUCTION)
    for letter in letters.select_related("kind", "issuer", "recipient"):
        refresh_document_findings(letter, day=day)


def recheck_imports(agency: Organisation, *, day: date) -> None:
    """Letters to the agency that are being gone through: a missing instruction may be there now."""
    open_states = (ImportState.REVIEW, ImportState.DETAILS)
    imports = DocumentImport.objects.filter(agency=agency, state__in=open_states)
    for found in imports.select_related("organisation", "agency"):
        refresh_findings(found, day=day)


def _bring_up_to_date(scope: dict[str, Any], content: checks.Content) -> list[Finding]:
    owner = {name: value for name, value in scope.items() if name != "organisation"}
    held = {
        (row.check_id, str(row.item or ""), str(row.passage or ""), row.place): row
        for row in Finding.objects.filter(**owner).exclude(state=FindingState.RESOLVED)
    }
    new = []
    for finding in checks.run(content):
        known = held.pop(finding.key, None)
        if known is None:
            new.append(
                Finding(
                    **scope,
                    check_id=finding.check_id,
                    severity=finding.severity,
                    message=finding.sentence,
                    place=finding.place[:200],
                    item=finding.item,
                    passage=finding.passage,
                )
            )
        elif known.message != finding.sentence or known.severity != finding.severity:
            known.message, known.severity = finding.sentence, finding.severity
            known.save(update_fields=["message", "severity"])
    looked_for = {
        rule.check_id
        for rule in checks.REGISTRY.values()
        if content.stage in rule.stages and not (rule.lasting and content.stage == Stage.ISSUED)
    }
    mended = [row.pk for row in held.values() if row.state == FindingState.OPEN and row.check_id in looked_for]
    Finding.objects.filter(pk__in=mended).update(state=FindingState.RESOLVED)
    return list(Finding.objects.bulk_create(new))


def take_over(found: DocumentImport, document: SteeringDocument) -> None:
    """The findings of an import follow it into the document it became."""
    Finding.objects.filter(document_import=found).update(document=document)


def hindering(document: SteeringDocument) -> list[Problem]:
    """Why a draft cannot be issued yet: findings that stop, and warnings nobody has acknowledged."""
    rows = Finding.objects.filter(document=document, state=FindingState.OPEN).exclude(severity=Severity.INFORMATION)
    warned = _("%(message)s Rett det, eller bekreft funnet med en begrunnelse.")
    return [
        Problem(
            row.check_id,
            row.message if row.severity == Severity.STOPS else warned % {"message": row.message},
            pointer=str(row.item or ""),
        )
        for row in rows.order_by("-severity", "id")
    ]


@transaction.atomic
def acknowledge_finding(*, finding: Finding, reason: str, actor: Actor, at: datetime) -> Finding:
    """Say that a finding is known and why it stands. What stops cannot be acknowledged, only mended.

    Raises NotAllowed, NotInThisState, RuleBroken (no reason, or it stops).
    """
    row: Finding = (
        Finding.objects.select_related("document", "document__recipient", "document_import", "organisation")
        .locked()
        .get(pk=finding.pk)
    )
    _require_may_decide(row, actor, at)
    if row.state == FindingState.ACKNOWLEDGED:
        return row
    if row.state == FindingState.RESOLVED:
        raise NotInThisState(_("Funnet er allerede rettet."))
    if row.severity == Severity.STOPS:
        raise RuleBroken(_("Funnet stopper brevet og må rettes. Det kan ikke bekreftes."), code="finding_stops")
    if not reason.strip():
        raise RuleBroken(problems=[Problem("reason_missing", _("Skriv hvorfor funnet kan stå."), "reason")])
    row.state, row.reason, row.decided_by_id, row.decided_at = FindingState.ACKNOWLEDGED, reason, actor.user_id, at
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    events.record(
        event="finding.acknowledged",
        subject=row.document or row.document_import or row,
        actor=actor,
        at=at,
        organisation=row.organisation.uuid,
        reason=reason,
        after={"check": row.check_id, "message": row.message, "place": row.place},
        audience=Audience.INTERNAL,
    )
    return row


def _require_may_decide(row: Finding, actor: Actor, at: datetime) -> None:
    day = clock.local_date(at)
    if row.document is not None:
        allowed = permissions.may_acknowledge(actor, row.document.recipient_id, day)
    else:
        allowed = permissions.may_import(actor, day)
    if actor.organisation != row.organisation.uuid or not allowed:
        raise NotAllowed(_("Funnet bekreftes av den som har etatsstyringen av virksomheten."))
