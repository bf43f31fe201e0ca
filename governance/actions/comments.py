"""A word on a row: internal or shared, answered and closed (K10). It never changes the document (decision C4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Organisation
from core import clock
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience
from governance import permissions
from governance.actions import dispatch, journal
from governance.actions.documents import DocumentFacts, create_document
from governance.actions.rounds_base import lock_document, tell
from governance.models import HearingRound, Proposal, RowComment, SteeringDocument

CORRESPONDENCE = "thread"


@dataclass(frozen=True)
class NewComment:
    """What was written, on which row (``item`` empty = the whole document), for whom, and as an answer to what."""

    text: str
    item: UUID | None = None
    place: str = ""
    audience: str = Audience.INTERNAL
    thread: RowComment | None = None
    hearing: HearingRound | None = None


@transaction.atomic
def write_comment(*, document: SteeringDocument, new: NewComment, actor: Actor, at: datetime) -> RowComment:
    """Write a comment or an answer. An answer follows its thread: same row, same readers.

    Raises NotAllowed, NotInThisState (a closed thread or hearing), RuleBroken.
    """
    document = lock_document(document)
    root = _root(document, new, actor)
    hearing = root.hearing if root is not None else new.hearing
    audience = root.audience if root is not None else new.audience
    _check_writer(document, hearing, audience, actor, at)
    problems = []
    if audience not in Audience.values:
        problems.append(Problem("audience", _("Velg hvem som skal se kommentaren."), "audience"))
    if not new.text.strip():
        problems.append(Problem("text_missing", _("Skriv kommentaren."), "text"))
    if problems:
        raise RuleBroken(problems=problems)
    return RowComment.objects.create(
        document=document,
        hearing=hearing,
        thread=root,
        item=root.item if root is not None else new.item,
        place=root.place if root is not None else new.place[:200],
        organisation=Organisation.objects.get(uuid=actor.organisation),
        author_id=actor.user_id,
        author_name=actor.name,
        audience=audience,
        text=new.text.strip(),
        at=at,
    )


def _root(document: SteeringDocument, new: NewComment, actor: Actor) -> RowComment | None:
    """The first comment of the thread answered, locked. Raises NotAllowed for another's internal thread."""
    if new.thread is None:
        return None
    root: RowComment = (
        RowComment.objects.select_related("hearing")
        .locked()
        .get(pk=new.thread.thread_id or new.thread.pk, document=document)
    )
    own = Organisation.objects.filter(pk=root.organisation_id, uuid=actor.organisation).exists()
    if root.audience == Audience.INTERNAL and not own:
        raise NotAllowed(_("Kommentaren er intern hos den andre parten."))
    if root.closed_at is not None:
        raise NotInThisState(_("Tråden er avsluttet. Skriv en ny kommentar om noe gjenstår."))
    return root


def _check_writer(
    document: SteeringDocument, hearing: HearingRound | None, audience: str, actor: Actor, at: datetime
) -> None:
    day = clock.local_date(at)
    if not permissions.may_comment(actor, document, hearing, audience, day):
        if audience == Audience.SHARED:
            raise NotAllowed(
                _("Delte kommentarer skrives av etatsstyreren, og av direktøren eller virksomhetsstyringen.")
            )
        raise NotAllowed(_("Bare partene i styringsdialogen kan skrive kommentarer."))
    if audience == Audience.SHARED and not document.is_issued and hearing is None:
        raise NotInThisState(_("Virksomheten ser ikke utkastet. Del kommentarer når brevet er til uttalelse."))
    if hearing is not None and hearing.closed_at is not None:
        raise NotInThisState(_("Uttalelsen er avsluttet. Det kan ikke skrives flere kommentarer i den."))


@transaction.atomic
def close_thread(*, thread: RowComment, actor: Actor, at: datetime) -> RowComment:
    """Mark a thread as dealt with. A shared one on an issued document becomes one document for journal and copies.

    A thread of a hearing is part of the statement, which is journalled whole. Raises NotAllowed, NotInThisState.
    """
    document = lock_document(thread.document)
    root: RowComment = RowComment.objects.select_related("hearing", "organisation").locked().get(pk=thread.pk)
    if root.thread_id is not None:
        raise NotInThisState(_("Bare hele tråden kan avsluttes."))
    day = clock.local_date(at)
    if not permissions.may_close_thread(actor, document, root, day):
        raise NotAllowed(_("Tråden avsluttes av den som har etatsstyringen; interne tråder av dem som skrev dem."))
    if root.closed_at is not None:
        raise NotInThisState(_("Tråden er alt avsluttet."))
    root.closed_at, root.closed_by_id = at, actor.user_id
    root.save(update_fields=["closed_at", "closed_by"])
    shared = root.audience == Audience.SHARED
    if shared and root.hearing is None:
        _hand_over(document, root, actor, at)
    tell("comment.thread_closed", document, actor=actor, at=at, after={"thread": root.uuid}, shared=shared)
    return root


def thread_title(document: SteeringDocument, root: RowComment) -> str:
    """What the thread is called as a document: what it is about, never a row that is exempt."""
    words = _("Kommentarer til %(place)s i %(title)s") if root.place else _("Kommentarer til %(title)s")
    return words % {"place": root.place, "title": document.title}


def _hand_over(document: SteeringDocument, root: RowComment, actor: Actor, at: datetime) -> None:
    title = thread_title(document, root)
    journal.enqueue_pair(
        subject=root, title=title, sender=document.issuer, recipient=document.recipient,
        document_date=clock.local_date(at), case_number=document.case_number,
    )  # fmt: skip
    dispatch.plan_dispatches(
        subject=root, title=title, sender=document.issuer, recipient=document.recipient, agency=document.recipient,
        correspondence=CORRESPONDENCE, actor=actor, at=at, document=document,
    )  # fmt: skip


@transaction.atomic
def turn_into_proposal(*, thread: RowComment, actor: Actor, at: datetime) -> Proposal:
    """«Gjør om til forslag i supplerende brev»: only a letter changes a task, so the words become a proposal for one.

    The open supplement to the letter is used, or a new one is started. Raises NotAllowed, NotInThisState.
    """
    letter = lock_document(thread.document)
    if not permissions.may_draft(actor, letter, clock.local_date(at)):
        raise NotAllowed(_("Forslag i supplerende brev lages av den som har etatsstyringen av virksomheten."))
    if not letter.is_issued or thread.audience != Audience.SHARED:
        raise NotInThisState(_("Brevet er et utkast. Endre det i stedet."))
    target = letter.supplements or letter
    supplement = (
        SteeringDocument.objects.filter(supplements=target, kind__family="supplement", state="draft")
        .select_related("kind")
        .first()
    )
    if supplement is None:
        title = _("Supplerende tildelingsbrev %(year)s") % {"year": letter.year or clock.local_date(at).year}
        facts = DocumentFacts(
            kind="supplement", recipient=letter.recipient, title=title, language=letter.language,
            year=letter.year or clock.local_date(at).year, supplements=target,
        )  # fmt: skip
        supplement = create_document(facts=facts, actor=actor, at=at)
    words = RowComment.objects.filter(pk=thread.pk) | RowComment.objects.filter(thread=thread, audience=Audience.SHARED)
    body = "\n\n".join(f"{row.author_name}: {row.text}" for row in words.order_by("id"))
    made = Proposal.objects.create(
        document=supplement, item_type="assignment", proposed_by_id=actor.user_id, proposed_at=at,
        data={"title": thread.place or letter.title, "body": body},
    )  # fmt: skip
    tell("proposal.made", supplement, actor=actor, at=at, after={"proposal": made.uuid, "thread": thread.uuid})
    return made
