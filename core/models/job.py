"""Work that takes more than a second: a row with lease and counted progress (decision D2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core.models.base import BaseModel


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "venter"
    RUNNING = "running", "i gang"
    DONE = "done", "ferdig"
    FAILED = "failed", "mislyktes"


class Job(BaseModel):
    """A piece of work for the worker. The row is the truth, Celery only rings the bell.

    ``done`` of ``total`` counted ``unit`` is what the progress bar shows. A job whose lease has run out
    is taken again by the sweep; the work itself must be safe to do twice.
    """

    name = models.CharField("oppgave", max_length=100)
    arguments = models.JSONField("argumenter", default=dict)
    subject_type = models.CharField("gjelder", max_length=80, blank=True)
    subject = models.UUIDField("gjelder id", null=True)
    label = models.CharField("tittel", max_length=300)
    unit = models.CharField("enhet", max_length=40, default="steg")
    state = models.CharField("tilstand", max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField("gjort", default=0)
    total = models.PositiveIntegerField("av", default=0)
    attempts = models.PositiveSmallIntegerField("forsøk", default=0)
    lease_until = models.DateTimeField("leid til", null=True)
    lease_holder = models.CharField("leid av", max_length=100, blank=True)
    result = models.JSONField("resultat", default=dict)
    problem = models.JSONField("problem", default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="bestilt av",
    )
    created_at = models.DateTimeField("bestilt", auto_now_add=True)
    finished_at = models.DateTimeField("ferdig", null=True)

    class Meta:
        verbose_name = "jobb"
        verbose_name_plural = "jobber"
        indexes = [
            models.Index(fields=("state", "lease_until"), name="job_sweep"),
            models.Index(fields=("subject", "-id"), name="job_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("name", "subject"),
                condition=models.Q(state__in=("queued", "running"), subject__isnull=False),
                name="job_one_open_per_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.uuid}"

    @property
    def is_open(self) -> bool:
        """True while the work is waiting or going on."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)
