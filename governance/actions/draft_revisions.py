"""Every saved state of a row or passage of a draft is kept: the base for merging, and what is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.actor import Actor
from governance.drafting.merging import RowConflict, merge
from governance.models import RowRevision, SteeringDocument

PASSAGE = "passage"


@dataclass(frozen=True)
class Place:
    """Where a removed row stood, so that it can be put back: chapter, and the passage before it."""

    chapter: str
    after: UUID | None
    passages: tuple[UUID, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "chapter": self.chapter,
            "after": str(self.after) if self.after else None,
            "passages": [str(uuid) for uuid in self.passages],
        }

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Place:
        """From JSON."""
        after = data.get("after")
        passages = tuple(UUID(uuid) for uuid in data.get("passages") or ())
        return cls(str(data.get("chapter") or ""), UUID(after) if after else None, passages)


def latest(item: UUID) -> RowRevision | None:
    """The newest revision of a row or passage."""
    found: RowRevision | None = (
        RowRevision.objects.filter(item=item).select_related("saved_by").order_by("-number").first()
    )
    return found


def record(
    *,
    document: SteeringDocument,
    item: UUID,
    item_type: str,
    data: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    removed: bool = False,
) -> RowRevision:
    """Keep a saved state. ``before`` is the state a first edit started from, kept as number 0."""
    last = latest(item)
    if last is None and before is not None:
        RowRevision.objects.create(
            document=document, item=item, item_type=item_type, number=0, data=dict(before), saved_at=at
        )
    return RowRevision.objects.create(
        document=document,
        item=item,
        item_type=item_type,
        number=(last.number if last else 0) + 1,
        data=dict(data),
        removed=removed,
        saved_by_id=actor.user_id,
        saved_at=at,
    )


def merged(
    *,
    item: UUID,
    base_number: int | None,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    children: tuple[str, ...],
) -> dict[str, Any]:
    """What to write when the form was opened on version ``base_number``: merged field by field.

    Raises RowConflict when both sides changed the same field. Without a base the new words are taken as they are.
    """
    last = latest(item)
    whole = {**theirs, **mine}
    if base_number is None or last is None or base_number >= last.number:
        return whole
    base = RowRevision.objects.filter(item=item, number=base_number).first()
    if base is None:
        return whole
    result = merge(base.data, theirs, {**base.data, **mine}, children=children)
    if result.conflicts:
        who = str(last.saved_by) if last.saved_by else _("en annen")
        sentence = _("%(who)s endret det samme mens du skrev. Velg hvilke ord som skal stå. Ingenting er mistet.")
        raise RowConflict(
            sentence % {"who": who},
            base=base.data,
            theirs=theirs,
            mine={**base.data, **mine},
            merge=result,
            number=last.number,
            saved_by=who,
        )
    return result.data
