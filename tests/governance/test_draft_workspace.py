"""The workspace: a letter is written chapter by chapter without script, and nobody's words are lost (K14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Department
from core.clock import OSLO
from core.errors import NotAllowed, NotInThisState, RuleBroken
from governance.actions import draft_rows, draft_side, new_letter
from governance.actions.documents import DocumentFacts
from governance.items import ITEM_TYPES
from governance.models import AssignmentItem, Autosave, Goal, Passage, SteeringDocument
from tests.cast import PEOPLE, Cast
from tests.factories.documents import make_draft, make_registered_letter

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 5, 10, 42, tzinfo=OSLO)
LogIn = Callable[[str], Client]


@pytest.fixture
def draft(cast: Cast) -> SteeringDocument:
    return make_draft(cast, document_date=None, year=2027)


def address(document: SteeringDocument, chapter: str = "mal", query: str = "") -> str:
    return reverse("governance:draft_write", args=[document.uuid, chapter]) + query


def wished(cast: Cast, to: str, kind: str, start: str) -> dict[str, str]:
    """What is chosen on the page of a new letter."""
    return {"recipient": str(cast.org(to).uuid), "kind": kind, "year": "2027", "language": "nb", "start": start}


def begin(cast: Cast, start: str = "last_year", year: int = 2027, **more: Any) -> SteeringDocument:
    facts = DocumentFacts(
        kind=more.pop("kind", "allocation_letter"), recipient=cast.org(more.pop("to", "DMP")),
        title=f"Brev {year}", year=year, **more.pop("facts", {}),
    )  # fmt: skip
    made = new_letter.start_letter(facts=facts, start=start, actor=cast.actor(more.pop("by", "officer")), at=AT)
    return SteeringDocument.objects.for_detail().get(pk=made.pk)


@pytest.mark.parametrize("key", [*ITEM_TYPES, "passage"])
def test_there_is_a_form_for_every_kind_of_row(log_in: LogIn, draft: SteeringDocument, key: str) -> None:
    answer = log_in("officer").get(address(draft, query=f"?ny={key}"))
    assert answer.status_code == 200
    assert 'id="skjema"' in answer.content.decode()


def test_a_row_is_written_changed_moved_taken_out_and_put_back_by_plain_forms(
    log_in: LogIn, draft: SteeringDocument
) -> None:
    client = log_in("officer")
    for title in ("Første mål", "Andre mål"):
        answer = client.post(address(draft, query="?ny=goal"), {"title": title, "level": "main"}, follow=True)
        assert title in answer.content.decode()
    second = Goal.objects.get(title="Andre mål")
    act = reverse("governance:draft_act", args=[draft.uuid, "goal", second.uuid])
    client.post(act, {"gjor": "opp"})
    assert list(Goal.objects.filter(document=draft).order_by("ordinal").values_list("title", flat=True)) == [
        "Andre mål", "Første mål",
    ]  # fmt: skip
    change = address(draft, query=f"?rad=goal:{second.uuid}")
    client.post(change, {"title": "Andre mål, rettet", "level": "main", "base_number": "2"})
    assert Goal.objects.get(uuid=second.uuid).title.startswith("Andre mål")
    client.post(act, {"gjor": "ut"})
    assert not Goal.objects.filter(uuid=second.uuid).exists()
    assert "Sett inn igjen" in client.get(address(draft)).content.decode()
    client.post(act, {"gjor": "inn"})
    assert Goal.objects.filter(uuid=second.uuid).exists()


def test_a_refused_row_says_everything_that_is_wrong_and_keeps_what_was_typed(
    log_in: LogIn, draft: SteeringDocument
) -> None:
    typed = {"chapter": "717", "post": "700", "name": "Tilskudd til apotek", "amount": "ti", "kind": "expense"}
    answer = log_in("officer").post(address(draft, "budsjett", "?ny=budget_line"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Tilskudd til apotek"' in page
    assert "ting må rettes" in page


def test_two_people_on_one_row_lose_no_word(log_in: LogIn, cast: Cast, draft: SteeringDocument) -> None:
    row = draft_rows.save_row(
        document=draft, item_type="goal", data={"title": "Mål", "level": "main", "body": "Omtale"},
        actor=cast.actor("officer"), at=AT,
    )  # fmt: skip
    client = log_in("officer")
    url = address(draft, query=f"?rad=goal:{row.uuid}")
    client.post(url, {"title": "Den enes mål", "level": "main", "body": "Omtale", "base_number": "1"})
    answer = client.post(url, {"title": "Den andres mål", "level": "main", "body": "Ny omtale", "base_number": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409 or answer.status_code == 412
    assert "lagret mens du skrev" in page
    assert "Ny omtale" in page
    assert Goal.objects.get(uuid=row.uuid).title == "Den enes mål"


def test_what_is_typed_is_kept_for_the_writer_alone(log_in: LogIn, cast: Cast, draft: SteeringDocument) -> None:
    client = log_in("officer")
    url = address(draft, query="?ny=goal")
    answer = client.post(url, {"title": "Halvskrevet mål"}, headers={"X-Autosave": "1"})
    assert "Lagret" in answer.json()["message"]
    assert not Goal.objects.filter(document=draft).exists()
    assert "uten å lagre" in client.get(url).content.decode()
    assert "Halvskrevet mål" in client.get(f"{url}&kladd=1").content.decode()
    assert "Halvskrevet" not in log_in("signer").get(address(draft)).content.decode()
    client.post(url, {"title": "Helt mål", "level": "main"})
    assert not Autosave.objects.filter(document=draft).exists()


def test_a_department_writes_in_its_own_chapter_and_no_other(
    log_in: LogIn, cast: Cast, draft: SteeringDocument
) -> None:
    assert log_in("department_officer").get(address(draft)).status_code == 404
    draft_side.set_owner(
        document=draft, chapter="mal", department=Department.objects.get(code="SHA"), actor=cast.actor("officer"), at=AT
    )
    client = log_in("department_officer")
    client.post(address(draft, query="?ny=goal"), {"title": "Avdelingens mål", "level": "main"})
    assert Goal.objects.filter(document=draft, title="Avdelingens mål").exists()
    assert "skriver andre i" in client.get(address(draft, "budsjett")).content.decode()
    client.post(address(draft, "budsjett", "?ny=budget_line"), {"chapter": "746", "post": "1", "amount": "1"})
    assert not draft.budgetline_set.exists()
    assert log_in("other_department_officer").get(address(draft)).status_code == 404


READERS = {"officer", "signer", "department_head"}


@pytest.mark.parametrize("part", sorted(set(PEOPLE) - READERS - {"system_client"}))
def test_nobody_else_knows_the_draft(log_in: LogIn, cast: Cast, draft: SteeringDocument, part: str) -> None:
    row = draft_rows.save_row(
        document=draft, item_type="goal", data={"title": "Mål", "level": "main"}, actor=cast.actor("officer"), at=AT
    )
    client = log_in(part)
    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft, query="?ny=goal"), {"title": "Inntrenger"}).status_code == 404
    act = reverse("governance:draft_act", args=[draft.uuid, "goal", row.uuid])
    assert client.post(act, {"gjor": "ut"}).status_code == 404
    assert Goal.objects.filter(uuid=row.uuid).exists()


def test_those_who_read_a_draft_do_not_write_in_it(log_in: LogIn, cast: Cast, draft: SteeringDocument) -> None:
    row = draft_rows.save_row(
        document=draft, item_type="goal", data={"title": "Mål", "level": "main"}, actor=cast.actor("officer"), at=AT
    )
    for part in READERS - {"officer"}:
        client = log_in(part)
        assert client.get(address(draft)).status_code == 200
        client.post(address(draft, query="?ny=goal"), {"title": "Inntrenger", "level": "main"})
        act = reverse("governance:draft_act", args=[draft.uuid, "goal", row.uuid])
        assert client.post(act, {"gjor": "ut"}).status_code == 403
    assert list(Goal.objects.filter(document=draft).values_list("title", flat=True)) == ["Mål"]


def test_running_text_is_sanitised(log_in: LogIn, draft: SteeringDocument) -> None:
    text = '<p class="MsoNormal">Ren <b>tekst</b><script>alert(1)</script></p>'
    log_in("officer").post(address(draft, "innledning", "?ny=passage"), {"text": text, "heading_level": "0"})
    passage = Passage.objects.get(document=draft, text__contains="Ren tekst")
    assert "<script" not in passage.rich
    assert "Mso" not in passage.rich


def test_the_page_asks_the_same_number_of_questions_for_two_rows_and_for_twenty(
    log_in: LogIn, cast: Cast, draft: SteeringDocument
) -> None:
    client = log_in("officer")

    def cost(rows: int) -> int:
        for number in range(rows):
            draft_rows.save_row(
                document=draft, item_type="goal", data={"title": f"Mål {rows} {number}", "level": "main"},
                actor=cast.actor("officer"), at=AT,
            )  # fmt: skip
        client.get(address(draft))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address(draft))
        return len(asked)

    assert cost(2) == cost(18)


def test_a_new_letter_from_last_year_keeps_the_lines_and_lapses_by_the_rule(log_in: LogIn, cast: Cast) -> None:
    last = make_registered_letter(cast)
    client = log_in("officer")
    answer = client.post(
        reverse("governance:new_letter"),
        wished(cast, "DMP", "allocation_letter", "last_year"),
        follow=True,
    )
    draft = SteeringDocument.objects.get(state="draft", year=2027)
    page = answer.content.decode()
    assert "Mål" in page
    assert "tallserien løper videre" in page
    url = reverse("governance:draft_last_year", args=[draft.uuid])
    client.post(url, {"gjor": "ta-inn", "version": str(draft.version)})
    old = set(Goal.objects.filter(document=last, line__isnull=False).values_list("line", flat=True))
    assert old
    assert old == set(Goal.objects.filter(document=draft, line__isnull=False).values_list("line", flat=True))
    draft.refresh_from_db()
    assert draft.lapse_through_year == 2025
    again = client.post(url, {"gjor": "ta-inn", "version": str(draft.version)})
    assert again.status_code == 409
    assert "allerede innhold" in again.content.decode()


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_cycle_names_no_year(cast: Cast, year: int) -> None:
    """On 1 January of any year the letter of the year can be made from the one before (K14)."""
    at = datetime(year, 1, 1, 0, 5, tzinfo=OSLO)
    with time_machine.travel(at, tick=False):
        make_registered_letter(
            cast, year=year - 1, title=f"Tildelingsbrev {year - 1}", document_date=date(year - 1, 1, 1), at=at
        )
        facts = DocumentFacts(kind="allocation_letter", recipient=cast.org("DMP"), title="Nytt brev", year=year)
        made = new_letter.start_letter(facts=facts, start="last_year", actor=cast.actor("officer"), at=at)
        count = new_letter.take_from_last_year(
            document=SteeringDocument.objects.for_detail().get(pk=made.pk),
            choices={},
            actor=cast.actor("officer"),
            at=at,
        )
    assert count > 0
    made.refresh_from_db()
    assert made.lapse_through_year == year - 2


def test_a_template_gives_the_fixed_headings_in_the_letters_own_norm(cast: Cast) -> None:
    bokmaal = begin(cast, "template")
    nynorsk = begin(cast, "template", year=2028, facts={"language": "nn"})
    assert Passage.objects.filter(document=bokmaal, heading_level=1, text="Innledning").exists()
    assert Passage.objects.filter(document=nynorsk, heading_level=1, text="Innleiing", language="nn").exists()
    assert not Passage.objects.filter(document=begin(cast, "empty", year=2029)).exists()


def test_an_agency_writes_to_its_own_sub_agency_in_exactly_the_same_way(log_in: LogIn, cast: Cast) -> None:
    client = log_in("sub_agency_officer")
    data = {
        "recipient": str(cast.org("Helfo").uuid),
        "kind": "sub_agency_letter",
        "year": "2027",
        "language": "nb",
        "start": "template",
    }
    client.post(reverse("governance:new_letter"), data)
    draft = SteeringDocument.objects.get(state="draft", recipient=cast.org("Helfo"))
    first = Passage.objects.filter(document=draft).order_by("ordinal").first()
    assert first is not None
    answer = client.post(
        address(draft, first.chapter, "?ny=passage"), {"text": "<p>Dere får dette.</p>", "heading_level": "0"}
    )
    assert answer.status_code == 302
    assert log_in("officer").get(address(draft, first.chapter)).status_code == 404


def test_an_agency_cannot_begin_a_letter_and_a_missing_choice_is_told(log_in: LogIn, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        begin(cast, by="controller")
    answer = log_in("officer").post(reverse("governance:new_letter"), {"year": "ett"})
    assert answer.status_code == 422
    assert not SteeringDocument.objects.filter(state="draft").exists()


def test_what_is_issued_is_not_filled_from_last_year(cast: Cast) -> None:
    letter = make_registered_letter(cast)
    with pytest.raises((NotInThisState, RuleBroken)):
        new_letter.take_from_last_year(document=letter, choices={}, actor=cast.actor("officer"), at=AT)
    assert AssignmentItem.objects.filter(document=letter).exists()
