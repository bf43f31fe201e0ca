"""Those who are heard and asked before a document is issued: the agency, the departments, the approvers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import DatedModel, Department, Organisation
from core.freezing import append_only, keep
from core.models import BaseModel, StoredFile, VersionedModel
from governance.models.document import DocumentKind, SteeringDocument
from governance.models.drafting import WORK
from governance.querysets import ApprovalStepQuerySet, HearingQuerySet, InputRequestQuerySet


class HearingRound(VersionedModel):
    """The agency says its opinion of a draft: what it was shown is frozen, its words come per row.

    ``shown`` is the canonical snapshot the agency reads; later edits of the draft do not reach it.
    """

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="hearings")
    number = models.PositiveSmallIntegerField("runde", default=1)
    message = models.TextField("følgetekst", blank=True)
    deadline = models.DateField("frist")
    shown = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("kontrollsum", max_length=64)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("sendt til uttalelse")
    answer = models.TextField("uttalelse", blank=True)
    no_remarks = models.BooleanField("ingen merknader", default=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by_name = models.CharField("uttalt av", max_length=200, blank=True)
    answered_at = models.DateTimeField("uttalt", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("avsluttet", null=True, blank=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = "høringsrunde"
        verbose_name_plural = "høringsrunder"
        ordering = ("document_id", "number")
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="hearing_number_once"),
            models.UniqueConstraint(fields=("document",), condition=Q(closed_at__isnull=True), name="hearing_one_open"),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"runde {self.number}"


class InputRound(VersionedModel):
    """Departments are asked for proposals to a draft, with a deadline."""

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="input_rounds")
    number = models.PositiveSmallIntegerField("runde", default=1)
    message = models.TextField("følgetekst", blank=True)
    deadline = models.DateField("frist")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("sendt ut")
    closed_at = models.DateTimeField("avsluttet", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "innspillsrunde"
        verbose_name_plural = "innspillsrunder"
        ordering = ("document_id", "number")
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="input_round_number_once"),
            models.UniqueConstraint(
                fields=("document",), condition=Q(closed_at__isnull=True), name="input_round_one_open"
            ),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"runde {self.number}"


class InputState(models.TextChoices):
    """What a department has said. «Ingen innspill» is an answer; silence is not."""

    ASKED = "asked", "ikke svart"
    ANSWERED = "answered", "har gitt innspill"
    NO_INPUT = "no_input", "ingen innspill"


class InputRequest(VersionedModel):
    """One department asked in a round."""

    outside_freezing: ClassVar[str] = WORK

    round = models.ForeignKey(InputRound, on_delete=models.PROTECT, related_name="requests")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="input_requests")
    state = models.CharField("svar", max_length=10, choices=InputState, default=InputState.ASKED)
    text = models.TextField("innspill", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by_name = models.CharField("besvart av", max_length=200, blank=True)
    answered_at = models.DateTimeField("besvart", null=True, blank=True)
    reminded_at = models.DateTimeField("sist påminnet", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("påminnelser", default=0)

    objects = InputRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "bestilt innspill"
        verbose_name_plural = "bestilte innspill"
        ordering = ("round_id", "id")
        constraints = [models.UniqueConstraint(fields=("round", "department"), name="input_request_once")]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.department_id}: {self.state}"


class StepKind(models.TextChoices):
    """What an approver looks at."""

    PROFESSIONAL = "professional", "faglig godkjenning"
    BUDGET = "budget", "budsjettmessig godkjenning"
    LEADERSHIP = "leadership", "godkjenning i linjen"
    POLITICAL = "political", "politisk klarering"


class StepState(models.TextChoices):
    """Where a step stands. A change in the text after approval makes the step void."""

    WAITING = "waiting", "venter"
    APPROVED = "approved", "godkjent"
    RETURNED = "returned", "sendt tilbake"
    VOID = "void", "falt bort"


class ApprovalStep(VersionedModel):
    """One approval on the way to signature. Steps of the same ``order`` run side by side.

    A step is decided here by the named approver or a stand-in, or was decided in the case and archive system and is
    registered with its reference. ``document_version`` is the version that was approved.
    """

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="approval_steps")
    route = models.PositiveSmallIntegerField("runde", default=1)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)
    kind = models.CharField("slag", max_length=12, choices=StepKind, default=StepKind.PROFESSIONAL)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="approval_steps"
    )
    approver_text = models.CharField("hvem", max_length=200, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("tilstand", max_length=10, choices=StepState, default=StepState.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField("avgjort av", max_length=200, blank=True)
    represented_name = models.CharField("på vegne av", max_length=200, blank=True)
    by_authority = models.BooleanField("(e.f.)", default=False)
    decided_at = models.DateTimeField("avgjort", null=True, blank=True)
    reason = models.TextField("begrunnelse", blank=True)
    external_reference = models.CharField("godkjent i sak/arkiv", max_length=80, blank=True)
    document_version = models.PositiveIntegerField("godkjent versjon", null=True, blank=True)

    objects = ApprovalStepQuerySet.as_manager()

    class Meta:
        verbose_name = "godkjenningstrinn"
        verbose_name_plural = "godkjenningstrinn"
        ordering = ("document_id", "route", "order", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "void")) | Q(decided_at__isnull=False),
                name="approval_decided_has_time",
            )
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def who(self) -> str:
        """Whose step it is: the person, the title that was written, or the department's code."""
        if self.approver is not None:
            return str(self.approver)
        return self.approver_text or (self.department.code if self.department is not None else "")

    @property
    def words(self) -> str:
        """What the step is and whose, for a sentence."""
        return f"{self.get_kind_display()} ({self.who})" if self.who else self.get_kind_display()


class ApprovalTemplateStep(DatedModel):
    """One step of the usual route for a kind of document in an organisation; copied into a draft, changed there."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="approval_templates")
    document_kind = models.ForeignKey(DocumentKind, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)
    kind = models.CharField("slag", max_length=12, choices=StepKind, default=StepKind.PROFESSIONAL)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approver_text = models.CharField("hvem", max_length=200, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "trinn i godkjenningsmal"
        verbose_name_plural = "trinn i godkjenningsmaler"
        ordering = ("organisation_id", "document_kind_id", "order", "id")
        indexes = [models.Index(fields=("organisation", "document_kind"), name="approval_template_kind")]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.order} {self.kind}"


class RoundReminder(BaseModel):
    """One reminder of a deadline of an input round or a hearing, sent inside the organisation that asked.

    ``lead`` is working days before the deadline (negative after it); null is one a person sent by hand. The
    constraints make a reminder of the same deadline leave once, whatever the number of workers or outages.
    """

    request = models.ForeignKey(InputRequest, on_delete=models.PROTECT, null=True, related_name="sent_reminders")
    hearing = models.ForeignKey(HearingRound, on_delete=models.PROTECT, null=True, related_name="sent_reminders")
    deadline = models.DateField("frist")
    lead = models.SmallIntegerField("virkedager før", null=True)
    message_id = models.CharField("meldings-id", max_length=255, blank=True)
    problem = models.CharField("hvorfor den ikke gikk", max_length=200, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("tidspunkt")

    class Meta:
        verbose_name = "påminnelse om runde"
        verbose_name_plural = "påminnelser om runder"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=("request", "deadline", "lead"), condition=Q(lead__isnull=False), name="input_reminder_once"
            ),
            models.UniqueConstraint(
                fields=("hearing", "deadline", "lead"), condition=Q(lead__isnull=False), name="hearing_reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=True, hearing__isnull=False)
                | Q(request__isnull=False, hearing__isnull=True),
                name="round_reminder_one_round",
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.deadline} {self.lead}"
