"""Sending: who gets what, as rows that exist before the mail leaves (decision C6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from agencies.models import Organisation
from core import clock, jobs
from core.actor import Actor
from core.models import BaseModel
from governance import copying
from governance.models import Dispatch, DispatchState, SteeringDocument

SEND_JOB = "governance.send_dispatches"


def plan_dispatches(
    *,
    subject: BaseModel,
    title: str,
    sender: Organisation,
    recipient: Organisation,
    agency: Organisation,
    correspondence: str,
    actor: Actor,
    at: datetime,
    document: SteeringDocument | None = None,
) -> list[Dispatch]:
    """Plan one dispatch to the addressee and one copy to each by the effective rule, in the act's transaction.

    ``agency`` is the one whose dialogue this is (its instruction and letters hold the copy rules). The worker
    sends them; an organisation without mailbox gives a failed row that is seen, never silence.
    """
    copies = copying.effective_copies(
        agency=agency, correspondence=correspondence, day=clock.local_date(at), document=document
    )
    common = {"subject": subject, "title": title, "sender": sender, "correspondence": correspondence, "at": at}
    rows = [plan_one(recipient=recipient, role=Dispatch.Role.TO, basis="", simultaneous=True, **common)]  # type: ignore[arg-type]
    rows += [
        plan_one(
            recipient=to.organisation, role=Dispatch.Role.COPY, basis=to.basis, simultaneous=to.simultaneous,
            **common,  # type: ignore[arg-type]
        )
        for to in copies
        if to.organisation.pk not in (sender.pk, recipient.pk)
    ]  # fmt: skip
    made = list(Dispatch.objects.bulk_create(rows))
    ring_sender(subject_type=subject._meta.label_lower, subject=subject.uuid, title=title, actor=actor)
    return made


def ring_sender(*, subject_type: str, subject: UUID, title: str, actor: Actor) -> None:
    """Ask the worker to send what is planned for one thing."""
    arguments = {"subject_type": subject_type, "subject": subject}
    jobs.enqueue(name=SEND_JOB, label=title, actor=actor, arguments=arguments, unit="sider")


def plan_copies(
    *,
    subject: BaseModel,
    title: str,
    sender: Organisation,
    agency: Organisation,
    correspondence: str,
    parties: Sequence[Organisation],
    actor: Actor,
    at: datetime,
    document: SteeringDocument | None = None,
) -> list[Dispatch]:
    """Plan the copies by the effective rule of something the addressee already has in hand here.

    ``parties`` are the two sides, who get no copy of their own dialogue.
    """
    copies = copying.effective_copies(
        agency=agency, correspondence=correspondence, day=clock.local_date(at), document=document
    )
    own = {body.pk for body in parties}
    rows = [
        plan_one(
            subject=subject, title=title, sender=sender, recipient=to.organisation, role=Dispatch.Role.COPY,
            correspondence=correspondence, basis=to.basis, simultaneous=to.simultaneous, at=at,
        )
        for to in copies
        if to.organisation.pk not in own
    ]  # fmt: skip
    made = list(Dispatch.objects.bulk_create(rows))
    if made:
        ring_sender(subject_type=subject._meta.label_lower, subject=subject.uuid, title=title, actor=actor)
    return made


def plan_one(
    *,
    subject: BaseModel,
    title: str,
    sender: Organisation,
    recipient: Organisation,
    role: Dispatch.Role,
    correspondence: str,
    basis: str,
    simultaneous: bool,
    at: datetime,
    reason: str = "",
) -> Dispatch:
    """One dispatch, not saved. Without a mailbox it has failed from the start, and is seen as such."""
    missing = not recipient.mailbox
    return Dispatch(
        subject_type=subject._meta.label_lower,
        subject=subject.uuid,
        title=title[:300],
        sender=sender,
        recipient=recipient,
        address=recipient.mailbox,
        role=role,
        correspondence=correspondence,
        basis=basis[:300],
        simultaneous=simultaneous,
        planned_at=at,
        channel="e-post",
        state=DispatchState.FAILED if missing else DispatchState.PLANNED,
        receipt="Mottakeren har ikke registrert noe postmottak." if missing else "",
        reason=reason,
    )
