"""What a letter said would come later is sent: bound to the issued letter, which itself stands as it was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events, files
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import StoredFile
from governance import copying, permissions
from governance.actions import dispatch, findings, journal
from governance.actions.sending import Progress, register_attachments
from governance.models import EnclosureDispatch, PromisedEnclosure, SteeringDocument

SUBJECT = "governance.enclosuredispatch"
#: What may be sent: documents and tables that an archive takes.
KINDS = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "text/plain",
        "text/csv",
    }
)


@dataclass(frozen=True)
class EnclosureFile:
    """The file as it was uploaded."""

    name: str
    data: bytes


@transaction.atomic
def send_enclosure(
    *, enclosure: PromisedEnclosure, upload: EnclosureFile | None, actor: Actor, at: datetime
) -> EnclosureDispatch:
    """Send what was promised: file kept with its hash, dispatched by the effective rule, journalled on both sides.

    Raises NotAllowed, NotInThisState (the letter is not issued, or it has been sent already), RuleBroken (no file, a
    kind of file that is not taken), Unreadable, TooLarge.
    """
    row = PromisedEnclosure.objects.select_for_update(of=("self",)).get(pk=enclosure.pk)
    document = SteeringDocument.objects.for_detail().get(pk=row.document_id)
    if not permissions.may_register(actor, document, clock.local_date(at)):
        raise NotAllowed(_("Ettersendelsen sendes av den som har etatsstyringen av virksomheten."))
    if not document.is_issued:
        raise NotInThisState(_("Brevet er ikke utstedt ennå. Legg innholdet i utkastet i stedet."))
    if EnclosureDispatch.objects.filter(enclosure=row).exists():
        sentence = _("Dette er allerede sendt. Send et supplerende brev om noe skal rettes.")
        raise NotInThisState(sentence, code="already_sent")
    if upload is None:
        raise RuleBroken(problems=[Problem("no_file", _("Velg filen som skal sendes."), "file")])
    _require_kind(upload)
    sent = EnclosureDispatch(
        enclosure=row, document=document, sent_by_id=actor.user_id, sent_by_name=actor.name, sent_at=at
    )
    sent.file = files.store(
        name=upload.name, data=upload.data, actor=actor, owner=sent, organisation=document.issuer.uuid
    )
    sent.sha256 = sent.file.sha256
    sent.save(force_insert=True)
    _tell(sent, row, document, actor, at)
    findings.refresh_document_findings(document, day=clock.local_date(at))
    return sent


def _require_kind(upload: EnclosureFile) -> None:
    files.check_size(upload.name, len(upload.data))
    if files.kind_of(upload.data) not in KINDS:
        sentence = _("Filen «%(name)s» kan ikke sendes. Bruk PDF, Word, Excel, OpenDocument eller ren tekst.")
        raise RuleBroken(problems=[Problem("file_kind", sentence % {"name": upload.name}, "file")])


def _tell(
    sent: EnclosureDispatch, row: PromisedEnclosure, document: SteeringDocument, actor: Actor, at: datetime
) -> None:
    title = _("Ettersendelse til %(letter)s: %(title)s") % {"letter": document.title, "title": row.title}
    dispatch.plan_dispatches(
        subject=sent,
        title=title,
        sender=document.issuer,
        recipient=document.recipient,
        agency=document.recipient,
        correspondence=copying.correspondence_of(document),
        actor=actor,
        at=at,
        document=document,
    )
    journal.enqueue_pair(
        subject=sent,
        title=title,
        sender=document.issuer,
        recipient=document.recipient,
        document_date=clock.local_date(at),
        sha256=sent.sha256,
        case_number=document.case_number,
        public_title=title,
    )
    events.record(
        event="document.enclosure_sent",
        subject=document,
        actor=actor,
        at=at,
        organisation=document.issuer.uuid,
        counterpart=document.recipient.uuid,
        after={"title": row.title, "sha256": sent.sha256, "enclosure": row.uuid},
    )


def _attachments(uuid: UUID, actor: Actor, at: datetime, progress: Progress) -> list[StoredFile]:
    """The file that was sent later goes with its e-mail."""
    return [EnclosureDispatch.objects.select_related("file").get(uuid=uuid).file]


def connect() -> None:
    """Tell the worker which file goes with an enclosure. Called once when the app starts."""
    register_attachments(SUBJECT, _attachments)
