"""What a letter promised is sent later, once, bound to the letter; until then it nags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import canonical
from core.clock import OSLO
from core.errors import NotAllowed, NotInThisState, RuleBroken
from core.models import Event
from governance.actions.enclosures import EnclosureFile, send_enclosure
from governance.actions.findings import refresh_document_findings
from governance.content import ContentWriter
from governance.models import (
    Dispatch,
    EnclosureDispatch,
    Finding,
    JournalEntry,
    PromisedEnclosure,
    SteeringDocument,
)
from tests.cast import Cast
from tests.factories.documents import make_draft, make_registered_letter

LogIn = Callable[[str], Client]
AT = datetime(2026, 2, 2, 9, 0, tzinfo=OSLO)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    """A registered letter that promises guidelines by the first of February."""

    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.add(PromisedEnclosure, title="Retningslinjer", expected_on=date(2026, 2, 1))

    return make_registered_letter(cast, fill=fill)


def test_it_is_sent_from_the_letters_page_to_agency_and_copies_and_the_letter_stands(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    officer, row = log_in("officer"), PromisedEnclosure.objects.get(document=letter)
    url = reverse("governance:send_enclosure", args=[letter.uuid, row.uuid])
    page = officer.get(reverse("governance:document", args=[letter.uuid])).content.decode()
    assert url in page
    assert "Retningslinjer" in officer.get(reverse("reporting:my_day")).content.decode()
    answer = officer.post(url, {"file": SimpleUploadedFile("retningslinjer.pdf", PDF)})
    assert answer.status_code == 302, answer.content.decode()
    sent = EnclosureDispatch.objects.select_related("file").get(enclosure=row)
    assert sent.sha256 == canonical.sha256(PDF)
    rows = Dispatch.objects.filter(subject=sent.uuid).select_related("recipient")
    to = {(row.recipient.short, row.role) for row in rows}
    assert to == {("DMP", "to"), ("RR", "copy")}
    assert JournalEntry.objects.filter(subject=sent.uuid).count() == 2
    assert Event.objects.filter(subject=letter.uuid, type="document.enclosure_sent").count() == 1
    before = letter.sha256
    letter.refresh_from_db()
    assert letter.sha256 == before
    agency = log_in("controller")
    seen = agency.get(reverse("governance:document", args=[letter.uuid])).content.decode()
    assert "sendt 2. februar 2026" in seen
    assert url not in seen
    assert b"".join(agency.get(reverse("governance:file", args=[sent.file.uuid]))) == PDF  # type: ignore[arg-type]
    assert log_in("other_controller").get(reverse("governance:file", args=[sent.file.uuid])).status_code == 404
    assert "Ettersend Retningslinjer" not in officer.get(reverse("reporting:my_day")).content.decode()
    again = officer.post(url, {"file": SimpleUploadedFile("retningslinjer.pdf", PDF)})
    assert again.status_code == 409
    assert EnclosureDispatch.objects.count() == 1


def test_it_nags_when_the_day_is_passed_and_stops_when_it_is_sent(cast: Cast, letter: SteeringDocument) -> None:
    refresh_document_findings(letter, day=date(2026, 2, 1))
    assert not Finding.objects.filter(document=letter, check_id="ETT-1", state="open").exists()
    refresh_document_findings(letter, day=date(2026, 2, 2))
    found = Finding.objects.get(document=letter, check_id="ETT-1", state="open")
    assert "skulle ettersendes innen 1. februar 2026" in found.message
    send(cast, letter)
    found.refresh_from_db()
    assert found.state == "resolved"


def test_one_without_a_day_nags_when_the_letter_is_weeks_old(cast: Cast) -> None:
    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.add(PromisedEnclosure, title="Vedlegg")

    letter = make_registered_letter(cast, fill=fill)
    assert letter.document_date is not None
    for weeks, nags in ((6, False), (7, True)):
        refresh_document_findings(letter, day=letter.document_date + timedelta(weeks=weeks))
        assert Finding.objects.filter(document=letter, check_id="ETT-1", state="open").exists() is nags


def send(cast: Cast, letter: SteeringDocument, *, by: str = "officer", data: bytes = PDF) -> EnclosureDispatch:
    """Send the letter's promised enclosure."""
    row = PromisedEnclosure.objects.get(document=letter)
    return send_enclosure(enclosure=row, upload=EnclosureFile("fil.pdf", data), actor=cast.actor(by), at=AT)


@pytest.mark.parametrize("part", ["controller", "signer", "other_controller", "budget_officer", "sub_agency_officer"])
def test_no_one_else_sends_it(cast: Cast, letter: SteeringDocument, part: str) -> None:
    with pytest.raises(NotAllowed):
        send(cast, letter, by=part)


def test_a_program_is_refused_and_so_is_nothing_and_a_letter_that_is_not_issued(
    cast: Cast, log_in: LogIn, letter: SteeringDocument
) -> None:
    with pytest.raises(RuleBroken):
        send(cast, letter, data=b"\x7fELF\x02\x01\x01" + b"\0" * 60)
    row = PromisedEnclosure.objects.get(document=letter)
    answer = log_in("officer").post(reverse("governance:send_enclosure", args=[letter.uuid, row.uuid]), {})
    assert answer.status_code == 422
    assert "Velg filen" in answer.content.decode()
    assert not EnclosureDispatch.objects.exists()

    def fill(writer: ContentWriter, cast: Cast) -> None:
        writer.add(PromisedEnclosure, title="Vedlegg")

    draft = make_draft(cast, fill=fill, title="Utkast")
    with pytest.raises(NotInThisState):
        send(cast, draft)
