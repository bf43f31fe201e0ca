"""The whole report as one canonical value: what is hashed, stored and verified (K7, A15)."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import models

from core import canonical, files
from governance.removal.seals import expected_hash
from reporting.models import FigureValue, Report, ReportAssignment, ReportPart, Submission

#: the shape of what is frozen now, and every shape that frozen content may have. A new field is not a new shape; a
#: field that goes, or means something else, is.
SCHEMA = "styringsdialog/report/1"
KNOWN_SCHEMAS = frozenset({SCHEMA})
HEAD_FIELDS = (
    "uuid", "title", "year", "period_end", "due", "revision", "language", "case_number", "sent_outside",
    "correction_reason",
)  # fmt: skip


def part_models() -> list[type[ReportPart]]:
    """Every content model, in name order, so that a new one is in the snapshot without being named."""
    found = [model for model in apps.get_app_config("reporting").get_models() if issubclass(model, ReportPart)]
    return sorted(found, key=lambda model: model._meta.model_name or "")


class _References:
    """Foreign keys as permanent ids, read once for each model."""

    def __init__(self, rows: list[models.Model]) -> None:
        wanted: dict[type[models.Model], set[int]] = {}
        for row in rows:
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(field, models.ForeignKey) and value is not None:
                    wanted.setdefault(field.related_model, set()).add(value)
        self._known = {
            model: dict(model._default_manager.filter(pk__in=keys).values_list("pk", "uuid"))
            for model, keys in wanted.items()
            if any(field.name == "uuid" for field in model._meta.concrete_fields)
        }

    def value(self, row: models.Model, field: models.Field[Any, Any]) -> Any:
        value = getattr(row, field.attname)
        if isinstance(field, models.ForeignKey) and value is not None:
            return self._known.get(field.related_model, {}).get(value, value)
        return value


def snapshot(report: Report) -> dict[str, Any]:
    """Head, every part and value, and the act of submission; references are permanent ids, never keys."""
    report = Report.objects.for_detail().select_related("expected").get(pk=report.pk)
    by_model: dict[str, list[models.Model]] = {
        str(model._meta.model_name): list(model._default_manager.filter(report=report).order_by("ordinal", "id"))
        for model in part_models()
    }
    by_model["figurevalue"] = list(
        FigureValue.objects.filter(report=report).order_by("line_id", "dimension", "period_end", "id")
    )
    by_model["submission"] = list(Submission.objects.filter(report=report))
    references = _References([row for rows in by_model.values() for row in rows])
    head: dict[str, Any] = {name: getattr(report, name) for name in HEAD_FIELDS}
    head |= {
        "kind": report.kind.code,
        "agency": report.agency.uuid,
        "receiver": report.receiver.uuid,
        "letter": report.letter.uuid if report.letter else None,
        "previous": report.previous.uuid if report.previous else None,
        "corrects": report.corrects.uuid if report.corrects else None,
    }
    parts = {
        name: [
            {
                field.name: references.value(row, field)
                for field in row._meta.concrete_fields
                if field.name not in ("id", "report")
            }
            for row in rows
        ]
        for name, rows in by_model.items()
    }
    return {"schema": SCHEMA, "report": head, "parts": parts, "statuses": _statuses(report)}


def _statuses(report: Report) -> list[dict[str, Any]]:
    """The shared statuses the report rests on, in words, so that the snapshot can be read alone."""
    rows = (
        ReportAssignment.objects.filter(report=report, status_version__isnull=False)
        .select_related("status_version", "assignment")
        .order_by("ordinal", "id")
    )
    return [
        {
            "assignment": row.assignment.uuid,
            "reference": row.assignment.reference,
            "version": row.status_version.number,
            "progress": row.status_version.progress,
            "text": row.status_version.text,
            "shared_at": row.status_version.shared_at,
        }
        for row in rows
        if row.status_version is not None
    ]


def canonical_bytes(report: Report) -> bytes:
    """The canonical JSON of the report as its rows stand now, with every table and field there is."""
    return canonical.canonical_json(snapshot(report))


def verify_report(report: Report) -> bool:
    """Whether rows, stored snapshot and hash still say the same. False when a byte has changed anywhere.

    Where two persons have taken content out of a letter it tells of (A16), the hash is the one they left. Tables and
    fields that came to after the report was submitted are not in its snapshot and are not compared, as for letters
    (governance.snapshot); the freezing trigger lets nothing be written there for it.
    """
    report = Report.objects.for_detail().get(pk=report.pk)
    expected = expected_hash(report.uuid, report.sha256)
    if report.snapshot is None:
        return False
    stored = files.read(report.snapshot)
    return canonical.sha256(stored) == expected and as_it_stands(report) == stored


def as_it_stands(report: Report) -> bytes:
    """The report as its rows stand now, in the shape of its frozen content: comparable byte by byte.

    The frozen content names its shape (``schema``) and has the fields of that shape. One this code does not know is
    compared as it is written now, and so does not match.
    """
    now: dict[str, Any] = json.loads(canonical_bytes(report))
    if report.snapshot is None:
        return canonical.canonical_json(now)
    kept: dict[str, Any] = json.loads(files.read(report.snapshot))
    if kept["schema"] not in KNOWN_SCHEMAS:
        return canonical.canonical_json(now)
    return canonical.canonical_json(_as_kept(now, kept))


def _as_kept(now: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """The report as it stands now, with only the tables and fields that the kept snapshot knows."""
    parts = {name: _rows_as_kept(now["parts"].get(name, []), rows) for name, rows in kept["parts"].items()}
    later = {name: rows for name, rows in now["parts"].items() if name not in kept["parts"] and rows}
    return {
        "schema": kept["schema"],
        "report": _only(now["report"], kept["report"]),
        "parts": parts | later,
        "statuses": _rows_as_kept(now["statuses"], kept["statuses"]),
    }


def _rows_as_kept(now: list[dict[str, Any]], kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_only(row, kept[0]) for row in now] if kept else now


def _only(row: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in known}
