"""Rendering of reports: load by id, call the action, count."""

from __future__ import annotations

from typing import Any

from core import clock, jobs
from core.jobs import JobRun
from reporting.actions.report_files import render_preview, render_submitted
from reporting.models import Report


def _report(run: JobRun) -> Report:
    return Report.objects.for_detail().get(uuid=run.job.subject)


@jobs.handler("reporting.render_report")
def render_report(run: JobRun) -> dict[str, Any]:
    """The two files of a submitted report."""
    made = render_submitted(report=_report(run), progress=run.progress)
    return {"files": [row.uuid for row in made]}


@jobs.handler("reporting.render_preview")
def preview_report(run: JobRun) -> dict[str, Any]:
    """A preview of a report that is being written."""
    made = render_preview(report=_report(run), at=clock.now(), progress=run.progress)
    return {"files": [made.uuid]}
