"""The pages where the record of a registered letter is put right, and where one reads what it said before."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.intake import differing
from governance.models import AssignmentItem, DocumentImport, RegistrationCorrection, SteeringDocument
from tests.cast import MARKER_EXEMPT, Cast
from tests.factories.imports import LETTER, fill_in, fresh, make_import, register, settle
from tests.governance.test_corrected_registrations import BETTER, brought_in

Browser = Callable[[str], Client]


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    found = brought_in(cast, LETTER, "brev.txt")
    settle(cast, found)
    return register(cast, fresh(found))


@pytest.fixture
def better(cast: Cast, letter: SteeringDocument) -> DocumentImport:
    return brought_in(cast, BETTER, "rettet.txt")


def choices(found: DocumentImport, document: SteeringDocument) -> dict[str, str]:
    base = differing.base_of(document)
    assert base is not None
    every = differing.differences(differing.paired(found, base, differing.rows_of(found, base)))
    return {str(one.row.data.get("title") or one.uuid): str(one.uuid) for one in every}


def test_rows_are_chosen_and_taken_in_with_a_reason(
    log_in: Browser, letter: SteeringDocument, better: DocumentImport
) -> None:
    browser = log_in("officer")
    address = reverse("governance:import_compare", args=[better.uuid])
    page = browser.get(address).content.decode()
    assert "Sto det i brevet hele tiden, rettes registreringen" in page
    rows = choices(better, letter)
    assert all(f'value="{row}"' in page for row in rows.values())
    chosen = rows["Ny metode for screening"]
    correct = reverse("governance:import_correct", args=[better.uuid])
    values = {"version": better.version, "rad": [chosen], "reason": "misread", "note": "Ordene var delt."}
    answer = browser.post(correct, values, follow=True)
    assert answer.redirect_chain[0][0] == address
    assert f'value="{chosen}"' not in answer.content.decode()
    history = browser.get(reverse("governance:corrections", args=[letter.uuid])).content.decode()
    assert "Ordene var delt." in history
    assert "lest feil" in history
    assert "Slik det var registrert" in history
    document = browser.get(reverse("governance:document", args=[letter.uuid])).content.decode()
    assert "Ny metode for screening" in document
    assert "Rettet 1 gang" in document


def test_what_is_missing_is_said_and_what_was_ticked_and_typed_stays(
    log_in: Browser, letter: SteeringDocument, better: DocumentImport
) -> None:
    chosen = choices(better, letter)["Ny metode for screening"]
    values = {"version": better.version, "rad": [chosen], "note": "Ordene var delt."}
    answer = log_in("officer").post(reverse("governance:import_correct", args=[better.uuid]), values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Velg hvorfor registreringen rettes." in page
    assert "Ordene var delt." in page
    assert f'value="{chosen}" checked' in page
    forged = log_in("officer").post(
        reverse("governance:import_correct", args=[better.uuid]), {**values, "rad": ["nei"], "reason": "misread"}
    )
    assert forged.status_code == 422
    stale = log_in("officer").post(
        reverse("governance:import_correct", args=[better.uuid]), {**values, "version": 1, "reason": "misread"}
    )
    assert stale.status_code == 412
    assert not RegistrationCorrection.objects.exists()


def test_the_last_rows_close_the_reading(log_in: Browser, letter: SteeringDocument, better: DocumentImport) -> None:
    values = {"version": better.version, "rad": list(choices(better, letter).values()), "reason": "new_file"}
    answer = log_in("officer").post(reverse("governance:import_correct", args=[better.uuid]), values)
    assert answer["Location"] == reverse("governance:corrections", args=[letter.uuid])


def test_the_text_as_it_was_known_can_be_read(
    log_in: Browser, letter: SteeringDocument, better: DocumentImport
) -> None:
    browser = log_in("officer")
    values = {"version": better.version, "rad": list(choices(better, letter).values()), "reason": "new_file"}
    browser.post(reverse("governance:import_correct", args=[better.uuid]), values)
    history = browser.get(reverse("governance:corrections", args=[letter.uuid])).content.decode()
    before = history.split('href="')[1:]
    link = next(part.split('"')[0] for part in before if "kjent=" in part.split('"')[0])
    page = browser.get(link).content.decode()
    assert "Ny metode" in page
    assert "Ny metode for screening" not in page


def test_one_row_is_put_right_on_its_form(log_in: Browser, letter: SteeringDocument) -> None:
    browser = log_in("officer")
    item = AssignmentItem.objects.get(document=letter, reference="TB2026-2")
    history = browser.get(reverse("governance:corrections", args=[letter.uuid])).content.decode()
    address = reverse("governance:correct_reading", args=[letter.uuid, item.uuid])
    assert address in history
    page = browser.get(address)
    form = page.context["form"]
    values = {name: form.initial.get(name) or "" for name in form.fields if name != "exempt"}
    same = browser.post(address, values)
    assert same.status_code == 422
    assert "Ingenting er endret" in same.content.decode()
    done = browser.post(address, {**values, "title": "En annen tittel", "note": "Sto på neste linje"})
    assert done["Location"] == reverse("governance:corrections", args=[letter.uuid])
    assert AssignmentItem.objects.get(pk=item.pk).title == "En annen tittel"
    assert browser.get(reverse("governance:correct_reading", args=[letter.uuid, uuid4()])).status_code == 404


def test_the_agency_reads_the_history_without_buttons_and_exempt_rows_are_withheld(cast: Cast, log_in: Browser) -> None:
    found = brought_in(cast, LETTER.replace("Ny metode", MARKER_EXEMPT), "unntatt.txt")
    row = found.rows.get(kind="assignment", data__reference__number=2)
    row.data = {**row.data, "exempt": True, "exempt_basis": "offl. § 15"}
    row.save(update_fields=["data"])
    settle(cast, found)
    letter = register(cast, fresh(found))
    item = AssignmentItem.objects.get(document=letter, reference="TB2026-2")
    assert item.restricted
    address = reverse("governance:correct_reading", args=[letter.uuid, item.uuid])
    browser = log_in("officer")
    form = browser.get(address).context["form"]
    values = {name: form.initial.get(name) or "" for name in form.fields}
    assert browser.post(address, {**values, "title": f"{MARKER_EXEMPT} igjen"}).status_code == 302
    history = reverse("governance:corrections", args=[letter.uuid])
    assert MARKER_EXEMPT in browser.get(history).content.decode()
    page = log_in("controller").get(history).content.decode()
    assert MARKER_EXEMPT not in page
    assert "Unntatt offentlighet" in page
    assert "Les filene på nytt" not in page


def test_the_list_of_corrections_asks_the_same_however_many(
    cast: Cast, log_in: Browser, letter: SteeringDocument
) -> None:
    browser = log_in("officer")
    history = reverse("governance:corrections", args=[letter.uuid])
    counts = []
    for reference in ("TB2026-1", "TB2026-2", "TB2026-3"):
        item = AssignmentItem.objects.get(document=letter, reference=reference)
        address = reverse("governance:correct_reading", args=[letter.uuid, item.uuid])
        form = browser.get(address).context["form"]
        values = {name: form.initial.get(name) or "" for name in form.fields if name != "exempt"}
        assert browser.post(address, {**values, "title": f"Ny tittel {reference}"}).status_code == 302
        with CaptureQueriesContext(connection) as queries:
            browser.get(history)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_letter_that_was_not_read_in_says_so(cast: Cast, log_in: Browser) -> None:
    other = make_import(cast, data=b"3. Oppdrag\n\nTB2026-7 Plan\n\nDirektoratet skal lage en plan.\n", name="a.txt")
    fill_in(cast, other, case_number="25/1")
    page = log_in("officer").get(reverse("governance:import_compare", args=[fresh(other).uuid])).content.decode()
    assert "Rett registreringen" not in page
