"""What a new row of a draft is given: its line through the years, its series of amounts, its reserved number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock
from governance.drafting.values import Cleaned
from governance.items import Item, ItemType
from governance.models import (
    AssignmentItem,
    BudgetSeries,
    GoalLine,
    ItemChange,
    KeyFigureLine,
    NumberReservation,
    ParameterLine,
    SteeringDocument,
)
from governance.models.goals import ItemLine

LINES: dict[str, type[ItemLine]] = {"goal": GoalLine, "parameter": ParameterLine, "key_figure": KeyFigureLine}


def with_identity(
    document: SteeringDocument, kind: ItemType, data: Mapping[str, Any], *, make: bool = True
) -> dict[str, Any]:
    """A goal, parameter or key figure without a line starts one (decision A9); an amount gets its series."""
    found = dict(data)
    line = LINES.get(kind.key)
    if line is not None and make and not found.get("line"):
        found["line"] = str(line._default_manager.create(agency_id=document.recipient_id).uuid)
    if kind.key == "budget_line" and make and not found.get("series"):
        chapter, post = str(found.get("chapter") or ""), str(found.get("post") if found.get("post") is not None else "")
        if chapter.isdigit() and post.isdigit() and 1 <= int(chapter) <= 9999 and int(post) <= 99:
            series, _made = BudgetSeries.objects.get_or_create(
                owner_id=document.recipient_id, chapter=int(chapter), post=int(post)
            )
            found["series"] = str(series.uuid)
    return found


def with_number(document: SteeringDocument, kind: ItemType, cleaned: Cleaned, *, at: datetime, day: date) -> Cleaned:
    """A new assignment without a number gets the next one of its series, never to be used again (A10, R-10)."""
    values = cleaned.row.values
    wanted = kind.key == "assignment" and values["change"] == ItemChange.NEW and not values["reference"]
    if not wanted or not document.kind.series:
        return cleaned
    number = reserve_assignment_number(document, at=at)
    series, year = document.kind.series, document.year or day.year
    given = {"series": series, "year": year, "number": number, "reference": f"{series}{year}-{number}"}
    row = replace(cleaned.row, values={**values, **given}, data={**cleaned.row.data, **given})
    return replace(cleaned, row=row)


def reserve_assignment_number(document: SteeringDocument, *, at: datetime) -> int:
    """The number of a new assignment: the first one reserved ahead for this draft, else the next in the series."""
    free = free_numbers(document)
    return free[0].number if free else reserve_numbers(document, count=1, at=at)[0].number


def reserve_numbers(document: SteeringDocument, *, count: int, at: datetime) -> list[NumberReservation]:
    """The next running numbers in the series for this agency and year (R-10 to R-12), never to be used again.

    Two drafts to one agency wait for each other here, so that no number is given twice.
    """
    series, year = document.kind.series, document.year or clock.local_date(at).year
    Organisation.objects.select_for_update(no_key=True).get(pk=document.recipient_id)
    key = {"issuer": document.issuer, "given_to": document.recipient, "series": series, "year": year}
    used = AssignmentItem.objects.filter(
        document__issuer=document.issuer, document__recipient=document.recipient, series=series, year=year
    ).aggregate(top=Max("number"))["top"]
    reserved = NumberReservation.objects.filter(**key).aggregate(top=Max("number"))["top"]
    first = max(used or 0, reserved or 0) + 1
    return [
        NumberReservation.objects.create(document=document, number=number, reserved_at=at, **key)
        for number in range(first, first + count)
    ]


def free_numbers(document: SteeringDocument) -> list[NumberReservation]:
    """Numbers reserved for this draft that no assignment has taken yet, in order."""
    taken = AssignmentItem.objects.filter(document=document, change=ItemChange.NEW, number=OuterRef("number"),
                                          series=OuterRef("series"), year=OuterRef("year"))  # fmt: skip
    rows = NumberReservation.objects.filter(document=document, gap_reason="", series=document.kind.series)
    return list(rows.filter(~Exists(taken)).exclude(series="").order_by("number"))


def explain_unused(document: SteeringDocument) -> None:
    """Numbers reserved ahead that the issued letter did not use: each keeps the reason."""
    reason = _("Reservert til «%(title)s», men ikke brukt i brevet.") % {"title": document.title}
    unused = [row.pk for row in free_numbers(document)]
    NumberReservation.objects.filter(pk__in=unused).update(gap_reason=reason)


def _reservation(document: SteeringDocument, data: Mapping[str, Any]) -> Any:
    return NumberReservation.objects.filter(
        document=document, series=data.get("series") or "", year=data.get("year") or 0, number=data.get("number") or 0
    )


def explain_gap(document: SteeringDocument, item: Item, reason: str) -> None:
    """The number of a row taken out stays used, with the reason beside."""
    if item.key == "assignment":
        _reservation(document, item.data).update(gap_reason=reason)


def close_gap(document: SteeringDocument, data: Mapping[str, Any]) -> None:
    """The row is back, and with it its number."""
    if data.get("number"):
        _reservation(document, data).update(gap_reason="")
