"""The arithmetic of a post: granted, allotted, reserved, left. Pure; whole kroner throughout (decision A12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

Key = tuple[int, int]


@dataclass(frozen=True)
class Grant:
    """An appropriation and its changes. ``changes`` and ``carried`` are sums with sign."""

    chapter: int
    post: int
    name: str = ""
    first: int = 0
    changes: int = 0
    carried: int = 0
    uuid: UUID | None = None
    ended: bool = False

    @property
    def current(self) -> int:
        """What may be allotted now."""
        return self.first + self.changes + self.carried


@dataclass(frozen=True)
class Allotment:
    """One amount that counts, in one document to one agency. ``draft``: only reserved until it is issued."""

    chapter: int
    post: int
    agency: str
    amount: int
    document: UUID
    title: str = ""
    column: str = "letter"
    draft: bool = False
    name: str = ""


@dataclass(frozen=True)
class PostBalance:
    """A chapter and post. ``remainder`` is what issued letters leave; ``free`` what drafts leave of that."""

    chapter: int
    post: int
    name: str
    grant: Grant | None
    agencies: Sequence[tuple[str, int]]
    allotted: int
    reserved: int
    rows: Sequence[Allotment] = field(default=())

    @property
    def code(self) -> str:
        """Chapter and post as in tables: 746.01."""
        return f"{self.chapter}.{self.post:02d}"

    @property
    def granted(self) -> int:
        """What may be allotted now; nothing when the post is not in the ledger."""
        return self.grant.current if self.grant else 0

    @property
    def remainder(self) -> int:
        """Granted less allotted."""
        return self.granted - self.allotted

    @property
    def free(self) -> int:
        """Granted less allotted and reserved."""
        return self.remainder - self.reserved

    @property
    def is_income(self) -> bool:
        """Chapters 3000 to 5999 are income (V-11)."""
        return 3000 <= self.chapter <= 5999

    @property
    def exceeded(self) -> bool:
        """More is given than there is. Income is a demand, not a limit."""
        return not self.is_income and self.free < 0


def balances(grants: Iterable[Grant], allotments: Iterable[Allotment]) -> list[PostBalance]:
    """One row per chapter and post that is granted or allotted, in order."""
    granted: dict[Key, Grant] = {(row.chapter, row.post): row for row in grants}
    given: dict[Key, list[Allotment]] = defaultdict(list)
    for row in allotments:
        given[row.chapter, row.post].append(row)
    return [_balance(key, granted.get(key), given.get(key, [])) for key in sorted({*granted, *given})]


def _balance(key: Key, grant: Grant | None, rows: list[Allotment]) -> PostBalance:
    agencies: dict[str, int] = defaultdict(int)
    for row in rows:
        if not row.draft:
            agencies[row.agency] += row.amount
    name = (grant.name if grant else "") or next((row.name for row in rows if row.name), "")
    return PostBalance(
        chapter=key[0],
        post=key[1],
        name=name,
        grant=grant,
        agencies=sorted(agencies.items()),
        allotted=sum(row.amount for row in rows if not row.draft),
        reserved=sum(row.amount for row in rows if row.draft),
        rows=rows,
    )
