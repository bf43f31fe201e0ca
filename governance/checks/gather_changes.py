"""What a document changes, and what has come of it meanwhile. The same number of queries however many changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from governance.checks.surroundings import ChangeMade
from governance.consolidation import Consolidated, Entry
from governance.drafting.effect import changeable, other_drafts, owner_of, part_ids, standing
from governance.items import ITEM_TYPES
from governance.models import Change, ChangeKind, DeliveryItem, RowRevision, SteeringDocument

#: what cannot be done with a row that is in force no more
_NEEDS_FORCE = (ChangeKind.REPLACE, ChangeKind.WITHDRAW, ChangeKind.MOVE_DEADLINE)


def changes_of(document: SteeringDocument, day: date) -> list[ChangeMade]:
    """The changes of a document, those of a draft laid against what is in force and against other drafts."""
    rows = list(Change.objects.filter(document=document))
    made = [_made(row, known) for known in [_Known([row.target for row in rows if row.target])] for row in rows]
    if document.is_issued or not any(row.target for row in rows):
        return made
    meanwhile = _Meanwhile(document, rows, day)
    return [meanwhile.told(row, change) for row, change in zip(rows, made, strict=True)]


class _Known:
    """Names of the rows that are changed, and which of them have a deadline that cannot be departed from."""

    def __init__(self, wanted: Sequence[UUID]) -> None:
        self.names = _known_rows(wanted)
        self.fixed = set[UUID | None]()
        parts = DeliveryItem.objects.filter(Q(assignment_item__uuid__in=wanted) | Q(uuid__in=wanted))
        for uuid, owner, reference, title, kept, exempt in parts.values_list(
            "uuid", "assignment_item__uuid", "assignment_item__reference", "assignment_item__title", "not_extendable",
            "assignment_item__restricted",
        ):  # fmt: skip
            self.names.setdefault(uuid, (reference if exempt else f"{reference} {title}").strip())
            self.fixed |= {uuid, owner} if kept else set()


def _made(row: Change, known: _Known) -> ChangeMade:
    return ChangeMade(
        uuid=str(row.new_item or row.uuid),
        kind=row.kind,
        target=str(row.target or ""),
        target_known=row.target in known.names,
        fixed=row.target in known.fixed,
        place=known.names.get(row.target) or _("endring %(number)s") % {"number": row.ordinal},
        text=row.text,
    )


def _known_rows(wanted: Sequence[UUID]) -> dict[UUID | None, str]:
    """Targets that are rows of any type, with a name; one query per type only while some are left."""
    found: dict[UUID | None, str] = {}
    for kind in sorted(ITEM_TYPES.values(), key=lambda one: one.key != "assignment"):
        left = [uuid for uuid in wanted if uuid not in found]
        if not left:
            break
        for row in kind.model._default_manager.filter(uuid__in=left):
            exempt = bool(getattr(row, "restricted", False))
            found[row.uuid] = (getattr(row, "reference", "") or (_("oppdraget") if exempt else str(row)))[:120]
    return found


class _Meanwhile:
    """What is in force now, when each change of the draft was written, and which other drafts change the same."""

    def __init__(self, document: SteeringDocument, rows: Sequence[Change], day: date) -> None:
        self.stands: Consolidated = standing(document, day)
        self.open: list[Entry] = changeable(self.stands)
        self.drafts: Mapping[UUID, Sequence[str]] = other_drafts(document)
        made = [row.new_item for row in rows if row.new_item]
        written = (
            RowRevision.objects.filter(item__in=made).order_by().values_list("item").annotate(first=Min("saved_at"))
        )
        self.written: dict[UUID, datetime] = dict(written)

    def told(self, row: Change, change: ChangeMade) -> ChangeMade:
        """The change with what has come of its target."""
        if row.target is None or not change.target_known:
            return change
        entry = owner_of(self.open, row.target)
        if entry is None:
            gone = row.kind in _NEEDS_FORCE
            return replace(change, gone=gone, by=self._ended_by(row.target) if gone else "")
        same = {entry.item.uuid, *part_ids(entry.item)}
        others = sorted({title for uuid in same for title in self.drafts.get(uuid, ())})
        return replace(change, since=self._since(row, entry), drafts=tuple(others))

    def _ended_by(self, target: UUID) -> str:
        entry = owner_of([*self.stands.rows, *self.stands.carried], target)
        return entry.changes[-1].document.title if entry is not None and entry.changes else ""

    def _since(self, row: Change, entry: Entry) -> str:
        """The newest letter that changed the row after this change was written."""
        written = self.written.get(row.new_item) if row.new_item else None
        later = [done for done in entry.changes if written is not None and done.document.issued_at > written]
        return later[-1].document.title if later else ""
