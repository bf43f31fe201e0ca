"""An edited Word or JSON file comes back as a marked diff, and is taken in row by row (K1)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.clock import OSLO
from core.errors import DomainError, NotInThisState, Unreadable
from governance import roundtrip
from governance.actions import draft_passages, draft_rows
from governance.actions.returned import decide_all, decide_change, receive_file
from governance.models import (
    BudgetLine,
    CalendarItem,
    DeliveryItem,
    Passage,
    ReturnedChange,
    ReturnedFile,
    SteeringDocument,
)
from governance.roundtrip.word import write_word
from tests.cast import Cast
from tests.factories.documents import make_draft, make_registered_letter
from tests.governance.test_letters_as_word import control, edited, write

AT = datetime(2026, 1, 9, 9, 14, tzinfo=OSLO)


@pytest.fixture
def draft(cast: Cast) -> SteeringDocument:
    """A draft written through the acts people use."""
    document = make_draft(cast, document_date=None)
    actor = cast.actor("officer")
    draft_passages.add_passage(document=document, text="Brevet gir rammene.", actor=actor, at=AT)
    for chapter, amount in ((746, 458_591_000), (3746, 86_145_000)):
        draft_rows.save_row(
            document=document, item_type="budget_line", actor=actor, at=AT,
            data={"chapter": chapter, "post": 1, "name": "Driftsutgifter", "amount": amount,
                  "kind": "income" if chapter > 3000 else "expense"},
        )  # fmt: skip
    return SteeringDocument.objects.for_detail().get(pk=document.pk)


def fresh(document: SteeringDocument) -> SteeringDocument:
    """As another request sees it."""
    found: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=document.pk)
    return found


def line(document: SteeringDocument, chapter: int = 746) -> BudgetLine:
    """A line of the draft."""
    return BudgetLine.objects.get(document=document, chapter=chapter)


def receive(cast: Cast, document: SteeringDocument, data: bytes, name: str = "brev.json") -> ReturnedFile:
    """The officer sends the file in."""
    return receive_file(document=fresh(document), name=name, data=data, actor=cast.actor("officer"), at=AT)


def accept(cast: Cast, change: ReturnedChange, **how: Any) -> ReturnedChange:
    """The officer takes one in."""
    return decide_change(change=change, accept=True, actor=cast.actor("officer"), at=AT, **how)


def test_a_file_nobody_changed_has_no_differences(cast: Cast, draft: SteeringDocument) -> None:
    for data in (roundtrip.export_json(draft), write_word(roundtrip.letter_of(draft))):
        returned = receive(cast, draft, data)
        assert (returned.state, returned.changes.count()) == ("done", 0)


def test_changed_new_and_removed_rows_are_taken_in_one_by_one(cast: Cast, draft: SteeringDocument) -> None:
    found = json.loads(roundtrip.export_json(draft))
    rows = [row for row in found["items"] if row["type"] == "budget_line"]
    rows[0]["data"]["amount"] = 460_000_000
    new = {
        "chapter": 717, "post": 70, "name": "Tilskudd", "kind": "expense", "amount": 64_462_000, "splits": [],
    }  # fmt: skip
    found["items"].append({"type": "budget_line", "data": {**rows[1]["data"], **new}})
    found["items"].remove(rows[1])
    prose = next(row for row in found["passages"] if row["text"] == "Brevet gir rammene.")
    prose["text"], prose["rich"] = "Brevet gir rammene for året.", ""
    found["letter"]["title"] = "Tildelingsbrev, ny tittel"
    returned = receive(cast, draft, json.dumps(found).encode())
    acts = [(change.act, change.item_type) for change in returned.changes.all()]
    assert acts == [
        ("replace", "head"), ("replace", "passage"), ("replace", "budget_line"), ("add", "budget_line"),
        ("remove", "budget_line"),
    ]  # fmt: skip
    assert line(draft).amount == 458_591_000
    for change in returned.changes.all():
        assert accept(cast, change).state == "accepted"
    assert line(draft).amount == 460_000_000
    assert line(draft, 717).amount == 64_462_000
    assert not BudgetLine.objects.filter(document=draft, chapter=3746).exists()
    assert Passage.objects.filter(document=draft, text="Brevet gir rammene for året.").exists()
    assert fresh(draft).title == "Tildelingsbrev, ny tittel"
    returned.refresh_from_db()
    assert returned.state == "done"
    assert receive(cast, draft, json.dumps(found).encode()).changes.filter(act="replace").count() == 0


def test_an_edited_word_file_gives_the_same_differences(cast: Cast, draft: SteeringDocument) -> None:
    letter = roundtrip.letter_of(draft)
    uuid = line(draft).uuid

    def change(document: Any) -> None:
        write(control(document, f"{uuid}:amount"), "460 000")

    returned = receive(cast, draft, edited(write_word(letter), change), "brev.docx")
    only = returned.changes.get()
    assert (only.act, only.after) == ("replace", {"amount": 460_000_000})
    accept(cast, only)
    assert line(draft).amount == 460_000_000


def test_a_delivery_typed_in_word_is_taken_in(cast: Cast, draft: SteeringDocument) -> None:
    saved = draft_rows.save_row(
        document=draft, item_type="assignment", actor=cast.actor("officer"), at=AT,
        data={"title": "Kartlegge lagre", "body": "Direktoratet skal kartlegge.",
              "deliveries": [{"title": "Plan", "deadline_kind": "date", "deadline": "2026-06-01"}]},
    )  # fmt: skip

    def change(word: Any) -> None:
        bullet = next(one for one in word.paragraphs if one.style.name == "List Bullet")
        added = bullet.insert_paragraph_before("Sluttrapport Frist: 1. oktober 2026", style="List Bullet")
        bullet._p.addnext(added._p)

    receive(cast, draft, edited(write_word(roundtrip.letter_of(fresh(draft))), change), "brev.docx")
    accept(cast, ReturnedChange.objects.get())
    rows = DeliveryItem.objects.filter(assignment_item__uuid=saved.uuid).order_by("ordinal", "id")
    assert [(row.title, str(row.deadline)) for row in rows] == [("Plan", "2026-06-01"), ("Sluttrapport", "2026-10-01")]


def test_what_others_wrote_meanwhile_stays_and_a_clash_is_told_before_it_is_overwritten(
    cast: Cast, draft: SteeringDocument
) -> None:
    found = json.loads(roundtrip.export_json(draft))
    row = next(row for row in found["items"] if row["type"] == "budget_line")
    row["data"] |= {"amount": 460_000_000, "comment": "Økt i filen."}
    held = line(draft)
    values = {"name": "Drift", "amount": 459_000_000}
    draft_rows.save_row(
        document=draft, item_type="budget_line", item=held.uuid, data=values, actor=cast.actor("officer"), at=AT
    )
    change = receive(cast, draft, json.dumps(found).encode()).changes.get()
    assert set(change.after) == {"amount", "comment"}
    with pytest.raises(DomainError):
        accept(cast, change)
    change.refresh_from_db()
    assert change.state == "open"
    accept(cast, change, overwrite=True)
    now = line(draft)
    assert (now.name, now.amount, now.comment) == ("Drift", 460_000_000, "Økt i filen.")


def test_deciding_twice_changes_nothing_and_declined_stays_out(cast: Cast, draft: SteeringDocument) -> None:
    found = json.loads(roundtrip.export_json(draft))
    found["letter"]["title"] = "Annet"
    change = receive(cast, draft, json.dumps(found).encode()).changes.get()
    decide_change(change=change, accept=False, actor=cast.actor("officer"), at=AT)
    assert accept(cast, change).state == "declined"
    assert fresh(draft).title != "Annet"


def test_all_at_once_takes_what_it_can_and_tells_the_rest(cast: Cast, draft: SteeringDocument) -> None:
    found = json.loads(roundtrip.export_json(draft))
    rows = [row for row in found["items"] if row["type"] == "budget_line"]
    rows[0]["data"]["post"], rows[1]["data"]["name"] = 999, "Nytt navn"
    returned = receive(cast, draft, json.dumps(found).encode())
    problems = decide_all(returned=returned, accept=True, actor=cast.actor("officer"), at=AT)
    assert problems
    assert sorted(change.state for change in returned.changes.all()) == ["accepted", "open"]
    assert line(draft, 3746).name == "Nytt navn"


def test_issued_letters_and_files_of_others_are_refused_with_a_sentence(cast: Cast, draft: SteeringDocument) -> None:
    issued = make_registered_letter(cast)
    with pytest.raises(NotInThisState, match="supplerende brev"):
        receive(cast, issued, roundtrip.export_json(issued))
    other = make_draft(cast, title="Et annet brev")
    with pytest.raises(Unreadable, match="annet brev"):
        receive(cast, draft, roundtrip.export_json(other))
    with pytest.raises(Unreadable, match="riktig virksomhet"):
        receive(cast, draft, roundtrip.export_json(make_draft(cast, recipient=cast.org("FHI"))))
    with pytest.raises(Unreadable, match="PDF"):
        receive(cast, draft, b"%PDF-1.7")
    assert not ReturnedFile.objects.exists()


def test_the_pages_show_words_and_keep_the_place(cast: Cast, draft: SteeringDocument, log_in: Any) -> None:
    officer = log_in("officer")
    upload = reverse("governance:return_file", args=[draft.uuid])
    assert upload in officer.get(reverse("governance:document_download", args=[draft.uuid])).content.decode()
    found = json.loads(roundtrip.export_json(draft))
    prose = next(row for row in found["passages"] if row["text"] == "Brevet gir rammene.")
    prose["text"], prose["rich"] = "Brevet gir de nye rammene.", ""
    data = json.dumps(found).encode()
    bad = officer.post(upload, {"file": SimpleUploadedFile("brev.json", b"{")})
    assert bad.status_code == 422
    assert "gyldig JSON" in bad.content.decode()
    answer = officer.post(upload, {"file": SimpleUploadedFile("brev.json", data)})
    page = officer.get(answer["Location"]).content.decode()
    assert "<ins>" in page
    assert "de nye" in page
    change = ReturnedChange.objects.get()
    url = reverse("governance:returned_change", args=[draft.uuid, change.uuid])
    assert officer.post(url, {"valg": "ja"}).status_code == 302
    assert "tatt inn" in officer.get(answer["Location"]).content.decode()
    assert log_in("controller").get(answer["Location"]).status_code == 403
    assert not CalendarItem.objects.filter(document=draft).exists()
