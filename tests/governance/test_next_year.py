"""The draft of next year: read as a letter is read, with what ends said to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from core.clock import OSLO
from governance.actions import new_letter
from governance.actions.change_base import Wish
from governance.actions.documents import DocumentFacts
from governance.actions.supplements import add_paragraph
from governance.content import ContentWriter
from governance.drafting.acts import WITHDRAW
from governance.models import (
    AssignmentItem,
    CalendarItem,
    DeliveryItem,
    Goal,
    ItemPassage,
    Passage,
    ReportingRequirement,
    SteeringDocument,
)
from governance.models import SteeringParameter as Parameter
from governance.shown import ShownRow
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_registered_letter
from tests.factories.supplements import change, issue

LogIn = Callable[[str], Client]
YEAR = REGISTERED_AT.year + 1
AT = datetime(YEAR - 1, 10, 5, 9, 0, tzinfo=OSLO)


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """The letter in force, its parameters under their goals."""
    return make_registered_letter(cast)


def _empty_next(cast: Cast) -> SteeringDocument:
    """A draft for next year, ready for last year's content."""
    facts = DocumentFacts(kind="allocation_letter", recipient=cast.org("DMP"), title="Neste brev", year=YEAR)
    made = new_letter.start_letter(facts=facts, start="last_year", actor=cast.actor("officer"), at=AT)
    return SteeringDocument.objects.for_detail().get(pk=made.pk)


def next_draft(cast: Cast, **choices: str) -> SteeringDocument:
    """A draft from last year, with a choice for each assignment named by number."""
    document = _empty_next(cast)
    numbers = {f"n{row.number}": str(row.uuid) for row in AssignmentItem.objects.exclude(document=document)}
    new_letter.take_from_last_year(
        document=document, choices={numbers[name]: fate for name, fate in choices.items()},
        actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    return SteeringDocument.objects.for_detail().get(pk=document.pk)


def test_an_assignment_that_ends_is_said_to_end_and_is_not_given_again(cast: Cast, letter: SteeringDocument) -> None:
    draft = next_draft(cast, n5="close")
    row = AssignmentItem.objects.get(document=draft)
    assert (row.change, row.changes_reference, row.body) == ("withdrawn", row.reference, "")
    assert not DeliveryItem.objects.filter(document=draft).exists()
    text = list(Passage.objects.filter(document=draft, chapter="mal").values_list("text", flat=True))
    assert "Oppdraget trekkes." in text
    assert not any("Direktoratet skal arbeide med nat" in words for words in text)


def test_each_goal_is_followed_by_what_stands_under_it(cast: Cast, letter: SteeringDocument) -> None:
    draft = next_draft(cast, n3="change")
    text = list(
        Passage.objects.filter(document=draft, chapter="mal").order_by("ordinal").values_list("text", flat=True)
    )
    wanted = []
    for goal in Goal.objects.filter(document=draft).order_by("ordinal"):
        wanted += [goal.title, *Parameter.objects.filter(goal=goal).values_list("title", flat=True)]
        wanted += list(goal.key_figures.values_list("title", flat=True))
    assert len(wanted) == 9
    assert [words for words in text if words in wanted] == wanted


def test_a_report_named_by_its_year_is_next_year_named_by_the_next(cast: Cast, letter: SteeringDocument) -> None:
    draft = next_draft(cast)
    held = CalendarItem.objects.get(document=letter, title__startswith="Årsrapport")
    row = CalendarItem.objects.get(document=draft, title__startswith="Årsrapport")
    assert held.budget_year is not None
    assert (row.title, row.budget_year) == (f"Årsrapport {held.budget_year + 1}", held.budget_year + 1)


def test_rows_are_named_with_words_and_choices_not_made_are_said_in_norwegian(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    facts = DocumentFacts(kind="allocation_letter", recipient=cast.org("DMP"), title="Neste brev", year=YEAR)
    draft = new_letter.start_letter(facts=facts, start="last_year", actor=cast.actor("officer"), at=AT)
    page = log_in("officer").get(reverse("governance:draft_last_year", args=[draft.uuid])).content.decode()
    assert "Virksomhetsrapport, kopi til Riksrevisjonen" in page
    assert "activity_report" not in page
    new = log_in("officer").get(reverse("governance:new_letter")).content.decode()
    assert "Velg" in new
    assert "Select an option" not in new
    goal = log_in("officer").get(reverse("governance:draft_write", args=[draft.uuid, "mal"]) + "?ny=goal")
    assert "Overordnet mål" in goal.content.decode()


def test_the_words_of_a_row_do_not_repeat_its_label() -> None:
    uuid = uuid4()
    assert ShownRow(uuid, "TB-1 Øvelse", "TB-1 Øvelse\nHold en øvelse.").words == "Hold en øvelse."
    assert ShownRow(uuid, "Antall", "Antall. Resultatkrav: 90 dager.").words == "Resultatkrav: 90 dager."
    assert ShownRow(uuid, "3.1 Rask tilgang", "Rask tilgang").words == ""
    assert ShownRow(uuid, "", "Bare tekst.").words == "Bare tekst."


def test_what_a_supplement_says_of_itself_is_not_next_years_prose(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    item = AssignmentItem.objects.get(document=letter, number=3)
    made = new_letter.start_letter(
        facts=DocumentFacts(
            kind="supplement", recipient=cast.org("DMP"), title="Tillegg A", year=YEAR - 1, supplements=letter
        ),
        start="template",
        actor=cast.actor("officer"),
        at=REGISTERED_AT,
    )
    added = SteeringDocument.objects.for_detail().get(pk=made.pk)
    intro = Passage.objects.get(document=added, chapter="innledning", heading_level=0).text
    change(cast, added, Wish(WITHDRAW, item.uuid, reason="Oppdraget er løst."))
    common: dict[str, Any] = {"actor": cast.actor("officer"), "at": REGISTERED_AT, "expected_version": None}
    add_paragraph(document=added, heading="Krav til beredskap", text="Planen øves hvert år.", **common)
    issue(cast, added)
    page = log_in("officer").get(
        reverse("governance:draft_last_year", args=[_empty_next(cast).uuid])
    ).content.decode()  # fmt: skip
    assert "fra Tillegg A, tas ikke med om ikke annet velges" in page
    text = "\n".join(Passage.objects.filter(document=next_draft(cast)).values_list("text", flat=True))
    for words in (intro, "Oppdraget er løst.", "Planen øves hvert år.", "Krav til beredskap"):
        assert words not in text
    section = str(Passage.objects.get(document=added, text="Krav til beredskap").uuid)
    chosen = _empty_next(cast)
    new_letter.take_from_last_year(document=chosen, choices={section: "keep"}, actor=cast.actor("officer"), at=AT)
    text = "\n".join(Passage.objects.filter(document=chosen).values_list("text", flat=True))
    assert "Planen øves hvert år." in text
    assert intro not in text


def test_running_text_of_the_letter_is_taken_along_alone(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Samfunnsoppdraget", heading_level=1)
        writer.passage("Direktoratet skal virke for god folkehelse.")

    first = make_registered_letter(cast, fill=fill)

    def add(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("Vi viser til brevet og gir med dette et tillegg.")

    make_registered_letter(cast, kind="supplement", title="Tillegg B", fill=add, supplements=first)
    text = list(Passage.objects.filter(document=next_draft(cast)).values_list("text", flat=True))
    assert "Direktoratet skal virke for god folkehelse." in text
    assert not any("gir med dette et tillegg" in words for words in text)


def test_what_the_running_text_says_is_not_said_again_by_the_rows_that_rest_on_it(cast: Cast) -> None:
    words = "Årsrapporten skal vise effektiviseringen og hvilke gevinster som er tatt ut."

    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.passage("2 Våre viktigste mål", heading_level=1, section_number="2")
        held = writer.passage(words)
        common = {"when": "annual_report", "text": words, "passages": [held]}
        for number, title in enumerate(("Effektivisering", "Gevinster"), start=1):
            writer.add(ReportingRequirement, reference=f"RK{number}", title=title, **common)

    make_registered_letter(cast, fill=fill)
    draft = next_draft(cast)
    copy = Passage.objects.get(document=draft, text=words)
    rows = set(ReportingRequirement.objects.filter(document=draft).values_list("uuid", flat=True))
    assert len(rows) == 2
    assert set(ItemPassage.objects.filter(passage=copy).values_list("item", flat=True)) == rows
    headings = Passage.objects.filter(document=draft, heading_level=1, chapter="prioriteringer")
    assert [passage.printed for passage in headings] == ["2 Våre viktigste mål"]
