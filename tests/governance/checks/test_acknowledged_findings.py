"""A warning is acknowledged with a reason on record, and opens again when what it is about changes (issue 3.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.errors import RuleBroken, StaleVersion
from core.models import Event
from governance.actions.findings import acknowledge_finding, refresh_document_findings, refresh_findings
from governance.content import ContentWriter
from governance.models import BudgetLine, Finding, ImportRow, SteeringDocument
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, Fill, make_draft, make_registered_letter, write_assignment
from tests.factories.imports import fill_in, make_import, register

DAY = REGISTERED_AT.date()
LogIn = Callable[[str], Client]


def early(writer: ContentWriter, cast: Cast) -> None:
    """An assignment whose deadline lies before the letter (V-03)."""
    write_assignment(writer, cast, "TB2026-1", "Kartlegg lagrene", deadlines=[("1. desember 2025", date(2025, 12, 1))])


@pytest.fixture
def draft(cast: Cast) -> SteeringDocument:
    return make_draft(cast, fill=early)


@pytest.fixture
def finding(cast: Cast, draft: SteeringDocument) -> Finding:
    refresh_document_findings(draft, day=DAY)
    found: Finding = Finding.objects.get(document=draft, check_id="V-03")
    return found


def acknowledge(cast: Cast, finding: Finding, reason: str = "Avtalt i møte.") -> Finding:
    return acknowledge_finding(finding=finding, reason=reason, actor=cast.actor("officer"), at=REGISTERED_AT)


def look_again(draft: SteeringDocument, finding: Finding) -> str:
    refresh_document_findings(SteeringDocument.objects.for_detail().get(pk=draft.pk), day=DAY)
    finding.refresh_from_db()
    return finding.state


def test_it_stays_acknowledged_while_nothing_changes_whatever_language_one_reads_in(
    cast: Cast, draft: SteeringDocument, finding: Finding
) -> None:
    acknowledge(cast, finding)
    assert look_again(draft, finding) == "acknowledged"
    with translation.override("en"):
        assert look_again(draft, finding) == "acknowledged"


def test_a_changed_row_opens_it_again_with_the_old_reason_on_record(
    cast: Cast, draft: SteeringDocument, finding: Finding
) -> None:
    acknowledge(cast, finding)
    item = draft.assignmentitem_set.get()
    item.title = "Kartlegg lagrene og tell dem"
    item.save(update_fields=["title"])
    assert look_again(draft, finding) == "open"
    assert (finding.reason, finding.decided_by_id) == ("Avtalt i møte.", cast.users["officer"].pk)
    event = Event.objects.get(type="finding.reopened", subject=draft.uuid)
    assert (event.before["reason"], event.audience) == ("Avtalt i møte.", "internal")
    acknowledge(cast, finding, "Fortsatt riktig.")
    assert look_again(draft, finding) == "acknowledged"


def test_a_changed_sentence_opens_it_again(cast: Cast, draft: SteeringDocument, finding: Finding) -> None:
    acknowledge(cast, finding)
    draft.document_date = date(2025, 12, 23)
    draft.save(update_fields=["document_date"])
    assert look_again(draft, finding) == "open"
    assert "23. desember 2025" in finding.message


def test_what_is_mended_and_broken_again_must_be_acknowledged_anew(
    cast: Cast, draft: SteeringDocument, finding: Finding
) -> None:
    acknowledge(cast, finding)
    part = draft.deliveryitem_set.get()
    for deadline in (date(2026, 6, 1), date(2025, 12, 1)):
        part.deadline = deadline
        part.save(update_fields=["deadline"])
        look_again(draft, finding)
    assert finding.state == "resolved"
    assert Finding.objects.get(document=draft, check_id="V-03", state="open").reason == ""


def test_a_reason_is_needed(cast: Cast, finding: Finding) -> None:
    with pytest.raises(RuleBroken):
        acknowledge(cast, finding, " ")


def test_what_changed_while_the_page_was_open_is_read_again_first(
    cast: Cast, log_in: LogIn, draft: SteeringDocument, finding: Finding
) -> None:
    client, url = log_in("officer"), reverse("governance:finding", args=[finding.uuid])
    seen = finding.content_digest
    assert f'value="{seen}"' in client.get(url).content.decode()
    item = draft.assignmentitem_set.get()
    item.title = "Noe helt annet"
    item.save(update_fields=["title"])
    look_again(draft, finding)
    answer = client.post(url, {"reason": "Avtalt.", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == StaleVersion.status
    assert "Avtalt." in page
    assert "er endret siden du åpnet siden" in page
    assert f'value="{finding.content_digest}"' in page
    assert client.post(url, {"reason": "Avtalt.", "seen": finding.content_digest}).status_code == 302


def test_the_page_tells_what_was_said_before_the_content_changed(
    cast: Cast, log_in: LogIn, draft: SteeringDocument, finding: Finding
) -> None:
    acknowledge(cast, finding, "Avtalt med avdelingen.")
    draft.assignmentitem_set.update(title="Annet")
    look_again(draft, finding)
    page = log_in("officer").get(reverse("governance:finding", args=[finding.uuid])).content.decode()
    assert "Bekreftet av Marte Lindqvist" in page
    assert "Avtalt med avdelingen." in page


def test_an_import_keeps_its_acknowledgements_in_the_document_it_becomes(cast: Cast) -> None:
    found = make_import(cast)
    fill_in(cast, found)
    refresh_findings(found, day=DAY)
    row = Finding.objects.filter(document_import=found, severity="A", state="open").exclude(item=None).first()
    assert row is not None
    acknowledge(cast, row)
    document = register(cast, found)
    same = Finding.objects.get(pk=row.pk)
    assert (same.document_id, same.state) == (document.pk, "acknowledged")


def test_the_sum_in_a_supplement_that_is_read_in_is_held_to_what_is_registered(cast: Cast) -> None:
    def money(writer: ContentWriter, cast: Cast) -> None:
        writer.add(BudgetLine, chapter=702, post=21, name="Drift", kind="expense", amount=24_000_000)

    found = make_import(cast)
    fill_in(cast, found, kind="supplement", document_date=date(2026, 1, 8))
    line = {"chapter": 702, "post": "21", "kind": "change", "amount": 2_100_000, "total": 30_000_000}
    ImportRow.objects.create(document_import=found, kind="budget_line", ordinal=900, data=line, passages=[])
    open_ones = Finding.objects.filter(document_import=found, check_id="PENGER-4", state="open")
    refresh_findings(found, day=DAY)
    assert not open_ones.exists()
    make_registered_letter(cast, fill=money)
    assert "gir 24 000 før dette" in open_ones.get().message.replace("\xa0", " ")
    ImportRow.objects.filter(document_import=found, kind="budget_line").update(data={**line, "total": 26_100_000})
    refresh_findings(found, day=DAY)
    assert not open_ones.exists()


@pytest.mark.parametrize(
    ("registered", "read", "counted"),
    [(2, 3, True), (None, None, True), (3, None, True), (None, 2, True), (3, 2, False)],
)
def test_a_supplement_of_the_same_date_counts_when_it_came_before(
    cast: Cast, registered: int | None, read: int | None, counted: bool
) -> None:
    def money(kind: str, amount: int) -> Fill:
        def fill(writer: ContentWriter, cast: Cast) -> None:
            writer.add(BudgetLine, chapter=702, post=21, name="Drift", kind=kind, amount=amount)

        return fill

    day = date(2026, 1, 8)
    make_registered_letter(cast, fill=money("expense", 24_000_000))
    same_day = {"kind": "supplement", "document_date": day, "number": registered, "title": "Supplerende brev"}
    make_registered_letter(cast, fill=money("change", 1_000_000), **same_day)
    found = make_import(cast)
    fill_in(cast, found, kind="supplement", document_date=day, number=read)
    total = 27_100_000 if counted else 26_100_000
    line = {"chapter": 702, "post": "21", "kind": "change", "amount": 2_100_000, "total": total}
    ImportRow.objects.create(document_import=found, kind="budget_line", ordinal=900, data=line, passages=[])
    refresh_findings(found, day=DAY)
    assert not Finding.objects.filter(document_import=found, check_id="PENGER-4", state="open").exists()
