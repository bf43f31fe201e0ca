"""What leaves the house of an assignment's dialogue: copies by rule of answers and deadline decisions (C6, R-20).

Of an exempt assignment nothing but the number leaves: neither title, text nor file (decision B2, ADR 6).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from assignments.models import Answer, Assignment, DeadlineDecision, Delivery
from assignments.permissions import may_read
from core import files, formatting
from core.actor import Actor, system_actor
from core.canonical import sha256
from core.models import StoredFile
from core.models.base import BaseModel
from core.pdf import render_document
from governance.actions import dispatch, journal, sending
from governance.archiving import register_archive_files
from governance.file_access import received_file
from governance.files import register_file_access
from governance.models import CorrespondenceType, JournalEntry
from governance.short_letters import ShortLetter, as_document

Progress = Callable[[int, int], None]


def copy_answer(answer: Answer, *, assignment: Assignment, title: str, actor: Actor, at: datetime) -> None:
    """Copies of an answer given here. One sent outside had its copies there (decision C1)."""
    if answer.sent_outside:
        return
    dispatch.plan_copies(
        subject=answer,
        title=title,
        sender=assignment.responsible,
        agency=assignment.responsible,
        correspondence=CorrespondenceType.ANSWER,
        parties=(assignment.responsible, assignment.issuer),
        actor=actor,
        at=at,
        document=assignment.document,
    )


def send_decision(decision: DeadlineDecision, *, assignment: Assignment, actor: Actor, at: datetime) -> None:
    """Journal a decision made here on both sides, and send its copies. One made by a letter goes with the letter."""
    if decision.document_id is not None:
        return
    title = decision_title(assignment)
    journal.enqueue_pair(
        subject=decision,
        title=title,
        sender=assignment.issuer,
        recipient=assignment.responsible,
        document_date=decision.decided_on,
        sha256=sha256("|".join(_decision_words(decision)).encode()),
    )
    dispatch.plan_copies(
        subject=decision,
        title=title,
        sender=assignment.issuer,
        agency=assignment.responsible,
        correspondence=CorrespondenceType.DEADLINE_DECISION,
        parties=(assignment.responsible, assignment.issuer),
        actor=actor,
        at=at,
        document=assignment.document,
    )


def decision_title(assignment: Assignment) -> str:
    """The title of a decision: of an exempt assignment the number alone."""
    reference = assignment.reference or _("oppdrag uten nummer")
    if assignment.restricted:
        return _("Ny frist for oppdrag %(reference)s") % {"reference": reference}
    return _("Ny frist for %(reference)s: %(title)s") % {"reference": reference, "title": assignment.title}


def _decision_words(decision: DeadlineDecision) -> list[str]:
    when = formatting.full_date(decision.deadline) if decision.deadline else decision.deadline_text
    before = formatting.full_date(decision.previous) if decision.previous else _("ikke satt")
    return [
        _("Ny frist er %(new)s. Fristen var %(before)s.") % {"new": when, "before": before},
        _("Begrunnelse: %(reason)s") % {"reason": decision.reason},
        _("Grunnlag: %(basis)s") % {"basis": decision.basis},
    ]


def _answer(uuid: UUID) -> Answer:
    return Answer.objects.select_related(
        "organisation", "delivery__assignment__issuer", "delivery__assignment__responsible"
    ).get(uuid=uuid)


def _decision(uuid: UUID) -> DeadlineDecision:
    return DeadlineDecision.objects.select_related(
        "delivery__assignment__issuer", "delivery__assignment__responsible"
    ).get(uuid=uuid)


def answer_files(uuid: UUID, actor: Actor, at: datetime, progress: Progress) -> list[StoredFile]:
    """The answer as a document, and its files."""
    answer = _answer(uuid)
    return [] if answer.delivery.assignment.restricted else _answer_documents(answer, actor, progress)


def _answer_documents(answer: Answer, actor: Actor, progress: Progress) -> list[StoredFile]:
    assignment = answer.delivery.assignment
    attached = [row.file for row in answer.files.select_related("file").order_by("id")]
    words = [answer.text] if answer.text else [_("Svaret står i vedlegget.")]
    letter = ShortLetter(
        title=_answer_title(assignment, answer.delivery),
        kind=_("Svar på oppdrag"),
        sender=answer.organisation,
        recipient=assignment.issuer,
        day=answer.sent_on,
        created=answer.at,
        paragraphs=words,
        annexes=[stored.name for stored in attached],
        signer=answer.sender,
    )
    return [_render(letter, answer, actor, progress), *attached]


def _answer_title(assignment: Assignment, delivery: Delivery) -> str:
    return _("Svar på %(reference)s: %(title)s") % {
        "reference": assignment.reference or _("oppdrag uten nummer"),
        "title": assignment.title,
    }


def decision_files(uuid: UUID, actor: Actor, at: datetime, progress: Progress) -> list[StoredFile]:
    """The decision as a document."""
    decision = _decision(uuid)
    return [] if decision.delivery.assignment.restricted else _decision_documents(decision, actor, progress)


def _decision_documents(decision: DeadlineDecision, actor: Actor, progress: Progress) -> list[StoredFile]:
    assignment = decision.delivery.assignment
    letter = ShortLetter(
        title=decision_title(assignment),
        kind=_("Vedtak om frist"),
        sender=assignment.issuer,
        recipient=assignment.responsible,
        day=decision.decided_on,
        created=decision.at,
        paragraphs=_decision_words(decision),
        signer=decision.decided_by_name,
    )
    return [_render(letter, decision, actor, progress)]


def _render(letter: ShortLetter, owner: BaseModel, actor: Actor, progress: Progress) -> StoredFile:
    """Rendered once; a second run finds the first file."""
    name = f"{letter.title[:120]}.pdf"
    made: StoredFile | None = StoredFile.objects.filter(
        owner=owner.uuid, owner_type=owner._meta.label_lower, name=name, removed_at__isnull=True
    ).first()
    if made is not None:
        return made
    rendered = render_document(as_document(letter), progress=progress)
    return files.store(name=name, data=rendered.reading.content, actor=actor, owner=owner)


# ---- the archive gets them whole ----
def _archived_answer(entry: JournalEntry, _at: datetime) -> list[StoredFile]:
    return _answer_documents(_answer(entry.subject), system_actor("arkiv"), _uncounted)


def _archived_decision(entry: JournalEntry, _at: datetime) -> list[StoredFile]:
    return _decision_documents(_decision(entry.subject), system_actor("arkiv"), _uncounted)


def _uncounted(_done: int, _total: int) -> None:
    """Nobody waits for it."""


def _answer_withheld(entry: JournalEntry, actor: Actor, _day: date) -> bool:
    return not may_read(actor, _answer(entry.subject).delivery.assignment)


def _decision_withheld(entry: JournalEntry, actor: Actor, _day: date) -> bool:
    return not may_read(actor, _decision(entry.subject).delivery.assignment)


def connect() -> None:
    """Called once when the app starts."""
    register_archive_files("assignments.answer", _archived_answer, _answer_withheld)
    register_archive_files("assignments.deadlinedecision", _archived_decision, _decision_withheld)
    sending.register_attachments("assignments.answer", answer_files)
    sending.register_attachments("assignments.deadlinedecision", decision_files)
    for owner in ("assignments.answer", "assignments.deadlinedecision"):
        register_file_access(owner, received_file)
