"""An edited file comes back to a draft: read, compared, and taken in row by row by a person (K1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, events, files
from core.actor import Actor
from core.errors import DomainError, NotAllowed, NotInThisState, Problem, Unreadable
from core.models import Audience
from core.transitions import bump
from governance import permissions, roundtrip
from governance.actions import documents, draft_passages, draft_rows
from governance.models import (
    ReturnedChange,
    ReturnedChangeState,
    ReturnedFile,
    ReturnedFileState,
    RowRevision,
    SteeringDocument,
)
from governance.roundtrip import comparing
from governance.roundtrip.letter import Letter
from governance.roundtrip.word import read_word


def receive_file(*, document: SteeringDocument, name: str, data: bytes, actor: Actor, at: datetime) -> ReturnedFile:
    """Read an edited Word or JSON file of this draft and write down what it changes. Nothing in the draft changes.

    Raises NotAllowed, NotInThisState for a letter that has been issued, Unreadable with every problem.
    """
    _require(document, actor, at)
    letter = _read(data)
    _require_same(document, letter)
    found = compare(document, letter)
    with transaction.atomic():
        stored = files.store(name=name, data=data, actor=actor, organisation=document.issuer.uuid)
        state = ReturnedFileState.OPEN if found else ReturnedFileState.DONE
        returned = ReturnedFile.objects.create(
            document=document, file=stored, state=state, returned_by_id=actor.user_id, returned_at=at
        )
        numbers = letter.exported.get("numbers", {})
        ReturnedChange.objects.bulk_create(
            ReturnedChange(
                returned=returned, ordinal=number, act=one.act, item=UUID(one.uuid), item_type=one.kind,
                before=dict(one.before), after=dict(one.after), base_number=numbers.get(one.uuid, 0),
            )
            for number, one in enumerate(found, start=1)
        )  # fmt: skip
    return returned


def compare(document: SteeringDocument, letter: Letter) -> list[comparing.Found]:
    """The file against the draft as it stands now."""
    revisions = _bases(document, letter)
    return comparing.compare(letter, roundtrip.letter_of(document), revisions.get)


def _bases(document: SteeringDocument, letter: Letter) -> dict[str, dict[str, Any]]:
    """The values each row had when the file was made: the revision with its number, in one query."""
    numbers = letter.exported.get("numbers", {})
    exported = letter.exported.get("rows", {})
    rows = RowRevision.objects.filter(document=document).values_list("item", "number", "data")
    return {
        str(item): data for item, number, data in rows if str(item) in exported and number == numbers.get(str(item), 0)
    }


def _require(document: SteeringDocument, actor: Actor, at: datetime) -> None:
    if document.is_issued:
        sentence = _(
            "Brevet er utstedt og kan ikke endres, heller ikke med en redigert kopi. Lag et supplerende brev med"
            " endringene i stedet."
        )
        raise NotInThisState(sentence, code="already_issued")
    if not permissions.may_draft(actor, document, clock.local_date(at)):
        raise NotAllowed(_("Redigerte filer tas imot av den som har etatsstyringen av virksomheten."))
    if not document.is_editable:
        raise NotInThisState(_("Brevet er til godkjenning og kan ikke endres nå."))


def _read(data: bytes) -> Letter:
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        return read_word(data)
    if data[:5] == b"%PDF-":
        raise Unreadable(_("En PDF kan ikke sendes inn igjen. Rediger Word-filen eller JSON-filen i stedet."))
    return roundtrip.read_json(data)


def _require_same(document: SteeringDocument, letter: Letter) -> None:
    """The file must be of this very letter."""
    head = letter.head
    if head["uuid"] == str(document.uuid):
        return
    if head["recipient"]["uuid"] != str(document.recipient.uuid):
        sentence = _("Filen gjelder %(other)s, men dette brevet er til %(agency)s. Velg filen til riktig virksomhet.")
        values = {"other": head["recipient"]["name"], "agency": document.recipient.name}
        raise Unreadable(sentence % values, code="other_agency")
    sentence = _("Filen hører til et annet brev: «%(title)s». Åpne det brevet, og send inn filen der.")
    raise Unreadable(sentence % {"title": head["title"]}, code="other_letter")


# ---- row by row ----
def decide_change(
    *, change: ReturnedChange, accept: bool, actor: Actor, at: datetime, overwrite: bool = False
) -> ReturnedChange:
    """Take one difference in, or leave it. Doing it twice changes nothing.

    ``overwrite`` takes the file's words also where the draft has moved on. Raises what the draft's own actions raise
    (RowConflict, RuleBroken, NotInThisState): the difference then stays open and nothing is lost.
    """
    with transaction.atomic():
        returned = (
            ReturnedFile.objects.select_related("document__issuer", "document__recipient", "document__kind")
            .locked()
            .get(pk=change.returned_id)
        )
        document: SteeringDocument = returned.document
        _require(document, actor, at)
        change = ReturnedChange.objects.locked().get(pk=change.pk)
        if change.state != ReturnedChangeState.OPEN:
            return change
        if accept:
            _take_in(document, change, actor=actor, at=at, overwrite=overwrite)
        change.state = ReturnedChangeState.ACCEPTED if accept else ReturnedChangeState.DECLINED
        change.decided_by_id, change.decided_at = actor.user_id, at
        change.save(update_fields=["state", "decided_by", "decided_at"])
        _settle(returned, document, actor=actor, at=at)
    return change


def decide_all(*, returned: ReturnedFile, accept: bool, actor: Actor, at: datetime) -> list[Problem]:
    """Decide everything that is open, in order. What cannot be taken in stays open and is told."""
    problems = []
    for change in ReturnedChange.objects.filter(returned=returned, state=ReturnedChangeState.OPEN).order_by("ordinal"):
        try:
            decide_change(change=change, accept=accept, actor=actor, at=at)
        except (NotAllowed, NotInThisState) as refused:
            if refused.code in ("not_allowed", "already_issued"):
                raise
            problems.append(Problem(refused.code, str(refused), pointer=str(change.uuid)))
        except DomainError as refused:
            words = [str(problem.message) for problem in refused.problems] or [str(refused)]
            problems += [Problem(refused.code, sentence, pointer=str(change.uuid)) for sentence in words]
    return problems


def _settle(returned: ReturnedFile, document: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """The file is done when nothing is open."""
    rows: Iterable[str] = ReturnedChange.objects.filter(returned=returned).values_list("state", flat=True)
    states = list(rows)
    done = ReturnedChangeState.OPEN not in states
    returned.state = ReturnedFileState.DONE if done else ReturnedFileState.OPEN
    bump(returned, fields=("state",))
    if done:
        events.record(
            event="document.file_taken_in",
            subject=document,
            actor=actor,
            at=at,
            counterpart=document.recipient.uuid,
            after={state.value: states.count(state.value) for state in ReturnedChangeState},
            audience=Audience.INTERNAL,
        )


def _take_in(
    document: SteeringDocument, change: ReturnedChange, *, actor: Actor, at: datetime, overwrite: bool
) -> None:
    common: dict[str, Any] = {"document": document, "actor": actor, "at": at}
    base = None if overwrite else change.base_number
    if change.item_type == comparing.HEAD:
        documents.edit_document(values=change.after, expected_version=None, **common)
    elif change.item_type == comparing.PASSAGE:
        _take_in_passage(change, base, common)
    elif change.act == comparing.REMOVE:
        draft_rows.remove_row(item_type=change.item_type, item=change.item, **common)
    elif change.act == comparing.ADD:
        draft_rows.save_row(item_type=change.item_type, data=change.after, new_uuid_is=change.item, **common)
    else:
        draft_rows.save_row(
            item_type=change.item_type, item=change.item, data=change.after, base_number=base, **common
        )  # fmt: skip


def _take_in_passage(change: ReturnedChange, base: int | None, common: dict[str, Any]) -> None:
    after: dict[str, Any] = change.after
    if change.act == comparing.REMOVE:
        draft_passages.remove_passage(passage=change.item, **common)
        return
    text = after.get("rich") or after.get("text") or ""
    if change.act == comparing.ADD:
        place = UUID(after["after"]) if after["after"] else None
        known = place is not None and common["document"].passage_set.filter(uuid=place).exists()
        draft_passages.add_passage(
            text=text, after=place if known else None, chapter=after["chapter"], heading_level=after["heading_level"],
            language=after["language"], section_number=after["section_number"], **common,
        )  # fmt: skip
        return
    if "text" not in after and "rich" not in after:
        held = draft_passages.find_passage(common["document"], change.item)
        text = held.rich or held.text
    draft_passages.save_passage(
        passage=change.item, text=text, base_number=base, heading_level=after.get("heading_level"),
        language=after.get("language", ""), **common,
    )  # fmt: skip
