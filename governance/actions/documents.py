"""The life of a governing document: drafted, then issued here or registered as issued elsewhere (decision C1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Appointment, Organisation
from agencies.rights import Right
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, Problem, RuleBroken
from core.models import Audience, StoredFile
from core.transitions import bump, check_version
from governance import copying, permissions
from governance.actions import dispatch, periods, sealing
from governance.actions.rounds_base import close_rounds
from governance.checks.content import Stage
from governance.content import ContentWriter
from governance.models import (
    DocumentFamily,
    DocumentFile,
    DocumentKind,
    DocumentState,
    NumberReservation,
    Origin,
    Signatory,
    SteeringDocument,
)
from governance.states import DOCUMENT_STATES, require_editable, require_step


@dataclass(frozen=True)
class DocumentFacts:
    """The head of a document. ``year`` is the budget year; ``number`` the letter's own number in the year."""

    kind: str
    recipient: Organisation
    title: str
    year: int | None = None
    number: int | None = None
    language: str = "nb"
    document_date: date | None = None
    effective_on: date | None = None
    case_number: str = ""
    document_number: str = ""
    addressee: str = ""
    place: str = ""
    legal_basis: str = ""
    public_title: str = ""
    lapse_through_year: int | None = None
    supplements: SteeringDocument | None = None
    has_text: bool = True
    extractor: str = ""
    canonical_text: str = ""


@dataclass(frozen=True)
class Signer:
    """A name under a registered document."""

    name: str
    title: str = ""
    by_authority: bool = False
    represented_name: str = ""


@dataclass(frozen=True)
class Registration:
    """What is typed in about a document that was signed elsewhere."""

    signers: Sequence[Signer] = ()
    files: Sequence[StoredFile] = field(default_factory=tuple)


_FACT_FIELDS = [name for name in DocumentFacts.__dataclass_fields__ if name not in ("kind", "recipient", "supplements")]


def _issuer(actor: Actor) -> Organisation:
    organisation: Organisation | None = Organisation.objects.filter(uuid=actor.organisation).first()
    if organisation is None:
        raise NotAllowed(_("Velg hvilken rolle du handler i, og prøv igjen."))
    return organisation


@transaction.atomic
def create_document(*, facts: DocumentFacts, actor: Actor, at: datetime) -> SteeringDocument:
    """Start a draft from the actor's organisation to one it steers. Raises NotAllowed, RuleBroken."""
    day = clock.local_date(at)
    issuer = _issuer(actor)
    may = [
        access.may(actor, right, facts.recipient, day) for right in (Right.DRAFT_DOCUMENTS, Right.REGISTER_DOCUMENTS)
    ]
    if not any(may):
        raise NotAllowed(
            _("Du kan ikke lage dokumenter til %(agency)s. Det kan den som har etatsstyringen av virksomheten.")
            % {"agency": facts.recipient.name}
        )
    kind = DocumentKind.objects.get(code=facts.kind)
    problems = _fact_problems(facts, kind)
    if problems:
        raise RuleBroken(problems=problems)
    document = SteeringDocument.objects.create(
        kind=kind,
        issuer=issuer,
        recipient=facts.recipient,
        supplements=facts.supplements,
        created_by_id=actor.user_id,
        last_edited_by_id=actor.user_id,
        **{name: getattr(facts, name) for name in _FACT_FIELDS},
    )
    events.record(
        event="document.drafted",
        subject=document,
        actor=actor,
        at=at,
        counterpart=facts.recipient.uuid,
        after={"title": document.title, "kind": kind.code},
        audience=Audience.INTERNAL,
    )
    return document


def _fact_problems(facts: DocumentFacts, kind: DocumentKind) -> list[Problem]:
    problems = []
    if not facts.title.strip():
        problems.append(Problem("title_missing", _("Skriv tittelen på dokumentet."), "title"))
    if kind.family != DocumentFamily.INSTRUCTION and facts.year is None:
        problems.append(Problem("year_missing", _("Skriv budsjettåret brevet gjelder."), "year"))
    if kind.family == DocumentFamily.SUPPLEMENT and facts.supplements is not None and not facts.supplements.is_issued:
        sentence = _("Brevet du vil supplere, er ikke utstedt. Endre utkastet i stedet.")
        problems.append(Problem("supplements_draft", sentence, "letter"))
    problems += _supplement_problems(facts) if kind.family == DocumentFamily.SUPPLEMENT else []
    if facts.document_date and facts.effective_on and facts.effective_on < facts.document_date:
        sentence = _("Dokumentet kan ikke gjelde fra en dag før det er datert.")
        problems.append(Problem("effective_before_date", sentence, "effective_on"))
    return problems


def _supplement_problems(facts: DocumentFacts) -> list[Problem]:
    """A supplement is to a letter to the same agency, for the same budget year."""
    letter = facts.supplements
    if letter is None:
        return []
    problems = []
    if letter.recipient_id != facts.recipient.pk:
        sentence = _("«%(title)s» er et brev til en annen virksomhet. Velg et brev til %(agency)s.")
        words = {"title": letter.title, "agency": facts.recipient.name}
        problems.append(Problem("other_agency", sentence % words, "letter"))
    if letter.year and facts.year and letter.year != facts.year:
        sentence = _("«%(title)s» gjelder budsjettåret %(year)s. Skriv det samme året.")
        problems.append(Problem("other_year", sentence % {"title": letter.title, "year": letter.year}, "year"))
    return problems


def _locked(document: SteeringDocument) -> SteeringDocument:
    found: SteeringDocument = (
        SteeringDocument.objects.select_related("kind", "issuer", "recipient", "supplements")
        .locked()
        .get(pk=document.pk)
    )
    return found


def touch(document: SteeringDocument, *, actor: Actor) -> None:
    """Raise a locked draft's version and remember its last editor; called by every edit of its rows."""
    document.last_edited_by_id = actor.user_id
    bump(document, fields=("last_edited_by",))


@transaction.atomic
def edit_document(
    *, document: SteeringDocument, values: Mapping[str, Any], actor: Actor, at: datetime, expected_version: int | None
) -> SteeringDocument:
    """Change the head of a draft (keys of DocumentFacts).

    Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken.
    """
    document = _locked(document)
    if not permissions.may_draft(actor, document, clock.local_date(at)):
        raise NotAllowed(_("Utkastet endres av den som har etatsstyringen av virksomheten."))
    check_version(document, expected_version)
    require_editable(document)
    allowed = {name: value for name, value in values.items() if name in _FACT_FIELDS}
    for name, value in allowed.items():
        setattr(document, name, value)
    problems = _head_problems(document, clock.local_date(at)) if allowed else []
    if problems:
        raise RuleBroken(problems=problems)
    document.last_edited_by_id = actor.user_id
    bump(document, fields=[*allowed, "last_edited_by"])
    return document


def _head_problems(document: SteeringDocument, day: date) -> list[Problem]:
    """What is wrong with the head of a draft: no title, or an instruction's day that cannot be."""
    problems = [] if document.title.strip() else [Problem("title_missing", _("Skriv tittelen på dokumentet."), "title")]
    if document.kind.family != DocumentFamily.INSTRUCTION or document.effective_on is None:
        return problems
    return [*problems, *periods.effective_problems(document.effective_on, day), *periods.period_problems(document)]


@transaction.atomic
def discard_document(*, document: SteeringDocument, reason: str, actor: Actor, at: datetime) -> SteeringDocument:
    """Put a draft away; its reserved numbers stay used, with the reason beside. Nothing is deleted."""
    document = _locked(document)
    if not permissions.may_draft(actor, document, clock.local_date(at)):
        raise NotAllowed(_("Utkastet forkastes av den som har etatsstyringen av virksomheten."))
    require_step("discarded", document)
    if not reason.strip():
        raise RuleBroken(problems=[Problem("reason_missing", _("Skriv hvorfor utkastet forkastes."), "reason")])
    DOCUMENT_STATES.apply("discarded", obj=document, actor=actor, at=at)
    close_rounds(document, actor=actor, at=at)
    NumberReservation.objects.filter(document=document, gap_reason="").update(gap_reason=reason)
    events.record(
        event="document.discarded",
        subject=document,
        actor=actor,
        at=at,
        counterpart=document.recipient.uuid,
        reason=reason,
        audience=Audience.INTERNAL,
    )
    return document


@transaction.atomic
def register_issued_document(
    *,
    document: SteeringDocument,
    registration: Registration,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> SteeringDocument:
    """Register a document signed elsewhere: frozen, hashed, in the journal queues; no mail and no copies.

    One person may do it. Doing it twice returns the registered document. Raises NotAllowed, RuleBroken.
    """
    document = _locked(document)
    day = clock.local_date(at)
    if not permissions.may_register(actor, document, day):
        raise NotAllowed(_("Dokumentet registreres av den som har etatsstyringen av virksomheten."))
    if document.state == DocumentState.ISSUED and document.origin == Origin.REGISTERED:
        return document
    check_version(document, expected_version)
    require_step("registered", document)
    problems = _registration_problems(document, day)
    if problems:
        raise RuleBroken(problems=problems)
    writer = ContentWriter(document)
    for signer in registration.signers:
        writer.add(
            Signatory,
            name=signer.name,
            title=signer.title,
            by_authority=signer.by_authority,
            represented_name=signer.represented_name,
        )
    for stored in registration.files:
        writer.add(DocumentFile, file=stored)
    document.origin = Origin.REGISTERED
    sealing.freeze(document, actor=actor, at=at)
    sealing.announce(document, actor=actor, at=at, event="document.registered")
    return document


def _registration_problems(document: SteeringDocument, day: date) -> list[Problem]:
    problems = periods.period_problems(document)
    if document.document_date is None:
        problems.append(Problem("date_missing", _("Skriv datoen som står på brevet."), "document_date"))
    elif document.document_date > day:
        sentence = _("Brevet har en dato fram i tid. Et brev som ikke er sendt, utstedes herfra i stedet.")
        problems.append(Problem("date_in_future", sentence, "document_date"))
    duplicate = SteeringDocument.objects.filter(
        state=DocumentState.ISSUED,
        issuer=document.issuer,
        recipient=document.recipient,
        kind=document.kind,
        year=document.year,
        number=document.number,
    )
    if document.kind.family != DocumentFamily.INSTRUCTION and document.number and duplicate.exists():
        sentence = _("Brev nr. %(number)s for %(year)s er allerede registrert.")
        values = {"number": document.number, "year": document.year}
        problems.append(Problem("number_taken", sentence % values, "number"))
    return problems


@transaction.atomic
def issue_document(
    *,
    document: SteeringDocument,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
    signer_title: str = "",
) -> SteeringDocument:
    """Sign and issue a document made here: number, date, freeze, dispatch, copies, journal, in one transaction.

    The signer is never the last editor, nor a stand-in for that person (two-person rule, K7). Raises NotAllowed,
    NotInThisState (also for the second of two windows), StaleVersion, RuleBroken with every finding that stops.
    """
    document = _locked(document)
    day = clock.local_date(at)
    if not permissions.may_issue(actor, document, day):
        raise NotAllowed(_("Dokumentet utstedes av den som har fullmakt til å signere for avsenderen."))
    require_step("issued", document)
    check_version(document, expected_version)
    if access.same_person(actor, document.last_edited_by_id, day):
        raise NotAllowed(_("Du redigerte brevet sist. En annen må signere."), code="two_person_rule")
    _require_no_findings(document, day)
    if document.kind.family == DocumentFamily.SUPPLEMENT and document.number is None:
        document.number = sealing.reserve_letter_number(document, at=at)
    document.document_date = day
    document.effective_on = document.effective_on or day
    signer_name, represented, office = _signer(actor)
    ContentWriter(document).add(
        Signatory, name=signer_name, title=signer_title, by_authority=bool(represented), represented_name=represented,
        signed_at=at, appointment=office,
    )  # fmt: skip
    sealing.set_ranges(document)
    sealing.freeze(document, actor=actor, at=at)
    dispatch.plan_dispatches(
        subject=document,
        title=document.title,
        sender=document.issuer,
        recipient=document.recipient,
        agency=document.recipient,
        correspondence=copying.correspondence_of(document),
        actor=actor,
        at=at,
        document=document,
    )
    sealing.announce(document, actor=actor, at=at, event="document.issued")
    return document


def _signer(actor: Actor) -> tuple[str, str, Appointment | None]:
    """The name that signs, the one it is signed for, and the office it is signed in (V-37)."""
    if actor.on_behalf_of is None:
        office = Appointment.objects.filter(uuid=actor.appointment).first() if actor.appointment else None
        return actor.name, "", office
    represented = Appointment.objects.for_choice().get(uuid=actor.on_behalf_of)
    return actor.name, str(represented.user), represented


def _require_no_findings(document: SteeringDocument, day: date) -> None:
    """Look the draft over once more: what stops must be mended, what warns acknowledged with a reason."""
    from governance.actions import findings

    findings.refresh_document_findings(document, day=day, stage=Stage.ISSUE)
    problems = findings.hindering(document)
    if problems:
        raise RuleBroken(problems=problems)


def signers_from(rows: Iterable[Mapping[str, Any]]) -> list[Signer]:
    """Signers from typed rows; empty names are left out."""
    return [
        Signer(
            name=str(row.get("name", "")).strip(),
            title=str(row.get("title", "")).strip(),
            by_authority=bool(row.get("by_authority")),
            represented_name=str(row.get("represented_name", "")).strip(),
        )
        for row in rows
        if str(row.get("name", "")).strip()
    ]
