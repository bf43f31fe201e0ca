"""The year rule of a letter as a preview: what lapses, what may go on, and why (R-16, R-17, V-24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assignments.models import Assignment
from assignments.permissions import may_read
from assignments.selectors import words
from assignments.states import OPEN
from core.actor import Actor
from governance.models import SteeringDocument


@dataclass(frozen=True)
class LapseLine:
    """One assignment the rule covers; ``lapse`` is the choice, ``reason`` what is written."""

    uuid: UUID
    reference: str
    title: str
    url: str
    year: int
    status: str
    lapse: bool
    reason: str


@dataclass(frozen=True)
class LapsePreview:
    """The page before the act."""

    lead: str
    lines: Sequence[LapseLine]
    reasons: Mapping[UUID, str] = field(default_factory=dict)
    kept: Mapping[UUID, str] = field(default_factory=dict)


def documents(actor: Actor, day: date) -> Any:
    """Issued letters with a year rule that the actor's own organisation sent."""
    rows = SteeringDocument.objects.visible_to(actor, day).for_list()
    return rows.filter(state="issued", lapse_through_year__isnull=False, issuer__uuid=actor.organisation)


def covered(document: SteeringDocument, actor: Actor, day: date) -> list[Assignment]:
    """Open assignments to the recipient from letters up to the year the rule names."""
    rows = (
        Assignment.objects.visible_to(actor, day)
        .with_access(actor)
        .filter(
            responsible_id=document.recipient_id,
            issuer_id=document.issuer_id,
            letter_year__lte=document.lapse_through_year,
            status__in=OPEN,
        )
    )
    return list(rows.order_by("letter_year", "series", "number", "id"))


def preview(document: SteeringDocument, actor: Actor, day: date, typed: Mapping[str, Any] | None) -> LapsePreview:
    """Each assignment with the reason the rule gives; standing ones go on unless a person says otherwise."""
    rows = covered(document, actor, day)
    standard = _("Utgår etter %(title)s: oppdrag til og med %(year)s utgår.") % {
        "title": document.title,
        "year": document.lapse_through_year,
    }
    standing = _("Stående oppdrag.")
    lines = []
    for row in rows:
        key = str(row.uuid)
        lapse = typed.get(f"what_{key}") == "lapse" if typed else not row.standing
        reason = str(typed.get(f"reason_{key}", "")) if typed else (standard if lapse else standing)
        lines.append(
            LapseLine(
                uuid=row.uuid,
                reference=row.reference or _("uten nummer"),
                title=words.shown_title(row, may_read(actor, row)),
                url=reverse("assignments:passport", args=[row.uuid]),
                year=row.letter_year,
                status=row.get_status_display(),
                lapse=lapse,
                reason=reason,
            )
        )
    count = len(lines)
    lead = ngettext(
        "%(n)s åpent oppdrag er omfattet. Ingenting utgår før du har sett listen og bekreftet.",
        "%(n)s åpne oppdrag er omfattet. Ingenting utgår før du har sett listen og bekreftet.",
        count,
    ) % {"n": count}
    return LapsePreview(
        lead=lead,
        lines=lines,
        reasons={line.uuid: line.reason for line in lines if line.lapse},
        kept={line.uuid: line.reason for line in lines if not line.lapse},
    )
