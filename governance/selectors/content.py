"""What stands in a document, as the document page shows it. A fixed number of queries however many rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from core import calendars, formatting
from core.visuals import deadlines
from core.visuals.deadlines import DeadlineFace
from governance.models import (
    AssignmentItem,
    Authorisation,
    BudgetLine,
    BudgetLineKind,
    BudgetSplit,
    CalendarItem,
    Citation,
    CommonDirective,
    DeadlineKind,
    DeliveryItem,
    Goal,
    ItemPassage,
    KeyFigure,
    ReportingRequirement,
    SteeringDocument,
    SteeringParameter,
    Target,
)
from governance.selectors.change_lines import ChangeLine, change_lines
from governance.selectors.citations import Meaning
from governance.selectors.followed import Followed
from governance.selectors.money_links import line_words


@dataclass(frozen=True)
class Line:
    """A row with its words, the way to the passage it rests on, and to the page that follows it up."""

    uuid: UUID
    number: str
    title: str
    details: Sequence[str] = ()
    text: str = ""
    passage_url: str = ""
    url: str = ""
    restricted: bool = False


@dataclass(frozen=True)
class GoalBlock:
    """A goal with what belongs under it."""

    uuid: UUID | None
    reference: str
    level: str
    title: str
    contributes_to: str
    parameters: Sequence[Line]
    key_figures: Sequence[Line]


@dataclass(frozen=True)
class DeliveryLine:
    """A delivery: which part, and the deadline as it stands."""

    part: str
    product: str
    written: str
    face: DeadlineFace


@dataclass(frozen=True)
class AssignmentLine:
    """An assignment with its deliveries. An exempt one is a shell: number, basis and department."""

    line: Line
    department: str
    goal: str
    recipients: Sequence[str]
    change: str
    basis: str
    deliveries: Sequence[DeliveryLine]


@dataclass(frozen=True)
class MoneyLine:
    """A chapter and post; amounts in whole kroner. ``counted`` is None when the line is not part of the sum."""

    uuid: UUID
    code: str
    name: str
    details: Sequence[str]
    amount: int
    counted: int | None
    total_after: int | None
    unclear: str
    bar: str
    passage_url: str


@dataclass(frozen=True)
class Budget:
    """Expenses and incomes, each with its sum in whole kroner."""

    expenses: Sequence[MoneyLine]
    expense_sum: int
    incomes: Sequence[MoneyLine]
    income_sum: int
    is_change: bool

    @property
    def is_empty(self) -> bool:
        """No amounts at all."""
        return not (self.expenses or self.incomes)


@dataclass(frozen=True)
class CalendarLine:
    """A row of the calendar; the date is never moved, the working day before it is said."""

    uuid: UUID
    when: str
    off: str
    hours: str
    title: str
    note: str
    kind: str
    passage_url: str


@dataclass(frozen=True)
class Content:
    """Everything that stands in the document as rows."""

    goals: Sequence[GoalBlock]
    sector_goals: Sequence[Line]
    assignments: Sequence[AssignmentLine]
    budget: Budget
    authorisations: Sequence[Line]
    requirements: Sequence[Line]
    calendar: Sequence[CalendarLine]
    directives: Sequence[Line]
    citations: Sequence[Line]
    changes: Sequence[ChangeLine] = ()


class _Passages:
    """Address of the first passage each row rests on."""

    def __init__(self, document: SteeringDocument) -> None:
        page = reverse("governance:document_text", args=[document.uuid])
        rows = ItemPassage.objects.filter(document=document, field="").order_by("passage__ordinal")
        self.urls: dict[UUID, str] = {}
        for item, ordinal in rows.values_list("item", "passage__ordinal"):
            self.urls.setdefault(item, f"{page}?rad={item}#avsnitt-{ordinal + 1}")

    def of(self, item: UUID) -> str:
        """Empty when the row rests on nothing."""
        return self.urls.get(item, "")


def content_of(document: SteeringDocument, own: Followed, day: date) -> Content:
    """All rows of the document for the page."""
    passages = _Passages(document)
    goals = list(Goal.objects.filter(document=document))
    return Content(
        goals=_goals(document, goals, passages),
        sector_goals=[
            Line(row.uuid, row.reference, row.title, passage_url=passages.of(row.uuid))
            for row in goals
            if row.level == "sector"
        ],
        assignments=_assignments(document, own, day, passages, {row.pk: row for row in goals}),
        budget=_budget(document, passages),
        authorisations=[_authorisation(row, passages) for row in Authorisation.objects.filter(document=document)],
        requirements=[_requirement(row, passages) for row in ReportingRequirement.objects.filter(document=document)],
        calendar=_calendar(document, passages),
        directives=[
            Line(row.uuid, row.circular, row.title, text=row.text, passage_url=passages.of(row.uuid))
            for row in CommonDirective.objects.filter(document=document)
        ],
        citations=[_citation(row, own.meanings.get(row.pk), passages) for row in own.citations],
        changes=change_lines(document),
    )


def _citation(row: Citation, means: Meaning | None, passages: _Passages) -> Line:
    """A citation; of an assignment it also says which one, or that it was not found."""
    details, url = ([means.words], means.url) if means else ([], "")
    return Line(row.uuid, row.get_kind_display(), row.text, details, passage_url=passages.of(row.uuid), url=url)


def _by(rows: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, column), []).append(row)
    return grouped


def _goals(document: SteeringDocument, goals: Sequence[Goal], passages: _Passages) -> list[GoalBlock]:
    targets = _by(Target.objects.filter(document=document), "parameter_id")
    parameters = _by(SteeringParameter.objects.filter(document=document), "goal_id")
    figures = _by(KeyFigure.objects.filter(document=document), "goal_id")

    def block(goal: Goal | None) -> GoalBlock:
        key = goal.pk if goal else None
        return GoalBlock(
            uuid=goal.uuid if goal else None,
            reference=goal.reference if goal else "",
            level=str(goal.get_level_display()) if goal else "",
            title=goal.title if goal else _("Ikke knyttet til et mål"),
            contributes_to=formatting.listing(list(goal.contributes_to)) if goal else "",
            parameters=[
                Line(
                    row.uuid,
                    row.reference,
                    row.title,
                    _target_words(targets.get(row.pk, ())),
                    passage_url=passages.of(row.uuid),
                )
                for row in parameters.get(key, ())
            ],
            key_figures=[
                Line(row.uuid, row.reference, row.title, row.dimensions, passage_url=passages.of(row.uuid))
                for row in figures.get(key, ())
            ],
        )

    blocks = [block(goal) for goal in goals if goal.level != "sector"]
    loose = block(None)
    return [*blocks, loose] if loose.parameters or loose.key_figures else blocks


def _target_words(targets: Iterable[Target]) -> list[str]:
    return [row.text or f"{row.value:f} {row.unit}".strip() for row in targets if row.text or row.value is not None]


def _assignments(
    document: SteeringDocument, own: Followed, day: date, passages: _Passages, goals: Mapping[int, Goal]
) -> list[AssignmentLine]:
    items = list(AssignmentItem.objects.filter(document=document).select_related("department"))
    deliveries = _by(DeliveryItem.objects.filter(document=document), "assignment_item_id")
    made = []
    for row in items:
        shell = row.uuid in own.withheld
        goal = goals.get(row.goal_id or 0)
        line = Line(
            uuid=row.uuid,
            number=row.reference,
            title=_("Unntatt offentlighet") if shell else row.title,
            text="" if shell else row.body,
            passage_url="" if shell else passages.of(row.uuid),
            url=own.pages.get(row.uuid, ""),
            restricted=row.restricted,
        )
        made.append(
            AssignmentLine(
                line=line,
                department=row.department.code if row.department else row.department_text,
                goal=f"{goal.reference} {goal.title}".strip() if goal else "",
                recipients=[] if shell else row.recipients,
                change="" if row.change == "new" else str(row.get_change_display()),
                basis=row.restricted_basis if row.restricted else "",
                deliveries=[] if shell else [_delivery(d, day) for d in deliveries.get(row.pk, ())],
            )
        )
    return made


def _delivery(row: DeliveryItem, day: date) -> DeliveryLine:
    return DeliveryLine(
        part=row.part or row.anchor,
        product=str(row.get_product_display()),
        written=row.deadline_text,
        face=_face(row, day),
    )


def _face(row: DeliveryItem, day: date) -> DeadlineFace:
    """The deadline as the letter says it; what it is now, and whether it is late, is for the assignment's page."""
    if row.deadline is not None and row.doubtful:
        return deadlines.deadline_face(row.deadline, today=day, clarify=True, as_written=row.deadline_text)
    if row.deadline is not None:
        off = calendars.day_off(row.deadline) is not None
        before = formatting.weekday_date(calendars.last_working_day_on_or_before(row.deadline))
        words = _("siste virkedag før: %(date)s") % {"date": before} if off else ""
        if row.not_extendable:
            words = _("kan ikke fravikes")
        return DeadlineFace(
            formatting.date_with_weekday(row.deadline) if off else formatting.full_date(row.deadline), words
        )
    if row.deadline_kind == DeadlineKind.DIALOG:
        return DeadlineFace(_("Frist avtales i dialog"))
    if row.deadline_text:
        return DeadlineFace(row.deadline_text)
    return deadlines.standing() if row.deadline_kind == DeadlineKind.ONGOING else deadlines.without()


BAR = 46


def _budget(document: SteeringDocument, passages: _Passages) -> Budget:
    lines = list(BudgetLine.objects.filter(document=document).select_related("assignment_item"))
    splits = _by(BudgetSplit.objects.filter(document=document).select_related("assignment_item"), "line_id")
    top = max((abs(line.amount) for line in lines), default=0) or 1
    made = {
        line.pk: MoneyLine(
            uuid=line.uuid,
            code=line.code,
            name=line.name,
            details=line_words(line, splits.get(line.pk, ())),
            amount=line.amount,
            counted=None if line.unclear else line.amount,
            total_after=line.total_after,
            unclear=(line.unclear_reason or _("Uavklart om beløpet er i tillegg")) if line.unclear else "",
            bar=str(max(1, round(BAR * abs(line.amount) / top))),
            passage_url=passages.of(line.uuid),
        )
        for line in lines
    }
    expenses = [made[line.pk] for line in lines if not line.is_income]
    incomes = [made[line.pk] for line in lines if line.is_income]
    return Budget(
        expenses=expenses,
        expense_sum=sum(line.counted or 0 for line in expenses),
        incomes=incomes,
        income_sum=sum(line.counted or 0 for line in incomes),
        is_change=any(line.kind == BudgetLineKind.CHANGE for line in lines),
    )


def _authorisation(row: Authorisation, passages: _Passages) -> Line:
    details = []
    if row.limit is not None:
        details.append(_("inntil %(amount)s") % {"amount": formatting.kroner(row.limit)})
    if row.valid_to:
        details.append(_("gjelder til og med %(date)s") % {"date": formatting.full_date(row.valid_to)})
    if row.expense_posts or row.income_posts:
        details.append(" · ".join([*row.expense_posts, *row.income_posts]))
    details += row.bodies
    return Line(row.uuid, "", row.title, details, text=row.text, passage_url=passages.of(row.uuid))


def _requirement(row: ReportingRequirement, passages: _Passages) -> Line:
    details = [str(row.get_when_display())]
    if row.due:
        details.append(formatting.date_with_weekday(row.due))
    elif row.due_text:
        details.append(row.due_text)
    if row.copy_to_auditor:
        details.append(_("kopi til Riksrevisjonen samtidig"))
    number = row.reference or (_("punkt %(n)s") % {"n": row.section} if row.section else "")
    return Line(row.uuid, number, row.title, details, text=row.text, passage_url=passages.of(row.uuid))


def _calendar(document: SteeringDocument, passages: _Passages) -> list[CalendarLine]:
    rows = sorted(CalendarItem.objects.filter(document=document), key=lambda row: (row.date or date.max, row.ordinal))
    return [_calendar_line(row, passages) for row in rows]


def _calendar_line(row: CalendarItem, passages: _Passages) -> CalendarLine:
    off = ""
    if row.date is not None and calendars.day_off(row.date) is not None:
        before = calendars.last_working_day_on_or_before(row.date)
        off = _("siste virkedag før: %(date)s") % {"date": formatting.weekday_date(before)}
    hours = ""
    if row.time is not None:
        hours = formatting.clock_range(row.time, row.end_time) if row.end_time else formatting.clock(row.time)
    return CalendarLine(
        uuid=row.uuid,
        when=formatting.date_with_weekday(row.date) if row.date else row.date_text,
        off=off,
        hours=" · ".join(part for part in (hours, row.place) if part),
        title=row.title,
        note=row.note,
        kind=str(row.get_kind_display()),
        passage_url=passages.of(row.uuid),
    )
