"""One report with everything in it, read in a fixed number of queries: for checks, editor, reading and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from governance import copying
from governance.copying import CopyTo
from governance.models import Authorisation, CommonDirective, DocumentFamily, ItemPassage, SteeringDocument, Target
from governance.paragraphs import flowing
from reporting import outline
from reporting.models import (
    BudgetStatus,
    FigureValue,
    Report,
    ReportAssignment,
    RequirementAnswer,
    Risk,
    Section,
)
from reporting.selectors import sources


@dataclass(frozen=True)
class Words:
    """What the letter says, word for word, and where."""

    place: str
    paragraphs: tuple[str, ...]
    document: str = ""
    document_uuid: UUID | None = None
    language: str = "nb"


@dataclass(frozen=True)
class Content:
    """The rows of one report."""

    report: Report
    sections: Sequence[Section]
    answers: Sequence[RequirementAnswer]
    values: Sequence[FigureValue]
    budget: Sequence[BudgetStatus]
    risks: Sequence[Risk]
    assignments: Sequence[ReportAssignment]

    @cached_property
    def answers_of(self) -> Mapping[int, list[RequirementAnswer]]:
        """Answers by section."""
        found: dict[int, list[RequirementAnswer]] = defaultdict(list)
        for answer in self.answers:
            found[answer.section_id].append(answer)
        return found

    @cached_property
    def values_of(self) -> Mapping[tuple[int, str], FigureValue]:
        """This report's own values by (line, dimension)."""
        end = self.report.period_end
        return {(row.line_id, row.dimension): row for row in self.values if row.period_end == end}

    def assignments_of(self, section: Section) -> list[ReportAssignment]:
        """All in the annex; under a goal those of the goal."""
        if section.filled_from == "assignments":
            return list(self.assignments)
        if section.goal_id is None or "assignments" not in outline.row_for(self.outline, section.code).get("asks", ()):
            return []
        return [
            row
            for row in self.assignments
            if row.assignment.item is not None and row.assignment.item.goal_id == section.goal_id
        ]

    @property
    def outline(self) -> list[Mapping[str, Any]]:
        """The kind's outline rows."""
        return list(self.report.kind.outline)

    def section(self, code: str) -> Section | None:
        """A section by its code."""
        return next((one for one in self.sections if one.code == code), None)


def load_content(report: Report) -> Content:
    """Read a report whole: seven queries however long it is."""
    return Content(
        report=report,
        sections=list(
            Section.objects.filter(report=report).select_related("goal", "directive", "edited_by").order_by("ordinal")
        ),
        answers=list(
            RequirementAnswer.objects.filter(report=report)
            .select_related("requirement", "parameter", "key_figure__line", "edited_by")
            .order_by("ordinal", "id")
        ),
        values=list(FigureValue.objects.filter(report=report).select_related("line").order_by("id")),
        budget=list(BudgetStatus.objects.filter(report=report).order_by("is_income", "chapter", "post", "id")),
        risks=list(Risk.objects.filter(report=report).select_related("goal").order_by("ordinal", "id")),
        assignments=list(
            ReportAssignment.objects.filter(report=report)
            .select_related("assignment__item", "assignment__department", "status_version")
            .defer("assignment__search")
            .order_by("ordinal", "id")
        ),
    )


@dataclass(frozen=True)
class Facts:
    """A report's content with what the checks compare it with."""

    content: Content
    previous: Content | None
    allocations: Sequence[sources.Allocation]
    authorisations: Sequence[Authorisation]
    directives: Sequence[CommonDirective]
    targets: Mapping[int, Target]
    earlier: Mapping[tuple[int, str], FigureValue]
    copies: Sequence[CopyTo]

    @property
    def has_copy_rule(self) -> bool:
        """Whether anybody gets a copy."""
        return bool(self.copies)

    @property
    def report(self) -> Report:
        """The report."""
        return self.content.report


def load_facts(report: Report, day: date) -> Facts:
    """Everything a check may ask for on a day, in a constant number of queries."""
    content = load_content(report)
    previous = None
    if report.previous_id is not None:
        previous = load_content(Report.objects.for_detail().get(pk=report.previous_id))
    material = sources.collect(
        kind=report.kind, agency=report.agency, receiver=report.receiver, year=report.year, expected=None
    )
    copies = copying.effective_copies(
        agency=report.agency, correspondence=report.kind.correspondence, day=day, document=report.letter
    )
    parameters = [answer.parameter_id for answer in content.answers if answer.parameter_id]
    return Facts(
        content=content,
        previous=previous,
        allocations=material.allocations,
        authorisations=material.authorisations,
        directives=material.directives,
        targets={row.parameter_id: row for row in Target.objects.filter(parameter_id__in=parameters)},
        earlier=earlier_values(content),
        copies=copies,
    )


def earlier_values(content: Content) -> dict[tuple[int, str], FigureValue]:
    """The latest value before this period of each series in the report."""
    lines = {answer.key_figure.line_id for answer in content.answers if answer.key_figure and answer.key_figure.line_id}
    rows = (
        FigureValue.objects.current()
        .filter(line_id__in=lines, period_end__lt=content.report.period_end)
        .order_by("period_end", "id")
    )
    return {(row.line_id, row.dimension): row for row in rows}


def letter_words(content: Content) -> dict[UUID, Words]:
    """The letter's own words for each requirement, goal and directive of the report, by the item's permanent id.

    From the passages the item rests on; where an item has none, the words stored with it.
    """
    items: dict[UUID, Any] = {}
    for section in content.sections:
        for item in (section.goal, section.directive):
            if item is not None:
                items[item.uuid] = item
    for answer in content.answers:
        for row in (answer.requirement, answer.parameter, answer.key_figure):
            if row is not None:
                items[row.uuid] = row
    documents = {
        row.pk: row
        for row in SteeringDocument.objects.filter(pk__in={item.document_id for item in items.values()})
        .select_related("kind")
        .only("uuid", "title", "language", "extractor", "kind__family")
    }
    links = ItemPassage.objects.filter(item__in=items, field="").select_related("passage").order_by("passage__ordinal")
    passages: dict[UUID, list[Any]] = defaultdict(list)
    for link in links:
        passages[link.item].append(link.passage)
    return {uuid: _words(item, passages[uuid], documents[item.document_id]) for uuid, item in items.items()}


def _words(item: Any, passages: list[Any], document: SteeringDocument) -> Words:
    read_in = bool(document.extractor)
    texts = tuple(flowing(passage.text, read_in=read_in) for passage in passages if passage.text.strip())
    own = getattr(item, "text", "") or getattr(item, "body", "")
    if own and " ".join(own.split()) in " ".join(" ".join(texts).split()):
        texts = (own,)  # the item's own words, word for word, out of a longer passage
    section = getattr(item, "section", "") or next((one.section_number for one in passages if one.section_number), "")
    section = section or getattr(item, "reference", "")
    return Words(
        place=section,
        paragraphs=texts or tuple(part for part in (own or item.title).split("\n\n") if part.strip()),
        document="" if document.kind.family == DocumentFamily.LETTER else document.title,
        document_uuid=document.uuid,
        language=passages[0].language if passages else document.language,
    )
