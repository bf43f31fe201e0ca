"""Files of an assignment: answers for the parties, passports for the one who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from uuid import UUID

from django.utils.translation import gettext as _

from assignments.models import AnswerFile, Assignment
from assignments.permissions import powers_on
from assignments.rights import Side
from core import files
from core.actor import Actor
from core.errors import NotFound
from core.models import Job, JobState, StoredFile
from core.visuals.meter import Progress

PDF_JOB = "assignments.passport_pdf"


def quoted(name: str) -> str:
    """A file name for the Content-Disposition header."""
    return quote(name, safe="")


def answer_file(assignment: Assignment, link: UUID, actor: Actor, day: date) -> tuple[StoredFile, bytes]:
    """A file of an answer on this assignment, for its two parties. Raises NotFound, Unreadable."""
    rows = AnswerFile.objects.select_related("file").filter(answer__delivery__assignment=assignment, uuid=link)
    found = rows.first()
    powers = powers_on(actor, assignment, day)
    if found is None or powers.side is Side.OTHER or not powers.may_read:
        raise NotFound(_("Filen finnes ikke, eller du har ikke tilgang til den."))
    return found.file, files.read(found.file)


@dataclass(frozen=True)
class PdfState:
    """How far a passport has come."""

    progress: Progress
    done: bool
    failed: str
    job: UUID


def _job(assignment: Assignment, job: UUID, actor: Actor) -> Job:
    found = Job.objects.filter(
        uuid=job, name=PDF_JOB, arguments__assignment=str(assignment.uuid), requested_by_id=actor.user_id
    ).first()
    if found is None:
        raise NotFound(_("Bestillingen finnes ikke."))
    return found


def pdf_state(assignment: Assignment, job: UUID, actor: Actor) -> PdfState:
    """Counted progress of a passport one has asked for. Raises NotFound."""
    row = _job(assignment, job, actor)
    note = _("Du kan gå fra siden. Filen ligger her når den er ferdig.")
    progress = Progress(_("Lager PDF"), row.done, max(row.total, 1), row.unit, note)
    failed = str(row.problem.get("message", "")) if row.state == JobState.FAILED else ""
    return PdfState(progress, row.state == JobState.DONE, failed, row.uuid)


def pdf_file(assignment: Assignment, job: UUID, actor: Actor) -> bytes:
    """The finished passport. Raises NotFound, Unreadable."""
    row = _job(assignment, job, actor)
    stored = StoredFile.objects.filter(uuid=row.result.get("file"), owner=assignment.uuid).first()
    if stored is None:
        raise NotFound(_("PDF-en er ikke ferdig."))
    return files.read(stored)
