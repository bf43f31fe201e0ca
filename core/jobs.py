"""Jobs: ask for work, do it under a lease, count progress (decision D2).

``enqueue`` writes the row in the caller's transaction and rings Celery after commit. The worker claims the
row with a lease, calls the handler registered under the job's name, and renews the lease each time the
handler counts progress. A killed worker leaves a lease that runs out; ``sweep`` rings again.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.canonical import plain
from core.errors import DomainError, NotFound
from core.models import Job, JobState
from core.models.base import BaseModel

RUN_TASK = "core.tasks.run_job"
Handler = Callable[["JobRun"], Mapping[str, Any] | None]
_handlers: dict[str, Handler] = {}


def handler(name: str) -> Callable[[Handler], Handler]:
    """Register the function that does the work called ``name`` (used in the apps' tasks.py)."""

    def register(function: Handler) -> Handler:
        if name in _handlers and _handlers[name] is not function:
            raise ValueError(f"two handlers for job {name}")
        _handlers[name] = function
        return function

    return register


def registered_names() -> set[str]:
    """Names that have a handler; a test compares them with the names used in actions."""
    _load_tasks()
    return set(_handlers)


def _load_tasks() -> None:
    """Import each app's tasks, where handlers register themselves (the worker has done so already)."""
    for app in settings.OUR_APPS:
        if find_spec(f"{app}.tasks") is not None:
            import_module(f"{app}.tasks")


def _handler_of(name: str) -> Handler:
    """The function for a job's name. Raises NotFound for a name that no release of the code knows."""
    if name not in _handlers:
        _load_tasks()
    if name not in _handlers:
        raise NotFound(_("Denne utgaven av systemet kjenner ikke oppgaven «%(name)s».") % {"name": name})
    return _handlers[name]


def lease_seconds() -> int:
    """How long a worker may be silent before its job is taken over."""
    return int(settings.JOB_LEASE_SECONDS)


def enqueue(
    *,
    name: str,
    label: str,
    actor: Actor,
    subject: BaseModel | None = None,
    arguments: Mapping[str, Any] | None = None,
    unit: str = "steg",
    total: int = 0,
) -> Job:
    """Ask for work. With a subject, a second request while one is open returns the open job."""
    if subject is not None:
        open_job = Job.objects.filter(name=name, subject=subject.uuid, state__in=("queued", "running")).first()
        if open_job:
            return open_job
    job = Job.objects.create(
        name=name,
        label=label[:300],
        arguments=plain(arguments or {}),
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject=subject.uuid if subject is not None else None,
        unit=unit,
        total=total,
        requested_by_id=actor.user_id,
    )
    transaction.on_commit(lambda: ring(job))
    return job


def ring(job: Job) -> None:
    """Tell Celery; if the broker is away the sweep will ring later, so nothing is lost."""
    ring_task(RUN_TASK, str(job.uuid))


def ring_task(name: str, *arguments: str) -> None:
    """Ask for a task by name. A broker that is away is no error: beat rings again within half a minute."""
    try:
        current_app.send_task(name, args=list(arguments), ignore_result=True)
    except (ConnectionError, OSError, *current_app.connection_for_write().connection_errors):
        return


@dataclass
class JobRun:
    """A claimed job in the hands of its handler."""

    job: Job
    holder: str

    @property
    def arguments(self) -> dict[str, Any]:
        """What the requester passed."""
        return dict(self.job.arguments)

    def progress(self, done: int, total: int) -> None:
        """Count ``done`` of ``total`` and renew the lease. Raises LeaseLost when another worker has taken over."""
        updated = Job.objects.filter(pk=self.job.pk, lease_holder=self.holder, state=JobState.RUNNING).update(
            done=done, total=total, lease_until=clock.now() + timedelta(seconds=lease_seconds())
        )
        if not updated:
            raise LeaseLost(str(self.job.uuid))


class LeaseLost(Exception):
    """Another worker has the job now; stop without writing."""


def claim(uuid: str) -> JobRun | None:
    """Take the job if it waits or its lease has run out (compare-and-set on one row)."""
    now = clock.now()
    holder = f"{socket.gethostname()}:{os.getpid()}:{connection.settings_dict.get('NAME', '')}:{now.timestamp()}"
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(free, uuid=uuid).update(
        state=JobState.RUNNING, lease_holder=holder, lease_until=now + timedelta(seconds=lease_seconds())
    )
    if not taken:
        return None
    job = Job.objects.get(uuid=uuid)
    Job.objects.filter(pk=job.pk).update(attempts=job.attempts + 1)
    return JobRun(job=job, holder=holder)


def run(uuid: str) -> None:
    """Claim and do one job; its end state and problem are written only by the one who holds the lease."""
    claimed = claim(uuid)
    if claimed is None:
        return
    try:
        result = _handler_of(claimed.job.name)(claimed) or {}
    except LeaseLost:
        return
    except DomainError as error:
        _finish(claimed, JobState.FAILED, problem=_problem(error))
    except Exception as error:
        _finish(claimed, JobState.FAILED, problem={"code": "internal", "message": type(error).__name__})
        raise
    else:
        _finish(claimed, JobState.DONE, result=result)


def _problem(error: DomainError) -> dict[str, Any]:
    return {
        "code": error.code,
        "message": str(error.message),
        "problems": [{"code": p.code, "message": str(p.message), "field": p.field} for p in error.problems],
    }


def _finish(run_: JobRun, state: JobState, **values: Any) -> None:
    Job.objects.filter(pk=run_.job.pk, lease_holder=run_.holder).update(
        state=state,
        finished_at=clock.now(),
        lease_until=None,
        **{key: plain(value) for key, value in values.items()},
    )


def sweep() -> int:
    """Ring again for jobs that wait too long or whose worker fell silent. Returns how many."""
    now = clock.now()
    waiting = Q(state=JobState.QUEUED, created_at__lt=now - timedelta(seconds=20))
    silent = Q(state=JobState.RUNNING, lease_until__lt=now)
    jobs = list(Job.objects.filter(waiting | silent).order_by("id")[:500])
    for job in jobs:
        ring(job)
    return len(jobs)
