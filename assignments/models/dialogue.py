"""Status, answers, assessments and remarks: what each side says, internal until shared (decision C2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from agencies.models import Organisation
from assignments.models.assignment import Assignment, Delivery
from assignments.querysets import RemarkQuerySet
from core.freezing import append_only, keep
from core.models import Audience, BaseModel, StoredFile, VersionedModel


class ProgressCode(models.TextChoices):
    """The agency's own word for how it goes."""

    ON_TRACK = "on_track", "I rute"
    AT_RISK = "at_risk", "Fare for avvik"
    LATE = "late", "Forsinket"
    DONE = "done", "Ferdig"


class StatusDraft(VersionedModel):
    """The agency's internal status of an assignment; nobody outside the agency sees it."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="status_draft")
    progress = models.CharField("framdrift", max_length=10, choices=ProgressCode, default=ProgressCode.ON_TRACK)
    text = models.TextField("status", blank=True)
    expected_on = models.DateField("forventet ferdig", null=True, blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField("lagret", null=True)

    class Meta:
        verbose_name = "statusutkast"
        verbose_name_plural = "statusutkast"
        triggers = [keep()]

    def __str__(self) -> str:
        return f"utkast {self.assignment_id}"


class StatusVersion(BaseModel):
    """A dated, immutable shared status. The ministry sees these only."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="status_versions")
    number = models.PositiveIntegerField("versjon")
    progress = models.CharField("framdrift", max_length=10, choices=ProgressCode)
    text = models.TextField("status")
    expected_on = models.DateField("forventet ferdig", null=True)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shared_by_name = models.CharField("delt av", max_length=200)
    shared_at = models.DateTimeField("delt")

    class Meta:
        verbose_name = "delt status"
        verbose_name_plural = "delte statuser"
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("assignment", "number"), name="status_version_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"versjon {self.number}"


class Answer(BaseModel):
    """An answer to a delivery: uploaded here, or sent outside and registered by either side (decision C3)."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField("nummer", default=1)
    text = models.TextField("følgetekst", blank=True)
    sent_outside = models.BooleanField("sendt utenfor systemet", default=False)
    sent_on = models.DateField("sendt")
    sender = models.CharField("avsender", max_length=200)
    archive_reference = models.CharField("arkivreferanse", max_length=80, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="fra")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_by_name = models.CharField("registrert av", max_length=200)
    registered_for = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="registrert på vegne av",
    )
    at = models.DateTimeField("registrert")

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ("id",)
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"svar {self.number}"


class AnswerFile(BaseModel):
    """A file of an answer."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "svarvedlegg"
        verbose_name_plural = "svarvedlegg"
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.file_id)


class AssessmentResult(models.TextChoices):
    """What the ministry says of an answer."""

    UNDER_ASSESSMENT = "under_assessment", "Under vurdering"
    RETURNED = "returned", "Returnert"
    ASSESSED = "assessed", "Vurdert uten oppfølging"
    FOLLOWED_UP = "followed_up", "Fulgt opp"


class Assessment(BaseModel):
    """One step of the ministry's handling of an answer. Closing is no endorsement of the content."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="assessments")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="assessments")
    result = models.CharField("resultat", max_length=16, choices=AssessmentResult)
    reason = models.TextField("begrunnelse", blank=True)
    follow_up = models.CharField("fulgt opp i", max_length=300, blank=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assessed_by_name = models.CharField("vurdert av", max_length=200)
    at = models.DateTimeField("vurdert")

    class Meta:
        verbose_name = "vurdering"
        verbose_name_plural = "vurderinger"
        ordering = ("id",)
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.result


class Remark(BaseModel):
    """A remark on an assignment: internal to one organisation, or shared. Never a steering signal (decision C4)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="remarks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField("hvem ser", max_length=10, choices=Audience, default=Audience.INTERNAL)
    text = models.TextField("tekst")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField("skrevet av", max_length=200)
    at = models.DateTimeField("skrevet")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "merknad"
        verbose_name_plural = "merknader"
        ordering = ("-id",)
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.text[:60]


class SavedView(BaseModel):
    """A person's own view of the list: a name for a filter, shown with its count."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("navn", max_length=40)
    query = models.CharField("filter", max_length=500)
    created_at = models.DateTimeField("lagret", auto_now_add=True)
    removed_at = models.DateTimeField("fjernet", null=True)

    class Meta:
        verbose_name = "lagret visning"
        verbose_name_plural = "lagrede visninger"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=("user", "name"), condition=models.Q(removed_at__isnull=True), name="saved_view_once"
            )
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.name


class DeadlineRequest(BaseModel):
    """The agency asks for another deadline. It changes nothing; the ministry decides (decision C4)."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="requests")
    wanted = models.DateField("ønsket frist")
    reason = models.TextField("begrunnelse")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField("bedt om av", max_length=200)
    asked_at = models.DateTimeField("bedt om")
    deadline_version = models.PositiveIntegerField("gjaldt fristversjon")
    declined_at = models.DateTimeField("avslått", null=True)
    declined_reason = models.TextField("hvorfor avslått", blank=True)

    class Meta:
        verbose_name = "ønske om ny frist"
        verbose_name_plural = "ønsker om ny frist"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=("delivery", "deadline_version"), name="deadline_request_once")]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.wanted}"
