"""One function per kind of row: its values as an item of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from governance.intake.deliveries import live
from governance.models import (
    AssignmentItem,
    Authorisation,
    BudgetLine,
    BudgetSeries,
    BudgetSplit,
    CalendarItem,
    CalendarKind,
    Citation,
    CitationKind,
    CommonDirective,
    DeadlineKind,
    DeliveryItem,
    Goal,
    ImportRow,
    ItemChange,
    KeyFigure,
    ParameterKind,
    ProductKind,
    ReportingRequirement,
    RequirementWhen,
    SteeringDocument,
    SteeringParameter,
    Target,
)

if TYPE_CHECKING:
    from governance.intake.convert import Conversion

Data = Mapping[str, Any]

PRODUCTS = {
    "final": ProductKind.FINAL,
    "preliminary": ProductKind.PRELIMINARY,
    "partial": ProductKind.OTHER,
    "plan": ProductKind.PLAN,
    "status_report": ProductKind.STATUS,
    "draft_consultation": ProductKind.DRAFT,
    "meeting": ProductKind.MEETING,
}
PLACES = {
    "annual_report": RequirementWhen.ANNUAL_REPORT,
    "activity_report": RequirementWhen.ACTIVITY_REPORT,
    "event": RequirementWhen.EVENT,
    "immediate": RequirementWhen.IMMEDIATE,
    "calendar": RequirementWhen.DATE,
}


def text(data: Data, name: str, limit: int | None = None) -> str:
    """A value as text, cut to the column's length."""
    value = str(data.get(name) or "").strip()
    return value[:limit] if limit else value


def day(value: Any) -> date | None:
    """A date from ISO text."""
    return date.fromisoformat(str(value)[:10]) if value else None


def hour(value: Any) -> time | None:
    """A time from ISO text."""
    return time.fromisoformat(str(value)) if value else None


def goal(work: Conversion, row: ImportRow) -> Goal:
    """A goal; a sub goal hangs under the main goal before it."""
    data = row.data
    level = text(data, "level") or "main"
    made = work.writer.add(
        Goal,
        uuid=row.uuid,
        reference=text(data, "reference", 40),
        level=level,
        title=text(data, "title"),
        contributes_to=[str(name)[:40] for name in data.get("contributes_to") or ()],
        parent=work.last_goal if level == "sub" else None,
        line=work.lines.line_for(row),
    )
    if level == "main":
        work.last_goal = made
    for name in (made.reference, made.title, text(data, "key")):
        if name:
            work.goals.setdefault(name.casefold(), made)
    return made


def parameter(work: Conversion, row: ImportRow) -> SteeringParameter:
    """A steering parameter, with its target where the letter has one."""
    data = row.data
    made = work.writer.add(
        SteeringParameter,
        uuid=row.uuid,
        goal=work.goal(text(data, "goal")),
        reference=text(data, "reference", 40),
        title=text(data, "title"),
        kind=ParameterKind.QUANTITATIVE if data.get("quantitative") else ParameterKind.QUALITATIVE,
        unit=text(data, "target_unit", 40),
        line=work.lines.line_for(row),
    )
    if text(data, "target_text") or text(data, "target_value"):
        work.writer.add(
            Target,
            parameter=made,
            value=_number(text(data, "target_value")),
            unit=text(data, "target_unit", 40),
            text=text(data, "target_text"),
        )
    return made


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(" ", "").replace("\u00a0", "").replace(",", ".")) if written else None
    except InvalidOperation:
        return None


def key_figure(work: Conversion, row: ImportRow) -> KeyFigure:
    """A key figure with what it is split on."""
    data = row.data
    return work.writer.add(
        KeyFigure,
        uuid=row.uuid,
        goal=work.goal(text(data, "goal")),
        title=text(data, "title"),
        dimensions=[str(name)[:200] for name in data.get("dimensions") or ()],
        line=work.lines.line_for(row),
    )


def assignment(work: Conversion, row: ImportRow) -> AssignmentItem:
    """An assignment with each of its deliveries."""
    data = row.data
    reference: Data = data.get("reference") or {}
    named = text(data, "department_code") or text(data, "department")
    deliveries = live(data.get("deliveries"))
    earlier = data.get("earlier") or []
    change = text(data, "change")
    made = work.writer.add(
        AssignmentItem,
        uuid=row.uuid,
        goal=work.goal(text(data, "goal")),
        reference=text(reference, "written", 60),
        series=text(reference, "series", 20),
        year=reference.get("year"),
        number=reference.get("number"),
        suffix=text(reference, "suffix", 5),
        title=text(data, "title"),
        body=text(data, "body"),
        department=work.departments.get(named),
        department_text=text(data, "department", 200) or named[:200],
        change=change if change in ItemChange.values else ItemChange.NEW,
        changes_reference=text(earlier[0], "written", 60) if earlier else "",
        recipients=[str(name)[:200] for name in data.get("joint_recipients") or ()],
        restricted=bool(data.get("exempt")),
        restricted_basis=text(data, "exempt_basis", 200),
        no_deadline_text=not any(text(d, "deadline_text") for d in deliveries),
    )
    for ordinal, delivery in enumerate(deliveries, start=1):
        _delivery(work, made, delivery, ordinal, row)
    return made


def _delivery(work: Conversion, item: AssignmentItem, data: Data, ordinal: int, row: ImportRow) -> None:
    written = text(data, "kind")
    kind = {"tentative": "date", "fixed": "date"}.get(written, written)
    if kind == "none" and "løpende" in text(data, "deadline_text").casefold():
        kind = DeadlineKind.ONGOING.value
    made = work.writer.add(
        DeliveryItem,
        assignment_item=item,
        ordinal=ordinal,
        part=text(data, "part", 100),
        anchor=text(data, "anchor", 20),
        title=text(data, "title", 300),
        product=PRODUCTS.get(text(data, "product"), ProductKind.OTHER),
        deadline_kind=kind if kind in DeadlineKind.values else DeadlineKind.NONE,
        deadline_text=text(data, "deadline_text", 300),
        deadline=day(data.get("date")),
        deadline_time=hour(data.get("time")),
        doubtful=bool(data.get("doubtful")),
        doubt=text(data, "doubt"),
        not_extendable=written == "fixed",
        tentative=written == "tentative",
        optional=bool(data.get("optional")),
    )
    work.rest_delivery(made, data, row)


def budget_line(work: Conversion, row: ImportRow) -> BudgetLine:
    """An amount in whole kroner, with its splits and earmarks."""
    data = row.data
    chapter, post = int(data["chapter"]), int(data["post"])
    series, _made = BudgetSeries.objects.get_or_create(owner=work.agency, chapter=chapter, post=post)
    made = work.writer.add(
        BudgetLine,
        uuid=row.uuid,
        series=series,
        chapter=chapter,
        post=post,
        name=text(data, "name", 300),
        kind=text(data, "kind") or "expense",
        amount=data["amount"],
        total_after=data.get("total"),
        amount_as_written=text(data, "amount_as_written", 60),
        unit_as_written=text(data, "unit_as_written", 60),
        comment=text(data, "comment"),
        unclear=bool(data.get("unclear")),
        unclear_reason=text(data, "unclear_reason"),
    )
    for kind, parts in (("split", data.get("splits")), ("earmark", data.get("earmarks"))):
        for part in parts or ():
            work.writer.add(BudgetSplit, line=made, label=text(part, "text", 300), amount=part["amount"], kind=kind)
    return made


def calendar(work: Conversion, row: ImportRow) -> CalendarItem:
    """A row of the calendar; the written date is never moved."""
    data = row.data
    made = work.writer.add(
        CalendarItem,
        uuid=row.uuid,
        kind=text(data, "kind") or calendar_kind(text(data, "title")),
        date=None if data.get("month_only") else day(data.get("date")),
        date_text=text(data, "date_text", 100),
        end_date=day(data.get("end_date")),
        time=hour(data.get("time")),
        end_time=hour(data.get("end_time")),
        place=text(data, "place", 200),
        title=text(data, "title"),
        note=text(data, "note"),
        budget_year=data.get("budget_year"),
    )
    if made.date is not None and made.kind == CalendarKind.REPORT:
        work.calendar.setdefault(made.date, made)
    return made


def calendar_kind(title: str) -> str:
    """Meeting, publication or report, by the words of the title."""
    low = title.casefold()
    if "møte" in low or "samling" in low:
        return CalendarKind.MEETING.value
    return CalendarKind.PUBLICATION.value if "publiser" in low else CalendarKind.REPORT.value


def reporting(work: Conversion, row: ImportRow) -> ReportingRequirement:
    """Something to report, tied to the calendar row of the same date where there is one."""
    data = row.data
    due = day(data.get("date"))
    return work.writer.add(
        ReportingRequirement,
        uuid=row.uuid,
        reference=text(data, "reference", 40),
        title=text(data, "title"),
        text=text(data, "text"),
        when=text(data, "when") or _when(data, due),
        due=due,
        due_text=text(data, "deadline_text", 200),
        calendar_item=work.calendar.get(due) if due else None,
        copy_to_auditor=any("riksrevisjon" in str(name).casefold() for name in data.get("copy_to") or ()),
        section=work.section_of(row)[:40],
    )


def _when(data: Data, due: date | None) -> str:
    """When it is due, from the place the text names, else from what kind of deadline it has."""
    places = [PLACES[name] for name in data.get("where") or () if name in PLACES]
    if places:
        return str(places[0])
    if text(data, "deadline_kind") == "recurring" and text(data, "deadline_text"):
        return RequirementWhen.RECURRING.value
    return RequirementWhen.DATE.value if due else RequirementWhen.ONGOING.value


def authorisation(work: Conversion, row: ImportRow) -> Authorisation:
    """A delegated power; one that names a year holds for that calendar year."""
    data = row.data
    year = data.get("valid_year")
    return work.writer.add(
        Authorisation,
        uuid=row.uuid,
        kind=text(data, "kind", 60),
        title=text(data, "title") or text(data, "text")[:200],
        text=text(data, "text"),
        limit=data.get("limit"),
        valid_from=day(data.get("valid_from", f"{year}-01-01" if year else None)),
        valid_to=day(data.get("valid_to", f"{year}-12-31" if year else None)),
        bodies=[str(name)[:200] for name in data.get("bodies") or ()],
        expense_posts=[str(name)[:12] for name in data.get("expense_posts") or ()],
        income_posts=[str(name)[:12] for name in data.get("income_posts") or ()],
    )


def common_directive(work: Conversion, row: ImportRow) -> CommonDirective:
    """A government-wide guidance."""
    data = row.data
    circulars = [str(name) for name in data.get("circulars") or ()]
    return work.writer.add(
        CommonDirective,
        uuid=row.uuid,
        title=text(data, "title"),
        text=text(data, "text"),
        circular=circulars[0][:40] if circulars else "",
        year=work.document.year,
    )


def citation(work: Conversion, data: Data) -> Citation:
    """What the document refers to, tied to the instruction when it is registered."""
    kind = text(data, "kind")
    cited = day(data.get("date"))
    target = None
    if kind == CitationKind.INSTRUCTION and cited:
        target = SteeringDocument.objects.filter(
            recipient=work.agency, state="issued", kind__family="instruction", document_date=cited
        ).first()
    return work.writer.add(
        Citation,
        kind=kind if kind in CitationKind.values else CitationKind.OTHER,
        text=text(data, "written", 300),
        cited_date=cited,
        cited_document=target,
    )


CONVERTERS: dict[str, Callable[[Conversion, ImportRow], Any]] = {
    "goal": goal,
    "parameter": parameter,
    "key_figure": key_figure,
    "assignment": assignment,
    "budget_line": budget_line,
    "calendar": calendar,
    "reporting": reporting,
    "authorisation": authorisation,
    "common_directive": common_directive,
}
