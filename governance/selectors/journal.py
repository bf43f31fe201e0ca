"""What the journal queue shows (decision C7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core import formatting
from core.actor import Actor
from core.visuals.parts import Empty, Link, PageHead
from governance.archiving import is_withheld
from governance.models import JournalEntry, JournalState, Publication

#: Days a document may wait before its age is shown in red.
PATIENCE = 5
SHOWN = 200


@dataclass(frozen=True)
class QueueRow:
    """One document that waits or is journalled. ``age`` is days since the day of the document."""

    entry: JournalEntry
    url: str
    age: int
    late: bool
    failed: bool = False


@dataclass(frozen=True)
class QueuePage:
    """The page."""

    head: PageHead
    tabs: Sequence[Link]
    rows: Sequence[QueueRow]
    waiting: bool
    empty: Empty | None


def queue(*, actor: Actor, day: date, state: str) -> QueuePage:
    """The queue or the journalled ones, at most 200 at a time, oldest document first while they wait."""
    seen = JournalEntry.objects.visible_to(actor, day)
    waiting = state != "fort"
    chosen = seen.exclude(state=JournalState.JOURNALLED) if waiting else seen.filter(state=JournalState.JOURNALLED)
    order = "document_date" if waiting else "-journalled_at"
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
    age = max((day - entry.document_date).days, 0)
    return QueueRow(
        entry=entry,
        url=reverse("governance:journal_entry", args=[entry.uuid]),
        age=age,
        late=age > PATIENCE and entry.state != JournalState.JOURNALLED,
        failed=bool(entry.problem),
    )


@dataclass(frozen=True)
class EntryPage:
    """One document in the queue: what goes to the archive, and what the archive has answered."""

    head: PageHead
    facts: Sequence[tuple[str, str]]
    problem: str
    may_propose: bool
    package_locked: str
    proposed: dict[str, str]


def entry_page(*, entry: JournalEntry, actor: Actor, day: date) -> EntryPage:
    """The page. A letter held back from publication brings its basis along as the proposal to start from."""
    back = Link(_("Journalføring"), reverse("governance:journal"))
    locked = ""
    if is_withheld(entry, actor, day):
        locked = _("Dokumentet har innhold som er unntatt offentlighet. Be en som kan lese det om å hente pakken.")
    return EntryPage(
        head=PageHead(title=entry.title, overline=_("Journalføring"), crumbs=[back]),
        facts=_facts(entry),
        problem=entry.problem,
        may_propose=entry.state in (JournalState.WAITING, JournalState.FAILED),
        package_locked=locked,
        proposed=_proposed(entry),
    )


def _facts(entry: JournalEntry) -> list[tuple[str, str]]:
    rows = [
        (_("Tilstand"), str(entry.get_state_display())),
        (_("Retning"), str(entry.get_direction_display())),
        (_("Motpart"), entry.counterpart.name),
        (_("Dokumentdato"), formatting.full_date(entry.document_date)),
    ]
    if entry.exported_at:
        rows.append((_("Overført til arkivet"), formatting.moment(entry.exported_at)))
        rows.append((_("Kontrollsum for pakken"), entry.package_sha256))
    if entry.access_proposed_at and entry.access_proposed_by:
        person, moment = str(entry.access_proposed_by), formatting.moment(entry.access_proposed_at)
        rows.append((_("Tilgang foreslått av"), f"{person}, {moment}"))
    return rows


def _proposed(entry: JournalEntry) -> dict[str, str]:
    if entry.access_code or entry.state == JournalState.JOURNALLED:
        return {}
    held = Publication.objects.filter(document__uuid=entry.subject, state="exempt").order_by("-id").first()
    return {"access_basis": held.exempt_basis} if held is not None else {}
