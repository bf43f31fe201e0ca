"""E-mail as rows: what is to be sent, what became of it (decision D1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.freezing import append_only, keep
from core.models.base import BaseModel
from core.models.stored_file import StoredFile


class MessageState(models.TextChoices):
    """Delivered = the relay accepted it. «Usikker» = the worker fell silent while handing it over."""

    QUEUED = "queued", "venter"
    SENDING = "sending", "sendes"
    SENT = "sent", "levert til postsystemet"
    UNCERTAIN = "uncertain", "usikker"
    FAILED = "failed", "mislyktes"
    BOUNCED = "bounced", "kom i retur"


OPEN_MESSAGE_STATES = ("queued", "sending")


class Message(BaseModel):
    """One e-mail with a fixed Message-ID; it may carry many reminders or one dispatch.

    ``organisation`` is the uuid of the side that sends. ``handed_at`` is written just before the body is given
    to the relay, ``handovers`` counts how often that began: a row found with ``handed_at`` set and no answer
    is tried once more with the same Message-ID, never a third time, and then says «usikker».
    """

    message_id = models.CharField("meldings-id", max_length=255, unique=True)
    organisation = models.UUIDField("avsender", null=True)
    purpose = models.CharField("formål", max_length=60)
    about_type = models.CharField("gjelder", max_length=80, blank=True)
    about = models.UUIDField("gjelder id", null=True, db_index=True)
    recipient_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="mottaker"
    )
    to_address = models.EmailField("til")
    reply_to = models.EmailField("svar til", blank=True)
    subject = models.CharField("emne", max_length=300)
    text = models.TextField("tekst")
    html = models.TextField("html", blank=True)
    state = models.CharField("tilstand", max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField("forsøk", default=0)
    handovers = models.PositiveSmallIntegerField("påbegynte overleveringer", default=0)
    not_before = models.DateTimeField("tidligst")
    claimed_at = models.DateTimeField("tatt", null=True)
    handed_at = models.DateTimeField("overlevering begynt", null=True)
    sent_at = models.DateTimeField("levert", null=True)
    settled_at = models.DateTimeField("avgjort", null=True)
    problem = models.TextField("feil", blank=True)
    created_at = models.DateTimeField("laget", auto_now_add=True)

    class Meta:
        verbose_name = "e-post"
        verbose_name_plural = "e-poster"
        indexes = [
            models.Index(fields=("state", "not_before"), name="message_due"),
            models.Index(fields=("to_address", "-id"), name="message_recipient"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(handovers__lte=2), name="message_leaves_at_most_twice"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_has_time"),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.subject


class MessageFile(BaseModel):
    """A file that goes with an e-mail."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField("rekkefølge", default=0)

    class Meta:
        verbose_name = "e-postvedlegg"
        verbose_name_plural = "e-postvedlegg"
        ordering = ("message_id", "ordinal", "id")
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.file_id)
