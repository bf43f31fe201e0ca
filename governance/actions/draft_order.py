"""Rows of a draft in another order, their text with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotFound
from governance.actions import draft_passages
from governance.actions.documents import touch
from governance.actions.draft_access import open_draft, require_seen
from governance.actions.draft_rows import chapter_of_item, find_item
from governance.items import ITEM_TYPES
from governance.models import SteeringDocument
from governance.models.document import DocumentPart


@transaction.atomic
def move_row(
    *, document: SteeringDocument, item_type: str, item: UUID, after: UUID | None, actor: Actor, at: datetime
) -> None:
    """Let a row stand after another of its type (None: first), and its text after that row's text."""
    kind = ITEM_TYPES[item_type]
    chapter = chapter_of_item(document, find_item(document, kind, item))
    document = open_draft(document=document, actor=actor, at=at, chapter=chapter)
    require_seen(document, item, actor, clock.local_date(at))
    find_item(document, kind, item)
    rows = list(kind.model._default_manager.filter(document=document).order_by("ordinal", "id"))
    moved = next(row for row in rows if row.uuid == item)
    others = [row for row in rows if row.uuid != item]
    place = next((n for n, row in enumerate(others, start=1) if row.uuid == after), None) if after else 0
    if place is None:
        raise NotFound(_("Raden det skal flyttes etter, finnes ikke i utkastet."))
    others.insert(place, moved)
    for ordinal, row in enumerate(others, start=1):
        row.ordinal = ordinal
    kind.model._default_manager.bulk_update(others, ["ordinal"])
    _move_text(document, others, moved, place)
    touch(document, actor=actor)


def _move_text(document: SteeringDocument, rows: Sequence[DocumentPart], moved: DocumentPart, place: int) -> None:
    """The text follows only within its chapter; running text a row merely rests on stays where it is."""
    own = [row for row in draft_passages.linked(document, moved.uuid) if row.kind == "structured"]
    if not own:
        return
    neighbour = rows[place - 1] if place else rows[1] if len(rows) > 1 else None
    theirs = draft_passages.linked(document, neighbour.uuid) if neighbour else []
    theirs = [row for row in theirs if row.chapter == own[0].chapter]
    if theirs:
        after = theirs[-1].ordinal if place else theirs[0].ordinal - 1
        draft_passages.move_block(document, own, after=after)
