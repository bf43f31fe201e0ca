"""How long working material is kept, as dated reference data, and the protocol of what was deleted (decision A16)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from agencies.models import DatedModel
from agencies.models.organisation import validity
from core.freezing import append_only, keep
from core.models import BaseModel
from governance.models.document import SteeringDocument
from governance.querysets import RetentionRunQuerySet


class Material(models.TextChoices):
    """Working material that has an end. What is sent, decided or shared belongs to the archive and is not here."""

    ROW_REVISION = "row_revision", "tidligere versjoner av rader i utkastet"
    AUTOSAVE = "autosave", "kladder som ikke ble lagret"
    INTERNAL_COMMENT = "internal_comment", "interne kommentarer"
    PRESENCE = "presence", "hvem som hadde utkastet åpent"
    DISCARDED_DRAFT = "discarded_draft", "innholdet i forkastede utkast"
    LOOSE_FILE = "loose_file", "filer uten dokument, og PDF-er laget på bestilling"


class RetentionClass(DatedModel):
    """How many days one kind of material is kept, counted from the event it names, and the legal basis.

    Rows are dated: a new rule is a new row with a later first day, and the protocol says which rule was used.
    """

    material = models.CharField("materiale", max_length=20, choices=Material)
    name = models.CharField("regel", max_length=200)
    days = models.PositiveIntegerField("dager")
    basis = models.CharField("grunnlag", max_length=300)

    class Meta:
        verbose_name = "bevaringsklasse"
        verbose_name_plural = "bevaringsklasser"
        ordering = ("material", "valid_from")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="retention_class_dates",
            ),
            ExclusionConstraint(
                name="retention_class_one_a_day",
                expressions=[("material", RangeOperators.EQUAL), (validity(), RangeOperators.OVERLAPS)],
                violation_error_message="Materialet har allerede en regel i dette tidsrommet.",
            ),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.name


class RetentionRun(BaseModel):
    """One line of the protocol: how many rows of which kind were deleted, of which document. Never their content."""

    outside_freezing: ClassVar[str] = "what is left when the working material is gone"

    retention_class = models.ForeignKey(RetentionClass, on_delete=models.PROTECT, related_name="runs")
    document = models.ForeignKey(
        SteeringDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="retention_runs"
    )
    number = models.PositiveIntegerField("antall")
    done_at = models.DateTimeField("slettet")

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        verbose_name = "linje i sletteprotokollen"
        verbose_name_plural = "sletteprotokollen"
        ordering = ("-id",)
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.retention_class_id}: {self.number}"
