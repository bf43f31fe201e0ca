"""The only exit from freezing: content that should never have been here, taken out by two persons (decision A16)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.freezing import keep, settled
from core.models import StoredFile, VersionedModel
from governance.models.document import SteeringDocument
from governance.querysets import RemovalQuerySet


class RemovalState(models.TextChoices):
    """A removal is asked for by one person and done or declined by another; the first may withdraw it meanwhile."""

    ASKED = "asked", "venter på en annen"
    DONE = "done", "fjernet"
    DECLINED = "declined", "avslått"
    WITHDRAWN = "withdrawn", "trukket"


#: in ``Removal.removed`` while the request waits: what the files held when it was made (governance.removal.finding)
LOOKED = "looked"


class Removal(VersionedModel):
    """Words, or a whole file, that one person asks to have taken out of a sent document and another takes out.

    ``words`` are kept only while the request waits. What is left when it is done: the marker that stands in their
    place, ``sha256`` of what was there before (the frozen content, or the file) and ``sha256_after`` of what stands
    now, so that the seal can be checked link by link, how many places were changed, and the backups concerned.
    ``removed`` holds, while the request waits, which files had the words when it was made (``LOOKED``).
    """

    outside_freezing: ClassVar[str] = "what is left when the content is gone"

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="removals")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField("ordene som skal fjernes", blank=True)
    label = models.CharField("hva", max_length=300)
    reason = models.TextField("begrunnelse")
    basis = models.CharField("hjemmel", max_length=120)
    state = models.CharField("tilstand", max_length=10, choices=RemovalState, default=RemovalState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("bedt om")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True)
    decision_reason = models.TextField("hvorfor ikke", blank=True)
    marker = models.CharField("står i stedet", max_length=200, blank=True)
    sha256 = models.CharField("kontrollsum av det som er fjernet", max_length=64, blank=True)
    sha256_after = models.CharField("kontrollsum av det som står igjen", max_length=64, blank=True)
    removed = models.JSONField("fjernet", default=dict)
    backups = models.TextField("sikkerhetskopier som berøres", blank=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = "fjerning av innhold"
        verbose_name_plural = "fjerninger av innhold"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RemovalState.WITHDRAWN)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=models.F("asked_by")),
                name="removal_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state=RemovalState.ASKED, decided_by__isnull=True)
                | (~Q(state=RemovalState.ASKED) & Q(decided_by__isnull=False, decided_at__isnull=False, words="")),
                name="removal_decided_keeps_no_words",
            ),
            models.CheckConstraint(
                condition=~Q(state=RemovalState.DONE) | (~Q(sha256="") & ~Q(sha256_after="") & ~Q(marker="")),
                name="removal_done_has_hashes",
            ),
        ]
        triggers = [keep(), settled("state", RemovalState.ASKED)]

    def __str__(self) -> str:
        return self.label
