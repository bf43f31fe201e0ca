"""Saving one page of the editor: each thing by its own action, so one conflict never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.actor import Actor
from core.errors import Problem, RuleBroken, StaleVersion
from reporting.actions.report_figures import Entered, save_figure
from reporting.actions.report_write import (
    AnswerConflict,
    SectionConflict,
    save_answer,
    save_budget_status,
    save_section,
)
from reporting.models import BudgetStatus, Report, RequirementAnswer, Section


@dataclass(frozen=True)
class AnswerEdit:
    """A changed answer with the version it was read at."""

    answer: RequirementAnswer
    outlook: str
    text: str
    version: int


@dataclass(frozen=True)
class FigureEdit:
    """A changed value of a key figure; ``field`` is where the page shows its problem."""

    answer: RequirementAnswer
    entered: Entered
    field: str


@dataclass(frozen=True)
class BudgetEdit:
    """Changed accounts and forecast of a post, whole kroner."""

    row: BudgetStatus
    spent: int | None
    forecast: int | None
    comment: str
    version: int


@dataclass(frozen=True)
class PageEdits:
    """Everything a person changed on one page."""

    text: str | None = None
    nothing: bool = False
    base: str = ""
    version: int = 0
    answers: Sequence[AnswerEdit] = ()
    figures: Sequence[FigureEdit] = ()
    budget: Sequence[BudgetEdit] = ()


@dataclass
class PageResult:
    """What was saved, what somebody else had saved first, and what is wrong."""

    saved: int = 0
    section_conflict: SectionConflict | None = None
    answer_conflicts: list[AnswerConflict] = field(default_factory=list)
    stale: list[StaleVersion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Everything was saved."""
        return not (self.section_conflict or self.answer_conflicts or self.stale or self.problems)


def save_page(*, report: Report, section: Section, edits: PageEdits, actor: Actor, at: datetime) -> PageResult:
    """Save what was changed on one page. Conflicts and problems are gathered, the rest is saved.

    Raises NotAllowed and NotInThisState: then nothing on the page can be saved.
    """
    result = PageResult()
    if edits.text is not None:
        _save_text(section, edits, actor, at, result)
    for one in edits.answers:
        _try(lambda one=one: _answer(one, actor, at), result, f"t_{one.answer.uuid.hex}")
    for figure in edits.figures:
        _try(lambda figure=figure: _figure(figure, report, actor, at), result, figure.field)
    for row in edits.budget:
        _try(lambda row=row: _budget(row, actor, at), result, f"s_{row.row.uuid.hex}")
    return result


def _save_text(section: Section, edits: PageEdits, actor: Actor, at: datetime, result: PageResult) -> None:
    try:
        save_section(
            section=section,
            text=edits.text or "",
            nothing_to_report=edits.nothing,
            base=edits.base,
            actor=actor,
            at=at,
            expected_version=edits.version,
        )
        result.saved += 1
    except SectionConflict as conflict:
        result.section_conflict = conflict


def _try(act: Callable[[], None], result: PageResult, name: str) -> None:
    try:
        act()
        result.saved += 1
    except AnswerConflict as conflict:
        result.answer_conflicts.append(conflict)
    except StaleVersion as conflict:
        result.stale.append(conflict)
    except RuleBroken as refused:
        result.problems += [Problem(one.code, one.message, name) for one in refused.problems]


def _answer(one: AnswerEdit, actor: Actor, at: datetime) -> None:
    save_answer(
        answer=one.answer,
        outlook=one.outlook,
        text=one.text,
        no_data_reason=one.answer.no_data_reason,
        expected_version=one.version,
        actor=actor,
        at=at,
    )


def _figure(one: FigureEdit, report: Report, actor: Actor, at: datetime) -> None:
    figure = one.answer.key_figure
    if figure is None or figure.line is None:
        return
    save_figure(line=figure.line, period_end=report.period_end, entered=one.entered, report=report, actor=actor, at=at)


def _budget(one: BudgetEdit, actor: Actor, at: datetime) -> None:
    save_budget_status(
        row=one.row,
        spent=one.spent,
        forecast=one.forecast,
        comment=one.comment,
        expected_version=one.version,
        actor=actor,
        at=at,
    )
