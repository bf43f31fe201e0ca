"""Needs for steering from expert meetings: noted, taken into a draft, given by a letter, or withdrawn (R-51, V-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Department, Organisation
from agencies.querysets import valid_on
from core import clock, events
from core.actor import Actor
from core.errors import NotAllowed, NotFound, NotInThisState, Problem, RuleBroken
from core.formatting import full_date
from core.graded import graded_problems
from core.models import Audience
from core.transitions import bump, check_version
from governance.actions.draft_passages import add_passage
from governance.actions.draft_rows import save_row
from governance.drafting import chapters
from governance.models import DocumentFamily, SteeringDocument
from reporting.models import CalendarEntry, NeedState, SteeringNeed
from reporting.permissions.meetings import departments_to_note_for, require_giving, require_keeping
from reporting.selectors.needs import letters_after, title_from

LONGEST = 2000
ASSIGNMENT, TEXT = "assignment", "passage"


@dataclass(frozen=True)
class NeedNote:
    """What came up: in which meeting, on which day, about what, and which department it belongs to.

    ``key`` is the permanent id the form was opened with, so that sending it twice makes one need. A meeting of the
    calendar gives name and day where these are left out.
    """

    key: UUID
    words: str = ""
    department: Department | None = None
    entry: CalendarEntry | None = None
    meeting: str = ""
    held_on: date | None = None

    @property
    def name(self) -> str:
        """The meeting's name as written, else that of the calendar."""
        return self.meeting.strip() or (self.entry.title.strip() if self.entry else "")

    @property
    def day(self) -> date | None:
        """The day as written, else when the meeting of the calendar was."""
        return self.held_on or (self.entry and (self.entry.held_on or self.entry.date)) or None


@transaction.atomic
def note_need(*, agency: Organisation, note: NeedNote, actor: Actor, at: datetime) -> SteeringNeed:
    """Put on record that a need for steering came up in an expert meeting. Gives nobody an instruction.

    Doing it twice with the same key returns the first. Raises NotAllowed, RuleBroken with every problem.
    """
    day = clock.local_date(at)
    departments = departments_to_note_for(actor, agency, day)
    if not departments.exists():
        raise NotAllowed(_("Behov noteres av avdelingene i departementet som styrer virksomheten."))
    problems = [*_meeting_problems(agency, note, day), *_words_problems(note)]
    problems += _department_problems(note, departments)
    if problems:
        raise RuleBroken(problems=problems)
    values = {
        "superior": Organisation.objects.get(uuid=actor.organisation),
        "agency": agency,
        "department": note.department,
        "entry": note.entry,
        "meeting": note.name[:200],
        "held_on": note.day,
        "words": note.words.strip(),
        "noted_by_id": actor.user_id,
        "noted_at": at,
    }
    row, made = SteeringNeed.objects.get_or_create(uuid=note.key, defaults=values)
    if not made and (row.agency_id != agency.pk or row.noted_by_id != actor.user_id):
        raise NotFound(_("Skjemaet hører til noe annet. Åpne det på nytt."))
    if made:
        _record("need.noted", row, actor, at)
    return row


def _meeting_problems(agency: Organisation, note: NeedNote, today: date) -> list[Problem]:
    problems = []
    if note.entry is not None and note.entry.agency_id != agency.pk:
        problems.append(Problem("entry", _("Møtet er ikke med denne virksomheten. Velg et annet."), "entry"))
    if not note.name:
        problems.append(Problem("meeting_missing", _("Skriv hva møtet het."), "meeting"))
    if note.day is None:
        problems.append(Problem("day_missing", _("Skriv hvilken dag møtet var."), "held_on"))
    elif note.day > today:
        sentence = _("Møtet %(day)s er ikke holdt ennå. Skriv dagen det var, eller vent til det er holdt.")
        problems.append(Problem("day_ahead", sentence % {"day": full_date(note.day)}, "held_on"))
    return problems


def _words_problems(note: NeedNote) -> list[Problem]:
    words = note.words.strip()
    if not words:
        return [Problem("words_missing", _("Skriv hva det er behov for å gi styring om."), "words")]
    if len(words) > LONGEST:
        sentence = _("Teksten er lengre enn %(number)s tegn. Skriv behovet kortere, eller del det i to.")
        return [Problem("words_long", sentence % {"number": LONGEST}, "words")]
    return graded_problems({"words": words})


def _department_problems(note: NeedNote, departments: Any) -> list[Problem]:
    chosen = note.department
    if chosen is None:
        return [Problem("department_missing", _("Velg avdelingen behovet hører til."), "department")]
    if not departments.filter(pk=chosen.pk).exists():
        codes = ", ".join(departments.values_list("code", flat=True))
        sentence = _("Du kan notere behov for %(codes)s. For andre avdelinger gjør etatsstyreren det.")
        return [Problem("department_closed", sentence % {"codes": codes}, "department")]
    if note.day and not Department.objects.filter(valid_on(note.day), pk=chosen.pk).exists():
        sentence = _("%(code)s fantes ikke %(day)s, da møtet var. Velg avdelingen som fantes da.")
        words = {"code": chosen.code, "day": full_date(note.day)}
        return [Problem("V-32", sentence % words, "department")]
    return []


# ---- into a letter ----
@transaction.atomic
def take_need_in(
    *, need: SteeringNeed, document: SteeringDocument | None, how: str, actor: Actor, at: datetime, title: str = ""
) -> SteeringNeed:
    """Write the need into a draft as an assignment or as text, and link them. The letter gives it when it is issued.

    Doing it twice in the same draft changes nothing. ``title`` names the assignment; empty takes the first words.
    Raises NotAllowed, NotInThisState (settled, or another draft has it), RuleBroken.
    """
    if document is not None:
        document = SteeringDocument.objects.select_related("kind", "issuer", "recipient").locked().get(pk=document.pk)
    row = _locked(need)
    require_giving(actor, row.agency, row.superior, clock.local_date(at))
    _require_open(row)
    if row.held and document is not None and row.document_id == document.pk:
        return row
    if row.held:
        raise NotInThisState(_held_words(row), code="held")
    problems = _draft_problems(row, document, how)
    if problems or document is None:
        raise RuleBroken(problems=problems)
    write = _write_assignment if how == ASSIGNMENT else _write_text
    row.document, row.item_type, row.item = document, how, write(row, document, title.strip(), actor, at)
    row.taken_by_id = actor.user_id
    bump(row, fields=("document", "item_type", "item", "taken_by"))
    _record("need.taken_in", row, actor, at, after={"document": document.uuid})
    return row


def _held_words(row: SteeringNeed) -> str:
    words = {"who": row.taken_by, "title": row.document.title if row.document else ""}
    return (
        _("%(who)s har tatt behovet inn i «%(title)s». Ta det ut der hvis det heller skal stå i et annet brev.") % words
    )


def _draft_problems(row: SteeringNeed, document: SteeringDocument | None, how: str) -> list[Problem]:
    problems = []
    letter = document is not None and document.kind.family != DocumentFamily.INSTRUCTION
    if (
        document is None
        or not letter
        or (document.issuer_id, document.recipient_id) != (row.superior_id, row.agency_id)
    ):
        sentence = _("Velg et utkast til tildelingsbrev eller supplerende brev til %(agency)s.")
        problems.append(Problem("document", sentence % {"agency": row.agency.name}, "document"))
    if how not in (ASSIGNMENT, TEXT):
        problems.append(Problem("how", _("Velg om behovet blir et oppdrag eller tekst i brevet."), "how"))
    return problems


def _write_assignment(row: SteeringNeed, document: SteeringDocument, title: str, actor: Actor, at: datetime) -> UUID:
    """A new assignment of the department, when it exists on the letter's date."""
    day = document.document_date or clock.local_date(at)
    department = Department.objects.filter(valid_on(day), pk=row.department_id).first()
    data: Mapping[str, Any] = {
        "title": title or title_from(row.words),
        "body": row.words,
        "department": str(department.uuid) if department else None,
    }
    made: UUID = save_row(document=document, item_type=ASSIGNMENT, data=data, actor=actor, at=at).uuid
    return made


def _write_text(row: SteeringNeed, document: SteeringDocument, title: str, actor: Actor, at: datetime) -> UUID:
    """Running text in the chapter where assignments stand."""
    chapter = chapters.chapter_for_rows(document, ASSIGNMENT, clock.local_date(at))
    made: UUID = add_passage(document=document, text=row.words, chapter=chapter, actor=actor, at=at).uuid
    return made


@transaction.atomic
def answer_needs(*, document: SteeringDocument, actor: Actor, at: datetime) -> list[SteeringNeed]:
    """What stands in a letter is given when it is issued, in the transaction that issues it.

    Called by the receiver of ``document_issued``; a second call finds nothing open.
    """
    rows = SteeringNeed.objects.filter(document=document, state=NeedState.OPEN).order_by("id")
    keys = list(rows.select_for_update().values_list("pk", flat=True))
    given = list(SteeringNeed.objects.for_list().filter(pk__in=keys, held=True).order_by("id"))
    for row in given:
        _settle(row, NeedState.GIVEN, actor, at)
    return given


@transaction.atomic
def point_at_letter(
    *,
    need: SteeringNeed,
    document: SteeringDocument | None,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> SteeringNeed:
    """Say that an issued letter already gives the need: it was written without it being taken in from here.

    Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    row = _locked(need)
    require_giving(actor, row.agency, row.superior, clock.local_date(at))
    check_version(row, expected_version)
    _require_open(row)
    if row.held:
        raise NotInThisState(_held_words(row), code="held")
    seen = letters_after(row)
    if document is None or not seen.filter(pk=document.pk).exists():
        sentence = _("Velg et brev til %(agency)s som er utstedt og datert på møtedagen eller senere.")
        raise RuleBroken(problems=[Problem("document", sentence % {"agency": row.agency.name}, "document")])
    row.document, row.item_type, row.item = document, "", None
    _settle(row, NeedState.GIVEN, actor, at, also=("document", "item_type", "item"))
    return row


@transaction.atomic
def withdraw_need(
    *, need: SteeringNeed, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> SteeringNeed:
    """The ministry does not need to steer after all; the reason stays on record.

    Raises NotAllowed, StaleVersion, NotInThisState, RuleBroken.
    """
    row = _locked(need)
    require_keeping(actor, row.agency, row.department_id, clock.local_date(at))
    check_version(row, expected_version)
    _require_open(row)
    if row.held:
        raise NotInThisState(_held_words(row), code="held")
    if not reason.strip():
        sentence = _("Skriv hvorfor det ikke er behov for styring likevel.")
        raise RuleBroken(problems=[Problem("reason_missing", sentence, "reason")])
    row.reason = reason.strip()
    _settle(row, NeedState.WITHDRAWN, actor, at, also=("reason",))
    return row


def _locked(need: SteeringNeed) -> SteeringNeed:
    SteeringNeed.objects.select_for_update().only("pk").get(pk=need.pk)
    found: SteeringNeed = SteeringNeed.objects.for_list().get(pk=need.pk)
    return found


def _require_open(row: SteeringNeed) -> None:
    if row.state == NeedState.GIVEN:
        title = row.document.title if row.document else ""
        raise NotInThisState(_("Behovet er gitt skriftlig i «%(title)s».") % {"title": title})
    if row.state == NeedState.WITHDRAWN:
        raise NotInThisState(_("Behovet er trukket. Noter et nytt hvis det likevel skal gis styring."))


def _settle(row: SteeringNeed, state: NeedState, actor: Actor, at: datetime, also: tuple[str, ...] = ()) -> None:
    row.state, row.settled_by_id, row.settled_at = state, actor.user_id, at
    bump(row, fields=("state", "settled_by", "settled_at", *also))
    given = state == NeedState.GIVEN
    after = {"document": row.document.uuid} if given and row.document else {}
    _record(f"need.{state.value}", row, actor, at, reason=row.reason, after=after, shared=given)


def _record(
    event: str,
    row: SteeringNeed,
    actor: Actor,
    at: datetime,
    *,
    reason: str = "",
    after: Mapping[str, Any] | None = None,
    shared: bool = False,
) -> None:
    """On record with the ministry; the agency sees only that a letter has given it, never the words."""
    events.record(
        event=event,
        subject=row,
        actor=actor,
        at=at,
        organisation=row.superior.uuid,
        counterpart=row.agency.uuid,
        reason=reason,
        after=after,
        audience=Audience.SHARED if shared else Audience.INTERNAL,
    )
