"""Work for the worker: load by id, call an action, nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task

from core import clock, jobs
from core.actor import system_actor
from governance.actions import (
    archive_transfer,
    dispatch,
    findings,
    import_batch_register,
    import_batches,
    imports,
    publication,
    rendering,
    retention,
    round_reminders,
    sending,
)
from governance.intake.batches import REGISTER_JOB
from governance.models import SteeringDocument
from governance.selectors.outputs import PDF_JOB


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


@jobs.handler(imports.READ_JOB)
def read_letter(run: jobs.JobRun) -> dict[str, Any]:
    """Read the files of an import; progress is counted in the reader's steps."""
    return imports.read_import(
        uuid=run.arguments["document_import"],
        progress=run.progress,
        actor=system_actor("innlesing"),
        at=clock.now(),
    )


@jobs.handler(import_batches.READ_JOB)
def read_batch(run: jobs.JobRun) -> dict[str, Any]:
    """Read the letters of a folder one by one; progress is counted in letters."""
    return import_batches.read_batch(
        uuid=run.arguments["batch"], progress=run.progress, actor=system_actor("innlesing"), at=clock.now()
    )


@jobs.handler(REGISTER_JOB)
def register_batch(run: jobs.JobRun) -> dict[str, Any]:
    """Register the letters of a folder that are ready; progress is counted in letters."""
    done = import_batch_register.register_as(**run.arguments, at=clock.now(), progress=run.progress)
    return {"registered": len(done.documents), "problems": done.problems}


@shared_task(name="governance.tasks.look_over_findings", ignore_result=True)
def look_over_findings() -> int:
    """Each morning: what has become wrong, or right, by the day alone."""
    at = clock.now()
    return findings.look_over_open(day=clock.local_date(at), actor=system_actor("kontroller"), at=at)


@jobs.handler(PDF_JOB)
def letter_pdf(run: jobs.JobRun) -> dict[str, Any]:
    """Make a PDF for the one who asked; progress is counted in blocks and pages."""
    arguments = run.arguments
    stored = rendering.make_pdf(
        document=UUID(arguments["document"]),
        user=arguments["user"],
        appointment=arguments["appointment"],
        at=clock.parse_at(arguments["at"]),
        progress=run.progress,
    )
    return {"file": stored.uuid}


@shared_task(name="governance.tasks.remind_rounds", ignore_result=True)
def remind_rounds() -> int:
    """Remind of input and statements that are due; what fell due while nothing ran leaves now."""
    return round_reminders.send_due(clock.now())


@jobs.handler(publication.RENDER_JOB)
def render_published(run: jobs.JobRun) -> dict[str, Any]:
    """Make the copy that the public reads; progress is counted in pages."""
    document = SteeringDocument.objects.for_detail().get(uuid=run.job.subject)
    stored = rendering.reading_copy(
        document=document, actor=system_actor("publisering"), at=clock.now(), progress=run.progress
    )
    return {"file": stored.uuid}


@shared_task(name="governance.tasks.publish_documents", ignore_result=True)
def publish_documents() -> int:
    """Publish what has its day today, and what an outage passed over."""
    return publication.publish_due(at=clock.now())


@shared_task(name="governance.tasks.transfer_to_archives", ignore_result=True)
def transfer_to_archives() -> int:
    """Hand over what waits to the archives, and take in their receipts."""
    return archive_transfer.transfer_due(clock.now()).exported


@shared_task(name="governance.tasks.delete_due", ignore_result=True)
def delete_due() -> int:
    """Each night: working material whose time is out, also what an outage passed over."""
    return retention.delete_due(at=clock.now())
