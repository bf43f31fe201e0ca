"""What a person does with the rows of an import. Two people can share the work: every row has its own version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import NotFound, NotInThisState, Problem, RuleBroken
from core.transitions import bump, check_version
from governance.actions.findings import refresh_findings
from governance.actions.imports import locked, require_import, require_open
from governance.intake import acts, borders, lines, validate
from governance.intake.kinds import KINDS, WITH_TEXT
from governance.models import DocumentImport, ImportAct, ImportRow, RowState

#: rows that are part of the letter; the rest have become prose or part of another row
LIVE = (RowState.RECOGNISED, RowState.UNSURE, RowState.ACCEPTED, RowState.CORRECTED)
_KEPT = ("kind", "state", "data", "passages", "spans", "doubts", "ordinal")


class Sheet:
    """One import and its rows, locked while an act changes them."""

    def __init__(self, document_import: DocumentImport, *, act: str, actor: Actor, at: datetime) -> None:
        self.found = locked(document_import)
        require_import(actor, self.found, at)
        require_open(self.found)
        self.act, self.actor, self.at = act, actor, at
        self.before: dict[str, Any] = {}
        self.after: dict[str, int] = {}
        self.made: list[str] = []

    def row(self, uuid: UUID, expected_version: int | None = None, *, states: Iterable[str] = LIVE) -> ImportRow:
        """One row in one of the states, locked. Raises NotFound, StaleVersion, NotInThisState."""
        row: ImportRow | None = ImportRow.objects.locked().filter(document_import_id=self.found.pk, uuid=uuid).first()
        if row is None:
            raise NotFound(_("Raden finnes ikke i denne importen."))
        check_version(row, expected_version)
        if row.state not in states:
            raise NotInThisState(_("Raden er %(state)s. Angre det først.") % {"state": row.get_state_display()})
        return row

    def change(self, row: ImportRow, **values: Any) -> None:
        """Change a row and remember how it was."""
        self.before[str(row.uuid)] = {"version": row.version, **{name: getattr(row, name) for name in _KEPT}}
        for name, value in values.items():
            setattr(row, name, value)
        bump(row, fields=tuple(values))
        self.after[str(row.uuid)] = row.version

    def make(self, *, after: ImportRow | None, **values: Any) -> ImportRow:
        """A new row, right after another one."""
        ordinal = (after.ordinal if after else 0) + 1
        row: ImportRow = ImportRow.objects.create(
            document_import=self.found, ordinal=ordinal, original={"made": self.act, **values}, **values
        )
        self.made.append(str(row.uuid))
        self.after[str(row.uuid)] = row.version
        return row

    def close(self) -> None:
        """Put the act on record so that it can be taken back, and look the letter over again."""
        ImportAct.objects.create(
            document_import=self.found,
            act=self.act,
            before=self.before,
            after=self.after,
            made=self.made,
            done_by_id=self.actor.user_id,
            done_at=self.at,
        )
        refresh_findings(self.found)


@transaction.atomic
def accept_row(
    *, document_import: DocumentImport, row: UUID, actor: Actor, at: datetime, expected_version: int | None = None
) -> ImportRow:
    """Say that the row is right as it stands. Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken."""
    sheet = Sheet(document_import, act="accept", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    _require_valid(found.kind, found.data)
    sheet.change(found, state=RowState.ACCEPTED)
    sheet.close()
    return found


@transaction.atomic
def accept_rows(*, document_import: DocumentImport, kind: str, actor: Actor, at: datetime) -> int:
    """Accept every recognised row of a kind that nothing is unsure about. Returns how many."""
    sheet = Sheet(document_import, act="accept_all", actor=actor, at=at)
    rows = list(
        ImportRow.objects.locked().filter(document_import_id=sheet.found.pk, kind=kind, state=RowState.RECOGNISED)
    )
    ready = [row for row in rows if not validate.problems_of(row.kind, row.data)]
    for row in ready:
        sheet.change(row, state=RowState.ACCEPTED)
    if ready:
        sheet.close()
    return len(ready)


@transaction.atomic
def correct_row(
    *,
    document_import: DocumentImport,
    row: UUID,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> ImportRow:
    """Set fields of a row. What the reader first said stays in ``original``. Raises as ``accept_row``."""
    sheet = Sheet(document_import, act="correct", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    data = {**found.data, **values}
    _require_valid(found.kind, data)
    sheet.change(found, data=data, state=RowState.CORRECTED)
    sheet.close()
    return found


def _require_valid(kind: str, data: Mapping[str, Any]) -> None:
    problems = validate.problems_of(kind, data)
    if problems:
        raise RuleBroken(problems=problems)


@transaction.atomic
def move_border(
    *,
    document_import: DocumentImport,
    row: UUID,
    end: int | None = None,
    title_words: int | None = None,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> ImportRow:
    """Let the title end somewhere else: at a place the reader doubted (``end``, in the canonical text), or after so
    many words. What leaves the title begins the text; no word is lost.
    """
    sheet = Sheet(document_import, act="border", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    doubted = [border for border in borders.of_doubts(found.doubts) if border["end"] == end]
    offered = {count for count, _title in borders.places(found.kind, found.data)}
    source = sheet.found.canonical_text
    if doubted and end is not None and found.kind in WITH_TEXT:
        title = acts.title_to(source, found.spans, end) or doubted[0]["title"]
        data, spans = acts.move_border(kind=found.kind, data=found.data, spans=found.spans, end=end, title=title)
    elif title_words in offered and title_words is not None:
        data, spans = borders.move(
            kind=found.kind, data=found.data, spans=found.spans, count=title_words, source=source
        )
    else:
        raise RuleBroken(problems=[Problem("no_border", _("Velg hvor tittelen slutter."), "end")])
    _require_valid(found.kind, data)
    sheet.change(found, data=data, spans=spans, state=RowState.CORRECTED)
    sheet.close()
    return found


@transaction.atomic
def choose_line(
    *,
    document_import: DocumentImport,
    row: UUID,
    line: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> ImportRow:
    """Say which line across years a goal, parameter or key figure goes on, or that it is new (decision A9)."""
    sheet = Sheet(document_import, act="line", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    agency = sheet.found.agency
    known = lines.lines_of(agency, found.kind) if agency is not None and found.kind in lines.KINDS else []
    chosen = next((one for one in known if one.line == line), None)
    if chosen is None and line != lines.NEW:
        raise RuleBroken(problems=[Problem("no_line", _("Velg en linje fra listen, eller at den er ny."), "line")])
    data = {**found.data, "line": line, "line_words": chosen.words if chosen else _("ny i år")}
    doubts = [doubt for doubt in found.doubts if doubt.get("code") != "line_unconfirmed"]
    sheet.change(found, data=data, doubts=doubts, state=RowState.CORRECTED)
    sheet.close()
    return found


@transaction.atomic
def split_row(
    *,
    document_import: DocumentImport,
    row: UUID,
    passage: int,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> ImportRow:
    """Make two rows of one: the second begins at ``passage``. Returns the new row, which is unsure until filled in."""
    sheet = Sheet(document_import, act="split", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    if passage not in found.passages[1:]:
        sentence = _("Velg avsnittet der den nye raden begynner. Raden må hvile på minst to avsnitt.")
        raise RuleBroken(problems=[Problem("no_split_point", sentence, "passage")])
    first, second = acts.split_row(
        kind=found.kind, data=found.data, passages=found.passages, spans=found.spans, at=passage
    )
    texts = {p["ordinal"]: p["plain"] for p in sheet.found.passages}
    first["data"], second["data"] = acts.share_text(
        kind=found.kind,
        first=first["data"],
        second=second["data"],
        moved=[texts.get(ordinal, "") for ordinal in second["passages"]],
    )
    sheet.change(found, **first, state=RowState.CORRECTED)
    made = sheet.make(after=found, kind=found.kind, state=RowState.UNSURE, doubts=[_filled_in(_("delt ut"))], **second)
    sheet.close()
    return made


def _filled_in(how: str) -> dict[str, Any]:
    sentence = _("Raden er %(how)s av deg. Fyll ut feltene og lagre.") % {"how": how}
    return {"code": "made_by_hand", "field": "", "sentence": sentence, "borders": []}


@transaction.atomic
def merge_row(
    *,
    document_import: DocumentImport,
    row: UUID,
    other: UUID,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> ImportRow:
    """Put ``other`` into ``row``: its text, deliveries and passages are added, the row keeps number and title."""
    sheet = Sheet(document_import, act="merge", actor=actor, at=at)
    found, eaten = sheet.row(row, expected_version), sheet.row(other)
    if found.pk == eaten.pk or found.kind != eaten.kind:
        sentence = _("Velg en annen rad av samme slag.")
        raise RuleBroken(problems=[Problem("cannot_merge", sentence, "other")])
    sheet.change(
        found,
        data=acts.merge_rows(kind=found.kind, first=found.data, second=eaten.data),
        passages=sorted({*found.passages, *eaten.passages}),
        state=RowState.CORRECTED,
    )
    sheet.change(eaten, state=RowState.MERGED)
    sheet.close()
    return found


@transaction.atomic
def turn_to_prose(
    *, document_import: DocumentImport, row: UUID, actor: Actor, at: datetime, expected_version: int | None = None
) -> ImportRow:
    """The row is no row: its passages stay in the letter as prose."""
    sheet = Sheet(document_import, act="prose", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    sheet.change(found, state=RowState.PROSE)
    sheet.close()
    return found


@transaction.atomic
def restore_row(*, document_import: DocumentImport, row: UUID, actor: Actor, at: datetime) -> ImportRow:
    """A row that was made prose is a row again, with all its values. Raises as ``accept_row``."""
    sheet = Sheet(document_import, act="restore", actor=actor, at=at)
    found = sheet.row(row, states=(RowState.PROSE,))
    unsure = bool(found.doubts) or bool(validate.problems_of(found.kind, found.data))
    sheet.change(found, state=RowState.UNSURE if unsure else RowState.RECOGNISED)
    sheet.close()
    return found


@transaction.atomic
def turn_into_row(*, document_import: DocumentImport, passage: int, kind: str, actor: Actor, at: datetime) -> ImportRow:
    """Make a row of a passage the reader kept as prose. It is unsure until a person has filled it in."""
    sheet = Sheet(document_import, act="row", actor=actor, at=at)
    text = next((p["plain"] for p in sheet.found.passages if p["ordinal"] == passage), None)
    if text is None or kind not in KINDS:
        sentence = _("Velg et avsnitt og hva slags rad det skal bli.")
        raise RuleBroken(problems=[Problem("no_passage", sentence, "kind")])
    before = _before(sheet.found, passage, kind)
    made = sheet.make(
        after=before,
        kind=kind,
        data=acts.row_from_passage(kind, text),
        passages=[passage],
        spans=[],
        doubts=[_filled_in(_("laget"))],
        state=RowState.UNSURE,
    )
    sheet.close()
    return made


def _before(found: DocumentImport, passage: int, kind: str) -> ImportRow | None:
    """The last row of the kind that begins before the passage: the new one is listed after it."""
    rows: Iterable[ImportRow] = ImportRow.objects.filter(document_import_id=found.pk, kind=kind).order_by(
        "ordinal", "id"
    )
    earlier = [row for row in rows if row.passages and row.passages[0] <= passage]
    return earlier[-1] if earlier else None


@transaction.atomic
def reset_row(
    *, document_import: DocumentImport, row: UUID, actor: Actor, at: datetime, expected_version: int | None = None
) -> ImportRow:
    """Take a row back to what the reader first said."""
    sheet = Sheet(document_import, act="reset", actor=actor, at=at)
    found = sheet.row(row, expected_version)
    original = found.original
    sheet.change(
        found,
        data=original["data"],
        passages=original["passages"],
        spans=original["spans"],
        state=RowState.UNSURE if found.doubts else RowState.RECOGNISED,
    )
    sheet.close()
    return found


@transaction.atomic
def undo_last(*, document_import: DocumentImport, actor: Actor, at: datetime) -> ImportAct:
    """Take back the last thing this person did. Refused when somebody has touched the same rows since.

    Raises NotAllowed, NotInThisState (nothing to take back, or touched since).
    """
    found = locked(document_import)
    require_import(actor, found, at)
    require_open(found)
    act: ImportAct | None = (
        ImportAct.objects.locked()
        .filter(document_import_id=found.pk, done_by_id=actor.user_id, undone_at__isnull=True)
        .order_by("-id")
        .first()
    )
    if act is None:
        raise NotInThisState(_("Det er ingenting å angre."))
    rows = {str(row.uuid): row for row in ImportRow.objects.locked().filter(uuid__in=list(act.after))}
    if any(uuid not in rows or rows[uuid].version != version for uuid, version in act.after.items()):
        raise NotInThisState(
            _("Noen andre har endret raden siden. Det du gjorde kan ikke angres."), code="touched_since"
        )
    for uuid, values in act.before.items():
        for name in _KEPT:
            setattr(rows[uuid], name, values[name])
        bump(rows[uuid], fields=_KEPT)
        _carry_version(act, uuid, values["version"], rows[uuid].version)
    for uuid in act.made:
        rows[uuid].state = RowState.MERGED
        bump(rows[uuid], fields=("state",))
    act.undone_at = at
    act.save(update_fields=["undone_at"])
    refresh_findings(found)
    return act


def _carry_version(act: ImportAct, row: str, was: int, now: int) -> None:
    """Earlier acts on the row may still be taken back: what has come between is this act, now undone."""
    earlier = ImportAct.objects.locked().filter(
        document_import_id=act.document_import_id, undone_at__isnull=True, pk__lt=act.pk, after__has_key=row
    )
    for other in earlier:
        if other.after[row] == was:
            other.after[row] = now
            other.save(update_fields=["after"])
