"""The calendar, what is expected, and the reminder ledger (decisions A7, D1; K4, K5)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Appointment, Organisation
from assignments.models import Delivery
from core.freezing import keep
from core.models import BaseModel, Message, VersionedModel
from governance.models import CalendarItem, CalendarKind, ReportingRequirement, SteeringDocument
from reporting.querysets import (
    CalendarEntryQuerySet,
    ExpectedDeliveryQuerySet,
    ReminderQuerySet,
)


class CalendarEntry(VersionedModel):
    """The life of a calendar row: a meeting or a due date of an agency. The written date is never moved.

    An entry whose calendar cell held two things is two entries pointing at the same item.
    """

    outside_freezing: ClassVar[str] = "the life of an item, above the document"

    item = models.ForeignKey(CalendarItem, on_delete=models.PROTECT, null=True, related_name="entries")
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="calendar_entries")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calendar_entries")
    superior = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=12, choices=CalendarKind)
    date = models.DateField("dato", null=True)
    date_text = models.CharField("dato, slik den står", max_length=100, blank=True)
    time = models.TimeField("klokkeslett", null=True)
    end_time = models.TimeField("slutt", null=True)
    place = models.CharField("sted", max_length=200, blank=True)
    title = models.TextField("hva")
    note = models.TextField("merknad", blank=True)
    budget_year = models.PositiveSmallIntegerField("gjelder budsjettår", null=True)
    held_on = models.DateField("holdt", null=True)
    withdrawn_at = models.DateTimeField("trukket", null=True)

    objects = CalendarEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "kalenderpost"
        verbose_name_plural = "kalenderposter"
        ordering = ("date", "time", "id")
        indexes = [models.Index(fields=("agency", "date"), name="calendar_agency")]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.title


class ExpectedState(models.TextChoices):
    """The states add up to the number expected, for every period (K4). Late is never a state."""

    COMING = "coming", "Kommer"
    RECEIVED = "received", "Mottatt"
    NO_INPUT = "no_input", "Ingen innspill"
    EXCUSED = "excused", "Fritatt"
    NOT_ASKED = "not_asked", "Ikke bedt om"


class ExpectedDelivery(VersionedModel):
    """A report or input that the letter asks for on a date: the unit of the expected-delivery register."""

    outside_freezing: ClassVar[str] = "the life of an item, above the document"

    entry = models.ForeignKey(CalendarEntry, on_delete=models.PROTECT, null=True, related_name="expected")
    requirement = models.ForeignKey(ReportingRequirement, on_delete=models.PROTECT, null=True, related_name="expected")
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="expected")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="expected_deliveries")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    report_kind = models.ForeignKey("reporting.ReportKind", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField("hva", max_length=300)
    budget_year = models.PositiveSmallIntegerField("gjelder budsjettår", null=True)
    due = models.DateField("frist i brevet", null=True)
    deadline_version = models.PositiveIntegerField("fristversjon", default=1)
    state = models.CharField("tilstand", max_length=10, choices=ExpectedState, default=ExpectedState.COMING)
    received_on = models.DateField("mottatt", null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField("begrunnelse", blank=True)

    objects = ExpectedDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "ventet rapport eller innspill"
        verbose_name_plural = "ventede rapporter og innspill"
        ordering = ("due", "id")
        indexes = [models.Index(fields=("agency", "due", "state"), name="expected_agency")]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.title


class ReminderPlan(VersionedModel):
    """Reminders for an agency start by a person's act after a preview (decision C5).

    What was due to be sent before ``started_at`` is superseded, never sent by catch-up.
    """

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reminder_plans")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="startet av"
    )
    lead_days = models.JSONField("virkedager før", default=list)
    started_at = models.DateTimeField("startet")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField("stanset", null=True)
    preview = models.JSONField("forhåndsvisning", default=dict)

    class Meta:
        verbose_name = "påminnelsesplan"
        verbose_name_plural = "påminnelsesplaner"
        constraints = [
            models.UniqueConstraint(
                fields=("agency",), condition=Q(stopped_at__isnull=True), name="one_running_plan_per_agency"
            )
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"plan {self.agency_id}"


class ReminderState(models.TextChoices):
    """A reminder exists before it is due. «Usikker» and «levert» are said by its message."""

    PLANNED = "planned", "planlagt"
    QUEUED = "queued", "i kø"
    SENT = "sent", "sendt"
    SUPERSEDED = "superseded", "bortfalt"
    FAILED = "failed", "mislyktes"


class Reminder(BaseModel):
    """One planned reminder of one duty to one recipient at one lead time.

    ``lead`` is working days before the deadline (0 = the day itself, -1 = the day after). Unique on duty,
    deadline version, recipient, kind and lead, so that nothing is sent twice.
    """

    plan = models.ForeignKey(ReminderPlan, on_delete=models.PROTECT, related_name="reminders")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="reminders")
    expected = models.ForeignKey(ExpectedDelivery, on_delete=models.PROTECT, null=True, related_name="reminders")
    deadline = models.DateField("frist")
    deadline_version = models.PositiveIntegerField("fristversjon")
    kind = models.CharField("slag", max_length=20, default="deadline")
    lead = models.SmallIntegerField("virkedager før")
    recipient_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    to_address = models.EmailField("til")
    send_on = models.DateField("sendes")
    state = models.CharField("tilstand", max_length=10, choices=ReminderState, default=ReminderState.PLANNED)
    state_reason = models.CharField("hvorfor", max_length=300, blank=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="reminders")
    settled_at = models.DateTimeField("avgjort", null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        ordering = ("send_on", "id")
        indexes = [models.Index(fields=("state", "send_on"), name="reminder_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivery__isnull=False, expected__isnull=True)
                | Q(delivery__isnull=True, expected__isnull=False),
                name="reminder_one_duty",
            ),
            models.UniqueConstraint(
                fields=("delivery", "expected", "deadline_version", "to_address", "kind", "lead"),
                name="reminder_once",
                nulls_distinct=False,
            ),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.to_address} {self.send_on}"


class CalendarFeed(BaseModel):
    """A person's calendar for another program, reached by a secret address. Only the hash is kept; revocable."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+", verbose_name="rolle")
    digest = models.CharField("kontrollsum", max_length=64, unique=True)
    created_at = models.DateTimeField("laget")
    revoked_at = models.DateTimeField("trukket tilbake", null=True)
    last_used_on = models.DateField("sist hentet", null=True)

    class Meta:
        verbose_name = "kalenderabonnement"
        verbose_name_plural = "kalenderabonnementer"
        ordering = ("-id",)
        triggers = [keep()]

    def __str__(self) -> str:
        return f"abonnement {self.user_id}"
