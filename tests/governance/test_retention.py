"""Working material is deleted when its time is out; the archive never is (issue 3, decision A16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from core import files
from core.models import Audience, Event, StoredFile
from governance import retention, snapshot
from governance.actions.documents import discard_document
from governance.actions.retention import delete_due
from governance.models import (
    Autosave,
    DocumentFile,
    Material,
    Passage,
    Presence,
    RetentionClass,
    RetentionRun,
    RowComment,
    RowRevision,
    SteeringDocument,
)
from tests.cast import Cast
from tests.factories.documents import REGISTERED_AT, make_draft, make_issued_supplement, write_letter

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
ISSUED = REGISTERED_AT


def later(days: int) -> datetime:
    return ISSUED + timedelta(days=days)


def days_of(material: Material) -> int:
    return RetentionClass.objects.get(material=material).days


def comment(document: SteeringDocument, cast: Cast, audience: str, at: datetime, **values: Any) -> RowComment:
    return RowComment.objects.create(
        document=document, organisation=document.issuer, author=cast.user("officer"), author_name="Marte Lindqvist",
        audience=audience, text=f"Ord {audience}", at=at, **values,
    )  # fmt: skip


def work_on(document: SteeringDocument, cast: Cast) -> None:
    """One of each kind of working material."""
    RowRevision.objects.create(
        document=document, item=document.uuid, item_type="goal", number=1, data={"title": "før"}, saved_at=ISSUED
    )
    Autosave.objects.create(document=document, user=cast.user("officer"), form="mål", data={}, saved_at=ISSUED)
    Presence.objects.create(document=document, user=cast.user("officer"), seen_at=ISSUED)


@pytest.fixture
def letter(cast: Cast) -> SteeringDocument:
    with time_machine.travel(ISSUED, tick=False):
        made = make_issued_supplement(cast)
    work_on(made, cast)
    return made


def test_each_kind_is_deleted_on_its_own_day_and_not_before(cast: Cast, letter: SteeringDocument) -> None:
    for model, material in ((Autosave, Material.AUTOSAVE), (RowRevision, Material.ROW_REVISION)):
        rows = model.objects.filter(document=letter)
        delete_due(at=later(days_of(material)) - timedelta(minutes=1))
        assert rows.exists(), material
        delete_due(at=later(days_of(material)))
        assert not rows.exists(), material
    assert not Presence.objects.filter(document=letter).exists()


def test_the_protocol_says_how_many_of_what_and_no_content_and_twice_changes_nothing(
    cast: Cast, letter: SteeringDocument
) -> None:
    assert delete_due(at=later(4000)) == 3
    runs = RetentionRun.objects.filter(document=letter)
    assert sorted(runs.values_list("retention_class__material", "number")) == [
        ("autosave", 1),
        ("presence", 1),
        ("row_revision", 1),
    ]
    assert delete_due(at=later(4001)) == 0
    assert runs.count() == 3
    with pytest.raises(DatabaseError), transaction.atomic():
        runs.update(number=0)


def test_an_internal_thread_goes_as_a_whole_and_a_shared_word_is_never_due(
    cast: Cast, letter: SteeringDocument
) -> None:
    days = days_of(Material.INTERNAL_COMMENT)
    shared = comment(letter, cast, Audience.SHARED, later(1))
    mixed = comment(letter, cast, Audience.INTERNAL, later(1))
    comment(letter, cast, Audience.SHARED, later(2), thread=mixed)
    root = comment(letter, cast, Audience.INTERNAL, later(1))
    reply = comment(letter, cast, Audience.INTERNAL, later(30), thread=root)
    delete_due(at=later(days + 1))
    assert RowComment.objects.filter(pk__in=[root.pk, reply.pk]).count() == 2
    delete_due(at=later(days + 30))
    assert not RowComment.objects.filter(pk__in=[root.pk, reply.pk]).exists()
    assert RowComment.objects.filter(pk__in=[shared.pk, mixed.pk]).count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        RowComment.objects.filter(pk=shared.pk).delete()


def test_a_discarded_draft_is_emptied_and_a_living_one_is_not(cast: Cast) -> None:
    with time_machine.travel(ISSUED, tick=False):
        given_up, living = make_draft(cast, fill=write_letter), make_draft(cast, fill=write_letter, number=7)
        work_on(given_up, cast)
        discard_document(document=given_up, reason="Ikke aktuelt", actor=cast.actor("officer"), at=ISSUED)
    delete_due(at=later(days_of(Material.DISCARDED_DRAFT) + 1))
    assert not Passage.objects.filter(document=given_up).exists()
    assert not RowRevision.objects.filter(document=given_up).exists()
    assert Passage.objects.filter(document=living).exists()
    assert Event.objects.filter(subject=given_up.uuid).exists()
    assert SteeringDocument.objects.filter(pk=given_up.pk).exists()
    assert RetentionRun.objects.get(document=given_up, retention_class__material="discarded_draft").number > 10
    assert delete_due(at=later(days_of(Material.DISCARDED_DRAFT) + 2)) == 0


def test_nothing_of_a_sent_document_can_ever_be_due(cast: Cast, letter: SteeringDocument) -> None:
    events = Event.objects.filter(subject=letter.uuid).count()
    delete_due(at=later(40_000))
    assert snapshot.seal(letter) == snapshot.Seal.INTACT
    assert Event.objects.filter(subject=letter.uuid).count() == events
    tables = {retention.due(material, days=0, at=later(40_000)).model for material in Material}
    assert tables == {RowRevision, Autosave, RowComment, Presence, SteeringDocument, StoredFile}
    discarded = retention.due(Material.DISCARDED_DRAFT, days=0, at=later(40_000))
    assert not discarded.filter(pk=letter.pk).exists()


def test_a_loose_file_goes_but_the_same_bytes_in_the_archive_stay(
    cast: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.STORED_FILES_ROOT = tmp_path
    actor, draft = cast.actor("officer"), make_draft(cast)
    loose = files.store(name="løs.txt", data=b"ingen peker hit", actor=actor)
    twin = files.store(name="tvilling.txt", data=b"i arkivet", actor=actor)
    kept = files.store(name="vedlegg.txt", data=b"i arkivet", actor=actor)
    DocumentFile.objects.create(document=draft, file=kept, role=DocumentFile.Role.ATTACHMENT)
    StoredFile.objects.filter(pk__in=[loose.pk, twin.pk, kept.pk]).update(created_at=ISSUED)
    with django_capture_on_commit_callbacks(execute=True):
        delete_due(at=later(days_of(Material.LOOSE_FILE)))
    gone = set(StoredFile.objects.filter(removed_at__isnull=False).values_list("pk", flat=True))
    assert {loose.pk, twin.pk} <= gone
    assert kept.pk not in gone
    assert files.read(StoredFile.objects.get(pk=kept.pk)) == b"i arkivet"
    assert not any(path.read_bytes() == b"ingen peker hit" for path in tmp_path.rglob("*") if path.is_file())


def test_every_pointer_at_a_file_keeps_it() -> None:
    pointing = {(model._meta.label, column) for model, column in retention.pointing_at_files()}
    assert {("governance.DocumentFile", "file"), ("governance.SteeringDocument", "snapshot")} <= pointing
    assert {
        ("core.MessageFile", "file"),
        ("reporting.Report", "snapshot"),
        ("assignments.AnswerFile", "file"),
    } <= pointing


def test_two_rules_for_one_kind_cannot_hold_on_one_day_and_a_new_one_takes_over() -> None:
    old = RetentionClass.objects.get(material=Material.AUTOSAVE)
    values = {"material": Material.AUTOSAVE, "name": "Ny", "days": 5, "basis": "ny forskrift"}
    with pytest.raises(DatabaseError), transaction.atomic():
        RetentionClass.objects.create(**values, valid_from=old.valid_from + timedelta(days=40))
    RetentionClass.objects.filter(pk=old.pk).update(valid_to=old.valid_from + timedelta(days=39))
    assert RetentionClass.objects.create(**values, valid_from=old.valid_from + timedelta(days=40)).pk


def test_the_page_shows_rules_next_day_and_the_protocol_of_ones_own(
    cast: Cast, letter: SteeringDocument, log_in: LogIn
) -> None:
    url = reverse("governance:retention")
    with time_machine.travel(later(1), tick=False):
        text = log_in("officer").get(url).content.decode()
    assert "Kladder som ikke ble lagret" in text
    assert "8. februar 2026" in text
    with time_machine.travel(later(400), tick=False):
        delete_due(at=later(400))
        assert letter.title in log_in("officer").get(url).content.decode()
        assert letter.title not in log_in("controller").get(url).content.decode()
        assert log_in("signer").get(url).status_code == 403
