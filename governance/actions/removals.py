"""Taking content out of a sent document: one person asks, another does it (decision A16, ADR 0008).

The only place where the freezing is opened, and only for the length of one transaction. Drafts are edited instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pgtrigger
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import access
from core import clock, events, formatting, jobs
from core.actor import Actor
from core.erasing import Words, marker
from core.errors import NotAllowed, NotInThisState, Problem, RuleBroken
from core.models import OPEN_MESSAGE_STATES, Audience, MessageFile, StoredFile
from core.transitions import bump, check_version
from governance import permissions, snapshot
from governance.actions.publication import RENDER_JOB
from governance.actions.removal_notices import tell_outcome, tell_waiting, tell_withdrawn
from governance.models import LOOKED, Removal, RemovalState, SteeringDocument
from governance.removal.finding import Found, by_line, find, in_document, look, removable_files, shortened
from governance.removal.seals import reseal_changed, watch
from governance.removal.writing import forget_files, freezing_triggers, reseal, rewrite_hearings, write_markers
from governance.restricted import withheld_from

SHORTEST, LONGEST, MOST_LINES = 4, 4000, 50


@dataclass(frozen=True)
class RemovalRequest:
    """What is asked for: the exact words, one passage a line, or one file; and why."""

    reason: str
    basis: str
    words: str = ""
    file: StoredFile | None = None


@transaction.atomic
def ask_for_removal(*, document: SteeringDocument, request: RemovalRequest, actor: Actor, at: datetime) -> Removal:
    """Ask for content to be taken out. Nothing is changed before another person has done it.

    The files are read here, once: the page of the request says what they held. They are read again when it is done.
    Raises NotAllowed, NotInThisState (the document is not issued), RuleBroken with every problem.
    """
    document = SteeringDocument.objects.for_detail().locked().get(pk=document.pk)
    _require_right(document, actor, clock.local_date(at))
    if problems := _problems(document, request):
        raise RuleBroken(problems=problems)
    row = Removal.objects.create(
        document=document,
        file=request.file,
        words=Words(request.words).text if request.file is None else "",
        label=_("En fil") if request.file is not None else _("Ord i dokumentet"),
        reason=request.reason.strip(),
        basis=request.basis.strip(),
        asked_by_id=actor.user_id,
        asked_at=at,
        removed={} if request.file is not None else {LOOKED: look(document, Words(request.words))},
    )
    _record("document.removal_asked", row, actor, at, reason=row.reason)
    tell_waiting(row, actor=actor, at=at)
    return row


def _require_right(document: SteeringDocument, actor: Actor, day: date) -> None:
    if sentence := why_not(document, actor, day):
        raise NotAllowed(sentence)
    if not document.is_issued:
        raise NotInThisState(_("Dokumentet er ikke sendt. Rett utkastet i stedet."))


def why_not(document: SteeringDocument, actor: Actor, day: date) -> str:
    """Why the actor can take no part in removing content from the document; empty when they can (K15)."""
    if not permissions.may_remove(actor, document, day):
        return _("Fjerning foreslås og utføres av dem som har etatsstyringen av virksomheten, eller departementsråden.")
    if withheld_from(document, actor, day):
        return _("Dokumentet har unntatte oppdrag du ikke kan lese. Fjerning må gjøres av to som kan lese alt.")
    return ""


def _problems(document: SteeringDocument, request: RemovalRequest) -> list[Problem]:
    problems = []
    if not request.reason.strip():
        problems.append(Problem("reason_missing", _("Skriv hvorfor innholdet må fjernes."), "reason"))
    if not request.basis.strip():
        sentence = _("Skriv hjemmelen, for eksempel «personvernforordningen art. 17».")
        problems.append(Problem("basis_missing", sentence, "basis"))
    if set(request.basis) & set("<>&[]"):
        problems.append(Problem("basis_signs", _("Hjemmelen kan ikke ha tegnene < > & [ ]."), "basis"))
    if request.file is not None:
        if request.words.strip():
            sentence = _("Foreslå enten ord eller en fil, ikke begge deler i samme forslag.")
            problems.append(Problem("words_and_file", sentence, "file"))
        if request.file.pk not in {row.pk for row in removable_files(document)}:
            problems.append(Problem("file_gone", _("Filen hører ikke til dokumentet, eller er alt fjernet."), "file"))
        return problems
    return problems + _word_problems(document, request)


def _word_problems(document: SteeringDocument, request: RemovalRequest) -> list[Problem]:
    words = Words(request.words)
    problems = _size_problems(words)
    if problems:
        return problems
    for name, text in (("reason", request.reason), ("basis", request.basis)):
        if words.stand_in(text):
            sentence = _("Teksten gjentar ordene som skal fjernes. Skriv den om, for den blir stående.")
            problems.append(Problem("repeats_words", sentence, name))
    for line in by_line(in_document(document, words), words):
        if not line.inside:
            sentence = _("«%(words)s» står ikke i dokumentet. Lim inn ordene slik de står der, eller ta bort linjen.")
            problems.append(Problem("words_not_found", sentence % {"words": shortened(line.words)}, "words"))
    if words.stand_in(marker(date.min, request.basis)):
        problems.append(Problem("words_are_marker", _("Disse ordene kan ikke fjernes."), "words"))
    return problems


def _size_problems(words: Words) -> list[Problem]:
    if not words.lines:
        sentence = _("Lim inn ordene som skal fjernes, slik de står i dokumentet. Hver linje søkes for seg.")
        return [Problem("words_missing", sentence, "words")]
    if len(words.text) > LONGEST or len(words.lines) > MOST_LINES:
        sentence = _("Et forslag kan ha %(lines)s linjer og %(number)s tegn. Del det i flere.")
        return [Problem("words_long", sentence % {"lines": MOST_LINES, "number": LONGEST}, "words")]
    sentence = _("«%(words)s» er for kort. Hver linje må ha minst %(number)s tegn.")
    return [
        Problem("words_missing", sentence % {"words": line, "number": SHORTEST}, "words")
        for line in words.lines
        if len(line) < SHORTEST
    ]


@transaction.atomic
def remove_content(*, removal: Removal, actor: Actor, at: datetime, expected_version: int | None = None) -> Removal:
    """Do what another person has asked for: the marker stands where the content stood, in every copy that we hold.

    Raises NotAllowed (no right, or the same person by the two-person rule), StaleVersion, NotInThisState (decided
    already, the seal is broken, a mail with the content is on its way), RuleBroken.
    """
    row = _locked(removal, actor, at, expected_version)
    document = SteeringDocument.objects.for_detail().get(pk=row.document_id)
    if not snapshot.verify(document):
        sentence = _(
            "Dokumentet stemmer ikke med kontrollsummen. Meld fra til den som drifter systemet før noe fjernes."
        )
        raise NotInThisState(sentence, code="seal_broken")
    row.marker = marker(clock.local_date(at), row.basis)
    with pgtrigger.ignore(*freezing_triggers()):
        if row.file is None:
            _take_out_words(row, document, actor, at)
        else:
            _take_out_file(row, document, at)
    if not snapshot.verify_as(document, row.sha256_after):
        raise NotInThisState(
            _("Innholdet ble ikke fjernet: det som sto igjen, stemte ikke. Prøv igjen."), code="unsealed"
        )
    row.words = ""
    _decide(row, RemovalState.DONE, actor, at)
    row.backups = _("Sikkerhetskopier tatt før %(moment)s har fortsatt innholdet.") % {"moment": formatting.moment(at)}
    fields = ("state", "decided_by", "decided_at", "words", "marker", "sha256", "sha256_after", "removed", "backups")
    bump(row, fields=fields)
    _record("document.content_removed", row, actor, at, reason=row.reason, audience=Audience.SHARED)
    tell_outcome(row, actor=actor, at=at)
    jobs.enqueue(
        name=RENDER_JOB,
        label=_("Lager PDF av %(title)s") % {"title": SteeringDocument.objects.get(pk=document.pk).title},
        actor=actor,
        subject=document,
        unit=_("sider"),
    )
    return row


def _take_out_words(row: Removal, document: SteeringDocument, actor: Actor, at: datetime) -> None:
    words = Words(row.words)
    found = find(document, words, lock=True)
    if not found.inside:
        raise NotInThisState(_("Ordene står ikke lenger i dokumentet. Avslå forslaget."), code="words_gone")
    _require_no_mail_on_its_way(found)
    row.sha256 = document.snapshot.sha256 if document.snapshot else ""
    frozen = watch(document)
    write_markers(found, words, row.marker, at)
    rewrite_hearings(document, words, marker=row.marker, actor=actor, at=at)
    files = forget_files(found.files, words, row.marker, at)
    row.sha256_after = reseal(document, marker=row.marker, actor=actor, at=at)
    seals = reseal_changed(frozen, marker=row.marker, actor=actor, at=at)
    counts = {"document": len(found.inside), "files": files, "unread": len(found.unread), "seals": seals}
    row.removed = {"places": found.counts, **counts, "file_hashes": sorted({part.sha256 for part in found.files})}
    _tell_own_side(row, found, actor, at)


def _tell_own_side(row: Removal, found: Found, actor: Actor, at: datetime) -> None:
    """What went from texts the agency has not shared stands in its own history, which the ministry does not see."""
    counted = found.own_counts
    if not counted:
        return
    places = ", ".join(f"{what} {number}" for what, number in counted.items())
    events.record(
        event="document.own_content_removed",
        subject=row.document,
        actor=actor,
        at=at,
        organisation=row.document.recipient.uuid,
        after={"removal": row.uuid, "basis": row.basis, "places": counted},
        reason=_("Også i det dere ikke har delt: %(places)s.") % {"places": places},
        audience=Audience.INTERNAL,
    )


def _take_out_file(row: Removal, document: SteeringDocument, at: datetime) -> None:
    assert row.file is not None
    if row.file.removed_at is not None:
        raise NotInThisState(_("Filen er alt fjernet. Avslå forslaget."), code="words_gone")
    found = Found(files=[row.file])
    _require_no_mail_on_its_way(found)
    row.sha256, row.sha256_after = row.file.sha256, document.snapshot.sha256 if document.snapshot else ""
    number = forget_files([row.file], None, row.marker, at)
    row.removed = {"places": {}, "document": 0, "files": number, "unread": 0, "file_hashes": [row.sha256]}


def _require_no_mail_on_its_way(found: Found) -> None:
    hashes = {stored.sha256 for stored in found.files}
    waiting = MessageFile.objects.filter(file__sha256__in=hashes, message__state__in=OPEN_MESSAGE_STATES)
    if number := waiting.values("message").distinct().count():
        sentence = ngettext(
            "%(number)s e-post med innholdet er på vei ut. Vent til den er sendt, og prøv igjen.",
            "%(number)s e-poster med innholdet er på vei ut. Vent til de er sendt, og prøv igjen.",
            number,
        )
        raise NotInThisState(sentence % {"number": number}, code="mail_on_its_way")


@transaction.atomic
def decline_removal(
    *, removal: Removal, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> Removal:
    """Say no to a removal another person has asked for, with a reason. The document stands as it is.

    Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    row = _locked(removal, actor, at, expected_version)
    _end_without(row, RemovalState.DECLINED, reason, actor, at, missing=_("Skriv hvorfor innholdet ikke fjernes."))
    _record("document.removal_declined", row, actor, at, reason=row.decision_reason)
    tell_outcome(row, actor=actor, at=at)
    return row


@transaction.atomic
def withdraw_removal(
    *, removal: Removal, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> Removal:
    """Take back one's own request before another person has decided it, with a reason that stays in the protocol.

    Raises NotAllowed (another person's request), StaleVersion, NotInThisState, RuleBroken.
    """
    row = _lock_rows(removal)
    if sentence := why_not_withdraw(row, actor, clock.local_date(at)):
        raise NotAllowed(sentence)
    _require_waiting(row, expected_version)
    _end_without(row, RemovalState.WITHDRAWN, reason, actor, at, missing=_("Skriv hvorfor forslaget trekkes."))
    _record("document.removal_withdrawn", row, actor, at, reason=row.decision_reason)
    tell_withdrawn(row, actor=actor, at=at)
    return row


def why_not_withdraw(removal: Removal, actor: Actor, day: date) -> str:
    """Why the actor cannot take the request back; empty when it is their own (or the one's they stand in for)."""
    own = access.same_person(actor, removal.asked_by_id, day)
    if own and permissions.may_remove(actor, removal.document, day):
        return ""
    return _("Forslaget trekkes av den som foreslo det. Du kan avslå det.")


def _end_without(row: Removal, state: RemovalState, reason: str, actor: Actor, at: datetime, *, missing: str) -> None:
    """Decide without taking anything out: the reason stays, the words of the request do not."""
    if not reason.strip():
        raise RuleBroken(problems=[Problem("reason_missing", missing, "reason")])
    if row.words and Words(row.words).stand_in(reason):
        sentence = _("Begrunnelsen gjentar ordene det gjelder. Skriv den om, for den blir stående.")
        raise RuleBroken(problems=[Problem("repeats_words", sentence, "reason")])
    row.decision_reason, row.words, row.removed = reason.strip(), "", {}
    _decide(row, state, actor, at)
    bump(row, fields=("state", "decided_by", "decided_at", "decision_reason", "words", "removed"))


def same_person(removal: Removal, actor: Actor, day: date) -> str:
    """Why the two-person rule keeps the actor from deciding; empty when it does not (ADR 0008, point 4)."""
    if access.same_person(actor, removal.asked_by_id, day):
        return _("Du foreslo fjerningen, eller er stedfortreder for den som gjorde det. En annen må avgjøre den.")
    return ""


def _locked(removal: Removal, actor: Actor, at: datetime, expected_version: int | None) -> Removal:
    """The request under lock, when this actor may decide it; the document is locked with it."""
    day = clock.local_date(at)
    row = _lock_rows(removal)
    _require_right(row.document, actor, day)
    if sentence := same_person(row, actor, day):
        raise NotAllowed(sentence, code="two_person_rule")
    _require_waiting(row, expected_version)
    return row


def _lock_rows(removal: Removal) -> Removal:
    document = SteeringDocument.objects.for_detail().locked().get(pk=removal.document_id)
    row: Removal = Removal.objects.select_related("file", "asked_by").locked().get(pk=removal.pk)
    row.document = document
    return row


def _require_waiting(row: Removal, expected_version: int | None) -> None:
    if row.state != RemovalState.ASKED:
        label = str(row.get_state_display())
        raise NotInThisState(_("Forslaget er alt avgjort: %(state)s.") % {"state": label}, code="decided")
    check_version(row, expected_version)


def _decide(row: Removal, state: RemovalState, actor: Actor, at: datetime) -> None:
    row.state, row.decided_by_id, row.decided_at = state, actor.user_id, at


def _record(
    event: str, row: Removal, actor: Actor, at: datetime, *, reason: str, audience: Audience = Audience.INTERNAL
) -> None:
    """On record without the content. What was done is told both sides; the request is the ministry's own."""
    document = row.document
    events.record(
        event=event,
        subject=document,
        actor=actor,
        at=at,
        organisation=document.issuer.uuid,
        counterpart=document.recipient.uuid,
        after={"removal": row.uuid, "what": row.label, "basis": row.basis, "sha256": row.sha256},
        reason=reason,
        audience=audience,
    )
