"""Rendering: asked for here, done by the worker, kept as files beside the frozen report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock, files, jobs
from core.actor import Actor, system_actor
from core.errors import NotAllowed
from core.models import Job
from core.pdf import RenderedFile, RenderedPdf, render_document
from governance.removal.seals import removals_done
from reporting.models import Report, ReportFile
from reporting.permissions import reports as permissions
from reporting.selectors.report_document import report_document
from reporting.selectors.report_files import PREVIEW_JOB

Count = Callable[[int, int], None]


def request_preview(*, report: Report, actor: Actor, at: datetime) -> Job:
    """Ask the worker for a PDF of the report as it stands; only the agency's own side may."""
    if not permissions.is_own_side(actor, report, clock.local_date(at)):
        raise NotAllowed(_("Forhåndsvisning er for virksomheten selv. Rapporten kan leses når den er sendt inn."))
    return jobs.enqueue(
        name=PREVIEW_JOB,
        label=_("Forhåndsvisning av %(title)s") % {"title": report.title},
        actor=actor,
        subject=report,
        unit=_("sider"),
    )


def render(report: Report, *, at: datetime, progress: Count | None = None, draft: bool = False) -> RenderedPdf:
    """Both files of a report from one layout, in the report's own norm. Writes nothing."""
    with translation.override(report.language):
        document = report_document(report, at=at, draft=draft)
    return render_document(document, progress=progress)


def render_submitted(*, report: Report, progress: Count | None = None) -> list[ReportFile]:
    """Make and keep the reading copy and the archive copy of a submitted report. Done twice, it gives the first two.

    Nothing here touches the submission: a failure leaves the report sent and without files. Files whose content has
    been taken out (A16) are made anew, and so is one that was made while that happened.
    """
    made = _kept(report)
    if made or report.frozen_at is None:
        return made
    rendered = render(report, at=report.frozen_at, progress=progress)
    with transaction.atomic():
        now = Report.objects.filter(pk=report.pk).select_for_update(no_key=True).values_list("snapshot").get()
        made = _kept(report)
        if made:
            return made
        if now != (report.snapshot_id,):
            return render_submitted(report=Report.objects.for_detail().get(pk=report.pk), progress=progress)
        return [
            _keep(report, rendered, rendered.reading, ReportFile.Role.READING),
            _keep(report, rendered, rendered.archive, ReportFile.Role.ARCHIVE),
        ]


def _kept(report: Report) -> list[ReportFile]:
    both = (ReportFile.Role.READING, ReportFile.Role.ARCHIVE)
    return list(ReportFile.objects.filter(report=report, role__in=both, file__removed_at__isnull=True))


def render_preview(*, report: Report, at: datetime, progress: Count | None = None) -> ReportFile:
    """Make and keep a preview of a report that is being written: marked as a draft, for its own side alone."""
    before = removals_done()
    rendered = render(report, at=at, progress=progress, draft=not report.is_submitted)
    with transaction.atomic():
        Report.objects.filter(pk=report.pk).select_for_update(no_key=True).get()
        if removals_done() == before:
            return _keep(report, rendered, rendered.reading, ReportFile.Role.PREVIEW)
    return render_preview(report=Report.objects.for_detail().get(pk=report.pk), at=at, progress=progress)


def _keep(report: Report, rendered: RenderedPdf, file: RenderedFile, role: ReportFile.Role) -> ReportFile:
    suffix = {"archive": "-arkiv", "preview": "-utkast"}.get(role.value, "")
    stored = files.store(
        name=f"{report.title}{suffix}.pdf",
        data=file.content,
        actor=system_actor("rapporter"),
        owner=report,
        organisation=report.agency.uuid,
    )
    return ReportFile.objects.create(
        report=report,
        file=stored,
        role=role,
        pages=rendered.pages,
        record={"variant": file.variant, "sha256": file.sha256, "versions": dict(rendered.versions)},
        made_at=clock.now(),
    )
