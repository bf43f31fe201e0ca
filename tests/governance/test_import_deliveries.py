"""The deliveries of an assignment at review: each with its passage, changed, added, taken away, split, merged (A6)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import NotAllowed, NotFound, RuleBroken, StaleVersion
from governance.actions import import_rows
from governance.actions.import_deliveries import act_on_delivery
from governance.models import DeliveryItem, DocumentImport, ImportRow, ItemPassage, RowState
from tests.cast import Cast
from tests.factories.imports import READ_AT, fill_in, fresh, make_import, register, settle

Browser = Callable[[str], Client]
LETTER = """\
1. Innledning

Dette brevet gir rammene for Direktoratet for medisinske produkter for 2026.

3. Mål og oppdrag

3.1. Rask tilgang til medisinske produkter

3.1.3. Oppdrag

TB2026-1 Avd. HOD: SHA Bedre veiledning

Direktoratet skal lage en plan for bedre veiledning av søkere.

a) Et utkast til plan skal legges fram. Frist: 1. mars 2026.

b) Planen skal være ferdig. Frist: 1. oktober 2026.
"""


def assignment(cast: Cast, text: str = LETTER) -> tuple[DocumentImport, ImportRow]:
    found = make_import(cast, data=text.encode())
    row: ImportRow = ImportRow.objects.get(document_import=found, kind="assignment")
    return found, row


def do(cast: Cast, found: DocumentImport, row: ImportRow, act: str, by: str = "officer", **more: Any) -> ImportRow:
    return act_on_delivery(document_import=found, row=row.uuid, act=act, actor=cast.actor(by), at=READ_AT, **more)


def standing(row: ImportRow) -> list[dict[str, Any]]:
    return [one for one in row.data["deliveries"] if not one.get("rejected")]


def registered(cast: Cast, found: DocumentImport) -> list[DeliveryItem]:
    settle(cast, fresh(found))
    fill_in(cast, found)
    document = register(cast, fresh(found))
    return list(DeliveryItem.objects.filter(document=document).order_by("assignment_item", "ordinal"))


def test_each_delivery_is_registered_with_its_part_its_date_and_its_own_passage(cast: Cast) -> None:
    found, row = assignment(cast)
    assert [one["date"] for one in standing(row)] == ["2026-03-01", "2026-10-01"]
    rows = registered(cast, found)
    assert [one.deadline for one in rows] == [date(2026, 3, 1), date(2026, 10, 1)]
    texts = [
        ItemPassage.objects.select_related("passage").get(item=one.uuid, field="frist").passage.text for one in rows
    ]
    assert "utkast til plan" in texts[0]
    assert "ferdig" in texts[1]


def test_a_delivery_is_changed_but_the_words_of_the_letter_stay(cast: Cast) -> None:
    found, row = assignment(cast)
    said = standing(row)[0]["deadline_text"]
    row = do(
        cast, found, row, "change", place=0,
        values={
            "title": "Utkast", "part": "bokstav a", "product": "preliminary", "form": "date",
            "date": date(2026, 4, 1), "deadline_text": "noe annet", "passages": [row.passages[-1]],
        },
    )  # fmt: skip
    first = standing(row)[0]
    assert (first["title"], first["date"], first["deadline_text"]) == ("Utkast", "2026-04-01", said)
    assert row.state == RowState.CORRECTED
    made = registered(cast, found)[0]
    assert (made.title, made.part, made.product, made.deadline) == (
        "Utkast", "bokstav a", "preliminary", date(2026, 4, 1),
    )  # fmt: skip


def test_a_delivery_is_added_and_undone(cast: Cast) -> None:
    found, row = assignment(cast)
    row = do(
        cast, found, row, "add",
        values={"title": "Statusmøte", "product": "meeting", "form": "dialog", "passages": [row.passages[1]]},
    )  # fmt: skip
    assert len(standing(row)) == 3
    assert registered_title(cast, found) == ["", "", "Statusmøte"]


def registered_title(cast: Cast, found: DocumentImport) -> list[str]:
    return [row.title for row in registered(cast, found)]


def test_what_is_taken_away_is_kept_as_rejected_and_can_be_taken_back(cast: Cast) -> None:
    found, row = assignment(cast)
    row = do(cast, found, row, "reject", place=0)
    assert [one["date"] for one in standing(row)] == ["2026-10-01"]
    assert len(row.data["deliveries"]) == 2
    row = do(cast, found, row, "restore", place=0)
    assert len(standing(row)) == 2
    row = do(cast, found, row, "reject", place=1)
    assert [one.deadline for one in registered(cast, found)] == [date(2026, 3, 1)]


def test_an_assignment_always_has_a_delivery_to_follow_up(cast: Cast) -> None:
    found, row = assignment(cast)
    do(cast, found, row, "reject", place=0)
    row = do(cast, found, row, "reject", place=1)
    assert [one["kind"] for one in standing(row)] == ["none"]
    row = do(cast, found, row, "restore", place=0)
    assert [one["date"] for one in standing(row)] == ["2026-03-01"]


def test_a_deadline_with_two_dates_is_split_so_that_each_gets_its_own(cast: Cast) -> None:
    text = (
        LETTER.split("a) Et utkast", maxsplit=1)[0] + "Frist: 1. mars 2026 (utkast) og 1. oktober 2026 (ferdig plan)\n"
    )
    found, row = assignment(cast, text)
    if len(standing(row)) == 1:
        row = do(cast, found, row, "split", place=0)
    assert [one["date"] for one in standing(row)] == ["2026-03-01", "2026-10-01"]
    merged = do(cast, found, row, "merge", place=0, other=1)
    assert [one["date"] for one in standing(merged)] == ["2026-03-01"]
    assert len(merged.data["deliveries"]) == 2


def test_split_and_merge_keep_every_word_and_are_undone_one_by_one(cast: Cast) -> None:
    found, row = assignment(cast)
    before = row.data["deliveries"]
    row = do(cast, found, row, "merge", place=0, other=1)
    assert "1. mars 2026" in standing(row)[0]["deadline_text"]
    assert "1. oktober 2026" in standing(row)[0]["deadline_text"]
    row = do(cast, found, row, "split", place=0)
    assert [one["date"] for one in standing(row)] == ["2026-03-01", "2026-10-01"]
    for _number in range(2):
        import_rows.undo_last(document_import=found, actor=cast.actor("officer"), at=READ_AT)
    row.refresh_from_db()
    assert row.data["deliveries"] == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "Plan", "form": "date", "date": None}, "date"),
        ({"title": " ", "form": "none"}, "title"),
        ({"title": "Plan", "form": "none", "product": "oppfunnet"}, "product"),
        ({"title": "Plan", "form": "none", "passages": [0]}, "passage"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, values: dict[str, Any], field: str) -> None:
    found, row = assignment(cast)
    with pytest.raises(RuleBroken) as caught:
        do(cast, found, row, "add", values=values)
    assert field in {problem.field for problem in caught.value.problems}


def test_strangers_old_versions_and_forged_places_are_refused(cast: Cast) -> None:
    found, row = assignment(cast)
    with pytest.raises(NotAllowed):
        do(cast, found, row, "reject", by="controller", place=0)
    with pytest.raises(NotFound):
        do(cast, found, row, "reject", place=7)
    with pytest.raises(StaleVersion):
        do(cast, found, row, "reject", place=0, expected_version=row.version + 1)
    with pytest.raises(RuleBroken):
        do(cast, found, row, "merge", place=0, other=0)


def test_the_page_shows_each_delivery_with_its_passage_and_does_every_act(cast: Cast, log_in: Browser) -> None:
    found, row = assignment(cast)
    browser = log_in("officer")
    address = reverse("governance:import_deliveries", args=[found.uuid, row.uuid])

    def act(**typed: Any) -> Any:
        row.refresh_from_db()
        return browser.post(address, {"version": row.version, **typed})

    page = browser.get(address).content.decode()
    assert "Et utkast til plan skal legges fram" in page
    assert "Slå sammen med neste" in page
    wrong = act(gjor="ny", title="Sluttrapport", form="date", date="31. juni 2026")
    assert wrong.status_code == 422
    assert "Sluttrapport" in wrong.content.decode()
    assert act(gjor="ny", title="Sluttrapport", form="date", date="1. desember 2026").status_code == 302
    assert act(gjor="fjern", leveranse=0).status_code == 302
    assert "Ta tilbake" in browser.get(address).content.decode()
    assert act(gjor="tilbake", leveranse=0).status_code == 302
    assert act(gjor="sammen", leveranse=0, med=1).status_code == 302
    assert act(gjor="del", leveranse=0).status_code == 302
    undone = browser.post(reverse("governance:import_undo", args=[found.uuid]), {"til": "leveranser"})
    assert undone["Location"] == address
    stale = browser.post(address, {"version": row.version - 1, "gjor": "lagre", "leveranse": 0, "title": "Mitt"})
    assert stale.status_code == 412
    assert "Mitt" in stale.content.decode()
    whole = make_import(cast)
    figure = ImportRow.objects.get(document_import=whole, kind="key_figure")
    other = reverse("governance:import_deliveries", args=[whole.uuid, figure.uuid])
    assert browser.get(other).status_code == 404
