"""The event log: who did what to which thing, when, for whom and why (decision A14)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from core.models.base import BaseModel


class Audience(models.TextChoices):
    """Who may read an event or a remark: one side only, or both."""

    INTERNAL = "internal", "internt"
    SHARED = "shared", "delt"


class Event(BaseModel):
    """One act, written in the same transaction as the act itself. Insert-only by trigger.

    ``organisation`` and ``counterpart`` are uuids of organisations: core knows no organisations. An
    internal event belongs to ``organisation`` and is absent from everything the other side sees.
    """

    type = models.CharField("type", max_length=80)
    subject_type = models.CharField("gjelder", max_length=80)
    subject = models.UUIDField("gjelder id")
    organisation = models.UUIDField("organisasjon", null=True)
    counterpart = models.UUIDField("motpart", null=True)
    actor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="person"
    )
    actor_name = models.CharField("navn", max_length=200)
    appointment = models.UUIDField("rolle", null=True)
    on_behalf_of = models.UUIDField("på vegne av", null=True)
    at = models.DateTimeField("tidspunkt")
    recorded_at = models.DateTimeField("skrevet", db_default=models.functions.Now())
    reason = models.TextField("begrunnelse", blank=True)
    before = models.JSONField("før", default=dict)
    after = models.JSONField("etter", default=dict)
    payload_version = models.PositiveSmallIntegerField("nyttelastversjon", default=1)
    audience = models.CharField("hvem ser", max_length=10, choices=Audience, default=Audience.SHARED)
    transaction_id = models.BigIntegerField("transaksjon", null=True)

    class Meta:
        verbose_name = "hendelse"
        verbose_name_plural = "hendelser"
        ordering = ("id",)
        indexes = [
            models.Index(fields=("subject", "id"), name="event_subject"),
            models.Index(fields=("organisation", "-id"), name="event_organisation"),
            models.Index(fields=("counterpart", "-id"), name="event_counterpart"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stamp_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.transaction_id = pg_current_xact_id()::text::bigint; RETURN NEW;",
            ),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.subject}"
