"""Beside a draft stand the findings of this moment: nothing is written when a page is read (issue 3.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions.comments import NewComment, write_comment
from governance.actions.findings import refresh_document_findings
from governance.actions.live_acknowledging import acknowledge_live
from governance.content import ContentWriter
from governance.models import AssignmentItem, Authorisation, BudgetLine, DeliveryItem, Finding, SteeringDocument
from governance.selectors.live_findings import live_findings
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, write_assignment

pytestmark = pytest.mark.django_db
DAY = REGISTERED_AT.date()
LogIn = Callable[[str], Client]


def rows(count: int) -> Callable[[ContentWriter, Cast], None]:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        for number in range(1, count + 1):
            early = [("1. desember 2025", date(2025, 12, 1))]
            write_assignment(writer, cast, f"TB2026-{number}", f"Oppgave {number}", deadlines=early)
            writer.add(Authorisation, title=f"Fullmakt {number}", limit=30_000)
            writer.add(BudgetLine, chapter=740 + number, post=1, amount=1000)

    return fill


@pytest.fixture
def draft(cast: Cast) -> SteeringDocument:
    return make_draft(cast, fill=rows(2))


def pages(document: SteeringDocument) -> list[str]:
    return [
        reverse("governance:draft_write", args=[document.uuid, "annet"]),
        reverse("governance:draft", args=[document.uuid]),
        reverse("governance:issue", args=[document.uuid]),
    ]


def test_a_finding_stands_beside_the_draft_at_once_and_reading_writes_none(
    log_in: LogIn, draft: SteeringDocument
) -> None:
    client = log_in("officer")
    for url in pages(draft):
        page = client.get(url).content.decode()
        assert "ligger før brevets dato" in page, url
        assert f"{reverse('governance:rules')}#V-03" in page, url
        assert "Bekreft" in page, url
    assert not Finding.objects.filter(document=draft).exists()
    DeliveryItem.objects.filter(document=draft).update(deadline=date(2026, 12, 1))
    assert "ligger før brevets dato" not in client.get(pages(draft)[0]).content.decode()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_pages_ask_as_many_questions_however_many_findings(cast: Cast, log_in: LogIn, number: int) -> None:
    client, counts = log_in("officer"), []
    for count in (2, 20):
        document = make_draft(cast, fill=rows(count), title=f"Brev {count}", number=count)
        client.get(pages(document)[number])
        with CaptureQueriesContext(connection) as queries:
            client.get(pages(document)[number])
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_finding_that_is_not_on_record_is_acknowledged_from_the_draft(
    cast: Cast, log_in: LogIn, draft: SteeringDocument
) -> None:
    found = next(row for row in live_findings(draft, day=DAY) if row.check_id == "V-03")
    url = reverse("governance:draft_finding", args=[draft.uuid, found.token])
    client = log_in("officer")
    assert found.sentence[:20] in client.get(url).content.decode()
    assert client.post(url, {"reason": "", "seen": found.digest}).status_code == 422
    assert client.post(url, {"reason": "Avtalt.", "seen": found.digest}).status_code == 302
    again = next(row for row in live_findings(draft, day=DAY) if row.token == found.token)
    assert (again.acknowledged, again.reason, again.by) == (True, "Avtalt.", "Marte Lindqvist")
    assert "1 funn er bekreftet" in client.get(pages(draft)[0]).content.decode()
    AssignmentItem.objects.filter(uuid=found.item).update(title="Annet innhold")
    changed = next(row for row in live_findings(draft, day=DAY) if row.token == found.token)
    assert not changed.acknowledged
    assert "Avtalt." in changed.before


def test_what_stops_cannot_be_acknowledged_and_what_is_mended_is_gone(
    cast: Cast, log_in: LogIn, draft: SteeringDocument
) -> None:
    Authorisation.objects.filter(document=draft).update(limit=0)
    stops = next(row for row in live_findings(draft, day=DAY) if row.severity == "F")
    url = reverse("governance:draft_finding", args=[draft.uuid, stops.token])
    assert log_in("officer").post(url, {"reason": "Likevel.", "seen": stops.digest}).status_code == 422
    gone = reverse("governance:draft_finding", args=[draft.uuid, draft.uuid])
    assert log_in("officer").get(gone).status_code == 404


def test_an_acknowledged_finding_does_not_hinder_issue_and_an_open_one_on_record_is_not_lost(
    cast: Cast, draft: SteeringDocument
) -> None:
    refresh_document_findings(draft, day=DAY)
    for row in live_findings(draft, day=DAY):
        if row.severity == "A":
            acknowledge_live(
                document=draft, token=row.token, reason="Ja.", actor=cast.actor("officer"), at=REGISTERED_AT
            )
    Finding.objects.create(
        document=draft,
        organisation=draft.issuer,
        check_id="V-25",
        severity="A",
        message="Ulik frist.",
        place="TB2026-1",
    )
    left = [row for row in live_findings(draft, day=DAY) if row.hinders and row.severity == "A"]
    assert [row.check_id for row in left] == ["V-25"]


def test_open_comments_are_counted_on_their_row_in_the_workspace(
    cast: Cast, log_in: LogIn, draft: SteeringDocument
) -> None:
    item = AssignmentItem.objects.filter(document=draft).order_by("id").first()
    assert item is not None
    client, url = log_in("officer"), pages(draft)[0]
    before = client.get(url).content.decode()
    assert "åpen kommentar" not in before
    assert f"{reverse('governance:comment_write', args=[draft.uuid])}?rad={item.uuid}" in before
    for text in ("Er fristen riktig?", "Og hvem eier dette?"):
        new = NewComment(text=text, audience="internal", item=item.uuid, place="TB2026-1")
        write_comment(document=draft, new=new, actor=cast.actor("officer"), at=REGISTERED_AT)
    page = client.get(url).content.decode()
    assert "2 åpne kommentarer" in page
    assert f"{reverse('governance:comments', args=[draft.uuid])}#rad-{item.uuid}" in page
