"""The passport as a document: asked for by a reader, made by the worker with counted progress."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import User
from assignments.models import Assignment
from assignments.permissions import may_read, require
from assignments.selectors.document import passport_document
from assignments.selectors.files import PDF_JOB
from assignments.selectors.passport import find
from core import clock, files, jobs
from core.actor import Actor
from core.canonical import sha256
from core.errors import NotFound
from core.models import Job, StoredFile
from core.pdf import render_document

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


def make_pdf(
    *, assignment: str, user: int, appointment: str, at: datetime, progress: Callable[[int, int], None]
) -> StoredFile:
    """Make the reading file for the one who asked, with the rights that person has now. Raises NotFound."""
    person = User.objects.get(pk=user)
    roles = {str(role.uuid): role for role in access.appointments_of(person, clock.local_date(at))}
    actor = access.actor_for(person, roles.get(appointment))
    found = find(actor, clock.local_date(at)).by_uuid(assignment).first()
    if found is None or not may_read(actor, found):
        raise NotFound(_("Oppdraget finnes ikke, eller du har ikke lenger tilgang til det."))
    rendered = render_document(passport_document(found, actor, at), progress=progress)
    name = f"oppdragspass-{found.reference or found.uuid}.pdf"
    return files.store(name=name, data=rendered.reading.content, actor=actor, owner=found)
