"""Rows of a draft, of every type in the registry: saved, taken out, put back and moved by the same few actions.

Pages, round trip, supplements, instructions and proposals all write through here, so that the row, the words the
letter shows for it, its reserved number and its history never come apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotFound, NotInThisState, Problem, RuleBroken
from core.graded import graded_problems
from core.ids import new_uuid
from governance.actions import draft_changes, draft_numbers, draft_passages
from governance.actions import draft_revisions as revisions
from governance.actions.documents import touch
from governance.actions.draft_access import open_draft, require_seen
from governance.content import ContentWriter
from governance.drafting import chapters, rules, values, words
from governance.drafting.equal_rules import equal_rule
from governance.items import ITEM_TYPES, Item, ItemType, read_row
from governance.models import AssignmentItem, Change, ChangeKind, DocumentFamily, Passage, SteeringDocument
from governance.models.document import DocumentPart
from governance.restricted import hidden_in_draft, shell_name


def find_item(document: SteeringDocument, kind: ItemType, item: UUID) -> Item:
    """The row in this document as plain data. Raises NotInThisState when somebody took it out, NotFound."""
    found = read_row(kind, item)
    if found is not None and found.document_id == document.pk:
        return found
    last = revisions.latest(item)
    if last is not None and last.removed and last.document_id == document.pk:
        who = str(last.saved_by) if last.saved_by else _("En annen")
        sentence = _("%(who)s tok raden ut av utkastet mens du skrev. Sett den inn igjen før du lagrer.")
        raise NotInThisState(sentence % {"who": who}, code="row_removed")
    raise NotFound(_("Raden finnes ikke i utkastet."))


def chapter_of_item(document: SteeringDocument, item: Item) -> str:
    """The chapter a row stands in: that of its first passage."""
    found = Passage.objects.filter(document=document, uuid__in=item.passages).order_by("ordinal").first()
    return found.chapter if found else ""


@transaction.atomic
def save_row(
    *,
    document: SteeringDocument,
    item_type: str,
    data: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    item: UUID | None = None,
    base_number: int | None = None,
    passages: Sequence[Passage | UUID] | None = None,
    chapter: str | None = None,
    new_uuid_is: UUID | None = None,
    announce: bool = True,
    expected_version: int | None = None,
) -> Item:
    """Create a row (``item`` None) or change one, with its children, its text and its history.

    ``data`` is plain data by the registry; on a change, fields left out keep their value. ``base_number`` is the
    revision the form was opened on: what another saved since is merged. ``passages`` are existing passages the row
    rests on instead of text of its own. ``announce``: in a supplement a new row is also written as a change.

    Raises NotAllowed, NotInThisState, NotFound, StaleVersion, RowConflict, RuleBroken with all problems.
    """
    kind, day = ITEM_TYPES[item_type], clock.local_date(at)
    held = find_item(document, kind, item) if item is not None else None
    if chapter is None:
        chapter = chapter_of_item(document, held) if held else chapters.chapter_for_rows(document, item_type, day)
    document = open_draft(document=document, actor=actor, at=at, chapter=chapter, expected_version=expected_version)
    if item is None:
        return _create(
            document, kind, data, actor=actor, at=at, passages=passages, chapter=chapter,
            uuid=new_uuid_is or new_uuid(), announce=announce,
        )  # fmt: skip
    require_seen(document, item, actor, day)
    held = find_item(document, kind, item)
    children = tuple(child.key for child in kind.children)
    merged = revisions.merged(item=item, base_number=base_number, theirs=held.data, mine=data, children=children)
    if kind.key == "assignment":
        merged = draft_changes.with_exemption(item, merged)
    cleaned = _checked(kind, merged, document, day, item)
    row = _update(document, kind, item, cleaned)
    if passages is not None:
        draft_passages.rest_on(document, row, passages)
    _write_text(document, kind, row, cleaned, chapter=chapter, day=day)
    revisions.record(
        document=document, item=item, item_type=item_type, data=cleaned.data, actor=actor, at=at, before=held.data
    )
    touch(document, actor=actor)
    return Item(item_type, item, document.pk, row.ordinal, cleaned.data, _resting(document, item))


def _create(
    document: SteeringDocument,
    kind: ItemType,
    data: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    passages: Sequence[Passage | UUID] | None,
    chapter: str,
    uuid: UUID,
    announce: bool,
) -> Item:
    day = clock.local_date(at)
    cleaned = _checked(kind, draft_numbers.with_identity(document, kind, data), document, day)
    cleaned = draft_numbers.with_number(document, kind, cleaned, at=at, day=day)
    made = _write_new(
        document, kind, cleaned, actor=actor, at=at, passages=passages, chapter=chapter, uuid=uuid, announce=announce
    )
    touch(document, actor=actor)
    return made


def write_copied(
    document: SteeringDocument,
    kind: ItemType,
    data: Mapping[str, Any],
    *,
    chapter: str,
    actor: Actor,
    at: datetime,
    passages: Sequence[Passage | UUID] | None = None,
) -> Item:
    """Write a row that stood in an earlier document into a locked draft, resting on ``passages`` of it or on its own.

    Its shape is checked; what the rules say of it now is a finding beside the draft, not a refusal, so that nothing
    of the earlier document is lost.
    """
    cleaned = values.clean_row(kind, draft_numbers.with_identity(document, kind, data), document=document)
    if cleaned.problems:
        raise RuleBroken(problems=cleaned.problems)
    return _write_new(
        document, kind, cleaned, actor=actor, at=at, passages=passages, chapter=chapter, uuid=new_uuid(),
        announce=False,
    )  # fmt: skip


def has_rows(document: SteeringDocument) -> bool:
    """Whether any row stands in the draft."""
    return any(kind.model._default_manager.filter(document=document).exists() for kind in ITEM_TYPES.values())


def _write_new(
    document: SteeringDocument,
    kind: ItemType,
    cleaned: values.Cleaned,
    *,
    actor: Actor,
    at: datetime,
    passages: Sequence[Passage | UUID] | None,
    chapter: str,
    uuid: UUID,
    announce: bool,
) -> Item:
    day = clock.local_date(at)
    row = kind.model(document=document, uuid=uuid, ordinal=next_ordinal(kind.model, document), **cleaned.row.values)
    row.save(force_insert=True)
    _write_children(document, kind, row, cleaned)
    if passages:
        draft_passages.rest_on(document, row, passages)
    _write_text(document, kind, row, cleaned, chapter=chapter, day=day)
    if announce and document.kind.family == DocumentFamily.SUPPLEMENT:
        ContentWriter(document).add(
            Change, kind=ChangeKind.ADD, new_item=uuid, item_type=kind.key, ordinal=next_ordinal(Change, document)
        )
    revisions.record(document=document, item=uuid, item_type=kind.key, data=cleaned.data, actor=actor, at=at)
    return Item(kind.key, uuid, document.pk, row.ordinal, cleaned.data, _resting(document, uuid))


def _resting(document: SteeringDocument, item: UUID) -> tuple[UUID, ...]:
    return tuple(passage.uuid for passage in draft_passages.linked(document, item))


def next_ordinal(model: type[DocumentPart], document: SteeringDocument) -> int:
    """The place after the last row of a table in a document."""
    top = model._default_manager.filter(document=document).aggregate(top=Max("ordinal"))["top"]
    return int(top or 0) + 1


def check_row(*, document: SteeringDocument, item_type: str, data: Mapping[str, Any], day: date) -> list[Problem]:
    """Every problem a row would have, without writing: for previews, proposals and imports."""
    kind = ITEM_TYPES[item_type]
    cleaned = values.clean_row(kind, draft_numbers.with_identity(document, kind, data, make=False), document=document)
    return [*cleaned.problems, *_rule_problems(kind, cleaned, document, day, None)]


def _rule_problems(
    kind: ItemType, cleaned: values.Cleaned, document: SteeringDocument, day: date, item: UUID | None
) -> list[Problem]:
    letter_day = document.document_date or day
    found = rules.row_problems(kind.key, cleaned.data, document=document, day=letter_day)
    found += equal_rule(kind.key, cleaned.data, document=document, item=item)
    told = {problem.field for problem in cleaned.problems}
    return [row for row in found if row.field not in told] + graded_problems(cleaned.data)


def _checked(
    kind: ItemType, data: Mapping[str, Any], document: SteeringDocument, day: date, item: UUID | None = None
) -> values.Cleaned:
    """The row's values, or a refusal with every problem. ``item`` is the row that is changed, None for a new one."""
    cleaned = values.clean_row(kind, data, document=document)
    problems = [*cleaned.problems, *_rule_problems(kind, cleaned, document, day, item)]
    if problems:
        raise RuleBroken(problems=problems)
    return cleaned


def _update(document: SteeringDocument, kind: ItemType, item: UUID, cleaned: values.Cleaned) -> DocumentPart:
    row = kind.model._default_manager.get(uuid=item, document=document)
    for name, value in cleaned.row.values.items():
        setattr(row, name, value)
    row.save(update_fields=[f.name for f in values.model_fields(kind.model)])
    _write_children(document, kind, row, cleaned)
    return row


def _write_children(document: SteeringDocument, kind: ItemType, row: DocumentPart, cleaned: values.Cleaned) -> None:
    """Children keep their permanent id: same id is changed, a new one is added, one left out is taken away."""
    for child in kind.children:
        held = {
            part.uuid: part for part in child.model._default_manager.filter(**{child.parent: row.pk}, document=document)
        }
        wanted = cleaned.children[child.key]
        gone = [part.pk for uuid, part in held.items() if uuid not in {clean.uuid for clean in wanted}]
        if gone:
            child.model._default_manager.filter(pk__in=gone).delete()
        for ordinal, clean in enumerate(wanted, start=1):
            part = held.get(clean.uuid) if clean.uuid else None
            part = part or child.model(document=document, uuid=clean.uuid, **{f"{child.parent}_id": row.pk})
            part.ordinal = ordinal
            for name, value in clean.values.items():
                setattr(part, name, value)
            part.save()


def _write_text(
    document: SteeringDocument, kind: ItemType, row: DocumentPart, cleaned: values.Cleaned, *, chapter: str, day: date
) -> None:
    """The row's own passages; none for a row that rests on running text."""
    resting = draft_passages.linked(document, row.uuid)
    if resting and all(passage.kind != "structured" for passage in resting):
        return
    labels = {**cleaned.row.labels, "issuer": document.issuer.name}
    made = words.pieces(kind.key, cleaned.data, language=document.language, labels=labels)
    if not resting and made:
        draft_passages.ensure_heading(document, chapter, day)
    after = draft_passages.end_of_chapter(document, chapter, day) if not resting else 0
    draft_passages.write_pieces(document, row, made, chapter=chapter, after=after)


# ---- out, in again, and in another order ----


def _pointing_at(kind: ItemType, row: DocumentPart, hidden: Collection[UUID]) -> list[str]:
    """Names of rows of the same document that point at this one: they must be moved or taken out first.

    ``hidden`` are those the actor may not read: their number and legal basis.
    """
    found = []
    for relation in kind.model._meta.related_objects:
        model, f = relation.related_model, relation.field
        if not issubclass(model, DocumentPart) or any(model is child.model for child in kind.children):
            continue
        if f.name == "assignment_item" and f.null:
            continue
        parts = model._default_manager.filter(**{f.name: row.pk}, document_id=row.document_id)[:20]
        found += [
            shell_name(part.reference, part.restricted_basis)
            if isinstance(part, AssignmentItem) and part.uuid in hidden
            else str(part)
            for part in parts
        ]
    return found


@transaction.atomic
def remove_row(
    *,
    document: SteeringDocument,
    item_type: str,
    item: UUID,
    actor: Actor,
    at: datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> None:
    """Take a row out of a draft with its text, and the change it carries. ``restore_row`` puts all of it back.

    Refused while other rows point at it. A reserved number is not used again; the gap gets its explanation.
    """
    kind = ITEM_TYPES[item_type]
    held = find_item(document, kind, item)
    chapter = chapter_of_item(document, held)
    document = open_draft(document=document, actor=actor, at=at, chapter=chapter, expected_version=expected_version)
    require_seen(document, item, actor, clock.local_date(at))
    held = find_item(document, kind, item)
    row = kind.model._default_manager.get(uuid=item, document=document)
    pointing = _pointing_at(kind, row, hidden_in_draft(document, actor, clock.local_date(at)))
    if pointing:
        sentence = _("%(count)s rader hører til denne: %(rows)s. Flytt dem eller ta dem ut først.")
        values_ = {"count": len(pointing), "rows": "; ".join(pointing[:5])}
        raise RuleBroken(problems=[Problem("in_use", sentence % values_)])
    aside = {"_place": _place(document, held, chapter).plain(), "_change": draft_changes.kept_change(document, item)}
    revisions.record(
        document=document, item=item, item_type=item_type, data={**held.data, **aside}, actor=actor, at=at,
        before=held.data, removed=True,
    )  # fmt: skip
    _delete(document, kind, row, clock.local_date(at))
    draft_passages.drop_heading(document, chapter, clock.local_date(at))
    draft_numbers.explain_gap(document, held, reason or _("Oppdraget ble tatt ut av utkastet."))
    touch(document, actor=actor)


def _place(document: SteeringDocument, held: Item, chapter: str) -> revisions.Place:
    passages = draft_passages.linked(document, held.uuid)
    before = None
    if passages:
        before = Passage.objects.filter(document=document, ordinal__lt=passages[0].ordinal).order_by("-ordinal").first()
    running = tuple(passage.uuid for passage in passages if passage.kind != "structured")
    return revisions.Place(chapter, before.uuid if before else None, running)


def _delete(document: SteeringDocument, kind: ItemType, row: DocumentPart, day: date) -> None:
    draft_passages.drop_row_passages(document, row.uuid)
    for change in Change.objects.filter(document=document, new_item=row.uuid):
        draft_changes.drop_change(document, change, day)
    for relation in kind.model._meta.related_objects:
        if relation.field.name == "assignment_item" and relation.field.null:
            relation.related_model._default_manager.filter(assignment_item=row.pk, document=document).update(
                assignment_item=None
            )
    for child in kind.children:
        child.model._default_manager.filter(**{child.parent: row.pk}, document=document).delete()
    row.delete()


@transaction.atomic
def restore_row(*, document: SteeringDocument, item: UUID, actor: Actor, at: datetime) -> Item:
    """Put back a row that was taken out, with the same permanent id, number and children, where it stood.

    A row that carried a change of something in force carries it again. Raises NotFound when nothing was taken out,
    RuleBroken when the row no longer satisfies the rules or the change is no longer possible.
    """
    last = revisions.latest(item)
    if last is None or not last.removed or last.document_id != document.pk or last.item_type not in ITEM_TYPES:
        raise NotFound(_("Det er ikke tatt ut noen rad som kan settes inn igjen."))
    kind, day = ITEM_TYPES[last.item_type], clock.local_date(at)
    place = revisions.Place.read(last.data.get("_place") or {})
    document = open_draft(document=document, actor=actor, at=at, chapter=place.chapter)
    draft_changes.require_restorable(document, last.data, actor, day)
    kept = last.data.get("_change")
    cleaned = _checked(kind, {k: v for k, v in last.data.items() if not k.startswith("_")}, document, day)
    row = kind.model(document=document, uuid=item, ordinal=next_ordinal(kind.model, document), **cleaned.row.values)
    row.save(force_insert=True)
    _write_children(document, kind, row, cleaned)
    if kept is not None:
        draft_changes.put_back(document, kept, day)
    running = Passage.objects.filter(document=document, uuid__in=place.passages)
    if running:
        draft_passages.rest_on(document, row, list(running))
    else:
        labels = {**cleaned.row.labels, "issuer": document.issuer.name}
        made = words.pieces(kind.key, cleaned.data, language=document.language, labels=labels)
        if made:
            draft_passages.ensure_heading(document, place.chapter, day)
        after = draft_passages.place_of(document, place, day)
        draft_passages.write_pieces(document, row, made, chapter=place.chapter, after=after)
    if kept is None and document.kind.family == DocumentFamily.SUPPLEMENT:
        ContentWriter(document).add(
            Change, kind=ChangeKind.ADD, new_item=item, item_type=kind.key, ordinal=next_ordinal(Change, document)
        )
    draft_numbers.close_gap(document, cleaned.data)
    revisions.record(document=document, item=item, item_type=kind.key, data=cleaned.data, actor=actor, at=at)
    touch(document, actor=actor)
    return Item(kind.key, item, document.pk, row.ordinal, cleaned.data, _resting(document, item))
