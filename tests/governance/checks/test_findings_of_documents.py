"""The checks on real documents in the database: the same rules, a constant number of queries, kept up to date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import RuleBroken
from governance.actions.documents import issue_document
from governance.actions.findings import acknowledge_finding, look_over_open, refresh_document_findings
from governance.checks import gather
from governance.checks.content import Stage
from governance.content import ContentWriter
from governance.models import (
    Authorisation,
    BudgetLine,
    CalendarItem,
    DirectiveEdition,
    Finding,
    MeetingRule,
    SteeringDocument,
)
from tests.cast import Cast
from tests.factories.documents import (
    REGISTERED_AT,
    make_draft,
    make_registered_letter,
    write_assignment,
    write_letter,
)
from tests.factories.instructions import make_instruction

DAY = REGISTERED_AT.date()


def checked(document: SteeringDocument, *, day: date = DAY, stage: Stage | None = None) -> dict[str, str]:
    """Open findings of a document after a new look: rule → severity."""
    refresh_document_findings(document, day=day, stage=stage)
    return dict(Finding.objects.filter(document=document, state="open").values_list("check_id", "severity"))


def test_a_draft_is_looked_over_with_as_many_queries_however_many_rows(cast: Cast) -> None:
    def rows(count: int) -> SteeringDocument:
        def fill(writer: ContentWriter, cast: Cast) -> None:
            for number in range(1, count + 1):
                write_assignment(writer, cast, f"TB2026-{number}", f"Oppgave {number}")
                writer.add(Authorisation, title=f"Fullmakt {number}", limit=30_000)
                writer.add(BudgetLine, chapter=740 + number, post=1, amount=1000)

        return make_draft(cast, fill=fill, title=f"Brev {count}", number=count)

    counts = []
    for document in (rows(2), rows(20)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            gather.from_document(document, day=DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_old_assignment_is_a_finding_on_the_letter_until_it_has_lapsed(cast: Cast) -> None:
    from assignments.actions.ending import covered_by, lapse_assignments

    def old(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(writer, cast, "TB2023-4", "Gammelt oppdrag")

    make_registered_letter(cast, fill=old, title="Tildelingsbrev 2023", year=2023, document_date=date(2022, 12, 20))
    letter = make_registered_letter(cast, lapse_through_year=2024)
    assert checked(letter)["V-24"] == "F"
    actor = cast.actor("officer")
    reasons = {row.uuid: "Fullført." for row in covered_by(letter)}
    lapse_assignments(document=letter, reasons=reasons, kept={}, actor=actor, at=REGISTERED_AT)
    assert "V-24" not in checked(letter)


def test_a_dialog_deadline_is_told_six_weeks_after_the_letter(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    assert not Finding.objects.filter(document=letter, check_id="V-06").exists()
    refresh_document_findings(letter, day=DAY + timedelta(weeks=8))
    told = Finding.objects.get(document=letter, check_id="V-06", state="open")
    assert told.place == "TB2026-4"


def test_the_directives_of_the_year_come_from_the_circular(cast: Cast) -> None:
    DirectiveEdition.objects.create(
        code="klima", circular="D-1/25", year=2026, title_nb="Klima og natur", valid_from=date(2025, 1, 1)
    )
    assert checked(make_draft(cast, fill=write_letter))["V-35"] == "A"


def test_the_meetings_the_instruction_asks_for_are_in_the_calendar(cast: Cast) -> None:
    def rule(writer: ContentWriter, cast: Cast) -> None:
        writer.add(MeetingRule, kind="governance", minimum=2)

    make_instruction(cast, dated=date(2024, 6, 26), fill=rule)

    def one_meeting(writer: ContentWriter, cast: Cast) -> None:
        writer.add(CalendarItem, kind="meeting", title="Etatsstyringsmøte", date=date(2026, 4, 21))

    assert checked(make_draft(cast, fill=one_meeting))["V-27"] == "A"


def test_a_power_that_has_run_out_stops_the_draft_and_is_listed_with_all_else_that_stops(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.add(Authorisation, title="Leieavtaler", valid_to=date(2025, 12, 31))
        writer.add(BudgetLine, chapter=740, post=70, name="Driftsutgifter", amount=1000)

    draft = make_draft(cast, kind="supplement", title="Supplement", document_date=None, fill=fill)
    with pytest.raises(RuleBroken) as refused:
        issue_document(document=draft, actor=cast.actor("signer"), at=REGISTERED_AT)
    assert {"V-31", "V-11"} <= {problem.code for problem in refused.value.problems}


def test_an_acknowledged_warning_opens_again_when_it_has_come_to_stop_the_letter(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.add(Authorisation, title="Leieavtaler", limit=None, text="Inntil kr 20.000.")

    draft = make_draft(cast, fill=fill)
    refresh_document_findings(draft, day=DAY)
    row = Finding.objects.get(document=draft, check_id="V-31")
    acknowledge_finding(finding=row, reason="Avklart.", actor=cast.actor("officer"), at=REGISTERED_AT)
    power = Authorisation.objects.get(document=draft)
    power.limit = 0
    power.save(update_fields=["limit"])
    refresh_document_findings(draft, day=DAY)
    row.refresh_from_db()
    assert (row.state, row.severity) == ("open", "F")


def test_the_nightly_look_verifies_the_seal(cast: Cast) -> None:
    import pgtrigger

    letter = make_registered_letter(cast)
    with pgtrigger.ignore("governance.Goal:frozen_child"), connection.cursor() as cursor:
        cursor.execute("update governance_goal set title = title || '.' where document_id = %s", [letter.pk])
    assert "V-34" not in checked(letter)
    look_over_open(day=DAY, actor=cast.actor("officer"), at=REGISTERED_AT)
    assert Finding.objects.get(document=letter, check_id="V-34").severity == "F"
