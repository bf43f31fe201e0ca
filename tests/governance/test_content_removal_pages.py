"""The pages of removal: asked for from the document, seen in full by the second person, done or declined."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import files
from core.erasing import Words
from core.models import StoredFile
from governance.models import Removal, SteeringDocument
from governance.removal import finding
from governance.removal.finding import in_document
from tests.cast import Cast
from tests.factories.removals import AT, BASIS, MARKER, SECRET, asked, letter_with_secret, second_person

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    second_person(cast)
    return letter_with_secret(cast)


def test_the_button_says_why_not_and_leads_those_who_may(log_in: LogIn, letter: SteeringDocument) -> None:
    page = reverse("governance:document_archive", args=[letter.uuid])
    ask = reverse("governance:ask_removal", args=[letter.uuid])
    assert ask in log_in("officer").get(page).content.decode()
    for part in ("signer", "controller"):
        text = log_in(part).get(page).content.decode()
        assert ask not in text
        assert "Foreslå fjerning av innhold" in text
        assert "dem som har etatsstyringen" in text


def test_one_asks_the_other_sees_exactly_what_goes_and_takes_it_out(log_in: LogIn, letter: SteeringDocument) -> None:
    first, second = log_in("officer"), log_in("second_officer")
    url = reverse("governance:ask_removal", args=[letter.uuid])
    refused = first.post(url, {"words": SECRET, "reason": "", "basis": ""})
    assert refused.status_code == 422
    assert SECRET in refused.content.decode()
    first.post(url, {"words": SECRET, "reason": "Ble med ved en feil.", "basis": BASIS})
    row = Removal.objects.get()
    page = reverse("governance:removal", args=[row.uuid])
    own = first.get(page).content.decode()
    assert "En annen må avgjøre den" in own
    assert "Fjern innholdet" not in own
    assert first.post(page, {"version": row.version}).status_code == 403
    assert page in second.get(reverse("governance:removals")).content.decode()
    shown = second.get(page).content.decode()
    assert f"<del>{SECRET}</del>" in shown
    assert "&lt;strong&gt;" not in shown
    assert "venter på deg" in shown
    assert "oppdrag i dokument" in shown
    assert second.post(page, {"version": row.version + 1}).status_code == 412
    assert second.post(page, {"version": row.version}).status_code == 302
    after = second.get(page).content.decode()
    assert MARKER in after
    row.refresh_from_db()
    assert row.sha256_after in after
    assert SECRET not in after
    listed = second.get(reverse("governance:removals"), {"vis": "avgjort"}).content.decode()
    assert page in listed


def test_several_lines_are_counted_one_by_one(log_in: LogIn, cast: Cast, letter: SteeringDocument) -> None:
    first = log_in("officer")
    url = reverse("governance:ask_removal", args=[letter.uuid])
    lines = f"{SECRET}\nEt avsnitt som"
    wrong = {"words": f"{lines}\nFinnes ikke her", "reason": "Feil.", "basis": BASIS}
    refused = first.post(url, wrong)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "«Finnes ikke her» står ikke i dokumentet" in text
    assert lines in text
    row = asked(cast, letter, words=lines)
    shown = log_in("second_officer").get(reverse("governance:removal", args=[row.uuid])).content.decode()
    for words in (SECRET, "Et avsnitt som"):
        holding = in_document(letter, Words(words))
        assert f'<del>{words}</del></p><p class="meta">{len(holding)} steder i dokumentet' in shown


def test_a_no_is_given_with_a_reason_on_a_page(log_in: LogIn, cast: Cast, letter: SteeringDocument) -> None:
    row = asked(cast, letter)
    url = reverse("governance:decline_removal", args=[row.uuid])
    second = log_in("second_officer")
    assert second.post(url, {"version": row.version, "reason": ""}).status_code == 422
    assert second.post(url, {"version": row.version, "reason": "Opplysningen er offentlig."}).status_code == 302
    row.refresh_from_db()
    assert row.decision_reason == "Opplysningen er offentlig."


def test_the_menu_counts_what_waits(log_in: LogIn, cast: Cast, letter: SteeringDocument) -> None:
    asked(cast, letter)
    second = log_in("second_officer").get(reverse("governance:removals")).content.decode()
    assert "Fjerning av innhold" in second
    agency = log_in("controller").get(reverse("governance:documents")).content.decode()
    assert reverse("governance:removals") not in agency


def test_other_documents_with_the_same_words_are_named(log_in: LogIn, cast: Cast, letter: SteeringDocument) -> None:
    other = letter_with_secret(cast, "TB2026-8", title="Et annet brev med det samme")
    row = asked(cast, letter)
    shown = log_in("second_officer").get(reverse("governance:removal", args=[row.uuid])).content.decode()
    assert other.title in shown


def test_files_are_read_when_it_is_asked_for_and_done_and_not_by_each_look(
    log_in: LogIn, cast: Cast, letter: SteeringDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored(name: str, data: str) -> str:
        owner = {"actor": cast.actor("officer"), "owner": letter, "organisation": letter.issuer.uuid}
        return str(files.store(name=name, data=data.encode(), **owner).uuid)

    held, clear = stored("med ordene.txt", f"Notat om {SECRET}"), stored("uten.txt", "Bare tall")
    row = asked(cast, letter)
    assert row.removed["looked"]["held"] == [held]
    assert clear in row.removed["looked"]["clear"]
    stored("kom senere.txt", f"Nytt notat om {SECRET}")
    read: list[str] = []
    whole = finding._holds

    def counted(file: StoredFile, words: Words) -> bool | None:
        read.append(file.name)
        return whole(file, words)

    monkeypatch.setattr(finding, "_holds", counted)
    url, second = reverse("governance:removal", args=[row.uuid]), log_in("second_officer")
    shown = second.get(url).content.decode()
    assert read == []
    deleted, later = shown.index("Filer som slettes"), shown.index("Filer som er kommet etter forslaget")
    assert deleted < shown.index("med ordene.txt") < later < shown.index("kom senere.txt")
    assert "uten.txt" not in shown
    assert second.post(url, {"version": row.version}).status_code == 302
    assert {"med ordene.txt", "uten.txt", "kom senere.txt"} <= set(read)
    gone = StoredFile.objects.filter(removed_at__isnull=False).values_list("sha256", flat=True)
    row.refresh_from_db()
    assert len(set(row.removed["file_hashes"]) & set(gone)) == 2
    assert "looked" not in row.removed


def test_a_request_that_is_declined_keeps_nothing_of_what_the_files_held(
    log_in: LogIn, cast: Cast, letter: SteeringDocument
) -> None:
    row = asked(cast, letter)
    url = reverse("governance:decline_removal", args=[row.uuid])
    log_in("second_officer").post(url, {"version": row.version, "reason": "Opplysningen er offentlig."})
    row.refresh_from_db()
    assert row.removed == {}
