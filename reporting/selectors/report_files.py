"""Files of a report and who may have them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from core.actor import Actor
from core.models import Job
from reporting.models import Report, ReportFile
from reporting.permissions import reports as permissions

PREVIEW_JOB = "reporting.render_preview"


def files_visible_to(report: Report, actor: Actor, day: date) -> QuerySet[Any]:
    """Files of a report the actor sees; a preview belongs to the side that writes."""
    rows: QuerySet[Any] = ReportFile.objects.filter(report=report)
    if not permissions.is_own_side(actor, report, day):
        rows = rows.exclude(role=ReportFile.Role.PREVIEW)
    return rows


def latest_preview(report: Report, actor: Actor, day: date) -> tuple[Job | None, ReportFile | None]:
    """The last preview asked for and the last one made; nothing for the other side."""
    if not permissions.is_own_side(actor, report, day):
        return None, None
    job = Job.objects.filter(name=PREVIEW_JOB, subject=report.uuid).order_by("-id").first()
    kept = ReportFile.objects.filter(report=report, role=ReportFile.Role.PREVIEW, file__removed_at__isnull=True)
    return job, kept.order_by("-id").first()
