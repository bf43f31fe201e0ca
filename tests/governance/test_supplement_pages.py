"""A supplement in ten minutes, through the pages: choose, write, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions.change_base import Wish
from governance.content import ContentWriter
from governance.drafting.acts import WITHDRAW
from governance.models import (
    AssignmentItem,
    BudgetLine,
    CalendarItem,
    Change,
    Passage,
    SteeringDocument,
)
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_registered_letter, write_assignment
from tests.factories.supplements import change, changeable_letter, deliveries, supplement

LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """The letter of the year."""
    return changeable_letter(cast)


def test_a_whole_supplement_through_the_pages(cast: Cast, log_in: LogIn, letter: SteeringDocument) -> None:
    officer = log_in("officer")
    item = AssignmentItem.objects.get(document=letter, number=7)
    calendar = CalendarItem.objects.get(document=letter, title="Årsrapport 2025")
    start = reverse("governance:new_supplement") + f"?brev={letter.uuid}&rad={item.uuid}"
    assert letter.title in officer.get(start).content.decode()
    values = {
        "letter": letter.uuid,
        "recipient": cast.org("DMP").uuid,
        "year": 2026,
        "language": "nb",
        "title": "Brev A",
    }
    answer = officer.post(start, values, follow=True)
    assert "Raden du kom fra" in answer.content.decode()
    draft = SteeringDocument.objects.get(title="Brev A")
    assert draft.supplements_id == letter.pk
    line = BudgetLine.objects.get(document=letter, chapter=746)
    chosen = [f"{item.uuid}:move", f"{calendar.uuid}:withdraw", f"{line.uuid}:amount"]
    url = reverse("governance:draft_changes_write", args=[draft.uuid]) + "?" + "&".join(f"endre={c}" for c in chosen)
    assert "Ny frist: Leveranse 1" in officer.get(url).content.decode()
    first = deliveries("TB2026-7")[0]
    data = {
        "version": draft.version,
        f"{item.uuid}-date-{first}": "2026-09-01",
        f"{item.uuid}-reason": "Arbeidet henger sammen med høringen.",
        f"{calendar.uuid}-reason": "Rapporten leveres på annen måte.",
        f"{line.uuid}-amount": "-3 400",
        f"{line.uuid}-basis": "revised",
    }
    assert officer.post(url, data).status_code == 302
    page = officer.get(reverse("governance:draft_effect", args=[draft.uuid])).content.decode()
    assert "1. juni 2026" in page
    assert "1. september 2026" in page
    assert "455\u00a0191" in page
    assert "revidert nasjonalbudsjett" in page
    again = officer.post(url, data)
    assert again.status_code == 412
    assert "Arbeidet henger sammen med høringen." in again.content.decode()
    assert Change.objects.filter(document=draft).count() == 3
    first_change = Change.objects.filter(document=draft).order_by("id").first()
    assert first_change is not None
    draft.refresh_from_db()
    remove = reverse("governance:draft_change_remove", args=[draft.uuid, first_change.uuid])
    assert officer.post(remove, {"version": draft.version}).status_code == 302
    assert Change.objects.filter(document=draft).count() == 2
    assert not AssignmentItem.objects.filter(document=draft).exists()
    assert "flyttes fra 1. juni" not in "".join(Passage.objects.filter(document=draft).values_list("text", flat=True))


def test_a_refused_change_keeps_what_was_typed_and_tells_every_problem_at_its_field(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    officer, draft = log_in("officer"), supplement(cast, letter)
    one, two = (AssignmentItem.objects.get(document=letter, number=n) for n in (1, 3))
    query = f"?endre={one.uuid}:move&endre={two.uuid}:withdraw"
    delivery = deliveries("TB2026-1")[0]
    data = {"version": draft.version, f"{one.uuid}-date-{delivery}": "2025-01-01", f"{one.uuid}-reason": "Fordi det"}
    answer = officer.post(reverse("governance:draft_changes_write", args=[draft.uuid]) + query, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Fordi det" in page
    assert "ikke etter i dag" in page
    assert "Skriv hvorfor dette trekkes." in page
    assert not Change.objects.filter(document=draft).exists()


def test_several_assignments_are_added_at_once_and_empty_rows_are_left_out(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    officer, draft = log_in("officer"), supplement(cast, letter)
    data: dict[str, Any] = {}
    for n, title in enumerate(("Første", "Andre", "")):
        data |= {f"{n}-version": draft.version, f"{n}-title": title, f"{n}-body": "Gjør dette." if title else "",
                 f"{n}-deadline_text": "avtales i dialog" if title else ""}  # fmt: skip
    url = reverse("governance:draft_assignments", args=[draft.uuid])
    bad = officer.post(url, {**data, "1-body": ""})
    assert bad.status_code == 422
    assert "Skriv hva virksomheten skal gjøre." in bad.content.decode()
    assert officer.post(url, data).status_code == 302
    numbers = AssignmentItem.objects.filter(document=draft).order_by("number").values_list("reference", flat=True)
    assert list(numbers) == ["TTB2026-1", "TTB2026-2"]


def test_an_amount_on_any_post_is_tied_to_an_assignment_of_the_draft(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    officer, draft = log_in("officer"), supplement(cast, letter)
    new = {"version": draft.version, "title": "Nytt oppdrag", "body": "Gjør dette.", "deadline_text": "i dialog"}
    officer.post(reverse("governance:draft_assignment", args=[draft.uuid]), new)
    item = AssignmentItem.objects.get(document=draft)
    draft.refresh_from_db()
    url = reverse("governance:draft_amount", args=[draft.uuid])
    assert "TTB2026-1 Nytt oppdrag (i dette utkastet)" in officer.get(url).content.decode()
    values = {"version": draft.version, "chapter": 799, "post": 21, "name": "Formål", "thousands": 500,
              "basis": "final", "assignment": item.uuid, "anchor": "punkt 2"}  # fmt: skip
    assert officer.post(url, values).status_code == 302
    line = BudgetLine.objects.get(document=draft)
    assert (line.assignment_item_id, line.anchor) == (item.pk, "punkt 2")


@pytest.mark.parametrize("part", ["controller", "other_controller", "auditor", "department_officer"])
def test_no_one_else_reaches_the_pages(cast: Cast, log_in: LogIn, letter: SteeringDocument, part: str) -> None:
    draft, client = supplement(cast, letter), log_in(part)
    for name in ("draft_changes", "draft_effect", "draft_numbers", "draft_assignments"):
        assert client.get(reverse(f"governance:{name}", args=[draft.uuid])).status_code in (403, 404)


def test_the_list_and_the_comparison_ask_the_same_for_few_and_many(cast: Cast, log_in: LogIn) -> None:
    officer, counts = log_in("officer"), []
    for many in (2, 20):

        def fill(writer: ContentWriter, cast: Cast, many: int = many) -> None:
            for number in range(many):
                write_assignment(writer, cast, f"TB2026-{many}{number:02d}", f"Oppdrag {number}")

        registered = make_registered_letter(cast, fill=fill, title=f"Brev {many}")
        draft = supplement(cast, registered)
        rows = AssignmentItem.objects.filter(document=registered)
        change(cast, draft, *(Wish(WITHDRAW, row.uuid, reason="Løst") for row in rows))
        with CaptureQueriesContext(connection) as queries:
            officer.get(reverse("governance:draft_changes", args=[draft.uuid]))
            officer.get(reverse("governance:draft_effect", args=[draft.uuid]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
