"""One page lists all open findings of a portfolio: filtered, counted, sorted, in pages, as a file (issue 3.5)."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from governance.actions.findings import acknowledge_finding
from governance.content import ContentWriter
from governance.models import AssignmentItem, Finding, ItemPassage, Passage, SectionOwner, SteeringDocument
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter, write_assignment
from tests.factories.imports import make_import

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def one(writer: ContentWriter, cast: Cast) -> None:
    write_assignment(writer, cast, "TB2026-1", "Kartlegg lagrene")


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    document = make_registered_letter(cast, fill=one)
    Finding.objects.update(state="resolved")
    return document


def find(document: SteeringDocument, sentence: str, **values: object) -> Finding:
    facts = {"check_id": "V-03", "severity": "A", "place": sentence[:50], **values}
    row: Finding = Finding.objects.create(document=document, organisation=document.issuer, message=sentence, **facts)
    return row


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("governance:findings") + query).content.decode()


def test_each_finding_leads_to_its_row_its_rule_and_its_document(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    item = AssignmentItem.objects.get(document=letter)
    row = find(letter, "Fristen er tidlig.", item=item.uuid)
    shown = page(log_in("officer"))
    assert f"{reverse('governance:document', args=[letter.uuid])}#rad-{item.uuid}" in shown
    assert f"{reverse('governance:rules')}#V-03" in shown
    assert reverse("governance:finding", args=[row.uuid]) in shown
    assert "Viser 1 av 1 funn" in shown


def test_a_finding_in_a_draft_opens_its_row_in_the_workspace(cast: Cast, log_in: LogIn) -> None:
    draft = make_draft(cast, fill=one)
    item = AssignmentItem.objects.get(document=draft)
    find(draft, "Fristen er tidlig.", item=item.uuid)
    assert f"?rad=assignment:{item.uuid}#skjema" in page(log_in("officer"))


def test_the_filters_narrow_and_count_what_the_others_leave(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    other = make_registered_letter(cast, recipient=cast.org("Hdir"), title="Brev til Hdir")
    Finding.objects.update(state="resolved")
    item = AssignmentItem.objects.get(document=letter)
    find(letter, "Stopper her.", severity="F", check_id="V-12")
    find(letter, "Tidlig frist.", item=item.uuid)
    find(other, "Annen frist.")
    find(other, "Bare til orientering.", severity="I", check_id="V-04")
    client = log_in("officer")
    every = page(client)
    assert "Viser 3 av 3 funn" in every
    assert "1 stopper og må rettes, 2 er advarsler" in every
    assert "Bare til orientering." not in every
    assert "Stopper (1)" in every
    assert "V-03 (2)" in every
    hdir = page(client, f"?agency={cast.org('Hdir').uuid}")
    assert "Annen frist." in hdir
    assert "Tidlig frist." not in hdir
    assert "Stopper (0)" in hdir
    assert "Tidlig frist." in page(client, "?department=SHA")
    assert "Annen frist." not in page(client, "?department=SHA")
    assert "Stopper her." in page(client, "?severity=F&rule=V-12")
    assert "Bare til orientering." in page(client, "?severity=I")
    assert "Annen frist." not in page(client, f"?document={letter.uuid}")
    assert client.get(reverse("governance:findings") + "?rule=V-99").status_code == 422


def test_acknowledged_ones_are_shown_with_reason_when_asked_for(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    row = find(letter, "Tidlig frist.")
    acknowledge_finding(finding=row, reason="Avtalt med DMP.", actor=cast.actor("officer"), at=REGISTERED_AT)
    client = log_in("officer")
    assert "Ingen åpne funn" in page(client)
    shown = page(client, "?state=acknowledged")
    assert "Bekreftet av Marte Lindqvist" in shown
    assert "Avtalt med DMP." in shown
    assert "Ingen funn passer" in page(client, "?state=acknowledged&severity=F")


def test_it_is_sorted_and_paged_with_the_filter_kept(cast: Cast, log_in: LogIn, letter: SteeringDocument) -> None:
    for number in range(60):
        find(letter, f"Funn nummer {number:02d}.", check_id="V-07" if number % 2 else "V-03")
    client = log_in("officer")
    first = page(client, "?severity=A&sorter=-regel")
    assert "Viser 50 av 60 funn" in first
    assert 'aria-sort="descending"' in first
    assert first.index("Funn nummer 01.") < first.index("Funn nummer 00.")
    assert "severity=A&amp;sorter=-regel&amp;side=2" in first
    assert "Viser 10 av 60 funn" in page(client, "?severity=A&sorter=-regel&side=2")


def test_the_file_holds_the_same_rows_and_calculates_nothing(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    find(letter, "=SUM(A1:A9)")
    find(letter, "Tidlig frist.", severity="F")
    client = log_in("officer")
    answer = client.get(reverse("governance:findings_file"))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == ["Tidlig frist.", "'=SUM(A1:A9)"]
    text = client.get(reverse("governance:findings_file") + "?format=csv&severity=F").content.decode("utf-8-sig")
    assert "Tidlig frist." in text
    assert "SUM" not in text


@pytest.mark.parametrize("person", ["officer", "signer"])
def test_as_many_questions_for_two_findings_as_for_twenty(
    cast: Cast, log_in: LogIn, letter: SteeringDocument, person: str
) -> None:
    client, counts = log_in(person), []
    for count in (2, 20):
        for number in range(count):
            find(letter, f"Funn {count} {number}.", item=AssignmentItem.objects.get(document=letter).uuid)
        page(client)
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_each_sees_their_own_portfolio_only(cast: Cast, log_in: LogIn, letter: SteeringDocument) -> None:
    find(letter, "Departementets vurdering.")
    make_import(cast)
    assert "Departementets vurdering." in page(log_in("officer"))
    assert "Departementets vurdering." not in page(log_in("sub_agency_officer"))
    for person in ("controller", "director", "auditor", "co_ministry"):
        assert log_in(person).get(reverse("governance:findings")).status_code == 403


def test_what_is_exempt_is_not_told_to_one_who_may_not_read_it(cast: Cast, log_in: LogIn) -> None:
    def exempt(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-5", f"Hemmelig {MARKER_EXEMPT}", restricted=True, restricted_basis="offl. § 15"
        )

    document = make_registered_letter(cast, fill=exempt)
    item = AssignmentItem.objects.get(document=document)
    find(document, f"Fristen for {MARKER_EXEMPT} er tidlig.", item=item.uuid)
    assert MARKER_EXEMPT in page(log_in("officer"))
    client = log_in("department_head")
    assert MARKER_EXEMPT not in page(client)
    assert "Unntatt offentlighet." in page(client)
    data = client.get(reverse("governance:findings_file") + "?format=csv").content.decode("utf-8-sig")
    assert MARKER_EXEMPT not in data


def test_each_finding_has_a_person_and_one_finds_ones_own(cast: Cast, log_in: LogIn, letter: SteeringDocument) -> None:
    draft = make_draft(cast, fill=one)
    Finding.objects.update(state="resolved")
    item = AssignmentItem.objects.get(document=draft)
    chapter = Passage.objects.get(
        pk__in=ItemPassage.objects.filter(item=item.uuid, field="").values("passage")[:1]
    ).chapter
    SectionOwner.objects.create(
        document=draft, chapter=chapter, department=cast.department("SHA"), user=cast.user("department_head")
    )
    find(draft, "I kapittelet.", item=item.uuid)
    find(draft, "I brevet ellers.")
    other = make_draft(cast, kind="supplement", title="Et annet brev")
    SteeringDocument.objects.filter(pk=other.pk).update(created_by=cast.user("signer"))
    find(other, "I et annet brev.")
    client = log_in("officer")
    every = page(client)
    for words in ("Mine (1)", "Kristian Aas (1)", "Ragnhild Moen (1)", ">Kristian Aas</td>"):
        assert words in every, words
    assert every.index("Mine (1)") < every.index("Kristian Aas (1)")
    mine = page(client, "?responsible=mine")
    assert "I brevet ellers." in mine
    assert "I kapittelet." not in mine
    assert "Viser 1 av 1 funn" in mine
    owned = page(client, f"?responsible={cast.user('department_head').uuid}&sorter=ansvarlig")
    assert "I kapittelet." in owned
    assert "Viser 1 av 1 funn" in owned
    data = client.get(reverse("governance:findings_file") + "?format=csv&responsible=mine").content.decode("utf-8-sig")
    assert "Ansvarlig" in data
    assert "Marte Lindqvist" in data
    assert "I kapittelet." not in data


def test_an_import_is_answered_for_by_the_one_who_read_it_in(cast: Cast, log_in: LogIn) -> None:
    found = make_import(cast)
    Finding.objects.update(state="resolved")
    Finding.objects.create(
        document_import=found, organisation=found.organisation, check_id="V-03", severity="A", message="Lest inn."
    )
    assert "Lest inn." in page(log_in("officer"), "?responsible=mine")


def test_mine_is_offered_to_one_who_has_none(cast: Cast, log_in: LogIn, letter: SteeringDocument) -> None:
    find(letter, "Ikke din.")
    client = log_in("signer")
    assert client.get(reverse("governance:findings") + "?responsible=mine").status_code == 200
    assert "Ingen funn passer" in page(client, "?responsible=mine")
