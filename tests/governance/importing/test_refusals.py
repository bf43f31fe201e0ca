"""Files that are not read: a stable code, a sentence in bokmål that names the file, and the rest goes on."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from core.errors import Unreadable
from governance.importing import SourceFile, extract, read_letter
from governance.importing.extraction.refusals import SIZE_LIMIT

LETTER = "Tildelingsbrev 2026 til Visearkivet\n\nArkivet skal ikke bruke mer penger enn det som er gitt.\n"


def refused(name: str, data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        extract([SourceFile(name, data)])
    assert str(caught.value.message).endswith(".")
    return caught.value


def package(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def pdf(text: str = "", *, password: str = "") -> bytes:
    from pypdf import PdfReader, PdfWriter
    from weasyprint import HTML

    made = HTML(string=f"<p>{text}</p>").write_pdf()
    assert isinstance(made, bytes)
    if not password:
        return made
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(rows: int = 0) -> bytes:
    document = Document()
    document.add_paragraph(LETTER)
    if rows:
        table = document.add_table(rows=1, cols=1)
        row = table.rows[0]._tr
        from copy import deepcopy

        for _ in range(rows):
            table._tbl.append(deepcopy(row))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\0\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused("brev.txt", data).code == "empty_file"


@pytest.mark.parametrize(
    ("name", "data"), [("brev.txt", bytes(range(256)) * 40), ("bilde.png", b"\x89PNG\r\n\x1a\n\0\0\0")]
)
def test_binary_data_of_unknown_type_is_refused(name: str, data: bytes) -> None:
    assert refused(name, data).code == "unknown_type"


def test_a_text_file_with_a_name_of_another_kind_is_refused() -> None:
    assert refused("brev.rtf", LETTER.encode()).code == "unknown_type"
    error = refused("brev.pdf", LETTER.encode())
    assert error.code == "wrong_extension"
    assert "brev.pdf" in str(error.message)
    assert refused("brev.odt", word()).code == "wrong_extension"


def test_a_file_over_the_limit_is_refused() -> None:
    error = refused("brev.txt", b"a" * (SIZE_LIMIT + 1))
    assert error.code == "file_too_large"
    assert error.status == 413


def test_a_pdf_with_a_password_is_refused() -> None:
    assert refused("brev.pdf", pdf("Brev til etaten", password="hemmelig")).code == "encrypted_file"


def test_a_protected_word_file_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refused("brev.docx", data).code == "encrypted_file"


def test_a_scanned_pdf_is_refused_with_the_reason() -> None:
    error = refused("brev.pdf", pdf())
    assert error.code == "scanned_pdf"
    assert "skannet" in str(error.message)


def test_a_scanned_pdf_is_read_where_tesseract_with_norwegian_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Tildelingsbrev 2026 til Visearkivet\\n\\nDepartementet skal ikke det som er på og til\\n"
    program = tmp_path / "tesseract"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = "--list-langs" ]; then echo nor; exit 0; fi\ncat > /dev/null; printf \'{said}\'\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    draft = read_letter([SourceFile("brev.pdf", pdf())])
    assert draft.canonical.sources[0].extractor == "tesseract"
    assert draft.facts.agency.value == "Visearkivet"


def test_a_cut_off_pdf_is_refused() -> None:
    whole = pdf(LETTER * 20)
    for share in (0.2, 0.5, 0.9):
        assert refused("brev.pdf", whole[: int(len(whole) * share)]).code == "damaged_file"


def test_a_cut_off_word_file_is_refused() -> None:
    whole = word()
    assert refused("brev.docx", whole[: len(whole) // 2]).code == "damaged_file"


def test_a_file_with_macros_is_refused() -> None:
    assert refused("brev.docm", word()).code == "macro_file"
    members = {"[Content_Types].xml": b"macroEnabled", "word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}
    assert refused("brev.docx", package(members)).code == "macro_file"


def test_a_package_that_swells_is_refused() -> None:
    assert refused("brev.zip", package({"brev.txt": b"0" * 60_000_000})).code == "package_bomb"


@pytest.mark.parametrize("path", ["../brev.txt", "/etc/brev.txt", "a/../../brev.txt", "C:\\brev.txt"])
def test_a_package_with_paths_outside_is_refused(path: str) -> None:
    assert refused("brev.zip", package({path: LETTER.encode()})).code == "package_path"


def test_packages_in_packages_and_empty_packages_are_refused() -> None:
    inner = package({"brev.txt": LETTER.encode()})
    assert refused("brev.zip", package({"mer.zip": inner})).code == "package_nested"
    assert refused("brev.zip", package({"__MACOSX/x.txt": b"x"})).code == "package_empty"


def test_a_table_of_ten_thousand_rows_is_refused() -> None:
    assert refused("brev.docx", word(10_000)).code == "table_too_large"
    rows = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 10_000
    assert refused("brev.md", rows.encode()).code == "table_too_large"


def test_a_letter_in_english_is_refused() -> None:
    text = (
        "Letter of allocation\n\nThe Ministry of Health hereby gives the Agency the following goals for the year.\n" * 5
    )
    assert refused("letter.txt", text.encode()).code == "not_norwegian"


def test_an_annual_report_dropped_by_mistake_is_refused() -> None:
    text = (
        "Årsrapport 2025 for Visearkivet\n\nI Leders beretning\nÅret har vært godt, og arkivet har nådd sine mål.\n\n"
        "II Introduksjon til virksomheten og hovedtall\nArkivet har ti ansatte.\n\n"
        "III Årets aktiviteter og resultater\nDet ble samlet inn mange viser.\n"
    )
    assert refused("rapport.txt", text.encode()).code == "annual_report"


def test_no_files_at_all_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_letter([])
    assert caught.value.code == "no_files"


def test_the_program_reads_the_rest_and_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from django.core.management import call_command

    good, bad = tmp_path / "brev.txt", tmp_path / "tom.txt"
    good.write_text("# KILDE: et sted\n" + LETTER, encoding="utf-8")
    bad.write_bytes(b"")
    with pytest.raises(SystemExit) as ended:
        call_command("import_letter", str(bad), str(good), str(tmp_path / "borte.txt"), "--json")
    assert ended.value.code == 2
    printed = capsys.readouterr()
    rows = [json.loads(line) for line in printed.out.splitlines()]
    assert [row["document"]["title"] for row in rows] == ["Tildelingsbrev 2026 til Visearkivet"]
    assert [json.loads(line)["code"] for line in printed.err.splitlines()] == ["empty_file", "no_such_file"]


def test_the_program_takes_folders_and_says_of_each_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    from django.core.management import call_command

    years = tmp_path / "brev"
    for year in (2024, 2025):
        (years / str(year)).mkdir(parents=True)
        (years / str(year) / "brev.txt").write_text(LETTER.replace("2026", str(year)), encoding="utf-8")
    (years / "2025" / "skadet.pdf").write_bytes(pdf(LETTER * 20)[:900])
    (years / "2025" / ".skjult").write_bytes(b"x")
    (tmp_path / "tom").mkdir()
    with pytest.raises(SystemExit) as ended:
        call_command("import_letter", str(years), str(tmp_path / "tom"), "--json")
    assert ended.value.code == 2
    printed = capsys.readouterr()
    titles = [json.loads(line)["document"]["title"] for line in printed.out.splitlines()]
    assert titles == ["Tildelingsbrev 2024 til Visearkivet", "Tildelingsbrev 2025 til Visearkivet"]
    problems = [json.loads(line) for line in printed.err.splitlines()]
    assert [(row["code"], row["file"]) for row in problems] == [("empty_folder", "tom"), ("damaged_file", "skadet.pdf")]
    with pytest.raises(SystemExit) as ended:
        call_command("import_letter", str(tmp_path / "tom"), "--json")
    assert ended.value.code == 3


def test_a_file_marked_as_graded_is_refused_and_an_ordinary_word_is_not() -> None:
    marked = refused("brev.txt", f"BEGRENSET\n\n{LETTER}".encode())
    assert marked.code == "graded_text"
    assert "brev.txt" in str(marked.message)
    assert "BEGRENSET" in str(marked.message)
    assert extract([SourceFile("brev.txt", f"{LETTER}Tilgangen er begrenset.\n".encode())]).text
