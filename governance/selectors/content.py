"""What stands in a document, as the document page shows it. A fixed number of queries however many rows."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices
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
    CalendarKind,
    Citation,
    CitationKind,
    CommonDirective,
    DeadlineKind,
    DeliveryItem,
    Goal,
    GoalLevel,
    ItemChange,
    ItemPassage,
    KeyFigure,
    ProductKind,
    ReportingRequirement,
    RequirementWhen,
    SteeringDocument,
    SteeringParameter,
    Target,
)
from governance.models.document import DocumentPart
from governance.selectors.change_lines import change_lines
from governance.selectors.citations import Meaning
from governance.selectors.content_lines import (
    AssignmentLine,
    Budget,
    CalendarLine,
    Content,
    DeliveryLine,
    GoalBlock,
    Line,
    MoneyLine,
)
from governance.selectors.followed import Followed
from governance.selectors.money_links import line_words


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


@cache
def _statement(model: type[DocumentPart], columns: tuple[str, ...]) -> tuple[str, type[Any]]:
    rows = model._default_manager.filter(document_id=0).values_list(*columns)
    return rows.query.sql_with_params()[0], namedtuple("Row", columns)


def _rows(model: type[DocumentPart], document: SteeringDocument, *columns: str) -> list[Any]:
    """The document's rows in order, as named values: a long letter has hundreds, and a page needs no models.

    The statement of each table is the same for every document, and is written once.
    """
    statement, row = _statement(model, ("uuid", *columns))
    with connection.cursor() as cursor:
        cursor.execute(statement, [document.pk])
        return [row._make(values) for values in cursor.fetchall()]


def content_of(document: SteeringDocument, own: Followed, day: date) -> Content:
    """All rows of the document for the page."""
    passages = _Passages(document)
    goals = _rows(Goal, document, "id", "reference", "title", "level", "contributes_to")
    return Content(
        goals=_goals(document, goals, passages),
        sector_goals=[
            Line(row.uuid, row.reference, row.title, passage_url=passages.of(row.uuid))
            for row in goals
            if row.level == "sector"
        ],
        assignments=_assignments(document, own, day, passages, {row.id: row for row in goals}),
        budget=_budget(document, passages),
        authorisations=_authorisations(document, passages),
        requirements=_requirements(document, passages),
        calendar=_calendar(document, passages),
        directives=[
            Line(row.uuid, row.circular, row.title, text=row.text, passage_url=passages.of(row.uuid))
            for row in _rows(CommonDirective, document, "title", "text", "circular")
        ],
        citations=[_citation(row, own.meanings.get(row.pk), passages) for row in own.citations],
        changes=change_lines(document),
    )


def _citation(row: Citation, means: Meaning | None, passages: _Passages) -> Line:
    """A citation; of an assignment it also says which one, or that it was not found."""
    details, url = ([means.words], means.url) if means else ([], "")
    kind = "" if row.kind == CitationKind.OTHER else row.get_kind_display()
    return Line(row.uuid, kind, row.text, details, passage_url=passages.of(row.uuid), url=url)


def _label(choices: type[TextChoices], value: str) -> str:
    return str(choices(value).label) if value else ""


def _by(rows: Iterable[Any], column: str) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, column), []).append(row)
    return grouped


def _goals(document: SteeringDocument, goals: Sequence[Any], passages: _Passages) -> list[GoalBlock]:
    targets = _by(_rows(Target, document, "parameter_id", "value", "unit", "text"), "parameter_id")
    parameters = _by(_rows(SteeringParameter, document, "id", "goal_id", "reference", "title"), "goal_id")
    figures = _by(_rows(KeyFigure, document, "goal_id", "reference", "title", "dimensions"), "goal_id")

    def block(goal: Any) -> GoalBlock:
        key = goal.id if goal else None
        return GoalBlock(
            uuid=goal.uuid if goal else None,
            reference=goal.reference if goal else "",
            level=_label(GoalLevel, goal.level) if goal else "",
            title=goal.title if goal else _("Ikke knyttet til et mål"),
            contributes_to=formatting.listing(goal.contributes_to) if goal else "",
            parameters=[
                Line(
                    row.uuid,
                    row.reference,
                    row.title,
                    _target_words(targets.get(row.id, ())),
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


def _target_words(targets: Iterable[Any]) -> list[str]:
    words = (row.text or formatting.measured(row.value, row.unit) for row in targets)
    return [said for said in words if said]


_OF_ASSIGNMENT = (
    "id", "reference", "title", "body", "goal_id", "department__code", "department_text", "recipients", "change",
    "restricted", "restricted_basis",
)  # fmt: skip
_OF_DELIVERY = (
    "assignment_item_id", "part", "anchor", "product", "deadline", "deadline_text", "deadline_kind", "doubtful",
    "not_extendable",
)  # fmt: skip


def _assignments(
    document: SteeringDocument, own: Followed, day: date, passages: _Passages, goals: Mapping[int, Any]
) -> list[AssignmentLine]:
    deliveries = _by(_rows(DeliveryItem, document, *_OF_DELIVERY), "assignment_item_id")
    made = []
    for row in _rows(AssignmentItem, document, *_OF_ASSIGNMENT):
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
                department=row.department__code or row.department_text,
                goal=f"{goal.reference} {goal.title}".strip() if goal else "",
                recipients=[] if shell else row.recipients,
                change="" if row.change == ItemChange.NEW else _label(ItemChange, row.change),
                basis=row.restricted_basis if row.restricted else "",
                deliveries=[] if shell else [_delivery(d, day) for d in deliveries.get(row.id, ())],
            )
        )
    return made


def _delivery(row: Any, day: date) -> DeliveryLine:
    return DeliveryLine(
        part=row.part or row.anchor,
        product=_label(ProductKind, row.product),
        written=row.deadline_text,
        face=_face(row, day),
    )


def _face(row: Any, day: date) -> DeadlineFace:
    """The deadline as the letter says it; what it is now, and whether it is late, is for the assignment's page."""
    if row.deadline is not None and row.doubtful:
        return deadlines.deadline_face(row.deadline, today=day, clarify=True, as_written=row.deadline_text)
    if row.deadline is not None:
        off = _off(row.deadline)
        first = formatting.date_with_weekday(row.deadline) if off else formatting.full_date(row.deadline)
        return DeadlineFace(first, _("kan ikke fravikes") if row.not_extendable else off)
    if row.deadline_kind == DeadlineKind.DIALOG:
        return DeadlineFace(_("Frist avtales i dialog"))
    if row.deadline_text:
        return DeadlineFace(row.deadline_text)
    return deadlines.standing() if row.deadline_kind == DeadlineKind.ONGOING else deadlines.without()


def _off(day: date) -> str:
    """The working day before a day off; empty for a working day."""
    if calendars.is_working_day(day):
        return ""
    before = calendars.last_working_day_on_or_before(day)
    return _("siste virkedag før: %(date)s") % {"date": formatting.weekday_date(before)}


BAR = 46
_PAID_FOR = ("anchor", *(f"assignment_item__{name}" for name in ("reference", "title", "restricted")))
_OF_SPLIT = ("line_id", "label", "amount", "kind", *_PAID_FOR)
_OF_MONEY = (
    "uuid", "chapter", "post", "name", "kind", "amount", "total_after", "comment", "unclear", "unclear_reason",
    *_PAID_FOR,
)  # fmt: skip


def _budget(document: SteeringDocument, passages: _Passages) -> Budget:
    lines = list(BudgetLine.objects.filter(document=document).select_related("assignment_item").only(*_OF_MONEY))
    splits = BudgetSplit.objects.filter(document=document).select_related("assignment_item").only(*_OF_SPLIT)
    by_line = _by(splits, "line_id")
    top = max((abs(line.amount) for line in lines), default=0) or 1
    made = {
        line.pk: MoneyLine(
            uuid=line.uuid,
            code=line.code,
            name=line.name,
            details=line_words(line, by_line.get(line.pk, ())),
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


def _authorisations(document: SteeringDocument, passages: _Passages) -> list[Line]:
    columns = ("title", "text", "limit", "valid_to", "expense_posts", "income_posts", "bodies")
    return [_authorisation(row, passages) for row in _rows(Authorisation, document, *columns)]


def _authorisation(row: Any, passages: _Passages) -> Line:
    details = []
    if row.limit is not None:
        details.append(_("inntil %(amount)s") % {"amount": formatting.kroner(row.limit)})
    if row.valid_to:
        details.append(_("gjelder til og med %(date)s") % {"date": formatting.full_date(row.valid_to)})
    if row.expense_posts or row.income_posts:
        details.append(" · ".join([*row.expense_posts, *row.income_posts]))
    details += row.bodies
    return Line(row.uuid, "", row.title, details, text=row.text, passage_url=passages.of(row.uuid))


def _requirements(document: SteeringDocument, passages: _Passages) -> list[Line]:
    columns = ("reference", "title", "text", "when", "due", "due_text", "copy_to_auditor", "section")
    return [_requirement(row, passages) for row in _rows(ReportingRequirement, document, *columns)]


def _requirement(row: Any, passages: _Passages) -> Line:
    details = [_label(RequirementWhen, row.when)]
    if row.due:
        details.append(formatting.date_with_weekday(row.due))
    elif row.due_text:
        details.append(row.due_text)
    if row.copy_to_auditor:
        details.append(_("kopi til Riksrevisjonen samtidig"))
    number = row.reference or (_("punkt %(n)s") % {"n": row.section} if row.section else "")
    return Line(row.uuid, number, row.title, details, text=row.text, passage_url=passages.of(row.uuid))


def _calendar(document: SteeringDocument, passages: _Passages) -> list[CalendarLine]:
    columns = ("date", "date_text", "time", "end_time", "place", "title", "note", "kind", "ordinal")
    rows = _rows(CalendarItem, document, *columns)
    return [_calendar_line(row, passages) for row in sorted(rows, key=lambda row: (row.date or date.max, row.ordinal))]


def _calendar_line(row: Any, passages: _Passages) -> CalendarLine:
    hours = ""
    if row.time is not None:
        hours = formatting.clock_range(row.time, row.end_time) if row.end_time else formatting.clock(row.time)
    return CalendarLine(
        uuid=row.uuid,
        when=formatting.date_with_weekday(row.date) if row.date else row.date_text,
        off=_off(row.date) if row.date else "",
        hours=" · ".join(part for part in (hours, row.place) if part),
        title=row.title,
        note=row.note,
        kind=_label(CalendarKind, row.kind),
        passage_url=passages.of(row.uuid),
    )
