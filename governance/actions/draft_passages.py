"""The text of a draft: passages written, moved and taken out, and the passages that rows make of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotFound, Problem, RuleBroken
from core.graded import graded_problems
from governance.actions import draft_revisions as revisions
from governance.actions.documents import touch
from governance.actions.draft_access import open_draft, require_seen
from governance.content import ContentWriter
from governance.drafting import chapters, rich
from governance.drafting.words import Piece
from governance.models import ItemPassage, Language, Passage, PassageKind, SteeringDocument
from governance.models.document import DocumentPart

FIELDS = ("text", "rich", "heading_level", "section_number", "language", "chapter")


def passage_data(passage: Passage) -> dict[str, Any]:
    """A passage as the values that are merged and kept."""
    return {name: getattr(passage, name) for name in FIELDS}


def find_passage(document: SteeringDocument, passage: Passage | UUID) -> Passage:
    """The passage in this document. Raises NotFound."""
    uuid = passage if isinstance(passage, UUID) else passage.uuid
    found: Passage | None = Passage.objects.filter(document=document, uuid=uuid).first()
    if found is None:
        raise NotFound(_("Avsnittet er ikke lenger i utkastet."))
    return found


# ---- places ----


def make_room(document: SteeringDocument, *, after: int, count: int) -> int:
    """Move later passages down; gives the first free ordinal. One statement however long the letter is."""
    Passage.objects.filter(document=document, ordinal__gt=after).update(ordinal=F("ordinal") + count)
    return after + 1


def end_of_chapter(document: SteeringDocument, chapter: str, day: Any) -> int:
    """The ordinal a chapter ends at; for a chapter with no text yet, the end of the ones before it."""
    if not chapter:
        return _last(document)
    order = [row.code for row in chapters.chapters_of(document, day)]
    before = [*order[: order.index(chapter)], chapter] if chapter in order else [chapter]
    found = Passage.objects.filter(document=document, chapter__in=before).aggregate(top=Max("ordinal"))["top"]
    if found is None and chapter not in order:
        return _last(document)
    if found is None:
        return int(Passage.objects.filter(document=document, chapter="").aggregate(top=Max("ordinal"))["top"] or 0)
    return int(found)


def _last(document: SteeringDocument) -> int:
    return int(Passage.objects.filter(document=document).aggregate(top=Max("ordinal"))["top"] or 0)


def ensure_heading(document: SteeringDocument, chapter: str, day: Any) -> None:
    """The fixed heading of a chapter of the template, when the chapter gets its first text."""
    if not chapter or Passage.objects.filter(document=document, chapter=chapter).exists():
        return
    template = chapters.chapter_of(document, chapter, day)
    if template is None:
        return
    ordinal = make_room(document, after=end_of_chapter(document, chapter, day), count=1)
    title = template.title_nn if document.language == Language.NN else template.title_nb
    ContentWriter(document).passage(
        title, ordinal=ordinal, chapter=chapter, heading_level=1, section_number=template.number,
        language=document.language,
    )  # fmt: skip


def drop_heading(document: SteeringDocument, chapter: str, day: Any) -> None:
    """Take the fixed heading out when nothing stands under it any more; it comes again with the next text."""
    left = list(Passage.objects.filter(document=document, chapter=chapter)[:2]) if chapter else []
    template = chapters.chapter_of(document, chapter, day) if len(left) == 1 else None
    if template is not None and left[0].text == chapters.title_of(template, document.language):
        left[0].delete()


# ---- what a row makes of itself ----


def linked(document: SteeringDocument, item: UUID) -> list[Passage]:
    """The passages a row rests on, in order."""
    rows = ItemPassage.objects.filter(document=document, item=item, field="").select_related("passage")
    return [row.passage for row in rows.order_by("passage__ordinal", "id")]


def write_pieces(
    document: SteeringDocument, row: DocumentPart, pieces: Sequence[Piece], *, chapter: str, after: int
) -> list[Passage]:
    """Update the generated passages of a row: same ones kept, missing ones added after them, spare ones removed."""
    held = [passage for passage in linked(document, row.uuid) if passage.kind == PassageKind.STRUCTURED]
    for passage, piece in zip(held, pieces, strict=False):
        values = (piece.text, piece.level, piece.number, document.language)
        if values != (passage.text, passage.heading_level, passage.section_number, passage.language):
            passage.text, passage.heading_level, passage.section_number, passage.language = values
            passage.rich = ""
            passage.save(update_fields=["text", "rich", "heading_level", "section_number", "language"])
    spare = held[len(pieces) :]
    if spare:
        _drop(spare)
    new = pieces[len(held) :]
    if not new:
        return held[: len(pieces)]
    place = held[-1].ordinal if held else after
    if held:
        chapter = held[-1].chapter
    first = make_room(document, after=place, count=len(new))
    writer = ContentWriter(document)
    made = [
        writer.passage(
            piece.text, kind=PassageKind.STRUCTURED, ordinal=first + number, chapter=chapter,
            heading_level=piece.level, section_number=piece.number, language=document.language,
        )
        for number, piece in enumerate(new)
    ]  # fmt: skip
    _link(document, row, [*held, *made], start=len(held))
    return [*held, *made]


def _link(document: SteeringDocument, row: DocumentPart, passages: Sequence[Passage], *, start: int = 0) -> None:
    for number, passage in enumerate(passages[start:], start=start + 1):
        ContentWriter(document).add(ItemPassage, item=row.uuid, passage=passage, ordinal=number)


def rest_on(document: SteeringDocument, row: DocumentPart, passages: Sequence[Passage | UUID]) -> list[Passage]:
    """Let a row rest on passages that already stand in the document: nothing is generated for it."""
    found = [find_passage(document, passage) for passage in passages]
    ItemPassage.objects.filter(document=document, item=row.uuid).delete()
    _link(document, row, found)
    return found


def _drop(passages: Sequence[Passage]) -> None:
    keys = [passage.pk for passage in passages]
    ItemPassage.objects.filter(passage_id__in=keys).delete()
    Passage.objects.filter(pk__in=keys).delete()


def drop_row_passages(document: SteeringDocument, item: UUID) -> None:
    """Take out what a row made of itself; running text it only rested on stays."""
    passages = linked(document, item)
    ItemPassage.objects.filter(document=document, item=item).delete()
    shared = set(
        ItemPassage.objects.filter(passage__in=[row.pk for row in passages]).values_list("passage_id", flat=True)
    )
    _drop([row for row in passages if row.kind == PassageKind.STRUCTURED and row.pk not in shared])


# ---- running text ----


def _read(text: str, heading_level: int) -> tuple[str, str]:
    markup, words = rich.read(text)
    if heading_level:
        return "", " ".join(words.split())
    return markup, words


def _problems(words: str, language: str, heading_level: int) -> list[Problem]:
    problems = []
    if not words.strip():
        problems.append(Problem("text_missing", _("Skriv teksten som skal stå i brevet."), "text"))
    if language not in Language.values:
        problems.append(Problem("language", _("Velg bokmål eller nynorsk."), "language"))
    if not 0 <= heading_level <= 4:
        problems.append(Problem("heading_level", _("Velg et overskriftsnivå fra 1 til 4."), "heading_level"))
    return [*problems, *graded_problems({"text": words})]


@transaction.atomic
def add_passage(
    *,
    document: SteeringDocument,
    text: str,
    actor: Actor,
    at: datetime,
    chapter: str = "",
    after: Passage | UUID | None = None,
    heading_level: int = 0,
    language: str = "",
    section_number: str = "",
    expected_version: int | None = None,
) -> Passage:
    """Add running text or a heading, at the end of a chapter or after a passage. ``text`` is plain or rich.

    Raises NotAllowed, NotInThisState, StaleVersion, RuleBroken.
    """
    before = None
    if after is not None:
        before = find_passage(document, after)
        chapter = chapter or before.chapter
    document = open_draft(document=document, actor=actor, at=at, chapter=chapter, expected_version=expected_version)
    language = language or document.language
    markup, words = _read(text, heading_level)
    problems = _problems(words, language, heading_level)
    if problems:
        raise RuleBroken(problems=problems)
    day = clock.local_date(at)
    ensure_heading(document, chapter, day)
    place = find_passage(document, before).ordinal if before else end_of_chapter(document, chapter, day)
    passage = ContentWriter(document).passage(
        words, rich=markup, ordinal=make_room(document, after=place, count=1), chapter=chapter,
        heading_level=heading_level, language=language, section_number=section_number,
    )  # fmt: skip
    _keep(document, passage, actor=actor, at=at)
    return passage


def _keep(
    document: SteeringDocument,
    passage: Passage,
    *,
    actor: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    removed: bool = False,
    place: revisions.Place | None = None,
) -> None:
    data = passage_data(passage) | ({"_place": place.plain()} if place else {})
    revisions.record(
        document=document, item=passage.uuid, item_type=revisions.PASSAGE, data=data, actor=actor, at=at,
        before=before, removed=removed,
    )  # fmt: skip
    touch(document, actor=actor)


@transaction.atomic
def save_passage(
    *,
    document: SteeringDocument,
    passage: Passage | UUID,
    text: str,
    actor: Actor,
    at: datetime,
    base_number: int | None = None,
    heading_level: int | None = None,
    language: str = "",
    expected_version: int | None = None,
) -> Passage:
    """Change running text. What somebody else changed meanwhile is merged, or put to the writer (RowConflict).

    A passage a row made of itself is changed through its row: RuleBroken says so.
    """
    found = find_passage(document, passage)
    document = open_draft(
        document=document, actor=actor, at=at, chapter=found.chapter, expected_version=expected_version
    )
    require_seen(document, found.uuid, actor, clock.local_date(at))
    found = find_passage(document, found)
    if found.kind == PassageKind.STRUCTURED and found.item_links.exists():
        sentence = _("Teksten lages av raden den hører til. Endre raden i stedet.")
        raise RuleBroken(problems=[Problem("generated", sentence, "text")])
    theirs = passage_data(found)
    level = theirs["heading_level"] if heading_level is None else heading_level
    markup, words = _read(text, level)
    problems = _problems(words, language or found.language, level)
    if problems:
        raise RuleBroken(problems=problems)
    mine = {"text": words, "rich": markup, "heading_level": level, "language": language or found.language}
    written = _merged(found, base_number, theirs, mine)
    for name in FIELDS:
        setattr(found, name, written[name])
    found.save(update_fields=list(FIELDS))
    _keep(document, found, actor=actor, at=at, before=theirs)
    return found


def _merged(found: Passage, base_number: int | None, theirs: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """Text and its formatted form are one field: the formatted form decides where there is one."""
    if not theirs["rich"] and theirs["text"] and mine["text"] == theirs["text"] and not mine["heading_level"]:
        mine = {**mine, "rich": theirs["rich"]} if mine["rich"] == rich.from_plain(theirs["text"]) else mine
    return revisions.merged(item=found.uuid, base_number=base_number, theirs=theirs, mine=mine, children=())


@transaction.atomic
def remove_passage(
    *,
    document: SteeringDocument,
    passage: Passage | UUID,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> None:
    """Take running text out; it can be put back. Refused while a row rests on it."""
    found = find_passage(document, passage)
    document = open_draft(
        document=document, actor=actor, at=at, chapter=found.chapter, expected_version=expected_version
    )
    require_seen(document, found.uuid, actor, clock.local_date(at))
    found = find_passage(document, found)
    if found.item_links.exists():
        sentence = _("Avsnittet hører til en rad. Ta ut raden i stedet.")
        raise RuleBroken(problems=[Problem("in_use", sentence, "text")])
    before = Passage.objects.filter(document=document, ordinal__lt=found.ordinal).order_by("-ordinal").first()
    place = revisions.Place(found.chapter, before.uuid if before else None)
    _keep(document, found, actor=actor, at=at, before=passage_data(found), removed=True, place=place)
    found.delete()
    if found.heading_level != 1:
        drop_heading(document, found.chapter, clock.local_date(at))


@transaction.atomic
def restore_passage(*, document: SteeringDocument, passage: UUID, actor: Actor, at: datetime) -> Passage:
    """Put a passage back where it stood. Raises NotFound when nothing was taken out."""
    last = revisions.latest(passage)
    if last is None or not last.removed or last.document_id != document.pk:
        raise NotFound(_("Det er ikke tatt ut noe avsnitt som kan settes inn igjen."))
    place = revisions.Place.read(last.data.get("_place") or {})
    document = open_draft(document=document, actor=actor, at=at, chapter=place.chapter)
    values = {name: last.data[name] for name in FIELDS}
    if values["heading_level"] != 1:
        ensure_heading(document, place.chapter, clock.local_date(at))
    ordinal = make_room(document, after=place_of(document, place, clock.local_date(at)), count=1)
    found = ContentWriter(document).passage(values.pop("text"), uuid=passage, ordinal=ordinal, **values)
    _keep(document, found, actor=actor, at=at)
    return found


def place_of(document: SteeringDocument, place: revisions.Place, day: Any) -> int:
    """The ordinal to write after, for what is put back."""
    held = Passage.objects.filter(document=document, uuid=place.after).first() if place.after else None
    if held is not None:
        return int(held.ordinal)
    if place.after is None and not Passage.objects.filter(document=document, chapter=place.chapter).exists():
        return end_of_chapter(document, place.chapter, day)
    return 0 if place.after is None else end_of_chapter(document, place.chapter, day)


@transaction.atomic
def move_passage(
    *, document: SteeringDocument, passage: Passage | UUID, after: Passage | UUID | None, actor: Actor, at: datetime
) -> None:
    """Move running text after another passage of the same chapter, or first in its chapter (None)."""
    found = find_passage(document, passage)
    document = open_draft(document=document, actor=actor, at=at, chapter=found.chapter)
    require_seen(document, found.uuid, actor, clock.local_date(at))
    target = find_passage(document, after) if after is not None else None
    if target is not None and target.chapter != found.chapter:
        sentence = _("Avsnittet flyttes innenfor sitt eget kapittel.")
        raise RuleBroken(problems=[Problem("other_chapter", sentence, "after")])
    first = Passage.objects.filter(document=document, chapter=found.chapter).order_by("ordinal").first()
    before = max((first.ordinal if first else 1) - 1, 0)
    move_block(document, [find_passage(document, found)], after=target.ordinal if target else before)
    touch(document, actor=actor)


def move_block(document: SteeringDocument, passages: Sequence[Passage], *, after: int) -> None:
    """Move passages together to stand after an ordinal; the others keep their order."""
    keys = [row.pk for row in passages]
    moved = Passage.objects.filter(pk__in=keys).order_by("ordinal", "id")
    first = make_room(document, after=after, count=len(keys))
    for number, row in enumerate(moved):
        Passage.objects.filter(pk=row.pk).update(ordinal=first + number)
