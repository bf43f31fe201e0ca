"""Money in whole kroner (decision A12); shown in 1 000 kroner."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Organisation
from core.freezing import append_only, keep
from core.models import BaseModel, VersionedModel
from governance.models.document import DocumentPart
from governance.querysets import AppropriationQuerySet


class BudgetLineKind(models.TextChoices):
    """What an amount on a chapter and post is."""

    EXPENSE = "expense", "tildeling"
    INCOME = "income", "inntektskrav"
    CHANGE = "change", "endring"
    CARRIED_OVER = "carried_over", "overført fra i fjor"


class BudgetSeries(BaseModel):
    """A chapter and post through the years, with its owner."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="budget_series", null=True)
    chapter = models.PositiveSmallIntegerField("kapittel")
    post = models.PositiveSmallIntegerField("post")

    class Meta:
        verbose_name = "kapittel og post"
        verbose_name_plural = "kapitler og poster"
        constraints = [
            models.UniqueConstraint(
                fields=("chapter", "post", "owner"), name="budget_series_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.chapter}.{self.post:02d}"


class BudgetLine(DocumentPart):
    """One amount for one chapter and post. ``amount`` is whole kroner, with the words of the letter beside.

    A second row for the same post is a line of its own with ``unclear`` set until somebody says whether it
    comes on top (746.21 in the 2026 letter; open point 1 of the domain).
    """

    series = models.ForeignKey(BudgetSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    chapter = models.PositiveSmallIntegerField("kapittel")
    post = models.PositiveSmallIntegerField("post")
    name = models.CharField("benevnelse", max_length=300, blank=True)
    kind = models.CharField("slag", max_length=14, choices=BudgetLineKind, default=BudgetLineKind.EXPENSE)
    amount = models.BigIntegerField("beløp i kroner")
    total_after = models.BigIntegerField("ny sum i kroner", null=True, blank=True)
    amount_as_written = models.CharField("beløp, slik det står", max_length=60, blank=True)
    unit_as_written = models.CharField("enhet, slik den står", max_length=60, blank=True)
    comment = models.TextField("merknad", blank=True)
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by")
    unclear = models.BooleanField("under avklaring", default=False)
    unclear_reason = models.TextField("hva som er uklart", blank=True)
    financing_ministry = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="finansieres av",
    )
    transferable = models.BooleanField("kan overføres", default=False)
    assignment_item = models.ForeignKey(
        "governance.AssignmentItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name="til oppdrag",
    )
    anchor = models.CharField("underpunkt", max_length=20, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "budsjettlinje"
        verbose_name_plural = "budsjettlinjer"
        constraints = [
            models.CheckConstraint(condition=Q(post__lte=99), name="budget_post_two_digits"),
            models.CheckConstraint(condition=Q(chapter__gte=1, chapter__lte=9999), name="budget_chapter_four_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        """Chapter and post as in tables: 746.01."""
        return f"{self.chapter}.{self.post:02d}"

    @property
    def is_income(self) -> bool:
        """Chapters 3000 to 5999 are income (V-11)."""
        return 3000 <= self.chapter <= 5999


class BudgetSplit(DocumentPart):
    """A part of a line: a sub-split that must add up (V-09), or an earmark that must fit in (V-12). Whole kroner."""

    class Kind(models.TextChoices):
        """Part of the sum, or money bound to a purpose."""

        SPLIT = "split", "fordeling"
        EARMARK = "earmark", "øremerking"

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="splits")
    label = models.CharField("formål", max_length=300)
    amount = models.BigIntegerField("beløp i kroner")
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.SPLIT)
    assignment_item = models.ForeignKey(
        "governance.AssignmentItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="budget_splits",
        verbose_name="til oppdrag",
    )
    anchor = models.CharField("underpunkt", max_length=20, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "fordeling av beløp"
        verbose_name_plural = "fordelinger av beløp"

    def __str__(self) -> str:
        return f"{self.label} {self.amount}"


class BudgetRenumbering(BaseModel):
    """A chapter and post that goes on under another number from a budget year: the series runs through."""

    earlier = models.ForeignKey(BudgetSeries, on_delete=models.PROTECT, related_name="later_links")
    later = models.ForeignKey(BudgetSeries, on_delete=models.PROTECT, related_name="earlier_links")
    from_year = models.PositiveSmallIntegerField("fra budsjettår")

    class Meta:
        verbose_name = "omnummerering av post"
        verbose_name_plural = "omnummereringer av poster"
        constraints = [
            models.UniqueConstraint(fields=("earlier", "later", "from_year"), name="budget_renumbering_once")
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} → {self.later_id}"


class Appropriation(VersionedModel):
    """What the Storting has granted on a chapter and post for a year, in the ministry's own ledger. Whole kroner.

    ``amount`` is the first decision; ``AppropriationChange`` rows add to it. What is allotted follows from the
    budget lines of issued letters; the remainder from both.
    """

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appropriations")
    year = models.PositiveSmallIntegerField("budsjettår")
    chapter = models.PositiveSmallIntegerField("kapittel")
    post = models.PositiveSmallIntegerField("post")
    name = models.CharField("posttekst", max_length=300)
    amount = models.BigIntegerField("bevilget i kroner")
    transferable = models.BooleanField("kan overføres", default=False)
    basis = models.CharField("vedtak", max_length=300, blank=True)
    decided_on = models.DateField("vedtatt", null=True, blank=True)
    ended = models.BooleanField("utgått", default=False)

    objects = AppropriationQuerySet.as_manager()

    class Meta:
        verbose_name = "bevilgning"
        verbose_name_plural = "bevilgninger"
        ordering = ("owner_id", "year", "chapter", "post")
        constraints = [
            models.UniqueConstraint(fields=("owner", "year", "chapter", "post"), name="appropriation_once"),
            models.CheckConstraint(condition=Q(post__lte=99), name="appropriation_post_two_digits"),
            models.CheckConstraint(condition=Q(chapter__gte=1, chapter__lte=9999), name="appropriation_chapter"),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.year}: {self.code} {self.name}"

    @property
    def code(self) -> str:
        """Chapter and post as in tables: 746.01."""
        return f"{self.chapter}.{self.post:02d}"

    @property
    def is_income(self) -> bool:
        """Chapters 3000 to 5999 are income (V-11)."""
        return 3000 <= self.chapter <= 5999


class AppropriationChangeKind(models.TextChoices):
    """Why an appropriation changed during the year."""

    STORTING = "storting", "vedtak i Stortinget"
    CARRIED_OVER = "carried_over", "overført fra i fjor"
    WAGES = "wages", "lønnskompensasjon"
    MOVED = "moved", "omdisponering"
    CORRECTION = "correction", "retting"


class AppropriationChange(BaseModel):
    """One change of an appropriation, with sign, in whole kroner. Rows are only ever added."""

    appropriation = models.ForeignKey(Appropriation, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField("slag", max_length=14, choices=AppropriationChangeKind)
    amount = models.BigIntegerField("beløp i kroner")
    basis = models.CharField("vedtak", max_length=300)
    decided_on = models.DateField("vedtatt")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("ført")

    class Meta:
        verbose_name = "endring i bevilgning"
        verbose_name_plural = "endringer i bevilgninger"
        ordering = ("appropriation_id", "decided_on", "id")
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.amount} {self.basis}"
