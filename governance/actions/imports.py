"""A letter on its way in: files dropped, read by the worker, refused or laid out for review."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Organisation
from core import canonical, clock, events, files, jobs
from core.actor import Actor
from core.errors import DomainError, NotAllowed, NotInThisState, Problem, RuleBroken, TooLarge
from core.models import Audience, Job
from core.transitions import bump, check_version
from governance import checks, permissions
from governance.checks import gather
from governance.importing import records
from governance.intake import lines, serialise
from governance.intake.convert_rules import find_recipients
from governance.models import (
    DocumentFamily,
    DocumentImport,
    DocumentKind,
    ImportFile,
    ImportRow,
    ImportState,
    RowState,
)

READ_JOB = "governance.read_letter"
#: checks whose finding puts a deadline under clarification until somebody has answered
DOUBTING = frozenset({"V-03", "V-05"})
OPEN = (ImportState.REVIEW, ImportState.DETAILS)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Upload:
    """A file as it was dropped."""

    name: str
    data: bytes


class AlreadyImported(RuleBroken):
    """The same files are here already; ``existing`` is the import they became."""

    code = "already_imported"
    title = gettext_lazy("Filen er lest inn før")

    def __init__(self, existing: DocumentImport) -> None:
        self.existing = existing
        sentence = _("Filen er lest inn før, i importen «%(title)s». Åpne den i stedet.") % {"title": existing}
        super().__init__(problems=[Problem(self.code, sentence, "files", str(existing.uuid))])


def organisation_of(actor: Actor) -> Organisation:
    """The organisation the actor acts for. Raises NotAllowed."""
    organisation: Organisation | None = Organisation.objects.filter(uuid=actor.organisation).first()
    if organisation is None:
        raise NotAllowed(_("Velg hvilken rolle du handler i, og prøv igjen."))
    return organisation


@transaction.atomic
def start_import(*, uploads: Sequence[Upload], actor: Actor, at: datetime) -> DocumentImport:
    """Keep the files of one letter and ask the worker to read them.

    Raises NotAllowed, RuleBroken (no file, an empty file), TooLarge, AlreadyImported (the same content is here
    already). Nothing is stored when one of the files is refused.
    """
    if not permissions.may_import(actor, clock.local_date(at)):
        raise NotAllowed(_("Brev leses inn av den som har etatsstyringen av virksomheten."))
    _check_uploads(uploads)
    organisation = organisation_of(actor)
    existing = already_here(organisation, uploads)
    if existing is not None:
        raise AlreadyImported(existing)
    found = keep_files(organisation=organisation, uploads=uploads, actor=actor, user_id=actor.user_id)
    enqueue(found, actor)
    record(found, "import.started", actor, at, after={"files": [upload.name for upload in uploads]})
    return found


def already_here(organisation: Organisation, uploads: Sequence[Upload]) -> DocumentImport | None:
    """The import the same content became before; those refused or put away do not count."""
    found: DocumentImport | None = (
        DocumentImport.objects.filter(organisation=organisation, sha256=_digest(uploads))
        .exclude(state__in=(ImportState.DISCARDED, ImportState.REFUSED))
        .first()
    )
    return found


def _digest(uploads: Sequence[Upload]) -> str:
    return canonical.sha256("\n".join(canonical.sha256(upload.data) for upload in uploads).encode())


def keep_files(
    *, organisation: Organisation, uploads: Sequence[Upload], actor: Actor, user_id: int | None
) -> DocumentImport:
    """An import that waits to be read, with its files stored. The caller has checked that it is allowed."""
    found: DocumentImport = DocumentImport.objects.create(
        organisation=organisation,
        title=_title_from(uploads[0].name),
        sha256=_digest(uploads),
        created_by_id=user_id,
    )
    for ordinal, upload in enumerate(uploads):
        stored = files.store(
            name=upload.name, data=upload.data, actor=actor, owner=found, organisation=organisation.uuid
        )
        ImportFile.objects.create(document_import=found, file=stored, ordinal=ordinal)
    return found


def _check_uploads(uploads: Sequence[Upload]) -> None:
    """All that is wrong with the files at once."""
    if not uploads:
        raise RuleBroken(problems=[Problem("no_file", _("Velg minst én fil."), "files")])
    problems, too_large = [], False
    for upload in uploads:
        try:
            files.check_size(upload.name, len(upload.data))
        except DomainError as error:
            too_large = too_large or isinstance(error, TooLarge)
            problems.append(Problem(error.code, error.message, "files"))
    if problems:
        raise (TooLarge if too_large else RuleBroken)(problems=problems)


def _title_from(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2][:300]


def enqueue(found: DocumentImport, actor: Actor) -> Job:
    """Ask the worker to read the files."""
    job = jobs.enqueue(
        name=READ_JOB,
        label=_("Leser inn %(title)s") % {"title": found.title},
        actor=actor,
        subject=found,
        arguments={"document_import": found.uuid},
        unit=_("avsnitt"),
    )
    found.job = job
    bump(found, fields=("job",))
    return job


def record(
    found: DocumentImport,
    event: str,
    actor: Actor,
    at: datetime,
    *,
    reason: str = "",
    after: dict[str, Any] | None = None,
) -> None:
    """Everything about an import is internal to the side that imports."""
    events.record(
        event=event, subject=found, actor=actor, at=at, reason=reason, after=after, audience=Audience.INTERNAL
    )


def locked(found: DocumentImport) -> DocumentImport:
    """The import with its row locked, as every act on it needs.

    Joined rows are read after the lock is held: a row read by the same statement may be older than the lock.
    """
    DocumentImport.objects.locked().only("pk").get(pk=found.pk)
    row: DocumentImport = DocumentImport.objects.select_related("organisation", "agency", "document").get(pk=found.pk)
    return row


def require_import(actor: Actor, found: DocumentImport, at: datetime) -> None:
    """Only those who import for the organisation touch its imports. Raises NotAllowed."""
    if actor.organisation != found.organisation.uuid or not permissions.may_import(actor, clock.local_date(at)):
        raise NotAllowed(_("Importen behandles av den som leser inn brev for departementet."))


def require_open(found: DocumentImport) -> None:
    """The import is being gone through. Raises NotInThisState."""
    if found.state in OPEN:
        return
    if found.state == ImportState.REGISTERED:
        sentence = _("Brevet er registrert og kan ikke endres her. En lesefeil rettes fra brevets side.")
        raise NotInThisState(sentence)
    raise NotInThisState(
        _("Importen kan ikke endres nå. Status er «%(state)s».") % {"state": found.get_state_display()}
    )


def read_import(*, uuid: str, progress: Progress, actor: Actor, at: datetime) -> dict[str, Any]:
    """Read the files of an import: rows to go through, or a refusal that keeps the files. Safe to do twice.

    Raises the reader's Unreadable after it has been put on record.
    """
    from governance.importing import account, read_letter

    found: DocumentImport = DocumentImport.objects.select_related("organisation").get(uuid=uuid)
    if found.state != ImportState.READING:
        return {"state": found.state}
    sources = [
        records.SourceFile(name=row.file.name, data=files.read(row.file))
        for row in ImportFile.objects.select_related("file").filter(document_import=found)
    ]
    try:
        draft = read_letter(sources, progress=progress)
    except DomainError as error:
        _refuse(found, error, actor, at)
        raise
    return _lay_out(found, draft, serialise.coverage_of(account(draft)), actor, at)


@transaction.atomic
def _refuse(found: DocumentImport, error: DomainError, actor: Actor, at: datetime) -> None:
    found = locked(found)
    if found.state != ImportState.READING:
        return
    found.state = ImportState.REFUSED
    found.problem = {"code": error.code, "message": str(error.message)}
    bump(found, fields=("state", "problem"))
    record(found, "import.refused", actor, at, reason=str(error.message))


@transaction.atomic
def _lay_out(
    found: DocumentImport, draft: records.DraftLetter, coverage: dict[str, Any], actor: Actor, at: datetime
) -> dict[str, Any]:
    from governance.actions.findings import refresh_findings

    found = locked(found)
    if found.state != ImportState.READING:
        return {"state": found.state}
    found.passages = serialise.passages_of(draft)
    found.facts = serialise.facts_of(draft)
    found.canonical_text = draft.canonical.text
    found.extractor = serialise.extractor_of(draft)
    found.coverage = coverage
    found.title = _title_of(draft) or found.title
    found.agency = _agency_named(draft.facts.agency.value, found.organisation, clock.local_date(at))
    found.state = ImportState.REVIEW
    rows = [
        ImportRow(
            document_import=found,
            kind=row.kind,
            ordinal=ordinal,
            data=row.data,
            original={"data": copy.deepcopy(row.data), "passages": row.passages, "spans": row.spans, "kind": row.kind},
            passages=row.passages,
            spans=row.spans,
            doubts=row.doubts,
            confidence=row.confidence,
            state=RowState.UNSURE if row.unsure else RowState.RECOGNISED,
        )
        for ordinal, row in enumerate(serialise.rows_of(draft), start=1)
    ]
    ImportRow.objects.bulk_create(rows)
    propose_lines(found)
    tie_recipients(found)
    mark_doubtful(found, day=clock.local_date(at))
    bump(
        found,
        fields=("passages", "facts", "canonical_text", "extractor", "coverage", "title", "agency", "state"),
    )
    record(found, "import.read", actor, at, after={"passages": len(found.passages), "rows": len(rows)})
    refresh_findings(found)
    return {"passages": len(found.passages), "rows": len(rows)}


def _title_of(draft: records.DraftLetter) -> str:
    """The letter's own title, else the name of its kind with its year."""
    if draft.facts.title.value:
        return draft.facts.title.value[:300]
    kind = DocumentKind.objects.filter(code=str(draft.facts.kind.value)).first()
    year = draft.facts.year.value if kind is not None and kind.family != DocumentFamily.INSTRUCTION else None
    return f"{kind} {year}" if kind and year else str(kind or "")


def mark_doubtful(found: DocumentImport, *, day: date) -> None:
    """Set deadlines the checks doubt «under avklaring», in rows nobody has decided on yet (decision A7).

    The words and the date stay as they stand; only the mark and its reason are added.
    """
    doubts = {
        finding.item: finding.sentence
        for finding in checks.run(gather.from_import(found, day=day))
        if finding.check_id in DOUBTING and finding.item
    }
    open_states = (RowState.RECOGNISED, RowState.UNSURE)
    for row in ImportRow.objects.locked().filter(document_import=found, uuid__in=list(doubts), state__in=open_states):
        deliveries = row.data.get("deliveries") or []
        if any(delivery.get("doubtful") for delivery in deliveries):
            continue
        for delivery in deliveries:
            if delivery.get("date") and not delivery.get("rejected"):
                delivery |= {"doubtful": True, "doubt": doubts[str(row.uuid)]}
        bump(row, fields=("data",))


def tie_recipients(found: DocumentImport) -> None:
    """The body each copy rule names; a name nobody goes by is put to the person who reviews."""
    rows = ImportRow.objects.locked().filter(document_import_id=found.pk, kind="copy_rule").order_by("ordinal", "id")
    for row in find_recipients(rows, found.organisation):
        bump(row, fields=("data", "doubts", "state"))


def propose_lines(found: DocumentImport) -> None:
    """The line across years of each goal, parameter and key figure, once the agency is known (decision A9)."""
    if found.agency is None:
        return
    rows = ImportRow.objects.locked().filter(document_import_id=found.pk, kind__in=list(lines.KINDS))
    live = rows.exclude(state__in=(RowState.PROSE, RowState.MERGED)).order_by("ordinal", "id")
    for row in lines.propose(found, found.agency, live):
        bump(row, fields=("data", "doubts", "state"))


def look_again_at_others(found: DocumentImport) -> None:
    """A letter was registered: the agency's other letters on their way in may go on its lines."""
    others = DocumentImport.objects.filter(
        organisation_id=found.organisation_id, agency_id=found.agency_id, state__in=OPEN
    ).exclude(pk=found.pk)
    for other in others.select_related("agency").order_by("pk"):
        propose_lines(other)


def _agency_named(name: str | None, organisation: Organisation, day: date) -> Organisation | None:
    """The steered agency the letter names: by exactly its name, else by the longest name the words begin with."""
    wanted = " ".join((name or "").split()).casefold()
    steered = Organisation.objects.steered_by(organisation, day).prefetch_related("names")
    hits = [
        (len(known), row)
        for row in steered
        for known in (row.name, row.short_name, row.name_nn, *(dated.name for dated in row.names.all()))
        if known and (wanted == known.casefold() or wanted.startswith(f"{known.casefold()} "))
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


@transaction.atomic
def read_again(*, document_import: DocumentImport, actor: Actor, at: datetime) -> DocumentImport:
    """Ask the worker once more after a reading that stopped. Raises NotAllowed, NotInThisState."""
    found = locked(document_import)
    require_import(actor, found, at)
    if found.state not in (ImportState.READING, ImportState.REFUSED):
        raise NotInThisState(_("Brevet er allerede lest inn."))
    found.state, found.problem = ImportState.READING, {}
    bump(found, fields=("state", "problem"))
    enqueue(found, actor)
    record(found, "import.read_again", actor, at)
    return found


@transaction.atomic
def discard_import(
    *, document_import: DocumentImport, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> DocumentImport:
    """Put an import away. Files, text and rows are kept. Raises NotAllowed, NotInThisState, RuleBroken."""
    found = locked(document_import)
    require_import(actor, found, at)
    if found.state in (ImportState.REGISTERED, ImportState.DISCARDED):
        raise NotInThisState(_("Importen er avsluttet."))
    check_version(found, expected_version)
    if not reason.strip():
        raise RuleBroken(problems=[Problem("reason_missing", _("Skriv hvorfor importen forkastes."), "reason")])
    found.state = ImportState.DISCARDED
    bump(found, fields=("state",))
    record(found, "import.discarded", actor, at, reason=reason)
    return found
