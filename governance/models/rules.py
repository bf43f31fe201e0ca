"""What an instruction or letter says of the dialogue itself, as data a machine can follow, and what is yet to come."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from agencies.models import Organisation
from agencies.models.organisation import validity
from agencies.rights import RoleCode
from core.freezing import keep
from core.models import BaseModel
from governance.models.document import DocumentPart, SteeringDocument
from governance.models.items import CorrespondenceType


class MeetingKind(models.TextChoices):
    """The meetings of the dialogue (domain 3.9)."""

    GOVERNANCE = "governance", "etatsstyringsmøte"
    PORTFOLIO = "portfolio", "styringsmøte om prioritering"
    STRATEGY = "strategy", "strategimøte"
    EXPERT = "expert", "fagmøte"
    CONTACT = "contact", "kontaktmøte"


class MeetingRule(DocumentPart):
    """How many meetings of a kind the document asks for in a year (R-50, R-52, V-27)."""

    kind = models.CharField("møte", max_length=12, choices=MeetingKind, default=MeetingKind.GOVERNANCE)
    minimum = models.PositiveSmallIntegerField("minst i året", default=1)
    text = models.TextField("ordlyd", blank=True)
    section = models.CharField("punkt", max_length=40, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "møteregel"
        verbose_name_plural = "møteregler"

    def __str__(self) -> str:
        return f"{self.kind} ≥ {self.minimum}"


class NoticeTiming(models.TextChoices):
    """How soon a notice must come."""

    IMMEDIATE = "immediate", "straks"
    EARLY = "early", "så tidlig som mulig"
    BEFORE = "before", "før handlingen"
    ON_EVENT = "on_event", "når det skjer"


class NoticeDuty(DocumentPart):
    """What the agency must tell the ministry of, and how soon (R-40 to R-44)."""

    title = models.TextField("varsles om")
    text = models.TextField("ordlyd", blank=True)
    timing = models.CharField("når", max_length=10, choices=NoticeTiming, default=NoticeTiming.IMMEDIATE)
    section = models.CharField("punkt", max_length=40, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "varslingsplikt"
        verbose_name_plural = "varslingsplikter"

    def __str__(self) -> str:
        return self.title


class LockDecider(models.TextChoices):
    """Who may open a locked report: a role in the rights table, or any that issues for the ministry (R-33)."""

    DIRECTOR = RoleCode.DIRECTOR.value, "virksomhetens leder"
    MINISTRY = "ministry", "departementet"
    SIGNER = RoleCode.SIGNER.value, "ekspedisjonssjefen i departementet"
    PERMANENT_SECRETARY = RoleCode.PERMANENT_SECRETARY.value, "departementsråden"


class LockRule(DocumentPart):
    """A report that is not to be changed after it was sent, and on what terms it may be all the same (R-33).

    ``decider`` says who may open it; empty: the document names nobody, and the head of the agency decides.
    """

    correspondence = models.CharField(
        "gjelder", max_length=20, choices=CorrespondenceType, default=CorrespondenceType.ANNUAL_REPORT
    )
    exception = models.TextField("unntak", blank=True)
    decider = models.CharField("åpnes av", max_length=20, choices=LockDecider, blank=True)
    text = models.TextField("ordlyd", blank=True)
    section = models.CharField("punkt", max_length=40, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "låseregel"
        verbose_name_plural = "låseregler"

    def __str__(self) -> str:
        return self.correspondence


class PromisedEnclosure(DocumentPart):
    """Content the letter says is sent later («ettersendes»). It nags until the dispatch has been made."""

    title = models.CharField("ettersendes", max_length=300)
    note = models.TextField("merknad", blank=True)
    expected_on = models.DateField("ventes innen", null=True, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "ettersendelse"
        verbose_name_plural = "ettersendelser"

    def __str__(self) -> str:
        return self.title


class InstructionPeriod(BaseModel):
    """The days an instruction is in force for an agency; no two on one day, by the database itself.

    Kept beside the frozen document: the last day is known first when the next instruction takes over (R-01 to R-03).
    """

    document = models.OneToOneField(SteeringDocument, on_delete=models.PROTECT, related_name="in_force_period")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="instruction_periods")
    valid_from = models.DateField("gjelder fra")
    valid_to = models.DateField("gjelder til og med", null=True, blank=True)

    outside_freezing = "the day it ends is known first when the next one is fixed"

    class Meta:
        verbose_name = "instruksens virketid"
        verbose_name_plural = "instruksers virketid"
        ordering = ("agency_id", "valid_from")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="instruction_period_dates",
            ),
            ExclusionConstraint(
                name="instruction_one_in_force",
                expressions=[("agency", RangeOperators.EQUAL), (validity(), RangeOperators.OVERLAPS)],
                violation_error_message="Virksomheten har allerede en instruks i kraft i dette tidsrommet.",
            ),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.valid_from} – {self.valid_to or ''}"
