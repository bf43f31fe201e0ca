"""Work for the worker: load by id, call an action, nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core import clock, jobs
from governance.actions import dispatch, sending


@jobs.handler(dispatch.SEND_JOB)
def send_dispatches(run: jobs.JobRun) -> dict[str, Any]:
    """Render if needed, then queue the e-mails of one letter or report."""
    queued = sending.send_dispatches(
        subject_type=run.arguments["subject_type"],
        subject=UUID(run.arguments["subject"]),
        at=clock.now(),
        progress=run.progress,
    )
    return {"queued": queued}
