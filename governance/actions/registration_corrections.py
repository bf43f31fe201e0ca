"""The record of a letter signed elsewhere is put right: it was read wrongly, or a better file came (decision A4).

The letter said it all along, so valid-from is the letter's; what changes is what is known, from the moment of the
correction. The freezing is opened for these rows only, and only for the length of one transaction. A document issued
here is what it is: it is changed by a supplement.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pgtrigger
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import canonical, clock, events, files, jobs
from core.actor import Actor
from core.errors import NotAllowed, NotFound, NotInThisState, Problem, RuleBroken
from core.formatting import listing
from core.ids import new_uuid
from core.transitions import bump, check_version
from governance import permissions, snapshot
from governance.actions import citations, findings
from governance.actions.imports import locked, record, require_import, require_open
from governance.actions.publication import RENDER_JOB
from governance.consolidation.gather import passages_of
from governance.corrections import writing
from governance.corrections.hanging import hanging_on
from governance.corrections.rereading import Rereading
from governance.corrections.rewind import changed_rows
from governance.corrections.text import Text
from governance.intake import differing, earlier, validate
from governance.intake.differing import ADDED, CHANGED, REMOVED, Difference
from governance.intake.row_words import number_of, title_of
from governance.items import Item, read_items
from governance.models import (
    CorrectionReason,
    DocumentFile,
    DocumentImport,
    ImportFile,
    ImportRow,
    ImportState,
    Origin,
    RegistrationCorrection,
    Rendition,
    RowState,
    SteeringDocument,
)
from governance.models.document import DocumentPart
from governance.restricted import withheld_from
from governance.signals import registration_corrected


@dataclass(frozen=True)
class Why:
    """The reason on record: a code of ``CorrectionReason``, and a note in one's own words."""

    reason: str
    note: str = ""


@dataclass(frozen=True)
class Work:
    """A document whose record is put right: its base import, and the reading the new values come from."""

    document: SteeringDocument
    base: DocumentImport
    found: DocumentImport
    reading: Rereading


@transaction.atomic
def correct_registration(
    *,
    document_import: DocumentImport,
    rows: Collection[UUID],
    why: Why,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> RegistrationCorrection:
    """Take the chosen rows of a new reading into the record of the letter that is registered.

    ``rows`` are the differences chosen (``intake.differing``). Ids and all that hangs on the rows stay. When nothing
    differs any more, the reading is done. Raises NotAllowed, StaleVersion, NotInThisState (not registered, issued here,
    the seal is broken), RuleBroken with every problem (no rows, no reason, something hangs on a row that goes away).
    """
    found = locked(document_import)
    require_import(actor, found, at)
    require_open(found)
    check_version(found, expected_version)
    document = registered(found)
    document, base = _locked(document, actor, at)
    pairs = differing.paired(found, base, differing.rows_of(found, base))
    every = differing.differences(pairs)
    chosen = [one for one in every if one.uuid in rows]
    if len(chosen) != len(set(rows)):
        raise RuleBroken(
            problems=[Problem("not_listed", _("Radene er endret siden siden ble åpnet. Se over dem på nytt."), "rows")]
        )
    work = Work(document, base, found, Rereading(found, document, pairs))
    made = _carry_out(work, chosen, why, actor, at)
    found.document = document
    if len(chosen) == len(every):
        found.state = ImportState.REGISTERED
    bump(found, fields=("document", "state"))
    record(found, "import.corrected", actor, at, after={"document": document.uuid, "rows": len(chosen)})
    return made


@transaction.atomic
def correct_reading(
    *, document: SteeringDocument, item: UUID, values: Mapping[str, Any], note: str, actor: Actor, at: datetime
) -> RegistrationCorrection:
    """Put one row of a registered letter right by hand. ``values`` are fields of the row as the import has them.

    Raises as ``correct_registration``, and NotFound.
    """
    document, base = _locked(document, actor, at)
    row = next((row for row in differing.rows_of(base) if row.uuid == item and row.state not in differing.GONE), None)
    if row is None:
        raise NotFound(_("Raden finnes ikke i det som er registrert."))
    data = {**copy.deepcopy(row.data), **values}
    fields = tuple(name for name in data if (data[name] or "") != (row.data.get(name) or ""))
    if not fields:
        sentence = _("Ingenting er endret. Rett et felt, eller gå tilbake.")
        raise RuleBroken(problems=[Problem("nothing_changed", sentence)])
    pairs = [differing.matching.Pair(one, one) for one in differing.rows_of(base)]
    work = Work(document, base, base, Rereading(base, document, pairs))
    wish = Difference(CHANGED, row.kind, row, row, data, fields)
    return _carry_out(work, [wish], Why(CorrectionReason.MISREAD, note), actor, at)


def registered(found: DocumentImport) -> SteeringDocument:
    """The registered letter that a reading is a new reading of. Raises NotInThisState."""
    for row in earlier.earlier_of(found):
        if row.state == ImportState.REGISTERED and row.document is not None:
            return row.document
    raise NotInThisState(_("Brevet er ikke registrert. Gå gjennom radene og registrer det."))


def locked_for(found: DocumentImport, actor: Actor, at: datetime) -> str:
    """Why the actor cannot put right the record of the letter a reading is of; empty when they can, or it has none."""
    for row in earlier.earlier_of(found):
        if row.state == ImportState.REGISTERED and row.document is not None:
            document = SteeringDocument.objects.for_detail().get(pk=row.document_id)
            return why_not(document, actor, at)
    return ""


def why_not(document: SteeringDocument, actor: Actor, at: datetime) -> str:
    """Why the actor cannot put the record right; empty when they can."""
    if not permissions.may_register(actor, document, clock.local_date(at)):
        return _("Registreringen rettes av den som har etatsstyringen av virksomheten.")
    if withheld_from(document, actor, clock.local_date(at)):
        return _("Brevet har unntatte oppdrag du ikke kan lese. Registreringen rettes av en som kan lese alt.")
    return ""


def _locked(document: SteeringDocument, actor: Actor, at: datetime) -> tuple[SteeringDocument, DocumentImport]:
    """The document under lock with the import it came from, when its record may be put right."""
    document = SteeringDocument.objects.for_detail().locked().get(pk=document.pk)
    if sentence := why_not(document, actor, at):
        raise NotAllowed(sentence)
    if not document.is_issued:
        raise NotInThisState(_("Dokumentet er et utkast. Rett det i utkastet."))
    if document.origin != Origin.REGISTERED:
        sentence = _("«%(title)s» er utstedt herfra og rettes ikke. Skriv et supplerende brev.")
        raise NotInThisState(sentence % {"title": document.title}, code="issued_here")
    base = differing.base_of(document)
    if base is None:
        sentence = _("Brevet er ikke lest inn fra en fil, og kan ikke rettes mot en lesing. Skriv et supplerende brev.")
        raise NotInThisState(sentence)
    if not snapshot.verify(document):
        sentence = _(
            "Dokumentet stemmer ikke med kontrollsummen. Meld fra til den som drifter systemet før noe rettes."
        )
        raise NotInThisState(sentence, code="seal_broken")
    return document, base


def _carry_out(
    work: Work, chosen: Sequence[Difference], why: Why, actor: Actor, at: datetime
) -> RegistrationCorrection:
    """Everything in one transaction: rows, text, what follows from them, snapshot and seal."""
    document = work.document
    items = {one.uuid: writing.item_of(document, one) for one in chosen}
    leaves = {one.uuid: _leaving(work, one, items[one.uuid]) for one in chosen}
    if problems := [*_why_problems(chosen, why), *_row_problems(chosen, items, leaves)]:
        raise RuleBroken(problems=problems)
    before = _everything(document)
    with pgtrigger.ignore(*_freezing_triggers()):
        loose = _write(work, chosen, items)
        rows = changed_rows(before, _everything(document))
        gone = {uuid for parts in leaves.values() for uuid in parts}
        registration_corrected.send(
            sender=SteeringDocument, document=document, rows=rows, gone=gone, actor=actor, at=at
        )
        for row in loose:
            writing.take_away(row)
        rows = changed_rows(before, _everything(document))
        _keep_files(work)
        made = _reseal(work, rows, why, actor, at)
    _keep_rows(work, chosen)
    _tell(document, made, actor, at)
    return made


def _everything(document: SteeringDocument) -> list[Item]:
    return [*read_items([document.pk]), *passages_of([document.pk])]


def _leaving(work: Work, one: Difference, item: DocumentPart | None) -> set[UUID]:
    if item is None:
        return set()
    made = work.reading.made(one.row, one.data, item) if one.act == CHANGED and _valid(one) else []
    return writing.leaving(item, one, made) if made or one.act == REMOVED else set()


def _valid(one: Difference) -> bool:
    return not validate.problems_of(one.kind, one.data)


def _why_problems(chosen: Sequence[Difference], why: Why) -> list[Problem]:
    problems = []
    if not chosen:
        problems.append(Problem("no_rows", _("Velg minst én rad som skal rettes."), "rows"))
    if why.reason not in CorrectionReason.values:
        problems.append(Problem("reason_missing", _("Velg hvorfor registreringen rettes."), "reason"))
    return problems


def _row_problems(
    chosen: Sequence[Difference], items: Mapping[UUID, DocumentPart | None], leaves: Mapping[UUID, set[UUID]]
) -> list[Problem]:
    """All that is wrong with the rows: values that cannot be, rows that are not there, and what hangs on a row."""
    problems = []
    for one in chosen:
        item, name = items[one.uuid], f"{number_of(one.row)} {title_of(one.row)[:80]}".strip()
        if one.act != REMOVED:
            problems += [
                Problem(found.code, f"{name}: {found.message}", pointer=str(one.uuid))
                for found in validate.problems_of(one.kind, one.data)
            ]
        if one.act != ADDED and item is None:
            sentence = _("«%(name)s» finnes ikke i det som er registrert.") % {"name": name}
            problems.append(Problem("row_missing", sentence, pointer=str(one.uuid)))
            continue
        hangs = hanging_on(item, leaves[one.uuid]) if item is not None and leaves[one.uuid] else []
        if hangs:
            sentence = _("«%(name)s» kan ikke tas bort: %(what)s. La raden stå, eller skriv et supplerende brev.")
            if one.act == CHANGED:
                sentence = _("En del av «%(name)s» kan ikke tas bort: %(what)s. La den stå, eller skriv et supplement.")
            words = {"name": name, "what": listing(hangs)}
            problems.append(Problem("row_is_used", sentence % words, pointer=str(one.uuid)))
    return problems


def _freezing_triggers() -> list[str]:
    """The triggers that stand aside: those of the document's own row and of its content, no others."""
    parts = [f"{model._meta.label}:frozen_child" for model in snapshot.part_models()]
    return [f"{SteeringDocument._meta.label}:frozen_self", *parts]


def _write(work: Work, chosen: Sequence[Difference], items: Mapping[UUID, DocumentPart | None]) -> list[DocumentPart]:
    """New and changed rows, and the text they rest on. Returns the rows that go away, which are taken last."""
    text, loose = Text(work.document, work.found), list[DocumentPart]()
    for one in chosen:
        item = items[one.uuid]
        if one.act == ADDED:
            item = writing.add(one, work.reading, after=writing.place_of(one, work.reading))
        elif item is not None and one.act == CHANGED:
            loose += writing.change(item, one, work.reading)
        elif item is not None:
            text.let_go(item.uuid)
            loose += writing.with_children(item, one)
        if item is not None and one.act != REMOVED and work.found.pk != work.base.pk:
            text.rest(item.uuid, one.row.passages)
    text.settle({row.uuid for row in loose})
    return loose


def _keep_files(work: Work) -> None:
    """A better file is kept with the document, beside the first one."""
    held = DocumentFile.objects.filter(document=work.document)
    known = set(held.values_list("file__sha256", flat=True))
    new = ImportFile.objects.filter(document_import=work.found).select_related("file").exclude(file__sha256__in=known)
    last = held.count()
    for place, row in enumerate(new.order_by("ordinal"), start=1):
        DocumentFile.objects.create(document=work.document, file=row.file, ordinal=last + place)


def _reseal(work: Work, rows: list[dict[str, Any]], why: Why, actor: Actor, at: datetime) -> RegistrationCorrection:
    """A new version of the frozen content with its hash; the one before stays and can be read."""
    document = SteeringDocument.objects.for_detail().get(pk=work.document.pk)
    before = document.snapshot
    assert before is not None
    data = snapshot.canonical_bytes(document)
    stored = files.store(
        name=f"{document.uuid}.json", data=data, actor=actor, owner=document, organisation=document.issuer.uuid
    )
    SteeringDocument.objects.filter(pk=document.pk).update(snapshot=stored, version=F("version") + 1, updated_at=at)
    made: RegistrationCorrection = RegistrationCorrection.objects.create(
        document=document,
        document_import=work.found if work.found.pk != work.base.pk else None,
        reason=why.reason,
        note=why.note.strip(),
        rows=rows,
        previous=before,
        sha256=before.sha256,
        sha256_after=canonical.sha256(data),
        corrected_by_id=actor.user_id,
        corrected_at=at,
    )
    return made


def _keep_rows(work: Work, chosen: Sequence[Difference]) -> None:
    """The import the letter was registered from keeps the rows as the record has them now."""
    texts = {" ".join(row["plain"].split()): row["ordinal"] for row in work.base.passages}
    read = {row["ordinal"]: " ".join(row["plain"].split()) for row in work.found.passages}
    for one in chosen:
        if one.before is not None:
            row = ImportRow.objects.locked().get(pk=one.before.pk)
            if one.act == REMOVED:
                row.state = RowState.PROSE
            else:
                row.data, row.state = copy.deepcopy(one.data), RowState.CORRECTED
            bump(row, fields=("data", "state"))
        elif one.now is not None:
            now, kept = one.now, one.now.uuid
            now.uuid = new_uuid()
            bump(now, fields=("uuid",))
            ImportRow.objects.create(
                document_import=work.base,
                uuid=kept,
                kind=now.kind,
                ordinal=now.ordinal,
                data=copy.deepcopy(one.data),
                original=copy.deepcopy(now.original),
                passages=sorted({texts[read[n]] for n in now.passages if read.get(n) in texts}),
                confidence=now.confidence,
                state=RowState.ACCEPTED,
            )


def _tell(document: SteeringDocument, made: RegistrationCorrection, actor: Actor, at: datetime) -> None:
    """On record for both sides, without the words of the rows; then what the corrected letter means for others."""
    reason = ". ".join(part for part in (str(made.get_reason_display()).capitalize(), made.note) if part)
    events.record(
        event="document.registration_corrected",
        subject=document,
        actor=actor,
        at=at,
        organisation=document.issuer.uuid,
        counterpart=document.recipient.uuid,
        reason=reason,
        before={"sha256": made.sha256},
        after={"correction": made.uuid, "rows": len(made.rows), "sha256": made.sha256_after},
    )
    fresh = SteeringDocument.objects.for_detail().get(pk=document.pk)
    if Rendition.objects.filter(document=document).exists():
        jobs.enqueue(
            name=RENDER_JOB,
            label=_("Lager PDF av %(title)s") % {"title": fresh.title},
            actor=actor,
            subject=fresh,
            unit=_("sider"),
        )
    citations.resolve(fresh, at=at)
    findings.refresh_document_findings(fresh, day=clock.local_date(at))
