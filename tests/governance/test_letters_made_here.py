"""A supplement from a form: written by one, issued by another, sent, copied and journalled."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pypdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import files, jobs, mail
from core.models import Job, Message
from governance.models import (
    AssignmentItem,
    BudgetLine,
    Change,
    DeliveryItem,
    Dispatch,
    JournalEntry,
    NumberReservation,
    Rendition,
    SteeringDocument,
)
from tests.cast import MARKER_MINISTRY, Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_registered_letter
from tests.mailbox import Mailbox, running_mailbox

LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(REGISTERED_AT, tick=False):
        yield


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


def start_supplement(client: Client, cast: Cast) -> SteeringDocument:
    answer = client.post(
        reverse("governance:new_supplement"),
        {
            "recipient": cast.org("DMP").uuid,
            "year": 2026,
            "language": "nb",
            "title": "Supplerende tildelingsbrev nr. 1",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return SteeringDocument.objects.select_related("recipient", "issuer", "kind").get(title__startswith="Supplerende")


def test_officer_writes_and_signer_issues_and_mail_goes_to_agency_and_auditor(
    cast: Cast, log_in: LogIn, mailbox: Mailbox
) -> None:
    make_registered_letter(cast)
    officer, signer = log_in("officer"), log_in("signer")
    draft = start_supplement(officer, cast)
    add = {
        "version": draft.version,
        "title": "Beredskapslager for infusjonsvæsker",
        "body": "Direktoratet skal foreslå hvordan lageret kan organiseres.",
        "department": cast.department("SHA").uuid,
        "deadline": "2026-10-01",
    }
    assert officer.post(reverse("governance:draft_assignment", args=[draft.uuid]), add).status_code == 302
    draft.refresh_from_db()
    amount = {"version": draft.version, "chapter": 746, "post": 1, "name": "Driftsutgifter", "thousands": "-3400"}
    assert officer.post(reverse("governance:draft_amount", args=[draft.uuid]), amount).status_code == 302
    assert "TTB2026-1" in officer.get(reverse("governance:draft", args=[draft.uuid])).content.decode()
    line = BudgetLine.objects.get(document=draft)
    assert (line.amount, line.total_after) == (-3_400_000, 455_191_000)

    draft.refresh_from_db()
    page = signer.get(reverse("governance:issue", args=[draft.uuid])).content.decode()
    assert "Riksrevisjonen" in page
    answer = signer.post(reverse("governance:issue", args=[draft.uuid]), {"version": draft.version})
    assert answer.status_code == 302
    for job in Job.objects.filter(state="queued"):
        jobs.run(str(job.uuid))
    mail.deliver_due(REGISTERED_AT, relay=mailbox.relay())
    received = {str(message["To"]) for message in mailbox.received}
    assert received == {cast.org("DMP").mailbox, cast.org("RR").mailbox}
    states = Dispatch.objects.filter(subject=draft.uuid).values_list("role", "state")
    assert set(states) == {("to", "sent"), ("copy", "sent")}
    reading = Rendition.objects.select_related("file").get(document=draft, role="reading")
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(files.read(reading.file))).pages)
    assert "TTB2026-1" in text
    assert JournalEntry.objects.filter(subject=draft.uuid).count() == 2
    auditor = log_in("auditor").get(reverse("governance:copies")).content.decode()
    assert "Supplerende tildelingsbrev nr. 1" in auditor


def test_the_same_person_cannot_write_and_issue_and_the_page_says_who_can(cast: Cast, log_in: LogIn) -> None:
    officer = log_in("officer")
    draft = start_supplement(officer, cast)
    page = officer.get(reverse("governance:draft", args=[draft.uuid])).content.decode()
    assert "Du redigerte brevet sist. En annen må signere." in page
    assert "Ragnhild Moen" in page
    answer = officer.post(reverse("governance:issue", args=[draft.uuid]), {"version": draft.version})
    assert answer.status_code == 403
    draft.refresh_from_db()
    assert not draft.is_issued


def test_issuing_again_from_an_old_window_says_so_and_sends_nothing(cast: Cast, log_in: LogIn) -> None:
    officer, signer = log_in("officer"), log_in("signer")
    draft = start_supplement(officer, cast)
    url = reverse("governance:issue", args=[draft.uuid])
    assert signer.post(url, {"version": draft.version}).status_code == 302
    again = signer.post(url, {"version": draft.version})
    assert again.status_code == 409
    assert "allerede utstedt" in again.content.decode()
    assert Dispatch.objects.filter(subject=draft.uuid).count() == 2


def test_a_form_that_is_refused_keeps_what_was_typed_and_tells_all_problems(cast: Cast, log_in: LogIn) -> None:
    officer = log_in("officer")
    draft = start_supplement(officer, cast)
    answer = officer.post(
        reverse("governance:draft_assignment", args=[draft.uuid]),
        {"version": draft.version, "title": "", "body": "Tekst som ikke skal forsvinne", "deadline": "2025-01-01"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tekst som ikke skal forsvinne" in page
    assert "Skriv tittelen på oppdraget." in page
    assert "ikke er passert" in page
    assert not NumberReservation.objects.filter(document=draft).exists()


def test_a_stale_version_is_refused_with_the_text_kept(cast: Cast, log_in: LogIn) -> None:
    officer = log_in("officer")
    draft = start_supplement(officer, cast)
    url = reverse("governance:draft_paragraph", args=[draft.uuid])
    assert officer.post(url, {"version": 1, "text": "Den første lagret dette."}).status_code == 302
    stale = officer.post(url, {"version": 1, "text": "Den andre skrev dette."})
    assert stale.status_code == 412
    assert "Den andre skrev dette." in stale.content.decode()


def test_moving_a_deadline_makes_a_change_row_and_keeps_the_letter(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast)
    officer = log_in("officer")
    draft = start_supplement(officer, cast)
    earlier = AssignmentItem.objects.get(document=letter, number=6)
    answer = officer.post(
        reverse("governance:draft_deadline", args=[draft.uuid]),
        {
            "version": draft.version,
            "earlier": earlier.uuid,
            "deadline": "2027-03-01",
            "reason": "Høringen tar lengre tid.",
        },
    )
    assert answer.status_code == 302
    change = Change.objects.get(document=draft)
    delivery = DeliveryItem.objects.get(assignment_item=earlier)
    assert (change.target, change.new_date) == (delivery.uuid, date(2027, 3, 1))


def test_numbers_are_never_used_again(cast: Cast, log_in: LogIn) -> None:
    officer = log_in("officer")
    values = {"title": "Et oppdrag", "body": "Gjør dette.", "deadline_text": "avtales i dialog"}
    numbers = []
    for reason in ("Falt bort", ""):
        draft = make_draft(cast, kind="supplement", title="Supplerende brev", document_date=None)
        officer.post(reverse("governance:draft_assignment", args=[draft.uuid]), {"version": draft.version, **values})
        numbers.append(AssignmentItem.objects.get(document=draft).number)
        if reason:
            draft.refresh_from_db()
            officer.post(
                reverse("governance:draft_discard", args=[draft.uuid]), {"version": draft.version, "reason": reason}
            )
    assert numbers == [1, 2]
    assert NumberReservation.objects.get(series="TTB", number=1).gap_reason == "Falt bort"


@pytest.mark.parametrize(
    "part", ["controller", "director", "other_controller", "auditor", "co_ministry", "department_officer"]
)
def test_no_one_else_finds_the_draft_or_its_forms(cast: Cast, log_in: LogIn, part: str) -> None:
    draft = make_draft(cast, kind="supplement", title=f"Utkast {MARKER_MINISTRY}", document_date=None)
    client = log_in(part)
    for name in ("draft", "draft_head", "draft_assignment", "issue", "draft_discard"):
        answer = client.get(reverse(f"governance:{name}", args=[draft.uuid]))
        assert answer.status_code in (403, 404)
        assert MARKER_MINISTRY not in answer.content.decode()


def test_a_recipient_without_mailbox_gives_a_failed_dispatch_that_is_seen(cast: Cast, log_in: LogIn) -> None:
    agency = cast.org("DMP")
    agency.mailbox = ""
    agency.save(update_fields=["mailbox"])
    officer, signer = log_in("officer"), log_in("signer")
    draft = start_supplement(officer, cast)
    assert "Mangler postmottak" in officer.get(reverse("governance:draft", args=[draft.uuid])).content.decode()
    signer.post(reverse("governance:issue", args=[draft.uuid]), {"version": draft.version})
    row = Dispatch.objects.get(subject=draft.uuid, role="to")
    assert row.state == "failed"
    assert "postmottak" in row.receipt
    assert not Message.objects.filter(about=row.uuid).exists()


def test_journal_refuses_an_empty_public_title_and_takes_a_good_one(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast)
    officer = log_in("officer")
    entry = JournalEntry.objects.get(subject=letter.uuid, direction="U")
    assert letter.title in officer.get(reverse("governance:journal")).content.decode()
    url = reverse("governance:journal_entry", args=[entry.uuid])
    values = {"version": entry.version, "case_number": "25/4127", "document_number": "", "public_title": "Brev"}
    refused = officer.post(url, values)
    assert refused.status_code == 422
    assert "Skriv dokumentnummeret" in refused.content.decode()
    assert "offentlige tittelen" in refused.content.decode()
    values |= {"document_number": "25/4127-1", "public_title": "Tildelingsbrev 2026 til direktoratet"}
    assert officer.post(url, values).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "journalled"


def test_each_side_has_its_own_journal_queue(cast: Cast, log_in: LogIn) -> None:
    letter = make_registered_letter(cast)
    other = JournalEntry.objects.get(subject=letter.uuid, direction="U")
    assert log_in("controller").get(reverse("governance:journal_entry", args=[other.uuid])).status_code == 404
    assert log_in("auditor").get(reverse("governance:journal")).status_code == 403
