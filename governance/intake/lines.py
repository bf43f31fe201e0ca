"""The same goal, parameter or key figure across years: import proposes the line, a person confirms (decision A9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Organisation
from governance.importing.values.text import comparable, similar
from governance.models import (
    DocumentState,
    Goal,
    GoalLine,
    ImportRow,
    KeyFigure,
    KeyFigureLine,
    ParameterLine,
    RowState,
    SteeringParameter,
)

NEW = "new"
LIKE = 0.75
"""So alike two titles must be for the earlier one to be proposed."""
KINDS: dict[str, tuple[Any, Any]] = {
    "goal": (Goal, GoalLine),
    "parameter": (SteeringParameter, ParameterLine),
    "key_figure": (KeyFigure, KeyFigureLine),
}


@dataclass(frozen=True)
class Candidate:
    """A line of earlier letters: its latest title, the years it stands in, and how alike the title is (0..1)."""

    line: str
    title: str
    years: tuple[int, ...]
    likeness: float

    @property
    def words(self) -> str:
        """«Bedre tilgang (2024, 2025)»."""
        return f"{self.title} ({', '.join(str(year) for year in self.years)})" if self.years else self.title


def lines_of(agency: Organisation, kind: str) -> list[Candidate]:
    """The agency's lines of a kind in issued letters, the latest title first. One query."""
    items = KINDS[kind][0].objects.filter(
        document__recipient=agency, document__state=DocumentState.ISSUED, line__isnull=False
    )
    rows = items.order_by("-document__year", "-id").values_list("line__uuid", "title", "document__year")
    titles: dict[str, str] = {}
    years: dict[str, set[int]] = defaultdict(set)
    for uuid, title, year in rows:
        titles.setdefault(str(uuid), title)
        years[str(uuid)] |= {year} if year else set()
    return [Candidate(uuid, title, tuple(sorted(years[uuid])), 0.0) for uuid, title in titles.items()]


def candidates(known: Iterable[Candidate], title: str) -> list[Candidate]:
    """The lines with how alike each title is, the likeliest first."""
    weighed = [Candidate(row.line, row.title, row.years, similar(row.title, title)) for row in known]
    return sorted(weighed, key=lambda row: -row.likeness)


def propose(agency: Organisation, rows: Iterable[ImportRow]) -> list[ImportRow]:
    """Set the proposed line of each row nobody has decided on; the rows that changed, not saved.

    The same words are the same line. Words that are only alike are proposed and unsure until a person has confirmed.
    """
    known = {kind: lines_of(agency, kind) for kind in KINDS}
    changed = []
    for row in rows:
        if row.kind not in KINDS or row.state not in (RowState.RECOGNISED, RowState.UNSURE) or row.data.get("line"):
            continue
        best = next(iter(candidates(known[row.kind], str(row.data.get("title", "")))), None)
        if best is None or best.likeness < LIKE:
            continue
        row.data = {**row.data, "line": best.line, "line_words": best.words}
        if comparable(best.title) != comparable(str(row.data.get("title", ""))):
            row.doubts = [*row.doubts, _doubt(best)]
            row.state = RowState.UNSURE
        changed.append(row)
    return changed


def _doubt(best: Candidate) -> dict[str, Any]:
    sentence = _("Ligner «%(title)s». Godta hvis det er det samme, eller velg en annen linje.") % {"title": best.words}
    return {"code": "line_unconfirmed", "field": "line", "sentence": sentence, "borders": []}


def line_for(agency: Organisation, kind: str, data: dict[str, Any]) -> Any:
    """The line a row is registered on: the confirmed one, one with the same words, or a new one."""
    model = KINDS[kind][1]
    chosen = str(data.get("line") or "")
    if chosen and chosen != NEW:
        found = model.objects.filter(uuid=chosen, agency=agency).first()
        if found is not None:
            return found
    if not chosen:
        same = KINDS[kind][0].objects.filter(
            document__recipient=agency, document__state=DocumentState.ISSUED, line__isnull=False
        )
        title = str(data.get("title") or "").strip()
        earlier = same.filter(title__iexact=title).order_by("-document__year", "-id").select_related("line").first()
        if earlier is not None:
            return earlier.line
    return model.objects.create(agency=agency)
