"""Putting the marker where the words stood. Called by the one action that opens the freezing (A16)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F

from core import canonical, files
from core.actor import Actor
from core.erasing import Words, moved
from core.models import StoredFile
from core.models.base import VersionedModel
from governance import snapshot
from governance.models import DocumentImport, HearingRound, ItemPassage, Passage, SteeringDocument
from governance.models.intake import ImportRow
from governance.removal.finding import Found, Place

#: Triggers that keep rows as they were written; nothing else in the code may go around them.
FREEZING = frozenset({"frozen_self", "frozen_child", "append_only", "content_is_fixed", "settled"})


def freezing_triggers() -> list[str]:
    """The addresses of every trigger that must stand aside while content is taken out."""
    found = []
    for app in settings.OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            names = {trigger.name for trigger in getattr(model._meta, "triggers", [])}
            if model._meta.model_name != "removal":
                found += [f"{model._meta.label}:{name}" for name in sorted(names & FREEZING)]
    return found


def write_markers(found: Found, words: Words, marker: str, at: datetime) -> None:
    """Replace the words in every place; the versions of the rows go up, so that clients fetch them anew.

    One who is writing in such a row, and saves what stood there, is told that it has changed.
    """
    _move_offsets(found, words, marker)
    by_row: dict[tuple[type[models.Model], int], dict[str, Any]] = defaultdict(dict)
    for place in found.places:
        by_row[place.model, place.pk][place.column.attname] = _new_value(place, words, marker)
    for (model, pk), values in by_row.items():
        if any(column.name == "version" for column in model._meta.concrete_fields):
            values["version"] = F("version") + 1
        if issubclass(model, VersionedModel):
            values["updated_at"] = at
        model._default_manager.filter(pk=pk).update(**values)


def _new_value(place: Place, words: Words, marker: str) -> Any:
    limit = getattr(place.column, "max_length", None)
    if isinstance(place.value, str):
        return words.fitted(place.value, marker, limit)
    inner = getattr(getattr(place.column, "base_field", None), "max_length", None)
    if inner is not None:
        return [words.fitted(part, marker, inner) for part in place.value]
    return words.replaced(place.value, marker)


def _move_offsets(found: Found, words: Words, marker: str) -> None:
    """Ranges into a canonical text still cut the same passages after the text has become longer or shorter."""
    for place in found.places:
        if place.column.attname != "canonical_text":
            continue
        spans, length = words.spans(place.value), len(marker)
        if place.model is SteeringDocument:
            _move_rows(Passage.objects.filter(document_id=place.pk), spans, length)
            _move_rows(ItemPassage.objects.filter(document_id=place.pk), spans, length)
        elif place.model is DocumentImport:
            row = DocumentImport.objects.get(pk=place.pk)
            row.passages = [_moved_range(passage, spans, length) for passage in row.passages]
            DocumentImport.objects.filter(pk=row.pk).update(passages=row.passages)
            for other in ImportRow.objects.filter(document_import=row).exclude(spans=[]):
                other.spans = [_moved_range(span, spans, length) for span in other.spans]
                ImportRow.objects.filter(pk=other.pk).update(spans=other.spans)


def _move_rows(rows: models.QuerySet[Any], spans: list[tuple[int, int]], length: int) -> None:
    ranged = list(rows.filter(start__isnull=False, end__isnull=False).only("pk", "start", "end"))
    for row in ranged:
        row.start, row.end = moved(row.start, spans, length), moved(row.end, spans, length)
    rows.model._default_manager.bulk_update(ranged, ["start", "end"], batch_size=500)


def _moved_range(part: Any, spans: list[tuple[int, int]], length: int) -> Any:
    if not isinstance(part, dict):
        return part
    ends = {name: moved(part[name], spans, length) for name in ("start", "end") if isinstance(part.get(name), int)}
    return {**part, **ends}


def forget_files(gone: Iterable[StoredFile], words: Words | None, marker: str, at: datetime) -> int:
    """Take the bytes out of the files; a name that holds the words, or names a file removed whole, goes as well."""
    listed = list(gone)
    for stored in StoredFile.objects.filter(sha256__in={row.sha256 for row in listed}):
        name = marker if words is None else words.fitted(stored.name, marker, 255)
        StoredFile.objects.filter(pk=stored.pk).update(name=name)
    return files.forget(listed, tombstone=marker, at=at)


def reseal(document: SteeringDocument, *, marker: str, actor: Actor, at: datetime) -> str:
    """Store the frozen content with the marker, and take out what was there; the hash of what now stands."""
    document = SteeringDocument.objects.for_detail().get(pk=document.pk)
    before = document.snapshot
    assert before is not None
    data = snapshot.as_it_stands(document)
    stored = files.store(
        name=f"{document.uuid}.json", data=data, actor=actor, owner=document, organisation=document.issuer.uuid
    )
    SteeringDocument.objects.filter(pk=document.pk).update(snapshot=stored, version=F("version") + 1, updated_at=at)
    files.forget([before], tombstone=marker, at=at)
    return stored.sha256


def rewrite_hearings(document: SteeringDocument, words: Words, *, marker: str, actor: Actor, at: datetime) -> None:
    """What the agency was shown in a hearing is kept with the marker in it."""
    for hearing in HearingRound.objects.filter(document=document).select_related("shown"):
        shown = json.loads(files.read(hearing.shown))
        if not words.stand_in(shown):
            continue
        data = canonical.canonical_json(words.replaced(shown, marker))
        stored = files.store(name=hearing.shown.name, data=data, actor=actor, organisation=hearing.shown.organisation)
        HearingRound.objects.filter(pk=hearing.pk).update(shown=stored)
        files.forget([hearing.shown], tombstone=marker, at=at)
