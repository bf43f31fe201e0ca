"""A letter begins: from the template, empty, or from what stood in force the year before (K14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import NotInThisState, Problem, RuleBroken
from core.models import Audience
from governance.actions import draft_passages, draft_rows
from governance.actions.documents import DocumentFacts, create_document, touch
from governance.actions.draft_access import open_draft
from governance.content import ContentWriter
from governance.drafting import chapters, last_year, left_behind, rich
from governance.drafting.last_year import Element, Fate
from governance.items import ITEM_TYPES
from governance.models import (
    ChapterTemplate,
    DocumentFamily,
    DocumentState,
    Passage,
    RowComment,
    SteeringDocument,
)

TEMPLATE, EMPTY, LAST_YEAR = "template", "empty", "last_year"


@transaction.atomic
def start_letter(*, facts: DocumentFacts, start: str, actor: Actor, at: datetime) -> SteeringDocument:
    """Create a draft with the chapters of its kind (template), with nothing (empty), or ready for last year's content.

    Raises NotAllowed, RuleBroken.
    """
    document = create_document(facts=facts, actor=actor, at=at)
    found: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=document.pk)
    if start == TEMPLATE:
        write_template(found, day=clock.local_date(at))
        touch(found, actor=actor)
    return found


@transaction.atomic
def start_supplement(*, facts: DocumentFacts, actor: Actor, at: datetime) -> SteeringDocument:
    """Create a draft supplement to the letter chosen, else to the year's letter from the actor's organisation.

    While that letter is only a draft there is nothing to supplement. Raises NotAllowed, RuleBroken.
    """
    if facts.supplements is None:
        rows = SteeringDocument.objects.filter(recipient=facts.recipient, issuer__uuid=actor.organisation)
        rows = rows.filter(year=facts.year, kind__family=DocumentFamily.LETTER).select_related("kind")
        letters = list(rows.exclude(state=DocumentState.DISCARDED).order_by("id"))
        issued = next((row for row in letters if row.is_issued), None)
        if letters and issued is None:
            sentence = _("«%(title)s» er ikke utstedt. Endre utkastet i stedet for å supplere det.")
            raise RuleBroken(problems=[Problem("supplements_draft", sentence % {"title": letters[0].title}, "letter")])
        facts = replace(facts, supplements=issued)
    return create_document(facts=facts, actor=actor, at=at)


def write_template(document: SteeringDocument, *, day: date) -> None:
    """The fixed headings and standard prose of the document's kind, in its own norm."""
    writer = ContentWriter(document)
    for chapter in chapters.chapters_of(document, day):
        common: dict[str, Any] = {"chapter": chapter.code, "language": document.language}
        writer.passage(
            chapters.title_of(chapter, document.language),
            heading_level=1,
            section_number=chapter.number,
            **common,
        )
        text = chapters.text_of(chapter, document.language)
        if text:
            writer.passage(text, rich=rich.from_plain(text), **common)


@transaction.atomic
def take_from_last_year(
    *,
    document: SteeringDocument,
    choices: Mapping[str, str],
    bulk: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> int:
    """Fill an empty draft with last year's content, each element kept, changed, closed or lapsed as chosen.

    Goals, parameters and key figures keep their line, so that series run on (decision A9). Assignments of last year
    go on without being said again (R-17); older ones lapse by the letter's rule (R-16), and an exception is written
    as a row. ``answers`` settle what comes along while the goal or entry it belongs to ends (drafting.left_behind);
    nothing is detached without one. An exempt assignment comes along also when the actor may not read it, untouched
    and unseen: in the draft too it is read by its readers alone (B2). Returns how many rows were written. Raises
    NotAllowed, StaleVersion, NotInThisState, RuleBroken with every row that would lose what it belongs to.
    """
    document = open_draft(document=document, actor=actor, at=at, expected_version=expected_version)
    if document.year is None:
        raise RuleBroken(problems=[Problem("year_missing", _("Skriv budsjettåret i brevhodet først."), "year")])
    if draft_rows.has_rows(document):
        raise NotInThisState(_("Utkastet har allerede innhold. Ta inn fjoråret i et nytt utkast."), code="not_empty")
    day = clock.local_date(at)
    before = last_year.elements(document, actor=actor, day=day)
    found = left_behind.settled(last_year.chosen(before, choices, bulk or {}), answers or {})
    if losing := left_behind.left_behind(found):
        raise RuleBroken(problems=left_behind.problems(losing))
    if not Passage.objects.filter(document=document).exists():
        _write_headings(document, day)
    said = [pair for pair in found if pair[0].key in SAID_IN_TEXT and pair[0].item and pair[0].item.passages]
    moved: dict[str, str] = {}
    count = _write_rows(document, [pair for pair in found if pair not in said], moved, {}, actor=actor, at=at)
    copies = _write_sections(document, [pair for pair in found if pair[0].key == last_year.SECTION], day=day)
    count += _write_rows(document, said, moved, copies, actor=actor, at=at)
    document.lapse_through_year = document.year - 2
    document.save(update_fields=["lapse_through_year"])
    touch(document, actor=actor)
    return count


def _write_headings(document: SteeringDocument, day: date) -> None:
    writer = ContentWriter(document)
    for chapter in chapters.chapters_of(document, day):
        writer.passage(
            chapters.title_of(chapter, document.language), chapter=chapter.code, heading_level=1,
            section_number=chapter.number, language=document.language,
        )  # fmt: skip


def _write_rows(
    document: SteeringDocument,
    found: list[tuple[Element, Fate]],
    moved: dict[str, str],
    copies: Mapping[UUID, Passage],
    *,
    actor: Actor,
    at: datetime,
) -> int:
    """Write rows that come along. One whose words came along as running text rests on those and is not said twice."""
    day = clock.local_date(at)
    editions = last_year.editions_for(document, day)
    places = chapters.places(document, day)
    count = 0
    for element, fate in _parents_first(found):
        if not last_year.is_written(element, fate):
            continue
        data = last_year.next_data(element, fate, moved=moved, editions=editions, language=document.language)
        made = draft_rows.write_copied(
            document, ITEM_TYPES[element.key], data, chapter=places.get(element.key, ""), actor=actor, at=at,
            passages=[copies[uuid] for uuid in element.item.passages if uuid in copies] if element.item else None,
        )  # fmt: skip
        moved[str(element.uuid)] = str(made.uuid)
        count += 1
        if fate == Fate.CHANGE:
            _mark(document, made.uuid, actor=actor, at=at)
    return count


#: rows that are data about words that stand as running text
SAID_IN_TEXT = ("reporting", "copy_rule", "meeting_rule", "notice_duty", "lock_rule")
#: what stands under the goal it belongs to, in this order
UNDER_GOAL = {"parameter": 1, "key_figure": 2, "assignment": 3}


def _parents_first(found: list[tuple[Element, Fate]]) -> list[tuple[Element, Fate]]:
    """In reading order: each goal with its parameters, key figures and assignments, then what has no goal.

    Upper goals stand before lower, and the calendar before the requirements that point at it.
    """
    goals = [pair[0] for pair in found if pair[0].key == "goal"]
    goals.sort(key=lambda element: bool(_pointer(element, "parent")))
    place = {str(element.uuid): number for number, element in enumerate(goals)}

    def order(pair: tuple[Element, Fate]) -> tuple[int, int, int]:
        element = pair[0]
        if element.key == "goal":
            return (0, place[str(element.uuid)], 0)
        if element.key in UNDER_GOAL:
            return (0, place.get(_pointer(element, "goal"), len(goals)), UNDER_GOAL[element.key])
        return (1 if element.key == "calendar" else 2, 0, 0)

    return sorted(found, key=order)


def _pointer(element: Element, name: str) -> str:
    return str(element.item.data.get(name) or "") if element.item else ""


def _mark(document: SteeringDocument, item: Any, *, actor: Actor, at: datetime) -> None:
    """An internal word on the row: this is to be changed (K10)."""
    RowComment.objects.create(
        document=document, item=item, organisation=document.issuer, author_id=actor.user_id, author_name=actor.name,
        audience=Audience.INTERNAL, text=_("Skal endres fra i fjor."), at=at,
    )  # fmt: skip


def _write_sections(document: SteeringDocument, found: list[tuple[Element, Fate]], *, day: date) -> dict[UUID, Passage]:
    """Running text goes to the chapter with its number or heading; the chapter's own heading is not said twice.

    Returns the copy of each passage.
    """
    copies: dict[UUID, Passage] = {}
    known = chapters.chapters_of(document, day)
    for element, fate in found:
        if fate not in (Fate.KEEP, Fate.CHANGE):
            continue
        chapter = _chapter_of(element, known)
        code = chapter.code if chapter else ""
        if chapter and (title := _title_with_number_of(element.passages[0], chapter)):
            headings = Passage.objects.filter(document=document, chapter=code, heading_level=1)
            headings.filter(section_number=chapter.number).update(text=title)
        parts = [part for part in element.passages if not (chapter and _is_heading_of(part, chapter))]
        place = draft_passages.end_of_chapter(document, code, day)
        first = draft_passages.make_room(document, after=place, count=len(parts))
        for number, part in enumerate(parts):
            copies[part.uuid] = ContentWriter(document).passage(
                part.text, rich=part.rich, ordinal=first + number, chapter=code, heading_level=part.heading_level,
                language=part.language,
            )  # fmt: skip
    return copies


def _chapter_of(element: Element, known: list[ChapterTemplate]) -> ChapterTemplate | None:
    first = element.passages[0]
    by_code = {chapter.code: chapter for chapter in known}
    if first.chapter in by_code:
        return by_code[first.chapter]
    top = first.section_number.partition(".")[0]
    by_number = {chapter.number: chapter for chapter in known if chapter.number}
    return next((chapter for chapter in known if _is_heading_of(first, chapter)), None) or by_number.get(
        top, known[0] if known else None
    )


def _is_heading_of(part: Passage, chapter: ChapterTemplate) -> bool:
    titles = {chapter.title_nb.casefold(), chapter.title_nn.casefold()}
    words = part.text.strip().removeprefix(part.section_number).strip()
    return bool(part.heading_level) and (words.casefold() in titles or bool(_title_with_number_of(part, chapter)))


def _title_with_number_of(part: Passage, chapter: ChapterTemplate) -> str:
    """Last year's title of a chapter with this chapter's number: the letter keeps its own words for it."""
    if part.heading_level != 1 or not chapter.number[:1].isdigit() or part.section_number != chapter.number:
        return ""
    return part.text.strip().removeprefix(part.section_number).strip(" .")
