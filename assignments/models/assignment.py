"""The life of assignments: one agency's duty, its deliveries and its shared status (decisions A5 to A8)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q

from agencies.models import Department, Organisation
from assignments.querysets import AssignmentQuerySet, DeliveryQuerySet
from assignments.states import DELIVERED as DELIVERED_STATES
from assignments.states import assignment_pairs, delivery_pairs
from core.freezing import append_only, keep
from core.models import BaseModel, VersionedModel
from governance.models import AssignmentItem, DeadlineKind, DeliveryItem, ProductKind, SteeringDocument


class AssignmentStatus(models.TextChoices):
    """Status of the whole assignment; delivered and returned follow from its deliveries."""

    DRAFT = "draft", "Utkast"
    GIVEN = "given", "Gitt"
    RECEIVED = "received", "Mottatt"
    IN_PROGRESS = "in_progress", "I arbeid"
    DELIVERED = "delivered", "Levert"
    RETURNED = "returned", "Returnert"
    CLOSED = "closed", "Avsluttet"
    LAPSED = "lapsed", "Utgått"
    WITHDRAWN = "withdrawn", "Trukket"
    REPLACED = "replaced", "Erstattet"
    STANDING = "standing", "Stående"


class JointAssignment(VersionedModel):
    """Groups the duties that several bodies have in one and the same assignment: one shared text (R-19d, V-25)."""

    title = models.TextField("tittel")
    text = models.TextField("felles tekst", blank=True)
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="joint_assignments")

    outside_freezing: ClassVar[str] = "the life of an item, above the document"

    class Meta:
        verbose_name = "felles oppdrag"
        verbose_name_plural = "felles oppdrag"
        triggers = [keep()]

    def __str__(self) -> str:
        return self.title


class Assignment(VersionedModel):
    """One agency's duty. ``given_to`` stays for ever; ``responsible`` follows succession (decision A11).

    ``next_deadline``, ``delivered_count``, ``delivery_count`` and ``unclear`` repeat what the deliveries say,
    written by the same actions, so that lists of thousands sort and count on one table.
    """

    outside_freezing: ClassVar[str] = "the life of an item, above the document"

    item = models.OneToOneField(AssignmentItem, on_delete=models.PROTECT, null=True, related_name="assignment")
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="assignments")
    joint = models.ForeignKey(JointAssignment, on_delete=models.PROTECT, null=True, related_name="assignments")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="given_assignments")
    given_to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="received_assignments")
    responsible = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="responsible_assignments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="assignments")
    department_text = models.CharField("avdeling, slik den står", max_length=200, blank=True)
    reference = models.CharField("nummer", max_length=60, blank=True)
    series = models.CharField("serie", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("år", null=True)
    number = models.PositiveIntegerField("løpenummer", null=True)
    suffix = models.CharField("bokstav", max_length=5, blank=True)
    letter_year = models.PositiveSmallIntegerField("brevår")
    title = models.TextField("tittel")
    body = models.TextField("tekst", blank=True)
    status = models.CharField("status", max_length=12, choices=AssignmentStatus, default=AssignmentStatus.GIVEN)
    standing = models.BooleanField("stående", default=False)
    restricted = models.BooleanField("unntatt offentlighet", default=False)
    restricted_basis = models.CharField("hjemmel", max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="owned_assignments"
    )
    ministry_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_on = models.DateField("gitt")
    received_at = models.DateTimeField("mottatt", null=True)
    closed_at = models.DateTimeField("avsluttet", null=True)
    closing_reason = models.TextField("begrunnelse for avslutning", blank=True)
    next_deadline = models.DateField("neste frist", null=True)
    delivery_count = models.PositiveSmallIntegerField("leveranser", default=0)
    delivered_count = models.PositiveSmallIntegerField("levert", default=0)
    unclear = models.BooleanField("under avklaring", default=False)
    shared_version = models.PositiveIntegerField("delt status, versjon", default=0)
    search = GeneratedField(
        expression=SearchVector("reference", "title", "body", config="norwegian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "oppdrag"
        verbose_name_plural = "oppdrag"
        ordering = ("letter_year", "series", "number", "suffix", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("issuer", "given_to", "series", "year", "number", "suffix"),
                condition=Q(number__isnull=False),
                name="assignment_number_once",
            ),
            models.CheckConstraint(condition=Q(delivered_count__lte=F("delivery_count")), name="assignment_counts"),
        ]
        indexes = [
            models.Index(fields=("responsible", "status", "next_deadline"), name="assignment_list"),
            models.Index(fields=("department", "status", "next_deadline"), name="assignment_department"),
            models.Index(fields=("updated_at", "id"), name="assignment_changed"),
            GinIndex(fields=("search",), name="assignment_search"),
            GinIndex(fields=("title",), opclasses=("gin_trgm_ops",), name="assignment_title_trigram"),
        ]
        triggers = [keep(), pgtrigger.FSM(name="status_steps", field="status", transitions=assignment_pairs())]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()


class JointPart(BaseModel):
    """A body's part in a joint assignment.

    ``assignment`` is null when its own letter is not registered («eget brev ikke registrert»), and
    ``organisation`` null for a party outside the system, which is only a name.
    """

    class Role(models.TextChoices):
        """Lead or part."""

        LEAD = "lead", "leder"
        PART = "part", "deltar"

    joint = models.ForeignKey(JointAssignment, on_delete=models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="joint_parts")
    name = models.CharField("navn, slik det står", max_length=200)
    role = models.CharField("rolle", max_length=4, choices=Role, default=Role.PART)
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, null=True, related_name="joint_part")

    class Meta:
        verbose_name = "deltaker i felles oppdrag"
        verbose_name_plural = "deltakere i felles oppdrag"
        triggers = [keep()]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """Where one delivery stands. Assessment is the ministry's, never an endorsement of content (decision A8)."""

    NOT_STARTED = "not_started", "Ikke begynt"
    IN_PROGRESS = "in_progress", "I arbeid"
    DELIVERED = "delivered", "Levert, ikke vurdert"
    UNDER_ASSESSMENT = "under_assessment", "Under vurdering"
    RETURNED = "returned", "Returnert"
    ASSESSED = "assessed", "Vurdert uten oppfølging"
    FOLLOWED_UP = "followed_up", "Fulgt opp"
    CANCELLED = "cancelled", "Bortfalt"


class Delivery(VersionedModel):
    """The unit of follow-up. «Frist i brevet» never changes; ``deadline`` is the current one (decision A7).

    ``unclear`` is «under avklaring»: shown as written, not late, nags the ministry. ``deadline_version`` is
    raised by every decision, so that reminders of the old deadline are superseded.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="deliveries")
    item = models.OneToOneField(DeliveryItem, on_delete=models.PROTECT, null=True, related_name="delivery")
    ordinal = models.PositiveSmallIntegerField("nummer", default=1)
    part = models.CharField("del", max_length=100, blank=True)
    anchor = models.CharField("underpunkt", max_length=20, blank=True)
    title = models.CharField("hva", max_length=300, blank=True)
    product = models.CharField("slag", max_length=12, choices=ProductKind, default=ProductKind.OTHER)
    letter_deadline_kind = models.CharField(
        "fristens form i brevet", max_length=10, choices=DeadlineKind, default=DeadlineKind.NONE
    )
    letter_deadline_text = models.CharField("frist i brevet", max_length=300, blank=True)
    letter_deadline = models.DateField("dato i brevet", null=True)
    deadline = models.DateField("gjeldende frist", null=True)
    deadline_time = models.TimeField("klokkeslett", null=True)
    deadline_version = models.PositiveIntegerField("fristversjon", default=1)
    unclear = models.BooleanField("under avklaring", default=False)
    unclear_reason = models.TextField("hva som er uklart", blank=True)
    unclear_since = models.DateField("uklart siden", null=True)
    not_extendable = models.BooleanField("kan ikke fravikes", default=False)
    state = models.CharField("tilstand", max_length=16, choices=DeliveryState, default=DeliveryState.NOT_STARTED)
    delivered_at = models.DateTimeField("levert", null=True)
    delivered_on = models.DateField("levert dato", null=True)
    distributed_to = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "leveranse"
        verbose_name_plural = "leveranser"
        ordering = ("assignment_id", "ordinal", "id")
        indexes = [models.Index(fields=("deadline", "state"), name="delivery_deadline")]
        triggers = [keep(), pgtrigger.FSM(name="state_steps", field="state", transitions=delivery_pairs())]

    def __str__(self) -> str:
        return f"leveranse {self.ordinal}"

    @property
    def is_delivered(self) -> bool:
        """Answered, whatever the ministry has said of it since."""
        return self.state in DELIVERED_STATES


class DeadlineDecision(BaseModel):
    """A new current deadline: who decided, on what basis, in which document. Append-only."""

    outside_freezing: ClassVar[str] = "points at the document it was decided in"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="decisions")
    previous = models.DateField("fra", null=True)
    deadline = models.DateField("ny frist", null=True)
    deadline_time = models.TimeField("klokkeslett", null=True)
    deadline_text = models.CharField("slik det står", max_length=300, blank=True)
    reason = models.TextField("begrunnelse")
    basis = models.CharField("grunnlag", max_length=300)
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField("besluttet av", max_length=200)
    decided_on = models.DateField("besluttet")
    at = models.DateTimeField("registrert")

    class Meta:
        verbose_name = "vedtak om frist"
        verbose_name_plural = "vedtak om frist"
        ordering = ("id",)
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.previous} → {self.deadline}"


class ReaderGrant(BaseModel):
    """A named reader of an exempt assignment (decision B2)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("gitt")
    revoked_at = models.DateTimeField("trukket", null=True)

    class Meta:
        verbose_name = "navngitt leser"
        verbose_name_plural = "navngitte lesere"
        constraints = [
            models.UniqueConstraint(
                fields=("assignment", "user"), condition=Q(revoked_at__isnull=True), name="reader_once"
            )
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.user_id} {self.assignment_id}"
