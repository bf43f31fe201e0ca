"""A goal that ends while what belongs to it comes along: somebody chooses what to do before the draft is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import RuleBroken
from governance.actions import draft_rows, new_letter
from governance.content import ContentWriter
from governance.models import CalendarItem, Goal, KeyFigure, ReportingRequirement, SteeringDocument, SteeringParameter
from tests.cast import Cast
from tests.factories.documents import make_registered_letter
from tests.governance.test_next_year import AT, _empty_next

LogIn = Callable[[str], Client]


def write_goals(writer: ContentWriter, cast: Cast) -> None:
    """Two goals with a parameter each; the first has a sub-goal with a parameter and a key figure of its own."""
    first = writer.add(Goal, reference="3.1", title="Rask tilgang")
    second = writer.add(Goal, reference="3.2", title="Trygg bruk")
    sub = writer.add(Goal, reference="3.1.1", title="Kortere kø", level="sub", parent=first)
    for goal in (first, second, sub):
        writer.add(SteeringParameter, goal=goal, title=f"Tid, {goal.title}")
    writer.add(KeyFigure, goal=sub, title="Antall i kø")
    meeting = writer.add(CalendarItem, date=date(AT.year, 4, 21), title="Møte om rapporten", kind="meeting")
    writer.add(ReportingRequirement, title="Møtepapirer", when="date", calendar_item=meeting)


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """The letter in force."""
    return make_registered_letter(cast, fill=write_goals)


def uuid_of(letter: SteeringDocument, title: str) -> str:
    """The id of a goal or entry of the letter."""
    row = Goal.objects.filter(document=letter, title=title).first()
    return str((row or CalendarItem.objects.get(document=letter, title=title)).uuid)


def take(cast: Cast, letter: SteeringDocument, *closed: str, **answers: str) -> SteeringDocument:
    """The draft with these goals closed; answers by the title's first word, a title standing for its row."""
    draft = _empty_next(cast)
    titles = {"Rask": "Rask tilgang", "Trygg": "Trygg bruk", "Kortere": "Kortere kø", "Møte": "Møte om rapporten"}
    new_letter.take_from_last_year(
        document=draft,
        choices={uuid_of(letter, title): "close" for title in closed},
        answers={
            uuid_of(letter, titles[word]): uuid_of(letter, titles[answer]) if answer in titles else answer
            for word, answer in answers.items()
        },
        actor=cast.actor("officer"),
        at=AT,
    )
    return draft


def test_everything_that_would_be_detached_is_told_at_once_and_nothing_is_written(
    cast: Cast, letter: SteeringDocument
) -> None:
    with pytest.raises(RuleBroken) as refused:
        take(cast, letter, "Rask tilgang", "Trygg bruk", "Møte om rapporten")
    assert [problem.message for problem in refused.value.problems] == [
        "Mål «3.1 Rask tilgang» blir ikke med, men dette hører til og blir med: mål «3.1.1 Kortere kø»; "
        "styringsparameter «Tid, Rask tilgang».",
        "Mål «3.2 Trygg bruk» blir ikke med, men dette hører til og blir med: styringsparameter «Tid, Trygg bruk».",
        "Kalenderpost «Møte om rapporten» blir ikke med, men dette hører til og blir med: rapporteringskrav "
        "«Møtepapirer».",
    ]
    draft = SteeringDocument.objects.for_detail().get(title="Neste brev")
    assert not draft_rows.has_rows(draft)


def test_the_goal_is_kept_after_all(cast: Cast, letter: SteeringDocument) -> None:
    draft = take(cast, letter, "Rask tilgang", Rask="keep")
    sub = Goal.objects.select_related("parent").get(document=draft, title="Kortere kø")
    assert sub.parent is not None
    assert (sub.parent.title, sub.parent.document_id) == ("Rask tilgang", draft.pk)


def test_what_belongs_to_the_goal_ends_with_it_at_every_depth(cast: Cast, letter: SteeringDocument) -> None:
    draft = take(cast, letter, "Rask tilgang", Rask="close")
    assert list(Goal.objects.filter(document=draft).values_list("title", flat=True)) == ["Trygg bruk"]
    parameters = SteeringParameter.objects.filter(document=draft)
    assert list(parameters.values_list("title", "goal__title")) == [("Tid, Trygg bruk", "Trygg bruk")]
    assert not KeyFigure.objects.filter(document=draft).exists()


def test_what_belongs_to_the_goal_is_moved_to_another_that_comes_along(cast: Cast, letter: SteeringDocument) -> None:
    draft = take(cast, letter, "Rask tilgang", Rask="Trygg")
    found = SteeringParameter.objects.filter(document=draft, goal__document=draft)
    assert dict(found.values_list("title", "goal__title")) == {
        "Tid, Rask tilgang": "Trygg bruk", "Tid, Trygg bruk": "Trygg bruk", "Tid, Kortere kø": "Kortere kø",
    }  # fmt: skip
    assert Goal.objects.filter(document=draft, title="Kortere kø", parent__title="Trygg bruk").count() == 1


@pytest.mark.parametrize("answer", ["Kortere", "noe annet", ""])
def test_a_goal_is_not_moved_under_itself_or_to_what_is_not_there(
    cast: Cast, letter: SteeringDocument, answer: str
) -> None:
    with pytest.raises(RuleBroken, match="Rask tilgang"):
        take(cast, letter, "Rask tilgang", Rask=answer)
    with pytest.raises(RuleBroken):
        take(cast, letter, "Rask tilgang", "Trygg bruk", Rask="Trygg", Trygg="close")


def test_the_page_names_goal_and_rows_with_the_choices_and_keeps_what_is_chosen(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    draft, officer = _empty_next(cast), log_in("officer")
    url = reverse("governance:draft_last_year", args=[draft.uuid])
    goal, other = uuid_of(letter, "Rask tilgang"), uuid_of(letter, "Trygg bruk")
    assert "hører til og blir med" not in officer.get(url).content.decode()
    form = {f"rad-{goal}": "close", "version": str(draft.version)}
    looked = officer.post(url, {**form, "gjor": "velg"}).content.decode()
    refused = officer.post(url, {**form, "gjor": "ta-inn"})
    assert refused.status_code == 422
    for page in (looked, refused.content.decode()):
        assert "Mål «3.1 Rask tilgang» blir ikke med" in page
        assert "styringsparameter «Tid, Rask tilgang»" in page
        for words in (
            "Behold «3.1 Rask tilgang» også",
            "Avslutt det som hører til, også",
            "Flytt til «3.2 Trygg bruk»",
        ):
            assert words in page
        assert '<option value="close" selected>' in page.split(f'id="rad-{goal}"')[1].split("</select>")[0]
    assert f'href="#til-{goal}"' in refused.content.decode()
    both = {**form, f"rad-{other}": "close", f"til-{goal}": "close"}
    again = officer.post(url, {**both, "gjor": "ta-inn"}).content.decode()
    assert '<option value="close" selected>' in again.split(f'id="til-{goal}"')[1].split("</select>")[0]
    assert "Mål «3.2 Trygg bruk» blir ikke med" in again
    answer = officer.post(url, {**form, f"til-{goal}": other, "gjor": "ta-inn"})
    assert answer.status_code == 302
    assert SteeringParameter.objects.filter(document=draft, goal__title="Trygg bruk").count() == 2
