"""Findings: kept up to date by the checks, acknowledged by a person with a reason on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock, events
from core.actor import Actor, system_actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken, StaleVersion
from core.models import Audience, Event
from governance import checks, permissions
from governance.checks import gather, holding
from governance.checks.content import Stage
from governance.instructions import cited_and_current, followed_up
from governance.models import (
    DocumentFamily,
    DocumentImport,
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
def refresh_document_findings(document: SteeringDocument, *, day: date, stage: Stage | None = None) -> list[Finding]:
    """Look a draft or an issued document over again, as at a stage or as it stands. The new findings."""
    content = gather.from_document(document, day=day, stage=stage)
    return _bring_up_to_date({"document": document, "organisation": document.issuer}, content)


def open_letters(day: date) -> QuerySet[SteeringDocument]:
    """Letters that are still being followed up: drafts, and those of this budget year and the one before."""
    found: QuerySet[SteeringDocument] = SteeringDocument.objects.filter(followed_up(day))
    return found.select_related("kind", "issuer", "recipient", "supplements")


def recheck_letters(agency: Organisation, *, day: date, actor: Actor, at: datetime, stage: Stage | None = None) -> None:
    """A new or replaced instruction concerns every letter of the agency that is still being followed up (V-02).

    The letter that cites an instruction no longer in force gets a finding, and an event both sides read, once.
    """
    letters = open_letters(day).filter(recipient=agency).exclude(kind__family=DocumentFamily.INSTRUCTION)
    for letter in letters:
        refresh_document_findings(letter, day=day, stage=stage if letter.is_issued else None)
        if letter.is_issued:
            _tell_of_instruction(letter, actor=actor, at=at)


def _tell_of_instruction(letter: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """Once for each letter and day of replacement."""
    standing = cited_and_current(letter, clock.local_date(at))
    if standing.replaced_on is None or standing.cited is None:
        return
    if letter.document_date is not None and standing.replaced_on <= letter.document_date:
        return
    kind = "document.instruction_replaced"
    told = Event.objects.filter(type=kind, subject=letter.uuid, after__replaced_on=standing.replaced_on.isoformat())
    if told.exists():
        return
    events.record(
        event=kind,
        subject=letter,
        actor=actor,
        at=at,
        organisation=letter.issuer.uuid,
        counterpart=letter.recipient.uuid,
        after={
            "cited": standing.cited.title,
            "replaced_on": standing.replaced_on,
            "now": standing.now.title if standing.now else "",
        },
    )


def look_over_open(*, day: date, actor: Actor, at: datetime) -> int:
    """Look over everything that is open once a day: an instruction takes effect, a deadline talk drags on.

    The number of agencies looked at. Doing it twice changes nothing.
    """
    agencies = Organisation.objects.filter(
        Q(pk__in=open_letters(day).values("recipient")) | Q(pk__in=_open_imports().values("agency"))
    )
    count = 0
    for agency in agencies:
        recheck_letters(agency, day=day, actor=actor, at=at, stage=Stage.PORTFOLIO)
        recheck_imports(agency, day=day)
        count += 1
    return count


def _open_imports() -> QuerySet[DocumentImport]:
    found: QuerySet[DocumentImport] = DocumentImport.objects.filter(state__in=(ImportState.REVIEW, ImportState.DETAILS))
    return found


def recheck_imports(agency: Organisation, *, day: date, year: int | None = None) -> None:
    """Letters to the agency that are being gone through: a missing instruction, or the letter before, may be here now.

    With ``year``: those of that budget year.
    """
    for found in _open_imports().filter(agency=agency).select_related("organisation", "agency"):
        if year is None or gather.year_of(found) == year:
            refresh_findings(found, day=day)


def _bring_up_to_date(scope: dict[str, Any], content: checks.Content) -> list[Finding]:
    owner = {name: value for name, value in scope.items() if name != "organisation"}
    held = {
        holding.key_of(row): row
        for row in Finding.objects.filter(**owner).exclude(state=FindingState.RESOLVED).order_by("-state", "id")
    }
    new = []
    for looked in holding.look(content):
        found = looked.found
        known = held.pop(found.key, None)
        if known is not None:
            _hold(known, looked, scope)
            continue
        new.append(
            Finding(
                **scope,
                check_id=found.check_id,
                severity=found.severity,
                message=found.sentence,
                place=found.key[-1],
                item=found.item,
                passage=found.passage,
                content_digest=looked.digest,
            )
        )
    looked_for = {
        rule.check_id
        for rule in checks.REGISTRY.values()
        if rule.runs_at(content.stage) and not (rule.lasting and content.stage in (Stage.ISSUED, Stage.PORTFOLIO))
    }
    mended = [row.pk for row in held.values() if row.check_id in looked_for]
    Finding.objects.filter(pk__in=mended).update(state=FindingState.RESOLVED)
    return list(Finding.objects.bulk_create(new))


def _hold(known: Finding, looked: holding.Looked, scope: dict[str, Any]) -> None:
    """The finding is there still: its words as they are now, open again when what was acknowledged has changed."""
    reopened = known.state == FindingState.ACKNOWLEDGED and not holding.still_acknowledged(known, looked)
    before = (known.message, known.severity, known.content_digest)
    if reopened:
        known.state = FindingState.OPEN
    known.message, known.severity, known.content_digest = looked.found.sentence, looked.found.severity, looked.digest
    if reopened or before != (known.message, known.severity, known.content_digest):
        known.save(update_fields=["message", "severity", "content_digest", "state"])
    if reopened:
        events.record(
            event="finding.reopened",
            subject=scope.get("document") or scope["document_import"],
            actor=system_actor("kontroller"),
            at=clock.now(),
            organisation=scope["organisation"].uuid,
            before={"message": before[0], "reason": known.reason},
            after={"check": known.check_id, "message": known.message, "place": known.place},
            audience=Audience.INTERNAL,
        )


def take_over(found: DocumentImport, document: SteeringDocument) -> None:
    """The findings of an import follow it into the document it became.

    The rows are written in another form there, so the first look sets the checksum anew and opens nothing.
    """
    Finding.objects.filter(document_import=found).update(document=document, content_digest="")


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
def acknowledge_finding(*, finding: Finding, reason: str, actor: Actor, at: datetime, seen: str = "") -> Finding:
    """Say that a finding is known and why it stands. What stops cannot be acknowledged, only mended.

    ``seen`` is the checksum of what the person read; what has changed since is read again before it is acknowledged.
    Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken (no reason, or it stops).
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
    if seen and row.content_digest and seen != row.content_digest:
        raise StaleVersion(_("Det funnet gjelder, er endret siden du åpnet siden. Les det på nytt før du bekrefter."))
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
