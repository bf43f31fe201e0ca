"""The reading pages: what they say before and after a supplement, to whom, and with how many questions (K3)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions.change_base import Wish
from governance.content import ContentWriter
from governance.drafting.acts import AMOUNT, MOVE
from governance.models import AssignmentItem, BudgetLine, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import make_registered_letter, write_assignment
from tests.factories.supplements import change, changeable_letter, deliveries, issue, supplement

LogIn = Callable[[str], Client]


@pytest.fixture
def letters(cast: Cast) -> tuple[SteeringDocument, SteeringDocument]:
    """A letter, and a supplement that moves a deadline and raises an amount."""
    letter = changeable_letter(cast)
    draft = supplement(cast, letter)
    first, _second = deliveries("TB2026-7")
    target = AssignmentItem.objects.get(reference="TB2026-7").uuid
    line = BudgetLine.objects.filter(document=letter, kind="expense").order_by("ordinal").first()
    assert line is not None
    change(
        cast, draft,
        Wish(MOVE, target, dates={first: date(2026, 9, 15)}, reason="Avtalt"),
        Wish(AMOUNT, line.uuid, amount=2_000_000, basis="revised"),
    )  # fmt: skip
    return letter, issue(cast, draft)


def words(answer: object) -> str:
    """The page as a reader sees it, without what differs from one request to the next."""
    page = answer.content.decode()  # type: ignore[attr-defined]
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", main)


def test_the_day_before_and_the_day_after_say_different_things(
    cast: Cast, log_in: LogIn, letters: tuple[SteeringDocument, SteeringDocument]
) -> None:
    _letter, added = letters
    client, url = log_in("controller"), reverse("governance:in_force", args=[cast.org("DMP").uuid])
    day = added.document_date
    assert day is not None
    before = words(client.get(url, {"dato": date.fromordinal(day.toordinal() - 1).isoformat()}))
    after = words(client.get(url, {"dato": day.isoformat()}))
    assert "15. september 2026" not in before
    assert "15. september 2026" in after
    assert words(client.get(url, {"dato": day.isoformat()})) == after, "the same question has the same answer"


def test_a_day_that_cannot_be_read_is_told_and_stays(cast: Cast, log_in: LogIn, letters: object) -> None:
    client = log_in("officer")
    for name in ("in_force", "changes_between"):
        url = reverse(f"governance:{name}", args=[cast.org("DMP").uuid])
        field = "dato" if name == "in_force" else "fra"
        page = client.get(url, {field: "31.02.2026"}).content.decode()
        assert 'value="31.02.2026"' in page, name
        assert "field-error" in page or "ds-validation-message" in page or "dato" in page.lower()


def test_only_what_changed_between_two_days_is_shown(
    cast: Cast, log_in: LogIn, letters: tuple[SteeringDocument, SteeringDocument]
) -> None:
    _letter, added = letters
    assert added.document_date is not None
    start = date.fromordinal(added.document_date.toordinal() - 1)
    url = reverse("governance:changes_between", args=[cast.org("DMP").uuid])
    page = words(log_in("officer").get(url, {"fra": start.isoformat(), "til": added.document_date.isoformat()}))
    assert "Plan i to deler" in page
    assert "Gjennomgå og revidere blodforskriften" not in page


def test_the_years_money_is_letter_and_supplement_counted_once(
    cast: Cast, log_in: LogIn, letters: tuple[SteeringDocument, SteeringDocument]
) -> None:
    letter, _added = letters
    line = BudgetLine.objects.filter(document=letter, kind="expense").order_by("ordinal").first()
    assert line is not None
    page = words(log_in("controller").get(reverse("governance:year_letters", args=[cast.org("DMP").uuid, 2026])))
    total = f"{(line.amount + 2_000_000) // 1000:,}".replace(",", "\u00a0")
    assert total in page


def test_a_document_one_does_not_see_cannot_be_compared(cast: Cast, log_in: LogIn, letters: object) -> None:
    own = SteeringDocument.objects.get(title="Tildelingsbrev 2026")
    other = make_registered_letter(cast, recipient=cast.org("Hdir"), title="Brev til en annen HEMMELIG-TITTEL")
    client, url = log_in("controller"), reverse("governance:compare")
    page = client.get(url, {"hva": "dokumenter", "foer": own.uuid, "etter": other.uuid}).content.decode()
    assert "HEMMELIG-TITTEL" not in page
    assert "Velg et dokument fra listen." in page
    assert "HEMMELIG-TITTEL" in log_in("officer").get(url, {"foer": own.uuid, "etter": other.uuid}).content.decode()


def test_a_letter_leads_to_itself_beside_the_one_before(cast: Cast, log_in: LogIn) -> None:
    old = make_registered_letter(cast, year=2025, title="Tildelingsbrev 2025", document_date=date(2024, 12, 20))
    new = make_registered_letter(cast)
    page = log_in("controller").get(reverse("governance:document", args=[new.uuid])).content.decode()
    assert f"foer={old.uuid}&amp;etter={new.uuid}" in page
    first = log_in("controller").get(reverse("governance:document", args=[old.uuid])).content.decode()
    assert "foer=" not in first


@pytest.mark.parametrize("name", ["in_force", "year_letters"])
def test_the_number_of_questions_does_not_grow_with_the_letter(cast: Cast, log_in: LogIn, name: str) -> None:
    client = log_in("owner")
    args = [cast.org("DMP").uuid, *([2026] if name == "year_letters" else [])]
    url = reverse(f"governance:{name}", args=args)

    def asked(kind: str, rows: int) -> int:
        def fill(writer: ContentWriter, cast: Cast) -> None:
            for number in range(1, rows + 1):
                write_assignment(writer, cast, f"TB{rows}-{number}", f"Oppdrag {number}")

        make_registered_letter(cast, kind=kind, title=f"Brev med {rows}", fill=fill)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = asked("allocation_letter", 2)
    more = asked("supplement", 2 + 18)
    assert more <= few + 1, "one more document may cost one question, twenty rows none"
