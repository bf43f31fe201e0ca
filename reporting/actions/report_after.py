"""After submission: a correction is a new edition; the ministry receives and gives feedback."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import canonical, clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience, Event
from core.transitions import bump, check_version
from governance.actions import dispatch, journal
from governance.locks import Lock, lock_in_force, may_decide
from governance.models import CorrespondenceType
from reporting.models import Feedback, FigureValue, Report, ReportState, Section
from reporting.permissions import reports as permissions
from reporting.snapshot import part_models


def _locked(report: Report) -> Report:
    found: Report = Report.objects.for_detail().locked().get(pk=report.pk)
    return found


@transaction.atomic
def correct_report(*, report: Report, reason: str, actor: Actor, at: datetime) -> Report:
    """Start a new edition of a submitted report, with the reason (R-33, V-16). The sent one never changes.

    Whom the lock rule in force names decides it, else the head of the agency, on the terms of the rule; the agency
    writes, signs, sends and copies the new edition like the first. Raises NotAllowed, NotInThisState, RuleBroken.
    """
    report = _locked(report)
    lock = lock_in_force(report.agency, report.kind.correspondence, clock.local_date(at))
    if not may_decide(actor, lock, report.agency, clock.local_date(at)):
        raise NotAllowed(_who_decides(lock))
    if report.state != ReportState.SUBMITTED or report.sent_outside:
        raise NotInThisState(_("Bare en rapport som er sendt inn her, kan rettes med en ny utgave."))
    _require_unlocked(lock)
    if len(reason.strip()) < 10:
        sentence = _("Skriv hvilke særlige forhold som gjør det nødvendig å endre en sendt rapport.")
        raise RuleBroken(problems=[Problem("V-16", sentence, "reason")])
    key: dict[str, Any] = {name: getattr(report, name) for name in ("kind", "agency", "receiver", "year", "period_end")}
    waiting: Report | None = Report.objects.filter(**key, corrects=report).exclude(state=ReportState.SUBMITTED).first()
    if waiting is not None:
        return waiting
    newest = Report.objects.filter(**key).aggregate(top=Max("revision"))["top"]
    copy = Report.objects.create(
        **key,
        letter=report.letter,
        previous=report.previous,
        corrects=report,
        expected_id=report.expected_id,
        due=report.due,
        language=report.language,
        title=report.title,
        case_number=report.case_number,
        revision=newest + 1,
        correction_reason=reason.strip(),
    )
    _copy_parts(report, copy, at)
    own = actor.organisation == report.agency.uuid
    events.record(
        event="report.correction_opened",
        subject=copy,
        actor=actor,
        at=at,
        organisation=report.agency.uuid,
        counterpart=None if own else report.receiver.uuid,
        reason=reason.strip(),
        audience=Audience.INTERNAL if own else Audience.SHARED,
    )
    return copy


def _who_decides(lock: Lock | None) -> str:
    """What the rule says to somebody it does not name."""
    if lock is None or lock.decider is None:
        return _("At en sendt rapport skal rettes, avgjøres av direktøren eller stedfortrederen.")
    sentence = _("%(place)s sier at en sendt rapport bare kan åpnes av %(who)s. Be om det der, med begrunnelsen.")
    return sentence % {"place": lock.place, "who": lock.decider.label}


def _require_unlocked(lock: Lock | None) -> None:
    """The lock rule in force decides what it can: one without exceptions keeps the report as it was sent (R-33)."""
    if lock is None or not lock.is_closed:
        return
    words = {"title": lock.document.title, "section": lock.section.rstrip(".")}
    place = _("%(title)s, punkt %(section)s,") % words if lock.section else _("%(title)s") % words
    sentence = _("%(place)s sier at rapporten ikke endres etter at den er sendt, uten unntak. ") % {"place": place}
    sentence += _("Ta det opp med departementet; opplysninger i tillegg sendes som et eget dokument.")
    raise NotInThisState(sentence, code="V-16")


def _copy_parts(source: Report, target: Report, at: datetime) -> None:
    """Every row of the sent report as a starting point; a figure says which value it takes the place of."""
    sections: dict[int, int] = {}
    for model in sorted(part_models(), key=lambda one: one is not Section):
        for row in model._default_manager.filter(report=source).order_by("id"):
            old = row.pk
            values = {
                field.attname: getattr(row, field.attname)
                for field in model._meta.concrete_fields
                if field.name not in ("id", "uuid", "report")
            }
            if values.get("section_id"):
                values["section_id"] = sections[values["section_id"]]
            made: models.Model = model._default_manager.create(report=target, **values)
            if model is Section:
                sections[old] = made.pk
    for value in FigureValue.objects.filter(report=source):
        values = {
            field.attname: getattr(value, field.attname)
            for field in FigureValue._meta.concrete_fields
            if field.name not in ("id", "uuid", "report", "supersedes", "recorded_at", "version")
        }
        FigureValue.objects.create(report=target, supersedes=value, recorded_at=at, **values)


@transaction.atomic
def receive_report(*, report: Report, actor: Actor, at: datetime) -> Event:
    """The receiver confirms that the report has come. Doing it twice gives the same confirmation."""
    report = _locked(report)
    if report.state != ReportState.SUBMITTED:
        raise NotInThisState(_("Rapporten er ikke sendt inn."))
    if not permissions.may_give_feedback(actor, report, clock.local_date(at)):
        raise NotAllowed(_("Mottaket bekreftes av den som har etatsstyringen av virksomheten."))
    found = Event.objects.filter(subject=report.uuid, type="report.received").first()
    return found or events.record(
        event="report.received",
        subject=report,
        actor=actor,
        at=at,
        organisation=report.receiver.uuid,
        counterpart=report.agency.uuid,
    )


@transaction.atomic
def write_feedback(
    *,
    report: Report,
    text: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Feedback:
    """Save the draft of the ministry's feedback: one draft at a time, seen by the ministry alone.

    Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken.
    """
    report = _locked(report)
    if not permissions.may_give_feedback(actor, report, clock.local_date(at)):
        raise NotAllowed(_("Tilbakemeldingen skrives av den som har etatsstyringen av virksomheten."))
    if report.state != ReportState.SUBMITTED:
        raise NotInThisState(_("Tilbakemelding gis når rapporten er sendt inn."))
    if not text.strip():
        raise RuleBroken(problems=[Problem("feedback_empty", _("Skriv tilbakemeldingen."), "text")])
    draft: Feedback | None = Feedback.objects.filter(report=report, state=Feedback.State.DRAFT).locked().first()
    if draft is None:
        return Feedback.objects.create(
            report=report, organisation=report.receiver, text=text.strip(), written_by_id=actor.user_id
        )
    check_version(draft, expected_version)
    draft.text = text.strip()
    draft.written_by = actor.user  # type: ignore[assignment]
    bump(draft, fields=("text", "written_by"))
    return draft


@transaction.atomic
def send_feedback(*, feedback: Feedback, actor: Actor, at: datetime, expected_version: int | None = None) -> Feedback:
    """Send the feedback to the agency, with the copies the effective rule gives, and journal it on both sides.

    Raises NotAllowed, NotInThisState, StaleVersion.
    """
    feedback = Feedback.objects.select_related("report").locked().get(pk=feedback.pk)
    report = _locked(feedback.report)
    if not permissions.may_give_feedback(actor, report, clock.local_date(at)):
        raise NotAllowed(_("Tilbakemeldingen sendes av den som har etatsstyringen av virksomheten."))
    check_version(feedback, expected_version)
    if feedback.state == Feedback.State.SENT:
        raise NotInThisState(_("Tilbakemeldingen er allerede sendt. Skriv en ny om det er mer å si."))
    feedback.state, feedback.sent_at, feedback.sent_by_name = Feedback.State.SENT, at, actor.name
    bump(feedback, fields=("state", "sent_at", "sent_by_name"))
    title = _("Tilbakemelding på %(title)s") % {"title": report.title}
    dispatch.plan_dispatches(
        subject=feedback,
        title=title,
        sender=report.receiver,
        recipient=report.agency,
        agency=report.agency,
        correspondence=CorrespondenceType.FEEDBACK,
        actor=actor,
        at=at,
    )
    journal.enqueue_pair(
        subject=feedback,
        title=title,
        sender=report.receiver,
        recipient=report.agency,
        document_date=clock.local_date(at),
        sha256=canonical.sha256(feedback.text.encode()),
    )
    events.record(
        event="feedback.sent",
        subject=report,
        actor=actor,
        at=at,
        organisation=report.receiver.uuid,
        counterpart=report.agency.uuid,
        after={"feedback": feedback.uuid},
    )
    return feedback
