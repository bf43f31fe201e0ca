"""The agency is heard: what it is shown is frozen, its words come per row, the statement is sent once (C5, C7)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies import access
from agencies.rights import Right
from core import canonical, clock, files
from core import formatting as fmt
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience
from core.transitions import bump, check_version
from governance import shown
from governance.actions import journal
from governance.actions.notices import notify
from governance.actions.rounds_base import lock_document, lock_for_drafter, tell
from governance.models import HearingRound, RowComment, SteeringDocument
from governance.states import DOCUMENT_STATES, require_step


@transaction.atomic
def open_hearing(
    *,
    document: SteeringDocument,
    message: str,
    deadline: date,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> HearingRound:
    """Send the draft to the agency for its opinion, as it stands now and without what is exempt.

    A neutral notice goes to the agency's mailbox and both sides get it in their journal queue. Raises NotAllowed,
    NotInThisState, StaleVersion, RuleBroken.
    """
    document = lock_for_drafter(
        document, actor=actor, at=at, sentence=_("Utkastet sendes til uttalelse av den som skriver det."),
        expected_version=expected_version,
    )  # fmt: skip
    require_step("hearing_opened", document)
    day = clock.local_date(at)
    if deadline <= day:
        raise RuleBroken(problems=[Problem("deadline", _("Fristen må være en dag som ikke er passert."), "deadline")])
    whole = shown.plain_snapshot(document)
    data = canonical.canonical_json(shown.without(whole, shown.restricted_in(whole)))
    number = (HearingRound.objects.filter(document=document).aggregate(top=Max("number"))["top"] or 0) + 1
    stored = files.store(name=f"uttalelse-{number}.json", data=data, actor=actor, organisation=document.issuer.uuid)
    hearing = HearingRound.objects.create(
        document=document, number=number, message=message.strip(), deadline=deadline, shown=stored,
        sha256=canonical.sha256(data), opened_by_id=actor.user_id, opened_at=at,
    )  # fmt: skip
    DOCUMENT_STATES.apply("hearing_opened", obj=document, actor=actor, at=at)
    _journal(hearing, document, at, answer=False)
    after = {"round": number, "deadline": deadline, "sha256": hearing.sha256}
    tell("document.hearing_opened", document, actor=actor, at=at, after=after, shared=True)
    _notice(document, deadline, at, hearing)
    return hearing


def _notice(document: SteeringDocument, deadline: date, at: datetime, hearing: HearingRound) -> None:
    words = _("%(issuer)s har sendt et utkast til uttalelse, med frist %(date)s.")
    first = words % {"issuer": document.issuer.name, "date": fmt.date_with_weekday(deadline)}
    second = _("Direktøren og virksomhetsstyringen finner det under Uttalelser når de er logget inn.")
    notify(
        to=[document.recipient.mailbox], subject=_("Utkast til uttalelse fra %(issuer)s") % {"issuer": document.issuer},
        paragraphs=[first, second], about=hearing, organisation=document.issuer.uuid, at=at,
    )  # fmt: skip


def _journal(hearing: HearingRound, document: SteeringDocument, at: datetime, *, answer: bool) -> None:
    """Sent and received are one document each, in both archives (decision C7)."""
    words = _("Uttalelse til utkast: %(title)s") if answer else _("Utkast til uttalelse: %(title)s")
    sides = (document.recipient, document.issuer) if answer else (document.issuer, document.recipient)
    journal.enqueue_pair(
        subject=hearing, title=words % {"title": document.title}, sender=sides[0], recipient=sides[1],
        document_date=clock.local_date(at), sha256=hearing.sha256, case_number="" if answer else document.case_number,
    )  # fmt: skip


@transaction.atomic
def answer_hearing(
    *,
    hearing: HearingRound,
    text: str,
    no_remarks: bool,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> HearingRound:
    """Send the agency's statement, or «Ingen merknader». From now on the ministry reads the comments on the rows.

    Raises NotAllowed, NotInThisState (sent or closed before), StaleVersion, RuleBroken.
    """
    document = lock_document(hearing.document)
    hearing = HearingRound.objects.locked().get(pk=hearing.pk)
    day = clock.local_date(at)
    heard = actor.organisation == document.recipient.uuid
    if not heard or not access.may(actor, Right.ANSWER_HEARING, document.recipient_id, day):
        raise NotAllowed(_("Uttalelsen sendes av direktøren eller virksomhetsstyringen i virksomheten."))
    check_version(hearing, expected_version)
    if hearing.answered_at is not None:
        raise NotInThisState(_("Uttalelsen er alt sendt."))
    if hearing.closed_at is not None:
        raise NotInThisState(_("Uttalelsen er avsluttet av departementet. Ta kontakt om dere har merknader."))
    problems = _answer_problems(hearing, document, text, no_remarks)
    if problems:
        raise RuleBroken(problems=problems)
    hearing.answer, hearing.no_remarks = text.strip(), no_remarks
    hearing.answered_by_id, hearing.answered_by_name, hearing.answered_at = actor.user_id, actor.name, at
    bump(hearing, fields=("answer", "no_remarks", "answered_by", "answered_by_name", "answered_at"))
    _journal(hearing, document, at, answer=True)
    after = {"round": hearing.number, "no_remarks": no_remarks}
    tell("hearing.answered", document, actor=actor, at=at, after=after, shared=True)
    _notice_answer(hearing, document, at)
    return hearing


def _answer_problems(hearing: HearingRound, document: SteeringDocument, text: str, no_remarks: bool) -> list[Problem]:
    comments = RowComment.objects.filter(
        hearing=hearing, organisation=document.recipient, audience=Audience.SHARED
    ).exists()
    if no_remarks and (text.strip() or comments):
        sentence = _("Dere har skrevet merknader. Fjern haken for ingen merknader, så blir de med.")
        return [Problem("remarks_and_none", sentence, "no_remarks")]
    if not no_remarks and not text.strip() and not comments:
        sentence = _("Skriv uttalelsen, kommenter rader, eller kryss av for ingen merknader.")
        return [Problem("answer_missing", sentence, "text")]
    return []


def _notice_answer(hearing: HearingRound, document: SteeringDocument, at: datetime) -> None:
    opener = HearingRound.objects.select_related("opened_by").get(pk=hearing.pk).opened_by
    words = _("%(agency)s har sendt uttalelse til %(title)s.")
    notify(
        to=[opener.email], subject=_("Uttalelse fra %(agency)s") % {"agency": document.recipient.name},
        paragraphs=[words % {"agency": document.recipient.name, "title": document.title}], about=hearing,
        organisation=document.recipient.uuid, at=at,
    )  # fmt: skip


@transaction.atomic
def close_hearing(
    *, hearing: HearingRound, actor: Actor, at: datetime, expected_version: int | None = None
) -> HearingRound:
    """End the round; the document is a draft again. Also when the agency has not answered: silence is on record."""
    document = lock_for_drafter(
        hearing.document, actor=actor, at=at, sentence=_("Uttalelsen avsluttes av den som skriver utkastet.")
    )
    hearing = HearingRound.objects.locked().get(pk=hearing.pk)
    check_version(hearing, expected_version)
    if hearing.closed_at is not None:
        raise NotInThisState(_("Uttalelsen er alt avsluttet."))
    hearing.closed_at, hearing.closed_by_id = at, actor.user_id
    bump(hearing, fields=("closed_at", "closed_by"))
    DOCUMENT_STATES.apply("hearing_closed", obj=document, actor=actor, at=at)
    after = {"round": hearing.number, "answered": hearing.answered_at is not None}
    tell("document.hearing_closed", document, actor=actor, at=at, after=after, shared=True)
    return hearing
