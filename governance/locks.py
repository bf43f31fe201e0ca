"""A report that is not to be changed after it was sent, by the rules in force, and on what terms it may be (R-33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.models import Organisation
from governance.instructions import instruction_in_force
from governance.models import ItemPassage, LockRule, SteeringDocument


@dataclass(frozen=True)
class Lock:
    """The rule in force: its document, its terms, and the words it rests on. ``exception`` empty: there is none."""

    document: SteeringDocument
    exception: str
    section: str
    words: str
    passage: int | None = None


def lock_in_force(agency: Organisation, correspondence: str, day: date) -> Lock | None:
    """The rule of the instruction in force, else of the letters of the year; None when no document says so."""
    instruction = instruction_in_force(agency, day)
    letters = SteeringDocument.objects.in_force(day).filter(recipient=agency, year__in=(day.year, day.year - 1))
    held = Q(document=instruction) if instruction else Q(pk__in=())
    rows = LockRule.objects.filter(held | Q(document__in=letters.order_by()), correspondence=correspondence)
    found = sorted(rows.select_related("document"), key=lambda row: (row.document != instruction, -row.pk))
    return _lock(found[0]) if found else None


def _lock(rule: LockRule) -> Lock:
    links = ItemPassage.objects.filter(item=rule.uuid, field="").select_related("passage")
    link = links.order_by("passage__ordinal", "id").first()
    words = rule.text or (" ".join(link.passage.text.split()) if link else "")
    return Lock(rule.document, rule.exception, rule.section, words, link.passage.ordinal if link else None)
