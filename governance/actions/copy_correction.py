"""After the sending: a wrong copy list is put right by new dispatches, and the addressee's first view is noted.

No row that has been sent is ever edited (decision C6): one who should have had a copy gets it now, with the reason;
one who got it by mistake is told so and no longer sees the document here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from governance import copying, permissions
from governance.actions import dispatch
from governance.models import Dispatch, DispatchState, SteeringDocument


@transaction.atomic
def correct_copies(
    *,
    document: SteeringDocument,
    add: Sequence[Organisation],
    recall: Sequence[Organisation],
    reason: str,
    actor: Actor,
    at: datetime,
) -> list[Dispatch]:
    """Send the copy to those who lack it, and call it back from those who should not have it, with one reason.

    Raises NotAllowed, NotInThisState (a draft), RuleBroken with every problem.
    """
    document = SteeringDocument.objects.select_related("issuer", "recipient", "kind").locked().get(pk=document.pk)
    if not permissions.may_correct_copies(actor, document, clock.local_date(at)):
        raise NotAllowed(_("Kopilisten rettes av den som har etatsstyringen av virksomheten."))
    if not document.is_issued:
        raise NotInThisState(_("Brevet er ikke utstedt. Rett kopireglene i utkastet i stedet."))
    holders = set(copy_holders(document).values_list("recipient_id", flat=True))
    if problems := _problems(document, add, recall, reason, holders):
        raise RuleBroken(problems=problems)
    correspondence = copying.correspondence_of(document)
    rows = [(body, Dispatch.Role.COPY, _("Rettet kopiliste")) for body in add]
    rows += [(body, Dispatch.Role.RECALL, "") for body in recall]
    made = [
        dispatch.plan_one(
            subject=document, title=document.title, sender=document.issuer, recipient=body, role=role,
            correspondence=correspondence, basis=basis, simultaneous=False, at=at, reason=reason.strip(),
        )
        for body, role, basis in rows
    ]  # fmt: skip
    made = list(Dispatch.objects.bulk_create(made))
    dispatch.ring_sender(
        subject_type=document._meta.label_lower, subject=document.uuid, title=document.title, actor=actor
    )
    events.record(
        event="document.copies_corrected",
        subject=document,
        actor=actor,
        at=at,
        organisation=document.issuer.uuid,
        counterpart=document.recipient.uuid,
        reason=reason.strip(),
        after={"added": [body.name for body in add], "recalled": [body.name for body in recall]},
    )
    return made


def copy_holders(document: SteeringDocument) -> QuerySet[Dispatch]:
    """Dispatches of copies that are planned or sent and have not been called back."""
    held: QuerySet[Dispatch] = Dispatch.objects.copies_held().filter(
        subject=document.uuid, state__in=(DispatchState.PLANNED, DispatchState.SENT)
    )
    return held


def _problems(
    document: SteeringDocument,
    add: Sequence[Organisation],
    recall: Sequence[Organisation],
    reason: str,
    holders: set[int],
) -> list[Problem]:
    problems = []
    if not add and not recall:
        problems.append(
            Problem("nothing_chosen", _("Velg hvem som skal ha kopi, eller hvem kopien kalles tilbake fra."))
        )
    if not reason.strip():
        problems.append(Problem("reason_missing", _("Skriv hvorfor kopilisten rettes."), "reason"))
    for body in add:
        if body.pk in (document.issuer_id, document.recipient_id):
            sentence = _("%(name)s er part i brevet og skal ikke ha kopi.")
            problems.append(Problem("is_party", sentence % {"name": body.name}, "add"))
        elif body.pk in holders:
            problems.append(Problem("has_copy", _("%(name)s har allerede fått kopi.") % {"name": body.name}, "add"))
        elif not body.mailbox:
            sentence = _("%(name)s har ikke noe postmottak. Registrer det først.")
            problems.append(Problem("no_mailbox", sentence % {"name": body.name}, "add"))
    for body in recall:
        if body.pk not in holders:
            sentence = _("%(name)s har ikke fått kopi av brevet.")
            problems.append(Problem("no_copy", sentence % {"name": body.name}, "recall"))
    return problems


def note_opened(*, subject: UUID, actor: Actor, at: datetime) -> bool:
    """Note the addressee's first signed-in view; True when this was it. Never for copies, so never for the auditor.

    The condition is in the update itself: one statement, and no write after the first time.
    """
    if not actor.is_person or actor.organisation is None:
        return False
    waiting = Dispatch.objects.filter(
        subject=subject,
        role=Dispatch.Role.TO,
        recipient__uuid=actor.organisation,
        state=DispatchState.SENT,
        opened_at__isnull=True,
    )
    rows = list(waiting.values_list("pk", flat=True))
    return bool(rows) and bool(Dispatch.objects.filter(pk__in=rows, opened_at__isnull=True).update(opened_at=at))
