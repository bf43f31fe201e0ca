"""The same letter as Word, OpenDocument, HTML, PDF, zip and several files gives the same rows."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from governance.importing import DraftLetter, SourceFile, account, read_letter, to_gold
from tests.governance.importing.reading import read_path, scorer
from tests.governance.importing.remake import Piece, pieces_of, to_html, to_odt, to_pdf, to_word

NAME = "tildelingsbrev-dmp-2026"


@pytest.fixture(scope="module")
def pieces(shared: Path) -> list[Piece]:
    path = shared / "seeds" / f"{NAME}.txt"
    return pieces_of(path.name, path.read_bytes(), read_path(path))


def same_rows(draft: DraftLetter, shared: Path) -> None:
    gold = json.loads((shared / "gold" / f"{NAME}.json").read_text(encoding="utf-8"))
    result = scorer(shared).score(gold, to_gold(draft))
    assert result["overall"]["f1"] == 1.0, result["misses"]
    assert account(draft).complete


def test_word_with_automatic_numbers_and_merged_cells_gives_the_same_rows(pieces: list[Piece], shared: Path) -> None:
    draft = read_letter([SourceFile("brev.docx", to_word(pieces))])
    same_rows(draft, shared)
    numbers = [section.number for section in draft.sections]
    assert "3.1.1" in numbers
    assert "6.3" in numbers
    heads = [passage for passage in draft.passages if passage.text.startswith("Unummerert topptekst")]
    assert [passage.kind.value for passage in heads] == ["furniture"]
    assert draft.canonical.sources[0].extractor == "python-docx"


def test_opendocument_gives_the_same_rows(pieces: list[Piece], shared: Path) -> None:
    same_rows(read_letter([SourceFile("brev.odt", to_odt(pieces))]), shared)


def test_html_gives_the_same_rows(pieces: list[Piece], shared: Path) -> None:
    same_rows(read_letter([SourceFile("brev.html", to_html(pieces).encode())]), shared)


def test_pdf_gives_the_same_rows_with_pages_and_without_running_heads(pieces: list[Piece], shared: Path) -> None:
    draft = read_letter([SourceFile("brev.pdf", to_pdf(to_html(pieces)))])
    same_rows(draft, shared)
    assert max(passage.page for passage in draft.passages) > 5
    assert {passage.kind.value for passage in draft.passages if passage.text.startswith("Topptekst")} == {"furniture"}
    assert draft.canonical.sources[0].pages > 5


def test_cover_body_and_annex_in_a_zip_are_one_letter() -> None:
    files = {
        "1 Oversendelse.txt": "Kulturdepartementet\n\nTildelingsbrev 2026 til Visearkivet\n\nDato: 5. januar 2026\n",
        "2 Brev.txt": "3 Oppdrag\nOppdrag 1: Ordne samlingen av viser\nArkivet skal ordne den.\nFrist: 1. mai 2026\n",
        "10 Vedlegg.txt": "Vedlegg 1 Møtekalender\n15. mars: Årsrapport for 2025\n1. juni: Innspill til budsjettet\n",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    draft = read_letter([SourceFile("brev.zip", packed.getvalue())])
    assert [source.name for source in draft.canonical.sources] == ["1 Oversendelse.txt", "2 Brev.txt", "10 Vedlegg.txt"]
    assert draft.facts.agency.value == "Visearkivet"
    assert [item.title for item in draft.assignments] == ["Ordne samlingen av viser"]
    assert [item.title for item in draft.calendar] == ["Årsrapport for 2025", "Innspill til budsjettet"]
    alone = read_letter([SourceFile(name, text.encode()) for name, text in files.items()])
    assert to_gold(alone) == to_gold(draft)


def test_latin_1_text_is_recognised() -> None:
    text = (
        "Tildelingsbrev 2026 til Målrådet\n\n3 Oppdrag\nOppdrag 1: Følge opp språkbruken på nett\nFrist: 1. mai 2026\n"
    )
    draft = read_letter([SourceFile("brev.txt", text.encode("latin-1"))])
    assert draft.assignments[0].title == "Følge opp språkbruken på nett"


def test_offsets_point_into_the_canonical_text_of_every_format(pieces: list[Piece]) -> None:
    for name, data in (("brev.docx", to_word(pieces)), ("brev.html", to_html(pieces).encode())):
        draft = read_letter([SourceFile(name, data)])
        text = draft.canonical.text
        for passage in draft.passages:
            assert text[passage.start : passage.end] == passage.text
        first = draft.assignments[0]
        assert first.reference is not None
        number = next(span for span in first.spans if span.field == "nummer")
        assert text[number.start : number.end] == first.reference.written


def test_two_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    column = "".join(
        f"<p>Avsnitt {number} handler om samlingen og om hvordan den skal brukes av folk som kommer innom for å lete"
        " etter gamle viser og lydopptak fra hele landet. Arkivet skal svare dem så fort det lar seg gjøre.</p>"
        for number in range(1, 13)
    )
    page = (
        "<!doctype html><html lang='nb'><head><style>@page{size:A4;margin:20mm}body{font:10pt 'Liberation Serif'}"
        "div{columns:2;column-gap:8mm;text-align:justify}</style></head><body>"
        f"<h1>Tildelingsbrev 2026 til Visearkivet som er satt i to spalter</h1><div>{column}</div></body></html>"
    )
    draft = read_letter([SourceFile("brev.pdf", to_pdf(page))])
    text = " ".join(draft.canonical.text.split())
    places = [text.index(f"Avsnitt {number} handler om samlingen og om hvordan") for number in range(1, 13)]
    assert places == sorted(places)
    assert text.startswith("Tildelingsbrev 2026 til Visearkivet")
    assert account(draft).complete
