"""E-mails about removals: that one waits, and what became of it. Never the words, nor a title they may stand in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from agencies import access
from agencies.models import User
from agencies.rights import Right
from core import clock, formatting
from core.actor import Actor
from governance.actions.notices import notify
from governance.models import Removal, RemovalState
from governance.restricted import withheld_from

PURPOSE = "removal"


def deciders(removal: Removal, at: datetime) -> list[User]:
    """Those who may decide the request: on the issuer's side, reading all of the document, not the one who asked."""
    document, day = removal.document, clock.local_date(at)
    held = access.holders(Right.REMOVE_CONTENT, document.recipient, inside=document.issuer, day=day)
    found = {}
    for appointment in held:
        actor = access.actor_for(appointment.user, appointment)
        if not access.same_person(actor, removal.asked_by_id, day) and not withheld_from(document, actor, day):
            found[appointment.user_id] = appointment.user
    return list(found.values())


def tell_waiting(removal: Removal, *, actor: Actor, at: datetime) -> None:
    """A mail to each who may decide it."""
    first = _("%(name)s foreslår å fjerne innhold i %(document)s, etter %(basis)s. En annen må avgjøre det.")
    words = {"name": actor.name, "document": _document(removal), "basis": removal.basis}
    second = _("Du finner forslaget under Min arbeidsdag når du er logget inn.")
    _mail(removal, deciders(removal, at), _("Fjerning av innhold venter på deg"), [first % words, second], at)


def tell_outcome(removal: Removal, *, actor: Actor, at: datetime) -> None:
    """What was decided, to the one who asked and the one who decided."""
    done = removal.state == RemovalState.DONE
    sentence = _("%(name)s har fjernet innhold i %(document)s, etter %(basis)s. «%(marker)s» står i stedet.")
    if not done:
        sentence = _("%(name)s har avslått å fjerne innhold i %(document)s. Begrunnelse: %(reason)s")
    subject = _("Innhold er fjernet") if done else _("Fjerning av innhold er avslått")
    people = User.objects.filter(pk__in=(removal.asked_by_id, actor.user_id))
    _mail(removal, people, subject, [sentence % _facts(removal, actor), _protocol()], at)


def tell_withdrawn(removal: Removal, *, actor: Actor, at: datetime) -> None:
    """That nothing waits any more, to those it waited for and the one who had asked."""
    sentence = _("%(name)s har trukket forslaget om å fjerne innhold i %(document)s. Begrunnelse: %(reason)s")
    people = [*deciders(removal, at), removal.asked_by]
    _mail(
        removal, people, _("Forslag om fjerning er trukket"), [sentence % _facts(removal, actor), _protocol()], at
    )  # fmt: skip


def _facts(removal: Removal, actor: Actor) -> dict[str, str]:
    return {
        "name": actor.name,
        "document": _document(removal),
        "basis": removal.basis,
        "marker": removal.marker,
        "reason": removal.decision_reason,
    }


def _protocol() -> str:
    return _("Protokollen står under Fjerning av innhold, Avgjort.")


def _document(removal: Removal) -> str:
    """Kind, agency and date: the title may hold the words."""
    document = removal.document
    words = {"kind": document.kind.name_nb.lower(), "agency": document.recipient.name}
    if document.document_date is None:
        return _("%(kind)s til %(agency)s") % words
    day = formatting.full_date(document.document_date)
    return _("%(kind)s til %(agency)s av %(date)s") % {**words, "date": day}


def _mail(removal: Removal, people: Iterable[User], subject: str, paragraphs: list[str], at: datetime) -> None:
    notify(
        to=[person.email for person in people],
        subject=subject,
        paragraphs=paragraphs,
        about=removal,
        organisation=removal.document.issuer.uuid,
        at=at,
        purpose=PURPOSE,
    )
