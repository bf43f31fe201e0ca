"""Deleting working material when its time is out, with a protocol of how many, of what, and why (decision A16).

No trigger is opened here: what the database protects cannot be deleted by this.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.querysets import valid_on
from core import clock, files
from core.models import Audience
from governance import retention
from governance.models import (
    Autosave,
    Material,
    RetentionClass,
    RetentionRun,
    RowComment,
    RowRevision,
    SteeringDocument,
)
from governance.snapshot import part_models


def delete_due(*, at: datetime) -> int:
    """Delete what is due by the classes valid on the day; returns how many rows. Safe to run again at any time.

    What fell due while nothing ran is due still. Each document has a transaction and a line of its own, so a stop in
    between loses nothing.
    """
    gone = 0
    for rule in RetentionClass.objects.filter(valid_on(clock.local_date(at))).order_by("pk"):
        if rule.material == Material.LOOSE_FILE:
            gone += _files(rule, at)
        elif rule.material == Material.DISCARDED_DRAFT:
            gone += _discarded(rule, at)
        else:
            gone += _rows(rule, at)
    files.sweep_removed()
    return gone


def _rows(rule: RetentionClass, at: datetime) -> int:
    rows = retention.due(Material(rule.material), days=rule.days, at=at)
    gone = 0
    for document in sorted(set(rows.values_list("document_id", flat=True))):
        with transaction.atomic():
            _lock(document)
            found = [row.pk for row in rows.filter(document_id=document).only("pk")]
            gone += _delete(rule, rows.model, found, document, at)
    return gone


def _delete(rule: RetentionClass, model: Any, found: list[int], document: int, at: datetime) -> int:
    manager = model._default_manager
    if model is RowComment:
        manager.filter(pk__in=found, thread__isnull=False).delete()
    manager.filter(pk__in=found).delete()
    return _note(rule, document, len(found), at)


def _discarded(rule: RetentionClass, at: datetime) -> int:
    rows = retention.due(Material.DISCARDED_DRAFT, days=rule.days, at=at)
    gone = 0
    for document in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            _lock(document)
            if rows.filter(pk=document).exists():
                gone += _note(rule, document, _empty(document), at)
    return gone


def _empty(document: int) -> int:
    """The content of one discarded draft. Rows point at each other; the database checks them all at the end."""
    gone = 0
    tables: list[Any] = [*part_models(), RowRevision, Autosave]
    for model in tables:
        found = model._default_manager.filter(document_id=document)
        gone += found._raw_delete(found.db)
    internal = RowComment.objects.filter(document_id=document, audience=Audience.INTERNAL)
    internal = internal.exclude(pk__in=RowComment.objects.filter(audience=Audience.SHARED).values("thread"))
    gone += internal._raw_delete(internal.db)
    SteeringDocument.objects.filter(pk=document).update(canonical_text="")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    return max(gone, 1)


def _files(rule: RetentionClass, at: datetime) -> int:
    tombstone = _("[Slettet %(day)s, %(basis)s]") % {"day": f"{clock.local_date(at):%d.%m.%Y}", "basis": rule.basis}
    with transaction.atomic():
        found = list(retention.due(Material.LOOSE_FILE, days=rule.days, at=at).select_for_update(of=("self",)))
        for stored in found:
            files.release(stored, tombstone=tombstone, at=at)
        return _note(rule, None, len(found), at)


def _lock(document: int) -> None:
    SteeringDocument.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=document)


def _note(rule: RetentionClass, document: int | None, number: int, at: datetime) -> int:
    if number:
        RetentionRun.objects.create(retention_class=rule, document_id=document, number=number, done_at=at)
    return number
