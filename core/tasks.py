"""Celery's end of the jobs: load by id, call, nothing else."""

from celery import shared_task

from core import clock, jobs, mail


@shared_task(name="core.tasks.run_job", ignore_result=True)
def run_job(uuid: str) -> None:
    """Do one job row."""
    jobs.run(uuid)


@shared_task(name="core.tasks.sweep_jobs", ignore_result=True)
def sweep_jobs() -> int:
    """Ring again for jobs that were lost on the way."""
    return jobs.sweep()


@shared_task(name="core.tasks.deliver_mail", ignore_result=True)
def deliver_mail() -> int:
    """Deliver the e-mails that wait."""
    result = mail.deliver_due(clock.now())
    return len(result.sent) + len(result.uncertain)
