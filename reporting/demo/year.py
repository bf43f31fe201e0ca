"""What happened in the demo year: each act by the person who would do it, at the time it was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from agencies.models import Department, Organisation
from assignments.actions import answers, assess, deadlines, ending, follow_up, remarks, status
from assignments.models import Assignment, Delivery
from core import reference
from core.clock import OSLO, parse_at
from governance.actions import documents, journal, supplements
from governance.models import AssignmentItem, JournalEntry, SteeringDocument
from reporting.actions import calendar, expected, reminder_plan, report_figures
from reporting.demo import needs, report
from reporting.demo.documents import Act
from reporting.demo.people import World
from reporting.models import CalendarEntry, ExpectedDelivery


def acts(world: World) -> list[Act]:
    """All acts in the order of time. The letters of fixtures/demo must be registered as their time comes."""
    data = reference.read("demo/year.json")
    story = Story(world, data)
    return sorted(story.all(), key=lambda act: act.at)


class Story:
    """The demo year of the agency with the fullest data."""

    def __init__(self, world: World, data: dict[str, Any]) -> None:
        self.world, self.data = world, data

    @property
    def agency(self) -> Organisation:
        """The agency the year is about."""
        return self.world.organisations["DMP"]

    def all(self) -> list[Act]:
        """Everything, unsorted."""
        found = [*self._receipts(), *self._statuses(), *self._answers(), *self._expected(), *self._meetings()]
        found += [*self._decisions(), *self._figures(), *self._letters()]
        found.append(self._act("2026-01-20T08:30", self._start_reminders))
        return [*found, *report.acts(self.world, self.data)]

    def _act(self, text: str, do: Callable[[datetime], Any]) -> Act:
        return Act(parse_at(text), do)

    def assignment(self, code: str, agency: str = "DMP") -> Assignment:
        """By number, of an agency."""
        found: Assignment = Assignment.objects.select_related("responsible", "issuer", "department").get(
            reference=code, responsible=self.world.organisations[agency]
        )
        return found

    def delivery(self, code: str, ordinal: int, agency: str = "DMP") -> Delivery:
        """By the assignment's number and its own."""
        rows = Delivery.objects.filter(assignment=self.assignment(code, agency)).order_by("ordinal", "id")
        found: Delivery = rows[ordinal - 1]
        return found

    def _receipts(self) -> list[Act]:
        def receive(at: datetime) -> None:
            for agency, part in (("DMP", "controller"), ("Hdir", "hdir_controller")):
                actor, body = self.world.actor(part), self.world.organisations[agency]
                rows = list(Assignment.objects.filter(responsible=body, status="given", restricted=False))
                for row in rows:
                    follow_up.receive_assignment(assignment=row, actor=actor, at=at)
                if agency == "DMP":
                    owner = self.world.users["owner"]
                    follow_up.assign_owner(assignments=rows, owner=owner, actor=actor, at=at)

        return [self._act(at, receive) for at in ("2025-01-20T09:00", "2026-01-14T09:00", "2026-04-07T09:00")]

    def _statuses(self) -> list[Act]:
        def share(row: dict[str, Any]) -> Callable[[datetime], None]:
            def do(at: datetime) -> None:
                day = date.fromisoformat(row["expected"]) if row["expected"] else None
                words = status.StatusText(row["progress"], row["text"], day)
                target = self.assignment(row["reference"])
                status.save_status_draft(assignment=target, status=words, actor=self.world.actor("owner"), at=at)
                status.share_status(assignment=target, actor=self.world.actor("controller"), at=at)

            return do

        return [self._act(row["at"], share(row)) for row in self.data["statuses"]]

    def _answers(self) -> list[Act]:
        def answer(row: dict[str, Any]) -> Callable[[datetime], None]:
            def do(at: datetime) -> None:
                upload = answers.Upload(f"Svar {row['reference']}.txt", f"{row['text']}\n".encode())
                agency = row.get("agency", "DMP")
                answers.answer_delivery(
                    delivery=self.delivery(row["reference"], row["delivery"], agency),
                    text=row["text"],
                    uploads=[upload],
                    actor=self.world.actor("controller" if agency == "DMP" else "hdir_controller"),
                    at=at,
                )

            return do

        return [self._act(row["at"], answer(row)) for row in self.data["answers"]]

    def _expected(self) -> list[Act]:
        def find(words: str, agency: str = "DMP") -> ExpectedDelivery:
            found: ExpectedDelivery = ExpectedDelivery.objects.filter(
                agency=self.world.organisations[agency], title__icontains=words, document__year=2026
            ).order_by("due", "id")[0]
            return found

        def received(row: dict[str, Any]) -> Act:
            day = date.fromisoformat(row["on"])
            at = datetime(day.year, day.month, day.day, 12, 0, tzinfo=OSLO)
            return Act(
                at,
                lambda when: expected.mark_received(
                    expected=find(row["title"], row.get("agency", "DMP")),
                    received_on=day,
                    actor=self.world.actor("officer"),
                    at=when,
                ),
            )

        def silent(row: dict[str, Any]) -> Act:
            return self._act(
                row["at"],
                lambda when: expected.mark_no_input(
                    expected=find(row["title"]), actor=self.world.actor("controller"), at=when
                ),
            )

        return [*map(received, self.data["received"]), *map(silent, self.data["no_input"])]

    def _meetings(self) -> list[Act]:
        def held(day: date) -> Act:
            at = datetime(day.year, day.month, day.day, 15, 0, tzinfo=OSLO)

            def do(when: datetime) -> None:
                entry = CalendarEntry.objects.get(agency=self.agency, kind="meeting", date=day)
                calendar.hold_meeting(entry=entry, held_on=day, actor=self.world.actor("officer"), at=when)

            return Act(at, do)

        return [held(date(2026, 4, 21)), held(date(2026, 5, 4)), held(date(2026, 10, 30))]

    def _decisions(self) -> list[Act]:
        def set_deadlines(at: datetime) -> None:
            days = (date(2026, 5, 22), date(2026, 9, 15), date(2026, 10, 15), date(2026, 12, 15))
            for ordinal, day in enumerate(days, start=1):
                deadlines.decide_deadline(
                    delivery=self.delivery("TB2026-4", ordinal),
                    decision=deadlines.NewDeadline(
                        deadline=day,
                        reason="Fristen er avtalt i dialogen, slik brevet sier.",
                        basis="Brev til direktoratet, dok. 25/4127-16",
                        decided_on=at.date(),
                        decided_by_name="Ragnhild Moen",
                    ),
                    actor=self.world.actor("officer"),
                    at=at,
                )

        def note(at: datetime) -> None:
            remarks.add_remark(
                assignment=self.assignment("TB2026-4"),
                text="Be om grossistenes syn før modell velges. Tas opp i fagmøte i juni.",
                audience="internal",
                actor=self.world.actor("department_officer"),
                at=at,
            )

        def judge(at: datetime) -> None:
            for code, part in (("TB2025-4", "department_officer_fha"), ("TB2025-11", "department_officer")):
                self._assess(code, 1, part, at)

        def close(at: datetime) -> None:
            target = self.assignment("TB2025-11")
            reason = "Vurderingen er mottatt og følges opp i arbeidet med neste års brev."
            assess.close_assignment(assignment=target, reason=reason, actor=self.world.actor("department_head"), at=at)

        return [
            self._act("2026-04-28T14:00", set_deadlines),
            self._act("2026-05-27T10:10", note),
            self._act("2026-06-03T09:30", judge),
            self._act("2026-06-10T12:00", close),
            self._act("2026-01-13T10:00", self._lapse),
            self._act("2026-11-20T14:00", self._journal),
        ]

    def _lapse(self, at: datetime) -> None:
        letter = self.world.documents["hdir-2026"]
        reasons = {row.uuid: self.data["lapse"] for row in ending.covered_by(letter)}
        ending.lapse_assignments(document=letter, reasons=reasons, kept={}, actor=self.world.actor("officer"), at=at)

    def _journal(self, at: datetime) -> None:
        rows = JournalEntry.objects.visible_to(self.world.actor("officer"), at.date()).exclude(state="journalled")
        for number, entry in enumerate(rows.order_by("created_at", "id")[: self.data["journal"]], start=1):
            journal.record_journalled(
                entry=entry,
                case_number=entry.case_number or "25/4127",
                document_number=entry.document_number or f"25/4127-{number + 20}",
                public_title=f"{entry.title}, {entry.document_date:%Y}",
                actor=self.world.actor("officer"),
                at=at,
            )

    def _assess(self, code: str, ordinal: int, part: str, at: datetime) -> None:
        department = Department.objects.get(assignments=self.assignment(code))
        answers.distribute_answer(
            delivery=self.delivery(code, ordinal), department=department, actor=self.world.actor("officer"), at=at
        )
        for result in ("under_assessment", "assessed"):
            assess.assess_answer(
                delivery=self.delivery(code, ordinal), result=result, actor=self.world.actor(part), at=at
            )

    def _figures(self) -> list[Act]:
        def enter(at: datetime) -> None:
            for key, series in self.data["figures"].items():
                line = self.world.lines[f"KeyFigureLine:{self.agency.short}:{key}"]
                for year, value in series["values"].items():
                    broken = series.get("break", {})
                    entered = report_figures.Entered(
                        value=Decimal(value),
                        unit=series["unit"],
                        new_definition=broken.get("year") == year,
                        break_reason=broken.get("reason", "") if broken.get("year") == year else "",
                    )
                    report_figures.save_figure(
                        line=line,
                        period_end=date(int(year), 12, 31),
                        entered=entered,
                        actor=self.world.actor("controller"),
                        at=at,
                        shared=True,
                    )

        return [self._act("2026-03-02T09:00", enter)]

    def _letters(self) -> list[Act]:
        def supplement_1(at: datetime) -> None:
            draft = self._draft("Supplerende tildelingsbrev nr. 1 2026", at)
            new = supplements.NewAssignment(
                title="Sivil-militær forsynings- og beredskapsløsning",
                body="Direktoratet skal foreslå hvordan forsyning og beredskap kan løses sammen med Forsvaret.",
                department=Department.objects.get(code="SHA"),
                deadline=date(2026, 10, 1),
            )
            actor = self.world.actor("officer")
            text = "Brevet gir ett nytt oppdrag. Rundskriv D-1/26 gjelder fra dagens dato og erstatter D-1/25."
            supplements.add_paragraph(
                document=draft, text=text, heading="Innledning", actor=actor, at=at, expected_version=None
            )
            supplements.add_assignment(document=draft, new=new, actor=actor, at=at, expected_version=None)
            needs.take_into(self.world, "supplement_1", draft, by="officer", at=at)
            documents.issue_document(
                document=draft, actor=self.world.actor("signer"), at=at, signer_title="ekspedisjonssjef"
            )

        def supplement_2(at: datetime) -> None:
            draft = self._draft("Supplerende tildelingsbrev nr. 2 2026", at)
            earlier = AssignmentItem.objects.get(document=self.world.documents["dmp-2026"], number=6)
            supplements.move_deadline(
                document=draft,
                earlier=earlier,
                deadline=date(2027, 3, 1),
                reason="Høringen i EU avsluttes senere enn ventet.",
                actor=self.world.actor("officer"),
                at=at,
                expected_version=None,
            )

        return [self._act("2026-03-27T11:00", supplement_1), self._act("2026-11-16T10:00", supplement_2)]

    def _draft(self, title: str, at: datetime) -> SteeringDocument:
        facts = documents.DocumentFacts(
            kind="supplement",
            recipient=self.agency,
            title=title,
            year=2026,
            case_number="25/4127",
            supplements=self.world.documents["dmp-2026"],
        )
        return documents.create_document(facts=facts, actor=self.world.actor("officer"), at=at)

    def _start_reminders(self, at: datetime) -> None:
        reminder_plan.start_reminders(agency=self.agency, actor=self.world.actor("controller"), at=at)
