"""What is exempt in a letter stays with its named readers, and copies with those who read them (B2, B3)."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assignments.models import Assignment
from governance.content import ContentWriter
from governance.models import AssignmentItem, Change, Dispatch, ItemPassage, SteeringDocument
from reporting.models import Report
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.assignments import AT, give
from tests.factories.documents import REGISTERED_AT, make_issued_supplement, make_registered_letter, write_assignment
from tests.factories.reports import SUBMITTED_AT, make_submitted_report

LogIn = Callable[[str], Client]
DAY = REGISTERED_AT.date()


@pytest.fixture
def exempt(cast: Cast) -> Assignment:
    """An exempt assignment whose letter has the marker in title and text; the officer alone reads it."""
    return give(
        cast, "TB2026-70", f"Tittel {MARKER_EXEMPT}", restricted=True, restricted_basis="Offl. § 15 tredje ledd"
    )


@time_machine.travel(AT, tick=False)
def test_letter_text_files_and_search_say_nothing_to_others(cast: Cast, exempt: Assignment, log_in: LogIn) -> None:
    letter = SteeringDocument.objects.for_detail().get(pk=exempt.document_id)
    assert ItemPassage.objects.filter(document=letter).exists()
    pages = [reverse(f"governance:{name}", args=[letter.uuid]) for name in ("document", "document_text")]
    for part in ("signer", "controller", "director"):
        client = log_in(part)
        for url in pages:
            assert MARKER_EXEMPT.lower() not in client.get(url).content.decode().lower(), (part, url)
        found = client.get(reverse("reporting:search"), {"q": MARKER_EXEMPT}).content.decode()
        assert letter.title not in found
        assert letter.snapshot is not None
        assert client.get(reverse("governance:file", args=[letter.snapshot.uuid])).status_code == 404, part
    reader = log_in("officer")
    assert MARKER_EXEMPT in reader.get(pages[1]).content.decode()
    assert reader.get(reverse("governance:file", args=[letter.snapshot.uuid])).status_code == 200  # type: ignore[union-attr]


@time_machine.travel(AT, tick=False)
def test_an_exempt_row_of_a_later_letter_is_not_read_on_an_open_assignment(cast: Cast, log_in: LogIn) -> None:
    first = give(cast, "TB2026-71", "Åpent oppdrag")

    def fill(writer: object, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-71", f"Presisering {MARKER_EXEMPT}", change="clarified", restricted=True,  # type: ignore[arg-type]
            restricted_basis="Offl. § 15", deadlines=(),
        )  # fmt: skip

    make_issued_supplement(cast, fill=fill)
    page = log_in("director").get(reverse("assignments:passport", args=[first.uuid])).content.decode()
    assert "Åpent oppdrag" in page
    assert MARKER_EXEMPT not in page


def test_what_the_organisation_is_sent_is_not_for_its_administrator(cast: Cast) -> None:
    letter = make_issued_supplement(cast)
    report = make_submitted_report(cast)
    Dispatch.objects.filter(subject__in=(letter.uuid, report.uuid)).update(state="sent", sent_at=SUBMITTED_AT)
    day = SUBMITTED_AT.date()
    for part in ("admin", "system_client"):
        actor = cast.actor(part)
        assert not SteeringDocument.objects.visible_to(actor, day).exists()
        assert not Report.objects.visible_to(actor, day).exists()
        assert not Dispatch.objects.visible_to(actor, day).exists()
    assert not Report.objects.visible_to(cast.actor("department_officer"), day).exists()
    assert Report.objects.visible_to(cast.actor("auditor"), day).exists()


@time_machine.travel(AT, tick=False)
def test_pages_are_not_kept_by_browsers(cast: Cast, log_in: LogIn) -> None:
    page = log_in("officer").get(reverse("assignments:list"))
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_change_of_an_exempt_assignment_in_another_letter_stands_as_its_number(cast: Cast, log_in: LogIn) -> None:
    def given(writer: ContentWriter, cast: Cast) -> None:
        write_assignment(
            writer, cast, "TB2026-5", MARKER_EXEMPT, restricted=True, restricted_basis="offl. § 15", body=MARKER_EXEMPT
        )

    letter = make_registered_letter(cast, fill=given)
    target = AssignmentItem.objects.get(document=letter).uuid

    def moved(writer: ContentWriter, cast: Cast) -> None:
        writer.add(Change, kind="replace", target=target, item_type="assignment", text=f"Om {MARKER_EXEMPT}")

    other = make_registered_letter(cast, kind="supplement", title="Supplerende brev", fill=moved, supplements=letter)
    page = log_in("co_ministry").get(reverse("governance:document", args=[other.uuid])).content.decode()
    assert "TB2026-5, unntatt offentlighet. offl. § 15" in page
    assert MARKER_EXEMPT not in page
