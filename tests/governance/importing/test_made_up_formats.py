"""Made-up letters as Word, OpenDocument, HTML, PDF and a package of several files give the same rows as their text."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from governance.importing import DraftLetter, SourceFile, account, read_letter, to_gold
from tests.governance.importing.reading import scorer
from tests.governance.importing.remake import Piece, pieces_as_set_out, to_html, to_odt, to_pdf, to_word
from tests.governance.importing.test_made_up_letters import LETTERS, letter

NAMES = (
    "borgervern-2023-nb",
    "grenseregister-2022-nb",
    "husleieombudet-2025-nb",
    "plankontoret-2026-nb",
    "sjoekart-supp-2021-nn",
    "skogforvaltning-nb",
    "studiehjelpen-supp-2023-nb",
    "tunneltilsynet-2016-nn",
    "utenriks-nb",
)


def made(pieces: list[Piece], form: str) -> SourceFile:
    makers = {
        "docx": lambda: to_word(pieces),
        "odt": lambda: to_odt(pieces),
        "html": lambda: to_html(pieces).encode(),
        "pdf": lambda: to_pdf(to_html(pieces)),
    }
    return SourceFile(f"brev.{form}", makers[form]())


def same_rows(name: str, draft: DraftLetter, shared: Path) -> None:
    gold = json.loads((LETTERS / f"{name}.json").read_text(encoding="utf-8"))
    result = scorer(shared).score(gold, to_gold(draft))
    assert result["overall"]["f1"] == 1.0, result["misses"]
    assert account(draft).complete


@pytest.mark.parametrize("form", ["docx", "odt", "html", "pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_a_made_up_letter_gives_the_same_rows_in_every_format(name: str, form: str, shared: Path) -> None:
    path = letter(name)
    pieces = pieces_as_set_out(path.name, path.read_bytes())
    same_rows(name, read_letter([made(pieces, form)]), shared)


def test_a_package_of_a_word_body_and_an_annex_as_pdf_is_the_same_letter(shared: Path) -> None:
    path = letter("husleieombudet-2025-nb")
    body, annex = path.read_text(encoding="utf-8").rsplit("Vedlegg 1: Styringskalender", 1)
    parts = {
        "1 brev.docx": made(pieces_as_set_out("a.txt", body.encode()), "docx").data,
        "2 vedlegg.pdf": made(
            pieces_as_set_out("b.txt", f"Vedlegg 1: Styringskalender\n\n{annex}".encode()), "pdf"
        ).data,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    draft = read_letter([SourceFile("brev.zip", packed.getvalue())])
    same_rows("husleieombudet-2025-nb", draft, shared)
    assert [source.name for source in draft.canonical.sources] == list(parts)


def test_short_paragraphs_of_a_pdf_are_kept_apart() -> None:
    """In a letter of lists most steps from line to line are gaps between paragraphs."""
    page = (
        "<p>Tildelingsbrev 2026 til Visearkivet</p><h2>3 Oppdrag</h2><p>Oppdrag 1: Ordne samlingen av viser</p>"
        "<p>Arkivet skal ordne den.</p><p>Frist: 1. mai 2026</p><p>Oppdrag 2: Lage et register</p><p>Arkivet skal "
        "lage det.</p><p>Frist: 1. juni 2026</p>"
    )
    draft = read_letter([SourceFile("brev.pdf", to_pdf(f"<html lang='nb'><body>{page}</body></html>"))])
    assert [item.title for item in draft.assignments] == ["Ordne samlingen av viser", "Lage et register"]
    assert next(item.body for item in draft.assignments).startswith("Arkivet skal ordne den.")
