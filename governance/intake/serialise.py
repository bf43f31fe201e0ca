"""The reader's draft as JSON: passages, rows and facts as the import keeps them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from core.canonical import plain
from core.ids import new_uuid
from governance.importing.records import Coverage, DraftAssignment, DraftItem, DraftLetter
from governance.intake.kinds import CITATION, KIND_BY_GROUP
from governance.intake.words import doubt_of_deadline, second_row_reason

#: Doubts that the page points out without asking for a decision: the text is kept as it stands.
POINTED_OUT = frozenset({"no_such_date", "before_letter", "year_differs", "too_soon"})
_BASE_FIELDS = frozenset({"confidence", "passages", "unsure", "spans"})


@dataclass(frozen=True)
class NewRow:
    """One recognised row, ready to be stored."""

    kind: str
    data: dict[str, Any]
    passages: list[int]
    spans: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    confidence: float = 1.0

    @property
    def unsure(self) -> bool:
        """A person must decide something before the row counts as ready."""
        return any(doubt["code"] not in POINTED_OUT for doubt in self.doubts)


def rows_of(draft: DraftLetter) -> list[NewRow]:
    """All rows in the order of the page, citations left out: they are facts about the letter."""
    rows = [
        _row(kind, item) for group, kind in KIND_BY_GROUP.items() if kind != CITATION for item in getattr(draft, group)
    ]
    _mark_second_rows(rows)
    return rows


def _mark_second_rows(rows: list[NewRow]) -> None:
    """A second row for the same chapter and post is unclear until somebody says whether it comes on top."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if row.kind != "budget_line" or row.data["kind"] == "change":
            continue
        code = (str(row.data["chapter"]), str(row.data["post"]))
        row.data["unclear"] = code in seen
        row.data["unclear_reason"] = second_row_reason() if code in seen else ""
        seen.add(code)


def _row(kind: str, item: DraftItem) -> NewRow:
    data = {name: plain(value) for name, value in asdict(item).items() if name not in _BASE_FIELDS}
    if isinstance(item, DraftAssignment):
        data["deliveries"] = _deliveries(item, data["deliveries"])
    return NewRow(
        kind=kind,
        data=data,
        passages=list(item.passages),
        spans=[plain(asdict(span)) for span in item.spans],
        doubts=[plain(asdict(doubt)) for doubt in item.unsure],
        confidence=item.confidence,
    )


def _deliveries(item: DraftAssignment, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At least one delivery; a doubtful deadline is marked on the delivery that has it."""
    deliveries = found or [
        {
            "part": "",
            "anchor": "",
            "product": "final",
            "kind": item.deadline_kind.value,
            "deadline_text": item.deadline_text,
            "date": plain(item.deadline),
            "time": None,
            "optional": False,
        }
    ]
    reason = doubt_of_deadline(item.doubtful_deadline)
    marked = [row for row in deliveries if row["date"] == plain(item.deadline)] or deliveries[-1:]
    for row in deliveries:
        row["doubtful"] = bool(item.doubtful_deadline) and row in marked
        row["doubt"] = reason if row["doubtful"] else ""
    return deliveries


def passages_of(draft: DraftLetter) -> list[dict[str, Any]]:
    """The passages with a permanent id each and, for headings, the level of their section."""
    levels = {section.passages[0]: section.level for section in draft.sections if section.passages}
    return [
        {
            "uuid": str(new_uuid()),
            "ordinal": row.ordinal,
            "kind": row.kind.value,
            "form": row.form.value,
            "text": row.text,
            "plain": row.plain,
            "start": row.start,
            "end": row.end,
            "page": row.page,
            "section_number": row.section_number,
            "level": levels.get(row.ordinal, 0),
        }
        for row in draft.passages
    ]


def facts_of(draft: DraftLetter) -> dict[str, Any]:
    """What the letter says about itself, what it refers to, and its sections."""
    facts = plain(asdict(draft.facts))
    facts["doubts"] = [plain(asdict(doubt)) for doubt in draft.doubts]
    facts["citations"] = [plain(asdict(row)) for row in draft.citations]
    facts["rested_on"] = sorted(
        {
            ordinal
            for group, kind in KIND_BY_GROUP.items()
            if kind != CITATION
            for item in getattr(draft, group)
            for ordinal in item.passages
        }
    )
    facts["sections"] = [
        {
            "number": row.number,
            "title": row.title,
            "level": row.level,
            "passage": row.passages[0] if row.passages else 0,
        }
        for row in draft.sections
    ]
    facts["sources"] = [
        {"name": row.name, "extractor": row.extractor, "version": row.extractor_version, "pages": row.pages}
        for row in draft.canonical.sources
    ]
    return dict(facts)


def coverage_of(coverage: Coverage) -> dict[str, Any]:
    """How the source lines were accounted for (V-40)."""
    return {
        "lines": coverage.lines,
        "structured": coverage.structured,
        "prose": coverage.prose,
        "furniture": coverage.furniture,
        "lost": list(coverage.lost),
    }


def extractor_of(draft: DraftLetter) -> str:
    """Name and version of what made text of the files."""
    names = dict.fromkeys(
        f"{source.extractor} {source.extractor_version}".strip() for source in draft.canonical.sources
    )
    return ", ".join(names)[:100]
