"""Which bodies one follows, and which follow it: renamed, merged or split, in any number of steps (decision A11)."""

from __future__ import annotations

from datetime import date

from agencies.models import Organisation, Succession


def predecessors(organisation: Organisation, day: date | None = None) -> frozenset[int]:
    """Primary keys of the body and all it follows on the day (None: ever). One query for each step."""
    return _walk(organisation, "successor_id", "predecessor_id", day)


def successors(organisation: Organisation, day: date | None = None) -> frozenset[int]:
    """Primary keys of the body and all that follow it on the day (None: ever)."""
    return _walk(organisation, "predecessor_id", "successor_id", day)


def _walk(organisation: Organisation, near: str, far: str, day: date | None) -> frozenset[int]:
    rows = Succession.objects.filter(date__lte=day) if day else Succession.objects.all()
    found, step = {organisation.pk}, {organisation.pk}
    while step:
        step = set(rows.filter(**{f"{near}__in": step}).values_list(far, flat=True)) - found
        found |= step
    return frozenset(found)
