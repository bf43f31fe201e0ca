"""The same letter read again: what differs is shown, ids and decisions stay, nothing confirmed is lost in silence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import jobs
from core.errors import NotAllowed, NotInThisState, RuleBroken
from governance.actions import findings, import_rows
from governance.actions.import_again import read_anew, take_over
from governance.intake import matching
from governance.models import (
    AssignmentItem,
    DocumentImport,
    Finding,
    FindingState,
    ImportRow,
    ImportState,
    RowState,
    SteeringDocument,
)
from governance.selectors import imports as selectors
from governance.selectors.import_compare import compare_page
from tests.cast import Cast
from tests.factories.imports import LETTER, READ_AT, fill_in, fresh, make_import, register, settle

Browser = Callable[[str], Client]
CASE = "Vår ref.: 25/4127\n\n"


def letter(text: str = LETTER) -> bytes:
    return (CASE + text.format(marker="")).encode()


CORRECTED = (
    LETTER.replace("Frist: 31. desember 2026", "Frist: 1. desember 2026")
    .replace("TB2026-2 Avd. HOD: FHA Ny metode", "TB2026-2 Avd. HOD: FHA Ny metode for screening")
    .replace("3.1.2. Nøkkeltall\n\n• Antall søknader som er behandlet\n\n", "")
    .replace("746 01 Driftsutgifter 458 591", "746 01 Driftsutgifter 460 000\n746 21 Spesielle driftsutgifter 12 000")
)


def first(cast: Cast) -> DocumentImport:
    found = make_import(cast, data=letter(), name="brev.txt")
    fill_in(cast, found)
    return fresh(found)


def corrected(cast: Cast) -> DocumentImport:
    found = make_import(cast, data=letter(CORRECTED), name="rettet.txt")
    fill_in(cast, found)
    return fresh(found)


def rows(found: DocumentImport) -> dict[tuple[str, str], ImportRow]:
    made = {}
    for row in selectors.live_rows(found):
        number = (row.data.get("reference") or {}).get("written") if row.kind == "assignment" else ""
        made[(row.kind, number or f"{row.data.get('chapter')}.{row.data.get('post')}")] = row
    return made


def take(cast: Cast, found: DocumentImport, before: DocumentImport) -> list[matching.Pair]:
    return take_over(document_import=found, before=before, actor=cast.actor("officer"), at=READ_AT)


def correct(cast: Cast, found: DocumentImport, row: ImportRow, **values: Any) -> None:
    import_rows.correct_row(document_import=found, row=row.uuid, values=values, actor=cast.actor("officer"), at=READ_AT)


def accept(cast: Cast, found: DocumentImport, row: ImportRow) -> None:
    import_rows.accept_row(document_import=found, row=row.uuid, actor=cast.actor("officer"), at=READ_AT)


def test_rows_are_new_gone_changed_or_the_same(cast: Cast) -> None:
    before, now = first(cast), corrected(cast)
    page = compare_page(now, "")
    shown = {(row.state, row.number) for group in page.groups for row in group.rows}
    assert ("changed", "TB2026-1") in shown
    assert ("changed", "TB2026-2") in shown
    assert ("changed", "746.01") in shown
    assert ("new", "746.21") in shown
    assert any(state == "gone" for state, _number in shown)
    assert not any(number in ("TB2026-3", "3746.04") for _state, number in shown)
    assert page.readings[0].url.endswith(str(before.uuid))
    changed = next(row for group in page.groups for row in group.rows if row.number == "TB2026-1")
    assert [(one.before, one.now) for one in changed.fields if "frist" in one.name] == [
        ("31. desember 2026", "1. desember 2026")
    ]


def test_another_letter_is_not_compared_with(cast: Cast) -> None:
    first(cast)
    other = make_import(cast, data=letter().replace(b"25/4127", b"25/9999"), name="annet.txt")
    assert compare_page(other, "").readings == []
    page = compare_page(other, "")
    assert page.take_over is None


def test_matching_rows_keep_id_number_and_decision_and_changed_ones_wait(cast: Cast) -> None:
    before = first(cast)
    old = rows(before)
    correct(cast, before, old["assignment", "TB2026-3"], title="Gjennomgang av alle regler")
    correct(cast, before, old["assignment", "TB2026-1"], title="Min tittel")
    accept(cast, before, old["assignment", "TB2026-2"])
    ids = {key: row.uuid for key, row in old.items()}
    now = corrected(cast)
    take(cast, now, before)
    new = rows(now)
    for number in ("TB2026-1", "TB2026-2", "TB2026-3"):
        assert new["assignment", number].uuid == ids["assignment", number]
    assert new["budget_line", "746.01"].uuid == ids["budget_line", "746.01"]
    same = new["assignment", "TB2026-3"]
    assert (same.state, same.data["title"]) == (RowState.CORRECTED, "Gjennomgang av alle regler")
    both = new["assignment", "TB2026-1"]
    assert (both.state, both.data["title"]) == (RowState.UNSURE, "Min tittel")
    assert both.data["deliveries"][0]["date"] == "2026-12-01"
    assert "«31. desember 2026» og er nå «1. desember 2026»" in both.doubts[-1]["sentence"]
    accepted = new["assignment", "TB2026-2"]
    assert accepted.state == RowState.UNSURE
    assert accepted.data["title"] == "Ny metode for screening"
    accept(cast, now, accepted)
    assert rows(now)["assignment", "TB2026-2"].state == RowState.ACCEPTED
    assert fresh(before).state == ImportState.DISCARDED
    assert ImportRow.objects.filter(document_import=before).count() >= len(old)


def test_what_a_person_decided_on_and_what_was_made_by_hand_comes_along(cast: Cast) -> None:
    before = first(cast)
    figure = ImportRow.objects.get(document_import=before, kind="key_figure")
    accept(cast, before, figure)
    prose = next(p["ordinal"] for p in before.passages if p["kind"] == "prose")
    made = import_rows.turn_into_row(
        document_import=before, passage=prose, kind="reporting", actor=cast.actor("officer"), at=READ_AT
    )
    accept(cast, before, made)
    gone_prose = rows(before)["assignment", "TB2026-3"]
    import_rows.turn_to_prose(document_import=before, row=gone_prose.uuid, actor=cast.actor("officer"), at=READ_AT)
    now = corrected(cast)
    take(cast, now, before)
    kept = ImportRow.objects.get(document_import=now, kind="key_figure")
    assert (kept.uuid, kept.state) == (figure.uuid, RowState.UNSURE)
    assert "finnes ikke i den nye lesingen" in kept.doubts[-1]["sentence"]
    by_hand = ImportRow.objects.get(document_import=now, kind="reporting", uuid=made.uuid)
    assert (by_hand.state, by_hand.data["title"]) == (RowState.ACCEPTED, made.data["title"])
    assert [p["plain"] for p in now.passages if p["ordinal"] in by_hand.passages]
    assert ImportRow.objects.get(document_import=now, uuid=gone_prose.uuid).state == RowState.PROSE


def test_what_the_person_and_the_file_both_changed_stays_as_the_person_wrote_it(cast: Cast) -> None:
    before = first(cast)
    correct(cast, before, rows(before)["assignment", "TB2026-2"], title="Ny metode, skrevet om")
    now = corrected(cast)
    take(cast, now, before)
    row = rows(now)["assignment", "TB2026-2"]
    assert (row.state, row.data["title"]) == (RowState.UNSURE, "Ny metode, skrevet om")
    assert "Ny metode for screening" in row.doubts[-1]["sentence"]
    assert "beholdt i tittel" in row.doubts[-1]["sentence"]


def test_what_is_decided_in_the_new_reading_is_left_alone_and_acknowledged_findings_stay_so(cast: Cast) -> None:
    before = first(cast)
    finding = Finding.objects.get(document_import=before, check_id="V-05")
    findings.acknowledge_finding(finding=finding, reason="Avklart", actor=cast.actor("officer"), at=READ_AT)
    correct(cast, before, rows(before)["assignment", "TB2026-3"], title="Den gamle rettingen")
    now = corrected(cast)
    correct(cast, now, rows(now)["assignment", "TB2026-3"], title="Den nye rettingen")
    take(cast, now, before)
    assert rows(now)["assignment", "TB2026-3"].data["title"] == "Den nye rettingen"
    again = Finding.objects.filter(document_import=now, check_id="V-05").exclude(state=FindingState.RESOLVED)
    assert {(row.state, row.reason) for row in again} == {(FindingState.ACKNOWLEDGED, "Avklart")}
    with pytest.raises(NotInThisState):
        import_rows.undo_last(document_import=now, actor=cast.actor("officer"), at=READ_AT)


def test_the_same_files_are_read_anew_and_compared_with_what_they_gave(cast: Cast, log_in: Browser) -> None:
    before = first(cast)
    browser = log_in("officer")
    answer = browser.post(reverse("governance:import_read_anew", args=[before.uuid]))
    now = DocumentImport.objects.select_related("job").latest("id")
    assert answer["Location"] == reverse("governance:import", args=[now.uuid])
    assert read_anew(document_import=before, actor=cast.actor("officer"), at=READ_AT) == now
    assert now.job is not None
    jobs.run(str(now.job.uuid))
    page = browser.get(reverse("governance:import_compare", args=[now.uuid])).content.decode()
    assert "Ingen forskjeller" in page
    review = browser.get(reverse("governance:import_review", args=[now.uuid])).content.decode()
    assert reverse("governance:import_compare", args=[now.uuid]) in review
    taken = browser.post(reverse("governance:import_take_over", args=[now.uuid]), {"before": str(before.uuid)})
    assert taken.status_code == 302
    with pytest.raises(NotAllowed):
        read_anew(document_import=before, actor=cast.actor("controller"), at=READ_AT)


def test_a_registered_letter_is_compared_with_but_never_changed_or_registered_twice(
    cast: Cast, log_in: Browser
) -> None:
    before = first(cast)
    settle(cast, before)
    document = register(cast, fresh(before))
    now = corrected(cast)
    browser = log_in("officer")
    page = browser.get(reverse("governance:import_compare", args=[now.uuid])).content.decode()
    assert "er registrert fra den tidligere lesingen" in page
    assert "Ta med avgjørelsene hit" not in page
    with pytest.raises(NotInThisState):
        take(cast, now, fresh(before))
    settle(cast, now)
    with pytest.raises(RuleBroken) as caught:
        register(cast, fresh(now))
    assert "registrert fra før og fryst" in str(caught.value.problems[0].message)
    assert AssignmentItem.objects.filter(document=document, title="Ny metode").exists()
    assert SteeringDocument.objects.filter(title=document.title).count() == 1


def test_a_letter_that_is_not_the_same_is_refused(cast: Cast) -> None:
    before = first(cast)
    other = make_import(cast, data=letter().replace(b"25/4127", b"25/9999"), name="annet.txt")
    with pytest.raises(RuleBroken):
        take(cast, other, before)
