"""What every change of a supplement shares: the wish, the work under way, the text and the change row (A2, V-34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core import clock
from core.actor import Actor
from governance.actions import draft_passages, draft_rows
from governance.actions.draft_changes import SENTENCE
from governance.consolidation import Consolidated, Entry
from governance.content import ContentWriter
from governance.drafting import chapters
from governance.drafting.change_words import ChangeSpeaker
from governance.drafting.effect import changeable, standing, unreadable
from governance.items import Item
from governance.models import Change, ChangeKind, ItemPassage, Passage, PassageKind, SteeringDocument


@dataclass(frozen=True)
class Wish:
    """One thing to change. ``target`` is the row in force.

    ``dates`` are new deadlines by the id of the delivery (or of the row itself); ``values`` the new values of a row
    that is replaced; ``amount`` whole kroner with sign; ``basis`` a word of change_words.REASONS.
    """

    what: str
    target: UUID
    reason: str = ""
    dates: Mapping[UUID, date] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    amount: int = 0
    basis: str = ""
    assignment: UUID | None = None
    anchor: str = ""
    effective_on: date | None = None


@dataclass
class Work:
    """What every change of one act shares."""

    document: SteeringDocument
    entries: Sequence[Entry]
    stands: Consolidated
    actor: Actor
    at: datetime
    say: ChangeSpeaker
    hidden: frozenset[UUID] = frozenset()
    made: list[Change] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day of the act."""
        return clock.local_date(self.at)


def start(document: SteeringDocument, actor: Actor, at: datetime) -> Work:
    """Read what stands, once for all the changes of an act. The draft is locked by the caller."""
    day = clock.local_date(at)
    stands = standing(document, day)
    entries = changeable(stands)
    return Work(
        document, entries, stands, actor, at, ChangeSpeaker(document.language), unreadable(entries, actor, day)
    )  # fmt: skip


# ---- the text of a change ----
def write_passage(work: Work, key: str, text: str, *rows: UUID) -> Passage:
    """The change's own passage: prose the officer may polish, tied to the change and to the row it makes."""
    document = work.document
    chapter = chapters.chapter_for_rows(document, key, work.day)
    draft_passages.ensure_heading(document, chapter, work.day)
    after = draft_passages.end_of_chapter(document, chapter, work.day)
    writer = ContentWriter(document)
    passage = writer.passage(
        text,
        kind=PassageKind.PROSE,
        ordinal=draft_passages.make_room(document, after=after, count=1),
        chapter=chapter,
        language=document.language,
    )
    for row in rows:
        writer.add(ItemPassage, item=row, passage=passage)
    return passage


def write_change(
    work: Work, key: str, kind: ChangeKind, text: str, passage: Passage | None = None, **values: Any
) -> None:
    writer = ContentWriter(work.document)
    ordinal = draft_rows.next_ordinal(Change, work.document)
    row = writer.add(Change, kind=kind, item_type=key, text=text, ordinal=ordinal, **values)
    if passage is None:
        passage = write_passage(work, key, text)
    writer.add(ItemPassage, item=row.uuid, passage=passage)
    work.made.append(row)


def withhold_with(work: Work, row: UUID, passage: Passage) -> None:
    """Let the change's own sentence be held back wherever the exempt row it stands above is."""
    ContentWriter(work.document).add(ItemPassage, item=row, passage=passage, field=SENTENCE)


def save(work: Work, key: str, data: Mapping[str, Any], passages: Sequence[Passage] | None = None) -> Item:
    """A row of the draft that the change carries: not announced as new by itself."""
    return draft_rows.save_row(
        document=work.document, item_type=key, data=data, actor=work.actor, at=work.at, passages=passages,
        announce=False,
    )  # fmt: skip
