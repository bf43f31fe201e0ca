"""The whole document as one canonical value: what is hashed, stored and verified (K7, decisions A4 and A15)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import canonical, files
from core.errors import ContentRemoved, Unreadable
from governance.models import RegistrationCorrection, Removal, RemovalState, SteeringDocument
from governance.models.document import DocumentPart

HEAD_FIELDS = (
    "uuid", "title", "public_title", "year", "number", "language", "origin", "document_date", "effective_on",
    "case_number", "document_number", "addressee", "place", "legal_basis", "lapse_through_year", "canonical_text",
    "has_text",
)  # fmt: skip
SCHEMA = "styringsdialog/document/1"


def part_models() -> list[type[DocumentPart]]:
    """Every content model, in name order, so that a new one is in the snapshot without being named."""
    found = [model for model in apps.get_app_config("governance").get_models() if issubclass(model, DocumentPart)]
    return sorted(found, key=lambda model: model._meta.model_name or "")


def _value(row: models.Model, field: models.Field[Any, Any], uuids: dict[tuple[str, int], str]) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey) and value is not None:
        label = field.related_model._meta.label_lower
        return uuids.get((label, value)) or _uuid_of(field, value)
    return value


def _uuid_of(field: models.ForeignKey[Any, Any], value: int) -> str:
    target = field.related_model
    if any(f.name == "uuid" for f in target._meta.get_fields()):
        return str(target._default_manager.values_list("uuid", flat=True).get(pk=value))
    return str(value)


def snapshot(document: SteeringDocument) -> dict[str, Any]:
    """The document's head and all its rows; references are permanent ids, never keys."""
    document = SteeringDocument.objects.select_related("kind", "issuer", "recipient", "supplements").get(pk=document.pk)
    rows_by_model = {
        model: list(model._default_manager.filter(document_id=document.pk).order_by("ordinal", "id"))
        for model in part_models()
    }
    uuids = {(model._meta.label_lower, row.pk): str(row.uuid) for model, rows in rows_by_model.items() for row in rows}
    head: dict[str, Any] = {name: getattr(document, name) for name in HEAD_FIELDS}
    head |= {
        "kind": document.kind.code,
        "issuer": str(document.issuer.uuid),
        "recipient": str(document.recipient.uuid),
        "supplements": str(document.supplements.uuid) if document.supplements else None,
    }
    parts = {}
    for model, rows in rows_by_model.items():
        fields = [f for f in model._meta.concrete_fields if f.name not in ("id", "document")]
        parts[str(model._meta.model_name)] = [{f.name: _value(row, f, uuids) for f in fields} for row in rows]
    return {"schema": SCHEMA, "document": head, "parts": parts}


def canonical_bytes(document: SteeringDocument) -> bytes:
    """The canonical JSON of the document as its rows stand now."""
    return canonical.canonical_json(snapshot(document))


class Seal(models.TextChoices):
    """Whether a sent document still is what it was (K7)."""

    INTACT = "intact", _("gyldig")
    CORRECTED = "corrected", _("gyldig, med rettet registrering")
    REMOVED = "removed", _("gyldig, med fjernet innhold")
    BROKEN = "broken", _("stemmer ikke")


def verify(document: SteeringDocument) -> bool:
    """Whether rows, stored snapshot and hash still say the same. False when a byte has changed anywhere."""
    return seal(document) != Seal.BROKEN


def seal(document: SteeringDocument) -> Seal:
    """Whether the document is as it was sent, as two persons left it, put right in the record, or changed otherwise.

    The hash of the original stays on the document. Each removal (A16) and each correction of the record of a
    registered document (A4) says what hash it found and what hash it left: a chain from the original to the frozen
    content that lies there now. Any byte outside that chain breaks the seal.

    Tables and fields that came to after the document was frozen are not in its snapshot and are not compared; the
    freezing trigger lets nothing be written there for it.
    """
    document = SteeringDocument.objects.for_detail().get(pk=document.pk)
    if document.snapshot is None:
        return Seal.BROKEN
    links = _links(document)
    expected = document.sha256
    for link in links:
        if link.whole_file and link.after != expected:
            return Seal.BROKEN
        if not link.whole_file and link.before != expected:
            return Seal.BROKEN
        expected = link.after
    try:
        stored = files.read(document.snapshot)
    except (ContentRemoved, Unreadable, OSError):
        return Seal.BROKEN
    if canonical.sha256(stored) != expected or as_it_stands(document) != stored:
        return Seal.BROKEN
    if any(link.removal for link in links):
        return Seal.REMOVED
    return Seal.CORRECTED if links else Seal.INTACT


@dataclass(frozen=True)
class _Link:
    """One step from the original to what lies there now. A file taken out whole leaves the content as it was."""

    at: datetime
    before: str
    after: str
    removal: bool = False
    whole_file: bool = False


def _links(document: SteeringDocument) -> list[_Link]:
    """Removals and corrections of the record, in the order they were done."""
    removals = Removal.objects.filter(document=document, state=RemovalState.DONE).order_by("decided_at", "id")
    corrections = RegistrationCorrection.objects.filter(document=document).order_by("corrected_at", "id")
    found = [
        _Link(row.decided_at, row.sha256, row.sha256_after, removal=True, whole_file=row.file_id is not None)
        for row in removals
    ]
    found += [_Link(row.corrected_at, row.sha256, row.sha256_after) for row in corrections.defer("rows")]
    return sorted(found, key=lambda link: link.at)


def verify_as(document: SteeringDocument, sha256: str) -> bool:
    """Whether rows and stored snapshot say the same, under the hash that is about to be put on record."""
    document = SteeringDocument.objects.for_detail().get(pk=document.pk)
    stored = files.read(document.snapshot) if document.snapshot else b""
    return canonical.sha256(stored) == sha256 and as_it_stands(document) == stored


def as_it_stands(document: SteeringDocument) -> bytes:
    """The document as its rows stand now, with the tables and fields of its frozen content: comparable byte by byte."""
    assert document.snapshot is not None
    kept = json.loads(files.read(document.snapshot))
    return canonical.canonical_json(_as_kept(json.loads(canonical_bytes(document)), kept))


def _as_kept(now: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """The document as it stands now, with only the tables and fields that the kept snapshot knows."""
    parts = {
        name: [_only(row, rows[0]) if rows else row for row in now["parts"].get(name, [])]
        for name, rows in kept["parts"].items()
    }
    later = {name: rows for name, rows in now["parts"].items() if name not in kept["parts"] and rows}
    return {**now, "document": _only(now["document"], kept["document"]), "parts": parts | later}


def _only(row: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in known}
