"""Choosing the documents for both clocks, and reading their rows: a fixed number of queries however many rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from agencies.models import Organisation
from core.canonical import plain
from governance import lives
from governance.consolidation.folding import fold
from governance.consolidation.records import PASSAGE, ChangeRow, Consolidated, Source
from governance.corrections.rewind import as_known
from governance.items import ITEM_TYPES, Item, read_items
from governance.models import (
    AssignmentItem,
    Change,
    DocumentFamily,
    DocumentState,
    Passage,
    PassageKind,
    SteeringDocument,
)

Documents = QuerySet[SteeringDocument]


def in_force(
    *,
    agency: Organisation,
    valid_on: date,
    known_at: datetime | None = None,
    letter: SteeringDocument | None = None,
    among: Documents | None = None,
) -> Consolidated:
    """What is in force for an agency at the end of a day, as it was known at a moment (None: all that is known now).

    Without ``letter``: the instruction in force, the letters of the day's budget year, their supplements, and the
    assignments of earlier years that go on. With ``letter``: that letter and its supplements. ``among`` narrows to
    documents the reader may see. Drafts are never in it.
    """
    known_at = known_at.astimezone(UTC) if known_at else None
    known = sources_of(_chosen(agency, known_at, letter, among))
    come = [source for source in known if source.on <= valid_on]
    earlier: list[Source] = []
    fates = lives.Fates()
    lapsed = 0
    if letter is None:
        fates, lapsed = lives.fates(agency, valid_on, known_at), lapsed_through(come, valid_on.year)
        earlier = _earlier(come, valid_on.year, lapsed, fates.kept)
        come = [*_instruction(come), *_of_year(come, valid_on.year)]
    ids = [source.id for source in come]
    old = [source.id for source in earlier]
    only_kept = {source.id for source in earlier if (source.year or 0) <= lapsed}
    going_on = [
        item
        for item in as_known(read_items(old, ("assignment",)), old, known_at, "assignment")
        if item.document_id not in only_kept or item.uuid in fates.kept
    ]
    return fold(
        agency=agency.uuid,
        valid_on=valid_on,
        known_at=known_at,
        letter=letter.uuid if letter else None,
        documents=[*earlier, *come],
        items=[*as_known(read_items(ids), ids, known_at, *ITEM_TYPES), *going_on],
        changes=_changes([*ids, *old]),
        passages=as_known(passages_of(ids), ids, known_at, PASSAGE),
        earlier=frozenset(old),
        ended=fates.ended,
    )


def year_documents(agency: Organisation, year: int, *, among: Documents | None = None) -> list[Source]:
    """The issued letters and supplements of a budget year, in the order they count."""
    return _of_year(sources_of(_chosen(agency, None, None, among)), year)


def _chosen(
    agency: Organisation, known_at: datetime | None, letter: SteeringDocument | None, among: Documents | None
) -> Documents:
    rows: Documents = among if among is not None else SteeringDocument.objects.all()
    rows = rows.filter(state=DocumentState.ISSUED, recipient=agency)
    if known_at is not None:
        rows = rows.filter(issued_at__lte=known_at)
    if letter is not None:
        loose = Q(
            supplements__isnull=True,
            kind__family=DocumentFamily.SUPPLEMENT,
            issuer_id=letter.issuer_id,
            year=letter.year,
            year__isnull=False,
        )
        rows = rows.filter(Q(pk=letter.pk) | Q(supplements_id=letter.pk) | loose)
    return rows


def sources_of(rows: Documents) -> list[Source]:
    """Documents as values, in the order they count."""
    found = rows.annotate(on=Coalesce("effective_on", "document_date"), known=Coalesce("issued_at", "frozen_at"))
    columns = {
        "id": "pk", "uuid": "uuid", "family": "kind__family", "kind": "kind__name_nb", "title": "title",
        "issuer": "issuer__uuid", "recipient": "recipient__uuid", "on": "on", "issued_at": "known", "year": "year",
        "number": "number", "dated": "document_date", "language": "language",
        "lapse_through_year": "lapse_through_year", "letter": "supplements__uuid",
    }  # fmt: skip
    made = []
    for row in found.order_by("on", "known", "pk").values_list(*columns.values()):
        values: dict[str, Any] = dict(zip(columns, row, strict=True))
        if values["year"] is None and values["family"] != DocumentFamily.INSTRUCTION:
            values["year"] = values["on"].year
        made.append(Source(**values))
    return made


def _instruction(known: Sequence[Source]) -> list[Source]:
    """The instruction whose day came last: there are no two on one day (R-01, R-02)."""
    return [source for source in known if source.family == DocumentFamily.INSTRUCTION][-1:]


def _of_year(known: Iterable[Source], year: int) -> list[Source]:
    return [source for source in known if source.family != DocumentFamily.INSTRUCTION and source.year == year]


def lapsed_through(known: Iterable[Source], year: int) -> int:
    """The last year whose assignments lapse by a letter in force, 0 when none says so (R-16)."""
    return max(
        (source.lapse_through_year for source in known if source.lapse_through_year and (source.year or 0) <= year),
        default=0,
    )


def _earlier(known: Sequence[Source], year: int, lapsed: int, kept: frozenset[UUID]) -> list[Source]:
    """Letters of earlier years whose assignments may go on: after the last lapse, or with one that was kept."""
    keeping = set(AssignmentItem.objects.filter(uuid__in=kept).values_list("document_id", flat=True))
    return [
        source
        for source in known
        if source.family != DocumentFamily.INSTRUCTION
        and (source.year or 0) < year
        and ((source.year or 0) > lapsed or source.id in keeping)
    ]


def _changes(documents: Sequence[int]) -> list[ChangeRow]:
    names = ("uuid", "document_id", "ordinal", "kind", "target", "new_item", "text", "new_date", "amount",
             "effective_on")  # fmt: skip
    rows = Change.objects.filter(document_id__in=documents).order_by("document_id", "ordinal", "id")
    return [ChangeRow(**row) for row in rows.values(*names)]


TEXT = ("text", "rich", "section_number", "heading_level", "language", "kind", "chapter")


def passages_of(documents: Sequence[int]) -> list[Item]:
    """The running text of these documents (primary keys) as items. One query."""
    rows = Passage.objects.filter(document_id__in=documents).exclude(kind=PassageKind.FURNITURE)
    found = rows.order_by("document_id", "ordinal", "id").values("uuid", "document_id", "ordinal", *TEXT)
    return [
        Item(PASSAGE, row["uuid"], row["document_id"], row["ordinal"], {name: plain(row[name]) for name in TEXT})
        for row in found
    ]
