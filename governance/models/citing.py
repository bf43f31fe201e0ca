"""What a citation of an earlier assignment means, also when the earlier letter comes in afterwards (R-14)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.freezing import append_only
from core.models import BaseModel
from governance.models.document import SteeringDocument
from governance.models.items import Citation


class ResolvedCitation(BaseModel):
    """The assignment a citation points to; the latest row for a citation counts.

    ``item`` is the assignment as its own letter words it; empty when a person has said that none of the registered
    ones is meant. ``by_hand`` wins over what the number alone says.
    """

    outside_freezing: ClassVar[str] = "what the citation means is found out after the letter was sent"

    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="resolutions")
    item = models.UUIDField("oppdrag i dokument", null=True, db_index=True)
    cited_document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="+")
    by_hand = models.BooleanField("valgt av en person", default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("avgjort")

    class Meta:
        verbose_name = "oppløst henvisning"
        verbose_name_plural = "oppløste henvisninger"
        ordering = ("citation_id", "id")
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.citation_id} → {self.item}"
