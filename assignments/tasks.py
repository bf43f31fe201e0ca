"""Work for the worker: load by id, call an action, nothing else."""

from __future__ import annotations

from typing import Any

from assignments.actions.passport_pdf import make_pdf
from assignments.selectors.files import PDF_JOB
from core import clock, jobs


@jobs.handler(PDF_JOB)
def passport_pdf(run: jobs.JobRun) -> dict[str, Any]:
    """Render a passport; progress is counted in blocks and pages."""
    arguments = run.arguments
    stored = make_pdf(
        assignment=arguments["assignment"],
        user=arguments["actor"],
        appointment=arguments["appointment"],
        at=clock.parse_at(arguments["at"]),
        progress=run.progress,
    )
    return {"file": stored.uuid}
