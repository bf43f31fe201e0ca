"""A letter as Word comes back as the same letter, and what a person did to it in Word is found, never dropped."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Unreadable
from governance import roundtrip
from governance.roundtrip.word import read_word, write_word
from governance.roundtrip.word.values import blank, field_of, read, shown
from tests.cast import Cast
from tests.factories.documents import make_draft, make_registered_letter
from tests.governance.letters_out import import_letter, real_letters, write_everything
from tests.governance.test_letters_as_json import WORDS, refused_by, small_letter


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file after a person has worked in it."""
    document = docx.Document(io.BytesIO(data))
    change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def control(document: Any, ending: str) -> Any:
    """The content control whose tag ends so."""
    for element in document.element.body.iter(qn("w:sdt")):
        tag = element.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        if tag.endswith(ending):
            return element
    raise AssertionError(ending)


def write(element: Any, text: str) -> None:
    """Type over the words of a control."""
    found = list(element.iter(qn("w:t")))
    if not found:
        run = next(element.iter(qn("w:r")))
        found = [run.makeelement(qn("w:t"))]
        run.append(found[0])
    found[0].text = text
    for other in found[1:]:
        other.text = ""


@pytest.fixture
def letter(cast: Cast) -> roundtrip.Letter:
    """A draft with every kind of row."""
    return roundtrip.letter_of(make_draft(cast, fill=write_everything))


def row(letter: roundtrip.Letter, key: str, number: int = 0) -> Any:
    """A row of a type."""
    return [one for one in letter.items if one["type"] == key][number]


def test_a_letter_with_every_kind_of_row_comes_back_equal_with_the_same_bytes(letter: roundtrip.Letter) -> None:
    data = write_word(letter)
    assert read_word(data).canonical() == letter.canonical()
    assert write_word(letter) == data
    assert read_word(edited(data, lambda _document: None)).canonical() == letter.canonical()


def test_every_real_letter_comes_back_equal_from_word(cast: Cast, shared: Path) -> None:
    for path in real_letters(shared)[::3]:
        letter = roundtrip.letter_of(import_letter(cast, path))
        assert read_word(write_word(letter)).canonical() == letter.canonical(), path.name


def test_the_file_has_heading_styles_table_heads_languages_and_a_head(letter: roundtrip.Letter) -> None:
    document = docx.Document(io.BytesIO(write_word(letter)))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Heading 4", "List Bullet"} <= styles
    assert all(next(table.rows[0]._tr.iter(qn("w:tblHeader")), None) is not None for table in document.tables)
    assert {lang.get(qn("w:val")) for lang in document.element.body.iter(qn("w:lang"))} >= {"nb-NO", "nn-NO"}
    assert "Helse- og omsorgsdepartementet" in "".join(
        node.text or "" for node in document.sections[0].header._element.iter(qn("w:t"))
    )


def test_changed_words_dates_and_amounts_are_found_in_their_own_rows(letter: roundtrip.Letter) -> None:
    line, goal, calendar = row(letter, "budget_line"), row(letter, "goal"), row(letter, "calendar")

    def change(document: Any) -> None:
        write(control(document, f"{line['uuid']}:amount"), "65 000,5")
        write(control(document, f"{goal['uuid']}:title"), "Raskere tilgang")
        write(control(document, f"{calendar['uuid']}:date"), "22.4.2026")
        write(control(document, f"p:{letter.passages[1]['uuid']}"), "Brevet gjelder nå 2026.")

    again = read_word(edited(write_word(letter), change))
    assert row(again, "budget_line")["data"]["amount"] == 65_000_500
    assert row(again, "goal")["data"]["title"] == "Raskere tilgang"
    assert row(again, "calendar")["data"]["date"] == "2026-04-22"
    assert again.passages[1]["text"] == "Brevet gjelder nå 2026."
    assert sum(a != b for a, b in zip(letter.items, again.items, strict=True)) == 3


def test_a_deleted_row_and_paragraph_are_taken_out_and_new_ones_are_new(letter: roundtrip.Letter) -> None:
    income, first = row(letter, "budget_line", 1), letter.passages[2]

    def change(document: Any) -> None:
        for ending in (f"{income['uuid']}:name",):
            line = next(one for one in control(document, ending).iterancestors(qn("w:tr")))
            fresh = copy.deepcopy(line)
            for element in list(fresh.iter(qn("w:sdt"))):
                element.getparent().remove(element)
            cells = [docx.table._Cell(one, None) for one in fresh.iter(qn("w:tc"))]
            for cell, text in zip(cells, ("746", "1", "Driftsutgifter", "tildeling", "458 591"), strict=False):
                cell.paragraphs[0].add_run(text)
            line.addnext(fresh)
            line.getparent().remove(line)
        paragraph = next(one for one in control(document, f"p:{first['uuid']}").iterancestors(qn("w:p")))
        before = docx.text.paragraph.Paragraph(paragraph, document._body)
        before.insert_paragraph_before("Et nytt avsnitt som ingen hadde tenkt på.")
        paragraph.getparent().remove(paragraph)

    again = read_word(edited(write_word(letter), change))
    assert income["uuid"] not in {one["uuid"] for one in again.items}
    fresh = next(one for one in again.items if one["uuid"] not in letter.exported["rows"])
    assert (fresh["type"], fresh["data"]["chapter"], fresh["data"]["amount"]) == ("budget_line", 746, 458_591_000)
    assert first["uuid"] not in {one["uuid"] for one in again.passages}
    added = [one for one in again.passages if one["uuid"] not in letter.exported["rows"]]
    assert [one["text"] for one in added] == ["Et nytt avsnitt som ingen hadde tenkt på."]


def test_a_line_typed_under_the_deliveries_and_in_a_cell_of_parts_is_one_more_of_them(letter: roundtrip.Letter) -> None:
    assignment, line = row(letter, "assignment"), row(letter, "budget_line")
    last = assignment["data"]["deliveries"][-1]

    def change(document: Any) -> None:
        ending = f"c:{assignment['uuid']}:deliveries:{last['uuid']}:title"
        bullet = next(one for one in control(document, ending).iterancestors(qn("w:p")))
        copied = copy.deepcopy(bullet)
        fresh = copy.deepcopy(bullet)
        for element in list(fresh.iter(qn("w:sdt"))):
            element.getparent().remove(element)
        for element in list(fresh.iter(qn("w:r"))):
            element.getparent().remove(element)
        docx.text.paragraph.Paragraph(fresh, document._body).add_run("Sluttrapport Frist: 1. oktober 2026")
        bullet.addnext(fresh)
        fresh.addnext(copied)
        cell = next(one for one in control(document, f"{line['uuid']}:amount").iterancestors(qn("w:tr")))
        docx.table._Cell(list(cell.iter(qn("w:tc")))[-1], None).add_paragraph("beredskap · 1 200")

    again = read_word(edited(write_word(letter), change))
    deliveries = row(again, "assignment")["data"]["deliveries"]
    assert len(deliveries) == len(assignment["data"]["deliveries"]) + 2
    assert (deliveries[-2]["title"], deliveries[-2]["deadline"], deliveries[-2]["deadline_kind"]) == (
        "Sluttrapport", "2026-10-01", "date",
    )  # fmt: skip
    assert deliveries[-1]["title"] == last["title"]
    splits = row(again, "budget_line")["data"]["splits"]
    assert (splits[-1]["label"], splits[-1]["amount"]) == ("beredskap", 1_200_000)
    assert len(splits) == len(line["data"]["splits"]) + 1
    known = {one["uuid"] for one in again.passages}
    assert known == {one["uuid"] for one in letter.passages}, "no line became a paragraph as well"


def test_words_typed_beside_a_control_belong_to_its_passage(letter: roundtrip.Letter) -> None:
    passage = letter.passages[1]

    def change(document: Any) -> None:
        element = next(one for one in control(document, f"p:{passage['uuid']}").iterancestors(qn("w:p")))
        docx.text.paragraph.Paragraph(element, document._body).add_run(" Ny setning.").bold = True

    again = read_word(edited(write_word(letter), change))
    assert again.passages[1]["text"] == f"{passage['text']} Ny setning."
    assert "<strong> Ny setning.</strong>" in again.passages[1]["rich"]


def test_what_cannot_be_read_is_refused_with_every_field(letter: roundtrip.Letter) -> None:
    line, calendar = row(letter, "budget_line"), row(letter, "calendar")

    def change(document: Any) -> None:
        write(control(document, f"{line['uuid']}:amount"), "mange penger")
        write(control(document, f"{calendar['uuid']}:date"), "31.2.2026")

    words = refused_by(read_word, edited(write_word(letter), change))
    assert "mange penger" in words
    assert "31.2.2026" in words


def test_files_that_are_not_ours_are_refused_with_a_sentence(letter: roundtrip.Letter) -> None:
    good = write_word(letter)
    assert "ødelagt" in refused_by(read_word, good[:2000])
    assert "ødelagt" in refused_by(read_word, b"PK not a zip")
    assert "gammelt Word-format" in refused_by(read_word, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest")
    held = io.BytesIO(good)
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    assert "makroer" in refused_by(read_word, held.getvalue())
    other = io.BytesIO()
    docx.Document().save(other)
    assert "mangler merkene" in refused_by(read_word, other.getvalue())


@given(text=WORDS, title=WORDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_words_come_back_equal_from_word(text: str, title: str) -> None:
    letter = small_letter(text, title, 2026)
    assert read_word(write_word(letter)).canonical() == letter.canonical()


@given(amount=st.integers(-(10**12), 10**12), day=st.dates(min_value=date(1900, 1, 1)), time=st.times())
def test_values_are_read_as_they_are_shown(amount: int, day: Any, time: Any) -> None:
    whole = time.replace(second=0, microsecond=0).isoformat()
    for key, name, value in (
        ("budget_line", "amount", amount), ("authorisation", "limit", amount),
        ("calendar", "date", day.isoformat()), ("calendar", "time", whole),
    ):  # fmt: skip
        field = field_of(key, name)
        assert read(field, shown(field, value)) == value
    assert blank("assignment")["deliveries"] == []


def test_a_registered_letter_is_written_with_its_shells(cast: Cast) -> None:
    document = make_registered_letter(cast, fill=write_everything)
    assert Unreadable.code
    assert read_word(write_word(roundtrip.letter_of(document))).head["uuid"] == str(document.uuid)
