"""The letter's own words for an assignment, from its passages, and those of later letters about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from assignments.contexts import LaterWords, Words
from assignments.models import Assignment
from assignments.selectors.links import document_url
from core import formatting as fmt
from core.actor import Actor
from core.models import Event
from governance.models import AssignmentItem, ItemPassage, Passage, SteeringDocument
from governance.paragraphs import flowing
from governance.restricted import may_read_restricted


@dataclass(frozen=True)
class LetterText:
    """The letter, word for word; ``source`` says where it stands."""

    paragraphs: Sequence[Words]
    source: str
    url: str = ""
    later: Sequence[LaterWords] = ()


def letter_text(assignment: Assignment, actor: Actor, day: date) -> LetterText:
    """The words of the passages the assignment rests on; the typed text where there are none."""
    changes = _later_items(assignment)
    items = [item.uuid for item in changes] + ([assignment.item.uuid] if assignment.item else [])
    passages = _passages(items)
    exempt = [item.uuid for item in changes if item.restricted and not assignment.restricted]
    held = set(exempt) - may_read_restricted(actor, exempt, day)
    opened = set(_opened(assignment, changes, actor, day))
    own = passages.get(assignment.item.uuid, []) if assignment.item else []
    return LetterText(
        paragraphs=_paragraphs(own, assignment.document, assignment.reference, assignment.title) or _typed(assignment),
        source=_source(assignment, own),
        url=_document_url(assignment.document, own) if assignment.document.uuid in opened else "",
        later=[
            LaterWords(
                title=_later_title(item),
                paragraphs=[Words(_("Unntatt offentlighet"))]
                if item.uuid in held
                else _paragraphs(passages.get(item.uuid, []), item.document, item.reference, item.title)
                or [Words(line) for line in (item.body or item.title).split("\n") if line.strip()],
                url=_document_url(item.document, []) if item.document.uuid in opened else "",
            )
            for item in changes
        ],
    )


def _later_items(assignment: Assignment) -> list[AssignmentItem]:
    """Items of supplements that clarified, moved or withdrew it, oldest first."""
    events = Event.objects.filter(subject=assignment.uuid, type="assignment.changed_by_letter").order_by("id")
    uuids = [event.after.get("item") for event in events]
    rows = AssignmentItem.objects.filter(uuid__in=uuids).select_related("document").order_by("id")
    return list(rows)


def _passages(items: Sequence[UUID]) -> dict[UUID, list[Passage]]:
    links = ItemPassage.objects.filter(item__in=items).select_related("passage")
    found: dict[UUID, dict[int, Passage]] = {}
    for link in links:
        found.setdefault(link.item, {})[link.passage_id] = link.passage
    return {item: sorted(rows.values(), key=lambda row: (row.ordinal, row.pk)) for item, rows in found.items()}


def _paragraphs(passages: Sequence[Passage], document: SteeringDocument, reference: str, title: str) -> list[Words]:
    """Without the line that only repeats number and title, and without the line breaks of a plain-text file."""
    heading = "".join(f"{reference}{title}".split()).casefold()
    kept = [row for row in passages if "".join(row.text.split()).strip(":.").casefold() != heading]
    read_in = bool(document.extractor)
    return [Words(flowing(row.text, read_in=read_in), "nn" if row.language == "nn" else "") for row in kept]


def _typed(assignment: Assignment) -> list[Words]:
    lang = "nn" if assignment.document.language == "nn" else ""
    return [Words(line, lang) for line in assignment.body.split("\n") if line.strip()]


def _source(assignment: Assignment, passages: Sequence[Passage]) -> str:
    parts = [assignment.document.title]
    sections = [row.section_number for row in passages if row.section_number]
    if sections:
        parts.append(_("punkt %(number)s") % {"number": sections[0]})
    if passages:
        first, last = passages[0].ordinal, passages[-1].ordinal
        numbers = str(first) if first == last else f"{first}–{last}"
        parts.append(_("avsnitt %(numbers)s") % {"numbers": numbers})
    return ", ".join(parts) + "."


def _later_title(item: AssignmentItem) -> str:
    day = item.document.document_date
    return f"{item.document.title}, {fmt.full_date(day)}" if day else item.document.title


def _opened(assignment: Assignment, changes: Sequence[AssignmentItem], actor: Actor, day: date) -> Sequence[UUID]:
    """Which of the documents the reader may open."""
    wanted = {assignment.document.uuid, *(item.document.uuid for item in changes)}
    rows = SteeringDocument.objects.visible_to(actor, day).filter(uuid__in=wanted)
    return list(rows.values_list("uuid", flat=True))


def _document_url(document: SteeringDocument, passages: Sequence[Passage]) -> str:
    url = document_url(document.uuid)
    return f"{url}#avsnitt-{passages[0].ordinal}" if passages and url else url
