"""After issue: publication, what was promised later, and how long the work on the draft is kept."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.freezing import append_only, keep
from core.models import BaseModel, StoredFile, VersionedModel
from governance.models.document import SteeringDocument
from governance.models.rules import PromisedEnclosure


class PublicationState(models.TextChoices):
    """Whether and when the public can read a document."""

    PLANNED = "planned", "publiseres på dato"
    PUBLISHED = "published", "publisert"
    EXEMPT = "exempt", "unntatt offentlighet"
    WITHDRAWN = "withdrawn", "avpublisert"


class Publication(VersionedModel):
    """The decision on publishing an issued document: now, on a date, or exempt with basis and responsible (V-30)."""

    outside_freezing: ClassVar[str] = "decided about the document, before or after it was sent"

    document = models.OneToOneField(SteeringDocument, on_delete=models.PROTECT, related_name="publication")
    state = models.CharField("tilstand", max_length=10, choices=PublicationState)
    publish_on = models.DateField("publiseres", null=True, blank=True)
    published_at = models.DateTimeField("publisert", null=True, blank=True)
    public_title = models.CharField("offentlig tittel", max_length=300)
    exempt_basis = models.CharField("hjemmel", max_length=200, blank=True)
    wider_access = models.TextField("vurdering av merinnsyn", blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="ansvarlig"
    )
    reason = models.TextField("begrunnelse", blank=True)
    decided_at = models.DateTimeField("bestemt")
    issuer_url = models.URLField("adresse hos avsenderen", max_length=500, blank=True)
    recipient_url = models.URLField("adresse hos virksomheten", max_length=500, blank=True)

    class Meta:
        verbose_name = "publisering"
        verbose_name_plural = "publiseringer"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="exempt") | ~Q(exempt_basis=""), name="publication_exempt_has_basis"
            ),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(publish_on__isnull=False), name="publication_planned_has_date"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="publication_published_has_time"
            ),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"


class EnclosureDispatch(BaseModel):
    """What was promised later has been sent: the file, when and by whom. Bound to the issued letter for good."""

    outside_freezing: ClassVar[str] = "sent after the letter it belongs to"

    enclosure = models.OneToOneField(PromisedEnclosure, on_delete=models.PROTECT, related_name="sent")
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="enclosure_dispatches")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("kontrollsum", max_length=64)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_by_name = models.CharField("sendt av", max_length=200)
    sent_at = models.DateTimeField("sendt")

    class Meta:
        verbose_name = "sendt ettersendelse"
        verbose_name_plural = "sendte ettersendelser"
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.enclosure_id}"
