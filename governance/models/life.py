"""What happens around a document without being in it: findings, dispatches, journal, numbers.

None of these freezes with the document; each says why in ``outside_freezing``.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import DatedModel, Organisation, OrganisationKind
from core.freezing import append_only, keep
from core.models import BaseModel, StoredFile, VersionedModel
from governance.models.document import SteeringDocument
from governance.models.items import CorrespondenceType
from governance.querysets import DispatchQuerySet, FindingQuerySet, JournalEntryQuerySet


class Severity(models.TextChoices):
    """F stops, A must be acknowledged, I informs."""

    STOPS = "F", "Stopper"
    WARNING = "A", "Advarsel"
    INFORMATION = "I", "Til orientering"


class FindingState(models.TextChoices):
    """A finding stands until it is mended or acknowledged with a reason."""

    OPEN = "open", "åpent"
    ACKNOWLEDGED = "acknowledged", "bekreftet"
    RESOLVED = "resolved", "rettet"


class Finding(BaseModel):
    """What a check of the registry found, with a pointer to the row or passage.

    ``content_digest`` is of its sentence and of the row or passage: when that changes, an acknowledgement opens again;
    reason and name stay, so that the page can tell what was said of it before.
    """

    outside_freezing: ClassVar[str] = "a judgement about the document, made before and after it was sent"

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="findings")
    document_import = models.ForeignKey(
        "governance.DocumentImport", on_delete=models.PROTECT, null=True, related_name="findings"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="findings")
    check_id = models.CharField("kontroll", max_length=20)
    severity = models.CharField("alvor", max_length=1, choices=Severity)
    message = models.TextField("setning")
    place = models.CharField("sted", max_length=200, blank=True)
    item = models.UUIDField("rad", null=True, blank=True)
    passage = models.UUIDField("avsnitt", null=True, blank=True)
    state = models.CharField("tilstand", max_length=12, choices=FindingState, default=FindingState.OPEN)
    reason = models.TextField("begrunnelse", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True)
    content_digest = models.CharField("kontrollsum av det funnet gjelder", max_length=64, blank=True)
    created_at = models.DateTimeField("funnet", auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "funn"
        verbose_name_plural = "funn"
        ordering = ("severity", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("document", "document_import", "check_id", "item", "passage", "place"),
                condition=Q(state="open"),
                name="finding_once",
                nulls_distinct=False,
            )
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.check_id} {self.message}"


class DispatchState(models.TextChoices):
    """«Registrert» is never shown as sent (decision C6)."""

    PLANNED = "planned", "planlagt"
    REGISTERED = "registered", "registrert"
    SENT = "sent", "sendt"
    FAILED = "failed", "mislyktes"


class Dispatch(BaseModel):
    """One thing sent to one recipient, as addressee or as copy. The subject may be a letter or a report.

    ``opened_at`` is the first time the addressee's own people saw it while signed in; never kept for copies, so
    never for the auditor (decision C6). ``reason`` says why a dispatch was made after the first ones.
    """

    class Role(models.TextChoices):
        """Addressee, copy, or word to one who got a copy by mistake."""

        TO = "to", "til"
        COPY = "copy", "kopi"
        RECALL = "recall", "tilbakekalt kopi"

    subject_type = models.CharField("gjelder", max_length=80)
    subject = models.UUIDField("gjelder id", db_index=True)
    title = models.CharField("tittel", max_length=300)
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dispatches_out")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dispatches_in")
    address = models.EmailField("adresse", blank=True)
    role = models.CharField("rolle", max_length=6, choices=Role, default=Role.TO)
    correspondence = models.CharField("slag", max_length=20, blank=True)
    basis = models.CharField("regel", max_length=300, blank=True)
    simultaneous = models.BooleanField("samtidig", default=False)
    state = models.CharField("tilstand", max_length=12, choices=DispatchState, default=DispatchState.PLANNED)
    channel = models.CharField("kanal", max_length=40, blank=True)
    planned_at = models.DateTimeField("planlagt", null=True)
    sent_at = models.DateTimeField("sendt", null=True)
    claimed_at = models.DateTimeField("tatt av arbeider", null=True)
    message_id = models.CharField("meldings-id", max_length=255, blank=True)
    receipt = models.TextField("kvittering", blank=True)
    reason = models.TextField("hvorfor den er sendt i tillegg", blank=True)
    opened_at = models.DateTimeField("åpnet av adressaten", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("forsøk", default=0)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "forsendelse"
        verbose_name_plural = "forsendelser"
        ordering = ("id",)
        indexes = [models.Index(fields=("recipient", "state"), name="dispatch_recipient")]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="dispatch_sent_has_time")
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.title} → {self.recipient_id}"


class JournalState(models.TextChoices):
    """Freezing is not archiving (decision C7)."""

    WAITING = "waiting", "venter på journalføring"
    EXPORTED = "exported", "overført, venter på kvittering"
    JOURNALLED = "journalled", "journalført"
    FAILED = "failed", "mislyktes"


class JournalEntry(VersionedModel):
    """A sent or received document waits in one party's queue until the archive has it."""

    class Direction(models.TextChoices):
        """Journal document types of the archive standard."""

        INCOMING = "I", "inngående"
        OUTGOING = "U", "utgående"
        INTERNAL = "N", "internt"
        NOTE = "X", "notat"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="journal_entries")
    counterpart = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField("gjelder", max_length=80)
    subject = models.UUIDField("gjelder id", db_index=True)
    direction = models.CharField("type", max_length=1, choices=Direction)
    title = models.CharField("tittel", max_length=300)
    public_title = models.CharField("offentlig tittel", max_length=300, blank=True)
    document_date = models.DateField("dokumentdato")
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    document_number = models.CharField("dokumentnummer", max_length=40, blank=True)
    access_code = models.CharField("tilgangskode", max_length=20, blank=True)
    access_basis = models.CharField("hjemmel", max_length=200, blank=True)
    access_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    access_proposed_at = models.DateTimeField("foreslått", null=True, blank=True)
    sha256 = models.CharField("kontrollsum", max_length=64, blank=True)
    state = models.CharField("tilstand", max_length=12, choices=JournalState, default=JournalState.WAITING)
    journalled_at = models.DateTimeField("journalført", null=True, blank=True)
    exported_at = models.DateTimeField("overført til arkivet", null=True, blank=True)
    package_sha256 = models.CharField("kontrollsum for pakken", max_length=64, blank=True)
    problem = models.TextField("hvorfor overføringen mislyktes", blank=True)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "journalpost"
        verbose_name_plural = "journalposter"
        ordering = ("created_at", "id")
        indexes = [models.Index(fields=("organisation", "state", "created_at"), name="journal_queue")]
        constraints = [
            models.UniqueConstraint(fields=("organisation", "subject", "direction"), name="journal_once"),
            models.CheckConstraint(
                condition=~Q(state="journalled") | ~Q(document_number=""), name="journal_has_number"
            ),
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return self.title


class Rendition(BaseModel):
    """A letter as it was rendered after issue: the copy to read (PDF/UA-1) and the one for the archive (PDF/A-2a).

    The copy to read goes out of the house, so what is exempt stands in it as a shell; the archive copy is whole.
    """

    class Role(models.TextChoices):
        """What the file is for."""

        READING = "reading", "leseutgave"
        ARCHIVE = "archive", "arkivutgave"
        PREVIEW = "preview", "forhåndsvisning"

    outside_freezing: ClassVar[str] = "rendered after the content is frozen"

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="renditions")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rolle", max_length=10, choices=Role)
    pages = models.PositiveIntegerField("sider", null=True)
    record = models.JSONField("laget med", default=dict)
    made_at = models.DateTimeField("laget")

    class Meta:
        verbose_name = "utgave av dokument"
        verbose_name_plural = "utgaver av dokument"
        ordering = ("-id",)
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.role


class NumberReservation(BaseModel):
    """Numbers are reserved in drafts and never used again; a gap has its explanation (decision A10)."""

    outside_freezing: ClassVar[str] = "the ledger of numbers outlives every document"

    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    given_to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    series = models.CharField("serie", max_length=40)
    year = models.PositiveSmallIntegerField("år")
    number = models.PositiveIntegerField("nummer")
    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="reservations")
    reserved_at = models.DateTimeField("reservert")
    gap_reason = models.TextField("hvorfor nummeret ikke er brukt", blank=True)

    class Meta:
        verbose_name = "reservert nummer"
        verbose_name_plural = "reserverte numre"
        constraints = [
            models.UniqueConstraint(fields=("issuer", "given_to", "series", "year", "number"), name="number_once")
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.series}{self.year}-{self.number}"


class StatutoryCopy(DatedModel):
    """The copies the regulation itself requires, also where no instruction is registered (R-20, decision C6).

    Goes to every active organisation of the kind, for the kinds of correspondence the rule names.
    """

    correspondence = models.CharField("gjelder", max_length=20, choices=CorrespondenceType)
    recipient_kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField("hjemmel", max_length=200)

    class Meta:
        verbose_name = "lovbestemt kopi"
        verbose_name_plural = "lovbestemte kopier"

    def __str__(self) -> str:
        return f"{self.correspondence} → {self.recipient_kind_id}"


class WrittenNormRule(DatedModel):
    """The least share of each written norm in what a central state body makes public in a year (språklova § 13)."""

    share = models.PositiveSmallIntegerField("minste andel i prosent")
    basis = models.CharField("hjemmel", max_length=200)

    class Meta:
        verbose_name = "krav til målform"
        verbose_name_plural = "krav til målform"
        constraints = [models.CheckConstraint(condition=Q(share__lte=50), name="written_norm_share_possible")]

    def __str__(self) -> str:
        return f"{self.share} %: {self.basis}"
