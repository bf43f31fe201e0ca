"""What comes out of meetings between ministry and agency (domain 3.9; R-51, R-53)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Department, Organisation
from core.freezing import keep, settled
from core.models import VersionedModel
from governance.models import SteeringDocument
from reporting.models.calendar import CalendarEntry
from reporting.querysets import SteeringNeedQuerySet


class NeedState(models.TextChoices):
    """A need is open until a letter has given it in writing, or the ministry has withdrawn it with a reason."""

    OPEN = "open", "åpent"
    GIVEN = "given", "gitt skriftlig"
    WITHDRAWN = "withdrawn", "trukket"


class SteeringNeed(VersionedModel):
    """A need for steering that came up in an expert meeting. It steers nobody before a letter gives it (R-51).

    ``words`` are the ministry's own note and are never shown to the agency. ``document``, with ``item`` and
    ``item_type``, is the draft it was last taken into and the row or passage there. While the row stands there, the
    need is spoken for; when the letter is issued, it is given. Given without ``item``: a person pointed at the letter.
    """

    outside_freezing: ClassVar[str] = "the ministry's register, beside the letters"

    superior = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="departement")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="steering_needs")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", verbose_name="avdeling")
    entry = models.ForeignKey(
        CalendarEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="needs", verbose_name="møte"
    )
    meeting = models.CharField("møtets navn", max_length=200)
    held_on = models.DateField("møtedato")
    words = models.TextField("behovet")
    state = models.CharField("tilstand", max_length=10, choices=NeedState, default=NeedState.OPEN)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField("notert")
    document = models.ForeignKey(
        SteeringDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="steering_needs"
    )
    item_type = models.CharField("slag rad", max_length=30, blank=True)
    item = models.UUIDField("rad eller avsnitt", null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField("avgjort", null=True)
    reason = models.TextField("begrunnelse", blank=True)

    #: the row it was taken into stands in its document; set by ``with_place``
    held: bool

    objects = SteeringNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "styringsbehov fra fagmøte"
        verbose_name_plural = "styringsbehov fra fagmøter"
        ordering = ("held_on", "id")
        indexes = [models.Index(fields=("agency", "state", "held_on"), name="steering_need_agency")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=NeedState.OPEN, settled_at__isnull=True)
                | Q(state=NeedState.GIVEN, settled_at__isnull=False, document__isnull=False)
                | (Q(state=NeedState.WITHDRAWN, settled_at__isnull=False) & ~Q(reason="")),
                name="steering_need_outcome",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True, item_type="") | (Q(item__isnull=False) & ~Q(item_type="")),
                name="steering_need_row",
            ),
        ]
        triggers = [keep(), settled("state", NeedState.OPEN)]

    def __str__(self) -> str:
        return f"{self.meeting} {self.held_on}"
