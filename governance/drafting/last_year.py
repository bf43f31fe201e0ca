"""What stood in force last year, element by element, with what usually becomes of it next year (K14, R-16, R-17).

No year is known here: the letter's own budget year decides which year is the last one.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actor import Actor
from governance.consolidation import Consolidated, in_force
from governance.consolidation.records import Entry, Source
from governance.items import ITEM_TYPES, Item
from governance.models import (
    AssignmentItem,
    ChapterTemplate,
    DirectiveEdition,
    DocumentFamily,
    ItemPassage,
    Passage,
    PassageKind,
    SteeringDocument,
)
from governance.restricted import earlier_by_number, may_read_restricted, passages_of, shell_name

SECTION = "section"


class Fate(StrEnum):
    """What becomes of an element."""

    KEEP = "keep"
    CHANGE = "change"
    CLOSE = "close"
    LAPSE = "lapse"


FATE_WORDS = {
    Fate.KEEP: gettext_lazy("Behold"),
    Fate.CHANGE: gettext_lazy("Endre"),
    Fate.CLOSE: gettext_lazy("Avslutt"),
    Fate.LAPSE: gettext_lazy("Utgår"),
}
#: what is not said again unless somebody asks for it
ENDS = {"citation", "enclosure", "replacement"}
#: fields that point at another row of the same letter
POINTERS = ("goal", "parent", "calendar_item", "assignment_item", "continues")
#: dates that come a year later
DATES = {
    "calendar": ("date", "end_date"),
    "reporting": ("due",),
    "authorisation": ("valid_from", "valid_to"),
}
WORDS_OF_DATES = {"calendar": ("date", "date_text"), "reporting": ("due", "due_text")}
YEARS = {"calendar": "budget_year", "common_directive": "year"}


@dataclass(frozen=True)
class Element:
    """One element of last year with its usual fate and the fates it may have. ``year`` is an assignment's own."""

    key: str
    uuid: UUID
    name: str
    usual: Fate
    fates: tuple[Fate, ...]
    item: Item | None = None
    year: int | None = None
    note: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class _Spoken:
    """Passages (keys) that carry a change or a row of a supplement, and the fixed headings of supplements."""

    linked: frozenset[int]
    titles: frozenset[str]


def elements(document: SteeringDocument, *, actor: Actor, day: date) -> list[Element]:
    """Everything in force at the end of the year before the draft's, rows first, running text last.

    An exempt assignment that the actor may not read has its number and legal basis for a name (B2). It is carried
    along unseen; one without a number, or not told as an earlier one can be, is left to its readers.
    """
    year = (document.year or 0) - 1
    before = in_force(agency=document.recipient, valid_on=date(year, 12, 31))
    found = [_element(entry, year) for entry in _own(before.entries, document)]
    found += [_element(entry, year, carried=True) for entry in before.carried if entry.is_in_force]
    found = [element for element in found if not _is_delta(element)]
    order = {key: number for number, key in enumerate(ITEM_TYPES)}
    found.sort(key=lambda element: order[element.key])
    found = _closed(found, document, actor, day)
    return [*found, *_sections(before, document)]


def _own(entries: Iterable[Entry], document: SteeringDocument) -> list[Entry]:
    return [
        entry
        for entry in entries
        if entry.source.family != DocumentFamily.INSTRUCTION and entry.source.issuer == document.issuer.uuid
    ]


def _is_delta(element: Element) -> bool:
    """Changes of amounts and of earlier assignments have done their work; what they changed is in the list."""
    data = element.item.data if element.item else {}
    if element.key == "budget_line":
        return data.get("kind") == "change"
    return element.key == "assignment" and data.get("change") in ("moved", "withdrawn")


def _element(entry: Entry, year: int, *, carried: bool = False) -> Element:
    item = entry.item
    if item.key == "assignment":
        return _assignment(item, year, entry.source.year)
    if item.key in ENDS or item.data.get("kind") == "carried_over":
        return Element(item.key, item.uuid, item.name, Fate.CLOSE, (Fate.KEEP, Fate.CHANGE, Fate.CLOSE), item)
    return Element(item.key, item.uuid, item.name, Fate.KEEP, (Fate.KEEP, Fate.CHANGE, Fate.CLOSE), item)


def _assignment(item: Item, year: int, of_letter: int | None) -> Element:
    """Last year's go on by themselves (R-17); older ones lapse unless an exception is written (R-16)."""
    own = int(item.data.get("year") or of_letter or year)
    fates = (Fate.KEEP, Fate.CHANGE, Fate.CLOSE) if own >= year else (Fate.LAPSE, Fate.KEEP, Fate.CHANGE)
    return Element(item.key, item.uuid, item.name, fates[0], fates, item, own)


def _closed(found: list[Element], document: SteeringDocument, actor: Actor, day: date) -> list[Element]:
    """The rows with what the actor may not read under another name, in as many queries however many they are."""
    exempt = {element.uuid: element.item.data for element in found if element.item and _is_exempt(element.item)}
    hidden = {uuid: exempt[uuid] for uuid in exempt.keys() - may_read_restricted(actor, exempt, day)}
    numbers = {uuid: (document, str(data.get("reference") or "")) for uuid, data in hidden.items()}
    known = earlier_by_number(numbers) if hidden else {}
    return [_shell(element, told=element.uuid in known) if element.uuid in hidden else element for element in found]


def _is_exempt(item: Item) -> bool:
    return item.key == "assignment" and bool(item.data.get("restricted"))


def _shell(element: Element, *, told: bool) -> Element:
    """``told``: the new letter can name it by number, so that what is said of it is held back there too."""
    data = element.item.data if element.item else {}
    name = shell_name(str(data.get("reference") or _("Oppdrag")), str(data.get("restricted_basis") or ""))
    if told:
        return replace(element, name=name)
    note = _("har ikke nummer, og tas med eller avsluttes av den som leser oppdraget")
    return replace(element, name=name, fates=(element.usual,), note=note)


def _sections(before: Consolidated, document: SteeringDocument) -> list[Element]:
    """Running text by section: a heading with the prose under it that no row made, never across two documents.

    A supplement's introduction and the words of its changes say what was done to the letter; they are no content of
    it. A section with a heading of its own may be: it is offered, and left out unless it is chosen. Text that an
    exempt assignment rests on goes with the assignment alone, since nothing holds loose text back (B2).
    """
    own = _own(before.text(), document)
    sources = {entry.source.id: entry.source for entry in own}
    of_changes = _words_about_changes(sources, document)
    found: list[Element] = []
    heading: Passage | None = None
    held: list[Passage] = []

    def close() -> None:
        if held:
            found.extend(_section(heading, held, sources[held[0].document_id], of_changes))

    rows = Passage.objects.filter(uuid__in=[entry.item.uuid for entry in own]).order_by("document_id", "ordinal", "id")
    exempt = AssignmentItem.objects.filter(document__in=list(sources), restricted=True).values_list("uuid", flat=True)
    closed = passages_of(exempt)
    for passage in rows:
        if passage.kind != PassageKind.PROSE or passage.pk in closed:
            continue
        last = held[-1] if held else heading
        if passage.heading_level or (last is not None and last.document_id != passage.document_id):
            close()
            heading, held = None, []
        if passage.heading_level:
            heading = passage
        else:
            held = [*held, passage]
    close()
    return found


def _words_about_changes(sources: Mapping[int, Source], document: SteeringDocument) -> _Spoken:
    """What in the supplements among the sources is about the supplement itself: texts of changes and fixed headings."""
    ids = [source.id for source in sources.values() if source.family == DocumentFamily.SUPPLEMENT]
    if not ids:
        return _Spoken(frozenset(), frozenset())
    linked = ItemPassage.objects.filter(document__in=ids).values_list("passage_id", flat=True)
    fixed = (
        ChapterTemplate.objects.filter(kind__steeringdocument__in=ids).distinct().values_list("title_nb", "title_nn")
    )
    titles = {title.casefold() for pair in fixed for title in pair if title}
    return _Spoken(frozenset(linked), frozenset(titles))


def _section(heading: Passage | None, held: list[Passage], source: Source, spoken: _Spoken) -> Iterable[Element]:
    fates = (Fate.KEEP, Fate.CHANGE, Fate.CLOSE)
    usual, note = Fate.KEEP, ""
    if source.family == DocumentFamily.SUPPLEMENT:
        held = [passage for passage in held if passage.pk not in spoken.linked]
        if heading is None or not held or _words_of(heading) in spoken.titles:
            return
        usual = Fate.CLOSE
        note = _("fra %(title)s, tas ikke med om ikke annet velges") % {"title": source.title}
    parts = (heading, *held) if heading else tuple(held)
    name = heading.text if heading else held[0].text[:80]
    yield Element(SECTION, parts[0].uuid, name, usual, fates, note=note, passages=parts)


def _words_of(heading: Passage) -> str:
    """The heading without its number."""
    return heading.text.strip().removeprefix(heading.section_number).strip(" .").casefold()


# ---- a year later ----


def a_year_on(value: Any, years: int = 1) -> str | None:
    """The same date a year later; 29 February becomes the last day of February."""
    if not value:
        return None
    day = date.fromisoformat(str(value)[:10])
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last)).isoformat()


def next_data(
    element: Element, fate: Fate, *, moved: Mapping[str, str], editions: Mapping[str, DirectiveEdition], language: str
) -> dict[str, Any]:
    """The values of the row in the new letter. ``moved`` is old row → new row, for what points at others."""
    item = element.item
    if item is None:
        return {}
    data = dict(item.data)
    for child in item.type.children:
        data[child.key] = [
            {name: _moved(name, value, moved) for name, value in row.items() if name != "uuid"}
            for row in data.get(child.key) or ()
        ]
    data |= {name: _moved(name, data[name], moved) for name in POINTERS if name in data}
    for name in DATES.get(item.key, ()):
        data[name] = a_year_on(data.get(name))
    if item.key in WORDS_OF_DATES:
        name, words = WORDS_OF_DATES[item.key]
        data[words] = "" if data.get(name) else data.get(words)
    if data.get(YEARS.get(item.key, "")):
        year = int(data[YEARS[item.key]])
        data[YEARS[item.key]] = year + 1
        if item.key == "calendar":
            data["title"] = re.sub(rf"\b{year}\b", str(year + 1), str(data.get("title") or ""))
    if item.key == "common_directive":
        data |= _edition(data, editions, language)
    if item.key == "assignment":
        data |= _carried_assignment(element, fate)
    return data


def _moved(name: str, value: Any, moved: Mapping[str, str]) -> Any:
    return moved.get(str(value)) if name in POINTERS and value else value


def _carried_assignment(element: Element, fate: Fate) -> dict[str, Any]:
    """What a letter says of an assignment it does not give: explained further, or taken back."""
    data = element.item.data if element.item else {}
    named = {"changes_reference": data.get("reference") or ""}
    if fate == Fate.CLOSE:
        return {**named, "change": "withdrawn", "body": "", "deliveries": []}
    return {**named, "change": "clarified"}


def editions_for(document: SteeringDocument, day: date) -> dict[str, DirectiveEdition]:
    """The newest edition of each directive that letters of the draft's year carry, by code and by title."""
    rows = DirectiveEdition.objects.filter(valid_from__lte=max(day, date(document.year or day.year, 1, 1)))
    rows = rows.filter(year__lte=document.year or day.year).order_by("year", "valid_from", "id")
    found: dict[str, DirectiveEdition] = {}
    for row in rows:
        found[row.code] = found[row.title_nb.casefold()] = row
    return found


def directive_data(edition: DirectiveEdition, language: str) -> dict[str, Any]:
    """The row of a letter that carries an edition, in the letter's norm."""
    nynorsk = language == "nn"
    return {
        "title": (edition.title_nn if nynorsk else "") or edition.title_nb,
        "text": (edition.text_nn if nynorsk else "") or edition.text_nb,
        "circular": edition.circular,
        "year": edition.year,
        "edition": str(edition.uuid),
    }


def _edition(data: Mapping[str, Any], editions: Mapping[str, DirectiveEdition], language: str) -> dict[str, Any]:
    same = next((row for row in editions.values() if str(row.uuid) == data.get("edition")), None)
    found = editions.get(same.code if same else "") or editions.get(str(data.get("title") or "").casefold())
    return directive_data(found, language) if found else {}


def chosen(found: Iterable[Element], choices: Mapping[str, str], bulk: Mapping[str, str]) -> list[tuple[Element, Fate]]:
    """Each element with its fate: the row's own choice, else the group's, else what is usual."""
    result = []
    for element in found:
        wanted = choices.get(str(element.uuid)) or bulk.get(element.key) or element.usual
        fate = Fate(wanted) if wanted in [str(value) for value in Fate] else element.usual
        result.append((element, fate if fate in element.fates else element.usual))
    return result


def is_written(element: Element, fate: Fate) -> bool:
    """Whether the new letter has the row: an assignment only where the letter says something of it, others unless
    they end."""
    if element.item is None:
        return False
    if element.key != "assignment":
        return fate in (Fate.KEEP, Fate.CHANGE)
    usual = element.usual == Fate.KEEP
    return fate in (Fate.CHANGE, Fate.CLOSE) if usual else fate in (Fate.KEEP, Fate.CHANGE)


def without_item(element: Element) -> Element:
    """The element for showing, without its values."""
    return replace(element, item=None)
