"""Valid documents for tests, made through the same actions people use. The prose is ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from core.clock import OSLO
from governance.actions.documents import (
    DocumentFacts,
    Registration,
    Signer,
    create_document,
    issue_document,
    register_issued_document,
)
from governance.content import ContentWriter
from governance.models import (
    AssignmentItem,
    BudgetLine,
    BudgetLineKind,
    CalendarItem,
    CalendarKind,
    CopyRule,
    DeadlineKind,
    DeliveryItem,
    Goal,
    GoalLine,
    KeyFigure,
    KeyFigureLine,
    ParameterLine,
    PassageKind,
    ReportingRequirement,
    RequirementWhen,
    SteeringDocument,
    SteeringParameter,
)
from tests.cast import Cast

LETTER_DATE = date(2025, 12, 22)
REGISTERED_AT = datetime(2026, 1, 9, 9, 14, tzinfo=OSLO)

#: reference, title, department, deadline as written, date, doubtful
ASSIGNMENTS: list[tuple[str, str, str, str, date | None, bool]] = [
    ("TB2026-1", "Forsterke veiledning for kliniske studier", "SHA", "31. desember 2026", date(2026, 12, 31), False),
    ("TB2026-3", "Legemiddelgrunndata", "DIG", "31. desember 2026", date(2026, 12, 31), False),
    ("TB2026-4", "Ny ordning for lager av vaksiner", "SHA", "Settes i dialog med direktoratet.", None, False),
    ("TB2026-5", "NAT-testing i blodbankene", "FHA", "15.januar 2026", date(2026, 1, 15), True),
    ("TB2026-6", "Gjennomgå og revidere blodforskriften", "FHA", "15. januar 2027", date(2027, 1, 15), False),
]

Fill = Callable[[ContentWriter, Cast], None]


def write_assignment(
    writer: ContentWriter,
    cast: Cast,
    reference: str,
    title: str,
    *,
    department: str = "SHA",
    deadlines: Sequence[tuple[str, date | None]] = (("31. desember 2026", date(2026, 12, 31)),),
    doubtful: bool = False,
    **fields: Any,
) -> AssignmentItem:
    """One assignment with a delivery for each deadline. ``reference`` like TB2026-1 gives series, year, number."""
    series = reference.rstrip("0123456789-")
    year, _sep, number = reference.removeprefix(series).partition("-")
    passage = writer.passage(f"{reference} {title}", kind=PassageKind.STRUCTURED, section_number="3.1.3")
    body = writer.passage(f"Direktoratet skal arbeide med {title.lower()}.", kind=PassageKind.STRUCTURED)
    item = writer.add(
        AssignmentItem,
        passages=[passage, body],
        reference=reference,
        series=series,
        year=int(year) if year else None,
        number=int(number) if number else None,
        title=title,
        body=body.text if "body" not in fields else fields.pop("body"),
        department=cast.department(department) if department else None,
        department_text=department,
        **fields,
    )
    for ordinal, (text, day) in enumerate(deadlines, start=1):
        dialog = day is None
        writer.add(
            DeliveryItem,
            assignment_item=item,
            ordinal=ordinal,
            title=f"Leveranse {ordinal}",
            deadline_kind=DeadlineKind.DIALOG if dialog else DeadlineKind.DATE,
            deadline_text=text,
            deadline=day,
            doubtful=doubtful,
            doubt="Fristen kan være skrevet feil." if doubtful else "",
        )
    return item


def write_letter(writer: ContentWriter, cast: Cast) -> None:
    """Goals, parameters, key figures, assignments, money, calendar and requirements, on the 2026 letter's facts."""
    agency = writer.document.recipient
    for number, title in enumerate(("Rask tilgang", "Sikkerhet og riktig bruk", "Forsyningssikkerhet"), start=1):
        goal = writer.add(Goal, reference=f"3.{number}", title=title, line=GoalLine.objects.create(agency=agency))
        writer.add(
            SteeringParameter,
            goal=goal,
            title=f"Parameter for {title.lower()}",
            line=ParameterLine.objects.create(agency=agency),
        )
        writer.add(
            KeyFigure,
            goal=goal,
            title=f"Antall saker, {title.lower()}",
            line=KeyFigureLine.objects.create(agency=agency),
        )
    for reference, title, department, text, day, doubtful in ASSIGNMENTS:
        write_assignment(
            writer, cast, reference, title, department=department, deadlines=[(text, day)], doubtful=doubtful
        )
    for chapter, post, name, thousands in (
        (746, 1, "Driftsutgifter", 458_591),
        (3746, 4, "Registreringsgebyr", 86_145),
    ):
        writer.add(
            BudgetLine,
            chapter=chapter,
            post=post,
            name=name,
            kind=BudgetLineKind.INCOME if chapter >= 3000 else BudgetLineKind.EXPENSE,
            amount=thousands * 1000,
            amount_as_written=str(thousands),
            unit_as_written="i 1 000 kroner",
        )
    meeting: dict[str, Any] = {"time": time(9, 0), "end_time": time(11, 0), "place": "Hos direktoratet"}
    writer.add(CalendarItem, kind=CalendarKind.MEETING, date=date(2026, 4, 21), title="Etatsstyringsmøte", **meeting)
    writer.add(CalendarItem, date=date(2026, 3, 15), title="Årsrapport 2025", budget_year=2025)
    report = writer.add(
        CalendarItem, date=date(2026, 10, 9), title="Virksomhetsrapport per 2. tertial", budget_year=2026
    )
    writer.add(
        ReportingRequirement,
        calendar_item=report,
        reference="RK10",
        title="Måloppnåelse under hvert mål",
        text="Rapporten skal vurdere om målene nås, og si hva som gjøres ved avvik.",
        when=RequirementWhen.ACTIVITY_REPORT,
        due=date(2026, 10, 9),
        copy_to_auditor=True,
        section="6.1",
    )
    writer.add(
        ReportingRequirement,
        reference="RK15",
        title="Vurdering av produktiviteten",
        when=RequirementWhen.ANNUAL_REPORT,
        due=date(2027, 3, 15),
        section="6.1",
    )
    writer.add(CopyRule, correspondence="activity_report", recipient=cast.org("RR"), simultaneous=True, section="6.1")


def make_draft(
    cast: Cast, *, kind: str = "allocation_letter", fill: Fill | None = None, by: str = "officer", **facts: Any
) -> SteeringDocument:
    """A draft from the person's organisation to DMP, filled by ``fill``."""
    values = {
        "recipient": cast.org("DMP"),
        "title": "Tildelingsbrev 2026",
        "year": 2026,
        "document_date": LETTER_DATE,
        "case_number": "25/4127",
        **facts,
    }
    document = create_document(facts=DocumentFacts(kind=kind, **values), actor=cast.actor(by), at=REGISTERED_AT)
    document = SteeringDocument.objects.for_detail().get(pk=document.pk)
    if fill is not None:
        fill(ContentWriter(document), cast)
    return document


def make_registered_letter(
    cast: Cast, *, fill: Fill | None = write_letter, by: str = "officer", at: datetime = REGISTERED_AT, **facts: Any
) -> SteeringDocument:
    """A letter to DMP that was signed elsewhere and is registered: frozen, with its assignments given."""
    document = make_draft(cast, fill=fill, by=by, **facts)
    registered = register_issued_document(
        document=document,
        registration=Registration(signers=[Signer("Ragnhild Moen", "ekspedisjonssjef", by_authority=True)]),
        actor=cast.actor(by),
        at=at,
    )
    return SteeringDocument.objects.for_detail().get(pk=registered.pk)


def make_issued_supplement(
    cast: Cast, *, fill: Fill | None = None, at: datetime = REGISTERED_AT, **facts: Any
) -> SteeringDocument:
    """A supplement drafted by the officer and issued by the signer."""
    values = {"title": "Supplerende tildelingsbrev 2026", "document_date": None, **facts}
    document = make_draft(cast, kind="supplement", fill=fill, **values)
    issued = issue_document(document=document, actor=cast.actor("signer"), at=at)
    return SteeringDocument.objects.for_detail().get(pk=issued.pk)
