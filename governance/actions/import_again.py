"""The same letter read once more: the same files with a better reader, or a corrected file. Ids and decisions stay."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import NotInThisState, Problem, RuleBroken
from core.ids import new_uuid
from core.transitions import bump
from governance.actions.findings import refresh_findings
from governance.actions.imports import enqueue, locked, record, require_import, require_open
from governance.intake import earlier, matching
from governance.intake.matching import FIELDS, Pair
from governance.models import DocumentImport, Finding, FindingState, ImportFile, ImportRow, ImportState, RowState

DECIDED = (RowState.ACCEPTED, RowState.CORRECTED)
LIVE = (RowState.RECOGNISED, RowState.UNSURE, *DECIDED)


@transaction.atomic
def read_anew(*, document_import: DocumentImport, actor: Actor, at: datetime) -> DocumentImport:
    """Read the same files once more, as an import of its own beside the first. Raises NotAllowed, NotInThisState."""
    first = locked(document_import)
    require_import(actor, first, at)
    if first.state == ImportState.READING:
        raise NotInThisState(_("Filene blir lest nå. Vent til de er lest."))
    waiting: DocumentImport | None = DocumentImport.objects.filter(
        organisation_id=first.organisation_id, sha256=first.sha256, state=ImportState.READING
    ).first()
    if waiting is not None:
        return waiting
    found: DocumentImport = DocumentImport.objects.create(
        organisation=first.organisation, title=first.title, sha256=first.sha256, created_by_id=actor.user_id
    )
    for row in ImportFile.objects.filter(document_import=first).order_by("ordinal"):
        ImportFile.objects.create(document_import=found, file_id=row.file_id, ordinal=row.ordinal)
    enqueue(found, actor)
    record(found, "import.read_anew", actor, at, after={"first": first.uuid})
    return found


@transaction.atomic
def take_over(*, document_import: DocumentImport, before: DocumentImport, actor: Actor, at: datetime) -> list[Pair]:
    """Let this reading go on where the earlier one was: the same rows keep their id, number and decisions.

    A row that says the same keeps what was decided. A row the file has changed keeps what a person has corrected,
    and waits until somebody has accepted the rest. A row a person had decided on that is gone from the file, or made
    by hand, comes along and waits. The earlier import is put away; its files, text and rows are kept.

    Raises NotAllowed, NotInThisState (one of them is closed), RuleBroken (not the same letter; registered already).
    """
    found = locked(document_import)
    require_import(actor, found, at)
    require_open(found)
    first = locked(before)
    if first.pk not in {row.pk for row in earlier.earlier_of(found)}:
        sentence = _("Velg en tidligere lesing av det samme brevet.")
        raise RuleBroken(problems=[Problem("not_same_letter", sentence, "before")])
    if first.state == ImportState.REGISTERED:
        raise NotInThisState(_("Brevet er registrert. Velg radene som skal rettes, på siden «Sammenlign»."))
    if first.state == ImportState.DISCARDED:
        raise NotInThisState(_("Den tidligere lesingen er forkastet. Det er ingen avgjørelser å ta med."))
    made = matching.pairs(_rows(found), _rows(first))
    for pair in made:
        if pair.now is not None and pair.before is not None:
            _carry(pair.now, pair.before)
    for pair in made:
        if pair.now is None and pair.before is not None and _by_a_person(pair.before):
            _bring_along(found, first, pair.before)
    if not found.details:
        found.details, found.agency = first.details, found.agency or first.agency
    bump(found, fields=("details", "agency"))
    first.state = ImportState.DISCARDED
    bump(first, fields=("state",))
    record(first, "import.discarded", actor, at, reason=_("Erstattet av en ny lesing av det samme brevet."))
    record(found, "import.taken_over", actor, at, after={"first": first.uuid, "rows": len(made)})
    refresh_findings(found)
    _carry_acknowledgements(found, first)
    return made


def _carry_acknowledgements(found: DocumentImport, first: DocumentImport) -> None:
    """A finding somebody has acknowledged with a reason is not asked about again while it says the same."""
    known = {
        (row.check_id, row.item, row.place, row.message): row
        for row in Finding.objects.filter(document_import=first, state=FindingState.ACKNOWLEDGED)
    }
    for row in Finding.objects.filter(document_import=found, state=FindingState.OPEN):
        held = known.get((row.check_id, row.item, row.place, row.message))
        if held is not None:
            row.state, row.reason = held.state, held.reason
            row.decided_by_id, row.decided_at = held.decided_by_id, held.decided_at
            row.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _rows(found: DocumentImport) -> list[ImportRow]:
    """All but the rows that have become part of another row."""
    rows = ImportRow.objects.locked().filter(document_import_id=found.pk).exclude(state=RowState.MERGED)
    return list(rows.order_by("ordinal", "id"))


def _by_a_person(row: ImportRow) -> bool:
    return row.state in DECIDED or (row.state in LIVE and "made" in row.original)


def _carry(now: ImportRow, before: ImportRow) -> None:
    """Id and decision from the row before. The two rows change ids: each id still belongs to one row."""
    kept, fresh = before.uuid, new_uuid()
    before.uuid = fresh
    bump(before, fields=("uuid",))
    now.uuid = kept
    changed = matching.changed_fields(matching.read_data(before), matching.read_data(now))
    if now.state in DECIDED or "made" in now.original:
        pass  # somebody has decided on the row in this reading already
    elif before.state == RowState.PROSE and not changed:
        now.state = RowState.PROSE
    elif before.state in DECIDED and not changed:
        now.data, now.state = copy.deepcopy(before.data), before.state
    elif before.state in DECIDED:
        now.data, differing = matching.merged(before, now)
        now.doubts = [*now.doubts, _changed(before, now, changed, differing)]
        now.state = RowState.UNSURE
    bump(now, fields=("uuid", "data", "doubts", "state"))


def _changed(before: ImportRow, now: ImportRow, changed: list[str], differing: list[str]) -> dict[str, Any]:
    """Why a row somebody had decided on waits again."""
    was, said = matching.read_data(before), matching.read_data(now)
    parts = [
        _("%(field)s var «%(was)s» og er nå «%(now)s»")
        % {"field": FIELDS[name], "was": matching.words_of(name, was)[:120], "now": matching.words_of(name, said)[:120]}
        for name in changed
    ]
    sentence = _("Filen er endret siden raden ble godtatt: %(what)s.") % {"what": "; ".join(parts)}
    if differing:
        names = ", ".join(str(FIELDS[name]) for name in differing)
        sentence += " " + _("Det du rettet, er beholdt i %(fields)s.") % {"fields": names}
    return {"code": "changed_in_file", "field": "", "sentence": sentence, "borders": []}


def _bring_along(found: DocumentImport, first: DocumentImport, before: ImportRow) -> ImportRow:
    """A row that is not in the new file, or that was made by hand: it comes along and waits for a decision."""
    texts = {" ".join(passage["plain"].split()): passage["ordinal"] for passage in found.passages}
    old = {passage["ordinal"]: " ".join(passage["plain"].split()) for passage in first.passages}
    resting = sorted({texts[old[n]] for n in before.passages if old.get(n) in texts})
    by_hand = "made" in before.original
    complete = len(resting) == len(before.passages) and by_hand
    kept, fresh = before.uuid, new_uuid()
    before.uuid = fresh
    bump(before, fields=("uuid",))
    sentence = _("Raden finnes ikke i den nye lesingen. Godta den for å beholde den, eller gjør den om til prosa.")
    doubt = {"code": "not_in_file", "field": "", "sentence": sentence, "borders": []}
    row: ImportRow = ImportRow.objects.create(
        document_import=found,
        uuid=kept,
        kind=before.kind,
        ordinal=before.ordinal,
        data=copy.deepcopy(before.data),
        original={**before.original, "made": before.original.get("made", "kept")},
        passages=resting,
        doubts=before.doubts if complete else [*before.doubts, doubt],
        state=before.state if complete else RowState.UNSURE,
    )
    return row
