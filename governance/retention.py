"""What has an end, and when it is due: one query for each kind of working material (decision A16).

Only tables named here can ever be due. What belongs to the archive (sent documents, decisions, events, shared
comments) is in none of the queries, and the database refuses to delete it whatever is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, ManyToOneRel, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from core.models import Audience, StoredFile
from governance.models import (
    Autosave,
    DocumentState,
    Material,
    Presence,
    RowComment,
    RowRevision,
    SteeringDocument,
)
from governance.snapshot import part_models

Rows = QuerySet[Any]


def _after_issue(model: type[RowRevision] | type[Autosave]) -> Rows:
    rows: Rows = model._default_manager.filter(document__state=DocumentState.ISSUED)
    return rows.annotate(since=F("document__issued_at"))


def _revisions() -> Rows:
    return _after_issue(RowRevision)


def _autosaves() -> Rows:
    return _after_issue(Autosave)


def _internal_comments() -> Rows:
    """Internal threads as a whole: none of a thread that has a shared word, or a later one."""
    last = Greatest("document__issued_at", "at", "thread__at")
    rows: Rows = RowComment.objects.filter(audience=Audience.INTERNAL, document__state=DocumentState.ISSUED)
    shared = Q(thread__audience=Audience.SHARED) | Exists(
        RowComment.objects.filter(thread=OuterRef("pk"), audience=Audience.SHARED)
    )
    return rows.exclude(shared).annotate(since=last)


def _presences() -> Rows:
    rows: Rows = Presence.objects.annotate(since=F("seen_at"))
    return rows


def _discarded() -> Rows:
    """Discarded drafts that still have content; the row itself and what was shared of it stay."""
    left = Q(pk__in=[])
    tables: list[Any] = [*part_models(), RowRevision, Autosave]
    for model in tables:
        left |= Q(Exists(model._default_manager.filter(document=OuterRef("pk"))))
    rows: Rows = SteeringDocument.objects.filter(state=DocumentState.DISCARDED, frozen_at__isnull=True)
    return rows.filter(left | ~Q(canonical_text="")).annotate(since=F("updated_at"))


def pointing_at_files() -> list[tuple[Any, str]]:
    """Every table and column that points at a stored file, those without a name on the file's side too."""
    relations = StoredFile._meta.get_fields(include_hidden=True)
    return [(field.related_model, field.field.name) for field in relations if isinstance(field, ManyToOneRel)]


def _loose_files() -> Rows:
    """Files nothing points at: an upload that was never taken in, a PDF made for the one who asked."""
    rows: Rows = StoredFile.objects.filter(removed_at__isnull=True, owner__isnull=True)
    for model, column in pointing_at_files():
        rows = rows.exclude(Exists(model._default_manager.filter(**{column: OuterRef("pk")})))
    return rows.annotate(since=F("created_at"))


QUERIES: dict[Material, Callable[[], Rows]] = {
    Material.ROW_REVISION: _revisions,
    Material.AUTOSAVE: _autosaves,
    Material.INTERNAL_COMMENT: _internal_comments,
    Material.PRESENCE: _presences,
    Material.DISCARDED_DRAFT: _discarded,
    Material.LOOSE_FILE: _loose_files,
}


def kept(material: Material) -> Rows:
    """All rows of the kind that will be deleted one day, with ``since``, the moment the days are counted from."""
    return QUERIES[material]()


def due(material: Material, *, days: int, at: datetime) -> Rows:
    """The rows whose days are over."""
    limit = at - timedelta(days=days)
    rows = kept(material).filter(since__lte=limit)
    if material == Material.INTERNAL_COMMENT:
        newer = RowComment.objects.filter(thread=OuterRef("thread_id"), at__gt=limit)
        of_root = RowComment.objects.filter(thread=OuterRef("pk"), at__gt=limit)
        rows = rows.exclude(Exists(of_root)).exclude(Exists(newer))
    return rows
