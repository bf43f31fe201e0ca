"""No text may make the importer slow or make it fail: pathological lines, long texts, noise."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Unreadable
from governance.importing import SourceFile, account, read_letter
from governance.importing.extraction.markdown import inline
from governance.importing.values.dates import find_dates, starts_with_date
from governance.importing.values.money import find_amounts
from governance.importing.values.references import parse_reference
from governance.importing.values.text import join_lines

OPENING = "Departementet skal ikke det som er på og til\n"
PATHOLOGICAL = {
    "spaces": "Oppdrag" + " " * 100_000 + "x\n",
    "digits": "1 " * 60_000,
    "amounts": "123 " * 50_000,
    "dotted": "1." * 60_000,
    "dashes": "- " * 60_000,
    "parentheses": "(" * 60_000,
    "capitals": "A" * 100_000,
    "one_word": "å" * 200_000,
    "blank_lines": "\n" * 200_000,
    "references": "TB2026-1 Tittel\n" * 2_000,
    "changes": "Fristen for oppdrag 2025-1 er " * 4_000,
    "assignments": "".join(f"Oppdrag {n}: Ordne samling\nFrist: 1. mai 2026\n" for n in range(1, 9_000)),
    "deadlines": "TB2026-1 Tittel\n" + "Frist: 1. mai 2026 " * 5_000,
    "goals": "".join(f"Mål {number}: Alle {number} har det godt\n" for number in range(1, 100)) * 10,
    "bullets": "Styringsparametere\n" + "• Antall saker\n" * 4_000,
    "headings": "".join(f"{number // 20 + 1}.{number % 20 + 1} Overskrift\n" for number in range(3_000)),
    "budget": "Budsjett\n" + "702.21 Spesielle 400 kommentar\n" * 2_000,
    "budget_text": "Kap. 702, post 21 tildeles 4 mill. kroner. " * 3_000,
    "calendar": "Kalender\n" + "15. mars Årsrapport for året\n" * 2_000,
    "tabs": "a\tb\tc\n" * 4_000,
    "reports": "Etaten skal i årsrapporten rapportere om dette. " * 3_000,
    "ministries": "Helse- og omsorgsdepartementet Nærings- og " * 5_000,
}


@pytest.mark.parametrize("name", sorted(PATHOLOGICAL))
def test_a_pathological_text_is_read_to_its_end(name: str) -> None:
    """Each text is long enough that code slower than linear would not come to its end here."""
    draft = read_letter([SourceFile("brev.txt", (OPENING + PATHOLOGICAL[name]).encode())])
    assert account(draft).complete


def test_five_megabytes_of_text_are_read() -> None:
    paragraph = (
        "3.1 Samlingen er åpen for alle som vil bruke den\n\n"
        "Arkivet skal i årsrapporten omtale bruken av samlingen og hva som kan\n"
        "gjøres for at flere skal finne fram. Departementet legger vekt på at folk får svar.\n\n"
        "• Antall utlån\n• Antall svar\n\n"
    )
    text = OPENING + paragraph * (5_000_000 // len(paragraph.encode()))
    draft = read_letter([SourceFile("brev.txt", text.encode())])
    assert len(draft.sections) > 10_000


FORMS = """1. Innledning|3.1 Oppdrag|TB2026-1 Noe|Frist: 1. mai|Frist: 31.06.2026|• punkt|o Frist 1.10.2026|| |
Styringsparametere:|Nøkkeltall|Kap. 702, post 21|702.21 Drift 400|1 000 til noe|Kalender|15. mars Rapport|Uke 24 Møte|
Mål 1: Godt|a\tb\tc|Kap.   Post   Beløp|702   21   1 000|Med hilsen|Kopi: Riksrevisjonen|Side 2|\f|(i 1 000 kroner)|
Fullmakter|Sum|økes med 3 mill. kroner til|2.|-""".replace("|\n", "|").split("|")
LINES = st.lists(st.sampled_from(FORMS) | st.text(max_size=60), max_size=40)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_any_lines_are_read_without_an_error_and_without_loss(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        draft = read_letter([SourceFile("brev.txt", text.encode("utf-8", "surrogatepass"))])
    except Unreadable:
        return
    assert account(draft).complete
    for item in draft.items:
        assert 0 <= item.confidence <= 1
        for span in item.spans:
            assert 0 <= span.start <= span.end <= len(draft.canonical.text)
        assert all(0 <= place < len(draft.passages) for place in item.passages)


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["brev.pdf", "brev.docx", "brev.odt", "brev.html", "brev.md", "brev.zip", "brev"]),
)
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes, name: str) -> None:
    heads = {"brev.pdf": b"%PDF-1.7\n", "brev.docx": b"PK\x03\x04", "brev.zip": b"PK\x05\x06"}
    for content in (data, heads.get(name, b"") + data):
        with contextlib.suppress(Unreadable):
            read_letter([SourceFile(name, content)])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_the_small_parsers_take_any_text(text: str) -> None:
    find_dates(text, 2026)
    starts_with_date(text, 2026)
    find_amounts(text)
    assert parse_reference(text).written == text.strip()
    inline(text)
    join_lines(text.split("\n"))
