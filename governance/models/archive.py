"""Where an organisation's archive takes over its documents (decision C7)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from agencies.models import DatedModel, Organisation
from agencies.models.organisation import valid_dates
from core.freezing import keep


class ArchiveInbox(DatedModel):
    """The folder, under the installation's archive root, from which the organisation's archive fetches packages.

    Without one the packages are fetched by hand. ``valid_to`` is the last day it is used.
    """

    outside_freezing: ClassVar[str] = "tells where documents go, is not one"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="archive_inboxes")
    folder = models.SlugField("mappe", max_length=80)

    class Meta:
        verbose_name = "mottaksmappe for arkivet"
        verbose_name_plural = "mottaksmapper for arkivet"
        constraints = [
            valid_dates(),
            models.UniqueConstraint(
                fields=("organisation",), condition=models.Q(valid_to__isnull=True), name="archive_inbox_one_open"
            ),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.folder
