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
    entry = JournalEntry.objects.select_related("organisation", "counterpart").locked().get(pk=entry.pk)
    day = clock.local_date(at)
    rights = [access.may(actor, Right.JOURNAL, side, day) for side in (entry.counterpart, entry.organisation)]
    if actor.organisation != entry.organisation.uuid or not any(rights):
        raise NotAllowed(_("Bare den som journalfører for organisasjonen, kan føre dette."))
    check_version(entry, expected_version)
    if entry.state == JournalState.JOURNALLED:
        raise NotInThisState(_("Dokumentet er allerede journalført. Rett i arkivsystemet om noe er feil."))
    problems = _journal_problems(case_number, document_number, public_title, access_code, access_basis)
    if problems:
        raise RuleBroken(problems=problems)
    entry.case_number, entry.document_number = case_number.strip(), document_number.strip()
    entry.public_title = public_title.strip()
    entry.access_code, entry.access_basis = access_code.strip(), access_basis.strip()
    entry.access_proposed_by_id = actor.user_id if access_code.strip() else None
    entry.state, entry.journalled_at = JournalState.JOURNALLED, at
    bump(
        entry,
        fields=(
            "case_number",
            "document_number",
            "public_title",
            "access_code",
            "access_basis",
            "access_proposed_by",
            "state",
            "journalled_at",
        ),
    )
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


def _journal_problems(case: str, number: str, title: str, code: str, basis: str) -> list[Problem]:
    problems = []
    if not case.strip():
        problems.append(Problem("case_missing", _("Skriv saksnummeret fra arkivsystemet."), "case_number"))
    if not number.strip():
        problems.append(Problem("number_missing", _("Skriv dokumentnummeret fra arkivsystemet."), "document_number"))
    if says_nothing(title):
        sentence = _("Den offentlige tittelen må si hva dokumentet gjelder, for eksempel «Svar på oppdrag om …».")
        problems.append(Problem("public_title_empty", sentence, "public_title"))
    if code.strip() and not basis.strip():
        problems.append(
            Problem("basis_missing", _("Skriv hjemmelen for unntaket, for eksempel «offl. § 15»."), "access_basis")
        )
    return problems
