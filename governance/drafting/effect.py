"""What a draft supplement would do: what is in force without it, and what would be in force with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from core.actor import Actor
from governance.consolidation import ChangeRow, Consolidated, Entry, Source, fold, in_force
from governance.items import Item, read_items
from governance.models import Change, DocumentFamily, DocumentState, SteeringDocument
from governance.restricted import may_read_restricted

_LATEST = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Effect:
    """Rows before and after the draft, of the issuer's letters and supplements to the agency."""

    before: Consolidated
    after: Consolidated


def day_of(document: SteeringDocument, day: date) -> date:
    """The day that is looked at: today, or the nearest day of the letter's budget year."""
    year = document.year or day.year
    if day.year == year:
        return day
    return date(year, 12, 31) if day.year > year else date(year, 1, 1)


def standing(document: SteeringDocument, day: date) -> Consolidated:
    """What the issuer has told the agency: the year's letters, and assignments of earlier years that go on."""
    among = SteeringDocument.objects.filter(issuer_id=document.issuer_id)
    return in_force(agency=document.recipient, valid_on=day_of(document, day), among=among)


def changeable(consolidated: Consolidated) -> list[Entry]:
    """The rows a supplement may change. An instruction is changed by an instruction."""
    rows = [*consolidated.entries, *consolidated.carried]
    return [entry for entry in rows if entry.source.family != DocumentFamily.INSTRUCTION and entry.is_in_force]


def unreadable(entries: Iterable[Entry], actor: Actor, day: date) -> frozenset[UUID]:
    """The exempt assignments among the rows that the actor may not read: for them they are not there (B2)."""
    exempt = {entry.item.uuid for entry in entries if entry.item.data.get("restricted")}
    return frozenset(exempt - may_read_restricted(actor, exempt, day))


def owner_of(entries: Iterable[Entry], target: UUID) -> Entry | None:
    """The row with this id, or the row that has a part (delivery, target, split) with it."""
    for entry in entries:
        if entry.item.uuid == target or target in part_ids(entry.item):
            return entry
    return None


def other_drafts(document: SteeringDocument) -> dict[UUID, list[str]]:
    """The rows, or parts of rows, that other drafts to the same agency change, with the titles of those drafts."""
    rows = Change.objects.filter(
        document__recipient_id=document.recipient_id, document__issuer_id=document.issuer_id, target__isnull=False
    ).exclude(document__state__in=(DocumentState.ISSUED, DocumentState.DISCARDED))
    found: dict[UUID, list[str]] = {}
    for target, title in rows.exclude(document_id=document.pk).order_by("id").values_list("target", "document__title"):
        if target is not None:
            found.setdefault(target, []).append(title)
    return found


def part_ids(item: Item) -> set[UUID]:
    """Permanent ids of the parts of a row."""
    return {UUID(str(part["uuid"])) for child in item.type.children for part in item.data.get(child.key) or ()}


def effect_of(document: SteeringDocument, day: date) -> Effect:
    """Fold the draft on top of what stands. A fixed number of queries however many changes."""
    before = standing(document, day)
    year = document.year or day.year
    earlier = frozenset(source.id for source in before.documents if (source.year or year) < year)
    current = [source.id for source in before.documents if source.id not in earlier]
    ids = [*current, *earlier, document.pk]
    after = fold(
        agency=document.recipient.uuid,
        valid_on=date.max,
        known_at=None,
        documents=[*before.documents, source_of(document)],
        items=[*read_items([*current, document.pk]), *read_items(earlier, ("assignment",))],
        changes=change_rows(ids),
        earlier=earlier,
    )
    return Effect(before, after)


def change_rows(documents: Iterable[int]) -> list[ChangeRow]:
    """The change rows of documents, as the fold reads them."""
    names = ("uuid", "document_id", "ordinal", "kind", "target", "new_item", "text", "new_date", "amount",
             "effective_on")  # fmt: skip
    rows = Change.objects.filter(document_id__in=list(documents)).order_by("document_id", "ordinal", "id")
    return [ChangeRow(**row) for row in rows.values(*names)]


def source_of(document: SteeringDocument) -> Source:
    """A document as the fold reads it. A draft comes last, whatever day it is meant for.

    Kind, issuer, recipient and the letter it supplements must be at hand.
    """
    issued = document.is_issued
    return Source(
        id=document.pk,
        uuid=document.uuid,
        family=document.kind.family,
        kind=document.kind.code,
        title=document.title,
        issuer=document.issuer.uuid,
        recipient=document.recipient.uuid,
        on=(document.effective_on or document.document_date or date.max) if issued else date.max,
        issued_at=(document.issued_at or _LATEST) if issued else _LATEST,
        year=document.year,
        number=document.number,
        dated=document.document_date,
        language=document.language,
        letter=document.supplements.uuid if document.supplements else None,
    )
