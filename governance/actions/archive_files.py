"""Which files of each kind of sent thing the archive gets: the whole ones, made now if they are not there (C7, F1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from core import clock, files
from core import formatting as fmt
from core.actor import Actor, system_actor
from core.models import Audience, StoredFile
from core.pdf import render_document
from governance import letters
from governance.actions import rendering
from governance.archiving import register_archive_files
from governance.models import DocumentFile, EnclosureDispatch, HearingRound, JournalEntry, RowComment, SteeringDocument
from governance.restricted import withheld_from
from governance.short_letters import ShortLetter, as_document


def _letter(entry: JournalEntry, at: datetime) -> list[StoredFile]:
    """A letter made here as PDF for the archive, or the file it came in as, and its annexes."""
    document = SteeringDocument.objects.for_detail().get(uuid=entry.subject)
    kept = DocumentFile.objects.filter(document=document).select_related("file").order_by("id")
    sources = [row.file for row in kept if row.role == DocumentFile.Role.SOURCE and row.file.removed_at is None]
    annexes = [row.file for row in kept if row.role == DocumentFile.Role.ATTACHMENT]
    if document.origin == "registered" and sources:
        return [*sources, *annexes]
    return [rendering.archive_copy(document=document, actor=system_actor("arkiv"), at=at), *annexes]


def _letter_withheld(entry: JournalEntry, actor: Actor, day: date) -> bool:
    return bool(withheld_from(SteeringDocument.objects.for_detail().get(uuid=entry.subject), actor, day))


def _thread(entry: JournalEntry, at: datetime) -> list[StoredFile]:
    return [rendering.thread_copy(thread=entry.subject, actor=system_actor("arkiv"), at=at)]


def _enclosure(entry: JournalEntry, _at: datetime) -> list[StoredFile]:
    return [EnclosureDispatch.objects.select_related("file").get(uuid=entry.subject).file]


def _enclosure_withheld(entry: JournalEntry, actor: Actor, day: date) -> bool:
    sent = EnclosureDispatch.objects.select_related("document__issuer").get(uuid=entry.subject)
    return bool(withheld_from(sent.document, actor, day))


def _hearing(entry: JournalEntry, _at: datetime) -> list[StoredFile]:
    """What was sent to the agency, or what it answered, by who is the sender of the entry."""
    related = ("document__issuer", "document__recipient", "document__kind", "shown")
    hearing = HearingRound.objects.select_related(*related).get(uuid=entry.subject)
    document = hearing.document
    outgoing = entry.direction == JournalEntry.Direction.OUTGOING
    sender = entry.organisation if outgoing else entry.counterpart
    if sender.pk == document.issuer_id:
        words = [hearing.message] if hearing.message else []
        words.append(_("Frist for uttalelse er %(date)s.") % {"date": fmt.full_date(hearing.deadline)})
        draft = _hearing_draft(hearing)
        return [
            _hearing_letter(hearing, entry.title, words, annexes=[draft.name, hearing.shown.name]), draft, hearing.shown
        ]  # fmt: skip
    return [_hearing_letter(hearing, entry.title, _statement(hearing), answer=True)]


def _hearing_draft(hearing: HearingRound) -> StoredFile:
    """The draft the agency was shown, for the archive: made of the frozen words, so later edits are not in it."""
    snapshot = json.loads(files.read(hearing.shown))
    name = _("%(title)s, utkast til uttalelse %(n)s.pdf")
    name %= {"title": snapshot["document"]["title"][:120], "n": hearing.number}
    made = _made_of(hearing, name)
    if made is not None:
        return made
    built = letters.frozen_document(hearing.document, snapshot, created=hearing.opened_at)
    return _keep(hearing, name, render_document(built).archive.content)


def _statement(hearing: HearingRound) -> list[str]:
    if hearing.no_remarks:
        return [_("Ingen merknader.")]
    said = RowComment.objects.filter(
        hearing=hearing, organisation=hearing.document.recipient, audience=Audience.SHARED
    ).order_by("id")
    on_rows = [f"{row.place}: {row.text}" if row.place else row.text for row in said]
    return [hearing.answer, *on_rows] if hearing.answer else on_rows


def _hearing_letter(
    hearing: HearingRound, title: str, words: Sequence[str], *, annexes: Sequence[str] = (), answer: bool = False
) -> StoredFile:
    """Made once for each way; a second wish finds the first file."""
    name = f"{title[:120]}.pdf"
    made = _made_of(hearing, name)
    if made is not None:
        return made
    document = hearing.document
    sent = hearing.answered_at if answer and hearing.answered_at else hearing.opened_at
    letter = ShortLetter(
        title=title,
        kind=_("Uttalelse"),
        sender=document.recipient if answer else document.issuer,
        recipient=document.issuer if answer else document.recipient,
        day=clock.local_date(sent),
        created=sent,
        paragraphs=words,
        annexes=annexes,
        signer=hearing.answered_by_name if answer else "",
    )
    return _keep(hearing, name, render_document(as_document(letter)).archive.content)


def _made_of(hearing: HearingRound, name: str) -> StoredFile | None:
    """The file made earlier; not one from before content was taken out of what was shown (A16)."""
    made: StoredFile | None = StoredFile.objects.filter(
        owner=hearing.uuid, owner_type=hearing._meta.label_lower, name=name, removed_at__isnull=True,
        pk__gt=hearing.shown_id,
    ).first()  # fmt: skip
    return made


def _keep(hearing: HearingRound, name: str, data: bytes) -> StoredFile:
    return files.store(name=name, data=data, actor=system_actor("arkiv"), owner=hearing)


def connect() -> None:
    """Called once when the app starts."""
    register_archive_files("governance.steeringdocument", _letter, _letter_withheld)
    register_archive_files("governance.rowcomment", _thread)
    register_archive_files("governance.enclosuredispatch", _enclosure, _enclosure_withheld)
    register_archive_files("governance.hearinground", _hearing)
