"""What stands in a document as rows. Items never change after issue (decision A2)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from agencies.models import DatedModel, Department, Organisation
from governance.models.document import DocumentPart, SteeringDocument
from governance.models.goals import Goal


class ItemChange(models.TextChoices):
    """What a letter does with an assignment: gives it, explains it, moves its deadline, takes it back."""

    NEW = "new", "nytt"
    CLARIFIED = "clarified", "presisert"
    MOVED = "moved", "flyttet frist"
    WITHDRAWN = "withdrawn", "trukket"


class AssignmentItem(DocumentPart):
    """An assignment as the document words it. Its life is ``assignments.Assignment``.

    Number key: (issuer, given to, series, year, number, suffix), with ``reference`` as written beside
    (decision A10, R-10 to R-14).
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="assignment_items")
    reference = models.CharField("nummer, slik det står", max_length=60, blank=True)
    series = models.CharField("serie", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)
    number = models.PositiveIntegerField("løpenummer", null=True, blank=True)
    suffix = models.CharField("bokstav", max_length=5, blank=True)
    title = models.TextField("tittel")
    body = models.TextField("tekst", blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="avdeling"
    )
    department_text = models.CharField("avdeling, slik den står", max_length=200, blank=True)
    change = models.CharField("hva brevet gjør", max_length=10, choices=ItemChange, default=ItemChange.NEW)
    changes_reference = models.CharField("gjelder tidligere oppdrag", max_length=60, blank=True)
    standing = models.BooleanField("stående oppdrag", default=False)
    recipients = ArrayField(models.CharField(max_length=200), default=list, verbose_name="mottakere, slik de står")
    restricted = models.BooleanField("unntatt offentlighet", default=False)
    restricted_basis = models.CharField("hjemmel", max_length=200, blank=True)
    restricted_title = models.CharField("offentlig tittel", max_length=300, blank=True)
    restricted_by = models.CharField("ansvarlig for unntaket", max_length=200, blank=True)
    no_deadline_text = models.BooleanField("brevet nevner ingen frist", default=False)

    class Meta(DocumentPart.Meta):
        verbose_name = "oppdrag i dokument"
        verbose_name_plural = "oppdrag i dokument"
        indexes = [models.Index(fields=("series", "year", "number"), name="assignment_item_number")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class DeadlineKind(models.TextChoices):
    """The forms a deadline takes in letters (domain 3.4)."""

    DATE = "date", "dato"
    DATE_TIME = "date_time", "dato og klokkeslett"
    DIALOG = "dialog", "avtales i dialog"
    RECURRING = "recurring", "gjentas"
    EVENT = "event", "knyttet til en hendelse"
    IMMEDIATE = "immediate", "straks"
    ONGOING = "ongoing", "løpende"
    NONE = "none", "uten frist"


class ProductKind(models.TextChoices):
    """What is to be delivered (decision A6)."""

    PRELIMINARY = "preliminary", "foreløpig vurdering"
    STATUS = "status", "statusrapport"
    PLAN = "plan", "plan"
    DRAFT = "draft", "utkast"
    MEETING = "meeting", "møte"
    FINAL = "final", "endelig leveranse"
    OTHER = "other", "leveranse"


class DeliveryItem(DocumentPart):
    """One delivery an assignment asks for, with the deadline as written."""

    assignment_item = models.ForeignKey(AssignmentItem, on_delete=models.PROTECT, related_name="delivery_items")
    part = models.CharField("del", max_length=100, blank=True)
    anchor = models.CharField("underpunkt", max_length=20, blank=True)
    title = models.CharField("hva", max_length=300, blank=True)
    product = models.CharField("slag", max_length=12, choices=ProductKind, default=ProductKind.OTHER)
    deadline_kind = models.CharField("fristens form", max_length=10, choices=DeadlineKind, default=DeadlineKind.NONE)
    deadline_text = models.CharField("frist, slik den står", max_length=300, blank=True)
    deadline = models.DateField("frist", null=True, blank=True)
    deadline_time = models.TimeField("klokkeslett", null=True, blank=True)
    doubtful = models.BooleanField("under avklaring", default=False)
    doubt = models.TextField("hvorfor fristen er i tvil", blank=True)
    not_extendable = models.BooleanField("kan ikke fravikes", default=False)
    tentative = models.BooleanField("tentativ", default=False)
    optional = models.BooleanField("mulig delleveranse", default=False)
    per_year = models.PositiveSmallIntegerField("ganger i året", null=True, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "leveranse i dokument"
        verbose_name_plural = "leveranser i dokument"

    def __str__(self) -> str:
        return f"{self.part} {self.deadline_text}"


class CalendarKind(models.TextChoices):
    """What a calendar entry is."""

    MEETING = "meeting", "møte"
    REPORT = "report", "rapport eller innspill"
    PUBLICATION = "publication", "publisering"
    OTHER = "other", "annet"


class CalendarItem(DocumentPart):
    """A row of the governance calendar. The written date is never moved."""

    kind = models.CharField("slag", max_length=12, choices=CalendarKind, default=CalendarKind.REPORT)
    date = models.DateField("dato", null=True, blank=True)
    date_text = models.CharField("dato, slik den står", max_length=100, blank=True)
    end_date = models.DateField("sluttdato", null=True, blank=True)
    time = models.TimeField("klokkeslett", null=True, blank=True)
    end_time = models.TimeField("slutt", null=True, blank=True)
    place = models.CharField("sted", max_length=200, blank=True)
    title = models.TextField("hva")
    note = models.TextField("merknad", blank=True)
    budget_year = models.PositiveSmallIntegerField("gjelder budsjettår", null=True, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "kalenderpost i dokument"
        verbose_name_plural = "kalenderposter i dokument"

    def __str__(self) -> str:
        return f"{self.date_text} {self.title}"


class RequirementWhen(models.TextChoices):
    """When or where a reporting requirement is answered."""

    DATE = "date", "på dato"
    ANNUAL_REPORT = "annual_report", "i årsrapporten"
    ACTIVITY_REPORT = "activity_report", "i virksomhetsrapporten"
    BUDGET_REPORT = "budget_report", "i budsjett- og regnskapsrapporten"
    EVENT = "event", "ved hendelse"
    IMMEDIATE = "immediate", "straks"
    RECURRING = "recurring", "gjentas"
    ONGOING = "ongoing", "løpende"


class ReportingRequirement(DocumentPart):
    """Something the agency must report. All must stand in the letter or a supplement (R-30)."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements")
    calendar_item = models.ForeignKey(
        CalendarItem, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    reference = models.CharField("nummer", max_length=40, blank=True)
    title = models.TextField("krav")
    text = models.TextField("ordlyd", blank=True)
    when = models.CharField("når", max_length=20, choices=RequirementWhen, default=RequirementWhen.DATE)
    due = models.DateField("frist", null=True, blank=True)
    due_text = models.CharField("frist, slik den står", max_length=200, blank=True)
    per_year = models.PositiveSmallIntegerField("ganger i året", null=True, blank=True)
    copy_to_auditor = models.BooleanField("kopi til Riksrevisjonen", default=False)
    section = models.CharField("punkt", max_length=40, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "rapporteringskrav"
        verbose_name_plural = "rapporteringskrav"

    def __str__(self) -> str:
        return self.title


class Authorisation(DocumentPart):
    """A delegated power, with limit in whole kroner and dates (R-60 to R-64)."""

    kind = models.CharField("slag", max_length=60, blank=True)
    title = models.TextField("fullmakt")
    text = models.TextField("ordlyd", blank=True)
    limit = models.BigIntegerField("beløpsgrense i kroner", null=True, blank=True)
    valid_from = models.DateField("fra og med", null=True, blank=True)
    valid_to = models.DateField("til og med", null=True, blank=True)
    bodies = ArrayField(models.CharField(max_length=200), default=list, verbose_name="gjelder for")
    expense_posts = ArrayField(models.CharField(max_length=12), default=list, verbose_name="utgiftsposter")
    income_posts = ArrayField(models.CharField(max_length=12), default=list, verbose_name="inntektsposter")

    class Meta(DocumentPart.Meta):
        verbose_name = "fullmakt"
        verbose_name_plural = "fullmakter"

    def __str__(self) -> str:
        return self.title


class DirectiveEdition(DatedModel):
    """A government-wide guidance as one circular words it for one year: letters point at the edition they carry.

    A new circular is new rows; the letter that went out before it keeps the old ones and gets the new attached
    by a supplement.
    """

    code = models.SlugField("kode", max_length=60)
    circular = models.CharField("rundskriv", max_length=40)
    year = models.PositiveSmallIntegerField("år")
    title_nb = models.CharField("tittel, bokmål", max_length=300)
    title_nn = models.CharField("tittel, nynorsk", max_length=300, blank=True)
    text_nb = models.TextField("tekst, bokmål", blank=True)
    text_nn = models.TextField("tekst, nynorsk", blank=True)

    class Meta:
        verbose_name = "utgave av fellesføring"
        verbose_name_plural = "utgaver av fellesføringer"
        ordering = ("-year", "circular", "id")
        constraints = [models.UniqueConstraint(fields=("code", "circular", "year"), name="directive_edition_once")]

    def __str__(self) -> str:
        return f"{self.circular}: {self.title_nb}"


class CommonDirective(DocumentPart):
    """A government-wide guidance (fellesføring), with its circular and year."""

    title = models.TextField("fellesføring")
    text = models.TextField("ordlyd", blank=True)
    circular = models.CharField("rundskriv", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)
    edition = models.ForeignKey(
        DirectiveEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="uses", verbose_name="utgave"
    )

    class Meta(DocumentPart.Meta):
        verbose_name = "fellesføring"
        verbose_name_plural = "fellesføringer"

    def __str__(self) -> str:
        return self.title


class CitationKind(models.TextChoices):
    """What a document refers to."""

    INSTRUCTION = "instruction", "instruks"
    PROPOSITION = "proposition", "proposisjon"
    REPORT_TO_STORTING = "white_paper", "melding til Stortinget"
    CIRCULAR = "circular", "rundskriv"
    ASSIGNMENT = "assignment", "oppdrag"
    SECTION = "section", "punkt"
    LETTER = "letter", "brev"
    OTHER = "other", "annet"


class Citation(DocumentPart):
    """A reference to another document, assignment or section, resolved where the row exists (V-02, V-08)."""

    kind = models.CharField("slag", max_length=12, choices=CitationKind, default=CitationKind.OTHER)
    text = models.CharField("slik det står", max_length=300)
    cited_date = models.DateField("dato", null=True, blank=True)
    cited_document = models.ForeignKey(
        SteeringDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="cited_by"
    )

    class Meta(DocumentPart.Meta):
        verbose_name = "henvisning"
        verbose_name_plural = "henvisninger"

    def __str__(self) -> str:
        return self.text


class CorrespondenceType(models.TextChoices):
    """The kinds of correspondence a copy rule speaks of (decision C6)."""

    DOCUMENT = "document", "instruks, tildelingsbrev og supplerende brev"
    INSTRUCTION = "instruction", "instruks"
    LETTER = "letter", "tildelingsbrev"
    SUPPLEMENT = "supplement", "supplerende tildelingsbrev"
    ANSWER = "answer", "svar på oppdrag"
    DEADLINE_DECISION = "deadline_decision", "vedtak om ny frist"
    BUDGET_REPORT = "budget_report", "budsjett- og regnskapsrapport"
    ACTIVITY_REPORT = "activity_report", "virksomhetsrapport"
    ANNUAL_REPORT = "annual_report", "årsrapport"
    FEEDBACK = "feedback", "tilbakemelding på rapport"
    MINUTES = "minutes", "referat"
    THREAD = "thread", "avsluttet kommentartråd"
    NOTICE = "notice", "varsel om vesentlig avvik"
    BUDGET_INPUT = "budget_input", "budsjettinnspill"
    AUDIT = "audit", "virksomhetens korrespondanse med Riksrevisjonen"
    ALL = "all", "all korrespondanse"


class CopyRule(DocumentPart):
    """Who gets a copy of what, and whether at the same time (R-20 to R-25).

    The effective rule is the union of the instruction and the letter of the year.
    """

    correspondence = models.CharField("gjelder", max_length=20, choices=CorrespondenceType)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="kopimottaker")
    simultaneous = models.BooleanField("samtidig", default=False)
    section = models.CharField("punkt", max_length=40, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "kopiregel"
        verbose_name_plural = "kopiregler"

    def __str__(self) -> str:
        return f"{self.correspondence} → {self.recipient_id}"


class ChangeKind(models.TextChoices):
    """What a supplement does to what is in force (decision A2)."""

    ADD = "add", "legger til"
    REPLACE = "replace", "erstatter"
    WITHDRAW = "withdraw", "trekker"
    MOVE_DEADLINE = "move_deadline", "flytter frist"
    AMOUNT_DELTA = "amount_delta", "endrer beløp"


class Change(DocumentPart):
    """One change a supplement makes; what is in force is the fold of all issued changes."""

    kind = models.CharField("hva", max_length=14, choices=ChangeKind)
    target = models.UUIDField("rad som endres", null=True, blank=True)
    new_item = models.UUIDField("ny rad", null=True, blank=True)
    item_type = models.CharField("type rad", max_length=40, blank=True)
    text = models.TextField("endringstekst", blank=True)
    new_date = models.DateField("ny frist", null=True, blank=True)
    amount = models.BigIntegerField("beløp i kroner", null=True, blank=True)
    effective_on = models.DateField("gjelder fra", null=True, blank=True)

    class Meta(DocumentPart.Meta):
        verbose_name = "endring"
        verbose_name_plural = "endringer"

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"
