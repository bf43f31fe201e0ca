"""Differences between two sets of entries as the comparison pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core import formatting
from core.visuals.parts import Link
from governance.consolidation import Entry
from governance.differences import Difference, Segment, compare_items
from governance.items import ITEM_TYPES, Item
from governance.selectors.reading.scope import document_link
from governance.selectors.reading.words import details_of, names_of, text_of, title_of

WORDS = {"added": _("Ny"), "removed": _("Borte"), "changed": _("Endret")}
#: Enough to tell; the whole text stands in the document.
LONG = 4000


@dataclass(frozen=True)
class FieldLine:
    """A field on both sides; ``segments`` mark the words."""

    label: str
    before: str
    after: str
    segments: Sequence[Segment] = ()


@dataclass(frozen=True)
class DifferenceLine:
    """A row that came, went or was changed."""

    kind: str
    word: str
    title: str
    before: Link | None
    after: Link | None
    details: Sequence[str] = ()
    text: str = ""
    fields: Sequence[FieldLine] = ()


@dataclass(frozen=True)
class CompareGroup:
    """Differences of one type of row."""

    key: str
    title: str
    lines: Sequence[DifferenceLine]


@dataclass(frozen=True)
class Compared:
    """All differences, counted."""

    groups: Sequence[CompareGroup]
    added: int
    removed: int
    changed: int
    names: Mapping[str, str]


def compare_groups(before: Sequence[Entry], after: Sequence[Entry]) -> Compared:
    """The rows of both sides laid against each other, by type."""
    items = [entry.item for entry in (*before, *after)]
    names = names_of(items)
    found = compare_items([entry.item for entry in before], [entry.item for entry in after], names=names)
    came = {entry.item.uuid: entry for entry in (*before, *after)}
    links = {item.uuid: _link(came[item.uuid]) for item in items}
    grouped: dict[str, list[DifferenceLine]] = {}
    for each in found:
        grouped.setdefault(each.key, []).append(_line(each, names, links))
    order = ["copy_rule", *(key for key in ITEM_TYPES if key != "copy_rule")]
    groups = [CompareGroup(key, str(ITEM_TYPES[key].plural), grouped[key]) for key in order if key in grouped]
    return Compared(groups, *_counted(found), names)


def _counted(found: Iterable[Difference]) -> tuple[int, int, int]:
    kinds = [each.kind for each in found]
    return kinds.count("added"), kinds.count("removed"), kinds.count("changed")


def _link(entry: Entry) -> Link:
    link = document_link(entry.source)
    return Link(link.label, f"{link.url}#rad-{entry.item.uuid}", lang=link.lang)


def _line(each: Difference, names: Mapping[str, str], links: Mapping[Any, Link]) -> DifferenceLine:
    item = each.item
    one_side = each.kind != "changed"
    fields = [FieldLine(c.label, c.before[:LONG], c.after[:LONG], c.segments) for c in each.fields]
    return DifferenceLine(
        kind=each.kind,
        word=str(WORDS[each.kind]),
        title=_title(item, names),
        before=links.get(each.before.uuid) if each.before else None,
        after=links.get(each.after.uuid) if each.after else None,
        details=details_of(item, names) if one_side else (),
        text=text_of(item)[:LONG] if one_side else "",
        fields=fields,
    )


def _title(item: Item, names: Mapping[str, str]) -> str:
    if item.key == "budget_line":
        amount = formatting.in_thousand_kroner(int(item.data["amount"]))
        return _("%(name)s: %(amount)s (1 000 kroner)") % {"name": item.name, "amount": amount}
    return title_of(item, names)
