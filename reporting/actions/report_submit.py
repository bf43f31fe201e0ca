"""Signing and submitting a report: frozen, dispatched, journalled, and rendered afterwards by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Appointment, Organisation
from core import canonical, clock, events, files, jobs
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience, StoredFile
from core.transitions import bump, check_version
from governance.actions import dispatch, journal
from reporting import checks, snapshot
from reporting.models import (
    ExpectedDelivery,
    ExpectedState,
    Report,
    ReportFile,
    ReportKind,
    ReportState,
    Submission,
)
from reporting.permissions import reports as permissions
from reporting.selectors import sources
from reporting.selectors.report_facts import load_facts
from reporting.signals import report_submitted
from reporting.states import REPORT_STATES

RENDER_JOB = "reporting.render_report"


class NotComplete(RuleBroken):
    """The report lacks something. Every missing part is listed at once (V-18)."""

    code = "report_not_complete"


def _locked(report: Report) -> Report:
    found: Report = Report.objects.for_detail().select_related("expected").locked().get(pk=report.pk)
    return found


@transaction.atomic
def send_for_signature(*, report: Report, actor: Actor, at: datetime, expected_version: int | None = None) -> Report:
    """Hand a complete report to the head of the agency. Refused with all that is missing.

    Raises NotAllowed, NotInThisState, StaleVersion, NotComplete.
    """
    report = _locked(report)
    day = clock.local_date(at)
    if not permissions.may_write(actor, report, day):
        raise NotAllowed(_("Rapporten sendes til signering av dem som skriver den."))
    step = REPORT_STATES.apply("send_for_signature", obj=report, actor=actor, at=at, expected_version=expected_version)
    _refuse_incomplete(report, day)
    _internal(step.event, report, actor, at)
    return report


@transaction.atomic
def take_back(*, report: Report, actor: Actor, at: datetime, reason: str = "") -> Report:
    """Take a report back from signature to write on. Raises NotAllowed, NotInThisState."""
    report = _locked(report)
    if not permissions.may_write(actor, report, clock.local_date(at)):
        raise NotAllowed(_("Rapporten tas tilbake av dem som skriver eller signerer den."))
    step = REPORT_STATES.apply("take_back", obj=report, actor=actor, at=at)
    _internal(step.event, report, actor, at, reason=reason)
    return report


def _internal(event: str, report: Report, actor: Actor, at: datetime, reason: str = "") -> None:
    events.record(
        event=event,
        subject=report,
        actor=actor,
        at=at,
        organisation=report.agency.uuid,
        reason=reason,
        audience=Audience.INTERNAL,
    )


def _refuse_incomplete(report: Report, day: date) -> list[checks.ReportFinding]:
    """The warnings, when nothing stops. Raises NotComplete with every missing part."""
    found = checks.check_report(load_facts(report, day))
    stopping = checks.stops(found)
    if stopping:
        raise NotComplete(
            _("Rapporten mangler noe og er ikke sendt. Rett det som står under, og prøv igjen."),
            problems=checks.problems(stopping),
        )
    return [finding for finding in found if finding.severity == "A"]


@transaction.atomic
def submit_report(
    *,
    report: Report,
    actor: Actor,
    at: datetime,
    signed_parts: Sequence[str],
    warnings_reason: str = "",
    expected_version: int | None = None,
) -> Report:
    """Sign and submit: freeze, dispatch to the receiver and the copies in the same act, journal on both sides.

    The signer is the head of the agency or the stand-in, who signs "(e.f.)" (decision B1). ``signed_parts`` are
    the parts the signature covers, all of the kind's (I and VI of an annual report). A warning must be answered
    by ``warnings_reason``. Rendering is a job of its own: the report is submitted whether or not it succeeds.
    A second submission is refused, so two windows give one. Raises NotAllowed, NotInThisState, StaleVersion,
    NotComplete, RuleBroken.
    """
    report = _locked(report)
    day = clock.local_date(at)
    if not permissions.may_submit(actor, report, day):
        raise NotAllowed(_("Rapporten signeres av direktøren eller den som er stedfortreder."))
    if report.state == ReportState.SUBMITTED:
        raise NotInThisState(
            _("Rapporten er allerede sendt inn. Den er frosset, og en ny innsending er ikke laget."),
            code="already_submitted",
        )
    check_version(report, expected_version)
    warnings = _refuse_incomplete(report, day)
    _refuse_unsigned(report, signed_parts, warnings, warnings_reason)
    Submission.objects.create(report=report, sent_on=day, at=at, signed_parts=list(signed_parts), **_signer(actor))
    freeze(report, actor=actor, at=at)
    dispatch.plan_dispatches(
        subject=report,
        title=report.title,
        sender=report.agency,
        recipient=report.receiver,
        agency=report.agency,
        correspondence=report.kind.correspondence,
        actor=actor,
        at=at,
        document=report.letter,
    )
    announce(report, actor=actor, at=at, received_on=day, reason=warnings_reason, event="report.submitted")
    jobs.enqueue(
        name=RENDER_JOB,
        label=_("Lager PDF av %(title)s") % {"title": report.title},
        actor=actor,
        subject=report,
        unit=_("sider"),
    )
    return report


def _refuse_unsigned(
    report: Report, signed_parts: Sequence[str], warnings: Sequence[checks.ReportFinding], reason: str
) -> None:
    """The signature covers the parts the kind asks for (V-15), and warnings have a reason on record."""
    problems = [
        Problem("V-15", _("Bekreft signaturen for del %(part)s.") % {"part": part}, "signed_parts")
        for part in report.kind.signed_parts
        if part not in signed_parts
    ]
    if warnings and not reason.strip():
        sentence = _("Rapporten har %(count)s advarsler. Rett dem, eller skriv hvorfor den sendes som den er.")
        problems.append(Problem("warnings_unanswered", sentence % {"count": len(warnings)}, "warnings_reason"))
        problems += checks.problems(warnings)
    if problems:
        raise RuleBroken(problems=problems)


def _signer(actor: Actor) -> dict[str, object]:
    """Name and title of the signer; a stand-in signs (e.f.) for the one represented (V-37)."""
    uuid = actor.on_behalf_of or actor.appointment
    held = Appointment.objects.for_choice().filter(uuid=uuid).first() if uuid else None
    title = (held.title or held.role.name_nb) if held is not None else ""
    by_authority = actor.on_behalf_of is not None
    return {
        "signed_by_id": actor.user_id,
        "signed_by_name": actor.name,
        "signed_by_title": title,
        "by_authority": by_authority,
        "represented_name": str(held.user) if held is not None and by_authority else "",
    }


def freeze(report: Report, *, actor: Actor, at: datetime, **values: object) -> None:
    """Hash and store the canonical snapshot, and close every row of the report in the database itself."""
    for name, value in values.items():
        setattr(report, name, value)
    if values:
        report.save(update_fields=[*values])
    data = snapshot.canonical_bytes(report)
    stored = files.store(
        name=f"{report.uuid}.json", data=data, actor=actor, owner=report, organisation=report.agency.uuid
    )
    digest = canonical.sha256(data)
    REPORT_STATES.apply(
        "submit", obj=report, actor=actor, at=at, values={"frozen_at": at, "sha256": digest, "snapshot": stored}
    )


def announce(report: Report, *, actor: Actor, at: datetime, received_on: date, event: str, reason: str = "") -> None:
    """Journal on both sides, the event, the register of expected deliveries, and the news that stops reminders."""
    journal.enqueue_pair(
        subject=report,
        title=report.title,
        sender=report.agency,
        recipient=report.receiver,
        document_date=received_on,
        sha256=report.sha256,
        case_number=report.case_number,
        public_title=_("%(title)s fra %(agency)s") % {"title": report.title, "agency": report.agency.name},
    )
    events.record(
        event=event,
        subject=report,
        actor=actor,
        at=at,
        organisation=report.agency.uuid,
        counterpart=report.receiver.uuid,
        reason=reason,
        after={"title": report.title, "revision": report.revision, "sha256": report.sha256},
    )
    expected = _receive(report, received_on)
    report_submitted.send(sender=Report, report=report, expected=expected, actor=actor, at=at)


def _receive(report: Report, day: date) -> ExpectedDelivery | None:
    """The register says received; the first day stands when a correction comes later."""
    if report.expected_id is None:
        return None
    expected: ExpectedDelivery = ExpectedDelivery.objects.locked().get(pk=report.expected_id)
    if expected.state != ExpectedState.RECEIVED:
        expected.state, expected.received_on = ExpectedState.RECEIVED, day
        bump(expected, fields=("state", "received_on"))
    return expected


@dataclass(frozen=True)
class OutsideSubmission:
    """What is typed in about a report that was sent outside (decision C3)."""

    file: StoredFile
    sent_on: date
    sender: str
    archive_reference: str = ""
    signed_by_name: str = ""
    signed_by_title: str = ""


@transaction.atomic
def register_outside_submission(
    *, expected: ExpectedDelivery, facts: OutsideSubmission, actor: Actor, at: datetime
) -> Report:
    """Register, from either side, a report that was sent by another way: it counts as received.

    It says who registered it and on whose behalf, has no copies and no mail, and never shows or touches what
    the agency may be writing. Raises NotAllowed, NotInThisState, RuleBroken.
    """
    expected = ExpectedDelivery.objects.select_related("agency", "receiver", "report_kind").locked().get(pk=expected.pk)
    day = clock.local_date(at)
    if not permissions.may_register(actor, expected.agency, day):
        raise NotAllowed(_("En rapport som er sendt på annen måte, registreres av virksomheten eller etatsstyreren."))
    kind = expected.report_kind or sources.kind_of(expected.title, ReportKind.objects.order_by("id"))
    if problems := _outside_problems(facts, kind, day):
        raise RuleBroken(problems=problems)
    assert kind is not None
    year, period_end = sources.period_of(kind, due=expected.due, budget_year=expected.budget_year)
    key = {"kind": kind, "agency": expected.agency, "receiver": expected.receiver, "year": year}
    earlier = list(Report.objects.filter(period_end=period_end, **key).order_by("revision"))
    if any(one.is_submitted for one in earlier):
        raise NotInThisState(_("Rapporten er allerede mottatt. En endring registreres som en ny utgave."))
    report = Report.objects.create(
        **key,
        expected=expected,
        period_end=period_end,
        due=expected.due,
        revision=len(earlier) + 1,
        title=f"{kind.name_nb} {year}",
        sent_outside=True,
    )
    acting = Organisation.objects.filter(uuid=actor.organisation).first()
    on_behalf = acting is not None and acting.pk != expected.agency_id
    Submission.objects.create(
        report=report,
        sent_outside=True,
        signed_by_name=facts.signed_by_name or facts.sender,
        signed_by_title=facts.signed_by_title,
        sender=facts.sender,
        sent_on=facts.sent_on,
        archive_reference=facts.archive_reference,
        registered_by_name=actor.name,
        registered_for=expected.agency if on_behalf else None,
        at=at,
    )
    ReportFile.objects.create(report=report, file=facts.file, role=ReportFile.Role.OUTSIDE, made_at=at)
    report = _locked(report)
    freeze(report, actor=actor, at=at)
    announce(report, actor=actor, at=at, received_on=facts.sent_on, event="report.registered")
    return report


def _outside_problems(facts: OutsideSubmission, kind: ReportKind | None, day: date) -> list[Problem]:
    problems = []
    if kind is None:
        problems.append(Problem("not_a_report", _("Dette er ikke en rapport. Registrer innspillet i kalenderen."), ""))
    if facts.file.content_type != "application/pdf":
        problems.append(Problem("not_a_pdf", _("Last opp rapporten som PDF, slik den ble sendt."), "file"))
    if facts.sent_on > day:
        problems.append(Problem("sent_ahead", _("Rapporten kan ikke være sendt etter i dag."), "sent_on"))
    if not facts.sender.strip():
        problems.append(Problem("sender_missing", _("Skriv hvem som sendte rapporten."), "sender"))
    return problems
