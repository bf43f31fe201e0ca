"""What a person does with the deliveries of an assignment at review (decision A6). Each act can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import NotFound, Problem, RuleBroken
from governance.actions.import_rows import Sheet
from governance.intake import deliveries, validate
from governance.intake.deliveries import PRODUCTS, Delivery
from governance.models import DocumentImport, ImportRow, RowState

CHANGE, ADD, REJECT, RESTORE, SPLIT, MERGE = "change", "add", "reject", "restore", "split", "merge"


@transaction.atomic
def act_on_delivery(
    *,
    document_import: DocumentImport,
    row: UUID,
    act: str,
    place: int | None = None,
    other: int | None = None,
    values: Mapping[str, Any] | None = None,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> ImportRow:
    """Change, add, reject, restore, split or merge (``other`` into ``place``) a delivery of an assignment row.

    ``place`` counts all deliveries of the row, also rejected ones. ``values``: part, title, product, form (of the
    deadline), date, time, deadline_text, passages. Raises NotAllowed, NotFound, NotInThisState, StaleVersion,
    RuleBroken with every problem.
    """
    sheet = Sheet(document_import, act=f"delivery_{act}", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    held: list[Delivery] = list(found.data.get("deliveries") or [])
    if found.kind != "assignment":
        raise RuleBroken(problems=[Problem("no_deliveries", _("Bare oppdrag har leveranser."))])
    for number in (place, other):
        if number is not None and not 0 <= number < len(held):
            raise NotFound(_("Leveransen finnes ikke lenger. Last siden på nytt."))
    if act in (CHANGE, ADD):
        _require_right(found, values or {})
    sheet.change(
        found,
        data={**found.data, "deliveries": _after(held, act, place, other, values or {})},
        state=RowState.CORRECTED,
    )
    sheet.close()
    return found


def _after(
    held: list[Delivery], act: str, place: int | None, other: int | None, values: Mapping[str, Any]
) -> list[Delivery]:
    match act, place:
        case "add", _:
            return deliveries.added(held, values)
        case "change", int(at):
            return deliveries.changed(held, at, values)
        case "reject" | "restore", int(at):
            return deliveries.rejected(held, at, back=act == RESTORE)
        case "split", int(at):
            return deliveries.split(held, at)
        case "merge", int(at) if other is not None and other != at:
            return deliveries.merged(held, at, other)
    raise RuleBroken(problems=[Problem("no_act", _("Velg hva som skal gjøres med leveransen."))])


def _require_right(row: ImportRow, values: Mapping[str, Any]) -> None:
    """Every problem with what was typed, each at its field."""
    problems = validate.delivery_problems({**values, "kind": values.get("form")}, date_field="date")
    if not any(str(values.get(name) or "").strip() for name in ("title", "part", "date", "deadline_text")):
        problems.append(Problem("empty", _("Skriv hva som skal leveres, eller når."), "title"))
    if values.get("product") and values["product"] not in PRODUCTS:
        problems.append(Problem("product", _("Velg hva slags leveranse det er."), "product"))
    if not set(values.get("passages") or ()) <= set(row.passages):
        sentence = _("Velg et avsnitt som hører til oppdraget.")
        problems.append(Problem("passage", sentence, "passage"))
    if problems:
        raise RuleBroken(problems=problems)
