"""Who exists and who steers whom, with dates (decision A11, domain 2)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from agencies import rights
from agencies.querysets import DepartmentQuerySet, OrganisationQuerySet
from core.models import BaseModel
from core.models.base import VersionedModel


class DateRange(Func):
    """daterange(from, to) with both ends included; an open end is NULL."""

    function = "DATERANGE"
    output_field = DateRangeField()


def validity() -> DateRange:
    """The period of a dated row."""
    return DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def valid_dates() -> models.CheckConstraint:
    """``valid_to`` is not before ``valid_from``."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name="%(app_label)s_%(class)s_dates",
        violation_error_message="Sluttdatoen er før startdatoen.",
    )


class DatedModel(BaseModel):
    """A fact with a first and, when it has ended, a last day. Both days count."""

    valid_from = models.DateField("fra og med")
    valid_to = models.DateField("til og med", null=True, blank=True)

    class Meta:
        abstract = True


class OrganisationKind(BaseModel):
    """Ministry, agency, sub-agency, auditor, …: a word for people. No rule reads it."""

    code = models.SlugField("kode", unique=True)
    name_nb = models.CharField("bokmål", max_length=100)
    name_nn = models.CharField("nynorsk", max_length=100)

    class Meta:
        verbose_name = "organisasjonstype"
        verbose_name_plural = "organisasjonstyper"

    def __str__(self) -> str:
        return self.name_nb


class Organisation(VersionedModel):
    """A body that may steer and be steered. The fields hold what is valid now; dated names stand beside.

    ``mailbox`` is the unit mailbox for letters and reminders; ``number`` the organisation number (mod 11, V-33).
    """

    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, verbose_name="type")
    number = models.CharField("organisasjonsnummer", max_length=9, unique=True, null=True)  # noqa: DJ001
    name = models.CharField("navn", max_length=200)
    name_nn = models.CharField("navn på nynorsk", max_length=200, blank=True)
    short_name = models.CharField("kortform", max_length=40, blank=True)
    mailbox = models.EmailField("postmottak", blank=True)
    active_from = models.DateField("opprettet", null=True, blank=True)
    active_to = models.DateField("avviklet", null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisasjon"
        verbose_name_plural = "organisasjoner"
        ordering = ("name",)
        permissions = rights.codenames()

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """Short form where there is one."""
        return self.short_name or self.name


class OrganisationName(DatedModel):
    """A name or short form with the days it was valid: letters keep the name of their day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    name = models.CharField("navn", max_length=200)
    language = models.CharField("språk", max_length=2, default="nb")
    is_short = models.BooleanField("kortform", default=False)

    class Meta:
        verbose_name = "organisasjonsnavn"
        verbose_name_plural = "organisasjonsnavn"
        constraints = [valid_dates()]
        indexes = [models.Index(fields=("name",), name="organisation_name")]

    def __str__(self) -> str:
        return self.name


class Department(DatedModel):
    """A department of an organisation, with the code used in letters (SHA) and its full name (V-32)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="departments")
    code = models.CharField("kode", max_length=20)
    name = models.CharField("navn", max_length=200)
    mailbox = models.EmailField("postmottak", blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "avdeling"
        verbose_name_plural = "avdelinger"
        ordering = ("organisation_id", "code")
        permissions = rights.department_codenames()
        constraints = [
            valid_dates(),
            ExclusionConstraint(
                name="department_code_once_a_day",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Koden er i bruk for en annen avdeling i samme tidsrom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SteeringRole(models.TextChoices):
    """What kind of steering: the line of command, or professional responsibility in one field."""

    STEERING = "steering", "etatsstyring"
    PROFESSIONAL = "professional", "faglig medansvar"


class SteeringRelation(DatedModel):
    """Who steers whom. Recursive: an agency steers its own sub-agency in exactly the same way."""

    superior = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="steers")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="steered_by")
    role = models.CharField("rolle", max_length=20, choices=SteeringRole, default=SteeringRole.STEERING)

    class Meta:
        verbose_name = "styringsrelasjon"
        verbose_name_plural = "styringsrelasjoner"
        constraints = [
            valid_dates(),
            models.CheckConstraint(
                condition=~Q(superior=F("agency")),
                name="steering_not_oneself",
                violation_error_message="En virksomhet kan ikke styre seg selv.",
            ),
            ExclusionConstraint(
                name="steering_one_superior_a_day",
                expressions=[("agency", RangeOperators.EQUAL), (validity(), RangeOperators.OVERLAPS)],
                condition=Q(role=SteeringRole.STEERING),
                violation_error_message="Virksomheten har allerede en etatsstyrer i dette tidsrommet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.superior_id} → {self.agency_id}"


class SuccessionKind(models.TextChoices):
    """How one body follows another."""

    RENAMED = "renamed", "endret navn"
    MERGED = "merged", "slått sammen"
    SPLIT = "split", "delt"


class Succession(BaseModel):
    """One body follows another on a day; open assignments get a new responsible, ``given_to`` stays."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="predecessors")
    date = models.DateField("dato")
    kind = models.CharField("måte", max_length=10, choices=SuccessionKind)

    class Meta:
        verbose_name = "etterfølgelse"
        verbose_name_plural = "etterfølgelser"
        constraints = [models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once")]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
