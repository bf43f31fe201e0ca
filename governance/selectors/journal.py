"""What the journal queue shows (decision C7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.visuals.parts import Empty, Link, PageHead
from governance.models import JournalEntry, JournalState

#: Days a document may wait before its age is shown in red.
PATIENCE = 5
SHOWN = 200


@dataclass(frozen=True)
class QueueRow:
    """One document that waits or is journalled."""

    entry: JournalEntry
    url: str
    age: int
    late: bool


@dataclass(frozen=True)
class QueuePage:
    """The page."""

    head: PageHead
    tabs: Sequence[Link]
    rows: Sequence[QueueRow]
    waiting: bool
    empty: Empty | None


def queue(*, actor: Actor, day: date, state: str) -> QueuePage:
    """The queue or the journalled ones, at most 200 at a time, oldest first while they wait."""
    seen = JournalEntry.objects.visible_to(actor, day)
    waiting = state != "fort"
    chosen = seen.exclude(state=JournalState.JOURNALLED) if waiting else seen.filter(state=JournalState.JOURNALLED)
    order = "created_at" if waiting else "-journalled_at"
    rows = [
        _row(entry, day) for entry in chosen.select_related("counterpart", "organisation").order_by(order, "id")[:SHOWN]
    ]
    base = reverse("governance:journal")
    open_count = seen.exclude(state=JournalState.JOURNALLED).count()
    empty = None
    if not rows:
        empty = Empty(_("Ingenting venter på journalføring"), _("Alt som er sendt og mottatt, er ført i arkivet."))
    return QueuePage(
        head=PageHead(
            title=_("Journalføring"),
            lead=_("Et brev som er fryst her, er ikke arkivert før arkivsystemet har svart."),
        ),
        tabs=[
            Link(_("Venter"), base, count=open_count, current=waiting),
            Link(_("Journalført"), f"{base}?vis=fort", current=not waiting),
        ],
        rows=rows,
        waiting=waiting,
        empty=empty,
    )


def _row(entry: JournalEntry, day: date) -> QueueRow:
    age = (day - clock.local_date(entry.created_at)).days
    return QueueRow(
        entry=entry,
        url=reverse("governance:journal_entry", args=[entry.uuid]),
        age=age,
        late=age > PATIENCE and entry.state != JournalState.JOURNALLED,
    )
