"""A folder of years in at once: one bad file stops no other, nothing is issued, and it can go on after a stop."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import jobs
from core.errors import NotAllowed, RuleBroken
from core.models import Job, Message
from governance.actions import import_batch_register, import_batches, import_rows, imports
from governance.actions.import_batch_register import register_ready
from governance.actions.imports import Upload
from governance.models import (
    BatchEntry,
    Dispatch,
    DocumentImport,
    EntryState,
    ImportBatch,
    ImportFile,
    ImportRow,
    ImportState,
    RowState,
    SteeringDocument,
)
from reporting.models import Reminder
from tests.cast import Cast
from tests.factories.imports import READ_AT, fill_in, make_import

Browser = Callable[[str], Client]
ENGLISH = b"The letter of the ministry is for the year and it shall be in English for all of this."
LETTER = """Helse- og omsorgsdepartementet

Direktoratet for medisinske produkter

Dato: 20. desember {before}
Vår ref.: {before}/4127

Tildelingsbrev {year} til Direktoratet for medisinske produkter

3. Oppdrag

TB{year}-1 Bedre veiledning for søkere

Direktoratet skal lage en plan for veiledning.

Frist: 1. oktober {year}
"""


def letter(year: int) -> Upload:
    return Upload(f"{year}/brev-{year}.txt", LETTER.format(year=year, before=year - 1).encode())


def start(cast: Cast, *uploads: Upload) -> ImportBatch:
    return import_batches.start_batch(uploads=uploads, actor=cast.actor("officer"), at=READ_AT)


def run(batch: ImportBatch) -> ImportBatch:
    batch = ImportBatch.objects.select_related("job", "organisation").get(pk=batch.pk)
    assert batch.job is not None
    jobs.run(str(batch.job.uuid))
    return ImportBatch.objects.select_related("job", "organisation", "created_by").get(pk=batch.pk)


def states(batch: ImportBatch) -> list[str]:
    return list(BatchEntry.objects.filter(batch=batch).values_list("state", flat=True))


def settle(cast: Cast, batch: ImportBatch) -> None:
    for row in ImportRow.objects.filter(document_import__batch_entries__batch=batch, state=RowState.UNSURE):
        found = DocumentImport.objects.get(pk=row.document_import_id)
        import_rows.accept_row(document_import=found, row=row.uuid, actor=cast.actor("officer"), at=READ_AT)


def packed(*uploads: Upload) -> Upload:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for upload in uploads:
            package.writestr(upload.name, upload.data)
    return Upload("mappe.zip", data.getvalue())


def test_a_folder_of_years_is_read_letter_by_letter_and_one_bad_file_stops_no_other(cast: Cast) -> None:
    bad = [
        Upload("gammel.docm", b"PK\x03\x04"),
        Upload("tom.txt", b" "),
        Upload("letter.txt", ENGLISH),
    ]
    batch = run(start(cast, letter(2021), *bad, letter(2022)))
    assert states(batch) == ["read", "refused", "refused", "refused", "read"]
    problems = [entry.problem["code"] for entry in batch.entries.filter(state=EntryState.REFUSED)]
    assert problems == ["macro_file", "empty_file", "not_norwegian"]
    assert all(entry.problem["message"].endswith(".") for entry in batch.entries.filter(state=EntryState.REFUSED))
    assert batch.job is not None
    assert (batch.job.done, batch.job.total, batch.job.state) == (5, 5, "done")


def test_a_package_is_a_folder_and_a_package_in_it_is_one_letter(cast: Cast) -> None:
    parts = packed(Upload("1 brev.txt", letter(2020).data), Upload("2 vedlegg.txt", b"Vedlegg 1\n\n15. mars: Rapport"))
    batch = run(start(cast, packed(letter(2019), Upload("2020.zip", parts.data), Upload("__MACOSX/._x", b"x"))))
    assert states(batch) == ["read", "read"]
    assert sorted(file_names(batch)) == ["2020.zip", "brev-2019.txt"]


def file_names(batch: ImportBatch) -> list[str]:
    held = ImportFile.objects.filter(document_import__batch_entries__batch=batch).select_related("file")
    return [row.file.name for row in held]


def test_an_unsafe_package_is_refused_with_the_reason_and_the_rest_goes_on(cast: Cast) -> None:
    outside = packed(Upload("../../ut.txt", b"x"))
    batch = run(start(cast, outside, letter(2023)))
    assert states(batch) == ["refused", "read"]
    entry = batch.entries.get(ordinal=1)
    assert entry.problem["code"] == "package_path"
    assert entry.file_id is not None


def test_files_read_before_are_known_by_their_content(cast: Cast) -> None:
    make_import(cast, data=letter(2021).data, name="et annet navn.txt")
    batch = run(start(cast, letter(2021), letter(2022), Upload("kopi.txt", letter(2022).data)))
    assert states(batch) == ["known", "read", "known"]
    assert DocumentImport.objects.count() == 2


def test_a_stopped_reading_goes_on_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = start(cast, letter(2021), letter(2022))
    read = imports.read_import

    def killed(**kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "read_import", killed)
    with pytest.raises(KeyboardInterrupt):
        import_batches.read_batch(
            uuid=str(batch.uuid), progress=lambda _done, _total: None, actor=cast.actor("officer"), at=READ_AT
        )
    monkeypatch.setattr(imports, "read_import", read)
    batch = run(batch)
    assert states(batch) == ["read", "read"]
    assert DocumentImport.objects.count() == 2


def test_an_unforeseen_fault_in_one_file_is_said_and_the_rest_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = imports.read_import
    calls: list[str] = []

    def fails_first(**kwargs: Any) -> object:
        calls.append("x")
        if len(calls) == 1:
            raise ZeroDivisionError
        return read(**kwargs)

    monkeypatch.setattr(imports, "read_import", fails_first)
    batch = run(start(cast, letter(2021), letter(2022)))
    assert states(batch) == ["refused", "read"]
    assert "tatt vare på" in batch.entries.get(ordinal=1).problem["message"]


def test_ready_letters_are_registered_with_their_own_dates_and_nothing_is_sent(cast: Cast) -> None:
    batch = run(start(cast, letter(2022), letter(2021)))
    settle(cast, batch)
    outcome = register_ready(batch=batch, actor=cast.actor("officer"), at=READ_AT)
    assert outcome.problems == []
    dates = [document.document_date.year for document in outcome.documents if document.document_date]
    assert dates == [2020, 2021]
    assert {document.origin for document in outcome.documents} == {"registered"}
    assert not Message.objects.exists()
    assert not Dispatch.objects.exists()
    assert not Reminder.objects.exists()
    again = register_ready(batch=batch, actor=cast.actor("officer"), at=READ_AT)
    assert again.documents == []


def test_a_letter_with_an_unsure_row_waits_for_a_person(cast: Cast) -> None:
    batch = run(start(cast, letter(2021)))
    found = DocumentImport.objects.get()
    row = ImportRow.objects.filter(document_import=found).first()
    assert row is not None
    ImportRow.objects.filter(pk=row.pk).update(state=RowState.UNSURE)
    assert register_ready(batch=batch, actor=cast.actor("officer"), at=READ_AT).documents == []


def test_a_letter_of_a_batch_can_not_be_sent_from_here(cast: Cast) -> None:
    run(start(cast, letter(2021)))
    with pytest.raises(RuleBroken) as caught:
        fill_in(cast, DocumentImport.objects.get(), way="made_here")
    assert caught.value.problems[0].code == "batch_is_registered"


@pytest.mark.parametrize("by", ["controller", "auditor", "admin", "sub_agency_officer"])
def test_only_those_who_import_for_the_ministry_register_its_batches(cast: Cast, by: str) -> None:
    batch = run(start(cast, letter(2021)))
    with pytest.raises(NotAllowed):
        register_ready(batch=batch, actor=cast.actor(by), at=READ_AT)


def test_too_many_files_and_none_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_batches, "MOST_FILES", 1)
    for uploads in ((), (letter(2021), letter(2022))):
        with pytest.raises(RuleBroken):
            start(cast, *uploads)
    assert not ImportBatch.objects.exists()


def test_a_folder_is_dropped_followed_and_registered_through_the_pages(cast: Cast, log_in: Browser) -> None:
    browser = log_in("officer")
    files = [SimpleUploadedFile(f"brev-{year}.txt", letter(year).data) for year in (2021, 2022)]
    files.append(SimpleUploadedFile("skadet.pdf", b"%PDF-1.7 cut"))
    answer = browser.post(reverse("governance:import_batch_new"), {"files": files, "title": "Eldre brev"})
    assert answer.status_code == 302, answer.content.decode()
    batch = ImportBatch.objects.get()
    page = browser.get(answer["Location"]).content.decode()
    assert "0 av 3 brev" in page
    batch = run(batch)
    settle(cast, batch)
    page = browser.get(answer["Location"]).content.decode()
    assert "er skadet eller ufullstendig" in page
    assert "Registrer 2 brev som er klare" in page
    assert "Eldre brev" in browser.get(reverse("governance:imports")).content.decode()
    register = reverse("governance:import_batch_register", args=[batch.uuid])
    waits = browser.post(register, follow=True).content.decode()
    assert "Registrerer Eldre brev" in waits
    assert "Registrer 2 brev" not in waits
    browser.post(register)
    assert Job.objects.filter(name="governance.register_batch").count() == 1
    run(batch)
    done = browser.get(answer["Location"]).content.decode()
    assert "2 brev er registrert." in done
    assert SteeringDocument.objects.filter(state="issued").count() == 2
    assert {found.state for found in DocumentImport.objects.filter(document__isnull=False)} == {ImportState.REGISTERED}


def test_a_killed_registration_goes_on_where_it_was_and_nothing_is_registered_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = run(start(cast, letter(2020), letter(2021), letter(2022)))
    settle(cast, batch)
    register = import_batch_register.register_import
    done: list[int] = []

    def dies_after_one(**kwargs: Any) -> SteeringDocument:
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(1)
        return register(**kwargs)

    import_batch_register.ask_to_register(batch=batch, actor=cast.actor("officer"), at=READ_AT)
    monkeypatch.setattr(import_batch_register, "register_import", dies_after_one)
    with pytest.raises(KeyboardInterrupt):
        run(batch)
    monkeypatch.setattr(import_batch_register, "register_import", register)
    Job.objects.filter(name="governance.register_batch").update(lease_until=READ_AT)
    batch = run(batch)
    assert batch.job is not None
    assert (batch.job.state, batch.job.result["registered"]) == ("done", 2)
    assert SteeringDocument.objects.filter(state="issued").count() == 3
    assert not Message.objects.exists()
    assert not Reminder.objects.exists()


def test_registration_is_done_with_the_rights_the_person_has_by_then(cast: Cast) -> None:
    batch = run(start(cast, letter(2021)))
    settle(cast, batch)
    import_batch_register.ask_to_register(batch=batch, actor=cast.actor("officer"), at=READ_AT)
    Job.objects.filter(name="governance.register_batch").update(
        arguments={"batch": str(batch.uuid), "user": cast.user("controller").pk, "appointment": ""}
    )
    batch = run(batch)
    assert batch.job is not None
    assert batch.job.state == "failed"
    assert not SteeringDocument.objects.filter(state="issued").exists()
