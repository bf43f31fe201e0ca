"""The page of what is deleted when: the rules, the next day something is due, and the protocol (decision A16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _

from agencies.querysets import organisations_with, valid_on
from agencies.rights import Right
from core import clock
from core.actor import Actor
from core.visuals.parts import PageHead
from governance import retention
from governance.models import Material, RetentionClass, RetentionRun

SHOWN = 200


@dataclass(frozen=True)
class RuleLine:
    """One rule, and the first day something of one's own organisation is due by it; None when nothing waits."""

    rule: RetentionClass
    material: str
    valid: bool
    next_due: date | None


@dataclass(frozen=True)
class RetentionPage:
    """The page."""

    head: PageHead
    rules: Sequence[RuleLine]
    runs: Sequence[RetentionRun]


def retention_page(*, actor: Actor, day: date) -> RetentionPage:
    """Rules are the same for all; what is due and the protocol are those of one's own organisation's documents."""
    rules = RetentionClass.objects.order_by("material", "-valid_from")
    valid = set(RetentionClass.objects.filter(valid_on(day)).values_list("pk", flat=True))
    first = {material: _first(material, actor, day) for material in Material}
    lines = [_line(rule, valid=rule.pk in valid, first=first[Material(rule.material)], day=day) for rule in rules]
    runs = RetentionRun.objects.visible_to(actor, day).select_related("retention_class", "document__recipient")
    return RetentionPage(
        head=PageHead(
            title=_("Sletting av arbeidsmateriale"),
            lead=_(
                "Det som er sendt, bestemt eller delt, slettes aldri. "
                "Arbeidsmaterialet slettes om natten når tiden er ute."
            ),
        ),
        rules=lines,
        runs=list(runs.defer("document__canonical_text", "document__search").order_by("-id")[:SHOWN]),
    )


def _line(rule: RetentionClass, *, valid: bool, first: date | None, day: date) -> RuleLine:
    """What is overdue goes the coming night; a day that has passed is not shown."""
    due = max(first + timedelta(days=rule.days), day + timedelta(days=1)) if valid and first else None
    return RuleLine(rule, str(rule.get_material_display()), valid, due)


def _first(material: Material, actor: Actor, day: date) -> date | None:
    """The day the oldest row is counted from, among documents the actor keeps the journal of."""
    rows = retention.kept(material)
    if material == Material.LOOSE_FILE:
        rows = rows.filter(organisation=actor.organisation)
    else:
        prefix = "" if material == Material.DISCARDED_DRAFT else "document__"
        mine = {f"{prefix}recipient_id__in": organisations_with(actor, Right.JOURNAL, day)}
        rows = rows.filter(**mine, **{f"{prefix}issuer__uuid": actor.organisation})
    oldest = rows.order_by().aggregate(first=Min("since"))["first"]
    return clock.local_date(oldest) if oldest else None
