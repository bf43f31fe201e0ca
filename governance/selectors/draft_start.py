"""What the pages around the start of a draft show: last year's elements, chapters with owners, editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Department, Organisation
from core.actor import Actor
from governance.drafting import last_year, left_behind
from governance.drafting.last_year import FATE_WORDS, Element, Fate
from governance.items import ITEM_TYPES
from governance.models import (
    CommonDirective,
    DirectiveEdition,
    DocumentFamily,
    DocumentKind,
    SectionOwner,
    SteeringDocument,
)
from governance.selectors import workspace


def letter_kinds() -> QuerySet[DocumentKind]:
    """The kinds that stand on their own: everything but supplements and instructions, which begin elsewhere."""
    found: QuerySet[DocumentKind] = DocumentKind.objects.filter(family=DocumentFamily.LETTER).order_by("id")
    return found


@dataclass(frozen=True)
class FateLine:
    """One element with its choice."""

    element: Element
    name: str
    note: str
    chosen: Fate
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class FateGroup:
    """Elements of one type with a choice for all of them."""

    key: str
    title: str
    note: str
    lines: Sequence[FateLine]
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class LosingLine:
    """A row that ends while others belong to it: what is lost, and what can be done about it."""

    field: str
    sentence: str
    chosen: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class LastYear:
    """Last year's content with the choices, and what would be left behind by them."""

    groups: Sequence[FateGroup]
    losing: Sequence[LosingLine]


def last_year_choices(
    document: SteeringDocument,
    choices: Mapping[str, str],
    bulk: Mapping[str, str],
    answers: Mapping[str, str],
    *,
    actor: Actor,
    day: date,
) -> LastYear:
    """Last year's content with what is chosen for each, and every row that ends while others belong to it.

    A row that the answers themselves bring to an end is told too, so that all is on the page at once.
    """
    pairs = last_year.chosen(last_year.elements(document, actor=actor, day=day), choices, bulk)
    first = left_behind.left_behind(pairs)
    later = left_behind.left_behind(left_behind.settled(pairs, answers))
    known = {group.owner.uuid for group in first}
    losing = [*first, *(group for group in later if group.owner.uuid not in known)]
    lines = [
        LosingLine(
            field=group.field,
            sentence=left_behind.sentence(group),
            chosen=answers.get(str(group.owner.uuid), ""),
            options=left_behind.choices(group),
        )
        for group in losing
    ]
    return LastYear(_fate_groups(pairs), lines)


def _fate_groups(pairs: Sequence[tuple[Element, Fate]]) -> list[FateGroup]:
    """Grouped by type in reading order."""
    bodies = _copy_receivers([element for element, _fate in pairs])
    keys = list(dict.fromkeys(element.key for element, _fate in pairs))
    groups = []
    for key in keys:
        own = [(element, fate) for element, fate in pairs if element.key == key]
        fates = list(dict.fromkeys(fate for element, _fate in own for fate in element.fates))
        groups.append(
            FateGroup(
                key=key,
                title=str(ITEM_TYPES[key].plural) if key in ITEM_TYPES else _("Løpende tekst"),
                note=ngettext("%(count)s rad", "%(count)s rader", len(own)) % {"count": len(own)},
                lines=[_line(element, fate, bodies) for element, fate in own],
                options=[(fate.value, str(FATE_WORDS[fate])) for fate in fates],
            )
        )
    return groups


def _copy_receivers(elements: Sequence[Element]) -> dict[str, str]:
    """Name by permanent id of those who get copies: two rules of one kind of letter differ by it alone."""
    wanted = [element.item.data["recipient"] for element in elements if element.key == "copy_rule" and element.item]
    rows = Organisation.objects.filter(uuid__in=wanted)
    return {str(row.uuid): row.name for row in rows} if wanted else {}


def _line(element: Element, fate: Fate, bodies: Mapping[str, str]) -> FateLine:
    to = bodies.get(str(element.item.data["recipient"])) if element.key == "copy_rule" and element.item else None
    return FateLine(
        element=element,
        name=_("%(what)s, kopi til %(name)s") % {"what": element.name, "name": to} if to else element.name,
        note=_note(element),
        chosen=fate,
        options=[(value.value, str(FATE_WORDS[value])) for value in element.fates],
    )


def _note(element: Element) -> str:
    if element.note:
        return element.note
    if element.key == "assignment" and element.year is not None:
        if element.usual == Fate.LAPSE:
            return _("fra %(year)s, utgår etter regelen om ikke annet velges") % {"year": element.year}
        return _("fra %(year)s, løper videre uten å gjentas") % {"year": element.year}
    data = element.item.data if element.item else {}
    if data.get("line"):
        return _("tallserien løper videre")
    return ""


def owners_now(document: SteeringDocument, day: date) -> tuple[list[workspace.ChapterLine], dict[str, Department]]:
    """Chapters of the template, and the department that answers for each now."""
    lines = [line for line in workspace.outline(document, "", day) if line.code != workspace.REST]
    rows = SectionOwner.objects.filter(document=document, ended_at__isnull=True).select_related("department")
    return lines, {row.chapter: row.department for row in rows.order_by("id")}


def editions_to_choose(document: SteeringDocument) -> list[DirectiveEdition]:
    """Editions for the letter's year and the two before that the draft does not have yet, newest first."""
    year = document.year or 0
    held = CommonDirective.objects.filter(document=document, edition__isnull=False).values("edition_id")
    rows = DirectiveEdition.objects.filter(year__lte=year, year__gte=year - 2).exclude(pk__in=held)
    return list(rows.order_by("-year", "-valid_from", "id"))
