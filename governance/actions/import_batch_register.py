"""The letters of a folder that are ready, registered together, the oldest first (decision C1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import DomainError, NotAllowed
from core.transitions import bump
from governance import permissions
from governance.actions.import_details import register_import
from governance.intake.batches import OPEN, is_ready, supplemented
from governance.models import DocumentImport, EntryState, ImportBatch, SteeringDocument

AT_ONCE = 20
"""So many letters are registered by one press of the button; the next press goes on."""


@dataclass
class Registered:
    """What came of it: documents, sentences for those that could not, and how many ready ones are left."""

    documents: list[SteeringDocument] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left: int = 0


def register_ready(*, batch: ImportBatch, actor: Actor, at: datetime) -> Registered:
    """Register every letter of the batch whose rows are decided and whose details are complete.

    Each in its own transaction: one that cannot be registered stops no other. No mail, no copies, no reminders.
    Raises NotAllowed.
    """
    day = clock.local_date(at)
    if actor.organisation != batch.organisation.uuid or not permissions.may_import(actor, day):
        raise NotAllowed(_("Importen behandles av den som leser inn brev for departementet."))
    imports = DocumentImport.objects.filter(batch_entries__batch=batch, batch_entries__state=EntryState.READ)
    opened = imports.filter(state__in=OPEN).select_related("agency", "organisation")
    ready = [found for found in opened if is_ready(found, day)]
    ready.sort(key=lambda found: (str(found.details.get("document_date") or ""), found.pk))
    outcome = Registered(left=max(len(ready) - AT_ONCE, 0))
    for found in ready[:AT_ONCE]:
        try:
            outcome.documents.append(_register(found, actor, at))
        except DomainError as error:
            outcome.problems.append(f"{found.title}: {error.message}")
    return outcome


@transaction.atomic
def _register(found: DocumentImport, actor: Actor, at: datetime) -> SteeringDocument:
    """One letter; a supplement is tied to the letter of its year where that is registered by now."""
    letter = supplemented(found)
    if letter is not None:
        found.details = {**found.details, "supplements": str(letter.uuid)}
        bump(found, fields=("details",))
    return register_import(document_import=found, actor=actor, at=at)
