"""The letters of a folder that are ready, registered together, the oldest first (decision C1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import User
from core import clock, jobs
from core.actor import Actor
from core.errors import DomainError, NotAllowed, NotInThisState
from core.models import JobState
from core.transitions import bump
from governance import permissions
from governance.actions.import_details import register_import
from governance.intake.batches import OPEN, REGISTER_JOB, is_ready, supplemented
from governance.models import DocumentImport, EntryState, ImportBatch, SteeringDocument

Progress = Callable[[int, int], None]


@dataclass
class Registered:
    """What came of it: documents, and sentences for those that could not be registered."""

    documents: list[SteeringDocument] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def ask_to_register(*, batch: ImportBatch, actor: Actor, at: datetime) -> ImportBatch:
    """Ask the worker to register the letters that are ready, as the one who asks.

    A second wish while the first is under way changes nothing. Raises NotAllowed, NotInThisState (files are read).
    """
    _require(batch, actor, at)
    batch = ImportBatch.objects.select_related("organisation", "job").locked().get(pk=batch.pk)
    under_way = batch.job is not None and batch.job.state in (JobState.QUEUED, JobState.RUNNING)
    if under_way and batch.job is not None and batch.job.name != REGISTER_JOB:
        raise NotInThisState(_("Filene leses fortsatt. Registrer brevene når alle er lest."))
    if not under_way:
        arguments = {
            "batch": batch.uuid,
            "user": actor.user_id,
            "appointment": str(actor.on_behalf_of or actor.appointment or ""),
        }
        batch.job = jobs.enqueue(
            name=REGISTER_JOB,
            label=_("Registrerer %(title)s") % {"title": batch.title},
            actor=actor,
            subject=batch,
            arguments=arguments,
            unit=_("brev"),
        )
        bump(batch, fields=("job",))
    return batch


def register_as(*, batch: str, user: int, appointment: str, at: datetime, progress: Progress) -> Registered:
    """The worker's half, with the rights the person has now. What a killed worker had registered stays so."""
    person = User.objects.get(pk=user)
    roles = {str(role.uuid): role for role in access.appointments_of(person, clock.local_date(at))}
    actor = access.actor_for(person, roles.get(appointment))
    found = ImportBatch.objects.select_related("organisation").get(uuid=batch)
    return register_ready(batch=found, actor=actor, at=at, progress=progress)


def register_ready(*, batch: ImportBatch, actor: Actor, at: datetime, progress: Progress | None = None) -> Registered:
    """Register every letter of the batch whose rows are decided and whose details are complete.

    Each in its own transaction: one that cannot be registered stops no other, and a second run takes only what is
    left. No mail, no copies, no reminders. Raises NotAllowed.
    """
    _require(batch, actor, at)
    day = clock.local_date(at)
    imports = DocumentImport.objects.filter(batch_entries__batch=batch, batch_entries__state=EntryState.READ)
    opened = imports.filter(state__in=OPEN).select_related("agency", "organisation")
    ready = [found for found in opened if is_ready(found, day)]
    ready.sort(key=lambda found: (str(found.details.get("document_date") or ""), found.pk))
    outcome = Registered()
    for number, found in enumerate(ready):
        if progress is not None:
            progress(number, len(ready))
        try:
            outcome.documents.append(_register(found, actor, at))
        except DomainError as error:
            outcome.problems.append(f"{found.title}: {error.message}")
    return outcome


def _require(batch: ImportBatch, actor: Actor, at: datetime) -> None:
    if actor.organisation != batch.organisation.uuid or not permissions.may_import(actor, clock.local_date(at)):
        raise NotAllowed(_("Importen behandles av den som leser inn brev for departementet."))


@transaction.atomic
def _register(found: DocumentImport, actor: Actor, at: datetime) -> SteeringDocument:
    """One letter; a supplement is tied to the letter of its year where that is registered by now."""
    letter = supplemented(found)
    if letter is not None:
        found.details = {**found.details, "supplements": str(letter.uuid)}
        bump(found, fields=("details",))
    return register_import(document_import=found, actor=actor, at=at)
