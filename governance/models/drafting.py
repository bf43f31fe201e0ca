"""The work around a draft: who writes what, who is heard, who approves. None of it stands in the document itself."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import DatedModel, Department, Organisation
from core.freezing import keep
from core.models import Audience, BaseModel, VersionedModel
from governance.models.document import DocumentKind, SteeringDocument
from governance.querysets import CommentQuerySet

WORK = "the work on the draft, not its content"


class ChapterTemplate(DatedModel):
    """A chapter of a kind of document: its fixed heading in both norms, and what belongs there.

    Rows of an organisation win over the common ones (``organisation`` empty). ``holds`` lists the kinds of rows
    (item keys) that are written in the chapter.
    """

    kind = models.ForeignKey(DocumentKind, on_delete=models.PROTECT, related_name="chapters")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.SlugField("kode", max_length=40)
    ordinal = models.PositiveSmallIntegerField("rekkefølge", default=0)
    number = models.CharField("nummer", max_length=20, blank=True)
    title_nb = models.CharField("overskrift, bokmål", max_length=200)
    title_nn = models.CharField("overskrift, nynorsk", max_length=200)
    text_nb = models.TextField("standardtekst, bokmål", blank=True)
    text_nn = models.TextField("standardtekst, nynorsk", blank=True)
    guidance = models.TextField("veiledning", blank=True)
    holds = models.JSONField("rader som hører til", default=list)

    class Meta:
        verbose_name = "kapittelmal"
        verbose_name_plural = "kapittelmaler"
        ordering = ("kind_id", "ordinal", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "organisation", "code", "valid_from"),
                name="chapter_template_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_nb}".strip()


class RowRevision(BaseModel):
    """One saved state of a row or passage of a draft: the base for merging what two people wrote at once.

    ``data`` are the row's values by the item registry (governance.items). Has a retention class: removed a set
    time after issue.
    """

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="revisions")
    item = models.UUIDField("rad")
    item_type = models.CharField("type rad", max_length=40)
    number = models.PositiveIntegerField("versjon")
    data = models.JSONField("verdier", default=dict)
    removed = models.BooleanField("tatt ut", default=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField("lagret")

    class Meta:
        verbose_name = "radversjon"
        verbose_name_plural = "radversjoner"
        ordering = ("document_id", "item", "number")
        constraints = [models.UniqueConstraint(fields=("item", "number"), name="row_revision_once")]
        indexes = [models.Index(fields=("document", "saved_at"), name="row_revision_document")]

    def __str__(self) -> str:
        return f"{self.item} v{self.number}"


class Autosave(BaseModel):
    """What a person has typed and not saved yet; only that person sees it. Has a retention class."""

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="autosaves")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form = models.CharField("skjema", max_length=120)
    data = models.JSONField("skrevet", default=dict)
    base_number = models.PositiveIntegerField("bygger på versjon", default=0)
    saved_at = models.DateTimeField("tatt vare på")

    class Meta:
        verbose_name = "kladd"
        verbose_name_plural = "kladder"
        constraints = [models.UniqueConstraint(fields=("document", "user", "form"), name="autosave_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.form}"


class Presence(BaseModel):
    """Who has a draft open, and where: a courtesy, never a lock. Overwritten, not kept."""

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.CharField("sted", max_length=120, blank=True)
    seen_at = models.DateTimeField("sett")

    class Meta:
        verbose_name = "tilstedeværelse"
        verbose_name_plural = "tilstedeværelser"
        constraints = [models.UniqueConstraint(fields=("document", "user"), name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.place}"


class SectionOwner(BaseModel):
    """A department answers for a chapter of a draft, and may write in it."""

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="section_owners")
    chapter = models.SlugField("kapittel", max_length=40)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("avsluttet", null=True, blank=True)

    class Meta:
        verbose_name = "kapittelansvarlig"
        verbose_name_plural = "kapittelansvarlige"
        constraints = [
            models.UniqueConstraint(
                fields=("document", "chapter", "department"),
                condition=Q(ended_at__isnull=True),
                name="section_owner_once",
            )
        ]
        triggers = [keep()]

    def __str__(self) -> str:
        return f"{self.chapter}: {self.department_id}"


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    PROPOSED = "proposed", "foreslått"
    ACCEPTED = "accepted", "tatt inn"
    DECLINED = "declined", "ikke tatt inn"
    WITHDRAWN = "withdrawn", "trukket"


class Proposal(VersionedModel):
    """A row a department proposes for a letter, usually an assignment; the officer takes it in or says why not.

    ``data`` are the values of the row by the item registry; ``item`` the row it became.
    """

    outside_freezing: ClassVar[str] = WORK

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="proposals")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    item_type = models.CharField("type rad", max_length=40, default="assignment")
    data = models.JSONField("verdier", default=dict)
    state = models.CharField("tilstand", max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("foreslått")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True)
    reason = models.TextField("begrunnelse", blank=True)
    item = models.UUIDField("ble til rad", null=True, blank=True)

    class Meta:
        verbose_name = "forslag"
        verbose_name_plural = "forslag"
        ordering = ("id",)
        triggers = [keep()]

    def __str__(self) -> str:
        return str(self.data.get("title", self.uuid))[:80]


class RowComment(BaseModel):
    """A word on a row or passage of a document, internal or shared (K10). It changes nothing (decision C4).

    A reply points at the first comment of its thread; a shared thread that is closed becomes one document for the
    journal and copies.
    """

    outside_freezing: ClassVar[str] = "a conversation beside the document, also after it was sent"

    document = models.ForeignKey(SteeringDocument, on_delete=models.PROTECT, related_name="comments")
    hearing = models.ForeignKey(
        "governance.HearingRound", on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    thread = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    item = models.UUIDField("rad", null=True, blank=True)
    place = models.CharField("sted", max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField("skrevet av", max_length=200)
    audience = models.CharField("hvem ser", max_length=10, choices=Audience, default=Audience.INTERNAL)
    text = models.TextField("kommentar")
    at = models.DateTimeField("skrevet")
    closed_at = models.DateTimeField("avsluttet", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar til rad"
        verbose_name_plural = "kommentarer til rader"
        ordering = ("id",)
        indexes = [models.Index(fields=("document", "item"), name="row_comment_item")]
        triggers = [
            pgtrigger.Protect(
                name="keep_shared", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__audience=Audience.SHARED)
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
