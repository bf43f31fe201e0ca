"""Purring: a person in the ministry sends it, with words the person has read. Never automatic (decision C5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Organisation
from agencies.rights import Right
from assignments.models import Delivery
from core import clock, events, mail
from core import formatting as fmt
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Message
from core.models.base import BaseModel
from reporting.models import ExpectedDelivery, ExpectedState
from reporting.selectors.duties import delivery_words

PURPOSE = "chase"


@dataclass(frozen=True)
class Chase:
    """What a purring is about: the duty, both sides, and what may be said of it in a mail.

    ``subject`` is the row the event is recorded on: the assignment, or the expected delivery.
    """

    duty: BaseModel
    subject: BaseModel
    agency: Organisation
    superior: UUID
    words: str
    due: date | None
    outstanding: bool


def chase_of_delivery(delivery: Delivery) -> Chase:
    """A delivery of an assignment; with its assignment, issuer and responsible joined in."""
    assignment = delivery.assignment
    open_ = delivery.state in ("not_started", "in_progress", "returned") and not delivery.unclear
    return Chase(
        duty=delivery,
        subject=assignment,
        agency=assignment.responsible,
        superior=assignment.issuer.uuid,
        words=delivery_words(delivery),
        due=delivery.deadline,
        outstanding=open_ and delivery.deadline is not None,
    )


def chase_of_expected(row: ExpectedDelivery) -> Chase:
    """A report or input; with agency and receiver joined in."""
    return Chase(
        duty=row,
        subject=row,
        agency=row.agency,
        superior=row.receiver.uuid,
        words=row.title,
        due=row.due,
        outstanding=row.state == ExpectedState.COMING and row.due is not None,
    )


def draft_words(chase: Chase, actor: Actor, today: date) -> tuple[str, str]:
    """Subject and text to begin with; the officer changes them as needed."""
    deadline = fmt.full_date(chase.due) if chase.due else _("ikke satt")
    late = chase.due is not None and chase.due < today
    middle = _("Vi kan ikke se at dette er mottatt.") if late else _("Vi minner om fristen.")
    text = _(
        "Vi viser til %(words)s, med frist %(deadline)s.\n\n%(middle)s "
        "Gi beskjed om når vi kan vente det, eller om det er sendt på annen måte.\n\nMed hilsen\n%(name)s"
    )
    values = {"words": chase.words, "deadline": deadline, "middle": middle, "name": actor.name}
    return _("Purring: %(words)s") % values, text % values


def require_chase(chase: Chase, actor: Actor, day: date) -> None:
    """Raise NotAllowed unless the actor follows the agency up from the superior side."""
    sentence = _("Bare etatsstyreren i departementet sender purring.")
    if actor.organisation != chase.superior:
        raise NotAllowed(sentence)
    access.require(actor, Right.START_REMINDERS, chase.agency, day, sentence)


@transaction.atomic
def send_chase(*, chase: Chase, subject: str, text: str, actor: Actor, at: datetime) -> Message:
    """Send the purring to the agency's mailbox and record it. Raises NotAllowed, NotInThisState, RuleBroken."""
    require_chase(chase, actor, clock.local_date(at))
    if not chase.outstanding:
        raise NotInThisState(_("Dette er ikke utestående, og kan ikke purres."))
    problems = []
    if not subject.strip():
        problems.append(Problem("subject_missing", _("Skriv et emne."), "subject"))
    if not text.strip():
        problems.append(Problem("text_missing", _("Skriv purringen."), "text"))
    if not chase.agency.mailbox:
        sentence = _("%(agency)s har ikke registrert noe postmottak. Be administratoren om å legge det inn.")
        problems.append(Problem("mailbox_missing", sentence % {"agency": chase.agency.name}))
    if problems:
        raise RuleBroken(problems=problems)
    context = {"paragraphs": [part for part in text.split("\n\n") if part.strip()], "body": text.strip()}
    message = mail.queue_message(
        to=chase.agency.mailbox,
        words=mail.render("chase", subject.strip(), context),
        purpose=PURPOSE,
        at=at,
        about=chase.duty,
        organisation=actor.organisation,
        reply_to=getattr(actor.user, "email", ""),
    )
    events.record(
        event="chase.sent",
        subject=chase.subject,
        actor=actor,
        at=at,
        organisation=actor.organisation,
        counterpart=chase.agency.uuid,
        after={"message_id": message.message_id, "due": chase.due},
    )
    return message
