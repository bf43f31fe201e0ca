"""A registered letter was read wrongly: what the record said, and who put it right, when and why (decision A4)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.freezing import append_only
from core.models import BaseModel, StoredFile
from governance.models.document import SteeringDocument
from governance.models.intake import DocumentImport
from governance.querysets import CorrectionQuerySet


class CorrectionReason(models.TextChoices):
    """Why the record was wrong. The letter itself is the same; what changes it, is a supplement."""

    MISREAD = "misread", "lest feil"
    NEW_FILE = "new_file", "ny fil"


class RegistrationCorrection(BaseModel):
    """One correction of the record of a document that was signed elsewhere. What the letter says, it said all along.

    ``rows`` hold each row that came out different: ``key`` and ``item`` (its type and permanent id), ``act`` (added,
    changed or removed), and its values ``before`` and ``after``. ``previous`` is the frozen content as it was, with
    ``sha256``; ``sha256_after`` is of what stands now, so that the seal can be checked link by link.
    """

    outside_freezing: ClassVar[str] = "how the record of a frozen document was put right"

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="corrections")
    document_import = models.ForeignKey(
        DocumentImport, on_delete=models.PROTECT, null=True, related_name="corrections", verbose_name="fra lesingen"
    )
    reason = models.CharField("hvorfor", max_length=10, choices=CorrectionReason)
    note = models.TextField("merknad", blank=True)
    rows = models.JSONField("rader før og etter", default=list)
    previous = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="slik det var")
    sha256 = models.CharField("kontrollsum før", max_length=64)
    sha256_after = models.CharField("kontrollsum etter", max_length=64)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="rettet av"
    )
    corrected_at = models.DateTimeField("rettet")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "rettelse av registreringen"
        verbose_name_plural = "rettelser av registreringen"
        ordering = ("id",)
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.document_id}"
