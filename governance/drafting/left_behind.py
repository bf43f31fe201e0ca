"""Rows that come along from last year while the goal or entry they belong to does not: told, and settled by a choice.

A choice by the id of the row that ends: ``keep`` it after all, ``close`` what belongs to it too, or the id of another
row that comes along, which takes it over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from core.errors import Problem
from governance.drafting.last_year import Element, Fate, is_written
from governance.items import ITEM_TYPES

KEEP, CLOSE = "keep", "close"
#: where a row says what it belongs to
BELONGS_BY = ("goal", "parent", "calendar_item")
_NAME_AT_MOST = 90

Pair = tuple[Element, Fate]


@dataclass(frozen=True)
class LeftBehind:
    """A row that ends, the rows of the new letter that belong to it, and those that can take them over."""

    owner: Element
    rows: Sequence[Element]
    heirs: Sequence[Element]

    @property
    def field(self) -> str:
        """The name of the choice on the page."""
        return f"til-{self.owner.uuid}"


def left_behind(pairs: Sequence[Pair]) -> list[LeftBehind]:
    """Every row that ends while something that belongs to it comes along, in reading order."""
    coming = {str(element.uuid) for element, fate in pairs if is_written(element, fate)}
    found: dict[str, list[Element]] = {}
    for element, fate in pairs:
        if _goes_on(element, fate):
            for owner in _owners(element):
                found.setdefault(owner, []).append(element)
    return [
        LeftBehind(element, found[str(element.uuid)], _heirs(element, found[str(element.uuid)], pairs))
        for element, _fate in pairs
        if str(element.uuid) in found and str(element.uuid) not in coming
    ]


def settled(pairs: Sequence[Pair], answers: Mapping[str, str]) -> list[Pair]:
    """The rows and what becomes of them after the choices. A choice that no longer fits changes nothing."""
    now = list(pairs)
    for owner, answer in answers.items():
        group = next((one for one in left_behind(now) if str(one.owner.uuid) == owner), None)
        if group is not None:
            now = _settle(now, group, answer)
    return now


def problems(groups: Iterable[LeftBehind]) -> list[Problem]:
    """One for each row that ends, naming it and what belongs to it."""
    return [Problem("left_behind", sentence(group), group.field, group.field) for group in groups]


def sentence(group: LeftBehind) -> str:
    """«3.1 Rask tilgang» blir ikke med, men dette hører til og blir med: styringsparameter «Tid»."""
    rows = "; ".join(f"{ITEM_TYPES[row.key].one} «{_short(row)}»" for row in group.rows)
    words = {"what": str(ITEM_TYPES[group.owner.key].one).capitalize(), "name": _short(group.owner), "rows": rows}
    return _("%(what)s «%(name)s» blir ikke med, men dette hører til og blir med: %(rows)s.") % words


def choices(group: LeftBehind) -> list[tuple[str, str]]:
    """What can be done, with the words of each choice."""
    keeps = [(KEEP, _("Behold «%(name)s» også") % {"name": _short(group.owner)})] if _can_keep(group.owner) else []
    heirs = [(str(one.uuid), _("Flytt til «%(name)s»") % {"name": _short(one)}) for one in group.heirs]
    return [*keeps, (CLOSE, _("Avslutt det som hører til, også")), *heirs]


def _short(element: Element) -> str:
    name = " ".join(element.name.split())
    return name if len(name) <= _NAME_AT_MOST else f"{name[:_NAME_AT_MOST].rsplit(' ', 1)[0]} …"


def _goes_on(element: Element, fate: Fate) -> bool:
    """Written in the new letter as something that holds; an assignment may be written only to say that it ends."""
    return is_written(element, fate) and fate not in (Fate.CLOSE, Fate.LAPSE)


def _owners(element: Element) -> list[str]:
    data = element.item.data if element.item else {}
    return [str(data[name]) for name in BELONGS_BY if data.get(name)]


def _beneath(pairs: Sequence[Pair], top: Iterable[Element]) -> set[str]:
    """Ids of the rows, and of all that belongs to them at any depth."""
    found: set[str] = set()
    wanted = {str(element.uuid) for element in top}
    while wanted - found:
        found |= wanted
        wanted = {str(element.uuid) for element, _fate in pairs if found.intersection(_owners(element))}
    return found


def _heirs(owner: Element, rows: Sequence[Element], pairs: Sequence[Pair]) -> list[Element]:
    """Rows of the same type that come along and do not themselves belong to what is moved."""
    moved = _beneath(pairs, rows)
    return [
        element
        for element, fate in pairs
        if element.key == owner.key and is_written(element, fate) and str(element.uuid) not in moved
    ]


def _can_keep(element: Element) -> bool:
    return Fate.KEEP in element.fates


def _settle(pairs: Sequence[Pair], group: LeftBehind, answer: str) -> list[Pair]:
    owner = str(group.owner.uuid)
    if answer == KEEP and _can_keep(group.owner):
        return [(element, Fate.KEEP if str(element.uuid) == owner else fate) for element, fate in pairs]
    if answer == CLOSE:
        ending = _beneath(pairs, group.rows)
        return [_ended(element, fate, ending) for element, fate in pairs]
    if answer in {str(one.uuid) for one in group.heirs}:
        rows = {row.uuid for row in group.rows}
        return [(_moved(element, owner, answer) if element.uuid in rows else element, fate) for element, fate in pairs]
    return list(pairs)


def _ended(element: Element, fate: Fate, ending: Collection[str]) -> Pair:
    if str(element.uuid) not in ending or not _goes_on(element, fate):
        return element, fate
    return element, Fate.CLOSE if Fate.CLOSE in element.fates else Fate.LAPSE


def _moved(element: Element, owner: str, heir: str) -> Element:
    """The row with the one that takes it over where the one that ends stood."""
    if element.item is None:
        return element
    data = {
        name: heir if name in BELONGS_BY and str(value) == owner else value for name, value in element.item.data.items()
    }
    return replace(element, item=replace(element.item, data=data))
