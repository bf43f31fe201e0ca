"""Money tied to assignments: what a line or an earmark pays for, and what an assignment is paid with (issue 3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting as fmt
from core.actor import Actor
from core.visuals.parts import Link
from governance.models import BudgetLine, BudgetSplit, Change, ChangeKind, DocumentState, SteeringDocument


def paid_for(row: BudgetLine | BudgetSplit) -> str:
    """Til TB2026-10, bokstav c; empty when the money is tied to no assignment. The assignment must be at hand.

    An exempt assignment is named by its number alone.
    """
    item = row.assignment_item
    if item is None:
        return ""
    name = item.reference or (_("et oppdrag") if item.restricted else item.title)
    words = {"name": name, "anchor": row.anchor}
    return _("til %(name)s, %(anchor)s") % words if row.anchor else _("til %(name)s") % words


def split_words(split: BudgetSplit) -> str:
    """An earmark or a part of a line, with the assignment it pays for."""
    pattern = _("%(label)s %(amount)s")
    if split.kind == BudgetSplit.Kind.EARMARK:
        pattern = _("Herav øremerket %(amount)s, %(label)s")
    words = pattern % {"amount": fmt.in_thousand_kroner(split.amount), "label": split.label}
    return ", ".join(part for part in (words, paid_for(split)) if part)


def line_words(line: BudgetLine, splits: Iterable[BudgetSplit]) -> list[str]:
    """What stands beside an amount: its parts, else its comment; and the assignment it pays for."""
    parts = [split_words(split) for split in splits] or ([line.comment] if line.comment else [])
    return [*parts, *([paid_for(line)] if line.assignment_item_id else [])]


@dataclass(frozen=True)
class MoneyLink:
    """An amount that pays for an assignment. ``amount`` is whole kroner."""

    code: str
    label: str
    amount: int
    anchor: str
    letter: Link


def money_of(item: UUID | None, actor: Actor, day: date) -> Sequence[MoneyLink]:
    """Amounts and earmarks of issued letters that pay for an assignment, of letters the reader sees."""
    if item is None:
        return []
    items = [item, *Change.objects.filter(kind=ChangeKind.REPLACE, target=item).values_list("new_item", flat=True)]
    seen = SteeringDocument.objects.visible_to(actor, day).filter(state=DocumentState.ISSUED).values("pk")
    mine = Q(assignment_item__uuid__in=[uuid for uuid in items if uuid], document__in=seen)
    lines = BudgetLine.objects.filter(mine).select_related("document").order_by("document_id", "ordinal", "id")
    splits = (
        BudgetSplit.objects.filter(mine).select_related("document", "line").order_by("document_id", "ordinal", "id")
    )
    return [
        *(_link(row.code, row.name, row.amount, row.anchor, row.document) for row in lines),
        *(_link(s.line.code, s.label, s.amount, s.anchor, s.document) for s in splits.order_by("document_id", "id")),
    ]


def _link(code: str, label: str, amount: int, anchor: str, document: SteeringDocument) -> MoneyLink:
    url = reverse("governance:document", args=[document.uuid])
    return MoneyLink(code, label, amount, anchor, Link(document.title, url))
