"""The yearly share of bokmål and nynorsk in what a body has issued, against the law of its time (språklova § 13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.content import ContentWriter
from governance.models import PassageKind, Publication, SteeringDocument
from governance.selectors.written_norms import DOCUMENTS, PAGES, WORDS, Amount, amounts, counting, norms_page
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_registered_letter

pytestmark = pytest.mark.django_db
DAY = REGISTERED_AT.date()
LogIn = Callable[[str], Client]


def letter(cast: Cast, language: str, year: int = 2024, number: int = 1, **facts: Any) -> SteeringDocument:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        for page in (1, 2):
            writer.passage("Ti ord " * 5, kind=PassageKind.PROSE, page=page)

    values = {"title": f"Brev {year}-{number} {language}", "year": year, "number": number, "language": language}
    return make_registered_letter(cast, fill=fill, document_date=date(year, 6, 1), **{**values, **facts})


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("governance:written_norms") + query).content.decode()


def test_the_share_is_reckoned_exactly_and_both_norms_must_reach_it() -> None:
    assert Amount(3, 1).met(25)
    assert Amount(1, 3).met(25)
    assert not Amount(301, 100).met(25)
    assert not Amount(4, 0).met(25)
    assert Amount(301, 100).nynorsk == 25
    assert Amount().nynorsk is None


def test_a_year_with_too_little_nynorsk_is_said_to_be_under_and_one_with_enough_is_not(
    cast: Cast, log_in: LogIn
) -> None:
    for number in range(1, 4):
        letter(cast, "nb", 2023, number)
        letter(cast, "nb", 2024, number)
    letter(cast, "nn", 2024, 4)
    found = norms_page(cast.actor("officer"), DAY, {})
    years = {line.year: (line.amount, line.met) for line in found.lines if not line.kind_code}
    assert years == {2023: (Amount(3, 0), False), 2024: (Amount(3, 1), True)}
    shown = page(log_in("officer"))
    assert "språklova § 13" in shown
    assert "under kravet" in shown
    assert "kravet er nådd" in shown
    assert "<svg" in shown


def test_the_law_of_the_time_is_the_one_that_counts(cast: Cast) -> None:
    letter(cast, "nn", 2021)
    assert "mållova § 8" in norms_page(cast.actor("officer"), DAY, {}).rule


def test_words_and_pages_are_summed_by_norm(cast: Cast) -> None:
    letter(cast, "nb")
    letter(cast, "nn", number=2)
    rows = counting(cast.actor("officer"), DAY)
    words = next(iter(amounts(rows, WORDS).values()))
    assert words.nb == words.nn == 20
    assert next(iter(amounts(rows, PAGES).values())) == Amount(2, 2)


def test_the_documents_behind_a_figure_are_listed(cast: Cast, log_in: LogIn) -> None:
    bokmaal, nynorsk = letter(cast, "nb"), letter(cast, "nn", number=2)
    shown = page(log_in("officer"), "?year=2024&norm=nn&kind=allocation_letter")
    assert reverse("governance:document", args=[nynorsk.uuid]) in shown
    assert reverse("governance:document", args=[bokmaal.uuid]) not in shown
    assert log_in("officer").get(reverse("governance:written_norms") + "?year=1999").status_code == 422


def test_each_body_sees_its_own_as_issuer_and_one_that_issues_nothing_is_told_so(cast: Cast, log_in: LogIn) -> None:
    letter(cast, "nb")
    own = make_registered_letter(
        cast, by="sub_agency_officer", recipient=cast.org("Helfo"), title="Brev til Helfo", language="nn"
    )
    assert [row.uuid for row in counting(cast.actor("sub_agency_officer"), DAY)] == [own.uuid]
    assert own.uuid not in {row.uuid for row in counting(cast.actor("officer"), DAY)}
    assert "Ingen utstedte dokumenter" in page(log_in("controller"))


def test_the_file_has_all_three_measures(cast: Cast, log_in: LogIn) -> None:
    letter(cast, "nn")
    text = log_in("officer").get(reverse("governance:written_norms_file")).content.decode("utf-8-sig")
    head, row = text.splitlines()[:2]
    assert "Nynorsk, ord" in head
    assert row.startswith("2024;")
    assert row.endswith(";0;1;0;20;0;2;100;25;Språklova § 13")


def test_as_many_questions_for_two_documents_as_for_twenty(cast: Cast, log_in: LogIn) -> None:
    client, counts, made = log_in("officer"), [], 0
    for count in (2, 20):
        while made < count:
            made += 1
            letter(cast, "nn" if made % 2 else "nb", 2024 - made % 2, made)
        page(client, "?year=2024&measure=sider")
        with CaptureQueriesContext(connection) as queries:
            page(client, "?year=2024&measure=sider")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_it_is_reached_from_the_list_of_documents(cast: Cast, log_in: LogIn) -> None:
    assert (
        reverse("governance:written_norms") in log_in("officer").get(reverse("governance:documents")).content.decode()
    )


def test_what_is_exempt_does_not_count(cast: Cast) -> None:
    letter(cast, "nb")
    exempt = letter(cast, "nn", number=2)
    Publication.objects.create(
        document=exempt, state="exempt", exempt_basis="Offl. § 15", responsible=cast.users["officer"],
        public_title="Brev", decided_at=REGISTERED_AT,
    )  # fmt: skip
    assert list(amounts(counting(cast.actor("officer"), DAY), DOCUMENTS).values()) == [Amount(1, 0)]
