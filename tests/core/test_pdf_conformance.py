"""What outside checkers say about our files. veraPDF has not been run; nothing more is claimed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.pdf import RenderedPdf
from tests.core.pdf_reading import Read

Files = dict[str, tuple[Path, Path]]


def outloud(paths: list[Path], report: Path, *options: str) -> dict[str, dict[str, int]]:
    """Counts of errors and warnings for each file, by one run over all of them."""
    command = [str(Path(sys.executable).parent / "outloud"), "-q", "--fail-on", "never", "--json", str(report)]
    subprocess.run([*command, *options, *map(str, paths)], check=True, capture_output=True)
    results = json.loads(report.read_text())["results"]
    return {Path(one["path"]).name: {k: one["counts"][k] for k in ("error", "warning")} for one in results}


def test_reading_files_have_no_errors_and_no_warnings_in_outloud(files: Files, tmp_path: Path) -> None:
    counts = outloud([reading for reading, _ in files.values()], tmp_path / "ua.json")

    assert len(counts) == len(files)
    assert {name: count for name, count in counts.items() if any(count.values())} == {}


def test_archive_files_have_no_errors_when_only_the_ua_mark_is_left_out(files: Files, tmp_path: Path) -> None:
    counts = outloud([archive for _, archive in files.values()], tmp_path / "a.json", "--skip", "DOC-012")

    assert len(counts) == len(files)
    assert {name: count for name, count in counts.items() if any(count.values())} == {}


def test_both_files_are_sound_for_qpdf(files: Files) -> None:
    for path in (path for both in files.values() for path in both):
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert checked.stderr == ""


def test_poppler_reads_the_tag_tree_without_a_word(files: Files) -> None:
    # With the words it sets the page again for every element: minutes for a long document.
    for name, both in files.items():
        for path in both:
            how = "-struct-text" if name == "oppdragspass" else "-struct"
            read = subprocess.run(["pdfinfo", how, str(path)], capture_output=True, text=True, check=True)
            assert read.stderr == ""
            assert read.stdout.startswith("Document")


def test_only_our_fonts_are_used_embedded_subset_and_with_a_character_map(files: Files) -> None:
    for path in (path for both in files.values() for path in both):
        listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
        rows = [line.split() for line in listed.splitlines()[2:]]
        assert rows
        for row in rows:
            assert re.fullmatch(r"[A-Z]{6}\+Source-(Sans|Serif)(-Semi-Bold)?(-Italic)?", row[0])
            assert row[-5:-2] == ["yes", "yes", "yes"]


def test_the_archive_file_says_pdf_a_2a_and_carries_its_colour_profile(rendered: RenderedPdf) -> None:
    catalog = Read(rendered.archive.content).catalog
    xmp = catalog["/Metadata"].get_data().decode()

    assert 'pdfaid:part="2"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    intent = catalog["/OutputIntents"][0]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object()["/N"] == 3


def test_the_archive_file_has_an_identifier_no_script_and_nothing_attached(rendered: RenderedPdf) -> None:
    read = Read(rendered.archive.content)

    assert len(read.reader.trailer["/ID"]) == 2
    assert "/EmbeddedFiles" not in read.catalog.get("/Names", {})
    assert read.reader.attachments == {}
    assert b"/JavaScript" not in rendered.archive.content
    assert "/OpenAction" not in read.catalog
    for page in read.reader.pages:
        assert all(annotation.get_object()["/F"] == 4 for annotation in page.get("/Annots", []))


def test_the_reading_file_says_pdf_ua_1_and_shows_its_title(rendered: RenderedPdf) -> None:
    catalog = Read(rendered.reading.content).catalog

    assert 'pdfuaid:part="1"' in catalog["/Metadata"].get_data().decode()
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712


@pytest.mark.parametrize("kind", ["reading", "archive"])
def test_title_author_language_and_date_come_from_the_document(kind: str, rendered: RenderedPdf, sample: str) -> None:
    from tests.core.documents import samples

    meta = samples()[sample].meta
    read = Read(getattr(rendered, kind).content)

    assert read.reader.metadata is not None
    assert read.reader.metadata.title == meta.title
    assert read.reader.metadata.author == meta.author
    assert read.catalog["/Lang"] == meta.lang
    assert read.reader.metadata.creation_date == meta.created
    assert read.reader.metadata.modification_date == meta.created
