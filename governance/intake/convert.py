"""From rows of an import to items of a document. Writes through ContentWriter, inside the action's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agencies.models import Department, Organisation
from agencies.querysets import valid_on
from governance.content import ContentWriter
from governance.intake import convert_items as to
from governance.intake.convert_rules import RULE_CONVERTERS
from governance.intake.deliveries import passages_of
from governance.intake.lines import Registry
from governance.models import (
    DeliveryItem,
    DocumentImport,
    Goal,
    ImportRow,
    ItemPassage,
    Passage,
    PassageKind,
    RowState,
    SteeringDocument,
)
from governance.models.document import DocumentPart

GONE = (RowState.PROSE, RowState.MERGED)


@dataclass
class Conversion:
    """One import on its way into one draft document."""

    found: DocumentImport
    document: SteeringDocument
    writer: ContentWriter = field(init=False)
    passages: dict[int, Passage] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    calendar: dict[date, DocumentPart] = field(default_factory=dict)
    links: list[ItemPassage] = field(default_factory=list)
    departments: dict[str, Department] = field(default_factory=dict)
    last_goal: Goal | None = None
    lines: Registry = field(init=False)
    chosen: dict[int, tuple[str, int | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare what every row may point at."""
        self.writer = ContentWriter(self.document)
        day = self.document.document_date or self.document.created_at.date()
        rows = Department.objects.filter(valid_on(day), organisation=self.document.issuer)
        self.departments = {name: row for row in rows for name in (row.code, row.name)}

    def run(self) -> None:
        """Passages first, then the rows in the order of their kinds, then the links between them."""
        rows = list(
            ImportRow.objects.filter(document_import=self.found).exclude(state__in=GONE).order_by("ordinal", "id")
        )
        self.lines = Registry(self.agency, self.found, rows)
        self._write_passages(rows)
        for kind, convert in {**to.CONVERTERS, **RULE_CONVERTERS}.items():
            for row in rows:
                if row.kind == kind:
                    self._link(convert(self, row), row)
        for citation in self.found.facts.get("citations") or ():
            item = to.citation(self, citation)
            self._links_to(item, citation.get("passages") or (), ())
            if citation.get("item"):
                self.chosen[item.pk] = (str(citation["item"]), citation.get("item_by"))
        ItemPassage.objects.bulk_create(self.links)

    def _write_passages(self, rows: Iterable[ImportRow]) -> None:
        used = {ordinal for row in rows for ordinal in row.passages}
        made = [
            Passage(
                document=self.document,
                ordinal=row["ordinal"],
                uuid=row["uuid"],
                kind=kind_of(row, used, self.found),
                text=row["text"],
                start=row["start"],
                end=row["end"],
                page=row["page"],
                section_number=row["section_number"][:40],
                heading_level=row["level"],
                language=self.document.language,
            )
            for row in self.found.passages
        ]
        self.passages = {row.ordinal: row for row in Passage.objects.bulk_create(made)}

    def _link(self, item: DocumentPart, row: ImportRow) -> None:
        self._links_to(item, row.passages, row.spans)

    def _links_to(self, item: DocumentPart, ordinals: Iterable[int], spans: Iterable[Mapping[str, Any]]) -> None:
        resting = [self.passages[n] for n in ordinals if n in self.passages]
        for passage in resting:
            self._add_link(item, passage)
        for span in spans:
            home = next((p for p in resting if (p.start or 0) <= span["start"] < (p.end or 0)), None)
            if home is not None:
                self._add_link(item, home, field=span["field"][:40], start=span["start"], end=span["end"])

    def _add_link(self, item: DocumentPart, passage: Passage, **values: Any) -> None:
        self.links.append(
            ItemPassage(document=self.document, item=item.uuid, passage=passage, ordinal=len(self.links) + 1, **values)
        )

    def rest_delivery(self, item: DeliveryItem, delivery: Mapping[str, Any], row: ImportRow) -> None:
        """Tie a delivery to the passage it stands in; always one of its assignment's, so that both are withheld."""
        for ordinal in passages_of(delivery, row.passages, self.found.passages):
            passage = self.passages.get(ordinal)
            if passage is not None:
                start, end = int(delivery.get("start") or 0), int(delivery.get("end") or 0)
                inside = start and (passage.start or 0) <= start < (passage.end or 0)
                place = {"start": start, "end": end} if inside else {}
                self._add_link(item, passage, field="frist", **place)

    def section_of(self, row: ImportRow) -> str:
        """Number of the section the row's first passage stands in."""
        passage = self.passages.get(row.passages[0]) if row.passages else None
        return passage.section_number if passage else ""

    def goal(self, name: str) -> Goal | None:
        """The goal a row names, by number or title."""
        return self.goals.get(name.strip().casefold()) if name else None

    @property
    def agency(self) -> Organisation:
        """The one the document is to."""
        return self.document.recipient


def kind_of(passage: Mapping[str, Any], used: set[int], found: DocumentImport) -> PassageKind:
    """What became of a passage: rows that rest on it decide, page furniture stays what it is (V-40)."""
    if passage["kind"] == PassageKind.FURNITURE:
        return PassageKind.FURNITURE
    if passage["ordinal"] in used:
        return PassageKind.STRUCTURED
    touched = found.facts.get("rested_on") or ()
    headed = passage["kind"] == PassageKind.STRUCTURED and passage["ordinal"] not in touched
    return PassageKind.STRUCTURED if headed else PassageKind.PROSE
