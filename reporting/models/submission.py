"""Handing a report in: the act, the files it froze into, and the ministry's answer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from agencies.models import Organisation
from core.freezing import append_only, keep
from core.models import BaseModel, StoredFile, VersionedModel
from reporting.models.report import Report
from reporting.querysets import FeedbackQuerySet


class Submission(BaseModel):
    """The act of submitting: by whom, when, on behalf of whom, or made outside and registered (decision C3)."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="submission")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    signed_by_name = models.CharField("signert av", max_length=200)
    signed_by_title = models.CharField("tittel", max_length=200, blank=True)
    by_authority = models.BooleanField("(e.f.)", default=False)
    represented_name = models.CharField("på vegne av", max_length=200, blank=True)
    signed_parts = models.JSONField("deler", default=list)
    sent_outside = models.BooleanField("sendt utenfor systemet", default=False)
    sender = models.CharField("avsender", max_length=200, blank=True)
    sent_on = models.DateField("sendt")
    archive_reference = models.CharField("arkivreferanse", max_length=80, blank=True)
    registered_by_name = models.CharField("registrert av", max_length=200, blank=True)
    registered_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("tidspunkt")

    class Meta:
        verbose_name = "innsending"
        verbose_name_plural = "innsendinger"
        triggers = [append_only()]

    outside_report_freezing: ClassVar[str] = "written in the act that freezes, append-only itself"

    def __str__(self) -> str:
        return f"innsending {self.report_id}"


class ReportFile(BaseModel):
    """A file of a report: reading copy (PDF/UA-1), archive copy (PDF/A-2a), or the PDF sent outside."""

    class Role(models.TextChoices):
        """What the file is for."""

        READING = "reading", "leseutgave"
        ARCHIVE = "archive", "arkivutgave"
        OUTSIDE = "outside", "sendt utenfor systemet"
        PREVIEW = "preview", "forhåndsvisning"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rolle", max_length=10, choices=Role)
    pages = models.PositiveIntegerField("sider", null=True)
    record = models.JSONField("laget med", default=dict)
    made_at = models.DateTimeField("laget")

    outside_report_freezing: ClassVar[str] = "rendered after the content is frozen"

    class Meta:
        verbose_name = "rapportfil"
        verbose_name_plural = "rapportfiler"
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.role


class Feedback(VersionedModel):
    """The ministry's answer to a report: draft on its own side, then sent (R-38b, domain 3.10)."""

    class State(models.TextChoices):
        """Draft or sent."""

        DRAFT = "draft", "utkast"
        SENT = "sent", "sendt"

    outside_report_freezing: ClassVar[str] = "the other side's answer to a frozen report"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="feedback")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("tilstand", max_length=6, choices=State, default=State.DRAFT)
    text = models.TextField("tilbakemelding")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("sendt", null=True)
    sent_by_name = models.CharField("sendt av", max_length=200, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "tilbakemelding"
        verbose_name_plural = "tilbakemeldinger"
        ordering = ("id",)
        triggers = [keep()]

    def __str__(self) -> str:
        return f"tilbakemelding {self.report_id}"
