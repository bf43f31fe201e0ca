"""The registry of item types: one place that knows which rows a document can hold, and their values as plain data.

Drafting, comparison, consolidation, copying to next year and the round trip all work on ``Item`` values, never on a
model by name, so a new kind of row is one line in ``ITEM_TYPES``. References to other rows, lines, departments and
organisations are permanent ids (uuid) in the values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.canonical import plain
from governance.models import (
    AssignmentItem,
    Authorisation,
    BudgetLine,
    BudgetSplit,
    CalendarItem,
    Citation,
    CommonDirective,
    CopyRule,
    DeliveryItem,
    Goal,
    InstructionReplacement,
    ItemPassage,
    KeyFigure,
    LockRule,
    MeetingRule,
    NoticeDuty,
    PromisedEnclosure,
    ReportingRequirement,
    SteeringParameter,
    Target,
)
from governance.models.document import DocumentPart

OWN = ("id", "uuid", "document", "ordinal")


@dataclass(frozen=True)
class ChildType:
    """Rows that live and die with their parent row: deliveries, targets, splits."""

    key: str
    model: type[DocumentPart]
    parent: str


@dataclass(frozen=True)
class ItemType:
    """One kind of row. ``names`` is the field a person knows it by; ``text`` its long text, if it has one."""

    key: str
    model: type[DocumentPart]
    one: str | Promise
    plural: str | Promise
    names: str = "title"
    text: str = ""
    children: tuple[ChildType, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The value fields of the row itself, in the model's order."""
        return value_fields(self.model)


ITEM_TYPES: dict[str, ItemType] = {
    kind.key: kind
    for kind in (
        ItemType("goal", Goal, _("mål"), _("Mål"), text="body"),
        ItemType(
            "parameter", SteeringParameter, _("styringsparameter"), _("Styringsparametere"),
            children=(ChildType("targets", Target, "parameter"),),
        ),
        ItemType("key_figure", KeyFigure, _("nøkkeltall"), _("Nøkkeltall")),
        ItemType(
            "assignment", AssignmentItem, _("oppdrag"), _("Oppdrag"), text="body",
            children=(ChildType("deliveries", DeliveryItem, "assignment_item"),),
        ),
        ItemType(
            "budget_line", BudgetLine, _("budsjettlinje"), _("Budsjettlinjer"), names="name", text="comment",
            children=(ChildType("splits", BudgetSplit, "line"),),
        ),
        ItemType("authorisation", Authorisation, _("fullmakt"), _("Fullmakter"), text="text"),
        ItemType("calendar", CalendarItem, _("kalenderpost"), _("Kalenderposter"), text="note"),
        ItemType("reporting", ReportingRequirement, _("rapporteringskrav"), _("Rapporteringskrav"), text="text"),
        ItemType("common_directive", CommonDirective, _("fellesføring"), _("Fellesføringer"), text="text"),
        ItemType("copy_rule", CopyRule, _("kopiregel"), _("Kopiregler"), names="correspondence"),
        ItemType("meeting_rule", MeetingRule, _("møteregel"), _("Møteregler"), names="kind", text="text"),
        ItemType("notice_duty", NoticeDuty, _("varslingsplikt"), _("Varslingsplikter"), text="text"),
        ItemType("lock_rule", LockRule, _("låseregel"), _("Låseregler"), names="correspondence", text="text"),
        ItemType("enclosure", PromisedEnclosure, _("ettersendelse"), _("Ettersendelser"), text="note"),
        ItemType("citation", Citation, _("henvisning"), _("Henvisninger"), names="text"),
        ItemType("replacement", InstructionReplacement, _("erstattet instruks"), _("Erstattede instrukser"),
                 names="replaced"),
    )
}  # fmt: skip
BY_MODEL: dict[type[models.Model], ItemType] = {kind.model: kind for kind in ITEM_TYPES.values()}


def named_by(kind: ItemType, data: Mapping[str, Any]) -> str:
    """The value of the field a row is known by; of a choice, the words and not the code."""
    value = str(data.get(kind.names) or "")
    words = dict(kind.model._meta.get_field(kind.names).flatchoices).get(value)  # type: ignore[union-attr]
    return f"{words[:1].upper()}{words[1:]}" if words else value


@dataclass(frozen=True)
class Item:
    """One row of a document as plain data. ``passages`` are the uuids of the passages it rests on, in order."""

    key: str
    uuid: UUID
    document_id: int
    ordinal: int
    data: Mapping[str, Any]
    passages: tuple[UUID, ...] = field(default=())

    @property
    def type(self) -> ItemType:
        """Its type in the registry."""
        return ITEM_TYPES[self.key]

    @property
    def name(self) -> str:
        """What a person knows it by: number and title, or chapter and post."""
        if self.key == "budget_line":
            return f"{self.data['chapter']}.{int(self.data['post']):02d} {self.data['name']}".strip()
        reference = str(self.data.get("reference") or "")
        return f"{reference} {named_by(self.type, self.data)}".strip()


def value_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Names of the fields that carry content."""
    return tuple(f.name for f in model._meta.concrete_fields if f.name not in OWN)


def _paths(model: type[models.Model]) -> dict[str, str]:
    """Field name → the lookup that gives its plain value; a reference gives the permanent id it points at."""
    found = {}
    for f in model._meta.concrete_fields:
        if f.name not in OWN:
            found[f.name] = f"{f.name}__uuid" if isinstance(f, models.ForeignKey) else f.name
    return found


def _rows(model: type[DocumentPart], documents: Sequence[int], extra: Sequence[str] = ()) -> Iterable[dict[str, Any]]:
    paths = _paths(model)
    rows = model._default_manager.filter(document_id__in=documents).order_by("document_id", "ordinal", "id")
    for row in rows.values("uuid", "document_id", "ordinal", *extra, *paths.values()):
        yield {
            "uuid": row["uuid"],
            "document_id": row["document_id"],
            "ordinal": row["ordinal"],
            "extra": [row[name] for name in extra],
            "data": {name: plain(row[path]) for name, path in paths.items()},
        }


def read_items(documents: Iterable[int], keys: Iterable[str] | None = None) -> list[Item]:
    """All rows of these documents (primary keys), in registry and reading order: one query per table, never per row."""
    wanted = list(documents)
    kinds = [ITEM_TYPES[key] for key in keys] if keys is not None else list(ITEM_TYPES.values())
    resting: dict[UUID, list[UUID]] = defaultdict(list)
    links = ItemPassage.objects.filter(document_id__in=wanted, field="").order_by("document_id", "ordinal", "id")
    for item, passage in links.values_list("item", "passage__uuid"):
        resting[item].append(passage)
    found = []
    for kind in kinds:
        children: dict[UUID, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
        for child in kind.children:
            for row in _rows(child.model, wanted, (f"{child.parent}__uuid",)):
                data = {"uuid": str(row["uuid"]), **row["data"]}
                data.pop(child.parent)
                children[row["extra"][0]].setdefault(child.key, []).append(data)
        for row in _rows(kind.model, wanted):
            held = {child.key: children[row["uuid"]].get(child.key, []) for child in kind.children}
            found.append(
                Item(
                    key=kind.key,
                    uuid=row["uuid"],
                    document_id=row["document_id"],
                    ordinal=row["ordinal"],
                    data={**row["data"], **held},
                    passages=tuple(resting[row["uuid"]]),
                )
            )
    return found


def read_row(kind: ItemType, item: UUID) -> Item | None:
    """One row of a known type with its children, or None. One query per table."""
    links = ItemPassage.objects.filter(item=item, field="").order_by("ordinal", "id")
    paths = _paths(kind.model)
    row = kind.model._default_manager.filter(uuid=item).values("ordinal", "document_id", *paths.values()).first()
    if row is None:
        return None
    data = {name: plain(row[path]) for name, path in paths.items()}
    for child in kind.children:
        under = _paths(child.model)
        del under[child.parent]
        rows = child.model._default_manager.filter(**{f"{child.parent}__uuid": item}).order_by("ordinal", "id")
        data[child.key] = [
            {"uuid": str(part["uuid"]), **{name: plain(part[path]) for name, path in under.items()}}
            for part in rows.values("uuid", *under.values())
        ]
    return Item(
        key=kind.key,
        uuid=item,
        document_id=row["document_id"],
        ordinal=row["ordinal"],
        data=data,
        passages=tuple(links.values_list("passage__uuid", flat=True)),
    )


def find_type(item: UUID) -> ItemType | None:
    """The type of the row with this permanent id; None when no row has it. One query per type at most."""
    for kind in ITEM_TYPES.values():
        if kind.model._default_manager.filter(uuid=item).exists():
            return kind
    return None
