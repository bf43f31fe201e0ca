"""A folder of letters on its way in at once: what became of each file (importer, point 6)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from agencies.models import Organisation
from core.freezing import keep
from core.models import BaseModel, Job, StoredFile, VersionedModel
from governance.models.intake import DocumentImport
from governance.querysets import ImportQuerySet


class ImportBatch(VersionedModel):
    """Many letters dropped at once, usually earlier years. They are registered, never issued (decision C1)."""

    outside_freezing: ClassVar[str] = "the way in; the documents it became are frozen on their own"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="import_batches")
    title = models.CharField("tittel", max_length=300, blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "samling av importer"
        verbose_name_plural = "samlinger av importer"
        ordering = ("-id",)
        triggers = [keep()]

    def __str__(self) -> str:
        return self.title or str(self.uuid)


class EntryState(models.TextChoices):
    """What has become of one file of a batch; a read one has its import, whose step says the rest."""

    WAITING = "waiting", "venter"
    READ = "read", "lest inn"
    KNOWN = "known", "lest inn før"
    REFUSED = "refused", "kunne ikke leses"


class BatchEntry(BaseModel):
    """One letter of a batch: its file as it was dropped, and the import it became or was already."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="entries")
    ordinal = models.PositiveIntegerField("rekkefølge")
    name = models.CharField("navn", max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField("tilstand", max_length=10, choices=EntryState, default=EntryState.WAITING)
    document_import = models.ForeignKey(
        DocumentImport, on_delete=models.PROTECT, null=True, related_name="batch_entries"
    )
    problem = models.JSONField("hvorfor filen ble avvist", default=dict)

    class Meta:
        verbose_name = "fil i samling"
        verbose_name_plural = "filer i samling"
        ordering = ("batch_id", "ordinal")
        constraints = [models.UniqueConstraint(fields=("batch", "ordinal"), name="batch_entry_once")]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.name
