"""Sending: who gets what, as rows that exist before the mail leaves (decision C6)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from agencies.models import Organisation
from core import clock, jobs
from core.actor import Actor
from core.models import VersionedModel
from governance import copying
from governance.models import Dispatch, DispatchState, SteeringDocument

SEND_JOB = "governance.send_dispatches"


def plan_dispatches(
    *,
    subject: VersionedModel,
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
    rows = [_dispatch(subject, title, sender, recipient, Dispatch.Role.TO, correspondence, "", True, at)]
    rows += [
        _dispatch(
            subject, title, sender, to.organisation, Dispatch.Role.COPY, correspondence, to.basis, to.simultaneous, at
        )
        for to in copies
        if to.organisation.pk not in (sender.pk, recipient.pk)
    ]
    made = list(Dispatch.objects.bulk_create(rows))
    ring_sender(subject_type=subject._meta.label_lower, subject=subject.uuid, title=title, actor=actor)
    return made


def ring_sender(*, subject_type: str, subject: UUID, title: str, actor: Actor) -> None:
    """Ask the worker to send what is planned for one thing."""
    arguments = {"subject_type": subject_type, "subject": subject}
    jobs.enqueue(name=SEND_JOB, label=title, actor=actor, arguments=arguments, unit="sider")


def _dispatch(
    subject: VersionedModel,
    title: str,
    sender: Organisation,
    recipient: Organisation,
    role: Dispatch.Role,
    correspondence: str,
    basis: str,
    simultaneous: bool,
    at: datetime,
) -> Dispatch:
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
    )
