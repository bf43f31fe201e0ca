"""The journal queue: freezing is not archiving (decision C7, domain 3.12)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import access
from agencies.models import Organisation
from agencies.rights import Right
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import Audience, BaseModel
from core.transitions import bump, check_version
from governance.models import JournalEntry, JournalState
from governance.public_words import says_nothing


def enqueue_pair(
    *,
    subject: BaseModel,
    title: str,
    sender: Organisation,
    recipient: Organisation,
    document_date: date,
    sha256: str = "",
    case_number: str = "",
    document_number: str = "",
    public_title: str = "",
) -> list[JournalEntry]:
    """Put a sent document in the sender's queue as outgoing and the recipient's as incoming.

    ``case_number`` and ``document_number`` are the sender's own. Doing it twice gives the same two rows.
    """
    rows = []
    sides = [
        (sender, recipient, JournalEntry.Direction.OUTGOING, case_number, document_number),
        (recipient, sender, JournalEntry.Direction.INCOMING, "", ""),
    ]
    for organisation, counterpart, direction, case, number in sides:
        row, _created = JournalEntry.objects.get_or_create(
            organisation=organisation,
            subject=subject.uuid,
            direction=direction,
            defaults={
                "counterpart": counterpart,
                "subject_type": subject._meta.label_lower,
                "title": title[:300],
                "public_title": (public_title or title)[:300],
                "document_date": document_date,
                "case_number": case,
                "document_number": number,
                "sha256": sha256,
            },
        )
        rows.append(row)
    return rows


@transaction.atomic
def record_journalled(
    *,
    entry: JournalEntry,
    case_number: str,
    document_number: str,
    public_title: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
    access_code: str = "",
    access_basis: str = "",
) -> JournalEntry:
    """Record that the archive has the document, with its case and document number.

    An exemption needs its legal basis and a public title that says what the document is (domain 3.12). Raises
    NotAllowed, NotInThisState, StaleVersion, RuleBroken.
    """
    entry = _lock_for_journaller(entry, actor, at)
    check_version(entry, expected_version)
    return write_journalled(
        entry, case_number=case_number, document_number=document_number, public_title=public_title,
        access_code=access_code, access_basis=access_basis, actor=actor, at=at,
    )  # fmt: skip


def write_journalled(
    entry: JournalEntry,
    *,
    case_number: str,
    document_number: str,
    public_title: str,
    access_code: str,
    access_basis: str,
    actor: Actor,
    at: datetime,
) -> JournalEntry:
    """What the archive answered, on a locked row, typed by a person or read from its receipt.

    Raises NotInThisState, RuleBroken.
    """
    if entry.state == JournalState.JOURNALLED:
        raise NotInThisState(_("Dokumentet er allerede journalført. Rett i arkivsystemet om noe er feil."))
    problems = _journal_problems(case_number, document_number)
    problems += _proposal_problems(public_title, access_code, access_basis)
    if problems:
        raise RuleBroken(problems=problems)
    entry.case_number, entry.document_number = case_number.strip(), document_number.strip()
    _propose(entry, public_title, access_code, access_basis, actor, at)
    entry.state, entry.journalled_at, entry.problem = JournalState.JOURNALLED, at, ""
    bump(entry, fields=("case_number", "document_number", *PROPOSED, "state", "journalled_at", "problem"))
    events.record(
        event="journal.recorded",
        subject=entry,
        actor=actor,
        at=at,
        organisation=entry.organisation.uuid,
        after={"case": entry.case_number, "document": entry.document_number, "subject": entry.subject},
        audience=Audience.INTERNAL,
    )
    return entry


@transaction.atomic
def propose_access(
    *,
    entry: JournalEntry,
    public_title: str,
    access_code: str,
    access_basis: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> JournalEntry:
    """What goes with the document to the archive: its public title and, as a proposal, access code and legal basis.

    Who proposed it, and when, stands in the package. Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken.
    """
    entry = _lock_for_journaller(entry, actor, at)
    check_version(entry, expected_version)
    if entry.state in (JournalState.EXPORTED, JournalState.JOURNALLED):
        raise NotInThisState(_("Dokumentet er alt overført. Rett tittel og tilgang i arkivsystemet."))
    problems = _proposal_problems(public_title, access_code, access_basis)
    if problems:
        raise RuleBroken(problems=problems)
    _propose(entry, public_title, access_code, access_basis, actor, at)
    bump(entry, fields=PROPOSED)
    events.record(
        event="journal.access_proposed",
        subject=entry,
        actor=actor,
        at=at,
        organisation=entry.organisation.uuid,
        after={"code": entry.access_code, "basis": entry.access_basis, "subject": entry.subject},
        audience=Audience.INTERNAL,
    )
    return entry


PROPOSED = ("public_title", "access_code", "access_basis", "access_proposed_by", "access_proposed_at")


def _propose(entry: JournalEntry, title: str, code: str, basis: str, actor: Actor, at: datetime) -> None:
    """A proposal keeps its person and moment for as long as its words stand."""
    said = (code.strip(), basis.strip())
    if said != (entry.access_code, entry.access_basis):
        entry.access_proposed_by_id = actor.user_id if said[0] else None
        entry.access_proposed_at = at if said[0] else None
    entry.public_title, (entry.access_code, entry.access_basis) = title.strip(), said


def _lock_for_journaller(entry: JournalEntry, actor: Actor, at: datetime) -> JournalEntry:
    locked: JournalEntry = JournalEntry.objects.select_related("organisation", "counterpart").locked().get(pk=entry.pk)
    day = clock.local_date(at)
    rights = [access.may(actor, Right.JOURNAL, side, day) for side in (locked.counterpart, locked.organisation)]
    if actor.organisation != locked.organisation.uuid or not any(rights):
        raise NotAllowed(_("Bare den som journalfører for organisasjonen, kan føre dette."))
    return locked


def _journal_problems(case: str, number: str) -> list[Problem]:
    problems = []
    if not case.strip():
        problems.append(Problem("case_missing", _("Skriv saksnummeret fra arkivsystemet."), "case_number"))
    if not number.strip():
        problems.append(Problem("number_missing", _("Skriv dokumentnummeret fra arkivsystemet."), "document_number"))
    return problems


def _proposal_problems(title: str, code: str, basis: str) -> list[Problem]:
    problems = []
    if says_nothing(title):
        sentence = _("Den offentlige tittelen må si hva dokumentet gjelder, for eksempel «Svar på oppdrag om …».")
        problems.append(Problem("public_title_empty", sentence, "public_title"))
    if code.strip() and not basis.strip():
        problems.append(
            Problem("basis_missing", _("Skriv hjemmelen for unntaket, for eksempel «offl. § 15»."), "access_basis")
        )
    if basis.strip() and not code.strip():
        sentence = _("Skriv tilgangskoden som hører til hjemmelen, slik arkivet deres bruker den.")
        problems.append(Problem("code_missing", sentence, "access_code"))
    return problems
