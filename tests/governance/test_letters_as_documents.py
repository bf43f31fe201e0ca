"""A letter as PDF and HTML carries everything it holds, for those who may read it, and the same bytes each time."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import files, jobs
from core.clock import OSLO
from core.models import Job
from core.pdf import RenderedPdf, render_document, render_document_html
from governance import letters
from governance.actions import rendering
from governance.letters.words import BOKMAL, NYNORSK, WORD_NAMES
from governance.models import SteeringDocument
from governance.roundtrip.flow import Rows, Words, flow_of
from governance.roundtrip.source import exempt_items, letter_of
from tests.cast import MARKER_EXEMPT, Cast
from tests.core.pdf_reading import Read
from tests.core.test_pdf_conformance import outloud
from tests.factories.documents import make_draft, make_registered_letter, write_assignment
from tests.governance.letters_out import PLAIN, import_letter, words_in, write_everything

AT = datetime(2026, 1, 9, 9, 14, tzinfo=OSLO)


def rendered(document: SteeringDocument, **how: Any) -> RenderedPdf:
    """The letter set, from the act's own time."""
    return render_document(letters.letter_document(document, created=AT, **how))


def made_for(client: Client, document: SteeringDocument) -> str:
    """The words of the PDF this person gets by asking."""
    answer = client.post(reverse("governance:document_pdf", args=[document.uuid]))
    for job in Job.objects.filter(name="governance.letter_pdf", state="queued"):
        jobs.run(str(job.uuid))
    return words_in(client.get(f"{answer['Location']}fil/").content)


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """A registered letter with every kind of row."""
    return make_registered_letter(cast, fill=write_everything)


def test_the_pdf_holds_every_kind_of_row_with_numbers_tables_and_languages(letter: SteeringDocument) -> None:
    made = rendered(letter)
    again = rendered(letter)
    assert (made.reading.sha256, made.archive.sha256) == (again.reading.sha256, again.archive.sha256)
    read = Read(made.reading.content)
    words = words_in(made.reading.content)
    for expected in (
        "Direktoratet for medisinske produkter", "25/4127", "22. desember 2025", "TB2026-1", "Avd. HOD: SHA",
        "1. juni 2026 (Leveranse 1); 31. desember 2026 (Leveranse 2)", "Felles oppdrag med Helsedirektoratet",
        "717.70", "64 462", "Apotek 7 600", "51 200,5 (øremerket)", "Finansieres av Nærings", "Kan overføres",
        "180 dager", "192,5 dager", "lavere er bedre", "sakstype, måned", "antall, andel",
        "Bidrar til sektormål 1 og 4",
        "Klima og natur", "rundskriv D-2/25", "Siste virkedag før: 13. mars", "søndag", "kl. 09.00–11.00",
        "inntil 30 000 000 kroner", "Ragnhild Moen (e.f.)", "Kopi", "Riksrevisjonen",
        "Fordeling av tilskudd (ettersendes)", "Vedlegg II Fullmakter",
    ):  # fmt: skip
        assert expected in words, expected
    assert words.count("Direktoratet skal vurdere produktiviteten i årsrapporten.") == 1
    assert [len(tag.all("TR")) for tag in read.root.all("Table")]
    annex = read.root.all("H1")
    assert len({next(iter(tag.all_pages)) for tag in annex}) == len(annex)
    assert "nn" in {tag.entry.get("/Lang") for tag in read.root.walk()}


def test_the_files_satisfy_the_checkers(letter: SteeringDocument, tmp_path: Path) -> None:
    made = rendered(letter)
    paths = {"ua.pdf": made.reading.content, "a.pdf": made.archive.content}
    for name, content in paths.items():
        (tmp_path / name).write_bytes(content)
        checked = subprocess.run(["qpdf", "--check", str(tmp_path / name)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout
    assert outloud([tmp_path / "ua.pdf"], tmp_path / "ua.json")["ua.pdf"] == {"error": 0, "warning": 0}
    found = outloud([tmp_path / "a.pdf"], tmp_path / "a.json", "--skip", "DOC-012")
    assert found["a.pdf"] == {"error": 0, "warning": 0}


def test_what_leaves_the_house_has_shells_and_a_named_reader_gets_all(cast: Cast, log_in: Any) -> None:
    def fill(writer: Any, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-9", f"Skjermet {MARKER_EXEMPT}", restricted=True, restricted_basis="offl. § 15",
            body=f"Innhold {MARKER_EXEMPT}",
        )  # fmt: skip

    document = make_registered_letter(cast, fill=fill)
    actor = cast.actor("officer")
    reading = rendering.reading_copy(document=document, actor=actor, at=AT)
    archive = rendering.archive_copy(document=document, actor=actor, at=AT)
    assert MARKER_EXEMPT in words_in(files.read(archive))
    shell = words_in(files.read(reading))
    assert MARKER_EXEMPT not in shell
    assert "TB2026-9" in shell
    assert "offl. § 15" in shell
    blind: Client = log_in("budget_officer")
    assert blind.get(reverse("governance:file", args=[archive.uuid])).status_code == 404
    assert blind.get(reverse("governance:file", args=[reading.uuid])).status_code == 200
    page = blind.get(reverse("governance:document_download", args=[document.uuid])).content.decode()
    assert str(reading.uuid) in page
    assert str(archive.uuid) not in page
    assert made_for(blind, document) == shell
    assert MARKER_EXEMPT in made_for(log_in("officer"), document)
    for form in ("json", "html"):
        answer = blind.get(reverse("governance:document_export", args=[document.uuid, form]))
        assert MARKER_EXEMPT not in answer.content.decode()
        reader = log_in("officer").get(reverse("governance:document_export", args=[document.uuid, form]))
        assert MARKER_EXEMPT in reader.content.decode()


def test_a_draft_is_previewed_at_any_time_by_the_one_who_asked(cast: Cast, log_in: Any) -> None:
    draft = make_draft(cast, fill=write_everything)
    client: Client = log_in("officer")
    answer = client.post(reverse("governance:document_pdf", args=[draft.uuid]))
    again = client.post(reverse("governance:document_pdf", args=[draft.uuid]))
    assert answer["Location"] == again["Location"]
    assert "Lager PDF" in client.get(answer["Location"]).content.decode()
    job = Job.objects.get(name="governance.letter_pdf")
    jobs.run(str(job.uuid))
    assert "Last ned PDF" in client.get(answer["Location"]).content.decode()
    made = client.get(f"{answer['Location']}fil/")
    assert made["Content-Type"] == "application/pdf"
    assert "Utkast, ikke utstedt" in words_in(made.content)
    assert log_in("signer").get(f"{answer['Location']}fil/").status_code == 404


def test_the_html_file_has_language_headings_and_scopes_and_fetches_nothing(
    letter: SteeringDocument, log_in: Any
) -> None:
    answer = log_in("controller").get(reverse("governance:document_export", args=[letter.uuid, "html"]))
    page = answer.content.decode()
    assert '<html lang="nb">' in page
    assert page.count("<h1") >= 1
    assert 'scope="col"' in page
    assert 'lang="nn"' in page
    assert not re.search(r"<script|src=|href=\"http", page)
    assert "attachment" in answer["Content-Disposition"]


def test_a_nynorsk_letter_has_its_own_fixed_words(cast: Cast) -> None:
    document = make_registered_letter(cast, fill=write_everything, language="nn", title="Tildelingsbrev 2026")
    page = render_document_html(letters.letter_document(document, created=AT))
    for expected in ("Med helsing", "Nøkkeltal", "Vekedag", "lågare er betre", "Eining"):
        assert expected in page
    assert all(getattr(BOKMAL, name) and getattr(NYNORSK, name) for name in WORD_NAMES)


def test_no_word_of_an_imported_letter_is_lost_in_the_flow(cast: Cast, shared: Path) -> None:
    document = import_letter(cast, shared / "seeds" / "tildelingsbrev-dmp-2026.txt")
    letter = letter_of(document)
    parts = flow_of(letter)
    shown = {part.passage["uuid"] for part in parts if not isinstance(part, Rows) and part.passage is not None}
    rows = [row for part in parts if isinstance(part, Rows) for row in part.items]
    resting = {passage for row in rows for passage in row["passages"]}
    written = {row["uuid"] for row in letter.passages if row["kind"] != "furniture" and row["text"].strip()}
    assert written <= shown | resting
    assert len([row for row in rows if row["type"] == "assignment"]) + sum(
        isinstance(part, Words) and "TB2026-" in part.passage["text"] for part in parts
    ) >= 6  # fmt: skip
    assert exempt_items(document) == []
    page = render_document_html(letters.letter_document(document, created=AT))
    assert "1 000" in page.translate(PLAIN)
