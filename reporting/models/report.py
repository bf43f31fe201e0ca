"""Reports: tertial and annual products as rows, filled once, frozen at submission (decision 3.6, K8)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import Organisation
from assignments.models import Assignment, StatusVersion
from core.freezing import frozen_child, frozen_self, keep
from core.models import BaseModel, StoredFile, VersionedModel
from governance.models import (
    CommonDirective,
    Goal,
    KeyFigure,
    KeyFigureLine,
    ReportingRequirement,
    SteeringDocument,
    SteeringParameter,
)
from reporting.querysets import FigureValueQuerySet, ReportQuerySet

REPORT_TABLE = "reporting_report"


class ReportKind(BaseModel):
    """A kind of report as data: activity report, budget report, key figures, annual report.

    ``outline`` lists the fixed sections: code, numeral, titles in both norms, and what each is filled from.
    ``cut_off`` is the month and day the report tells about ("08-31"); annual reports cut at "12-31".
    ``title_words`` are words of a calendar row by which an expected delivery is known to be of this kind.
    ``comment_over_percent`` is the change since last that asks for a comment (V-19).
    """

    code = models.SlugField("kode", unique=True)
    name_nb = models.CharField("bokmål", max_length=100)
    name_nn = models.CharField("nynorsk", max_length=100)
    correspondence = models.CharField("slag korrespondanse", max_length=20)
    cut_off = models.CharField("skjæringsdag", max_length=5)
    outline = models.JSONField("disposisjon", default=list)
    fixed_outline = models.BooleanField("faste deler i fast rekkefølge", default=False)
    signed_parts = models.JSONField("deler som signeres", default=list)
    requirement_when = models.JSONField("krav som hører til", default=list)
    title_words = models.JSONField("ord i kalenderen", default=list)
    comment_over_percent = models.PositiveSmallIntegerField("endring som krever merknad, prosent", default=20)

    class Meta:
        verbose_name = "rapporttype"
        verbose_name_plural = "rapporttyper"

    def __str__(self) -> str:
        return self.name_nb


class ReportState(models.TextChoices):
    """Where a report stands; after submission only the ministry's handling moves."""

    OPEN = "open", "Under arbeid"
    FOR_SIGNATURE = "for_signature", "Til signering"
    SUBMITTED = "submitted", "Sendt inn"


class Report(VersionedModel):
    """One report of one agency for one period. Frozen with hash when submitted; a correction is a new revision."""

    outside_freezing: ClassVar[str] = "a report answers the document; it freezes by itself"

    kind = models.ForeignKey(ReportKind, on_delete=models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, null=True, related_name="reports")
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="forrige")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    correction_reason = models.TextField("hvorfor rapporten rettes", blank=True)
    expected = models.ForeignKey(
        "reporting.ExpectedDelivery", on_delete=models.PROTECT, null=True, related_name="reports"
    )
    year = models.PositiveSmallIntegerField("rapportår")
    period_end = models.DateField("per")
    due = models.DateField("frist", null=True)
    revision = models.PositiveSmallIntegerField("utgave", default=1)
    language = models.CharField("målform", max_length=2, default="nb")
    title = models.CharField("tittel", max_length=300)
    state = models.CharField("status", max_length=14, choices=ReportState, default=ReportState.OPEN)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    sent_outside = models.BooleanField("sendt utenfor systemet", default=False)
    frozen_at = models.DateTimeField("fryst", null=True)
    sha256 = models.CharField("kontrollsum", max_length=64, blank=True)
    snapshot = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ("-year", "-period_end", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("agency", "receiver", "kind", "year", "period_end", "revision"), name="report_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(frozen_at__isnull=False),
                name="report_submitted_is_frozen",
            ),
        ]
        indexes = [models.Index(fields=("agency", "year", "state"), name="report_agency")]
        triggers = [frozen_self(), keep()]

    def __str__(self) -> str:
        return self.title

    @property
    def is_submitted(self) -> bool:
        """Sent to the ministry; only now the ministry sees it."""
        return self.state == ReportState.SUBMITTED


class ReportPart(BaseModel):
    """Base of everything that stands in a report and freezes with it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="%(class)s_set")
    ordinal = models.PositiveIntegerField("rekkefølge", default=0)

    class Meta:
        abstract = True
        ordering = ("report_id", "ordinal", "id")
        triggers = [frozen_child(REPORT_TABLE, "report_id")]


class EditedPart(ReportPart):
    """A part people write in: its own ``version`` lets several write in one report at once (decision E3)."""

    version = models.PositiveIntegerField("versjon", default=1)
    edited_at = models.DateTimeField("endret", null=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(ReportPart.Meta):
        abstract = True


class Section(EditedPart):
    """A section with its text. ``level`` 1 is a part, 2 a section under it.

    ``asks_for_text`` is False for a part that only holds sections or tables.
    """

    code = models.SlugField("kode", max_length=60)
    level = models.PositiveSmallIntegerField("nivå", default=1)
    numeral = models.CharField("nummer", max_length=12, blank=True)
    part = models.CharField("del", max_length=12, blank=True)
    title = models.CharField("tittel", max_length=300)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="+")
    directive = models.ForeignKey(CommonDirective, on_delete=models.PROTECT, null=True, related_name="+")
    filled_from = models.CharField("fylles fra", max_length=40, blank=True)
    asks_for_text = models.BooleanField("skal ha tekst", default=True)
    text = models.TextField("tekst", blank=True)
    nothing_to_report = models.BooleanField("ingen vesentlige avvik å melde", default=False)

    class Meta(EditedPart.Meta):
        verbose_name = "del av rapport"
        verbose_name_plural = "deler av rapport"
        constraints = [models.UniqueConstraint(fields=("report", "code"), name="section_once")]

    def __str__(self) -> str:
        return self.title


class SectionDraft(BaseModel):
    """A text that could not be saved because somebody else saved first: kept for the one who wrote it, until merged.

    Only that person sees it. It never becomes part of the report by itself.
    """

    outside_report_freezing: ClassVar[str] = "a person's own copy of a text, never part of the report"

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("tekst")
    base = models.TextField("teksten det ble skrevet ut fra", blank=True)
    at = models.DateTimeField("skrevet")

    class Meta:
        verbose_name = "kladd til del av rapport"
        verbose_name_plural = "kladder til del av rapport"
        constraints = [models.UniqueConstraint(fields=("section", "user"), name="section_draft_once")]

    def __str__(self) -> str:
        return f"kladd {self.section_id}"


class Outlook(models.TextChoices):
    """The agency's judgement of a goal, parameter or requirement."""

    ON_TRACK = "on_track", "I rute"
    AT_RISK = "at_risk", "Fare for avvik"
    OFF_TRACK = "off_track", "Avvik"
    MET = "met", "Innfridd"
    PARTLY_MET = "partly_met", "Delvis innfridd"
    NOT_MET = "not_met", "Ikke innfridd"


class RequirementAnswer(EditedPart):
    """The answer to one requirement, parameter or key figure of the letter: a cell of the coverage matrix (V-18)."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="answers")
    requirement = models.ForeignKey(ReportingRequirement, on_delete=models.PROTECT, null=True, related_name="answers")
    parameter = models.ForeignKey(SteeringParameter, on_delete=models.PROTECT, null=True, related_name="answers")
    key_figure = models.ForeignKey(KeyFigure, on_delete=models.PROTECT, null=True, related_name="answers")
    label = models.TextField("krav")
    outlook = models.CharField("vurdering", max_length=12, choices=Outlook, blank=True)
    text = models.TextField("svar", blank=True)
    no_data_reason = models.TextField("hvorfor tallet mangler", blank=True)

    class Meta(EditedPart.Meta):
        verbose_name = "svar på krav"
        verbose_name_plural = "svar på krav"
        constraints = [
            models.UniqueConstraint(
                fields=("report", "requirement", "parameter", "key_figure"),
                name="answer_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.label


class ReportAssignment(ReportPart):
    """The status of an assignment as it goes into a report: always a shared version (R-19b)."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="assignment_rows")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="report_rows")
    status_version = models.ForeignKey(StatusVersion, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(ReportPart.Meta):
        verbose_name = "oppdrag i rapport"
        verbose_name_plural = "oppdrag i rapport"
        constraints = [models.UniqueConstraint(fields=("report", "assignment"), name="report_assignment_once")]

    def __str__(self) -> str:
        return str(self.assignment_id)


class FigureValue(BaseModel):
    """One value of a key figure's series for a period. Missing is a row with a reason, never zero (K9).

    ``dimension`` names the series within the figure (the case type, the outcome), empty for the whole.
    ``definition`` is the version of the definition: a change of it is a break in the series. A value that was
    submitted is frozen with its report; a correction is a new row that ``supersedes`` it. A value outside any
    report (an earlier year) is the agency's own until ``shared_at``.
    """

    line = models.ForeignKey(KeyFigureLine, on_delete=models.PROTECT, related_name="values")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="figure_values")
    dimension = models.CharField("fordelt på", max_length=200, blank=True)
    period_end = models.DateField("per")
    value = models.DecimalField("verdi", max_digits=18, decimal_places=4, null=True)
    unit = models.CharField("enhet", max_length=40, blank=True)
    definition = models.PositiveSmallIntegerField("definisjon", default=1)
    provisional = models.BooleanField("foreløpig", default=False)
    missing_reason = models.TextField("hvorfor tallet mangler", blank=True)
    break_reason = models.TextField("hva som er nytt i definisjonen", blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    shared_at = models.DateTimeField("delt", null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", verbose_name="erstatter"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("registrert")

    objects = FigureValueQuerySet.as_manager()

    class Meta:
        verbose_name = "verdi av nøkkeltall"
        verbose_name_plural = "verdier av nøkkeltall"
        ordering = ("line_id", "dimension", "period_end")
        constraints = [
            models.UniqueConstraint(
                fields=("line", "dimension", "period_end", "report"),
                name="figure_value_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(missing_reason=""), name="figure_missing_has_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="keep", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__report__isnull=True)),
            frozen_child(REPORT_TABLE, "report_id"),
        ]

    def __str__(self) -> str:
        return f"{self.period_end} {self.value}"


class BudgetStatus(EditedPart):
    """Accounts so far and forecast for a chapter and post, whole kroner (R-67)."""

    chapter = models.PositiveSmallIntegerField("kapittel")
    post = models.PositiveSmallIntegerField("post")
    name = models.CharField("benevnelse", max_length=300, blank=True)
    is_income = models.BooleanField("inntekt", default=False)
    allocated = models.BigIntegerField("tildelt i kroner")
    spent = models.BigIntegerField("regnskap i kroner", null=True)
    forecast = models.BigIntegerField("prognose i kroner", null=True)
    comment = models.TextField("merknad", blank=True)
    unclear = models.BooleanField("under avklaring", default=False)

    class Meta(EditedPart.Meta):
        verbose_name = "budsjettstatus"
        verbose_name_plural = "budsjettstatus"

    def __str__(self) -> str:
        return f"{self.chapter}.{self.post:02d}"


class Risk(EditedPart):
    """A risk with likelihood and impact on the agency's own scale, measure and owner (domain 3.16)."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField("risiko", max_length=300)
    likelihood = models.PositiveSmallIntegerField("sannsynlighet")
    impact = models.PositiveSmallIntegerField("konsekvens")
    measure = models.TextField("tiltak", blank=True)
    owner_name = models.CharField("ansvarlig", max_length=200, blank=True)
    residual_likelihood = models.PositiveSmallIntegerField("sannsynlighet etter tiltak", null=True)
    residual_impact = models.PositiveSmallIntegerField("konsekvens etter tiltak", null=True)

    class Meta(EditedPart.Meta):
        verbose_name = "risiko"
        verbose_name_plural = "risikoer"

    def __str__(self) -> str:
        return self.title
