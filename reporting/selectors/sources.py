"""What a report is filled from: the letters of its year, what they ask for, and what has been shared since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q

from agencies.models import Organisation
from assignments.models import Assignment, StatusVersion
from governance.models import (
    Authorisation,
    BudgetLine,
    BudgetLineKind,
    Change,
    ChangeKind,
    CommonDirective,
    DocumentFamily,
    Goal,
    GoalLevel,
    KeyFigure,
    ReportingRequirement,
    SteeringDocument,
    SteeringParameter,
)
from reporting.models import ExpectedDelivery, ReportKind


@dataclass(frozen=True)
class Allocation:
    """What the letters of a year make available on one chapter and post, in whole kroner (V-22).

    Lines under clarification are kept apart: nobody has said whether they come on top.
    """

    chapter: int
    post: int
    name: str
    is_income: bool
    amount: int
    unclear: bool = False

    @property
    def key(self) -> tuple[int, int, bool]:
        """What a budget row of a report is recognised by."""
        return self.chapter, self.post, self.unclear


@dataclass(frozen=True)
class Sources:
    """Everything in force for one agency and year that a report may be filled from."""

    letter: SteeringDocument | None
    documents: Sequence[SteeringDocument]
    goals: Sequence[Goal]
    parameters: Sequence[SteeringParameter]
    key_figures: Sequence[KeyFigure]
    requirements: Sequence[ReportingRequirement]
    directives: Sequence[CommonDirective]
    authorisations: Sequence[Authorisation]
    allocations: Sequence[Allocation]


def period_of(kind: ReportKind, *, due: date | None, budget_year: int | None) -> tuple[int, date]:
    """Report year and the day it tells about. "Årsrapport 2025, frist 15.3.2026" is the year 2025 (V-39)."""
    month, day = (int(part) for part in kind.cut_off.split("-"))
    if budget_year is not None:
        year = budget_year
    elif due is not None:
        year = due.year if due >= date(due.year, month, day) else due.year - 1
    else:
        raise ValueError("a report needs a due date or a budget year")
    return year, date(year, month, day)


def kind_of(title: str, kinds: Iterable[ReportKind]) -> ReportKind | None:
    """The kind of report a calendar row speaks of, by the words of the kind (data), the longest word first.

    A word with a minus before it says that the row is something else ("årsrapport for internrevisjonen").
    """
    text = title.lower()
    found = [
        (len(word), kind)
        for kind in kinds
        if not any(word.startswith("-") and word[1:] in text for word in kind.title_words)
        for word in kind.title_words
        if word in text
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def letters_of(agency: Organisation, receiver: Organisation, year: int) -> list[SteeringDocument]:
    """The issued letter and supplements of a budget year, oldest first."""
    return list(
        SteeringDocument.objects.filter(
            state="issued",
            recipient=agency,
            issuer=receiver,
            year=year,
            kind__family__in=(DocumentFamily.LETTER, DocumentFamily.SUPPLEMENT),
        )
        .select_related("kind")
        .defer("canonical_text", "search")
        .order_by("document_date", "id")
    )


def collect(
    *, kind: ReportKind, agency: Organisation, receiver: Organisation, year: int, expected: ExpectedDelivery | None
) -> Sources:
    """Read what is in force. Items that a supplement withdrew or replaced are left out."""
    documents = letters_of(agency, receiver, year)
    gone = set(
        Change.objects.filter(document__in=documents, kind__in=(ChangeKind.WITHDRAW, ChangeKind.REPLACE)).values_list(
            "target", flat=True
        )
    )

    def rows(model: Any) -> list[Any]:
        found = model.objects.filter(document__in=documents).order_by("document__document_date", "ordinal", "id")
        return [row for row in found if row.uuid not in gone]

    letters = [one for one in documents if one.kind.family == DocumentFamily.LETTER]
    return Sources(
        letter=letters[-1] if letters else None,
        documents=documents,
        goals=[goal for goal in rows(Goal) if goal.level == GoalLevel.MAIN],
        parameters=rows(SteeringParameter),
        key_figures=rows(KeyFigure),
        requirements=requirements_for(kind, rows(ReportingRequirement), expected),
        directives=rows(CommonDirective),
        authorisations=rows(Authorisation),
        allocations=allocations(rows(BudgetLine)),
    )


def requirements_for(
    kind: ReportKind, found: Iterable[ReportingRequirement], expected: ExpectedDelivery | None
) -> list[ReportingRequirement]:
    """Those that say this kind of report, and the one whose date it is."""
    item = expected.entry.item_id if expected is not None and expected.entry is not None else None
    chosen = [
        row for row in found if row.when in kind.requirement_when or (item is not None and row.calendar_item_id == item)
    ]
    own = expected.requirement if expected is not None else None
    if own is not None and own.uuid not in {row.uuid for row in chosen}:
        chosen.append(own)
    return chosen


def allocations(lines: Iterable[BudgetLine]) -> list[Allocation]:
    """Sum by chapter and post; what was carried over counts once, as a line of its own kind in the same sum."""

    def key(line: BudgetLine) -> tuple[bool, int, int, bool]:
        return line.is_income, line.chapter, line.post, line.unclear

    result = []
    for (income, chapter, post, unclear), group in groupby(sorted(lines, key=key), key=key):
        members = list(group)
        named = [line for line in members if line.kind not in (BudgetLineKind.CHANGE, BudgetLineKind.CARRIED_OVER)]
        name = (named or members)[0].name
        result.append(Allocation(chapter, post, name, income, sum(line.amount for line in members), unclear))
    return result


def assignments_for(agency: Organisation, receiver: Organisation, year: int) -> list[Assignment]:
    """Assignments a report of this year tells about: the year's own and those carried over (R-17, R-18)."""
    return list(
        Assignment.objects.filter(Q(responsible=agency) & Q(issuer=receiver))
        .exclude(status__in=("draft", "replaced"))
        .for_letter_year(year)
        .select_related("item", "department")
        .defer("search")
        .order_by("-letter_year", "series", "number", "suffix", "id")
    )


def latest_shared(assignments: Iterable[Assignment], up_to: date | None = None) -> dict[int, StatusVersion]:
    """The latest shared status of each assignment, by its key. Never a draft (decision C2)."""
    found = StatusVersion.objects.filter(assignment__in=list(assignments))
    if up_to is not None:
        found = found.filter(shared_at__date__lte=up_to)
    return {row.assignment_id: row for row in found.order_by("assignment_id", "number")}
