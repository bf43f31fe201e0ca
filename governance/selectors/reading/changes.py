"""Only what changed between two days: rows that came, went or were changed, and by which document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import formatting
from core.visuals.parts import Empty, Link, PageHead
from governance.consolidation import Applied, Consolidated, Entry, Source
from governance.selectors.reading.compare_rows import CompareGroup, compare_groups
from governance.selectors.reading.scope import Reader, consolidated_for, crumbs, document_link
from governance.selectors.reading.words import change_words


@dataclass(frozen=True)
class Happened:
    """A document that came into force between the days, and what it did."""

    link: Link
    on: str
    what: Sequence[str]


@dataclass(frozen=True)
class ChangesPage:
    """The page."""

    head: PageHead
    happened: Sequence[Happened]
    groups: Sequence[CompareGroup]
    counts: Sequence[tuple[int, str]]
    empty: Empty | None


def changes_page(
    reader: Reader, agency: Organisation, start: date, end: date, known_at: datetime | None
) -> ChangesPage:
    """What is in force at the end of the last day laid against what was at the end of the first."""
    before = consolidated_for(reader, agency, start, known_at=known_at)
    after = consolidated_for(reader, agency, end, known_at=known_at)
    found = compare_groups(_entries(before), _entries(after))
    days = {"start": formatting.full_date(start), "end": formatting.full_date(end)}
    head = PageHead(
        title=_("Bare endringer"),
        overline=agency.name,
        lead=_("Det som er endret etter %(start)s, til og med %(end)s") % days,
        crumbs=crumbs(agency),
    )
    empty = Empty(
        _("Ingen endringer"),
        _("Det samme gjelder begge dager."),
        Link(_("Les gjeldende tekst"), reverse("governance:in_force", args=[agency.uuid])),
    )
    happened = _happened(before, after)
    counts = [(found.added, _("nye")), (found.removed, _("borte")), (found.changed, _("endret"))]
    return ChangesPage(head, happened, found.groups, counts, None if found.groups or happened else empty)


def _entries(found: Consolidated) -> list[Entry]:
    return [*found.entries, *found.carried]


def _happened(before: Consolidated, after: Consolidated) -> list[Happened]:
    known = {source.id for source in before.documents}
    done: dict[UUID, list[Applied]] = {}
    for entry in (*after.rows, *after.carried):
        for change in entry.changes:
            if change.on > before.valid_on:
                done.setdefault(change.document.uuid, []).append(change)
    came = [source for source in after.documents if source.id not in known or source.uuid in done]
    return [_line(source, done.get(source.uuid, [])) for source in came]


def _line(source: Source, changes: Sequence[Applied]) -> Happened:
    counted: dict[str, int] = {}
    for change in changes:
        words = change_words(change.kind)
        counted[words] = counted.get(words, 0) + 1
    what = [f"{words}: {count}" for words, count in counted.items()]
    return Happened(document_link(source), formatting.full_date(source.on), what)
