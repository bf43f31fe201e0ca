"""Amounts and earmarks tied to assignments: on the letter, on the passport and in the agency's year."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn

from assignments.models import Assignment
from governance import roundtrip
from governance.actions.supplements import AmountChange, add_amount
from governance.content import ContentWriter
from governance.letters.paid_for import PaidFor, paid_for
from governance.letters.words import words_for
from governance.models import AssignmentItem, BudgetLine, BudgetSplit, SteeringDocument
from governance.roundtrip.source import exempt_items
from governance.roundtrip.word import read_word
from governance.selectors import outputs
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_registered_letter, write_assignment
from tests.factories.supplements import changeable_letter, supplement
from tests.governance.test_letters_as_documents import rendered, words_in

LogIn = Callable[[str], Client]


def said_in(letter: SteeringDocument, withheld: Sequence[UUID] = ()) -> dict[str, str]:
    """The words of the letter as HTML, PDF and Word."""
    word = docx.Document(io.BytesIO(outputs.word_file(letter, withheld)))
    made = {
        "html": outputs.html_file(letter, withheld).decode(),
        "pdf": words_in(rendered(letter, withheld=withheld).reading.content),
        "word": " ".join(node.text or "" for node in word.element.body.iter(qn("w:t"))),
    }
    return {form: " ".join(text.replace("\u00a0", " ").split()) for form, text in made.items()}


def pay(writer: ContentWriter, cast: Cast) -> None:
    """An assignment, an amount for one of its points, and an earmark of another line for it."""
    item = write_assignment(writer, cast, "TB2026-20", "Digital heimeoppfølging")
    writer.add(BudgetLine, chapter=760, post=21, name="Drift", amount=9_500_000, assignment_item=item, anchor="3d")
    line = writer.add(BudgetLine, chapter=714, post=21, name="Folkehelse", amount=30_000_000)
    writer.add(BudgetSplit, line=line, label="pårørende", amount=2_000_000, kind="earmark", assignment_item=item)


@time_machine.travel(REGISTERED_AT, tick=False)
def test_money_is_shown_where_it_is_read(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast, fill=pay)
    client = log_in("controller")
    page = client.get(reverse("governance:document", args=[letter.uuid])).content.decode()
    assert "til TB2026-20, 3d" in page
    assert "Herav øremerket 2\u00a0000, pårørende, til TB2026-20" in page
    assignment = Assignment.objects.get(item=AssignmentItem.objects.get(document=letter))
    passport = client.get(reverse("assignments:passport", args=[assignment.uuid])).content.decode()
    assert "Penger knyttet til oppdraget" in passport
    assert "9\u00a0500" in passport
    assert "714.21 pårørende" in passport
    year = client.get(reverse("reporting:agency_year", args=[cast.org("DMP").uuid, 2026])).content.decode()
    assert "til TB2026-20" in year


@time_machine.travel(REGISTERED_AT, tick=False)
def test_the_letter_says_in_every_form_which_assignment_an_amount_is_for(cast: Cast) -> None:
    letter = make_registered_letter(cast, fill=pay)
    letter = SteeringDocument.objects.for_detail().get(pk=letter.pk)
    said = said_in(letter)
    for form, text in said.items():
        assert "Til oppdrag TB2026-20, punkt 3d" in text, form
    for form in ("html", "pdf"):
        assert "pårørende 2 000 (øremerket; til oppdrag TB2026-20)" in said[form], form
    assert "2 000 Til oppdrag TB2026-20" in said["word"]
    held = roundtrip.letter_of(letter)
    assert read_word(outputs.word_file(letter)).canonical() == held.canonical()


@time_machine.travel(REGISTERED_AT, tick=False)
@pytest.mark.parametrize("whole", [False, True])
def test_an_exempt_assignment_is_named_by_its_number_beside_the_money(cast: Cast, whole: bool) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        item = write_assignment(
            writer, cast, "TB2026-21", "Skjult tittel", restricted=True, restricted_basis="offl. § 15",
            restricted_by="SHA",
        )  # fmt: skip
        writer.add(BudgetLine, chapter=760, post=21, name="Drift", amount=9_500_000, assignment_item=item)

    made = make_registered_letter(cast, fill=fill)
    letter = SteeringDocument.objects.for_detail().get(pk=made.pk)
    for form, text in said_in(letter, () if whole else exempt_items(letter)).items():
        assert "Til oppdrag TB2026-21" in text, form
        assert "Til oppdrag TB2026-21 Skjult" not in text, form
        assert whole or "Skjult tittel" not in text, form


@time_machine.travel(REGISTERED_AT, tick=False)
def test_money_of_a_supplement_names_an_assignment_of_the_letter_it_supplements(cast: Cast) -> None:
    letter = changeable_letter(cast)
    item = AssignmentItem.objects.filter(document=letter).exclude(reference="").order_by("ordinal")[0]
    draft = supplement(cast, letter)
    change = AmountChange(
        chapter=799, post=21, amount=500_000, name="Formål", basis="additional", assignment=item.uuid, anchor="b"
    )
    add_amount(document=draft, change=change, actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=None)
    draft = SteeringDocument.objects.for_detail().get(pk=draft.pk)
    for form, text in said_in(draft).items():
        assert f"Til oppdrag {item.reference}, bokstav b" in text, form


@pytest.mark.parametrize(
    ("assigned", "anchor", "words"),
    [
        (PaidFor("TB2026-03", "", 3), "3d", "Til oppdrag TB2026-03, bokstav d"),
        (PaidFor("TB2026-03", "", 3), "D", "Til oppdrag TB2026-03, bokstav d"),
        (PaidFor("TB2026-03", "", 3), "2", "Til oppdrag TB2026-03, punkt 2"),
        (PaidFor("TB2026-03", "", 3), "7d", "Til oppdrag TB2026-03, punkt 7d"),
        (PaidFor("TB2026-03", "", 3), "bokstav d", "Til oppdrag TB2026-03, bokstav d"),
        (PaidFor("", "Digital oppfølging", None), "", "Til oppdrag «Digital oppfølging»"),
        (PaidFor("", "", None), "", "Til et oppdrag"),
    ],
)
def test_a_point_is_said_as_a_letter_says_it(assigned: PaidFor, anchor: str, words: str) -> None:
    row: dict[str, Any] = {"assignment_item": "a", "anchor": anchor}
    assert paid_for(words_for("nb"), row, {"a": assigned}) == words
    assert paid_for(words_for("nb"), {**row, "assignment_item": None}, {"a": assigned}) == ""
