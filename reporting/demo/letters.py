"""Demo letters in sections: text, goals, assignments, money and calendar in the order of the letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from agencies.models import Department
from governance.content import ContentWriter
from governance.models import (
    AssignmentItem,
    Authorisation,
    BudgetLine,
    BudgetLineKind,
    BudgetSeries,
    BudgetSplit,
    CalendarItem,
    Citation,
    CommonDirective,
    CopyRule,
    DeliveryItem,
    Goal,
    GoalLine,
    InstructionReplacement,
    KeyFigure,
    KeyFigureLine,
    ParameterLine,
    Passage,
    PassageKind,
    ReportingRequirement,
    SteeringDocument,
    SteeringParameter,
    Target,
)
from reporting.demo.drafted import DraftWriter
from reporting.demo.people import World

Data = Mapping[str, Any]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


class LetterWriter:
    """Writes one document's sections and rows, in the order of its text."""

    def __init__(self, world: World, document: SteeringDocument, data: Data, rules: DraftWriter) -> None:
        """``rules`` writes the rows a section's paragraphs carry: what the dialogue is to follow."""
        self.world, self.document, self.data, self.rules = world, document, data, rules
        self.writer = ContentWriter(document)
        self.agency = document.recipient
        self.calendar: list[CalendarItem] = []
        self.section: Data = {}
        self.pending: list[tuple[str, list[Passage]]] = []

    def write(self) -> None:
        """Sections first to last; what a section announces is written where it stands."""
        for number, body in enumerate(self.data["sections"]):
            self.section = body
            self._passage(f"{body['number']} {body['title']}", heading_level=1 + body["number"].count("."))
            paragraphs = [self._passage(text) for text in body["paragraphs"]]
            for row in body.get("rows", []):
                values = {name: value for name, value in row.items() if name != "paragraph"}
                self.rules.save(values, passages=[paragraphs[row["paragraph"]]])
            for flag, write in self._announced().items():
                if body.get(flag):
                    write()
            if body.get("requirements"):
                self.pending.extend((code, paragraphs) for code in body["requirements"])
            if number == 1:
                self._sector_goals()
        self._requirements()
        self._loose_rows()

    def _announced(self) -> dict[str, Any]:
        return {
            "goals": self._goals,
            "loose_assignments": self._loose_assignments,
            "budget": self._budget,
            "calendar": self._calendar,
            "authorisations": self._authorisations,
            "directives": self._directives,
        }

    def _passage(self, text: str, *, heading_level: int = 0, kind: PassageKind = PassageKind.PROSE) -> Passage:
        return self.writer.passage(
            text, kind=kind, heading_level=heading_level, section_number=self.section.get("number", "")
        )

    def _row(self, text: str) -> Passage:
        return self._passage(text, kind=PassageKind.STRUCTURED)

    def _line(self, model: Any, key: str | None) -> Any:
        return self.world.line(model, self.agency, key)

    def _sector_goals(self) -> None:
        for row in self.data.get("sector_goals", []):
            passage = self._row(f"{row['reference']}. {row['title']}")
            self.writer.add(Goal, passages=[passage], level="sector", reference=row["reference"], title=row["title"])

    def _goals(self) -> None:
        for row in self.data["goals"]:
            head = self._passage(f"{row['reference']} {row['title']}", heading_level=2)
            goal = self.writer.add(
                Goal,
                passages=[head],
                reference=row["reference"],
                title=row["title"],
                contributes_to=row.get("contributes_to", []),
                line=self._line(GoalLine, row["key"]),
            )
            for number, parameter in enumerate(row["parameters"], start=1):
                self._parameter(goal, number, parameter)
            for number, figure in enumerate(row["key_figures"], start=1):
                passage = self._row(figure["title"])
                self.writer.add(
                    KeyFigure,
                    passages=[passage],
                    goal=goal,
                    reference=str(number),
                    title=figure["title"],
                    unit=figure["unit"],
                    dimensions=figure["dimensions"],
                    measures=figure.get("measures", []),
                    line=self._line(KeyFigureLine, figure.get("line") or f"{row['key']}:{number}"),
                )
            for code in row["assignments"]:
                self._assignment(code, goal)

    def _parameter(self, goal: Goal, number: int, row: Data) -> None:
        parameter = self.writer.add(
            SteeringParameter,
            passages=[self._row(row["title"])],
            goal=goal,
            reference=str(number),
            title=row["title"],
            kind=row.get("kind", "qualitative"),
            unit=row.get("unit", ""),
            direction=row.get("direction", ""),
            line=self._line(ParameterLine, f"{goal.reference}:{number}"),
        )
        if target := row.get("target"):
            self.writer.add(
                Target, parameter=parameter, value=Decimal(target["value"]), unit=target["unit"], text=target["text"]
            )

    def _assignment(self, code: str, goal: Goal | None) -> None:
        row = self.data["assignments"][code]
        series = code.rstrip("0123456789-")
        year, _sep, number = code.removeprefix(series).partition("-")
        department = Department.objects.filter(organisation=self.document.issuer, code=row["department"]).first()
        texts = [f"{code} {row['title']}", row["body"], *(f"Frist: {part['text']}" for part in row["deliveries"][:1])]
        passages = [self._row(text) for text in texts]
        item = self.writer.add(
            AssignmentItem,
            passages=passages,
            goal=goal,
            reference=code,
            series=series,
            year=int(year),
            number=int(number),
            title=row["title"],
            body=row["body"],
            department=department,
            department_text=row["department"],
            standing=row.get("standing", False),
            recipients=row.get("recipients", []),
            restricted=row.get("restricted", False),
            restricted_basis=row.get("restricted_basis", ""),
        )
        for part in row["deliveries"]:
            self.writer.add(
                DeliveryItem,
                assignment_item=item,
                title=part.get("title", ""),
                product=part.get("product", "final"),
                deadline_kind=part.get("kind", "date"),
                deadline_text=part["text"],
                deadline=_date(part.get("date")),
                doubtful=part.get("doubtful", False),
                doubt=part.get("doubt", ""),
            )

    def _loose_assignments(self) -> None:
        for code in self.section["loose_assignments"]:
            self._assignment(code, None)

    def _budget(self) -> None:
        previous: BudgetLine | None = None
        for row in self.data["budget"]:
            text = f"{row['chapter']}.{row['post']:02d} {row['name']} {row['thousands']}"
            series = BudgetSeries.objects.get_or_create(chapter=row["chapter"], post=row["post"], owner=self.agency)[0]
            line = self.writer.add(
                BudgetLine,
                passages=[self._row(text)],
                series=series,
                chapter=row["chapter"],
                post=row["post"],
                name=row["name"],
                kind=BudgetLineKind.INCOME if 3000 <= row["chapter"] < 6000 else BudgetLineKind.EXPENSE,
                amount=row["thousands"] * 1000,
                amount_as_written=str(row["thousands"]),
                unit_as_written="i 1 000 kroner",
                comment=row["comment"],
                continues=previous if row.get("continues") else None,
                unclear=bool(row.get("unclear")),
                unclear_reason=row.get("unclear", ""),
            )
            for kind in ("splits", "earmarks"):
                for label, thousands in row.get(kind, []):
                    split = BudgetSplit.Kind.SPLIT if kind == "splits" else BudgetSplit.Kind.EARMARK
                    self.writer.add(BudgetSplit, line=line, label=label, amount=thousands * 1000, kind=split)
            previous = line

    def _calendar(self) -> None:
        for row in self.data["calendar"]:
            passage = self._row(f"{row['date']} {row['title']}")
            self.calendar.append(
                self.writer.add(
                    CalendarItem,
                    passages=[passage],
                    kind=row.get("kind", "report"),
                    date=date.fromisoformat(row["date"]),
                    date_text=f"{date.fromisoformat(row['date']):%-d.%-m.%Y}",
                    time=_time(row.get("time")),
                    end_time=_time(row.get("end_time")),
                    place=row.get("place", ""),
                    title=row["title"],
                    note=row.get("note", ""),
                    budget_year=row.get("budget_year"),
                )
            )

    def _requirements(self) -> None:
        passages = dict(self.pending)
        for row in self.data.get("requirements", []):
            found = passages.get(row["reference"], [])
            index = row.get("calendar")
            self.writer.add(
                ReportingRequirement,
                passages=found,
                calendar_item=None if index is None else self.calendar[index],
                reference=row["reference"],
                title=row["title"],
                text=" ".join(passage.text for passage in found) or row["title"],
                when=row["when"],
                due=_date(row.get("due")),
                copy_to_auditor=row.get("copy_to_auditor", False),
                section=row.get("section", "Vedlegg I"),
            )

    def _authorisations(self) -> None:
        for row in self.data["authorisations"]:
            self.writer.add(Authorisation, passages=[self._row(f"{row['title']}. {row['text']}")], **row)

    def _directives(self) -> None:
        for row in self.data["directives"]:
            self.writer.add(CommonDirective, passages=[self._row(row["title"])], **row)

    def _loose_rows(self) -> None:
        for row in self.data.get("citations", []):
            cited = None
            if row["kind"] == "instruction":
                cited = SteeringDocument.objects.filter(
                    recipient=self.agency, kind__family="instruction", document_date=_date(row.get("date"))
                ).first()
            self.writer.add(
                Citation, kind=row["kind"], text=row["text"], cited_date=_date(row.get("date")), cited_document=cited
            )
        for row in self.data.get("copy_rules", []):
            self.writer.add(
                CopyRule,
                correspondence=row["correspondence"],
                recipient=self.world.organisations[row["recipient"]],
                simultaneous=row.get("simultaneous", False),
                section=row.get("section", ""),
            )
        for key in self.data.get("replaces", []):
            self.writer.add(InstructionReplacement, replaced=self.world.documents[key])
