"""A report is complete before it is sent, frozen when it is, and sent once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from agencies.models import Appointment, StandIn
from core.actor import Actor
from core.canonical import sha256
from core.errors import NotAllowed, NotInThisState, RuleBroken
from core.files import _path
from core.models import Job
from governance.models import Dispatch, JournalEntry
from reporting import checks, snapshot
from reporting.actions.report_submit import NotComplete, send_for_signature, submit_report
from reporting.models import ExpectedState, FigureValue, Report, ReportState, RequirementAnswer, Section, Submission
from reporting.selectors.report_facts import load_facts
from reporting.signals import report_submitted
from reporting.snapshot import verify_report
from tests.cast import SINCE, Cast
from tests.factories.reports import (
    OPENED_AT,
    SUBMITTED_AT,
    fill_report,
    make_open_report,
    make_submitted_report,
)

pytestmark = pytest.mark.django_db


def submit(cast: Cast, report: Report, by: str = "director", **values: Any) -> Report:
    facts: dict[str, Any] = {
        "signed_parts": report.kind.signed_parts, "warnings_reason": "Vurdert av ledelsen.", **values
    }  # fmt: skip
    return submit_report(report=report, actor=cast.actor(by), at=SUBMITTED_AT, **facts)


def test_every_missing_part_is_listed_at_once(cast: Cast) -> None:
    report = make_open_report(cast)
    with pytest.raises(NotComplete) as refused:
        submit(cast, report)
    asked = load_facts(report, OPENED_AT.date())
    missing = [cell for cell in checks.cells_of(asked.content) if cell.missing]
    assert len(missing) > 8
    assert len(refused.value.problems) == len(missing)
    assert {problem.code for problem in refused.value.problems} == {"V-18"}
    assert Report.objects.get(pk=report.pk).state == ReportState.OPEN
    assert not Submission.objects.exists()


def test_the_form_and_the_act_ask_the_same_list(cast: Cast) -> None:
    report = make_open_report(cast)
    found = checks.stops(checks.check_report(load_facts(report, SUBMITTED_AT.date())))
    with pytest.raises(NotComplete) as refused:
        send_for_signature(report=report, actor=cast.actor("controller"), at=SUBMITTED_AT)
    assert checks.problems(found) == refused.value.problems


def test_a_complete_report_is_frozen_sent_copied_and_journalled(cast: Cast) -> None:
    heard: list[Any] = []

    def listen(**news: Any) -> None:
        heard.append(news["expected"])

    report_submitted.connect(listen)
    try:
        report = make_submitted_report(cast)
    finally:
        report_submitted.disconnect(listen)
    assert report.state == ReportState.SUBMITTED
    assert verify_report(report)
    sent = {
        (row.recipient.short, row.role)
        for row in Dispatch.objects.select_related("recipient").filter(subject=report.uuid)
    }
    assert sent == {("HOD", "to"), ("RR", "copy")}
    queue = JournalEntry.objects.select_related("organisation").filter(subject=report.uuid)
    assert {(row.organisation.short, row.direction) for row in queue} == {("DMP", "U"), ("HOD", "I")}
    assert [row.state for row in heard] == [ExpectedState.RECEIVED]
    assert Job.objects.filter(name="reporting.render_report", subject=report.uuid).count() == 1


@pytest.mark.parametrize("model", [Report, Section, RequirementAnswer, FigureValue])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_nothing_in_a_submitted_report_can_change_even_from_sql(cast: Cast, model: Any, act: str) -> None:
    report = make_submitted_report(cast, "annual_report")
    table, column = model._meta.db_table, "id" if model is Report else "report_id"
    sql = f"UPDATE {table} SET uuid = uuid" if act == "update" else f"DELETE FROM {table}"  # noqa: S608
    with connection.cursor() as cursor, pytest.raises(IntegrityError) as refused, transaction.atomic():
        cursor.execute(f"{sql} WHERE {column} = %s", [report.pk])
    assert refused.value.__cause__.sqlstate == "23514"  # type: ignore[union-attr]


def test_a_changed_byte_is_found(cast: Cast) -> None:
    report = make_submitted_report(cast)
    assert report.snapshot is not None
    path = _path(report.snapshot.sha256)
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(data))
    from core.errors import Unreadable

    with pytest.raises(Unreadable):
        verify_report(report)


def test_a_changed_row_is_found(cast: Cast) -> None:
    report = make_submitted_report(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE reporting_section SET text = text || '.' WHERE report_id = %s", [report.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert not verify_report(report)


def test_only_the_head_of_the_agency_signs(cast: Cast) -> None:
    report = make_open_report(cast)
    fill_report(cast, report)
    for part in ("controller", "officer", "other_director", "auditor", "admin"):
        with pytest.raises(NotAllowed):
            submit(cast, report, by=part)


def test_a_stand_in_signs_on_behalf_of(cast: Cast) -> None:
    report = make_open_report(cast)
    fill_report(cast, report)
    director = Appointment.objects.get(user=cast.user("director"))
    StandIn.objects.create(represented=director, user=cast.user("controller"), valid_from=SINCE, basis="Fullmakt")
    user = cast.user("controller")
    actor = Actor(user=user, name=str(user), organisation=cast.org("DMP").uuid, on_behalf_of=director.uuid)
    submit_report(report=report, actor=actor, at=SUBMITTED_AT, signed_parts=[], warnings_reason="Vurdert av ledelsen.")
    signed = Submission.objects.get(report=report)
    assert (signed.by_authority, signed.represented_name, signed.signed_by_name) == (
        True,
        "Eirin Dahle",
        "Synne Aamodt",
    )


def test_the_signature_must_cover_the_parts_of_the_kind(cast: Cast) -> None:
    report = make_open_report(cast, "annual_report")
    fill_report(cast, report)
    with pytest.raises(RuleBroken) as refused:
        submit(cast, report, signed_parts=["I"])
    assert [problem.code for problem in refused.value.problems] == ["V-15"]


def test_a_warning_needs_a_reason(cast: Cast) -> None:
    report = make_open_report(cast)
    fill_report(cast, report)
    answer = RequirementAnswer.objects.filter(report=report, parameter__isnull=False).first()
    assert answer is not None
    answer.outlook = "at_risk"
    answer.save(update_fields=["outlook"])
    with pytest.raises(RuleBroken) as refused:
        submit(cast, report, warnings_reason=" ")
    assert [problem.code for problem in refused.value.problems] == ["warnings_unanswered", "V-20"]
    submit(cast, report, warnings_reason="Risikoen er drøftet i strategimøtet.")


def test_submitting_again_is_refused(cast: Cast) -> None:
    report = make_submitted_report(cast)
    with pytest.raises(NotInThisState) as refused:
        submit(cast, report)
    assert refused.value.code == "already_submitted"


@pytest.mark.django_db(transaction=True)
def test_two_windows_give_one_submission(cast: Cast) -> None:
    report = make_open_report(cast)
    fill_report(cast, report)
    actor = cast.actor("director")
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def press() -> None:
        together.wait()
        try:
            submit_report(report=report, actor=actor, at=SUBMITTED_AT, signed_parts=[], warnings_reason="Vurdert.")
            outcomes.append("sent")
        except NotInThisState:
            outcomes.append("refused")
        finally:
            connection.close()

    windows = [threading.Thread(target=press) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(outcomes) == ["refused", "sent"]
    assert Submission.objects.filter(report=report).count() == 1
    assert Dispatch.objects.filter(subject=report.uuid).count() == 2


def _sealed_before(cast: Cast, monkeypatch: pytest.MonkeyPatch, *, schema: str = snapshot.SCHEMA) -> Report:
    """A report frozen before its head, sections and statuses got a field more, and before the tables without rows."""
    whole = snapshot.snapshot

    def earlier(report: Report) -> dict[str, Any]:
        found = whole(report)
        del found["report"]["sent_outside"]
        found["parts"] = {name: rows for name, rows in found["parts"].items() if rows}
        for row in (*found["parts"]["section"], *found["statuses"]):
            row.pop("ordinal", None)
            row.pop("progress", None)
        return {**found, "schema": schema}

    with monkeypatch.context() as then:
        then.setattr(snapshot, "snapshot", earlier)
        return make_submitted_report(cast)


def test_a_report_sealed_before_a_field_came_to_keeps_its_seal(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    report = _sealed_before(cast, monkeypatch)
    assert report.sha256 != sha256(snapshot.canonical_bytes(report))
    assert verify_report(report)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE reporting_section SET text = text || '.' WHERE report_id = %s", [report.pk])
    assert not verify_report(report)


def test_a_seal_of_a_shape_nobody_knows_does_not_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not verify_report(_sealed_before(cast, monkeypatch, schema="styringsdialog/report/0"))
