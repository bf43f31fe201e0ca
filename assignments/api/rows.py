"""The rows of the API: what the other side has shared, in one shape also when the content is exempt (E1, B2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agencies import orgnr
from assignments.models import OPEN_STATUSES, Assignment, AssignmentStatus, Delivery, StatusVersion
from core.actor import Actor
from core.api import parameters
from core.errors import Problem, RuleBroken
from core.models import Audience, Event

PARAMETERS = {
    "agency": "organisasjonsnummer; omfatter oppdrag som er overtatt",
    "letter_year": "brevår; åpne oppdrag fra tidligere brev er med",
    "active_on": "oppdrag som var gitt og ikke avsluttet denne dagen (YYYY-MM-DD)",
    "due_from": "en leveranse har gjeldende frist fra og med denne dagen",
    "due_to": "en leveranse har gjeldende frist til og med denne dagen",
    "department": "avdelingskode, for eksempel SHA",
    "status": "status",
    "reference": "oppdragsnummer, slik det står",
    "updated_since": "endret etter dette tidspunktet (ISO 8601 med tidssone)",
    "cursor": "fra next_cursor",
    "page_size": "1 til 500",
}
AMBIGUOUS = {"year": "Bruk «letter_year» for brevets år eller «active_on» for en dag."}


def _shared_events() -> QuerySet[Event, Any]:
    """Shared events of an assignment: what this client may see moves its version, nothing else does (E2)."""
    return Event.objects.filter(subject=OuterRef("uuid"), audience=Audience.SHARED).order_by().values("subject")


def visible_rows(actor: Actor, day: date) -> QuerySet[Assignment]:
    """All the actor may know of, with everything a row shows: a constant number of queries."""
    moved = _shared_events().annotate(value=Max("recorded_at")).values("value")
    count = _shared_events().annotate(value=Count("pk")).values("value")
    versions = StatusVersion.objects.order_by("assignment_id", "-number").distinct("assignment_id")
    rows: QuerySet[Assignment] = (
        Assignment.objects.visible_to(actor, day)
        .with_access(actor)
        .annotate(
            changed_at=Coalesce(Subquery(moved), "created_at"),
            shared_changes=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)),
        )
        .select_related("responsible", "given_to", "issuer", "department", "document")
        .prefetch_related(
            Prefetch("deliveries", queryset=Delivery.objects.order_by("ordinal", "id")),
            Prefetch("status_versions", queryset=versions, to_attr="latest_status"),
        )
        .defer("search", "body")
    )
    return rows


def filtered(rows: QuerySet[Assignment], values: Mapping[str, str]) -> QuerySet[Assignment]:
    """Apply the parameters. Raises RuleBroken with every malformed value."""
    problems: list[Problem] = []
    condition = _agency(values, problems) & _letter_year(values, problems) & _days(values, problems)
    if status := values.get("status"):
        if status not in AssignmentStatus.values:
            sentence = _("«status» er en av: %(values)s.") % {"values": ", ".join(AssignmentStatus.values)}
            problems.append(Problem("status", sentence, "status"))
        condition &= Q(status=status, may_read=True)
    if code := values.get("department"):
        condition &= Q(department__code=code) | Q(department_text=code)
    if reference := values.get("reference"):
        condition &= Q(reference__iexact=reference.strip())
    condition &= _since(values, problems)
    if problems:
        raise RuleBroken(problems=problems)
    return rows.filter(condition)


def _agency(values: Mapping[str, str], problems: list[Problem]) -> Q:
    number = values.get("agency", "").replace(" ", "")
    if not number:
        return Q()
    if not orgnr.is_valid(number):
        sentence = _("«agency» er et organisasjonsnummer med ni sifre. Kontrollsifferet stemmer ikke.")
        problems.append(Problem("agency", sentence, "agency"))
    return Q(responsible__number=number)


def _letter_year(values: Mapping[str, str], problems: list[Problem]) -> Q:
    year = parameters.as_year(values, "letter_year", problems)
    if year is None:
        return Q()
    return Q(letter_year=year) | Q(letter_year__lt=year, status__in=OPEN_STATUSES)


def _days(values: Mapping[str, str], problems: list[Problem]) -> Q:
    condition = Q()
    if active := parameters.as_date(values, "active_on", problems):
        condition &= Q(given_on__lte=active) & (Q(closed_at__isnull=True) | Q(closed_at__date__gt=active))
    start, end = (parameters.as_date(values, name, problems) for name in ("due_from", "due_to"))
    if start and end and end < start:
        problems.append(Problem("due_to", _("«due_to» er før «due_from»."), "due_to"))
    within = Q()
    if start:
        within &= Q(deadline__gte=start)
    if end:
        within &= Q(deadline__lte=end)
    if start or end:
        condition &= Q(may_read=True, pk__in=Delivery.objects.filter(within).values("assignment_id"))
    return condition


def _since(values: Mapping[str, str], problems: list[Problem]) -> Q:
    text = values.get("updated_since")
    if not text:
        return Q()
    try:
        instant = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        sentence = _("«updated_since» er et tidspunkt med tidssone, for eksempel 2026-05-28T12:00:00+02:00.")
        problems.append(Problem("updated_since", sentence, "updated_since"))
        return Q()
    return Q(changed_at__gt=instant)


def row_of(assignment: Any) -> dict[str, Any]:
    """One assignment as the API shows it; an exempt one keeps the shape with null where nothing may be said."""
    open_ = bool(assignment.may_read)
    status = assignment.latest_status[0] if open_ and assignment.latest_status else None
    return {
        "id": str(assignment.uuid),
        "access": "full" if open_ else "restricted",
        "access_basis": assignment.restricted_basis or None if assignment.restricted else None,
        "reference": assignment.reference or None,
        "title": assignment.title if open_ else None,
        "agency": _organisation(assignment.responsible),
        "original_agency": _organisation(assignment.given_to),
        "issuer": _organisation(assignment.issuer),
        "department": (assignment.department.code if assignment.department else assignment.department_text) or None,
        "letter": {
            "id": str(assignment.document.uuid),
            "year": assignment.letter_year,
            "date": assignment.document.document_date,
        },
        "standing": assignment.standing,
        "status": assignment.status if open_ else None,
        "under_clarification": assignment.unclear if open_ else None,
        "shared_status": _status(status),
        "deliveries": [_delivery(row) for row in assignment.deliveries.all()] if open_ else [],
        "given_on": assignment.given_on,
        "version": assignment.shared_changes,
        "updated_at": assignment.changed_at,
    }


def _organisation(row: Any) -> dict[str, Any]:
    return {"number": row.number, "name": row.name}


def _status(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "version": row.number,
        "progress": row.progress,
        "text": row.text,
        "expected_on": row.expected_on,
        "shared_at": row.shared_at,
    }


def _delivery(row: Delivery) -> dict[str, Any]:
    return {
        "id": str(row.uuid),
        "number": row.ordinal,
        "part": row.part or row.anchor or None,
        "title": row.title or None,
        "kind": row.product,
        "deadline_as_written": row.letter_deadline_text or None,
        "deadline_in_letter": row.letter_deadline,
        "deadline_current": None if row.unclear else row.deadline,
        "under_clarification": row.unclear,
        "status": row.state,
        "delivered_on": row.delivered_on,
    }
