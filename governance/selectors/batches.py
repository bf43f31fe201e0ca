"""The pages of letters read in at once: the list of files and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formatting
from core.actor import Actor
from core.clock import local_date
from core.models import JobState
from core.visuals.meter import Progress
from core.visuals.parts import Action, Link, PageHead
from governance.intake.batches import OPEN, REGISTER_JOB
from governance.models import BatchEntry, EntryState, ImportBatch, ImportState, RowState
from governance.selectors.imports import address


@dataclass(frozen=True)
class BatchLine:
    """One file of a batch. ``tone`` is empty, ``danger`` (refused), ``warning`` (waits for a person) or ``success``."""

    name: str
    title: str
    url: str
    agency: str
    state: str
    note: str
    tone: str


@dataclass(frozen=True)
class BatchPage:
    """The page of one batch."""

    head: PageHead
    progress: Progress | None
    counts: str
    lines: Sequence[BatchLine]
    stopped: bool
    again: Action
    register: Action | None
    outcome: Sequence[str] = ()


@dataclass(frozen=True)
class BatchRow:
    """One batch in the list of imports."""

    title: str
    url: str
    note: str
    at: datetime


def batch_rows(actor: Actor, at: datetime) -> list[BatchRow]:
    """The batches of one's own organisation, newest first."""
    seen = (
        ImportBatch.objects.visible_to(actor, local_date(at))
        .annotate(files=Count("entries"), waiting=Count("entries", filter=Q(entries__state=EntryState.WAITING)))
        .order_by("-id")[:20]
    )
    return [
        BatchRow(
            title=row.title,
            url=reverse("governance:import_batch", args=[row.uuid]),
            note=_("%(done)s av %(total)s filer lest") % {"done": row.files - row.waiting, "total": row.files},
            at=row.created_at,
        )
        for row in seen
    ]


def batch_page(batch: ImportBatch) -> BatchPage:
    """Progress while files are read, then the result for each file."""
    entries = list(
        BatchEntry.objects.filter(batch=batch)
        .select_related("document_import__agency", "document_import__document")
        .defer("document_import__passages", "document_import__canonical_text", "document_import__facts")
        .annotate(
            unsure=Count("document_import__rows", filter=Q(document_import__rows__state=RowState.UNSURE)),
            live=Count(
                "document_import__rows",
                filter=~Q(document_import__rows__state__in=(RowState.PROSE, RowState.MERGED)),
            ),
        )
        .order_by("ordinal")
    )
    waiting = sum(1 for entry in entries if entry.state == EntryState.WAITING)
    job = batch.job
    busy = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    registers = job is not None and job.name == REGISTER_JOB
    running = waiting and busy and not registers
    lead = _(
        "Samling lest inn %(at)s av %(who)s. Brevene registreres med opprinnelig dato: ingen e-post, ingen kopier."
    )
    ready = [entry for entry in entries if _may_be_ready(entry)]
    return BatchPage(
        head=PageHead(
            title=batch.title,
            lead=lead % {"at": formatting.moment(batch.created_at), "who": batch.created_by or ""},
            crumbs=[Link(_("Importer"), reverse("governance:imports"))],
        ),
        progress=_progress(batch, len(entries) - waiting, len(entries)) if running else _registering(batch, busy=busy),
        outcome=_outcome(batch) if registers and not busy else (),
        counts=_counts(entries),
        lines=[_line(entry) for entry in entries],
        stopped=bool(waiting) and not running,
        again=Action(_("Les resten"), reverse("governance:import_batch_read", args=[batch.uuid]), post=True),
        register=_register_action(batch, len(ready)) if ready and not busy else None,
    )


def _progress(batch: ImportBatch, done: int, total: int) -> Progress:
    return Progress(
        label=_("Leser inn %(title)s") % {"title": batch.title},
        done=done,
        total=max(total, 1),
        unit=_("brev"),
        note=_("Du kan lukke siden. Listen under fylles etter hvert."),
    )


def _registering(batch: ImportBatch, *, busy: bool) -> Progress | None:
    job = batch.job
    if not busy or job is None or job.name != REGISTER_JOB:
        return None
    return Progress(
        label=_("Registrerer %(title)s") % {"title": batch.title},
        done=job.done,
        total=max(job.total, 1),
        unit=_("brev"),
        note=_("Du kan lukke siden. Brevene registreres med opprinnelig dato, eldste først."),
    )


def _outcome(batch: ImportBatch) -> list[str]:
    """What the last registration came to: how many, then each that could not be, with why."""
    job = batch.job
    assert job is not None
    if job.state == JobState.FAILED:
        return [job.problem.get("message") or _("Registreringen stoppet. Prøv igjen.")]
    count = int(job.result.get("registered", 0))
    words = ngettext("%(count)s brev er registrert.", "%(count)s brev er registrert.", count) % {"count": count}
    return [words, *job.result.get("problems", ())]


def _register_action(batch: ImportBatch, count: int) -> Action:
    words = ngettext("Registrer %(count)s brev som er klart", "Registrer %(count)s brev som er klare", count)
    url = reverse("governance:import_batch_register", args=[batch.uuid])
    return Action(words % {"count": count}, url, post=True, primary=True)


def _may_be_ready(entry: BatchEntry) -> bool:
    found = entry.document_import
    decided = not entry.unsure  # type: ignore[attr-defined]
    return found is not None and found.state in OPEN and decided and bool(found.details.get("kind"))


def _counts(entries: Sequence[BatchEntry]) -> str:
    """«12 filer: 8 venter på gjennomgang, 2 registrert, 1 lest inn før, 1 kunne ikke leses»."""
    names = [
        (_("%(count)s venter på å bli lest"), [e for e in entries if e.state == EntryState.WAITING]),
        (_("%(count)s venter på gjennomgang"), [e for e in entries if _open(e) and not _may_be_ready(e)]),
        (
            _("%(count)s klare til å registreres"),
            [e for e in entries if e.state == EntryState.READ and _may_be_ready(e)],
        ),
        (_("%(count)s registrert"), [e for e in entries if _is_registered(e)]),
        (_("%(count)s lest inn før"), [e for e in entries if e.state == EntryState.KNOWN]),
        (_("%(count)s kunne ikke leses"), [e for e in entries if e.state == EntryState.REFUSED]),
    ]
    return ", ".join(words % {"count": len(rows)} for words, rows in names if rows)


def _open(entry: BatchEntry) -> bool:
    return entry.state == EntryState.READ and entry.document_import is not None and entry.document_import.state in OPEN


def _is_registered(entry: BatchEntry) -> bool:
    found = entry.document_import
    return entry.state == EntryState.READ and found is not None and found.state == ImportState.REGISTERED


def _line(entry: BatchEntry) -> BatchLine:
    found = entry.document_import
    title = found.title if found is not None else entry.name
    url = address(found) if found is not None and entry.state != EntryState.WAITING else ""
    agency = found.agency.name if found is not None and found.agency is not None else ""
    state, note, tone = _standing(entry)
    return BatchLine(entry.name, title, url, agency, state, note, tone)


def _standing(entry: BatchEntry) -> tuple[str, str, str]:
    """(words, what to do or why, tone) of one file."""
    found = entry.document_import
    if entry.state == EntryState.WAITING:
        return _("Venter"), "", ""
    if entry.state == EntryState.REFUSED:
        return _("Kunne ikke leses"), str(entry.problem.get("message", "")), "danger"
    if entry.state == EntryState.KNOWN:
        return _("Lest inn før"), _("Samme fil ligger i importen fra før. Den er ikke lest på nytt."), ""
    if found is None or found.state == ImportState.DISCARDED:
        return _("Forkastet"), "", ""
    if found.state == ImportState.REGISTERED:
        return _("Registrert"), "", "success"
    counts: tuple[int, int] = (entry.live, entry.unsure)  # type: ignore[attr-defined]
    words = ngettext("%(rows)s rad, %(unsure)s usikre", "%(rows)s rader, %(unsure)s usikre", counts[0])
    note = words % {"rows": counts[0], "unsure": counts[1]}
    if _may_be_ready(entry):
        return _("Klar til å registreres"), note, "success"
    if not found.details.get("kind"):
        note = _("%(note)s. Fyll ut det brevet ikke sier.") % {"note": note}
    return _("Venter på gjennomgang"), note, "warning"
