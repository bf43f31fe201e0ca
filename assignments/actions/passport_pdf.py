"""The passport as a document: asked for by a reader, made by the worker with counted progress."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assignments.models import Assignment
from assignments.permissions import may_read, require
from assignments.selectors.files import PDF_JOB
from core import jobs
from core.actor import Actor
from core.canonical import sha256
from core.models import Job

LABEL = "Oppdragspass som PDF"


@transaction.atomic
def request_pdf(*, assignment: Assignment, actor: Actor, at: datetime) -> Job:
    """Put the work in the queue. A second wish for the same version returns the open job. Raises NotAllowed."""
    require(may_read(actor, assignment), _("Oppdraget er unntatt offentlighet. Bare navngitte lesere får det som PDF."))
    arguments = {
        "assignment": str(assignment.uuid),
        "version": assignment.version,
        "actor": actor.user_id,
        "appointment": str(actor.on_behalf_of or actor.appointment or ""),
        "at": at.isoformat(),
    }
    key = sha256("|".join(str(value) for name, value in sorted(arguments.items()) if name != "at").encode())
    open_job = Job.objects.filter(
        name=PDF_JOB, arguments__key=key, state__in=("queued", "running"), requested_by_id=actor.user_id
    ).first()
    return open_job or jobs.enqueue(
        name=PDF_JOB, label=LABEL, actor=actor, arguments={**arguments, "key": key}, unit=_("deler"), total=4
    )
