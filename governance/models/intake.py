"""A letter on its way in: its files, text, recognised rows, and what people have done with them.

None of this freezes with the document; each says why in ``outside_freezing``.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from agencies.models import Organisation
from core.freezing import keep
from core.models import BaseModel, Job, StoredFile, VersionedModel
from governance.models.document import SteeringDocument
from governance.querysets import ImportQuerySet


class ImportState(models.TextChoices):
    """The steps of an import: read, go through, about the letter, register."""

    READING = "reading", "leses inn"
    REVIEW = "review", "gå gjennom"
    DETAILS = "details", "om brevet"
    REGISTERED = "registered", "registrert"
    REFUSED = "refused", "kunne ikke leses"
    DISCARDED = "discarded", "forkastet"


class DocumentImport(VersionedModel):
    """One letter on its way in. The raw files and the text are kept whatever happens."""

    outside_freezing: ClassVar[str] = "the way in; the document it became is frozen on its own"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField("steg", max_length=10, choices=ImportState, default=ImportState.READING)
    title = models.CharField("tittel", max_length=300, blank=True)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField("det brevet sier om seg selv", default=dict)
    details = models.JSONField("det saksbehandleren fyller ut", default=dict)
    passages = models.JSONField("avsnitt", default=list)
    canonical_text = models.TextField("tekst", blank=True)
    extractor = models.CharField("lest med", max_length=100, blank=True)
    coverage = models.JSONField("gjort rede for", default=dict)
    problem = models.JSONField("hvorfor filen ble avvist", default=dict)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="imports")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField("kontrollsum av filene", max_length=64, db_index=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "importer"
        ordering = ("-id",)
        triggers = [keep()]

    def __str__(self) -> str:
        return self.title or str(self.uuid)


class ImportFile(BaseModel):
    """A file of an import, in the order they were dropped."""

    document_import = models.ForeignKey(DocumentImport, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField("rekkefølge", default=0)

    class Meta:
        verbose_name = "importfil"
        verbose_name_plural = "importfiler"
        ordering = ("document_import_id", "ordinal")
        triggers = [keep()]

    def __str__(self) -> str:
        return str(self.file_id)


class RowState(models.TextChoices):
    """What a person has said of a recognised row."""

    RECOGNISED = "recognised", "gjenkjent"
    UNSURE = "unsure", "usikker"
    ACCEPTED = "accepted", "godtatt"
    CORRECTED = "corrected", "rettet"
    PROSE = "prose", "gjort om til prosa"
    MERGED = "merged", "slått sammen"


class ImportRow(VersionedModel):
    """One recognised row of an import, with the passages it rests on and what is unsure.

    ``data`` holds the fields of the item (see governance.importing.records); ``original`` what the reader
    first said, so that every correction can be taken back.
    """

    document_import = models.ForeignKey(DocumentImport, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField("slag", max_length=30)
    ordinal = models.PositiveIntegerField("rekkefølge")
    data = models.JSONField("felt", default=dict)
    original = models.JSONField("slik den ble lest", default=dict)
    passages = models.JSONField("avsnitt", default=list)
    spans = models.JSONField("ord i avsnittene", default=list)
    doubts = models.JSONField("hva som er usikkert", default=list)
    confidence = models.FloatField("sikkerhet", default=1.0)
    state = models.CharField("tilstand", max_length=10, choices=RowState, default=RowState.RECOGNISED)

    class Meta:
        verbose_name = "importrad"
        verbose_name_plural = "importrader"
        ordering = ("document_import_id", "ordinal", "id")
        indexes = [models.Index(fields=("document_import", "kind", "ordinal"), name="import_row_kind")]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.kind} {self.ordinal}"


class ImportAct(BaseModel):
    """One thing a person did with the rows, with what is needed to take it back.

    ``before`` holds each touched row as it was (by uuid), ``after`` the versions it got, ``made`` the rows
    that came to. An act is taken back only when nobody has touched its rows since.
    """

    document_import = models.ForeignKey(DocumentImport, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField("handling", max_length=20)
    before = models.JSONField("før", default=dict)
    after = models.JSONField("versjoner etter", default=dict)
    made = models.JSONField("nye rader", default=list)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField("utført")
    undone_at = models.DateTimeField("angret", null=True)

    class Meta:
        verbose_name = "handling i import"
        verbose_name_plural = "handlinger i import"
        ordering = ("document_import_id", "id")
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.act} {self.document_import_id}"
