"""A new instruction begins: from the one in force with its rules, from the template, or empty (R-01, R-02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.actor import Actor
from core.errors import Problem, RuleBroken
from governance.actions import draft_passages, draft_rows, periods
from governance.actions.documents import DocumentFacts, create_document, touch
from governance.actions.new_letter import EMPTY, TEMPLATE, write_template
from governance.content import ContentWriter
from governance.drafting import chapters
from governance.drafting.from_instruction import Placed, data_of, taken
from governance.instructions import latest_instruction
from governance.items import ITEM_TYPES, Item, read_items
from governance.models import DocumentFamily, DocumentKind, Passage, SteeringDocument

FROM_HELD = "in_force"


@transaction.atomic
def start_instruction(
    *, facts: DocumentFacts, start: str, replaces: Sequence[SteeringDocument], actor: Actor, at: datetime
) -> SteeringDocument:
    """Create the draft of an instruction and say what it replaces; with FROM_HELD, with all of the latest one.

    The day it is to take effect is checked now, not first when it is fixed: it is not past, no other begins the same
    day, and what it replaces has begun before. Raises NotAllowed, RuleBroken with all problems.
    """
    base = latest_instruction(facts.recipient) if start == FROM_HELD else None
    problems = _problems(facts, start, base, replaces, clock.local_date(at))
    if problems:
        raise RuleBroken(problems=problems)
    made = create_document(facts=facts, actor=actor, at=at)
    document: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=made.pk)
    if base is not None:
        _take_over(document, base, actor=actor, at=at)
    elif start == TEMPLATE:
        write_template(document, day=clock.local_date(at))
    for row in replaces:
        draft_rows.save_row(
            document=document, item_type="replacement", data={"replaced": str(row.uuid)}, actor=actor, at=at
        )
    problems = periods.period_problems(document, facts.effective_on)
    if problems:
        raise RuleBroken(problems=problems)
    found: SteeringDocument = SteeringDocument.objects.for_detail().get(pk=document.pk)
    touch(found, actor=actor)
    return found


def _problems(
    facts: DocumentFacts,
    start: str,
    base: SteeringDocument | None,
    replaces: Sequence[SteeringDocument],
    day: date,
) -> list[Problem]:
    problems = []
    kind = DocumentKind.objects.filter(code=facts.kind).first()
    if kind is None or kind.family != DocumentFamily.INSTRUCTION:
        problems.append(Problem("kind", _("Velg en type instruks."), "kind"))
    if start == FROM_HELD and base is None:
        sentence = _("Det er ikke registrert noen instruks til %(agency)s. Start fra malen i stedet.")
        problems.append(Problem("nothing_in_force", sentence % {"agency": facts.recipient.name}, "start"))
    if start not in (FROM_HELD, TEMPLATE, EMPTY):
        problems.append(Problem("start", _("Velg hva instruksen skal starte fra."), "start"))
    if facts.effective_on is None:
        problems.append(Problem("effective_missing", _("Skriv dagen instruksen skal gjelde fra."), "effective_on"))
    else:
        problems += periods.effective_problems(facts.effective_on, day)
    for row in replaces:
        if row.kind.family != DocumentFamily.INSTRUCTION or not row.is_issued:
            sentence = _("«%(title)s» er ingen fastsatt instruks og kan ikke erstattes.")
            problems.append(Problem("replaces_other", sentence % {"title": row.title}, "replaces"))
    return problems


def _take_over(document: SteeringDocument, base: SteeringDocument, *, actor: Actor, at: datetime) -> None:
    """Sections as running text and rules as rows; a rule that rests on running text rests on the same words here."""
    day = clock.local_date(at)
    found = taken(base, read_items([base.pk]), chapters.chapters_of(document, day))
    places = chapters.places(document, day)
    SteeringDocument.objects.filter(pk=document.pk).update(based_on=base)
    here: dict[str, Passage] = {}
    moved: dict[str, str] = {}
    for placed in found.passages:
        if placed.text:
            here[str(placed.passage.uuid)] = _write_passage(document, placed, day)
        for item in placed.rows:
            on = [here[str(uuid)] for uuid in found.resting.get(item.uuid, ()) if str(uuid) in here]
            _write_row(document, item, moved, on, placed.chapter, actor=actor, at=at)
    for item in found.loose:
        _write_row(document, item, moved, [], places.get(item.key, ""), actor=actor, at=at)


def _write_passage(document: SteeringDocument, placed: Placed, day: date) -> Passage:
    place = draft_passages.end_of_chapter(document, placed.chapter, day)
    number = placed.passage.section_number if placed.level else ""
    return ContentWriter(document).passage(
        placed.text,
        rich=placed.passage.rich,
        ordinal=draft_passages.make_room(document, after=place, count=1),
        chapter=placed.chapter,
        heading_level=placed.level,
        section_number=number,
        language=placed.passage.language,
    )


def _write_row(
    document: SteeringDocument,
    item: Item,
    moved: dict[str, str],
    passages: Sequence[Passage],
    chapter: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    data: Mapping[str, object] = data_of(item, moved)
    made = draft_rows.write_copied(
        document, ITEM_TYPES[item.key], data, chapter=chapter, passages=passages or None, actor=actor, at=at
    )
    moved[str(item.uuid)] = str(made.uuid)
