"""Answers to deliveries: given here, or sent outside and registered by either side (decision C3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Department, Organisation
from assignments import rights, states
from assignments.actions import outward
from assignments.actions.base import (
    lock_delivery,
    powers_at,
    refresh,
    require_open,
    require_version,
    tell,
)
from assignments.models import Answer, AnswerFile, Assignment, Delivery
from assignments.permissions import require, side_of
from assignments.rights import Side
from core import clock, files
from core.actor import Actor
from core.canonical import sha256
from core.errors import NotInThisState, Problem, RuleBroken
from core.models import Audience, StoredFile
from governance.actions import journal

OUTSIDE_TYPES = ("application/pdf",)


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name and bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class OutsideAnswer:
    """What is typed in about an answer that was sent outside the system."""

    sent_on: date | None
    sender: str
    archive_reference: str = ""
    text: str = ""


@transaction.atomic
def answer_delivery(
    *,
    delivery: Delivery,
    text: str,
    uploads: Sequence[Upload],
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Answer:
    """Answer a delivery with text, files or both; both sides get it in their journal queue.

    ``expected_version`` is the assignment's. Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken,
    Unreadable, TooLarge. A form sent twice makes one answer: the second is told it is already done.
    """
    delivery = lock_delivery(delivery)
    assignment = delivery.assignment
    powers = powers_at(actor, assignment, at)
    require(rights.may_answer(powers, delivery), states.WHO_ANSWERS)
    _require_outstanding(delivery, expected_version)
    if not text.strip() and not uploads:
        raise RuleBroken(problems=[Problem("answer_empty", _("Skriv svaret, eller legg ved en fil."), "text")])
    answer = Answer.objects.create(
        delivery=delivery,
        number=delivery.answers.count() + 1,
        text=text.strip(),
        sent_on=clock.local_date(at),
        sender=actor.name,
        organisation=assignment.responsible,
        registered_by_id=actor.user_id,
        registered_by_name=actor.name,
        at=at,
    )
    _deliver(delivery, answer, uploads, actor, at, expected_version)
    return answer


@transaction.atomic
def register_outside_answer(
    *,
    delivery: Delivery,
    answer: OutsideAnswer,
    uploads: Sequence[Upload],
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Answer:
    """Register an answer sent by letter or mail, with its PDF, on behalf of the agency.

    Counts as delivered on the day it was sent. All problems are told at once. Raises as ``answer_delivery``.
    """
    delivery = lock_delivery(delivery)
    assignment = delivery.assignment
    powers = powers_at(actor, assignment, at)
    sentence = _("Svar som er sendt utenfor systemet, registreres av etatsstyreren eller av virksomheten selv.")
    require(rights.may_register_answer(powers, delivery), sentence)
    _require_outstanding(delivery, expected_version)
    problems = _outside_problems(answer, uploads, assignment, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    by_issuer = side_of(actor, assignment) is Side.ISSUER
    row = Answer.objects.create(
        delivery=delivery,
        number=delivery.answers.count() + 1,
        text=answer.text.strip(),
        sent_outside=True,
        sent_on=answer.sent_on,
        sender=answer.sender.strip(),
        archive_reference=answer.archive_reference.strip(),
        organisation=assignment.responsible,
        registered_by_id=actor.user_id,
        registered_by_name=actor.name,
        registered_for=assignment.responsible if by_issuer else None,
        at=at,
    )
    _deliver(delivery, row, uploads, actor, at, expected_version)
    return row


def _require_outstanding(delivery: Delivery, expected_version: int | None) -> None:
    require_open(delivery.assignment)
    if delivery.state not in states.OUTSTANDING:
        raise NotInThisState(_("Leveransen er allerede besvart. Last siden på nytt for å se svaret."))
    require_version(delivery.assignment, expected_version)


def _outside_problems(
    answer: OutsideAnswer, uploads: Sequence[Upload], assignment: Assignment, today: date
) -> list[Problem]:
    problems = []
    if answer.sent_on is None:
        problems.append(Problem("date_missing", _("Skriv datoen svaret ble sendt."), "sent_on"))
    elif answer.sent_on > today:
        problems.append(Problem("date_ahead", _("Svaret kan ikke være sendt etter i dag."), "sent_on"))
    elif answer.sent_on < assignment.given_on:
        problems.append(Problem("date_before", _("Svaret kan ikke være sendt før oppdraget ble gitt."), "sent_on"))
    if not answer.sender.strip():
        problems.append(Problem("sender_missing", _("Skriv hvem som sendte svaret."), "sender"))
    if not uploads:
        problems.append(Problem("file_missing", _("Legg ved svaret som PDF."), "attachments"))
    for upload in uploads:
        if upload.data and not upload.data.startswith(b"%PDF-"):
            sentence = _("«%(name)s» er ikke en PDF. Lagre svaret som PDF og velg filen på nytt.")
            problems.append(Problem("not_pdf", sentence % {"name": upload.name}, "attachments"))
    return problems


def _deliver(
    delivery: Delivery,
    answer: Answer,
    uploads: Sequence[Upload],
    actor: Actor,
    at: datetime,
    expected_version: int | None,
) -> None:
    assignment = delivery.assignment
    stored = _store(answer, uploads, actor, assignment.responsible)
    table = states.delivery_table(powers_at(actor, assignment, at))
    values = {"delivered_at": at, "delivered_on": answer.sent_on, "distributed_to": None}
    table.apply("answer", obj=delivery, actor=actor, at=at, values=values)
    assignment.received_at = assignment.received_at or at
    refresh(assignment, fields=("received_at",))
    journal.enqueue_pair(
        subject=answer,
        title=journal_title(assignment, delivery),
        sender=assignment.responsible,
        recipient=assignment.issuer,
        document_date=answer.sent_on,
        document_number=answer.archive_reference if answer.sent_outside and not answer.registered_for_id else "",
        sha256=stored[0].sha256 if stored else sha256(answer.text.encode()),
    )
    outward.copy_answer(answer, assignment=assignment, title=journal_title(assignment, delivery), actor=actor, at=at)
    tell(
        "answer.registered" if answer.sent_outside else "answer.given",
        assignment,
        actor=actor,
        at=at,
        after={
            "delivery": delivery.ordinal,
            "delivery_uuid": delivery.uuid,
            "answer": answer.uuid,
            "number": answer.number,
            "files": len(stored),
            "sent_on": answer.sent_on,
            "deadline": delivery.deadline,
            "reference": answer.archive_reference,
            "for": answer.registered_for.name if answer.registered_for else "",
        },
    )


def _store(answer: Answer, uploads: Sequence[Upload], actor: Actor, agency: Organisation) -> list[StoredFile]:
    stored = [
        files.store(name=upload.name, data=upload.data, actor=actor, owner=answer, organisation=agency.uuid)
        for upload in uploads
    ]
    AnswerFile.objects.bulk_create([AnswerFile(answer=answer, file=row) for row in stored])
    return stored


def journal_title(assignment: Assignment, delivery: Delivery) -> str:
    """What the journal line says: the title, but of an exempt assignment only its number (decision B2)."""
    reference = assignment.reference or _("oppdrag uten nummer")
    if assignment.restricted:
        return _("Svar på oppdrag %(reference)s, leveranse %(number)s") % {
            "reference": reference,
            "number": delivery.ordinal,
        }
    return _("Svar på %(reference)s: %(title)s") % {"reference": reference, "title": assignment.title}


@transaction.atomic
def distribute_answer(
    *,
    delivery: Delivery,
    department: Department,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Delivery:
    """Hand an answer to the department that assesses it. Raises NotAllowed, StaleVersion, NotInThisState."""
    delivery = lock_delivery(delivery)
    assignment = delivery.assignment
    require(rights.may_distribute(powers_at(actor, assignment, at), delivery), states.WHO_DISTRIBUTES)
    require_open(assignment)
    require_version(assignment, expected_version)
    if delivery.state not in ("delivered", "under_assessment"):
        raise NotInThisState(_("Det er ikke noe svar å fordele på denne leveransen."))
    if department.organisation_id != assignment.issuer_id:
        raise RuleBroken(problems=[Problem("department", _("Velg en avdeling i departementet."), "department")])
    delivery.distributed_to = department
    delivery.version += 1
    delivery.save(update_fields=["distributed_to", "version", "updated_at"])
    refresh(assignment)
    after = {"delivery": delivery.ordinal, "department": department.code, "department_name": department.name}
    tell("answer.distributed", assignment, actor=actor, at=at, after=after, audience=Audience.INTERNAL)
    return delivery
