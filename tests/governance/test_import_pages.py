"""The import through its pages, without JavaScript: dropped, read, gone through, filled in, registered."""

import html
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import jobs
from governance.models import DocumentImport, Finding, ImportRow, ImportState, RowState, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import make_registered_letter, write_assignment
from tests.factories.imports import fill_in, letter_bytes, make_import, register
from tests.factories.imports import settle as settle_import

LETTER = "tildelingsbrev-dmp-2026.txt"
Browser = Callable[[str], Client]


def drop(browser: Client, name: str, data: bytes, content_type: str = "text/plain") -> object:
    return browser.post(reverse("governance:import_new"), {"files": [SimpleUploadedFile(name, data, content_type)]})


def read(browser: Client, name: str, data: bytes) -> DocumentImport:
    answer = drop(browser, name, data)
    assert answer.status_code == 302, answer.content.decode()
    found = DocumentImport.objects.select_related("job").latest("id")
    assert found.job is not None
    jobs.run(str(found.job.uuid))
    return DocumentImport.objects.select_related("job", "agency").get(pk=found.pk)


def settle(browser: Client, found: DocumentImport) -> None:
    for row in ImportRow.objects.filter(document_import=found, state=RowState.UNSURE):
        address = reverse("governance:import_row", args=[found.uuid, row.uuid])
        assert browser.post(address, {"gjor": "riktig", "version": row.version}).status_code == 302


def details(cast: Cast, found: DocumentImport, **values: object) -> dict[str, object]:
    found.refresh_from_db()
    return {
        "version": found.version,
        "kind": "allocation_letter",
        "agency": str(cast.org("DMP").uuid),
        "title": "Tildelingsbrev 2026",
        "year": 2026,
        "way": "registered",
        "document_date": "22. desember 2025",
        "case_number": "25/4127",
        "language": "nb",
        "signers": "Ragnhild Moen, ekspedisjonssjef (e.f.)",
        **values,
    }


def test_an_officer_brings_the_letter_in_and_registers_it(cast: Cast, log_in: Browser, shared: Path) -> None:
    browser = log_in("officer")
    found = read(browser, LETTER, (shared / "seeds" / LETTER).read_bytes())
    page = browser.get(reverse("governance:import", args=[found.uuid]))
    assert page.status_code == 302
    review = browser.get(reverse("governance:import_review", args=[found.uuid]))
    text = review.content.decode()
    assert review.status_code == 200
    assert "avsnitt gjort rede for" in text
    assert "TB2026-5" in text
    assert "Videre til «Om brevet»" in text
    row = ImportRow.objects.get(document_import=found, data__reference__number=5)
    chosen = browser.get(f"{reverse('governance:import_review', args=[found.uuid])}?rad={row.uuid}").content.decode()
    assert "15. januar 2026 (torsdag)" in chosen
    assert "Under avklaring" in chosen
    settle(browser, found)
    saved = browser.post(reverse("governance:import_details", args=[found.uuid]), details(cast, found))
    assert saved.status_code == 302, saved.content.decode()
    confirm = reverse("governance:import_register", args=[found.uuid])
    assert "Registrer brevet" in browser.get(confirm).content.decode()
    found.refresh_from_db()
    first = browser.post(confirm, {"version": found.version})
    second = browser.post(confirm, {"version": found.version})
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    document = SteeringDocument.objects.get(state="issued")
    shown = browser.get(first["Location"]).content.decode()
    assert "458\u00a0591" in shown
    assert "ikke med" in shown
    for name in ("document_text", "document_archive", "document_findings", "document_access"):
        assert browser.get(reverse(f"governance:{name}", args=[document.uuid])).status_code == 200
    found.refresh_from_db()
    assert found.state == ImportState.REGISTERED
    assert Finding.objects.filter(document=document, state="open").exists()


@pytest.mark.parametrize("address", ["imports", "import_new", "findings", "documents"])
def test_list_pages_open_for_the_officer(log_in: Browser, address: str) -> None:
    assert log_in("officer").get(reverse(f"governance:{address}")).status_code == 200


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("brev.txt", b"0" * 300_000_000)
    return packed.getvalue()


def test_an_empty_file_is_refused_on_the_page_and_nothing_is_kept(log_in: Browser) -> None:
    answer = drop(log_in("officer"), "tom.txt", b"")
    assert answer.status_code == 422
    assert "tom.txt" in answer.content.decode()
    assert not DocumentImport.objects.exists()


def test_no_file_at_all_is_said(log_in: Browser) -> None:
    answer = log_in("officer").post(reverse("governance:import_new"), {})
    assert answer.status_code == 422
    assert "Velg minst én fil" in answer.content.decode()


def test_a_file_over_the_limit_is_refused_before_it_is_read(log_in: Browser, settings: LazySettings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = drop(log_in("officer"), "stor.txt", b"x" * 1001)
    assert answer.status_code == 413
    assert "stor.txt" in answer.content.decode()
    assert not DocumentImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("binær.bin", bytes(range(256)) * 40), ("bombe.zip", zip_bomb), ("mellomrom.txt", b"   \n  \n")],
    ids=["binary", "zip bomb", "blank"],
)
def test_a_file_that_cannot_be_read_is_kept_with_the_sentence(log_in: Browser, name: str, data: object) -> None:
    browser = log_in("officer")
    found = read(browser, name, data() if callable(data) else data)  # type: ignore[arg-type]
    assert found.state == ImportState.REFUSED
    assert found.files.count() == 1
    page = browser.get(reverse("governance:import", args=[found.uuid]))
    assert page.status_code == 200
    assert found.problem["message"] in html.unescape(page.content.decode())
    assert found.problem["message"] in html.unescape(browser.get(reverse("governance:imports")).content.decode())


def test_progress_is_counted_and_works_without_script(log_in: Browser) -> None:
    browser = log_in("officer")
    drop(browser, "brev.txt", letter_bytes())
    found = DocumentImport.objects.select_related("job").get()
    text = browser.get(reverse("governance:import", args=[found.uuid])).content.decode()
    assert "<progress" in text
    assert "Oppdater" in text
    jobs.run(str(found.job.uuid))
    answer = browser.get(reverse("governance:import", args=[found.uuid]), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == reverse("governance:import_review", args=[found.uuid])


def test_a_stale_correction_keeps_what_was_typed(log_in: Browser) -> None:
    browser = log_in("officer")
    found = read(browser, "brev.txt", letter_bytes())
    row = ImportRow.objects.get(document_import=found, data__reference__number=1)
    address = reverse("governance:import_row", args=[found.uuid, row.uuid])
    typed = {
        "gjor": "lagre", "version": row.version + 5, "title": "Det jeg skrev", "department_code": "SHA",
        "written": "TB2026-1", "delivery_0_date": "1. desember 2026", "delivery_0_is": "date",
        "body": "Tekst", "change": "new",
    }  # fmt: skip
    answer = browser.post(address, typed)
    assert answer.status_code == 412
    assert "Det jeg skrev" in answer.content.decode()
    saved = browser.post(address, {**typed, "version": row.version})
    assert saved.status_code == 302
    row.refresh_from_db()
    assert row.data["title"] == "Det jeg skrev"
    assert row.data["deliveries"][0]["date"] == "2026-12-01"


def test_a_date_that_does_not_exist_is_said_at_its_field(log_in: Browser) -> None:
    browser = log_in("officer")
    found = read(browser, "brev.txt", letter_bytes())
    row = ImportRow.objects.get(document_import=found, data__reference__number=1)
    address = reverse("governance:import_row", args=[found.uuid, row.uuid])
    typed = {"gjor": "rett", "version": row.version, "delivery_0_date": "31. juni 2026", "delivery_0_is": "date"}
    answer = browser.post(address, typed)
    assert answer.status_code == 422
    assert "Skriv en dato som finnes" in answer.content.decode()
    assert "31. juni 2026" in answer.content.decode()


def test_an_agency_outside_the_line_of_command_is_refused(cast: Cast, log_in: Browser) -> None:
    browser = log_in("officer")
    found = read(browser, "brev.txt", letter_bytes())
    forged = details(cast, found, agency=str(cast.org("Helfo").uuid))
    answer = browser.post(reverse("governance:import_details", args=[found.uuid]), forged)
    assert answer.status_code == 422
    assert "Velg en fra listen" in answer.content.decode()


@pytest.mark.parametrize("name", ["import", "import_review", "import_details", "import_register", "import_findings"])
def test_a_forged_or_foreign_import_is_not_found(log_in: Browser, name: str) -> None:
    found = read(log_in("officer"), "brev.txt", letter_bytes())
    assert log_in("officer").get(reverse(f"governance:{name}", args=[uuid4()])).status_code == 404
    assert log_in("sub_agency_officer").get(reverse(f"governance:{name}", args=[found.uuid])).status_code == 404
    assert log_in("controller").get(reverse(f"governance:{name}", args=[found.uuid])).status_code == 403


def test_small_steps_have_pages_of_their_own(log_in: Browser) -> None:
    browser = log_in("officer")
    found = read(browser, "brev.txt", letter_bytes())
    row = ImportRow.objects.get(document_import=found, data__reference__number=1)
    for name in ("import_split", "import_merge", "import_border"):
        assert browser.get(reverse(f"governance:{name}", args=[found.uuid, row.uuid])).status_code == 200
    split = reverse("governance:import_split", args=[found.uuid, row.uuid])
    assert browser.post(split, {"version": row.version, "passage": row.passages[1]}).status_code == 302
    assert browser.post(reverse("governance:import_undo", args=[found.uuid])).status_code == 302
    prose = next(p["ordinal"] for p in found.passages if p["kind"] == "prose")
    made = browser.post(reverse("governance:import_passage", args=[found.uuid, prose]), {"kind": "reporting"})
    assert made.status_code == 302


def test_the_file_is_served_as_an_attachment_to_those_who_see_it(cast: Cast, log_in: Browser) -> None:
    found = make_import(cast)
    stored = found.files.select_related("file").get().file
    address = reverse("governance:file", args=[stored.uuid])
    answer = log_in("officer").get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert log_in("controller").get(address).status_code == 404
    settle_import(cast, found)
    fill_in(cast, found)
    register(cast, found)
    assert log_in("controller").get(address).status_code == 200
    assert log_in("other_controller").get(address).status_code == 404
    assert log_in("officer").get(reverse("governance:file", args=[uuid4()])).status_code == 404


def test_the_agency_sees_the_document_but_not_the_ministrys_judgement(cast: Cast, log_in: Browser) -> None:
    found = make_import(cast)
    settle_import(cast, found)
    fill_in(cast, found)
    document = register(cast, found)
    browser = log_in("controller")
    page = browser.get(reverse("governance:document", args=[document.uuid])).content.decode()
    assert "TB2026-2" in page
    assert "Åpne funn" not in page
    assert browser.get(reverse("governance:document_findings", args=[document.uuid])).status_code == 403
    assert log_in("other_controller").get(reverse("governance:document", args=[document.uuid])).status_code == 404


@pytest.mark.parametrize("name", ["document", "document_text", "document_archive"])
def test_a_document_costs_the_same_with_two_rows_and_with_twenty(
    cast: Cast, log_in: Browser, name: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    def fill(count: int) -> Callable[[object, Cast], None]:
        def write(writer: object, cast: Cast) -> None:
            for number in range(1, count + 1):
                write_assignment(writer, cast, f"TB2026-{number}", f"Oppdrag {number}")  # type: ignore[arg-type]

        return write

    costs = []
    browser = log_in("officer")
    for count in (2, 20):
        kind = "allocation_letter" if count == 2 else "supplement"
        letter = make_registered_letter(cast, kind=kind, fill=fill(count), title=f"Brev {count}")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse(f"governance:{name}", args=[letter.uuid])).status_code == 200
        costs.append(len(queries))
    assert abs(costs[0] - costs[1]) <= 1, costs


def test_the_document_list_is_filtered_and_refuses_unknown_values(cast: Cast, log_in: Browser) -> None:
    make_registered_letter(cast)
    browser = log_in("officer")
    address = reverse("governance:documents")
    assert "Tildelingsbrev 2026" in browser.get(address, {"year": "2026"}).content.decode()
    assert browser.get(address, {"year": "1814"}).status_code == 422
    assert browser.get(address, {"agency": str(uuid4())}).status_code == 422
