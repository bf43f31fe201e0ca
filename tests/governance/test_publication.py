"""What the public reads: only what is published, exempt assignments as shells, decided by a named person (V-30)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.clock import OSLO
from core.errors import NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Job
from governance.actions.publication import (
    PublicationChoice,
    decide_publication,
    publish_due,
    withdraw_publication,
)
from governance.content import ContentWriter
from governance.models import Publication, SteeringDocument
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.documents import make_draft, make_registered_letter, write_assignment, write_letter

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 12, 9, 0, tzinfo=OSLO)
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


def _fill(writer: ContentWriter, cast: Cast) -> None:
    write_letter(writer, cast)
    write_assignment(
        writer, cast, "TB2026-9", f"Skjermet {MARKER_EXEMPT}", restricted=True, restricted_basis="offl. § 15",
        restricted_title="Oppdrag om beredskap", body=f"Innhold {MARKER_EXEMPT}",
    )  # fmt: skip


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    return make_registered_letter(cast, fill=_fill)


def decide(cast: Cast, letter: SteeringDocument, *, by: str = "officer", **choice: Any) -> Publication:
    choice.setdefault("public_title", "Tildelingsbrev 2026 til direktoratet")
    return decide_publication(
        document=letter, choice=PublicationChoice(**choice), actor=cast.actor(by), at=AT, expected_version=None
    )


def addresses(letter: SteeringDocument) -> list[str]:
    return [
        reverse(f"governance:{name}", args=[letter.uuid])
        for name in ("published_document", "published_pdf", "published_data")
    ]


def test_nothing_is_public_before_it_is_published(letter: SteeringDocument) -> None:
    assert [Client().get(address).status_code for address in addresses(letter)] == [404, 404, 404]
    assert letter.title not in Client().get(reverse("governance:published")).content.decode()


def test_a_published_letter_is_read_without_logging_in_and_exempt_words_never_are(
    cast: Cast, letter: SteeringDocument
) -> None:
    decide(cast, letter)
    page = Client().get(addresses(letter)[0])
    data = Client().get(addresses(letter)[2])
    listed = Client().get(reverse("governance:published"))
    assert page.status_code == data.status_code == listed.status_code == 200
    assert "Tildelingsbrev 2026 til direktoratet" in listed.content.decode()
    assert "Unntatt offentlighet, jf. offl. § 15" in page.content.decode()
    assert "Oppdrag om beredskap" in page.content.decode()
    assert MARKER_EXEMPT not in page.content.decode() + data.content.decode() + listed.content.decode()
    assert Job.objects.filter(name="governance.render_letter", subject=letter.uuid).exists()


def test_a_day_to_come_is_waited_for_and_an_outage_is_caught_up(cast: Cast, letter: SteeringDocument) -> None:
    row = decide(cast, letter, publish_on=AT.date() + timedelta(days=3))
    assert row.state == "planned"
    assert Client().get(addresses(letter)[0]).status_code == 404
    assert publish_due(at=AT + timedelta(days=2)) == 0
    assert publish_due(at=AT + timedelta(days=9)) == 1
    assert publish_due(at=AT + timedelta(days=9)) == 0
    assert Client().get(addresses(letter)[0]).status_code == 200


def test_a_draft_that_is_decided_on_waits_for_issue(cast: Cast) -> None:
    draft = make_draft(cast, document_date=None)
    assert decide(cast, draft).state == "planned"
    assert publish_due(at=AT + timedelta(days=1)) == 0
    assert Client().get(addresses(draft)[0]).status_code == 404


def test_an_exempt_letter_needs_basis_assessment_and_a_title_that_says_something(
    cast: Cast, letter: SteeringDocument
) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide(cast, letter, exempt=True, public_title="Brev")
    assert {problem.field for problem in refused.value.problems} == {"public_title", "exempt_basis", "wider_access"}
    row = decide(cast, letter, exempt=True, exempt_basis="offl. § 15", wider_access="Vurdert, ikke gitt.")
    assert row.state == "exempt"
    assert row.responsible_id == cast.user("officer").pk
    assert Client().get(addresses(letter)[0]).status_code == 404


def test_what_is_taken_down_is_gone_and_the_reason_stands(cast: Cast, letter: SteeringDocument) -> None:
    decide(cast, letter)
    with pytest.raises(RuleBroken):
        withdraw_publication(document=letter, reason=" ", actor=cast.actor("officer"), at=AT)
    withdraw_publication(document=letter, reason="Feil fil.", actor=cast.actor("officer"), at=AT)
    assert Client().get(addresses(letter)[0]).status_code == 404
    assert Publication.objects.get(document=letter).reason == "Feil fil."
    with pytest.raises(NotInThisState):
        withdraw_publication(document=letter, reason="Igjen.", actor=cast.actor("officer"), at=AT)


@pytest.mark.parametrize("part", ["controller", "director", "department_officer", "sub_agency_officer", "auditor"])
def test_others_decide_nothing(cast: Cast, letter: SteeringDocument, part: str) -> None:
    with pytest.raises(NotAllowed):
        decide(cast, letter, by=part)


def test_the_second_of_two_decisions_is_told(cast: Cast, letter: SteeringDocument) -> None:
    choice = PublicationChoice(public_title="Tildelingsbrev 2026 til direktoratet")
    common = {"document": letter, "choice": choice, "actor": cast.actor("officer"), "at": AT}
    decide_publication(**common, expected_version=0)  # type: ignore[arg-type]
    with pytest.raises(StaleVersion):
        decide_publication(**common, expected_version=0)  # type: ignore[arg-type]


def test_the_officer_decides_by_form_and_a_refused_form_keeps_what_was_typed(
    log_in: LogIn, letter: SteeringDocument
) -> None:
    url = reverse("governance:publication", args=[letter.uuid])
    client = log_in("officer")
    wrong = {"how": "exempt", "public_title": "Brev", "version": "0", "wider_access": "Vurdert"}
    answer = client.post(url, wrong)
    assert answer.status_code == 422
    assert "Vurdert" in answer.content.decode()
    right = {"how": "now", "public_title": "Tildelingsbrev 2026 til direktoratet", "version": "0"}
    assert client.post(url, right).status_code == 302
    assert Publication.objects.get(document=letter).state == "published"


def test_one_address_cannot_ask_without_end() -> None:
    client = Client()
    answers = {client.get(reverse("governance:published")).status_code for _number in range(125)}
    assert answers == {200, 429}


def test_where_one_signs_stands_what_is_decided_about_publication_and_the_way_to_decide(
    cast: Cast, log_in: LogIn
) -> None:
    draft = make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None)
    url = reverse("governance:issue", args=[draft.uuid])
    page = log_in("officer").get(url).content.decode()
    assert "ikke bestemt" in page
    assert reverse("governance:publication", args=[draft.uuid]) in page
