"""A folder of letters in at once (importer, point 6): always registered, never issued; one bad file stops no other."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events, files, jobs
from core.actor import Actor
from core.errors import DomainError, NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience
from core.transitions import bump
from governance import permissions
from governance.actions import imports
from governance.actions.imports import Upload
from governance.importing.extraction.refusals import refuse
from governance.importing.extraction.sniff import LEFT_OUT, natural, open_package, sniff
from governance.intake.batches import details_from
from governance.models import BatchEntry, DocumentImport, EntryState, ImportBatch, ImportState

READ_JOB = "governance.read_batch"
MOST_FILES = 500
Progress = Callable[[int, int], None]
log = structlog.get_logger(__name__)
Piece = tuple[str, bytes | None, DomainError | None]


@transaction.atomic
def start_batch(*, uploads: Sequence[Upload], actor: Actor, at: datetime, title: str = "") -> ImportBatch:
    """Keep the files of many letters, each file one letter, and ask the worker to read them one by one.

    A zip package is a folder of letters; a package inside it is one letter in several files. A file that cannot be
    kept is an entry with the reason. Raises NotAllowed, RuleBroken (no file, or too many).
    """
    if not permissions.may_import(actor, clock.local_date(at)):
        raise NotAllowed(_("Brev leses inn av den som har etatsstyringen av virksomheten."))
    pieces = [piece for upload in uploads for piece in _pieces(upload)]
    if not pieces:
        raise RuleBroken(problems=[Problem("no_file", _("Velg minst én fil."), "files")])
    if len(pieces) > MOST_FILES:
        sentence = _("Det er %(count)s filer. Les inn høyst %(most)s om gangen, for eksempel noen år av gangen.")
        problem = Problem("too_many_files", sentence % {"count": len(pieces), "most": MOST_FILES}, "files")
        raise RuleBroken(problems=[problem])
    batch: ImportBatch = ImportBatch.objects.create(
        organisation=imports.organisation_of(actor),
        title=(title or _default_title(uploads, len(pieces)))[:300],
        created_by_id=actor.user_id,
    )
    for ordinal, piece in enumerate(pieces, start=1):
        _keep(batch, ordinal, piece, actor)
    _enqueue(batch, actor)
    _record(batch, "import_batch.started", actor, at, {"files": len(pieces)})
    return batch


def _default_title(uploads: Sequence[Upload], count: int) -> str:
    if len(uploads) == 1:
        return PurePath(uploads[0].name.replace("\\", "/")).name
    return _("%(count)s filer") % {"count": count}


def _pieces(upload: Upload) -> Iterator[Piece]:
    """(name, bytes, refusal) of each letter in an upload; a package that is unsafe is one refused letter."""
    try:
        files.check_size(upload.name, len(upload.data))
        if sniff(upload.name, upload.data).format != "zip":
            yield upload.name, upload.data, None
            return
        yield from list(_members(upload))
    except DomainError as error:
        yield upload.name, upload.data if len(upload.data) else None, error


def _members(upload: Upload) -> Iterator[Piece]:
    with open_package(upload.name, upload.data) as package:
        members = [info for info in package.infolist() if not info.is_dir() and not LEFT_OUT.search(info.filename)]
        if not members:
            raise refuse("package_empty", upload.name)
        for member in sorted(members, key=lambda info: natural(info.filename)):
            try:
                data = package.read(member)
                files.check_size(member.filename, len(data))
                yield member.filename, data, None
            except DomainError as error:
                yield member.filename, None, error
            except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError):
                yield member.filename, None, refuse("damaged_file", member.filename)


def _keep(batch: ImportBatch, ordinal: int, piece: Piece, actor: Actor) -> None:
    name, data, error = piece
    entry = BatchEntry(batch=batch, ordinal=ordinal, name=name.replace("\\", "/")[-300:])
    if data is not None:
        try:
            entry.file = files.store(name=name, data=data, actor=actor, owner=batch)
        except DomainError as refused:
            error = error or refused
    if error is not None or entry.file is None:
        entry.state, entry.problem = EntryState.REFUSED, _problem(error or refuse("damaged_file", name))
    entry.save()


def _problem(error: DomainError) -> dict[str, str]:
    return {"code": error.code, "message": str(error.message)}


def _enqueue(batch: ImportBatch, actor: Actor) -> None:
    batch.job = jobs.enqueue(
        name=READ_JOB,
        label=_("Leser inn %(title)s") % {"title": batch.title},
        actor=actor,
        subject=batch,
        arguments={"batch": batch.uuid},
        unit=_("brev"),
        total=batch.entries.count(),
    )
    bump(batch, fields=("job",))


def _record(batch: ImportBatch, event: str, actor: Actor, at: datetime, after: dict[str, Any]) -> None:
    events.record(event=event, subject=batch, actor=actor, at=at, after=after, audience=Audience.INTERNAL)


def read_batch(*, uuid: str, progress: Progress, actor: Actor, at: datetime) -> dict[str, Any]:
    """Read the letters that wait, one by one, each in its own transactions. Stopped and rung again, it goes on.

    A file that cannot be read gets its reason and the rest goes on.
    """
    batch: ImportBatch = ImportBatch.objects.select_related("organisation").get(uuid=uuid)
    total = batch.entries.count()
    waiting = list(batch.entries.filter(state=EntryState.WAITING).select_related("file", "document_import"))
    done = total - len(waiting)
    progress(done, total)
    for entry in waiting:
        _read_entry(batch, entry, lambda _step, _steps, at_entry=done: progress(at_entry, total), actor, at)
        done += 1
        progress(done, total)
    counts = {state: batch.entries.filter(state=state).count() for state in EntryState.values}
    return {"total": total, **counts}


def _read_entry(batch: ImportBatch, entry: BatchEntry, progress: Progress, actor: Actor, at: datetime) -> None:
    try:
        found = entry.document_import or _begin(batch, entry, actor, at)
        if found is None:
            return
        imports.read_import(uuid=str(found.uuid), progress=progress, actor=actor, at=at)
    except DomainError as error:
        _settle(entry, EntryState.REFUSED, _problem(error))
        return
    except jobs.LeaseLost:
        raise
    except Exception:
        log.exception("import_batch.letter_stopped", entry=entry.pk)
        sentence = _(
            "Innlesingen av filen stoppet. Filen er tatt vare på. Les den inn for seg, eller meld fra til drift."
        )
        _settle(entry, EntryState.REFUSED, {"code": "reading_stopped", "message": sentence})
        return
    _fill_in(entry, found, at)


@transaction.atomic
def _begin(batch: ImportBatch, entry: BatchEntry, actor: Actor, at: datetime) -> DocumentImport | None:
    """The entry's import, ready to be read; None when the same content is here already."""
    if entry.file is None:
        raise refuse("damaged_file", entry.name)
    upload = Upload(entry.name, files.read(entry.file))
    existing = imports.already_here(batch.organisation, [upload])
    if existing is not None:
        entry.document_import = existing
        entry.state = EntryState.KNOWN
        entry.save(update_fields=["document_import", "state"])
        return None
    found = imports.keep_files(
        organisation=batch.organisation, uploads=[upload], actor=actor, user_id=batch.created_by_id
    )
    entry.document_import = found
    entry.save(update_fields=["document_import"])
    return found


def _settle(entry: BatchEntry, state: EntryState, problem: dict[str, str]) -> None:
    entry.state, entry.problem = state, problem
    entry.save(update_fields=["state", "problem"])


@transaction.atomic
def _fill_in(entry: BatchEntry, found: DocumentImport, at: datetime) -> None:
    """What the letter says of itself as its details, so that a clear one is ready without more typing."""
    found = imports.locked(found)
    if found.state == ImportState.REVIEW and not found.details:
        found.details = details_from(found, clock.local_date(at))
        bump(found, fields=("details",))
    _settle(entry, EntryState.READ, {})


@transaction.atomic
def read_on(*, batch: ImportBatch, actor: Actor, at: datetime) -> ImportBatch:
    """Ask the worker once more for the letters that still wait. Raises NotAllowed, NotInThisState."""
    if actor.organisation != batch.organisation.uuid or not permissions.may_import(actor, clock.local_date(at)):
        raise NotAllowed(_("Importen behandles av den som leser inn brev for departementet."))
    found: ImportBatch = ImportBatch.objects.locked().get(pk=batch.pk)
    if not found.entries.filter(state=EntryState.WAITING).exists():
        raise NotInThisState(_("Alle filene er lest."))
    _enqueue(found, actor)
    _record(found, "import_batch.read_again", actor, at, {})
    return found
