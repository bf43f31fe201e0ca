"""Packages go to the archive, its receipt empties the queue, and a dead archive is seen and loses nothing (C7, K12)."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from lxml import etree

from core.errors import NotAllowed, NotInThisState, RuleBroken
from core.models import Event, StoredFile
from governance import archiving
from governance.actions import archive_transfer, hearings, journal
from governance.actions.archive_transfer import transfer_due
from governance.actions.documents import edit_document
from governance.content import ContentWriter
from governance.models import ArchiveInbox, JournalEntry, JournalState
from governance.selectors.journal import queue
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.assignments import AT, answer, give
from tests.factories.documents import make_draft, make_issued_supplement, make_registered_letter, write_assignment
from tests.governance.letters_out import words_in

LogIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(cast: Cast, tmp_path: Path, settings: Any) -> Path:
    """The ministry's archive fetches from a folder."""
    settings.ARCHIVE_ROOT = str(tmp_path)
    folder = tmp_path / "arkiv"
    folder.mkdir()
    with time_machine.travel(AT - timedelta(days=400), tick=False):
        call_command("archive_inbox", cast.org("HOD").number, folder="arkiv")
    return folder


def outgoing(subject: object) -> JournalEntry:
    return JournalEntry.objects.get(subject=subject, direction="U")


def opened(path: Path) -> tuple[Any, list[str]]:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(archiving.METADATA)), archive.namelist()


def receipt(folder: Path, entry: JournalEntry, **said: str) -> None:
    (folder / f"{entry.uuid}.kvittering.json").write_text(json.dumps(said), encoding="utf-8")


def test_what_is_sent_goes_out_with_metadata_and_files_and_leaves_the_queue_with_the_receipt(
    cast: Cast, inbox: Path
) -> None:
    letter = make_issued_supplement(cast)
    entry = outgoing(letter.uuid)
    journal.propose_access(
        entry=entry, public_title="Supplerende tildelingsbrev nr. 1 til direktoratet", access_code="UO",
        access_basis="offl. § 15", actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    assert transfer_due(AT).exported == 1
    entry.refresh_from_db()
    path = inbox / f"{entry.uuid}.zip"
    assert (entry.state, entry.package_sha256) == ("exported", archiving.sha256(path.read_bytes()))
    root, names = opened(path)
    assert root.findtext("journalposttype") == "Utgående dokument"
    assert root.findtext("offentligTittel") == "Supplerende tildelingsbrev nr. 1 til direktoratet"
    assert root.findtext("skjerming/skjermingshjemmel") == "offl. § 15"
    assert root.findtext("skjerming/foreslåttAv") == str(cast.users["officer"])
    assert [part.findtext("organisasjonsnummer") for part in root.findall("korrespondansepart")] == [
        cast.org("HOD").number, cast.org("DMP").number,
    ]  # fmt: skip
    named = root.findtext("dokumentbeskrivelse/dokumentobjekt/referanseDokumentfil")
    assert named in names
    assert str(named).endswith(".pdf")
    with zipfile.ZipFile(path) as archive:
        assert root.findtext("dokumentbeskrivelse/dokumentobjekt/sjekksum") == archiving.sha256(archive.read(named))
    assert transfer_due(AT) == archive_transfer.Transferred(), "a second look does nothing"
    receipt(inbox, entry, saksnummer="26/55", dokumentnummer="26/55-3")
    assert transfer_due(AT).journalled == 1
    entry.refresh_from_db()
    assert (entry.state, entry.case_number, entry.document_number) == ("journalled", "26/55", "26/55-3")
    assert entry.access_proposed_by_id == cast.users["officer"].pk, "the receipt does not take over the proposal"
    other = JournalEntry.objects.get(subject=letter.uuid, direction="I")
    assert other.state == JournalState.WAITING, "the other side has its own archive"


def test_a_dead_archive_is_seen_with_its_reason_and_the_queue_only_grows(
    cast: Cast, inbox: Path, log_in: LogIn
) -> None:
    first = outgoing(make_registered_letter(cast, title="Første brev").uuid)
    shutil.rmtree(inbox)
    assert transfer_due(AT).failed == 1
    second = outgoing(make_registered_letter(cast, title="Andre brev").uuid)
    for hours in (1, 2, 3):
        assert transfer_due(AT + timedelta(hours=hours)).failed == 2
    assert Event.objects.filter(type="journal.export_failed").count() == 2, "said once each"
    page = log_in("officer").get(reverse("governance:journal")).content.decode()
    assert page.count("Arkivets mottaksmappe svarer ikke") == 2
    inbox.mkdir()
    assert transfer_due(AT + timedelta(hours=4)).exported == 2
    assert {path.stem for path in inbox.glob("*.zip")} == {str(first.uuid), str(second.uuid)}
    first.refresh_from_db()
    assert first.problem == ""


def test_a_folder_that_refuses_gives_failure_and_half_a_package_is_never_seen(cast: Cast, inbox: Path) -> None:
    entry = outgoing(make_registered_letter(cast).uuid)
    (inbox / f"{entry.uuid}.zip").mkdir()
    assert transfer_due(AT).failed == 1
    entry.refresh_from_db()
    assert entry.state == JournalState.FAILED
    assert "tar ikke imot" in entry.problem
    assert [path.name for path in inbox.iterdir() if not path.name.startswith(".")] == [f"{entry.uuid}.zip"]


@pytest.mark.parametrize(
    "said", ["ikke json", '{"saksnummer": "26/1"}', '{"saksnummer": "", "dokumentnummer": ""}', "[]"]
)
def test_a_receipt_that_cannot_be_read_is_shown_and_leaves_the_document_waiting(
    cast: Cast, inbox: Path, said: str
) -> None:
    entry = outgoing(make_registered_letter(cast).uuid)
    transfer_due(AT)
    (inbox / f"{entry.uuid}.kvittering.json").write_text(said, encoding="utf-8")
    (inbox / "fremmed.kvittering.json").write_text("{}", encoding="utf-8")
    assert transfer_due(AT).journalled == 0
    transfer_due(AT)
    entry.refresh_from_db()
    assert entry.state == JournalState.EXPORTED
    assert "kan ikke leses" in entry.problem
    assert Event.objects.filter(type="journal.receipt_unreadable").count() == 1
    receipt(inbox, entry, saksnummer="26/1", dokumentnummer="26/1-1")
    assert transfer_due(AT).journalled == 1


def test_without_an_inbox_nothing_leaves_by_itself(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.ARCHIVE_ROOT = str(tmp_path)
    make_registered_letter(cast)
    assert transfer_due(AT) == archive_transfer.Transferred()


def test_another_folder_ends_the_first_one(cast: Cast, inbox: Path) -> None:
    number = cast.org("HOD").number
    call_command("archive_inbox", number, folder="arkiv")
    call_command("archive_inbox", number, folder="nytt")
    assert list(ArchiveInbox.objects.filter(valid_to__isnull=True).values_list("folder", flat=True)) == ["nytt"]
    assert ArchiveInbox.objects.count() == 2
    for wrong in ({"number": "000000000", "folder": "a"}, {"number": number, "folder": "../ut"}):
        with pytest.raises(CommandError):
            call_command("archive_inbox", wrong["number"], folder=wrong["folder"])
    with pytest.raises(NotAllowed):
        archive_transfer.open_inbox(organisation=cast.org("HOD"), folder="a", actor=cast.actor("officer"), at=AT)


def test_everything_that_is_journalled_can_be_packed(cast: Cast) -> None:
    assignment = give(cast)
    answer(cast, assignment)
    draft = make_draft(cast, title="Utkast")
    opened_round = hearings.open_hearing(
        document=draft, message="Se særlig på fristene.", deadline=AT.date() + timedelta(days=30),
        actor=cast.actor("officer"), at=AT, expected_version=None,
    )  # fmt: skip
    hearings.answer_hearing(
        hearing=opened_round, text="Fristene er for korte.", no_remarks=False, actor=cast.actor("director"), at=AT
    )
    entries = list(JournalEntry.objects.select_related("organisation", "counterpart", "access_proposed_by"))
    assert len({(row.subject_type, row.direction) for row in entries}) >= 6
    for entry in entries:
        with zipfile.ZipFile(io.BytesIO(archive_transfer.build(entry, AT))) as archive:
            assert len(archive.namelist()) > 1, entry.subject_type
    assert {
        "governance.steeringdocument", "governance.rowcomment", "governance.hearinground",
        "governance.enclosuredispatch", "assignments.answer", "assignments.deadlinedecision", "reporting.report",
        "reporting.feedback",
    } == archiving.registered()  # fmt: skip


def test_the_package_is_fetched_by_hand_and_the_proposal_is_kept(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast)
    entry = outgoing(letter.uuid)
    officer = log_in("officer")
    url = reverse("governance:journal_entry", args=[entry.uuid])
    values = {"version": entry.version, "public_title": "Tildelingsbrev til direktoratet", "gjor": "forslag"}
    refused = officer.post(url, values | {"access_code": "UO", "public_title": "Brev"})
    assert refused.status_code == 422
    assert "Skriv hjemmelen for unntaket" in refused.content.decode()
    assert 'value="UO"' in refused.content.decode(), "what was typed stays"
    assert officer.post(url, values | {"access_code": "UO", "access_basis": "offl. § 15"}).status_code == 302
    stale = officer.post(url, values | {"access_code": "", "access_basis": ""})
    assert stale.status_code == 412
    fetched = officer.post(reverse("governance:journal_package", args=[entry.uuid]))
    assert fetched["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as archive:
        root = etree.fromstring(archive.read(archiving.METADATA))
    assert root.findtext("skjerming/tilgangsrestriksjon") == "UO"
    assert Event.objects.filter(type="journal.package_fetched", subject=entry.uuid).count() == 1
    page = officer.get(url).content.decode()
    assert str(cast.users["officer"]) in page


def test_a_package_with_exempt_text_is_not_given_to_one_who_may_not_read_it(cast: Cast, log_in: LogIn) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(writer, cast, "TB2026-5", MARKER_EXEMPT, restricted=True, restricted_basis="offl. § 15")

    letter = make_registered_letter(cast, fill=fill)
    entry = JournalEntry.objects.get(subject=letter.uuid, direction="I")
    with pytest.raises(NotAllowed):
        archive_transfer.fetch_package(entry=entry, actor=cast.actor("controller"), at=AT)
    client = log_in("controller")
    page = client.get(reverse("governance:journal_entry", args=[entry.uuid])).content.decode()
    assert "Be en som kan lese det" in page
    answered = client.post(reverse("governance:journal_package", args=[entry.uuid]))
    assert answered.status_code == 403
    assert MARKER_EXEMPT not in answered.content.decode()


def test_after_the_transfer_the_archive_owns_title_and_access(cast: Cast, inbox: Path) -> None:
    entry = outgoing(make_registered_letter(cast).uuid)
    transfer_due(AT)
    with pytest.raises(NotInThisState):
        journal.propose_access(
            entry=entry, public_title="En annen tittel", access_code="", access_basis="",
            actor=cast.actor("officer"), at=AT,
        )  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        journal.record_journalled(
            entry=entry, case_number="", document_number="", public_title="Brev", access_code="", access_basis="x",
            actor=cast.actor("officer"), at=AT,
        )  # fmt: skip
    assert len(refused.value.problems) == 4


def test_the_draft_of_a_hearing_goes_as_the_pdf_of_what_was_shown_with_its_data_beside(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(writer, cast, "TB2026-1", "Kartlegg lagrene")
        write_assignment(writer, cast, "TB2026-5", MARKER_EXEMPT, restricted=True, restricted_basis="offl. § 15")

    draft = make_draft(cast, title="Brev som høres", fill=fill)
    officer = {"actor": cast.actor("officer"), "at": AT}
    held = hearings.open_hearing(document=draft, message="", deadline=AT.date() + timedelta(days=30), **officer)
    draft.refresh_from_db()
    edit_document(document=draft, values={"title": "En senere tittel"}, expected_version=draft.version, **officer)
    seen = JournalEntry.objects.select_related("organisation", "counterpart", "access_proposed_by")
    entry = seen.get(subject=held.uuid, direction="U")
    with zipfile.ZipFile(io.BytesIO(archive_transfer.build(entry, AT))) as archive:
        names = [name for name in archive.namelist() if name.startswith("dokumenter/")]
        pdf = archive.read(names[1])
    assert [name.rpartition(".")[2] for name in names] == ["pdf", "pdf", "json"]
    assert "Brev som høres, utkast til uttalelse 1.pdf" in names[1]
    words = words_in(pdf)
    assert "Kartlegg lagrene" in words
    assert "Brev som høres" in words
    assert "En senere tittel" not in words
    assert MARKER_EXEMPT not in words
    assert b"pdfaid" in pypdf.PdfReader(io.BytesIO(pdf)).root_object["/Metadata"].get_data()
    made = StoredFile.objects.filter(owner=held.uuid).count()
    archive_transfer.build(entry, AT)
    assert StoredFile.objects.filter(owner=held.uuid).count() == made


def test_a_document_has_waited_since_its_own_day(cast: Cast) -> None:
    make_registered_letter(cast, title="Gammelt brev", document_date=date(2025, 12, 30))
    make_registered_letter(cast, title="Nytt brev", document_date=date(2026, 1, 8))
    rows = queue(actor=cast.actor("officer"), day=date(2026, 1, 9), state="").rows
    assert [(row.entry.title, row.age, row.late) for row in rows] == [
        ("Gammelt brev", 10, True), ("Nytt brev", 1, False),
    ]  # fmt: skip
