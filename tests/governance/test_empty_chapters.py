"""A chapter with nothing in it has no heading where the letter is read, and a place to write in the workspace."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn

from governance import roundtrip, shown
from governance.actions import draft_passages, draft_rows, hearings, new_letter
from governance.actions.documents import DocumentFacts
from governance.content import ContentWriter
from governance.letters.lookup import lookup_for
from governance.models import AssignmentItem, Goal, MeetingRule, Passage, SteeringDocument
from governance.roundtrip.flow import Heading, Part, Rows, flow_of
from governance.roundtrip.reading import read_json
from governance.roundtrip.word import read_word
from governance.selectors import outputs
from governance.selectors.hearings import frozen_snapshot
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter
from tests.governance.test_letters_as_documents import PLAIN, rendered, words_in

LogIn = Callable[[str], Client]
AT = REGISTERED_AT
EMPTY, FILLED = "Særskilte prioriteringer", "Mål, styringsparametere og oppdrag"


@pytest.fixture
def draft(cast: Cast) -> SteeringDocument:
    """A letter from the template: the chapters of priorities and of the calendar have no text."""
    facts = DocumentFacts(kind="allocation_letter", recipient=cast.org("DMP"), title="Neste brev", year=AT.year + 1)
    made = new_letter.start_letter(facts=facts, start="template", actor=cast.actor("officer"), at=AT)
    return SteeringDocument.objects.for_detail().get(pk=made.pk)


def headings(parts: list[Part]) -> list[str]:
    """The titles in reading order."""
    return [part.title for part in parts if isinstance(part, Heading)]


def parts_of(document: SteeringDocument) -> list[Part]:
    """The letter as all three files say it."""
    letter = roundtrip.letter_of(document)
    return flow_of(letter, lookup_for(document, letter).homes)


def test_an_empty_chapter_has_no_heading_in_any_file_and_the_numbers_of_the_others_stay(
    draft: SteeringDocument,
) -> None:
    html = outputs.html_file(draft).decode()
    word = docx.Document(io.BytesIO(outputs.word_file(draft)))
    forms = {
        "html": re.sub(r"<[^>]+>", " ", html),
        "pdf": words_in(rendered(draft, preview=True).reading.content),
        "word": " ".join(node.text or "" for node in word.element.body.iter(qn("w:t"))),
    }
    forms = {form: " ".join(text.translate(PLAIN).split()) for form, text in forms.items()}
    for form, text in forms.items():
        assert EMPTY not in text, form
        assert "Styringskalender" not in text, form
        assert f"3 {FILLED}" in text, form
        assert "Vedlegg II Fullmakter" in text, form


def test_the_files_come_back_equal_with_the_headings_they_did_not_show(draft: SteeringDocument) -> None:
    letter = roundtrip.letter_of(draft)
    assert any(row["text"] == EMPTY for row in letter.passages)
    assert read_word(outputs.word_file(draft)).canonical() == letter.canonical()
    assert read_json(roundtrip.export_json(draft)).canonical() == letter.canonical()


def test_the_workspace_shows_the_empty_place_and_the_other_pages_do_not(
    cast: Cast, log_in: LogIn, draft: SteeringDocument
) -> None:
    officer = log_in("officer")
    writing = officer.get(reverse("governance:draft_write", args=[draft.uuid, "prioriteringer"])).content.decode()
    assert EMPTY in writing
    for name in ("draft", "issue"):
        page = officer.get(reverse(f"governance:{name}", args=[draft.uuid])).content.decode()
        assert f">{EMPTY}<" not in page, name
        assert f">3 {FILLED}<" in page, name
    hearing = hearings.open_hearing(
        document=draft, message="", deadline=AT.date() + timedelta(days=14), actor=cast.actor("officer"), at=AT
    )
    texts = [row.text for row in shown.shown_rows(frozen_snapshot(hearing))]
    assert EMPTY not in texts
    assert f"3 {FILLED}" in texts


def test_the_heading_comes_with_the_first_words_or_rows_of_the_chapter(cast: Cast, draft: SteeringDocument) -> None:
    common = {"document": draft, "actor": cast.actor("officer"), "at": AT}
    assert EMPTY not in headings(parts_of(draft))
    draft_passages.add_passage(text="Beredskap går foran.", chapter="prioriteringer", **common)
    draft_rows.save_row(item_type="calendar", data={"date": f"{AT.year + 1}-04-21", "title": "Møte"}, **common)
    said = headings(parts_of(draft))
    assert said.index(EMPTY) < said.index(FILLED)
    assert "Vedlegg I Styringskalender" in said


def test_rows_that_rest_on_no_words_keep_the_heading_of_their_chapter(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Rapportering", heading_level=1, section_number="6", chapter="rapportering")
        writer.add(MeetingRule, kind="governance", minimum=2)

    parts = parts_of(make_draft(cast, fill=fill, document_date=None))
    assert headings(parts) == ["Rapportering"]
    assert isinstance(parts[-1], Rows)


def test_a_heading_of_a_letter_that_was_read_in_is_never_left_out(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Overskrift uten tekst", heading_level=1, section_number="7")

    letter = make_registered_letter(cast, fill=fill)
    assert headings(parts_of(SteeringDocument.objects.for_detail().get(pk=letter.pk))) == ["Overskrift uten tekst"]


def test_assignments_written_in_a_chapter_of_their_own_are_not_taken_forward_to_their_goal(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Mål", heading_level=1, section_number="2", chapter="mal")
        head = writer.passage("Rette utbetalinger", heading_level=2, kind="structured", chapter="mal")
        goal = writer.add(Goal, passages=[head], reference="2.1", title="Rette utbetalinger")
        writer.passage("Oppdrag", heading_level=1, section_number="3", chapter="oppdrag")
        words = writer.passage("TB2026-1 Enklere refusjon", kind="structured", chapter="oppdrag")
        common = {"goal": goal, "department": cast.department("SHA")}
        writer.add(AssignmentItem, passages=[words], reference="TB2026-1", title="Enklere refusjon", **common)
        writer.add(AssignmentItem, reference="TB2026-2", title="Uten egne ord", **common)

    parts = parts_of(make_draft(cast, fill=fill, document_date=None))
    order = [
        part.title if isinstance(part, Heading) else [row["data"]["reference"] for row in part.items]
        for part in parts
        if isinstance(part, Heading | Rows)
    ]
    assert order == ["Mål", "Rette utbetalinger", ["TB2026-2"], "Oppdrag", ["TB2026-1"]]


def test_annexes_made_here_are_numbered_after_those_the_letter_has(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Fullmakter", heading_level=1, section_number="Vedlegg II", chapter="fullmakter")
        writer.passage("Fullmaktene gjelder for året.", chapter="fullmakter")
        writer.add(MeetingRule, kind="governance", minimum=2)

    draft = make_draft(cast, fill=fill, document_date=None)
    assert Passage.objects.filter(document=draft).count() == 2
    words = words_in(rendered(draft, preview=True).reading.content)
    assert "Vedlegg III Møter" in words
