"""Money per chapter and post: carried over + letter + supplements, each krone counted once (V-22, decision A12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from governance.consolidation.records import Applied, Consolidated, Entry, Source

CARRIED, LETTER, SUPPLEMENTS = "carried", "letter", "supplements"
#: Why a row is not counted, when it is not unclear: the same carried-over money told again.
REPEATED = "repeated"


@dataclass(frozen=True)
class Part:
    """One amount that counts, in whole kroner with sign: in which column, from which document, on which row."""

    column: str
    document: Source
    amount: int
    entry: Entry


@dataclass(frozen=True)
class Sums:
    """Sums in whole kroner."""

    carried: int = 0
    letter: int = 0
    supplements: int = 0

    @property
    def total(self) -> int:
        """Samlet tildeling."""
        return self.carried + self.letter + self.supplements


@dataclass(frozen=True)
class PostTotal:
    """A chapter and post. ``uncounted`` are rows shown beside: unclear, or the same money told again.

    ``stated`` is the sum the latest document that tells one says; ``differs`` when it is not the sum here.
    """

    chapter: int
    post: int
    name: str
    sums: Sums
    by_document: dict[UUID, int]
    parts: Sequence[Part] = ()
    uncounted: Sequence[tuple[Entry, str]] = ()
    stated: int | None = None
    stated_in: Source | None = None
    differs: bool = False

    @property
    def code(self) -> str:
        """Chapter and post as in tables: 746.01."""
        return f"{self.chapter}.{self.post:02d}"

    @property
    def is_income(self) -> bool:
        """Chapters 3000 to 5999 are income (V-11)."""
        return 3000 <= self.chapter <= 5999


@dataclass(frozen=True)
class YearTotals:
    """All chapters and posts, expenses and incomes apart."""

    expenses: Sequence[PostTotal]
    incomes: Sequence[PostTotal]
    expense_sums: Sums
    income_sums: Sums
    documents: Sequence[Source] = ()

    @property
    def is_empty(self) -> bool:
        """No amounts at all."""
        return not (self.expenses or self.incomes)

    def find(self, code: str) -> PostTotal | None:
        """The chapter and post with this code."""
        return next((row for row in (*self.expenses, *self.incomes) if row.code == code), None)


@dataclass
class _Post:
    parts: list[Part] = field(default_factory=list)
    uncounted: list[tuple[Entry, str]] = field(default_factory=list)
    stated: list[tuple[Source, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def post_totals(consolidated: Consolidated) -> YearTotals:
    """The totals of a consolidation. Unclear rows are not counted but listed."""
    posts: dict[tuple[int, int], _Post] = defaultdict(_Post)
    carried: set[tuple[int, int, int]] = set()
    for entry in consolidated.rows:
        if entry.item.key == "budget_line":
            _count(posts[_key(entry)], entry, carried)
    made = [_total(key, post) for key, post in sorted(posts.items())]
    expenses = [row for row in made if not row.is_income]
    incomes = [row for row in made if row.is_income]
    used = {document for row in made for document in row.by_document}
    return YearTotals(
        expenses=expenses,
        incomes=incomes,
        expense_sums=_sum(expenses),
        income_sums=_sum(incomes),
        documents=[document for document in consolidated.documents if document.uuid in used],
    )


def _key(entry: Entry) -> tuple[int, int]:
    return int(entry.item.data["chapter"]), int(entry.item.data["post"])


def _count(post: _Post, entry: Entry, carried: set[tuple[int, int, int]]) -> None:
    data = entry.item.data
    post.names.append(str(data.get("name") or ""))
    if data.get("unclear"):
        post.uncounted.append((entry, str(data.get("unclear_reason") or "")))
        return
    deltas, later, ending = _history(entry)
    own = int(data["amount"]) - sum(change.amount or 0 for change in (*deltas, *later))
    column = _column(entry.source)
    if data.get("kind") == "carried_over":
        mark, column = (*_key(entry), own), CARRIED
        if mark in carried:
            post.uncounted.append((entry, REPEATED))
            return
        carried.add(mark)
    post.parts.append(Part(column, entry.source, own, entry))
    post.parts += [Part(_column(change.document), change.document, change.amount or 0, entry) for change in deltas]
    if ending is not None:
        left = own + sum(change.amount or 0 for change in deltas)
        post.parts.append(Part(_column(ending.document), ending.document, -left, entry))
    if data.get("total_after") is not None:
        post.stated.append((entry.source, int(data["total_after"])))
    post.stated += [(change.document, change.stated) for change in deltas if change.stated is not None]


def _history(entry: Entry) -> tuple[list[Applied], list[Applied], Applied | None]:
    """Changes of the row's own amount before it ended, those after, and what ended it.

    The history of a row it replaced is not its own.
    """
    own = list(entry.changes)
    if entry.replaces is not None:
        came = [n for n, change in enumerate(own) if change.kind == "replace" and change.item == entry.item.uuid]
        own = own[came[0] + 1 :] if came else own
    ends = [n for n, c in enumerate(own) if c.kind == "withdraw" or (c.kind == "replace" and c.item is not None)]
    end = ends[0] if ends and not entry.is_in_force else len(own)
    before = [change for change in own[:end] if change.kind == "amount_delta"]
    after = [change for change in own[end:] if change.kind == "amount_delta"]
    return before, after, own[end] if end < len(own) else None


def _column(document: Source) -> str:
    return SUPPLEMENTS if document.family == "supplement" else LETTER


def _total(key: tuple[int, int], post: _Post) -> PostTotal:
    by_document: dict[UUID, int] = defaultdict(int)
    columns: dict[str, int] = defaultdict(int)
    for part in post.parts:
        by_document[part.document.uuid] += part.amount
        columns[part.column] += part.amount
    latest = max(post.stated, key=lambda pair: pair[0].order, default=None)
    until = sum(part.amount for part in post.parts if latest and part.document.order <= latest[0].order)
    return PostTotal(
        chapter=key[0],
        post=key[1],
        name=next((name for name in post.names if name), ""),
        sums=Sums(columns[CARRIED], columns[LETTER], columns[SUPPLEMENTS]),
        by_document=dict(by_document),
        parts=post.parts,
        uncounted=post.uncounted,
        stated=latest[1] if latest else None,
        stated_in=latest[0] if latest else None,
        differs=latest is not None and latest[1] != until,
    )


def _sum(rows: Iterable[PostTotal]) -> Sums:
    kept = list(rows)
    return Sums(
        sum(row.sums.carried for row in kept),
        sum(row.sums.letter for row in kept),
        sum(row.sums.supplements for row in kept),
    )
