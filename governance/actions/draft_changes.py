"""A change of a draft supplement goes out with its text, and comes in again as the change it was (V-34)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.actor import Actor
from core.canonical import plain
from core.errors import NotFound, Problem, RuleBroken
from governance.actions import draft_passages
from governance.actions.draft_revisions import Place
from governance.consolidation import Entry
from governance.content import ContentWriter
from governance.drafting.effect import changeable, owner_of, standing
from governance.models import Change, ChangeKind, ItemPassage, Passage, SteeringDocument
from governance.restricted import carries_exempt, earlier_of_removed, may_read_targets

#: the field of a link from the row a change carries to the change's own sentence: withheld with the row, not made by it
SENTENCE = "change"
#: what makes an assignment exempt, and what stands instead of it
EXEMPTION = ("restricted", "restricted_basis", "restricted_title", "restricted_by")
_ACT = ("kind", "target", "new_item", "item_type", "text", "new_date", "amount", "effective_on", "ordinal")


def kept_change(document: SteeringDocument, item: UUID) -> dict[str, Any] | None:
    """The change that carries the row, with its sentences and where they stand, as JSON; None when no change does."""
    change = Change.objects.filter(document=document, new_item=item).order_by("ordinal", "id").first()
    if change is None:
        return None
    sentences = []
    for passage in _sentences(document, change):
        before = Passage.objects.filter(document=document, ordinal__lt=passage.ordinal).order_by("-ordinal").first()
        linked = ItemPassage.objects.filter(document=document, item=item, passage=passage, field=SENTENCE).exists()
        sentences.append(
            {
                **draft_passages.passage_data(passage),
                "uuid": str(passage.uuid),
                "kind": passage.kind,
                "after": str(before.uuid) if before else None,
                "linked": linked,
            }
        )
    return {**{name: plain(getattr(change, name)) for name in _ACT}, "uuid": str(change.uuid), "sentences": sentences}


def _sentences(document: SteeringDocument, change: Change) -> list[Passage]:
    rows = Passage.objects.filter(document=document, item_links__item=change.uuid)
    return list(rows.distinct().order_by("ordinal", "id"))


def drop_change(document: SteeringDocument, change: Change, day: date) -> None:
    """Take the change out with its sentences. The row it carries has gone out before it."""
    passages = _sentences(document, change)
    keys = [passage.pk for passage in passages]
    Change.objects.filter(pk=change.pk).delete()
    ItemPassage.objects.filter(document=document, passage__in=keys).delete()
    Passage.objects.filter(pk__in=keys).delete()
    for chapter in {passage.chapter for passage in passages}:
        draft_passages.drop_heading(document, chapter, day)


def put_back(document: SteeringDocument, kept: Mapping[str, Any], day: date) -> None:
    """Write a change that was taken out again: same id, same target, same act, its sentences where they stood.

    Raises RuleBroken when what it changed is no longer in force, or the draft has come to change it otherwise.
    """
    target = UUID(kept["target"]) if kept["target"] else None
    if target is not None:
        _require_possible(document, target, str(kept["kind"]), day)
    writer = ContentWriter(document)
    values = {name: kept[name] for name in _ACT if name not in ("target", "new_date", "effective_on")}
    days: dict[str, Any] = {
        name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("new_date", "effective_on")
    }
    change = writer.add(Change, uuid=UUID(kept["uuid"]), target=target, **values, **days)
    for sentence in kept["sentences"]:
        passage = _write_sentence(document, sentence, day)
        writer.add(ItemPassage, item=change.uuid, passage=passage)
        if sentence["linked"]:
            writer.add(ItemPassage, item=change.new_item, passage=passage, field=SENTENCE)


def _write_sentence(document: SteeringDocument, kept: Mapping[str, Any], day: date) -> Passage:
    place = Place.read({"chapter": kept["chapter"], "after": kept["after"]})
    draft_passages.ensure_heading(document, place.chapter, day)
    ordinal = draft_passages.make_room(document, after=draft_passages.place_of(document, place, day), count=1)
    values = {name: kept[name] for name in (*draft_passages.FIELDS, "kind") if name != "text"}
    return ContentWriter(document).passage(kept["text"], uuid=UUID(kept["uuid"]), ordinal=ordinal, **values)


def _require_possible(document: SteeringDocument, target: UUID, kind: str, day: date) -> None:
    entry = owner_of(changeable(standing(document, day)), target)
    if entry is None:
        sentence = _(
            "Det endringen gjaldt, er ikke lenger i kraft. Velg en rad som gjelder, og skriv endringen på nytt."
        )
        raise RuleBroken(problems=[Problem("not_in_force", sentence)])
    if kind != ChangeKind.AMOUNT_DELTA and owner_of_changed(document, entry):
        sentence = _("Brevet endrer allerede «%(name)s». Fjern den endringen først.")
        raise RuleBroken(problems=[Problem("changed_already", sentence % {"name": entry.item.name})])


def require_restorable(document: SteeringDocument, removed: Mapping[str, Any], actor: Actor, day: date) -> None:
    """A row taken out that changed an exempt assignment is put back by its readers. Raises NotFound for others."""
    earlier = earlier_of_removed(document, removed)
    if earlier is not None and earlier not in may_read_targets(actor, [earlier], day):
        raise NotFound(_("Det er ikke tatt ut noen rad som kan settes inn igjen."))


def with_exemption(item: UUID, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row that changes an exempt assignment: it is exempt too, by the same basis unless one is said."""
    origin = carries_exempt(item)
    if origin is None:
        return dict(data)
    named = {name: data.get(name) or getattr(origin, name) for name in EXEMPTION if name != "restricted"}
    return {**data, **named, "restricted": True}


def owner_of_changed(document: SteeringDocument, entry: Entry) -> bool:
    """Whether the draft changes the row, or one of its parts, already."""
    targets = Change.objects.filter(document=document, target__isnull=False).values_list("target", flat=True)
    return any(target is not None and owner_of([entry], target) is not None for target in targets)
