"""The only exit from freezing: one asks, another takes out, and the words are nowhere afterwards (decision A16)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from psycopg import sql
from pypdf import PdfReader

from agencies.models import Appointment, StandIn
from assignments.models import Assignment
from core import files
from core.actor import Actor
from core.canonical import sha256
from core.errors import ContentRemoved, NotAllowed, NotInThisState, RuleBroken, StaleVersion
from core.models import Event, Job, StoredFile
from core.pdf import render_document
from governance import snapshot
from governance.actions import rendering
from governance.actions.archive_transfer import build
from governance.actions.documents import Registration, Signer, register_issued_document
from governance.actions.removals import RemovalRequest, ask_for_removal, decline_removal, remove_content
from governance.actions.rendering import reading_copy
from governance.models import DocumentFile, JournalEntry, Passage, Removal, RowRevision, SteeringDocument
from governance.selectors.outputs import export
from governance.snapshot import Seal
from tests.cast import Cast
from tests.factories.documents import make_draft, make_registered_letter, write_assignment
from tests.factories.removals import AT, BASIS, MARKER, SECRET, asked, letter_with_secret, second_person, write_secret

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
DAY = AT.date()


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    return letter_with_secret(cast)


@pytest.fixture(autouse=True)
def own_disk(settings: Any, tmp_path: Path) -> None:
    settings.STORED_FILES_ROOT = tmp_path


@pytest.fixture
def second(cast: Cast) -> Actor:
    return second_person(cast)


def again(letter: SteeringDocument) -> SteeringDocument:
    return SteeringDocument.objects.for_detail().get(pk=letter.pk)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def every_text_in_the_database() -> str:
    """All rows of all tables, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        texts = []
        for (table,) in cursor.fetchall():
            query = sql.SQL("select coalesce(string_agg(t::text, chr(10)), '') from {} t")
            cursor.execute(query.format(sql.Identifier(table)))
            texts.append(cursor.fetchone()[0])
    return "\n".join(texts)


def every_byte_on_disk() -> bytes:
    return b"\n".join(path.read_bytes() for path in Path(settings.STORED_FILES_ROOT).rglob("*") if path.is_file())


def test_the_words_are_nowhere_afterwards(
    cast: Cast, second: Actor, log_in: LogIn, django_capture_on_commit_callbacks: Any
) -> None:
    letter = letter_with_secret(cast, title=f"Supplerende brev om {SECRET}")
    RowRevision.objects.create(
        document=letter, item=letter.uuid, item_type="goal", number=1, data={"title": SECRET}, saved_at=AT
    )
    pdf = reading_copy(document=letter, actor=cast.actor("officer"), at=AT)
    assert SECRET in " ".join(text_of(files.read(pdf)).split())
    assert SECRET in every_text_in_the_database()
    row = asked(cast, letter)
    with time_machine.travel(AT, tick=False), django_capture_on_commit_callbacks(execute=True):
        remove_content(removal=row, actor=second, at=AT, expected_version=1)

    secret = SECRET.split()[0]
    assert secret not in every_text_in_the_database()
    assert secret.encode() not in every_byte_on_disk()
    now = again(letter)
    assert MARKER in now.title
    assert Assignment.objects.get(reference="TB2026-7").title == f"Følge opp saken til {MARKER} i direktoratet"
    assert "Et avsnitt som skal stå." in now.canonical_text
    rich = Passage.objects.get(document=letter, rich__contains="klaget").rich
    assert rich.count("<strong>") == rich.count("</strong>") == 1
    with pytest.raises(ContentRemoved) as gone:
        files.read(StoredFile.objects.get(pk=pdf.pk))
    assert MARKER in str(gone.value)
    _no_format_holds(now, cast, secret)
    page = log_in("officer").get(reverse("reporting:search"), {"q": secret})
    assert reverse("governance:document", args=[letter.uuid]) not in page.content.decode()


def _no_format_holds(letter: SteeringDocument, cast: Cast, secret: str) -> None:
    for form in ("json", "html"):
        out = export(letter, form, cast.actor("officer"), DAY).decode()
        assert secret not in out
        assert MARKER in out
    word = zipfile.ZipFile(io.BytesIO(export(letter, "docx", cast.actor("officer"), DAY)))
    words = b"".join(word.read(name) for name in word.namelist()).decode(errors="replace")
    assert secret not in words
    assert MARKER in words
    made = " ".join(text_of(files.read(reading_copy(document=letter, actor=cast.actor("officer"), at=AT))).split())
    assert secret not in made
    assert MARKER in made


def test_ranges_cut_the_same_passages_and_the_seal_says_what_has_happened(
    cast: Cast, letter: SteeringDocument, second: Actor
) -> None:
    original = letter.sha256
    assert snapshot.seal(letter) == Seal.INTACT
    done = remove_content(removal=asked(cast, letter), actor=second, at=AT)
    now = again(letter)
    assert now.sha256 == done.sha256 == original
    assert now.snapshot is not None
    assert done.sha256_after == sha256(files.read(now.snapshot))
    assert snapshot.seal(now) == Seal.REMOVED
    assert str(Seal.REMOVED.label) == "gyldig, med fjernet innhold"
    for passage in Passage.objects.filter(document=letter):
        assert now.canonical_text[passage.start : passage.end] == passage.text
    assert done.words == ""
    assert "Sikkerhetskopier tatt før" in done.backups


def test_two_removals_after_each_other_make_one_chain(cast: Cast, letter: SteeringDocument, second: Actor) -> None:
    remove_content(removal=asked(cast, letter), actor=second, at=AT)
    row = asked(cast, letter, words="Et avsnitt som skal stå")
    remove_content(removal=row, actor=second, at=AT + timedelta(hours=1))
    assert snapshot.seal(again(letter)) == Seal.REMOVED


def test_several_passages_go_in_one_removal_wherever_each_stands(
    cast: Cast, letter: SteeringDocument, second: Actor
) -> None:
    lines = f"{SECRET}\nEt avsnitt som\n\nFølge opp saken"
    with pytest.raises(RuleBroken) as caught:
        asked(cast, letter, words=f"{lines}\nStår ikke der\nHeller ikke dette\nab")
    assert "«ab» er for kort" in str(caught.value.problems[0].message)
    with pytest.raises(RuleBroken) as caught:
        asked(cast, letter, words=f"{lines}\nStår ikke der\nHeller ikke dette")
    assert [problem.code for problem in caught.value.problems] == ["words_not_found"] * 2
    assert "«Heller ikke dette»" in str(caught.value.problems[1].message)
    row = asked(cast, letter, words=lines)
    assert row.words.splitlines() == [SECRET, "Et avsnitt som", "Følge opp saken"]
    remove_content(removal=row, actor=second, at=AT)
    now = again(letter)
    assert f"{MARKER} skal stå." in now.canonical_text
    assert Assignment.objects.get(reference="TB2026-7").title == f"{MARKER} til {MARKER} i direktoratet"
    for passage in Passage.objects.filter(document=letter):
        assert now.canonical_text[passage.start : passage.end] == passage.text
    assert snapshot.seal(now) == Seal.REMOVED


@pytest.mark.parametrize("when", ["before", "after"])
def test_any_other_byte_still_breaks_the_seal(cast: Cast, letter: SteeringDocument, second: Actor, when: str) -> None:
    row = asked(cast, letter)
    if when == "after":
        remove_content(removal=row, actor=second, at=AT)
    with pgtrigger.ignore("governance.Passage:frozen_child"), connection.cursor() as cursor:
        statement = (
            "update governance_passage set text = text || '.' where document_id = %s and text like 'Et avsnitt%%'"
        )
        cursor.execute(statement, [letter.pk])
    assert snapshot.seal(again(letter)) == Seal.BROKEN
    if when == "before":
        with pytest.raises(NotInThisState) as caught:
            remove_content(removal=row, actor=second, at=AT)
        assert caught.value.code == "seal_broken"


def test_a_done_removal_cannot_be_changed_and_the_letter_is_frozen_as_before(
    cast: Cast, letter: SteeringDocument, second: Actor
) -> None:
    done = remove_content(removal=asked(cast, letter), actor=second, at=AT)
    acts: list[tuple[QuerySet[Any], dict[str, Any]]] = [
        (Removal.objects.filter(pk=done.pk), {"sha256_after": "0" * 64}),
        (SteeringDocument.objects.filter(pk=letter.pk), {"title": "Annet"}),
        (Passage.objects.filter(document=letter), {"text": "Annet"}),
        (Event.objects.filter(subject=letter.uuid), {"reason": "Annet"}),
    ]
    for rows, values in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)


def test_the_one_who_asked_and_a_stand_in_do_not_decide(cast: Cast, letter: SteeringDocument, second: Actor) -> None:
    row = asked(cast, letter)
    for act in (remove_content, decline_removal):
        extra = {"reason": "Nei"} if act is decline_removal else {}
        with pytest.raises(NotAllowed) as caught:
            act(removal=row, actor=cast.actor("officer"), at=AT, **extra)  # type: ignore[arg-type]
        assert caught.value.code == "two_person_rule"
    StandIn.objects.create(
        user=second.user,
        represented=Appointment.objects.get(user=cast.user("officer")),
        valid_from=DAY,
        valid_to=DAY,
        scope="alt",
        basis="Ferie",
    )
    with pytest.raises(NotAllowed) as caught:
        remove_content(removal=row, actor=second, at=AT)
    assert caught.value.code == "two_person_rule"
    assert again(letter).canonical_text == letter.canonical_text


@pytest.mark.parametrize("part", ["signer", "department_head", "controller", "co_ministry", "auditor", "admin"])
def test_without_the_right_nobody_asks_or_does(cast: Cast, letter: SteeringDocument, part: str) -> None:
    row = asked(cast, letter)
    with pytest.raises(NotAllowed):
        remove_content(removal=row, actor=cast.actor(part), at=AT)
    request = RemovalRequest(words=SECRET, reason="Feil", basis=BASIS)
    with pytest.raises(NotAllowed):
        ask_for_removal(document=letter, request=request, actor=cast.actor(part), at=AT)
    assert not Removal.objects.visible_to(cast.actor(part), DAY).exists()


def test_all_that_is_missing_is_said_at_once(cast: Cast, letter: SteeringDocument) -> None:
    with pytest.raises(RuleBroken) as caught:
        asked(cast, letter, words="Ola", reason=" ", basis="§ <1>")
    assert [problem.field for problem in caught.value.problems] == ["reason", "basis", "words"]
    with pytest.raises(RuleBroken) as caught:
        asked(cast, letter, words="Tekst som ikke står der")
    assert caught.value.problems[0].code == "words_not_found"
    with pytest.raises(RuleBroken) as caught:
        asked(cast, letter, reason=f"Fordi {SECRET} står der")
    assert caught.value.problems[0].code == "repeats_words"
    with pytest.raises(NotInThisState):
        asked(cast, make_draft(cast, fill=write_secret))


def test_one_who_may_not_read_all_takes_no_part(cast: Cast, second: Actor) -> None:
    def fill(writer: Any, cast: Cast) -> None:
        write_secret(writer, cast)
        write_assignment(writer, cast, "TB2026-9", "Skjermet", restricted=True, restricted_basis="offl. § 15")

    letter = make_registered_letter(cast, fill=fill)
    with pytest.raises(NotAllowed) as caught:
        remove_content(removal=asked(cast, letter), actor=second, at=AT)
    assert "unntatte" in str(caught.value)


def test_a_no_has_a_reason_and_changes_nothing(cast: Cast, letter: SteeringDocument, second: Actor) -> None:
    row = asked(cast, letter)
    with pytest.raises(RuleBroken):
        decline_removal(removal=row, reason="", actor=second, at=AT)
    with pytest.raises(StaleVersion):
        decline_removal(removal=row, reason="Riktig", actor=second, at=AT, expected_version=9)
    decline_removal(removal=row, reason="Opplysningen er offentlig.", actor=second, at=AT)
    row.refresh_from_db()
    assert (row.state, row.words) == ("declined", "")
    assert snapshot.seal(again(letter)) == Seal.INTACT
    with pytest.raises(NotInThisState):
        remove_content(removal=row, actor=second, at=AT)


def test_the_history_tells_both_sides_without_the_words(
    cast: Cast, letter: SteeringDocument, second: Actor, log_in: LogIn
) -> None:
    remove_content(removal=asked(cast, letter), actor=second, at=AT)
    events = Event.objects.filter(subject=letter.uuid, type__contains="remov").order_by("id")
    assert [(event.type, event.audience) for event in events] == [
        ("document.removal_asked", "internal"),
        ("document.content_removed", "shared"),
    ]
    assert SECRET not in str([(event.reason, event.before, event.after) for event in events])
    for part in ("officer", "controller"):
        text = log_in(part).get(reverse("governance:document_archive", args=[letter.uuid])).content.decode()
        assert "Innhold fjernet" in text
        assert MARKER in text
        text = log_in(part).get(reverse("governance:seal", args=[letter.uuid])).content.decode()
        assert "Gyldig, med fjernet innhold" in text


def test_a_whole_file_goes_with_its_name_and_the_seal_holds(
    cast: Cast, second: Actor, log_in: LogIn, django_capture_on_commit_callbacks: Any
) -> None:
    draft = make_draft(cast, fill=write_secret)
    data = b"Vedlegg om " + SECRET.encode()
    stored = files.store(name=f"{SECRET}.txt", data=data, actor=cast.actor("officer"), owner=draft)
    twin = files.store(name="samme.txt", data=data, actor=cast.actor("officer"), owner=draft)
    DocumentFile.objects.create(document=draft, file=stored, role=DocumentFile.Role.ATTACHMENT)
    letter = register_issued_document(
        document=draft, registration=Registration(signers=[Signer("Ragnhild Moen")]), actor=cast.actor("officer"), at=AT
    )
    url = reverse("governance:file", args=[stored.uuid])
    assert log_in("officer").get(url).status_code == 200
    row = asked(cast, letter, words="", file=stored)
    with django_capture_on_commit_callbacks(execute=True):
        done = remove_content(removal=row, actor=second, at=AT)
    assert done.sha256 == sha256(data)
    assert data not in every_byte_on_disk()
    stored.refresh_from_db()
    assert (stored.sha256, stored.name) == (sha256(data), MARKER)
    assert StoredFile.objects.get(pk=twin.pk).removed_at == AT
    answer = log_in("officer").get(url)
    assert answer.status_code == 410
    assert MARKER in answer.content.decode()
    assert snapshot.seal(again(letter)) == Seal.REMOVED


def test_the_original_of_a_letter_read_in_goes_when_its_words_do(cast: Cast, second: Actor) -> None:
    draft = make_draft(cast, fill=write_secret)
    stored = files.store(name="brev.txt", data=SECRET.encode(), actor=cast.actor("officer"), owner=draft)
    DocumentFile.objects.create(document=draft, file=stored, role=DocumentFile.Role.SOURCE)
    annex = files.store(name="vedlegg.txt", data=b"Bare tall", actor=cast.actor("officer"), owner=draft)
    DocumentFile.objects.create(document=draft, file=annex, role=DocumentFile.Role.ATTACHMENT)
    letter = register_issued_document(
        document=draft, registration=Registration(signers=[Signer("Ragnhild Moen")]), actor=cast.actor("officer"), at=AT
    )
    remove_content(removal=asked(cast, letter), actor=second, at=AT)
    assert StoredFile.objects.get(pk=stored.pk).removed_at == AT
    assert StoredFile.objects.get(pk=annex.pk).removed_at is None


def test_the_archive_gets_the_marker_instead_of_the_words(cast: Cast, second: Actor) -> None:
    draft = make_draft(cast, fill=write_secret)
    for name, role in ((f"{SECRET}.txt", DocumentFile.Role.SOURCE), ("vedlegg.txt", DocumentFile.Role.ATTACHMENT)):
        stored = files.store(name=name, data=f"{name} {SECRET}".encode(), actor=cast.actor("officer"), owner=draft)
        DocumentFile.objects.create(document=draft, file=stored, role=role)
    letter = register_issued_document(
        document=draft, registration=Registration(signers=[Signer("Ragnhild Moen")]), actor=cast.actor("officer"), at=AT
    )
    remove_content(removal=asked(cast, letter), actor=second, at=AT)
    entry = JournalEntry.objects.select_related("organisation", "counterpart").get(subject=letter.uuid, direction="U")
    with zipfile.ZipFile(io.BytesIO(build(entry, AT))) as package:
        inside = {name: package.read(name) for name in package.namelist()}
    texts = [data.decode() for name, data in inside.items() if name.endswith(".txt")]
    assert texts == [MARKER]
    assert any(name.endswith(".pdf") for name in inside)
    assert not any(SECRET.split()[0] in name for name in inside)


def test_a_pdf_made_of_the_letter_as_it_was_is_thrown_away(
    cast: Cast, letter: SteeringDocument, second: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, rendered = asked(cast, letter), render_document
    done: list[bool] = []

    def meanwhile(built: Any, **rest: Any) -> Any:
        made = rendered(built, **rest)
        if not done:
            done.append(True)
            remove_content(removal=row, actor=second, at=AT)
        return made

    monkeypatch.setattr(rendering, "render_document", meanwhile)
    stored = reading_copy(document=letter, actor=cast.actor("officer"), at=AT)
    words = " ".join(text_of(files.read(stored)).split())
    assert SECRET.split()[0] not in words
    assert MARKER in words


def test_a_new_copy_to_read_is_ordered(cast: Cast, letter: SteeringDocument, second: Actor) -> None:
    remove_content(removal=asked(cast, letter), actor=second, at=AT)
    assert Job.objects.filter(name="governance.render_letter", subject=letter.uuid, state="queued").exists()


def test_bytes_left_behind_by_a_stop_are_swept(cast: Cast) -> None:
    stored = files.store(name="a.txt", data=b"igjen etter stans", actor=cast.actor("officer"))
    StoredFile.objects.filter(pk=stored.pk).update(removed_at=AT, tombstone=MARKER)
    assert b"igjen etter stans" in every_byte_on_disk()
    assert files.sweep_removed() >= 1
    assert b"igjen etter stans" not in every_byte_on_disk()
