"""Lines, paragraphs, headings and page furniture (I-01, I-02, I-12, I-15, I-17, I-19)."""

from governance.importing import SourceFile, account, extract
from governance.importing.reading.reader import outline_of
from governance.importing.reading.units import Unit
from tests.governance.importing.reading import read_text


def units(text: str) -> list[Unit]:
    return outline_of(extract([SourceFile("brev.txt", text.encode())])).units


def test_double_spaced_text_is_put_together_and_a_single_space_parts_paragraphs() -> None:
    lines = [
        "Etaten skal gjøre dette og ",
        "mye annet som står på lista og ",
        "som ikke er nevnt. ",
        " ",
        "Neste avsnitt er her og ",
        "slutter her. ",
    ]
    read = units("\n\n".join(lines).replace("\n\n \n\n", "\n\n \n\n"))
    assert [unit.text for unit in read] == [
        "Etaten skal gjøre dette og mye annet som står på lista og som ikke er nevnt.",
        "Neste avsnitt er her og slutter her.",
    ]


def test_page_numbers_do_not_part_a_sentence() -> None:
    read = units(
        "Departementet viser til at etaten har hatt en god utvikling og ber om at den\n"
        " \nSide 2\n\n fortsetter i samme retning også i det kommende året uten flere endringer.\n"
    )
    assert [unit.furniture for unit in read if "Side 2" in unit.text] == [True]


def test_an_elliptic_hyphen_is_kept_and_a_broken_word_is_joined() -> None:
    read = units("Etaten skal ta vare på innovasjons-\nog utviklingsarbeidet sammen med\nfolk i alle virksom-\nhetene.")
    assert (
        read[0].text
        == "Etaten skal ta vare på innovasjons- og utviklingsarbeidet sammen med folk i alle virksomhetene."
    )


def test_neighbouring_numbers_are_a_list_and_others_are_sections() -> None:
    text = (
        "1. Innledning\nBrevet gir rammene for året.\n\n2. Mål\nEtaten har disse målene:\n\n"
        "1. Trygge veier\n2. Rene hav\n"
        "3. God hjelp\n\n3. Oppdrag\nOppdragene står under.\n\n3.1 Nye oppdrag\nDet er ingen nye oppdrag i år.\n"
    )
    read = units(text)
    assert [unit.number for unit in read if unit.is_heading] == ["1", "2", "3", "3.1"]
    assert [unit.text for unit in read if unit.is_item] == ["Trygge veier", "Rene hav", "God hjelp"]


def test_bullets_of_all_kinds_are_list_items() -> None:
    text = "Etaten skal:\n• gjøre dette\n- gjøre hint\n\uf0b7 gjøre noe\na) gjøre a\nb) gjøre b\n1) gjøre en\n"
    assert [unit.marker for unit in units(text) if unit.is_item] == ["•", "-", "\uf0b7", "a)", "b)", "1)"]


def test_a_table_of_contents_is_furniture() -> None:
    read = units(
        "Innhold\n1. Innledning ................ 2\n2. Mål ...................... 3\n\n1. Innledning\nTekst.\n"
    )
    assert [unit.furniture for unit in read] == [False, True, True, False, False]


def test_the_same_section_number_twice_gives_two_sections() -> None:
    draft = read_text(
        "3.2 Møter\nDet holdes møter.\n\n3.2 Fagmøter\nDet holdes flere møter, jf. avsnitt 3.2 og punkt 7.1.\n"
    )
    assert [section.number for section in draft.sections] == ["3.2", "3.2"]
    doubts = {citation.written: citation.unsure[0].code for citation in draft.citations if citation.unsure}
    assert doubts == {"avsnitt 3.2": "duplicate_section", "punkt 7.1": "dangling_reference"}


def test_every_line_belongs_to_a_passage_and_the_share_is_counted() -> None:
    draft = read_text(
        "Oppdrag\nOppdrag 1: Rydde lageret\nLageret skal ryddes.\nFrist: 1. mai 2026\n\nHilsen oss\nSide 2\n"
    )
    coverage = account(draft)
    assert coverage.complete
    assert coverage.furniture == 1
    assert 0.5 < coverage.share_structured <= 1


def test_a_form_feed_in_the_middle_of_a_line_ends_it_and_turns_the_page() -> None:
    draft = read_text("Etaten skal gjøre dette i året\n" + "00000\f0\n" * 3)
    assert account(draft).complete
    assert max(passage.page for passage in draft.passages) == 4


def test_a_list_item_that_breaks_before_the_word_frist_goes_on() -> None:
    draft = read_text(
        "3 Nøkkeltall\n\n"
        "• Antall og andel avgjorte saker om tilskudd til båter utstedt innenfor\n"
        "frist og antall saker som kom inn i løpet av året og ble sendt videre.\n"
        "• Antall klager på vedtak fordelt på omgjøring og opprettholdelse i året\n"
    )
    assert [item.title[:24] for item in draft.key_figures] == ["Antall og andel avgjorte", "Antall klager på vedtak "]
