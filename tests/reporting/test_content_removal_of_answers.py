"""What is taken out of a letter goes from the answers to it: assignments, reports, their frozen content and files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.actions.answers import Upload, answer_delivery
from assignments.actions.remarks import add_remark
from assignments.actions.status import StatusText, save_status_draft, share_status
from assignments.models import Assignment, Delivery, Remark, StatusDraft
from core.actor import Actor
from core.canonical import sha256
from core.erasing import Words
from core.errors import NotInThisState, StaleVersion
from core.files import read, store
from core.models import Event, Job, StoredFile
from governance.actions.removals import remove_content
from governance.content import ContentWriter
from governance.models import Removal, SteeringDocument
from governance.removal.finding import find
from reporting.actions.report_open import open_report
from reporting.actions.report_submit import RENDER_JOB, submit_report
from reporting.actions.report_write import save_section
from reporting.models import Feedback, Report, ReportFile, Section, SectionDraft
from reporting.snapshot import verify_report
from tests.cast import Cast
from tests.factories.documents import make_registered_letter
from tests.factories.removals import MARKER, SECRET, asked, second_person, write_secret
from tests.factories.reports import (
    OPENED_AT,
    SUBMITTED_AT,
    fill_report,
    give_assignments,
    make_expected,
    share_statuses,
    write_full_letter,
)

pytestmark = pytest.mark.django_db
LATER = SUBMITTED_AT + timedelta(days=1)
NOW_STANDS = MARKER.replace("03.02.2026", f"{LATER:%d.%m.%Y}")
FIRST = SECRET.split()[0]


@pytest.fixture(autouse=True)
def own_disk(settings: Any, tmp_path: Path) -> None:
    settings.STORED_FILES_ROOT = tmp_path


@pytest.fixture
def second(cast: Cast) -> Actor:
    return second_person(cast)


def fill(writer: ContentWriter, cast: Cast) -> None:
    write_full_letter(writer, cast)
    write_secret(writer, cast, "TB2026-11")


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    letter = make_registered_letter(cast, fill=fill)
    give_assignments(letter)
    return letter


def submitted(cast: Cast, text: str) -> Report:
    share_statuses(cast, text=text)
    report = open_report(expected=make_expected(cast), actor=cast.actor("controller"), at=OPENED_AT)
    report = Report.objects.for_detail().get(pk=report.pk)
    fill_report(cast, report, text=text)
    parts = report.kind.signed_parts
    signed = {"signed_parts": parts, "warnings_reason": f"Vurdert, også {text}"}
    submit_report(report=report, actor=cast.actor("director"), at=SUBMITTED_AT, **signed)
    return Report.objects.for_detail().get(pk=report.pk)


def keep_file(cast: Cast, report: Report, role: str) -> StoredFile:
    data = f"%PDF-1.7 {role} {SECRET}".encode()
    agency = cast.org("DMP").uuid
    stored = store(name=f"{SECRET} {role}.txt", data=data, actor=cast.actor("controller"), owner=report,
                   organisation=agency)  # fmt: skip
    ReportFile.objects.create(report=report, file=stored, role=role, made_at=SUBMITTED_AT)
    return stored


def texts_with(word: str) -> set[str]:
    """Tables of the database where a word stands."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'select count(*) from "{table}" t where t::text like %s', [f"%{word}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def on_disk() -> bytes:
    return b"\n".join(path.read_bytes() for path in Path(settings.STORED_FILES_ROOT).rglob("*") if path.is_file())


def work_on(cast: Cast) -> Assignment:
    """The agency's own and shared words about one assignment of the letter."""
    row = Assignment.objects.get(reference="TB2026-11")
    by: dict[str, Any] = {"actor": cast.actor("controller"), "at": OPENED_AT}
    for audience in ("internal", "shared"):
        add_remark(assignment=row, text=f"Om {SECRET}, {audience}", audience=audience, **by)
    add_remark(assignment=row, text=f"Om {SECRET}", audience="internal", actor=cast.actor("officer"), at=OPENED_AT)
    save_status_draft(assignment=row, status=StatusText(progress="on_track", text=f"Delt om {SECRET}"), **by)
    share_status(assignment=row, **by)
    draft = StatusText(progress="on_track", text=f"Kladd om {SECRET}")
    version = StatusDraft.objects.get(assignment=row).version
    save_status_draft(assignment=row, status=draft, expected_version=version, **by)
    delivery = Delivery.objects.create(assignment=row, title=f"Svar om {SECRET}")
    uploads = [Upload("svar.txt", f"Svar om {SECRET}".encode()), Upload("tall.txt", b"Bare tall")]
    answer_delivery(delivery=delivery, text=f"Vi svarer om {SECRET}", uploads=uploads, **by)
    return row


def test_the_words_are_in_no_answer_remark_report_or_file_afterwards(
    cast: Cast, letter: SteeringDocument, second: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    work_on(cast)
    report = submitted(cast, f"Rapport om {SECRET}")
    Feedback.objects.create(
        report=report, organisation=cast.org("HOD"), text=f"Takk for {SECRET}", written_by=cast.user("officer")
    )
    kept = [keep_file(cast, report, role) for role in ("reading", "archive", "preview")]
    for table in ("assignments_answer", "assignments_statusdraft", "assignments_remark", "reporting_section",
                  "reporting_feedback", "reporting_requirementanswer", "core_event"):  # fmt: skip
        assert table in texts_with(FIRST)
    with time_machine.travel(LATER, tick=False), django_capture_on_commit_callbacks(execute=True):
        remove_content(removal=asked(cast, letter), actor=second, at=LATER)
    assert texts_with(FIRST) == set()
    assert FIRST.encode() not in on_disk()
    assert Remark.objects.filter(text__contains=NOW_STANDS).count() == 3
    for stored in kept:
        stored.refresh_from_db()
        assert stored.removed_at == LATER
    assert StoredFile.objects.get(name="svar.txt").removed_at == LATER
    assert StoredFile.objects.get(name="tall.txt").removed_at is None
    assert Job.objects.filter(name=RENDER_JOB, subject=report.uuid, state="queued").exists()


def test_the_report_keeps_its_hash_and_the_seal_holds_through_the_removal(
    cast: Cast, letter: SteeringDocument, second: Actor, log_in: Any
) -> None:
    report = submitted(cast, f"Rapport om {SECRET}")
    assert verify_report(report)
    done = remove_content(removal=asked(cast, letter), actor=second, at=LATER)
    now = Report.objects.for_detail().get(pk=report.pk)
    assert now.sha256 == report.sha256
    assert now.snapshot is not None
    link = done.removed["seals"][0]
    assert (link["uuid"], link["before"], link["after"]) == (
        str(report.uuid), report.sha256, sha256(read(now.snapshot)),
    )  # fmt: skip
    assert verify_report(now)
    protocol = log_in("second_officer").get(reverse("governance:removal", args=[done.uuid])).content.decode()
    assert link["before"] in protocol
    assert link["after"] in protocol
    page = log_in("officer").get(reverse("reporting:report", args=[report.uuid])).content.decode()
    assert "Innhold fjernet" in page
    assert NOW_STANDS in page
    with pgtrigger.ignore("reporting.Section:frozen_child"):
        Section.objects.filter(report=report).update(text="Annet")
    assert not verify_report(now)


def test_a_report_that_is_changed_in_another_way_is_not_sealed_anew(
    cast: Cast, letter: SteeringDocument, second: Actor
) -> None:
    report = submitted(cast, f"Rapport om {SECRET}")
    with pgtrigger.ignore("reporting.Section:frozen_child"):
        Section.objects.filter(report=report, asks_for_text=True).update(text=f"Annet om {SECRET}")
    with pytest.raises(NotInThisState) as caught:
        remove_content(removal=asked(cast, letter), actor=second, at=LATER)
    assert caught.value.code == "seal_broken"
    assert report.title in str(caught.value)


def test_a_report_without_the_words_is_left_as_it_is(cast: Cast, letter: SteeringDocument, second: Actor) -> None:
    report = submitted(cast, "Alt er i rute.")
    Assignment.objects.filter(reference="TB2026-11").update(title="Annet")
    before = Report.objects.for_detail().get(pk=report.pk)
    done = remove_content(removal=asked(cast, letter), actor=second, at=LATER)
    assert done.removed["seals"] == []
    assert Report.objects.get(pk=report.pk).snapshot_id == before.snapshot_id
    assert verify_report(before)


def test_what_the_agency_has_not_shared_goes_without_the_ministry_knowing(
    cast: Cast, letter: SteeringDocument, second: Actor, log_in: Any
) -> None:
    work_on(cast)
    report = open_report(expected=make_expected(cast), actor=cast.actor("controller"), at=OPENED_AT)
    report = Report.objects.for_detail().get(pk=report.pk)
    by: dict[str, Any] = {"actor": cast.actor("controller"), "at": OPENED_AT}
    section = Section.objects.filter(report=report, asks_for_text=True).order_by("pk")[0]
    section = save_section(section=section, text=f"Under arbeid om {SECRET}", expected_version=section.version, **by)
    SectionDraft.objects.create(section=section, user=cast.user("owner"), text=f"Kladd {SECRET}", at=OPENED_AT)
    keep_file(cast, report, "preview")
    row = asked(cast, letter)
    shown = log_in("second_officer").get(reverse("governance:removal", args=[row.uuid])).content.decode()
    assert "Merknad: 2" in shown
    assert "Svar: 1" in shown
    for hidden in ("statusutkast", "del av rapport", "kladd", "preview", "Under arbeid"):
        assert hidden not in shown
    done = remove_content(removal=row, actor=second, at=LATER)
    assert "statusutkast" not in str(done.removed)
    assert texts_with(FIRST) == set()
    event = Event.objects.get(type="document.own_content_removed")
    assert (event.organisation, event.audience) == (cast.org("DMP").uuid, "internal")
    assert event.after["places"]["statusutkast"] == 1
    assert event.after["places"]["merknad"] == 1
    page = reverse("governance:document_archive", args=[letter.uuid])
    assert "statusutkast 1" in log_in("controller").get(page).content.decode()
    assert "statusutkast" not in log_in("officer").get(page).content.decode()
    with pytest.raises(StaleVersion):
        save_section(section=section, text=f"Lagret på nytt {SECRET}", expected_version=section.version, **by)


def test_the_search_asks_as_many_questions_whatever_there_is_to_search(cast: Cast, letter: SteeringDocument) -> None:
    row, counts = Assignment.objects.get(reference="TB2026-11"), []
    by: dict[str, Any] = {"actor": cast.actor("controller"), "at": OPENED_AT}
    report = open_report(expected=make_expected(cast), actor=cast.actor("controller"), at=OPENED_AT)
    deliveries = 0
    for number in (2, 20):
        for each in range(deliveries, number):
            add_remark(assignment=row, text=f"Om {SECRET} {each}", audience="shared", **by)
            delivery = Delivery.objects.create(assignment=row, ordinal=each + 5, title=f"Om {SECRET} {each}")
            uploads = [Upload(f"svar {each}.txt", f"{each} {SECRET}".encode())]
            answer_delivery(delivery=delivery, text=f"Om {SECRET}", uploads=uploads, **by)
            keep_file(cast, Report.objects.get(pk=report.pk), "preview")
        deliveries = number
        document = SteeringDocument.objects.for_detail().get(pk=letter.pk)
        with CaptureQueriesContext(connection) as asked_for:
            found = find(document, Words(SECRET))
        assert found.counts["merknad"] == number
        assert len(found.files) >= number
        counts.append(len(asked_for))
    assert counts[0] == counts[1]


def test_the_chain_of_a_report_goes_through_every_removal(cast: Cast, letter: SteeringDocument, second: Actor) -> None:
    word = "avsnitt som skal stå"
    report = submitted(cast, f"Rapport om {SECRET}, et {word}")
    for words in (SECRET, word):
        remove_content(removal=asked(cast, letter, words=words), actor=second, at=LATER)
    links = [row.removed["seals"][0] for row in Removal.objects.order_by("id")]
    assert links[0]["before"] == report.sha256
    assert links[0]["after"] == links[1]["before"]
    assert verify_report(report)
