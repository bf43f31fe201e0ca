"""Files by uuid, outside the web root, served by one view that checks rights (decision A16)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from core.models.base import BaseModel


class ScanState(models.TextChoices):
    """Result of the virus scan."""

    PENDING = "pending", "ikke kontrollert"
    CLEAN = "clean", "kontrollert"
    INFECTED = "infected", "sperret"
    SKIPPED = "skipped", "kontroll er slått av"


class StoredFile(BaseModel):
    """The bytes that came in or went out, named by their hash. A row never changes its content.

    When the bytes are removed (A16), the row stays with their hash, and ``tombstone`` says when and why.
    """

    name = models.CharField("filnavn", max_length=255)
    sha256 = models.CharField("sha256", max_length=64, db_index=True)
    size = models.BigIntegerField("størrelse i byte")
    content_type = models.CharField("type etter innhold", max_length=100)
    scan_state = models.CharField("viruskontroll", max_length=10, choices=ScanState, default=ScanState.PENDING)
    owner_type = models.CharField("hører til", max_length=80, blank=True)
    owner = models.UUIDField("hører til id", null=True, db_index=True)
    organisation = models.UUIDField("organisasjon", null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="lastet opp av",
    )
    created_at = models.DateTimeField("lagret", auto_now_add=True)
    removed_at = models.DateTimeField("innholdet fjernet", null=True, blank=True)
    tombstone = models.CharField("står i stedet", max_length=300, blank=True)

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "filer"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, tombstone="")
                | (models.Q(removed_at__isnull=False) & ~models.Q(tombstone="")),
                name="stored_file_removed_says_why",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="keep", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="content_is_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size OR NEW.name <> OLD.name THEN
                        RAISE EXCEPTION 'stored file % cannot change', OLD.uuid USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name
