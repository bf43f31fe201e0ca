"""Rows of the reporting year that hold a letter's words: they lose them when the letter does (decision A16).

Reports on the letter are reached whether they are sent or being written; a sent one is sealed anew. What is not sent
is the agency's own: it loses the words, and the ministry learns nothing of it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import jobs
from core.actor import Actor
from core.models import Message
from governance.models import KeyFigure, SteeringDocument
from governance.removal.reach import Held, register_copies
from governance.removal.seals import FrozenKind, register_frozen
from reporting.actions.report_submit import RENDER_JOB
from reporting.models import (
    CalendarEntry,
    ExpectedDelivery,
    Feedback,
    FigureValue,
    Reminder,
    ReminderPlan,
    Report,
    ReportAssignment,
    ReportFile,
    ReportState,
    RequirementAnswer,
    SectionDraft,
    SteeringNeed,
    Submission,
)
from reporting.snapshot import as_it_stands, part_models, verify_report


def copies(document: SteeringDocument) -> list[Held]:
    """Calendar, what is expected, needs it gives, reminders and their mails, and reports with what is said of them."""
    reminders = Reminder.objects.filter(Q(expected__document=document) | Q(delivery__assignment__document=document))
    year = [
        CalendarEntry.objects.filter(document=document),
        ExpectedDelivery.objects.filter(document=document),
        SteeringNeed.objects.filter(document=document),
        reminders,
        ReminderPlan.objects.filter(pk__in=reminders.values("plan")),
        Message.objects.filter(pk__in=reminders.exclude(message__isnull=True).values("message")),
    ]
    reports = reports_on(document)
    sent, kept = reports.filter(state=ReportState.SUBMITTED), reports.exclude(state=ReportState.SUBMITTED)
    previews = Q(role=ReportFile.Role.PREVIEW)
    files = ReportFile.objects.filter(report__in=sent.values("pk"))
    lines = KeyFigure.objects.filter(document=document, line__isnull=False).values("line")
    figures = FigureValue.objects.filter(report__isnull=True, line__in=lines)
    shared = [*_parts(sent), files.exclude(previews), figures.filter(shared_at__isnull=False)]
    own = [
        *_parts(kept),
        files.filter(previews),
        ReportFile.objects.filter(report__in=kept.values("pk")),
        SectionDraft.objects.filter(section__report__in=reports.values("pk")),
        figures.filter(shared_at__isnull=True),
    ]
    feedback = Feedback.objects.filter(report__in=reports.values("pk"))
    return [*map(Held, (*year, *shared, feedback)), *(Held(rows, own=True) for rows in own)]


def reports_on(document: SteeringDocument) -> QuerySet[Any]:
    """Reports that answer the letter, were expected by it, or tell of its assignments."""
    answered = RequirementAnswer.objects.filter(
        Q(requirement__document=document) | Q(parameter__document=document) | Q(key_figure__document=document)
    )
    told = ReportAssignment.objects.filter(assignment__document=document)
    return Report.objects.filter(
        Q(letter=document)
        | Q(expected__document=document)
        | Q(pk__in=answered.values("report"))
        | Q(pk__in=told.values("report"))
    )


def _parts(reports: QuerySet[Any]) -> list[QuerySet[Any]]:
    """Reports and everything that stands in them, the head first."""
    keys = reports.values("pk")
    rows = [model._default_manager.filter(report__in=keys) for model in part_models()]
    return [reports, *rows, FigureValue.objects.filter(report__in=keys), Submission.objects.filter(report__in=keys)]


def _frozen(document: SteeringDocument) -> QuerySet[Any]:
    return reports_on(document).filter(frozen_at__isnull=False).select_related("snapshot", "agency")


def _agency(report: Report) -> UUID:
    return report.agency.uuid


def _render_anew(report: Report, actor: Actor) -> None:
    if not report.sent_outside:
        title = Report.objects.values_list("title", flat=True).get(pk=report.pk)
        label = _("Lager PDF av %(title)s") % {"title": title}
        jobs.enqueue(name=RENDER_JOB, label=label, actor=actor, subject=report, unit=_("sider"))


def connect() -> None:
    """Called once when the app starts."""
    register_copies(copies)
    register_frozen(
        FrozenKind(
            model=Report,
            held=_frozen,
            owner=_agency,
            verify=verify_report,
            as_bytes=as_it_stands,
            resealed=_render_anew,
        )
    )
