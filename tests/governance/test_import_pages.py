"""The import through its pages, without JavaScript: dropped, read, gone through, filled in, registered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import jobs
from governance.models import DocumentImport, Finding, ImportRow, ImportState, RowState, SteeringDocument
from tests.cast import Cast

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
