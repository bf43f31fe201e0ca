"""One world with something of everything, marked with texts that must never cross the line (decision B4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from agencies.models import Appointment
from assignments.actions.follow_up import assign_owner
from assignments.actions.remarks import add_remark
from assignments.actions.status import StatusText, save_status_draft
from assignments.models import AnswerFile, Assignment
from governance.models import Finding, JournalEntry, KeyFigureLine
from reporting.actions.report_after import write_feedback
from reporting.actions.report_open import open_report
from reporting.actions.report_submit import submit_report
from reporting.actions.report_write import save_section
from reporting.models import CalendarEntry, ExpectedDelivery, Report, Section
from tests.cast import MARKER_AGENCY, MARKER_EXEMPT, MARKER_MINISTRY, Cast
from tests.factories.assignments import AT, answer, distribute
from tests.factories.documents import make_draft, make_registered_letter, write_assignment, write_letter
from tests.factories.imports import letter_bytes, make_import
from tests.factories.reports import OPENED_AT, SUBMITTED_AT, fill_report, make_expected, share_statuses
from tests.matrix import fillers


@dataclass
class World:
    """Things by name; ``uuid`` of each stands in the addresses."""

    cast: Cast
    things: dict[str, Any] = field(default_factory=dict)

    def uuid(self, name: str) -> UUID:
        """The permanent id of a thing."""
        found: UUID = self.things[name].uuid
        return found


def build_world(cast: Cast) -> World:
    """Letters, drafts, assignments, reports: each side's internal texts carry its marker."""
    world = World(cast)
    world.things["dmp"] = cast.org("DMP")
    world.things["dmp_appointment"] = Appointment.objects.get(user=cast.user("controller"))
    world.things["nothing"] = SimpleNamespace(uuid=UUID("0198c2f4-7d1e-7a90-8000-000000000000"))
    world.things["letter"] = make_registered_letter(cast, fill=_letter)
    world.things["draft"] = make_draft(
        cast, kind="supplement", title=f"Supplerende brev {MARKER_MINISTRY}", document_date=None
    )
    _assignments(world, cast)
    _reports(world, cast)
    world.things["entry"] = CalendarEntry.objects.get(kind="meeting", document=world.things["letter"])
    world.things["expected"] = ExpectedDelivery.objects.get(title="Årsrapport 2025", document=world.things["letter"])
    world.things["journal_entry"] = JournalEntry.objects.get(subject=world.uuid("letter"), direction="U")
    _bring_in(world, cast)
    for fill in fillers():
        fill(world, cast)
    return world


def _bring_in(world: World, cast: Cast) -> None:
    """A letter being gone through, with its file, and a finding about the one that is registered."""
    found = make_import(cast, data=letter_bytes(MARKER_MINISTRY))
    world.things["import"] = found
    world.things["import_row"] = found.rows.get(kind="assignment", data__reference__number=1)
    world.things["passage_number"] = SimpleNamespace(uuid=1)
    world.things["kind_of_row"] = SimpleNamespace(uuid="goal")
    world.things["import_file"] = found.files.select_related("file").get().file
    world.things["finding"] = Finding.objects.create(
        document=world.things["letter"],
        organisation=cast.org("HOD"),
        check_id="V-06",
        severity="A",
        message=f"Funn {MARKER_MINISTRY}",
    )


def _assignments(world: World, cast: Cast) -> None:
    """One assignment with an owner, an answer handed to the department, and each side's internal words."""
    assignment = Assignment.objects.get(reference="TB2026-1")
    world.things["assignment"] = assignment
    world.things["exempt"] = Assignment.objects.get(reference="TB2026-9")
    assign_owner(assignments=[assignment], owner=cast.user("owner"), actor=cast.actor("controller"), at=AT)
    status = StatusText(progress="on_track", text=f"Utkast {MARKER_AGENCY}")
    save_status_draft(assignment=assignment, status=status, actor=cast.actor("owner"), at=AT)
    for part, marker in (("owner", MARKER_AGENCY), ("officer", MARKER_MINISTRY)):
        add_remark(assignment=assignment, text=f"Notat {marker}", audience="internal", actor=cast.actor(part), at=AT)
    world.things["delivery"] = answer(cast, assignment)
    world.things["answer_file"] = AnswerFile.objects.get(answer__delivery__assignment=assignment)
    distribute(cast, assignment)
    rule = {"kind": "supplement", "title": "Brev om tidligere oppdrag", "lapse_through_year": 2024}
    world.things["lapse_letter"] = make_registered_letter(cast, fill=None, **rule)


def _reports(world: World, cast: Cast) -> None:
    """A report being written, one that is sent with a draft of feedback, and one that is expected."""
    share_statuses(cast)
    writer = {"actor": cast.actor("controller"), "at": OPENED_AT}
    draft = open_report(expected=make_expected(cast, "budget_report"), **writer)
    section = Section.objects.filter(report=draft, asks_for_text=True).first()
    assert section is not None
    save_section(section=section, text=f"Utkast {MARKER_AGENCY}", expected_version=1, **writer)
    sent = open_report(expected=make_expected(cast), **writer)
    fill_report(cast, Report.objects.for_detail().get(pk=sent.pk))
    submit_report(
        report=sent, actor=cast.actor("director"), at=SUBMITTED_AT, signed_parts=[], warnings_reason="Vurdert."
    )
    write_feedback(report=sent, text=f"Utkast {MARKER_MINISTRY}", actor=cast.actor("officer"), at=SUBMITTED_AT)
    world.things |= {"report_draft": draft, "report_sent": sent, "expected": make_expected(cast, "annual_report")}
    world.things["figure_line"] = KeyFigureLine.objects.filter(agency=cast.org("DMP")).first()


def _letter(writer: Any, cast: Cast) -> None:
    write_letter(writer, cast)
    write_assignment(
        writer,
        cast,
        "TB2026-9",
        f"Skjermet {MARKER_EXEMPT}",
        restricted=True,
        restricted_basis="offl. § 15 tredje ledd",
        body=f"Innhold {MARKER_EXEMPT}",
    )
