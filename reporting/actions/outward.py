"""The files that go with the dispatch of a report and of feedback on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock, files
from core.actor import Actor, system_actor
from core.models import StoredFile
from core.pdf import render_document
from governance.actions import sending
from governance.archiving import register_archive_files
from governance.file_access import received_file
from governance.files import register_file_access
from governance.models import JournalEntry
from governance.selectors import copies
from governance.short_letters import ShortLetter, as_document
from reporting.actions.report_files import render_submitted
from reporting.models import Feedback, Report, ReportFile

Progress = Callable[[int, int], None]


def report_attachments(uuid: UUID, actor: Actor, at: datetime, progress: Progress) -> list[StoredFile]:
    """The copy to read of a submitted report, rendered now if it is not there."""
    render_submitted(report=Report.objects.for_detail().get(uuid=uuid), progress=progress)
    kept = ReportFile.objects.filter(report__uuid=uuid, file__removed_at__isnull=True)
    rows = kept.filter(role=ReportFile.Role.READING).select_related("file")
    return [row.file for row in rows.order_by("id")[:1]]


def feedback_attachments(uuid: UUID, actor: Actor, at: datetime, progress: Progress) -> list[StoredFile]:
    """The feedback as a document. A second run finds the first file."""
    feedback = Feedback.objects.select_related("report__agency", "report__receiver").get(uuid=uuid)
    made: StoredFile | None = StoredFile.objects.filter(
        owner=feedback.uuid, owner_type=feedback._meta.label_lower, removed_at__isnull=True
    ).first()
    if made is not None:
        return [made]
    sent_at = feedback.sent_at or at
    title = _("Tilbakemelding på %(title)s") % {"title": feedback.report.title}
    letter = ShortLetter(
        title=title,
        kind=_("Tilbakemelding"),
        sender=feedback.report.receiver,
        recipient=feedback.report.agency,
        day=clock.local_date(sent_at),
        created=sent_at,
        paragraphs=[feedback.text],
        signer=feedback.sent_by_name,
    )
    rendered = render_document(as_document(letter), progress=progress)
    return [files.store(name=f"{title[:120]}.pdf", data=rendered.reading.content, actor=actor, owner=feedback)]


def _archived_report(entry: JournalEntry, _at: datetime) -> list[StoredFile]:
    """The copy for the archive, after the file it was sent as outside, if it was."""
    render_submitted(report=Report.objects.for_detail().get(uuid=entry.subject))
    rows = ReportFile.objects.filter(report__uuid=entry.subject).select_related("file").order_by("id")
    outside = [row.file for row in rows if row.role == ReportFile.Role.OUTSIDE]
    made = [row.file for row in rows if row.role == ReportFile.Role.ARCHIVE and row.file.removed_at is None]
    return outside + made[:1]


def _archived_feedback(entry: JournalEntry, at: datetime) -> list[StoredFile]:
    return feedback_attachments(entry.subject, system_actor("arkiv"), at, lambda _done, _total: None)


def connect() -> None:
    """Called once when the app starts."""
    register_archive_files("reporting.report", _archived_report)
    register_archive_files("reporting.feedback", _archived_feedback)
    sending.register_attachments("reporting.report", report_attachments)
    sending.register_attachments("reporting.feedback", feedback_attachments)
    copies.register_reader("reporting.report", lambda uuid: reverse("reporting:report", args=[uuid]))
    for owner in ("reporting.report", "reporting.feedback"):
        register_file_access(owner, received_file)
