"""Handing over to the archive: packages out, receipts back, failures seen (decision C7, K12).

An organisation with an inbox gets its packages there as files; the archive answers with a receipt beside them. Where
there is none the package is fetched by hand. Nothing leaves the queue before the archive's own number is back.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock, events, files
from core.actor import Actor, system_actor
from core.canonical import sha256
from core.errors import NotAllowed, NotFound, RuleBroken, Unreadable
from core.models import Audience, StoredFile
from core.transitions import bump
from governance import archiving
from governance.actions import journal
from governance.models import ArchiveInbox, JournalEntry, JournalState
from governance.querysets import JournalEntryQuerySet

#: What the archive's answer to ``<uuid>.zip`` is called.
RECEIPT = ".kvittering.json"
READABLE = {"saksnummer": "case_number", "dokumentnummer": "document_number"}
WAITING = (JournalState.WAITING, JournalState.FAILED)


@dataclass
class Transferred:
    """What one look did."""

    exported: int = 0
    failed: int = 0
    journalled: int = 0


def build(entry: JournalEntry, at: datetime) -> bytes:
    """The package of an entry. Raises Unreadable when a file is gone or changed, NotFound when its kind has none."""
    try:
        stored = archiving.files_for(entry, at)
    except LookupError as error:
        raise NotFound(_("Dokumentet har ingen filer som kan overføres. Meld fra til den som drifter.")) from error
    return archiving.package(entry, [_content(row, number) for number, row in enumerate(stored, start=1)])


def _content(stored: StoredFile, number: int) -> archiving.Content:
    """The bytes of a file; of one whose content has been taken out (A16), the words that stand in its place."""
    if stored.removed_at is not None:
        return archiving.Content(f"fjernet-{number}.txt", stored.tombstone.encode(), "text/plain")
    return archiving.Content(stored.name, files.read(stored), stored.content_type)


def fetch_package(*, entry: JournalEntry, actor: Actor, at: datetime) -> bytes:
    """The package for the one who journals by hand; the fetching is recorded.

    The caller has found the entry among those the actor sees. Raises NotAllowed when the package holds something
    exempt that the actor may not read, Unreadable.
    """
    entry = _whole().get(pk=entry.pk)
    day = clock.local_date(at)
    if archiving.is_withheld(entry, actor, day):
        raise NotAllowed(
            _(
                "Dokumentet har innhold som er unntatt offentlighet, og du står ikke blant dem som kan lese det. "
                "Be en av dem om å hente arkivpakken, eller om å føre deg opp som leser."
            )
        )
    data = build(entry, at)
    events.record(
        event="journal.package_fetched",
        subject=entry,
        actor=actor,
        at=at,
        organisation=entry.organisation.uuid,
        after={"sha256": sha256(data), "subject": entry.subject},
        audience=Audience.INTERNAL,
    )
    return data


def transfer_due(at: datetime) -> Transferred:
    """Put what waits into the archives' inboxes and take in their receipts. Safe to run twice, and after an outage.

    A folder that is away, a full disk or a package that cannot be made gives a failed entry with the reason; it is
    tried again at the next look.
    """
    day, done = clock.local_date(at), Transferred()
    for inbox in _open_inboxes(day):
        folder = _folder(inbox)
        if folder is None:
            done.failed += _all_failed(inbox.organisation, at)
            continue
        done.journalled += _take_receipts(inbox.organisation, folder, at)
        waiting = JournalEntry.objects.filter(organisation=inbox.organisation, state__in=WAITING)
        for pk in waiting.order_by("created_at", "id").values_list("pk", flat=True):
            if _transfer(pk, folder, at):
                done.exported += 1
            else:
                done.failed += 1
    return done


def _open_inboxes(day: date) -> Iterable[ArchiveInbox]:
    on_the_day = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    awaited = JournalEntry.objects.filter(organisation=OuterRef("organisation")).exclude(state=JournalState.JOURNALLED)
    return ArchiveInbox.objects.filter(on_the_day).filter(Exists(awaited)).select_related("organisation").order_by("pk")


def _folder(inbox: ArchiveInbox) -> Path | None:
    """The folder, when it is there; it is never made here, so an unmounted disk is seen and not written beside."""
    if not settings.ARCHIVE_ROOT:
        return None
    folder = Path(settings.ARCHIVE_ROOT) / inbox.folder
    return folder if folder.is_dir() else None


@transaction.atomic
def _all_failed(organisation: Organisation, at: datetime) -> int:
    problem = _("Arkivets mottaksmappe svarer ikke. Overføringen prøves igjen av seg selv.")
    entries = JournalEntry.objects.filter(organisation=organisation, state__in=WAITING).select_related("organisation")
    rows = list(entries.locked())
    for entry in rows:
        _fail(entry, problem, at)
    return len(rows)


def _transfer(pk: int, folder: Path, at: datetime) -> bool:
    """One package out. The package is made before the lock is taken, and written before the row says so."""
    entry = _whole().get(pk=pk)
    try:
        data = build(entry, at)
        _write(folder / f"{entry.uuid}.zip", data)
    except (NotFound, Unreadable) as error:
        return _failed(pk, str(error), at)
    except OSError as error:
        problem = _("Arkivets mottaksmappe tar ikke imot (%(reason)s). Overføringen prøves igjen av seg selv.")
        return _failed(pk, problem % {"reason": error.strerror or type(error).__name__}, at)
    with transaction.atomic():
        entry = _whole().locked().get(pk=pk)
        if entry.state not in WAITING:
            return True
        entry.state, entry.exported_at, entry.package_sha256, entry.problem = (
            JournalState.EXPORTED, at, sha256(data), "",
        )  # fmt: skip
        bump(entry, fields=("state", "exported_at", "package_sha256", "problem"))
        _tell("journal.exported", entry, at, {"sha256": entry.package_sha256})
    return True


def _whole() -> JournalEntryQuerySet:
    return JournalEntry.objects.select_related("organisation", "counterpart", "access_proposed_by")


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: the archive never meets half a package."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    Path(handle.name).replace(path)


@transaction.atomic
def _failed(pk: int, problem: str, at: datetime) -> bool:
    _fail(JournalEntry.objects.select_related("organisation").locked().get(pk=pk), problem, at)
    return False


def _fail(entry: JournalEntry, problem: str, at: datetime) -> None:
    """Said once for each reason, so that an outage does not fill the history."""
    if entry.state not in WAITING or (entry.state == JournalState.FAILED and entry.problem == problem):
        return
    entry.state, entry.problem = JournalState.FAILED, problem
    bump(entry, fields=("state", "problem"))
    _tell("journal.export_failed", entry, at, {"problem": problem})


def _take_receipts(organisation: Organisation, folder: Path, at: datetime) -> int:
    taken = 0
    for path in sorted(folder.glob(f"*{RECEIPT}")):
        uuid = path.name.removesuffix(RECEIPT)
        waiting = JournalEntry.objects.filter(organisation=organisation).exclude(state=JournalState.JOURNALLED)
        entry = waiting.filter(uuid=uuid).first() if _is_uuid(uuid) else None
        if entry is not None:
            taken += _take_receipt(entry, path, at)
    return taken


def _take_receipt(entry: JournalEntry, path: Path, at: datetime) -> bool:
    """The archive's numbers. A receipt that cannot be read is a failure one sees, and is left where it is."""
    try:
        answered = json.loads(path.read_text(encoding="utf-8"))
        values = {ours: str(answered[theirs]) for theirs, ours in READABLE.items()}
        with transaction.atomic():
            locked = JournalEntry.objects.select_related("organisation", "counterpart").locked().get(pk=entry.pk)
            journal.write_journalled(
                locked, public_title=locked.public_title or locked.title, access_code=locked.access_code,
                access_basis=locked.access_basis, actor=system_actor("arkiv"), at=at, **values,
            )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, RuleBroken):
        with transaction.atomic():
            again = JournalEntry.objects.select_related("organisation").locked().get(pk=entry.pk)
            problem = _("Kvitteringen fra arkivet kan ikke leses. Før saksnummer og dokumentnummer for hånd.")
            if again.problem != problem:
                again.problem = problem
                bump(again, fields=("problem",))
                _tell("journal.receipt_unreadable", again, at, {"file": path.name})
        return False
    return True


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _tell(event: str, entry: JournalEntry, at: datetime, after: dict[str, str]) -> None:
    events.record(
        event=event,
        subject=entry,
        actor=system_actor("arkiv"),
        at=at,
        organisation=entry.organisation.uuid,
        after={**after, "subject": entry.subject},
        audience=Audience.INTERNAL,
    )


@transaction.atomic
def open_inbox(*, organisation: Organisation, folder: str, actor: Actor, at: datetime) -> ArchiveInbox:
    """From today the organisation's archive fetches from ``folder``; an earlier inbox ends the day before.

    Done by the one who runs the installation. Raises NotAllowed for persons.
    """
    if actor.is_person:
        raise NotAllowed(_("Mottaksmappen settes av den som drifter systemet."))
    day = clock.local_date(at)
    for old in ArchiveInbox.objects.filter(organisation=organisation, valid_to__isnull=True):
        if old.folder == folder:
            return old
        old.valid_to = max(old.valid_from, date.fromordinal(day.toordinal() - 1))
        old.save(update_fields=["valid_to"])
    return ArchiveInbox.objects.create(organisation=organisation, folder=folder, valid_from=day)
