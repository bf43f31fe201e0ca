"""Rows by hand-written SQL behind the site's own visibility conditions, each written out once for every person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from agencies.models import Organisation
from agencies.rights import Right
from assignments.models import Assignment
from core import clock
from core.pages import PageRequest
from governance.models import Finding, SteeringDocument

Conditions = dict[str, tuple[str, tuple[Any, ...]]]
_CONDITIONS: dict[Any, Conditions] = {}


def _written(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    sql, params = rows.order_by().query.sql_with_params()
    return sql, tuple(params)


def conditions_of(request: PageRequest) -> Conditions:
    """What the person sees, as text of SQL."""
    actor, day = request.actor, clock.today()
    if actor.appointment not in _CONDITIONS:
        _CONDITIONS[actor.appointment] = {
            "documents": _written(SteeringDocument.objects.visible_to(actor, day).values("pk")),
            "readable": _written(Assignment.objects.readable_by(actor, day).values("pk")),
            "assignments": _written(Assignment.objects.visible_to(actor, day).values("pk")),
            "findings": _written(Finding.objects.visible_to(actor, day).values("pk")),
            "judges": _written(Organisation.objects.with_right(actor, Right.SEE_DRAFTS, day).values("pk")),
            "drafts": _written(Organisation.objects.with_right(actor, Right.DRAFT_DOCUMENTS, day).values("pk")),
        }
    return _CONDITIONS[actor.appointment]


def ask(sql: str, *params: Any) -> list[SimpleNamespace]:
    """Rows with the names of their columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    """Rows grouped by a column."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def label(model: Any, field: str, value: str) -> str:
    """The word of a choice."""
    return str(dict(model._meta.get_field(field).flatchoices).get(value, value))
