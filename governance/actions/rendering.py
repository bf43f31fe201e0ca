"""Rendering issued letters: both files once, kept with what made them (decision F1, F2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import User
from core import clock, files, jobs
from core.actor import Actor
from core.errors import NotFound
from core.models import Audience, Job, StoredFile
from core.pdf import render_document
from core.pdf.render import RenderedPdf
from governance import letters, threads
from governance.models import AssignmentItem, Rendition, RowComment, SteeringDocument
from governance.restricted import withheld_from
from governance.selectors.outputs import PDF_JOB

Progress = Callable[[int, int], None]


def reading_copy(
    *, document: SteeringDocument, actor: Actor, at: datetime, progress: Progress | None = None
) -> StoredFile:
    """The PDF to read of an issued letter, rendered now if it is not there. Safe to run twice.

    It leaves the house, so exempt assignments are shells in it; the archive copy is whole (decision B2).
    """
    made = _made(document, Rendition.Role.READING)
    if made is not None:
        return made.file
    document = SteeringDocument.objects.for_detail().get(pk=document.pk)
    created = document.issued_at or at
    outward = render_document(letters.letter_document(document, created=created), progress=progress)
    whole = outward
    if AssignmentItem.objects.filter(document=document, restricted=True).exists():
        whole = render_document(letters.letter_document(document, created=created, whole=True), progress=progress)
    with transaction.atomic():
        now = SteeringDocument.objects.filter(pk=document.pk).select_for_update(no_key=True).get()
        made = _made(document, Rendition.Role.READING)
        if made is not None:
            return made.file
        if now.snapshot_id == document.snapshot_id:
            return _keep(document, outward, whole, actor, at)
    # Content was taken out while this was rendered (A16): what was made is thrown away.
    return reading_copy(document=now, actor=actor, at=at, progress=progress)


def archive_copy(*, document: SteeringDocument, actor: Actor, at: datetime) -> StoredFile:
    """The PDF for the archive, with everything that stands in the letter; rendered now if it is not there."""
    reading_copy(document=document, actor=actor, at=at)
    made = _made(document, Rendition.Role.ARCHIVE)
    assert made is not None
    return made.file


def _made(document: SteeringDocument, role: str) -> Rendition | None:
    found: Rendition | None = (
        Rendition.objects.filter(document=document, role=role, file__removed_at__isnull=True)
        .select_related("file")
        .order_by("-id")
        .first()
    )
    return found


def _keep(
    document: SteeringDocument, outward: RenderedPdf, whole: RenderedPdf, actor: Actor, at: datetime
) -> StoredFile:
    copies = (
        (Rendition.Role.READING, outward.reading.content, "pdf", outward),
        (Rendition.Role.ARCHIVE, whole.archive.content, "arkiv.pdf", whole),
    )
    rows = []
    for role, content, suffix, rendered in copies:
        stored = files.store(
            name=f"{document.title}.{suffix}", data=content, actor=actor, owner=document,
            organisation=document.issuer.uuid,
        )  # fmt: skip
        row = Rendition.objects.create(
            document=document, file=stored, role=role, pages=rendered.pages, record=dict(rendered.versions), made_at=at
        )
        rows.append(row)
    return rows[0].file


# ---- a PDF for the one who asks ----
@transaction.atomic
def request_pdf(*, document: SteeringDocument, actor: Actor, at: datetime) -> Job:
    """Put a PDF of the document as it stands now in the queue, at any time, also of a draft.

    The caller has found the document among those the actor sees. A second wish while the first is open gives the
    open job.
    """
    arguments = {
        "document": str(document.uuid),
        "version": document.version,
        "user": actor.user_id,
        "appointment": str(actor.on_behalf_of or actor.appointment or ""),
        "at": at.isoformat(),
    }
    same = {f"arguments__{name}": value for name, value in arguments.items() if name != "at"}
    waiting = Job.objects.filter(name=PDF_JOB, state__in=("queued", "running"), **same).first()
    label = _("PDF av %(title)s") % {"title": document.title}
    return waiting or jobs.enqueue(name=PDF_JOB, label=label, actor=actor, arguments=arguments, unit=_("deler"))


def make_pdf(*, document: UUID, user: int, appointment: str, at: datetime, progress: Progress) -> StoredFile:
    """Make the PDF with the rights the person has now: what is exempt is a shell for those who may not read it.

    Raises NotFound when the person no longer sees the document.
    """
    day = clock.local_date(at)
    person = User.objects.get(pk=user)
    roles = {str(role.uuid): role for role in access.appointments_of(person, day)}
    actor = access.actor_for(person, roles.get(appointment))
    found = SteeringDocument.objects.visible_to(actor, day).for_detail().filter(uuid=document).first()
    if found is None:
        raise NotFound(_("Dokumentet finnes ikke, eller du har ikke lenger tilgang til det."))
    built = letters.letter_document(
        found,
        created=found.issued_at or at,
        preview=not found.is_issued,
        withheld=withheld_from(found, actor, day),
    )
    rendered = render_document(built, progress=progress)
    with transaction.atomic():
        now = SteeringDocument.objects.filter(pk=found.pk).select_for_update(no_key=True).get()
        if now.snapshot_id == found.snapshot_id:
            # Given out to the one who asked, by the job; it belongs to no document that others could read it by.
            return files.store(name=f"{found.title}.pdf", data=rendered.reading.content, actor=actor)
    # Content was taken out while this was rendered (A16): what was made is thrown away.
    return make_pdf(document=document, user=user, appointment=appointment, at=at, progress=progress)


def thread_copy(*, thread: UUID, actor: Actor, at: datetime, progress: Progress | None = None) -> StoredFile:
    """The PDF of a closed shared thread, made once (decision C4). Internal words never stand in it."""
    root = RowComment.objects.select_related("document__issuer", "document__recipient").get(uuid=thread)
    made = (
        StoredFile.objects.filter(owner=root.uuid, owner_type=root._meta.label_lower, removed_at__isnull=True)
        .order_by("id")
        .first()
    )
    if made is not None:
        return made
    said = RowComment.objects.filter(Q(pk=root.pk) | Q(thread=root), audience=Audience.SHARED)
    document = root.document
    title = _("Kommentarer til %(title)s") % {"title": document.title}
    built = threads.thread_document(
        document, list(said.select_related("organisation").order_by("id")), title=title, created=root.closed_at or at
    )
    rendered = render_document(built, progress=progress)
    return files.store(
        name=f"{title}.pdf", data=rendered.reading.content, actor=actor, owner=root, organisation=document.issuer.uuid
    )
