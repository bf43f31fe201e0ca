"""Edited copies that came back: compared with the draft, taken in row by row (K1)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.freezing import keep
from core.models import BaseModel, StoredFile, VersionedModel
from governance.models.document import SteeringDocument
from governance.models.drafting import WORK


class ReturnedFileState(models.TextChoices):
    """Where an edited copy that came back stands."""

    READING = "reading", "leses"
    OPEN = "open", "gå gjennom"
    DONE = "done", "ferdig gått gjennom"
    REFUSED = "refused", "kunne ikke leses"


class ReturnedFile(VersionedModel):
    """An exported Word or JSON file that was edited outside and came back (K1): compared, accepted row by row."""

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="returned_files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("tilstand", max_length=10, choices=ReturnedFileState, default=ReturnedFileState.OPEN)
    problem = models.TextField("hvorfor filen ble avvist", blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField("lest inn")

    class Meta:
        verbose_name = "fil tilbake"
        verbose_name_plural = "filer tilbake"
        ordering = ("-id",)
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.file_id}"


class ReturnedChangeState(models.TextChoices):
    """What a person has said of one difference."""

    OPEN = "open", "ikke avgjort"
    ACCEPTED = "accepted", "tatt inn"
    DECLINED = "declined", "ikke tatt inn"


class ReturnedChange(BaseModel):
    """One difference between a draft and the file that came back: a row or passage added, changed or taken out."""

    outside_freezing: ClassVar[str] = WORK

    returned = models.ForeignKey(ReturnedFile, on_delete=models.PROTECT, related_name="changes")
    ordinal = models.PositiveIntegerField("rekkefølge", default=0)
    act = models.CharField("hva", max_length=10, choices=[("add", "ny"), ("replace", "endret"), ("remove", "tatt ut")])
    item = models.UUIDField("rad")
    item_type = models.CharField("type rad", max_length=40)
    before = models.JSONField("før", default=dict)
    after = models.JSONField("etter", default=dict)
    base_number = models.PositiveIntegerField("bygger på versjon", default=0)
    state = models.CharField("tilstand", max_length=10, choices=ReturnedChangeState, default=ReturnedChangeState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True, blank=True)

    class Meta:
        verbose_name = "forskjell fra fil"
        verbose_name_plural = "forskjeller fra fil"
        ordering = ("returned_id", "ordinal", "id")
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.act} {self.item_type}"
