"""The same goal, parameter or key figure across years: import proposes the line, a person confirms (decision A9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from agencies.models import Organisation
from governance.importing.values.text import comparable, similar
from governance.models import (
    DocumentImport,
    DocumentState,
    Goal,
    GoalLine,
    ImportRow,
    ItemPassage,
    KeyFigure,
    KeyFigureLine,
    ParameterLine,
    RowState,
    SteeringParameter,
)

NEW = "new"
LIKE = 0.75
"""So much a line must weigh, title with place, to be proposed."""
LEAST = 0.5
"""Below this likeness of the title no place makes it the same line."""
SAME_GOAL, SAME_SECTION = 0.2, 0.1
"""What the same goal and the same section add to the likeness of the title; another goal takes as much away."""
KINDS: dict[str, tuple[Any, Any]] = {
    "goal": (Goal, GoalLine),
    "parameter": (SteeringParameter, ParameterLine),
    "key_figure": (KeyFigure, KeyFigureLine),
}
UNDECIDED = (RowState.RECOGNISED, RowState.UNSURE)


@dataclass(frozen=True)
class Place:
    """Where a row stands: the line and the words of the goal it is under, and the number of its section."""

    goal_line: str = ""
    goal: str = ""
    section: str = ""

    def same_goal(self, other: Place) -> bool | None:
        """Whether the goal is the same; None when one of them stands under no goal."""
        if not (self.goal_line or self.goal) or not (other.goal_line or other.goal):
            return None
        if self.goal_line and self.goal_line == other.goal_line:
            return True
        return likeness(self.goal, other.goal) >= LIKE

    def same_section(self, other: Place) -> bool:
        """Whether the section has the same number."""
        return bool(self.section) and self.section.rstrip(".") == other.section.rstrip(".")


@dataclass(frozen=True)
class Candidate:
    """A line of earlier letters: its latest title and place, the years it stands in, and how well it fits (0..1)."""

    line: str
    title: str
    years: tuple[int, ...]
    likeness: float
    place: Place = Place()
    same_goal: bool | None = None
    same_section: bool = False

    @property
    def words(self) -> str:
        """«Bedre tilgang (2024, 2025)»."""
        return f"{self.title} ({', '.join(str(year) for year in self.years)})" if self.years else self.title

    @property
    def weight(self) -> float:
        """The likeness of the title, with what the goal and the section say of it."""
        goal = {True: SAME_GOAL, False: -SAME_GOAL, None: 0.0}[self.same_goal]
        return self.likeness + goal + (SAME_SECTION if self.same_section else 0.0)

    @property
    def proposed(self) -> bool:
        """Fits well enough to be proposed."""
        return self.likeness >= LEAST and self.weight >= LIKE


def likeness(left: str, right: str) -> float:
    """How alike two titles are, 0..1: by their letters, or by the share of words they have in common."""
    first, second = set(comparable(left).split()), set(comparable(right).split())
    shared = 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
    return max(similar(left, right), min(shared, 0.99))


def lines_of(agency: Organisation, kind: str) -> list[Candidate]:
    """The agency's lines of a kind in issued letters, the latest title first. One query."""
    over = "parent" if kind == "goal" else "goal"
    resting = ItemPassage.objects.filter(item=OuterRef("uuid")).order_by("ordinal", "id")
    rows = (
        KINDS[kind][0]
        .objects.filter(document__recipient=agency, document__state=DocumentState.ISSUED, line__isnull=False)
        .annotate(stands_in=Subquery(resting.values("passage__section_number")[:1]))
        .order_by("-document__year", "-id")
        .values_list("line__uuid", "title", "document__year", f"{over}__line__uuid", f"{over}__title", "stands_in")
    )
    latest: dict[str, tuple[str, Place]] = {}
    years: dict[str, set[int]] = defaultdict(set)
    for uuid, title, year, goal_line, goal, section in rows:
        latest.setdefault(str(uuid), (title, Place(str(goal_line or ""), goal or "", section or "")))
        years[str(uuid)] |= {year} if year else set()
    return [Candidate(uuid, title, tuple(sorted(years[uuid])), 0.0, place) for uuid, (title, place) in latest.items()]


def candidates(known: Iterable[Candidate], title: str, place: Place = Place()) -> list[Candidate]:
    """The lines, the likeliest first: the title weighs most, then the goal, then the section."""
    weighed = [
        replace(
            row,
            likeness=likeness(row.title, title),
            same_goal=row.place.same_goal(place),
            same_section=row.place.same_section(place),
        )
        for row in known
    ]
    return sorted(weighed, key=lambda row: -row.weight)


def places(found: DocumentImport, rows: Iterable[ImportRow]) -> dict[str, Place]:
    """Where each row of an import stands, by its uuid."""
    rows = list(rows)
    sections = {passage["ordinal"]: passage["section_number"] for passage in found.passages}
    goals: dict[str, ImportRow] = {}
    for row in rows:
        if row.kind == "goal":
            for name in ("reference", "title", "key"):
                goals.setdefault(str(row.data.get(name) or "").strip().casefold(), row)
    made, main = {}, None
    for row in rows:
        goal = goals.get(str(row.data.get("goal") or "").strip().casefold()) if row.data.get("goal") else None
        if row.kind == "goal":
            goal, main = (main, main) if row.data.get("level") == "sub" else (None, row)
        line = str(goal.data.get("line") or "") if goal else ""
        made[str(row.uuid)] = Place(
            goal_line="" if line == NEW else line,
            goal=str(goal.data.get("title") or "") if goal else "",
            section=str(sections.get(row.passages[0], "")) if row.passages else "",
        )
    return made


def propose(found: DocumentImport, agency: Organisation, rows: Iterable[ImportRow]) -> list[ImportRow]:
    """Set the proposed line of each row nobody has decided on; the rows that changed, not saved.

    The same words under the same goal are the same line. Words that are only alike, or that stand under another
    goal, are proposed and unsure until a person has confirmed. A letter never has the same line twice.
    """
    rows = list(rows)
    changed = []
    for kind in KINDS:
        known = lines_of(agency, kind)
        where = places(found, rows)
        taken = {str(row.data["line"]) for row in rows if row.kind == kind and row.data.get("line")}
        waiting = [row for row in rows if row.kind == kind and row.state in UNDECIDED and not row.data.get("line")]
        ranked = {row: candidates(known, str(row.data.get("title", "")), where[str(row.uuid)]) for row in waiting}
        for certain in (True, False):
            for row in waiting:
                fits = [one for one in ranked[row] if one.proposed and one.line not in taken]
                if row in changed or not fits or _certain(row, fits) != certain:
                    continue
                _set(row, fits[0], certain=certain)
                taken.add(fits[0].line)
                changed.append(row)
    return changed


def _certain(row: ImportRow, fits: list[Candidate]) -> bool:
    """The same words, not under another goal, and no other line that fits as well."""
    same = comparable(fits[0].title) == comparable(str(row.data.get("title", "")))
    alone = len(fits) == 1 or fits[1].weight < fits[0].weight
    return same and fits[0].same_goal is not False and alone


def _set(row: ImportRow, best: Candidate, *, certain: bool) -> None:
    row.data = {**row.data, "line": best.line, "line_words": best.words}
    if not certain:
        row.doubts = [*row.doubts, _doubt(best)]
        row.state = RowState.UNSURE


def _doubt(best: Candidate) -> dict[str, Any]:
    if best.same_goal is False:
        sentence = _("Ligner «%(title)s», som sto under et annet mål. Godta hvis det er det samme, ellers velg linje.")
    else:
        sentence = _("Ligner «%(title)s». Godta hvis det er det samme, eller velg en annen linje.")
    return {"code": "line_unconfirmed", "field": "line", "sentence": sentence % {"title": best.words}, "borders": []}


class Registry:
    """The lines of one agency while a letter is registered: each row goes on the right one, or on a new one."""

    def __init__(self, agency: Organisation, found: DocumentImport, rows: Iterable[ImportRow]) -> None:
        self.agency = agency
        rows = [row for row in rows if row.kind in KINDS]
        self.where = places(found, rows)
        self.known = {kind: lines_of(agency, kind) for kind in {row.kind for row in rows}}
        self.taken = {str(row.data["line"]) for row in rows if row.data.get("line")}

    def line_for(self, row: ImportRow) -> Any:
        """The confirmed line; for a row without one, the line that is certainly the same; else a new one."""
        model = KINDS[row.kind][1]
        chosen = str(row.data.get("line") or "")
        if not chosen:
            ranked = candidates(self.known[row.kind], str(row.data.get("title", "")), self.where[str(row.uuid)])
            fits = [one for one in ranked if one.proposed and one.line not in self.taken]
            chosen = fits[0].line if fits and _certain(row, fits) else NEW
            self.taken.add(chosen)
        found = model.objects.filter(uuid=chosen, agency=self.agency).first() if chosen != NEW else None
        return found or model.objects.create(agency=self.agency)
