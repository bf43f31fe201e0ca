"""Two people share a review: versions, work taken up where it was left, and the checks beside each row."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import jobs
from core.errors import DomainError
from governance.actions import import_batches, import_rows
from governance.actions.import_deliveries import act_on_delivery
from governance.actions.imports import Upload
from governance.models import DocumentImport, Finding, ImportAct, ImportRow, RowState
from tests.cast import Cast
from tests.factories.imports import LETTER, READ_AT, letter_bytes, make_import

Browser = Callable[[str], Client]


def row_of(found: DocumentImport, number: int) -> ImportRow:
    row: ImportRow = ImportRow.objects.get(document_import=found, kind="assignment", data__reference__number=number)
    return row


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "other",
    ["accept_row", "turn_to_prose", "split_row", "merge_row", "move_border", "delivery"],
)
def test_two_connections_on_one_row_never_both_win(cast: Cast, other: str) -> None:
    found = make_import(cast)
    row, second = row_of(found, 1), row_of(found, 2)
    more: dict[str, dict[str, Any]] = {
        "split_row": {"passage": row.passages[1]},
        "merge_row": {"other": second.uuid},
        "move_border": {"title_words": 2},
    }
    start, outcomes = Barrier(2), list[str]()
    common = {"document_import": found, "row": row.uuid, "at": READ_AT, "expected_version": row.version}

    def run(call: Callable[..., Any], **values: Any) -> None:
        try:
            start.wait(timeout=30)
            call(actor=cast.actor("officer"), **common, **values)
            outcomes.append("saved")
        except DomainError as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    act = act_on_delivery if other == "delivery" else getattr(import_rows, other)
    values = {"act": "reject", "place": 0} if other == "delivery" else more.get(other, {})
    threads = [
        Thread(target=run, args=(import_rows.correct_row,), kwargs={"values": {"title": "Fra den ene"}}),
        Thread(target=run, args=(act,), kwargs=values),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "stale_version"]
    assert ImportAct.objects.filter(document_import=found).count() == 1


def test_the_second_person_sees_what_the_first_one_wrote_and_keeps_what_was_typed(cast: Cast, log_in: Browser) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    import_rows.correct_row(
        document_import=found, row=row.uuid, values={"title": "Ny tittel fra den andre"},
        actor=cast.actor("officer"), at=READ_AT,
    )  # fmt: skip
    address = reverse("governance:import_row", args=[found.uuid, row.uuid])
    typed = {"gjor": "lagre", "version": row.version, "title": "Min tittel", "written": "TB2026-1", "change": "new"}
    answer = log_in("officer").post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Ny tittel fra den andre" in page
    assert "Min tittel" in page
    assert str(cast.users["officer"]) in page


def test_work_is_taken_up_where_it_was_left(cast: Cast, log_in: Browser) -> None:
    found = make_import(cast)
    row = row_of(found, 1)
    browser = log_in("officer")
    address = reverse("governance:import_row", args=[found.uuid, row.uuid])
    browser.post(address, {"gjor": "prosa", "version": row.version})
    browser.logout()
    again = log_in("officer")
    assert (
        reverse("governance:import_review", args=[found.uuid])
        in again.get(reverse("governance:imports")).content.decode()
    )
    page = again.get(reverse("governance:import_review", args=[found.uuid])).content.decode()
    assert f"rad-{row.uuid}" not in page
    assert again.post(reverse("governance:import_undo", args=[found.uuid])).status_code == 302
    row.refresh_from_db()
    assert row.state != RowState.PROSE


def test_what_the_checks_found_stands_beside_the_row(cast: Cast, log_in: Browser) -> None:
    found = make_import(cast)
    finding = Finding.objects.get(document_import=found, check_id="V-05")
    assert finding.item == row_of(found, 2).uuid
    page = log_in("officer").get(reverse("governance:import_review", args=[found.uuid])).content.decode()
    row = page.split(f'id="rad-{finding.item}"')[1].split('id="rad-')[0]
    other = page.split(f'id="rad-{row_of(found, 1).uuid}"')[1].split('id="rad-')[0]
    assert "review__findings" in row
    assert reverse("governance:finding", args=[finding.uuid]) in row
    assert reverse("governance:finding", args=[finding.uuid]) not in other


def test_every_key_of_the_review_is_written_on_the_page(cast: Cast, log_in: Browser) -> None:
    found = make_import(cast)
    address = reverse("governance:import_review", args=[found.uuid])
    browser = log_in("officer")
    keys = set()
    for row in ImportRow.objects.filter(document_import=found):
        page = browser.get(f"{address}?rad={row.uuid}").content.decode()
        form = page.split('class="review__form"')[1].split("</form>")[0]
        keys |= {part.split('"')[0].upper() for part in form.split('data-key="')[1:]} - {""}
    assert {"G", "R", "D", "S", "P", "B", "V", "L"} <= keys
    foot = page.split('class="work-foot"')[1]
    assert all(f'<kbd class="keycap">{key}</kbd>' in foot for key in keys | {"J", "K", "U", "T"})


def many(count: int) -> bytes:
    parts = [
        f"TB2026-{n} Avd. HOD: SHA Oppdrag {n}\n\nDirektoratet skal gjøre oppgave {n}.\n\nFrist: 1. oktober 2026\n"
        for n in range(4, 4 + count)
    ]
    return LETTER.format(marker=f"{count} til.").replace("4. Budsjett", "\n".join(parts) + "\n4. Budsjett").encode()


def cost(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_the_review_costs_the_same_with_two_more_rows_and_with_twenty(cast: Cast, log_in: Browser) -> None:
    browser, costs = log_in("officer"), []
    for count in (2, 20):
        found = make_import(cast, data=many(count), name=f"{count}.txt")
        rows = ImportRow.objects.filter(document_import=found, kind="assignment")
        assert rows.count() == 3 + count
        address = reverse("governance:import_review", args=[found.uuid])
        deliveries = reverse("governance:import_deliveries", args=[found.uuid, rows[0].uuid])
        costs.append(
            [cost(browser, address), cost(browser, f"{address}?rad={rows[0].uuid}"), cost(browser, deliveries)]
        )
    assert costs[0] == costs[1]


def test_a_batch_costs_the_same_with_two_letters_and_with_twenty(cast: Cast, log_in: Browser) -> None:
    browser, costs = log_in("officer"), []
    for count in (2, 20):
        uploads = [Upload(f"{count}-{n}.txt", letter_bytes(f"Brev {count} {n}.")) for n in range(count)]
        batch = import_batches.start_batch(uploads=uploads, actor=cast.actor("officer"), at=READ_AT)
        assert batch.job is not None
        jobs.run(str(batch.job.uuid))
        costs.append(cost(browser, reverse("governance:import_batch", args=[batch.uuid])))
    assert costs[0] == costs[1]
