"""A long letter to one agency, with its instruction and supplements: as many pages and rows as asked for.

Made through the actions people use, on the fixed cast of the tests. The prose is ours and says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from core.clock import OSLO
from governance.actions.documents import Registration, register_issued_document
from governance.content import ContentWriter
from governance.models import (
    Authorisation,
    BudgetLine,
    BudgetLineKind,
    BudgetSplit,
    CalendarItem,
    Change,
    ChangeKind,
    Citation,
    CitationKind,
    CommonDirective,
    CopyRule,
    Goal,
    GoalLine,
    KeyFigure,
    KeyFigureLine,
    ParameterLine,
    Passage,
    PassageKind,
    ReportingRequirement,
    RequirementWhen,
    SteeringDocument,
    SteeringParameter,
    Target,
)
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, write_assignment

TEXT = (
    "Direktoratet skal prioritere innenfor rammene som er gitt, og melde fra så snart det ser at et mål ikke nås. "
    "Departementet vil følge utviklingen i møtene gjennom året og ta opp det som krever avklaring mellom partene. "
    "Der flere virksomheter har del i arbeidet, avtales det hvem som leder og hvem som svarer for resultatet. "
    "Nummer {n} i rekken gjelder område {area}, og vurderes sammen med de andre når året er omme."
)
AREAS = ("beredskap", "tilgang", "kvalitet", "tilsyn", "forsyning", "veiledning", "digitale tjenester")


@dataclass(frozen=True)
class Size:
    """How much there is of everything. ``sections`` are headed sections of six passages: about half a page each."""

    sections: int
    assignments: int = 60
    goals: int = 8
    parameters: int = 24
    figures: int = 40
    posts: int = 18
    requirements: int = 30
    exempt: int = 0


#: 85, 85 and 200 pages when rendered.
LETTER = Size(sections=80)
WITH_EXEMPT = Size(sections=80, exempt=6)
LARGE = Size(sections=199, assignments=90, parameters=60, figures=90, requirements=60)


def make_letter(cast: Cast, size: Size, *, year: int = 2026, draft: bool = False) -> SteeringDocument:
    """A registered letter of that size; with ``draft`` it is left as a draft."""
    made = make_draft(cast, title=f"Tildelingsbrev {year}", year=year, document_date=date(year - 1, 12, 22))
    write(ContentWriter(made), cast, size, year)
    return made if draft else _register(cast, made)


def make_year(cast: Cast, size: Size, *, supplements: int = 10) -> SteeringDocument:
    """Instruction, letter and supplements that change, add and move: what is folded into the text in force."""
    instruction = make_draft(
        cast, kind="instruction", title="Hovedinstruks", year=None, document_date=date(2024, 6, 26),
        effective_on=date(2024, 6, 26),
    )  # fmt: skip
    writer = ContentWriter(instruction)
    _prose(writer, 20, "1")
    writer.add(CopyRule, correspondence="all", recipient=cast.org("RR"), simultaneous=True, section="5")
    _register(cast, instruction)
    letter = make_letter(cast, size)
    for number in range(1, supplements + 1):
        draft = make_draft(
            cast, kind="supplement", title=f"Supplerende tildelingsbrev nr. {number}", supplements=letter,
            document_date=date(2026, 2, 1) + timedelta(days=25 * number),
        )  # fmt: skip
        _changes(ContentWriter(draft), cast, letter, number)
        _register(cast, draft)
    return letter


def _register(cast: Cast, draft: SteeringDocument) -> SteeringDocument:
    day = draft.document_date or REGISTERED_AT.date()
    at = datetime.combine(day, time(12), tzinfo=OSLO)
    register_issued_document(document=draft, registration=Registration(), actor=cast.actor("officer"), at=at)
    return SteeringDocument.objects.for_detail().get(pk=draft.pk)


def _changes(writer: ContentWriter, cast: Cast, letter: SteeringDocument, number: int) -> None:
    """A new assignment, a changed goal, a moved deadline, a withdrawal and more money."""
    _prose(writer, 2, str(number))
    write_assignment(writer, cast, f"TTB2026-{number}", f"Nytt oppdrag {number}")
    items = list(letter.assignmentitem_set.order_by("ordinal"))
    goals = list(Goal.objects.filter(document=letter).order_by("ordinal"))
    goal = goals[number % len(goals)]
    new = writer.add(Goal, reference=goal.reference, title=f"{goal.title}, ny ordlyd {number}", line_id=goal.line_id)
    writer.add(Change, kind=ChangeKind.REPLACE, target=goal.uuid, new_item=new.uuid, text="Målet får ny ordlyd.")
    moved, gone = items[number * 2], items[number * 2 + 1]
    writer.add(
        Change, kind=ChangeKind.MOVE_DEADLINE, target=moved.uuid, new_date=date(2026, 11, 1), text="Fristen flyttes."
    )
    writer.add(Change, kind=ChangeKind.WITHDRAW, target=gone.uuid, text="Oppdraget trekkes.")
    writer.add(BudgetLine, chapter=746, post=1, name="Drift", kind=BudgetLineKind.CHANGE, amount=1_000_000)


# ---- the content ----
def write(writer: ContentWriter, cast: Cast, size: Size, year: int) -> None:
    """Prose in sections, and every kind of row a letter has."""
    for section in range(1, size.sections + 1):
        _prose(writer, 6, f"{section // 10 + 1}.{section % 10 + 1}")
    goals = [_goal(writer, number) for number in range(1, size.goals + 1)]
    for number in range(1, size.parameters + 1):
        _parameter(writer, goals[number % len(goals)], number)
    for number in range(1, size.figures + 1):
        _figure(writer, goals[number % len(goals)], number)
    departments = ("SHA", "DIG", "FHA")
    for number in range(1, size.assignments + 1):
        days = [date(year, number % 12 + 1, number % 27 + 1), date(year, 12, 31)]
        write_assignment(
            writer, cast, f"TB{year}-{number}", f"Oppdrag nummer {number} om {_area(number)}",
            department=departments[number % 3], deadlines=[(f"{d.day}. {d.month}. {d.year}", d) for d in days],
            goal=goals[number % len(goals)], body=TEXT.format(n=number, area=_area(number)) * 2,
            restricted=number <= size.exempt, restricted_basis="offl. § 20" if number <= size.exempt else "",
        )  # fmt: skip
    _money(writer, size.posts)
    _rest(writer, cast, size, year)


def _area(number: int) -> str:
    return AREAS[number % len(AREAS)]


def _prose(writer: ContentWriter, count: int, section: str) -> None:
    words = int(section.partition(".")[0])
    writer.passage(
        f"{section} Om {_area(words)} og det som hører til", heading_level=2,
        section_number=section,
    )  # fmt: skip
    for number in range(count):
        text = TEXT.format(n=f"{section}-{number}", area=_area(number))
        if (words + number) % 7 == (writer.document.year or 0) % 7:  # what differs from one year's letter to the next
            text = f"{text.replace('når året er omme', 'ved utgangen av året')} Det gjelder fra {writer.document.year}."
        writer.passage(text, section_number=section)


def _resting(writer: ContentWriter, text: str) -> list[Passage]:
    return [writer.passage(text, kind=PassageKind.STRUCTURED)]


def _goal(writer: ContentWriter, number: int) -> Goal:
    title = f"Mål nummer {number} om {_area(number)}"
    return writer.add(
        Goal, passages=_resting(writer, title), reference=f"3.{number}", title=title, contributes_to=["1", "2"],
        body=TEXT.format(n=number, area=_area(number)),
        line=GoalLine.objects.create(agency=writer.document.recipient),
    )  # fmt: skip


def _parameter(writer: ContentWriter, goal: Goal, number: int) -> None:
    title = f"Andel saker innen {_area(number)} behandlet innen fristen, {number}"
    row = writer.add(
        SteeringParameter, passages=_resting(writer, title), goal=goal, title=title, unit="prosent",
        line=ParameterLine.objects.create(agency=writer.document.recipient),
    )  # fmt: skip
    writer.add(Target, parameter=row, value=90 + number % 9, baseline=80, unit="prosent", text=f"{90 + number % 9} %")


def _figure(writer: ContentWriter, goal: Goal, number: int) -> None:
    title = f"Antall saker innen {_area(number)}, {number}"
    writer.add(
        KeyFigure, passages=_resting(writer, title), goal=goal, title=title, unit="antall",
        line=KeyFigureLine.objects.create(agency=writer.document.recipient),
    )  # fmt: skip


def _money(writer: ContentWriter, posts: int) -> None:
    for number in range(posts):
        income = number % 3 == 2
        line = writer.add(
            BudgetLine,
            passages=_resting(writer, f"Kap. {746 + number} post 01"),
            chapter=(3746 if income else 746) + number - number % 3,
            post=1 + number % 3,
            name=f"Post for {_area(number)}",
            kind=BudgetLineKind.INCOME if income else BudgetLineKind.EXPENSE,
            amount=1_000_000 * (10 + number),
        )
        for part in range(3 if number % 4 == 0 else 0):
            writer.add(BudgetSplit, line=line, label=f"Del {part + 1}", amount=1_000_000)


def _rest(writer: ContentWriter, cast: Cast, size: Size, year: int) -> None:
    for number in range(1, 13):
        writer.add(CalendarItem, date=date(year, number, 15), title=f"Møte {number}", place="Hos direktoratet")
    for number in range(1, size.requirements + 1):
        title = f"Omtale av {_area(number)}"
        writer.add(
            ReportingRequirement, passages=_resting(writer, title), reference=f"RK{number:02d}", title=title,
            text=TEXT.format(n=number, area=_area(number)), when=RequirementWhen.ACTIVITY_REPORT,
            due=date(year, 10, 9), copy_to_auditor=number % 2 == 0, section="6.1",
        )  # fmt: skip
    for number in range(1, 9):
        values: dict[str, Any] = {"title": f"Fullmakt {number}", "limit": 30_000 * number}
        writer.add(Authorisation, passages=_resting(writer, values["title"]), **values)
        writer.add(CommonDirective, title=f"Fellesføring {number}", text=TEXT.format(n=number, area=_area(number)))
        writer.add(Citation, kind=CitationKind.OTHER, text=f"Rundskriv nr. {number}")
    for kind in ("activity_report", "annual_report", "minutes"):
        writer.add(CopyRule, correspondence=kind, recipient=cast.org("RR"), simultaneous=True, section="6.1")
