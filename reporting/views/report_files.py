"""Files of a report: preview on request, download of what was sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core import clock, files
from core.errors import NotAllowed
from core.pages import get_or_404, page, signed_in
from core.visuals.meter import Progress
from core.visuals.parts import PageHead
from reporting.actions.report_files import request_preview
from reporting.models import ReportFile
from reporting.permissions import reports as permissions
from reporting.selectors import report_editor as editor
from reporting.selectors.report_files import files_visible_to, latest_preview
from reporting.views.reports import visible


@page(signed_in, methods=("GET", "POST"))
def preview(request: Any, uuid: UUID) -> HttpResponseBase:
    """Ask for a preview, and see how far it has come."""
    found = visible(request, uuid)
    if not permissions.is_own_side(request.actor, found, clock.today()):
        raise NotAllowed(_("Forhåndsvisning er for virksomheten selv. Les rapporten på siden eller som PDF."))
    if request.method == "POST":
        request_preview(report=found, actor=request.actor, at=clock.now())
        return redirect("reporting:report_preview", found.uuid)
    job, file = latest_preview(found, request.actor, clock.today())
    progress = None
    if job is not None and job.is_open:
        progress = Progress(_("Lager PDF"), job.done, max(job.total, 1), job.unit, _("Du kan lukke siden."))
    head = PageHead(_("Forhåndsvisning"), found.title, crumbs=editor.head_of(found, clock.today()).crumbs)
    context = {"head": head, "report": found, "job": job, "file": file, "progress": progress}
    return render(request, "reporting/report_preview.html", context)


@page(signed_in)
def report_file(request: Any, uuid: UUID, file_uuid: UUID) -> HttpResponse:
    """The bytes of a file of the report, for those who may see it."""
    found = visible(request, uuid)
    rows = files_visible_to(found, request.actor, clock.today())
    row: ReportFile = get_or_404(rows.select_related("file"), file_uuid)
    content = files.read(row.file)
    disposition = content_disposition_header(as_attachment=True, filename=row.file.name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=row.file.content_type, headers=headers)
