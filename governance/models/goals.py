"""Goals, steering parameters, targets and key figures as the document words them, and their lines through the years."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from agencies.models import Organisation
from core.models import BaseModel
from governance.models.document import DocumentPart


class ItemLine(BaseModel):
    """The identity of an item across years: no text, only the one who is measured (decision A9)."""

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="%(class)s_set")

    class Meta:
        abstract = True


class GoalLine(ItemLine):
    """A goal through the years."""

    class Meta:
        verbose_name = "mål gjennom årene"
        verbose_name_plural = "mål gjennom årene"

    def __str__(self) -> str:
        return str(self.uuid)


class ParameterLine(ItemLine):
    """A steering parameter through the years."""

    class Meta:
        verbose_name = "styringsparameter gjennom årene"
        verbose_name_plural = "styringsparametere gjennom årene"

    def __str__(self) -> str:
        return str(self.uuid)


class KeyFigureLine(ItemLine):
    """A key figure through the years; its series of values hang here."""

    class Meta:
        verbose_name = "nøkkeltall gjennom årene"
        verbose_name_plural = "nøkkeltall gjennom årene"

    def __str__(self) -> str:
        return str(self.uuid)


class GoalLevel(models.TextChoices):
    """Sector goals are shared by agencies; main and sub goals are the agency's own."""

    SECTOR = "sector", "sektormål"
    MAIN = "main", "hovedmål"
    SUB = "sub", "delmål"


class Goal(DocumentPart):
    """A goal. ``contributes_to`` lists the references of the sector goals it serves."""

    line = models.ForeignKey(GoalLine, on_delete=models.PROTECT, null=True, blank=True, related_name="versions")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    reference = models.CharField("nummer", max_length=40, blank=True)
    level = models.CharField("nivå", max_length=10, choices=GoalLevel, default=GoalLevel.MAIN)
    title = models.TextField("mål")
    body = models.TextField("omtale", blank=True)
    contributes_to = ArrayField(models.CharField(max_length=40), default=list, verbose_name="bidrar til")

    class Meta(DocumentPart.Meta):
        verbose_name = "mål"
        verbose_name_plural = "mål"

    def __str__(self) -> str:
        return self.title


class ParameterKind(models.TextChoices):
    """Many steering parameters are only a sentence with «skal»."""

    QUALITATIVE = "qualitative", "kvalitativ"
    QUANTITATIVE = "quantitative", "kvantitativ"


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", "høyere er bedre"
    DOWN = "down", "lavere er bedre"
    HOLD = "hold", "holdes på nivået"


class SteeringParameter(DocumentPart):
    """The basis for judging a goal."""

    line = models.ForeignKey(ParameterLine, on_delete=models.PROTECT, null=True, blank=True, related_name="versions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="parameters")
    reference = models.CharField("nummer", max_length=40, blank=True)
    title = models.TextField("styringsparameter")
    kind = models.CharField("slag", max_length=12, choices=ParameterKind, default=ParameterKind.QUALITATIVE)
    unit = models.CharField("enhet", max_length=40, blank=True)
    direction = models.CharField("retning", max_length=10, choices=Direction, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "styringsparameter"
        verbose_name_plural = "styringsparametere"

    def __str__(self) -> str:
        return self.title


class Target(DocumentPart):
    """A numeric ambition for a parameter (resultatkrav). The regulation does not require one."""

    parameter = models.ForeignKey(SteeringParameter, on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField("verdi", max_digits=18, decimal_places=4, null=True, blank=True)
    baseline = models.DecimalField("utgangspunkt", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("enhet", max_length=40, blank=True)
    text = models.TextField("slik det står", blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "resultatkrav"
        verbose_name_plural = "resultatkrav"

    def __str__(self) -> str:
        return self.text


class KeyFigure(DocumentPart):
    """A number or several to be reported: ``measures`` (antall, andel …), each split on every one of ``dimensions``."""

    line = models.ForeignKey(KeyFigureLine, on_delete=models.PROTECT, null=True, blank=True, related_name="versions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="key_figures")
    reference = models.CharField("nummer", max_length=40, blank=True)
    title = models.TextField("nøkkeltall")
    unit = models.CharField("enhet", max_length=40, blank=True)
    dimensions = ArrayField(models.CharField(max_length=200), default=list, verbose_name="fordelt på")
    measures = ArrayField(models.CharField(max_length=200), default=list, verbose_name="verdier som rapporteres")

    class Meta(DocumentPart.Meta):
        verbose_name = "nøkkeltall"
        verbose_name_plural = "nøkkeltall"

    def __str__(self) -> str:
        return self.title
