"""A draft supplement beside what happens meanwhile: the letter is not issued, or another letter changes the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import RuleBroken
from governance.actions.change_base import Wish
from governance.actions.change_in_force import change_in_force, remove_change
from governance.checks.gather_changes import changes_of
from governance.drafting.acts import MOVE, REPLACE, WITHDRAW
from governance.models import AssignmentItem, Change, SteeringDocument
from governance.selectors.live_findings import Live, live_findings
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft
from tests.factories.supplements import change, changeable_letter, deliveries, issue, supplement

LogIn = Callable[[str], Client]
TODAY = REGISTERED_AT.date()


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """The letter of the year."""
    return changeable_letter(cast)


def told(draft: SteeringDocument) -> list[Live]:
    """What V-34 says of the draft now."""
    found = SteeringDocument.objects.for_detail().get(pk=draft.pk)
    return [row for row in live_findings(found, day=TODAY) if row.check_id == "V-34" and row.item]


# ---- the letter is not issued ----
def test_a_letter_that_is_a_draft_is_changed_and_not_supplemented(cast: Cast, log_in: LogIn) -> None:
    unsent = make_draft(cast, title="Tildelingsbrev i arbeid")
    officer, url = log_in("officer"), reverse("governance:new_supplement")
    values = {
        "recipient": cast.org("DMP").uuid,
        "year": unsent.year,
        "language": "nb",
        "title": "Tillegg",
        "letter": "",
    }
    answer = officer.post(url, values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "«Tildelingsbrev i arbeid» er ikke utstedt. Endre utkastet i stedet for å supplere det." in page
    assert 'value="Tillegg"' in page
    chosen = officer.post(url, {**values, "letter": unsent.uuid})
    assert "Velg en fra listen." in chosen.content.decode()
    assert not SteeringDocument.objects.filter(title="Tillegg").exists()


def test_the_letter_of_the_year_is_found_and_another_ministrys_is_not(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    make_draft(cast, title="Et brev til i arbeid")
    officer, url = log_in("officer"), reverse("governance:new_supplement")
    values = {
        "recipient": cast.org("DMP").uuid,
        "year": letter.year,
        "language": "nb",
        "title": "Tillegg",
        "letter": "",
    }
    assert officer.post(url, values).status_code == 302
    assert SteeringDocument.objects.get(title="Tillegg").supplements_id == letter.pk
    SteeringDocument.objects.filter(title="Tillegg").update(state="discarded")
    other = {**values, "year": (letter.year or 0) - 1, "title": "Til et brev utenfor systemet"}
    assert officer.post(url, other).status_code == 302
    assert SteeringDocument.objects.get(title=other["title"]).supplements_id is None


# ---- two drafts change the same ----
def test_both_writers_are_told_that_the_other_draft_changes_the_same_and_neither_is_hindered(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    item = AssignmentItem.objects.get(document=letter, number=7)
    first, second = supplement(cast, letter, title="Brev A"), supplement(cast, letter, title="Brev B")
    move = Wish(MOVE, item.uuid, reason="Tid.", dates={deliveries("TB2026-7")[0]: date(2026, 9, 1)})
    change(cast, first, move)
    assert told(first) == []
    page = log_in("officer").get(reverse("governance:draft_changes", args=[second.uuid])).content.decode()
    assert "endres også i utkastet «Brev A»" in page
    change(cast, second, Wish(REPLACE, item.uuid, values={"title": "Nye ord"}))
    for draft, other in ((first, "Brev B"), (second, "Brev A")):
        (row,) = told(draft)
        assert row.sentence.startswith(f"Utkastet «{other}» endrer også «TB2026-7")
        assert not row.hinders
        assert other in log_in("officer").get(reverse("governance:draft", args=[draft.uuid])).content.decode()
    SteeringDocument.objects.filter(pk=second.pk).update(state="discarded")
    assert told(first) == []


@pytest.mark.parametrize("what", [MOVE, REPLACE, WITHDRAW])
def test_a_change_of_what_another_letter_has_taken_away_is_written_anew(
    cast: Cast, letter: SteeringDocument, what: str
) -> None:
    item = AssignmentItem.objects.get(document=letter, number=7)
    first, second = supplement(cast, letter, title="Brev A"), supplement(cast, letter, title="Brev B")
    part = deliveries("TB2026-7")[0]
    dates, values = ({part: date(2026, 9, 1)}, {"title": "Nye ord"})
    wish = Wish(
        what, item.uuid, reason="Tid.", dates=dates if what == MOVE else {}, values=values if what == REPLACE else {}
    )
    (made, *_rest) = change(cast, second, wish)
    change(
        cast, first, Wish(WITHDRAW if what == MOVE else REPLACE, item.uuid, reason="Løst.", values={"title": "Andre"})
    )
    issue(cast, first)
    (row,) = told(second)
    assert "gjelder ikke lenger slik den var: «Brev A» har endret den" in row.sentence
    with pytest.raises(RuleBroken, match="Brev A"):
        issue(cast, second)
    remove_change(
        document=second, change=made.uuid, actor=cast.actor("officer"), at=REGISTERED_AT, expected_version=None
    )
    assert told(second) == []


def test_a_deadline_moved_by_another_letter_meanwhile_is_warned_of(cast: Cast, letter: SteeringDocument) -> None:
    item = AssignmentItem.objects.get(document=letter, number=7)
    first, second = supplement(cast, letter, title="Brev A"), supplement(cast, letter, title="Brev B")
    part, earlier = deliveries("TB2026-7")[0], REGISTERED_AT - timedelta(hours=1)
    move = Wish(MOVE, item.uuid, reason="Tid.", dates={part: date(2026, 9, 1)})
    change_in_force(document=second, wishes=[move], actor=cast.actor("officer"), at=earlier, expected_version=None)
    change(cast, first, Wish(MOVE, item.uuid, reason="Tid.", dates={part: date(2026, 8, 1)}))
    issue(cast, first)
    (row,) = told(second)
    assert "er endret i «Brev A» etter at dette ble skrevet" in row.sentence
    assert row.hinders


def test_the_looking_takes_the_same_queries_for_one_change_and_for_many(cast: Cast, letter: SteeringDocument) -> None:
    draft = SteeringDocument.objects.for_detail().get(pk=supplement(cast, letter).pk)
    rows, counts = list(AssignmentItem.objects.filter(document=letter)), []
    for some in (rows[:1], rows[1:]):
        change(cast, draft, *(Wish(WITHDRAW, row.uuid, reason="Løst") for row in some))
        with CaptureQueriesContext(connection) as queries:
            changes_of(draft, TODAY)
        counts.append(len(queries))
    assert Change.objects.filter(document=draft).count() == len(rows)
    assert counts[0] == counts[1]
