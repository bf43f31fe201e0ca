"""A governing document: instruction, allocation letter, supplement, sub-agency letter (decision A1)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q

from agencies.models import Appointment, Organisation
from core.freezing import frozen_child, frozen_self, keep
from core.models import BaseModel, StoredFile, VersionedModel
from governance.headings import numbered
from governance.querysets import PassageQuerySet, SteeringDocumentQuerySet
from governance.states import DOCUMENT_STATES

DOCUMENT_TABLE = "governance_steeringdocument"


class Language(models.TextChoices):
    """Written norm of a document."""

    NB = "nb", "bokmål"
    NN = "nn", "nynorsk"


class DocumentFamily(models.TextChoices):
    """What a kind of document behaves like."""

    INSTRUCTION = "instruction", "instruks"
    LETTER = "letter", "tildelingsbrev"
    SUPPLEMENT = "supplement", "supplerende tildelingsbrev"


class DocumentKind(BaseModel):
    """A kind of document as data: what it is called, and which family it behaves like."""

    code = models.SlugField("kode", unique=True)
    family = models.CharField("oppfører seg som", max_length=20, choices=DocumentFamily)
    name_nb = models.CharField("bokmål", max_length=100)
    name_nn = models.CharField("nynorsk", max_length=100)
    series = models.CharField("bokstaver foran oppdragsnummer", max_length=20, blank=True)

    class Meta:
        verbose_name = "dokumenttype"
        verbose_name_plural = "dokumenttyper"

    def __str__(self) -> str:
        return self.name_nb


class DocumentState(models.TextChoices):
    """Where a document stands (governance.states). What is in force or replaced follows from dates, not a status."""

    DRAFT = "draft", "Utkast"
    HEARING = "hearing", "Til uttalelse"
    APPROVAL = "approval", "Til godkjenning"
    APPROVED = "approved", "Godkjent"
    ISSUED = "issued", "Utstedt"
    DISCARDED = "discarded", "Forkastet"


class Origin(models.TextChoices):
    """Made and issued here, or signed elsewhere and registered (decision C1)."""

    MADE_HERE = "made_here", "laget her"
    REGISTERED = "registered", "registrert"


class SteeringDocument(VersionedModel):
    """One document from one body to another. Frozen whole when ``frozen_at`` is set.

    ``document_date`` is the letter's own date; ``effective_on`` the first day it is in force (an instruction
    may be fixed before). ``sha256`` is the hash of the canonical snapshot; ``canonical_text`` the text that
    passages cut their ranges from (code points, NFC).
    """

    kind = models.ForeignKey(DocumentKind, on_delete=models.PROTECT, verbose_name="type")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="issued_documents")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="received_documents")
    supplements = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supplement_set",
        verbose_name="til brevet",
    )
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor_set", verbose_name="bygger på"
    )
    title = models.CharField("tittel", max_length=300)
    public_title = models.CharField("offentlig tittel", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("budsjettår", null=True, blank=True)
    number = models.PositiveSmallIntegerField("nummer i året", null=True, blank=True)
    language = models.CharField("målform", max_length=2, choices=Language, default=Language.NB)
    state = models.CharField("status", max_length=10, choices=DocumentState, default=DocumentState.DRAFT)
    origin = models.CharField("opphav", max_length=10, choices=Origin, default=Origin.MADE_HERE)
    document_date = models.DateField("dato", null=True, blank=True)
    effective_on = models.DateField("gjelder fra", null=True, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    document_number = models.CharField("dokumentnummer", max_length=40, blank=True)
    addressee = models.TextField("adressat", blank=True)
    place = models.CharField("sted", max_length=100, blank=True)
    legal_basis = models.TextField("hjemmel", blank=True)
    lapse_through_year = models.PositiveSmallIntegerField("oppdrag til og med år utgår", null=True, blank=True)
    canonical_text = models.TextField("tekst", blank=True)
    extractor = models.CharField("lest med", max_length=100, blank=True)
    has_text = models.BooleanField("teksten er registrert", default=True)
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="sist endret av",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="laget av",
    )
    issued_at = models.DateTimeField("utstedt", null=True, blank=True)
    frozen_at = models.DateTimeField("fryst", null=True, blank=True)
    sha256 = models.CharField("kontrollsum", max_length=64, blank=True)
    snapshot = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fryst innhold",
    )
    search = GeneratedField(
        expression=SearchVector("title", "canonical_text", config="norwegian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SteeringDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "styringsdokument"
        verbose_name_plural = "styringsdokumenter"
        ordering = ("-document_date", "-id")
        indexes = [
            models.Index(fields=("recipient", "year", "state"), name="document_recipient_year"),
            GinIndex(fields=("search",), name="document_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(frozen_at__isnull=False, document_date__isnull=False),
                name="document_issued_is_frozen",
            ),
            models.CheckConstraint(condition=~Q(issuer=F("recipient")), name="document_not_to_oneself"),
            models.UniqueConstraint(
                fields=("issuer", "recipient", "kind", "year", "number"),
                condition=Q(number__isnull=False, state="issued"),
                name="document_number_once",
            ),
        ]
        triggers = [
            frozen_self(),
            keep(),
            pgtrigger.FSM(name="state_steps", field="state", transitions=DOCUMENT_STATES.pairs()),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_issued(self) -> bool:
        """Sent or registered as sent."""
        return self.state == DocumentState.ISSUED

    @property
    def is_open(self) -> bool:
        """On its way: neither issued nor put away."""
        return self.state not in (DocumentState.ISSUED, DocumentState.DISCARDED)

    @property
    def is_editable(self) -> bool:
        """May be written in: a draft, also while the agency is heard. What is being approved is left alone."""
        return self.state in (DocumentState.DRAFT, DocumentState.HEARING)


class DocumentPart(BaseModel):
    """Base of everything that stands in a document and freezes with it."""

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="%(class)s_set")
    ordinal = models.PositiveIntegerField("rekkefølge", default=0)

    class Meta:
        abstract = True
        ordering = ("document_id", "ordinal", "id")
        triggers = [frozen_child(DOCUMENT_TABLE, "document_id")]


class DocumentFile(DocumentPart):
    """A file the document came as, or is sent as: source, reading copy, archive copy."""

    class Role(models.TextChoices):
        """What the file is for."""

        SOURCE = "source", "original"
        ATTACHMENT = "attachment", "vedlegg"

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("rolle", max_length=12, choices=Role, default=Role.SOURCE)

    class Meta(DocumentPart.Meta):
        verbose_name = "dokumentfil"
        verbose_name_plural = "dokumentfiler"

    def __str__(self) -> str:
        return f"{self.role} {self.file_id}"


class InstructionReplacement(DocumentPart):
    """An instruction replaces another; one may replace several (R-02)."""

    replaced = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="replaced_by_set")

    class Meta(DocumentPart.Meta):
        verbose_name = "erstattet instruks"
        verbose_name_plural = "erstattede instrukser"

    def __str__(self) -> str:
        return f"{self.document_id} → {self.replaced_id}"


class Signatory(DocumentPart):
    """A name under the document. ``by_authority`` is «(e.f.)»: on behalf of the one named (V-37)."""

    name = models.CharField("navn", max_length=200)
    title = models.CharField("tittel", max_length=200, blank=True)
    by_authority = models.BooleanField("(e.f.)", default=False)
    represented_name = models.CharField("på vegne av", max_length=200, blank=True)
    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rolle"
    )
    signed_at = models.DateTimeField("signert", null=True, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "signatur"
        verbose_name_plural = "signaturer"

    def __str__(self) -> str:
        return self.name


class PassageKind(models.TextChoices):
    """What became of a passage (V-40): nothing is lost."""

    STRUCTURED = "structured", "i rader"
    PROSE = "prose", "prosa"
    FURNITURE = "furniture", "topp- og bunntekst"


class Passage(DocumentPart):
    """A piece of the text, in order, verbatim. Structured data points here.

    ``text`` is what counts. ``rich`` is the same words with emphasis, lists and links as sanitised HTML, only in
    what was drafted here. ``chapter`` is the chapter of the template it stands in, for section owners.
    """

    chapter = models.SlugField("kapittel", max_length=40, blank=True)
    kind = models.CharField("hva den er", max_length=10, choices=PassageKind, default=PassageKind.PROSE)
    text = models.TextField("tekst")
    rich = models.TextField("formatert tekst", blank=True)
    start = models.PositiveIntegerField("fra tegn", null=True)
    end = models.PositiveIntegerField("til tegn", null=True)
    page = models.PositiveIntegerField("side", null=True)
    section_number = models.CharField("punkt", max_length=40, blank=True)
    heading_level = models.PositiveSmallIntegerField("overskriftsnivå", default=0)
    language = models.CharField("språk", max_length=2, choices=Language, default=Language.NB)

    objects = PassageQuerySet.as_manager()

    class Meta(DocumentPart.Meta):
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"

    @property
    def printed(self) -> str:
        """The words as they are read: a heading with its number in front."""
        return numbered(self.text, self.section_number, self.chapter) if self.heading_level else self.text

    def __str__(self) -> str:
        return f"{self.ordinal}: {self.text[:60]}"


class ItemPassage(DocumentPart):
    """A row rests on a passage; with ``field`` and a span it is the exact words of one field."""

    item = models.UUIDField("rad", db_index=True)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="item_links")
    field = models.CharField("felt", max_length=40, blank=True)
    start = models.PositiveIntegerField("fra tegn", null=True)
    end = models.PositiveIntegerField("til tegn", null=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "henvisning til avsnitt"
        verbose_name_plural = "henvisninger til avsnitt"

    def __str__(self) -> str:
        return f"{self.item} → {self.passage_id}"
