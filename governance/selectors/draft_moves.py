"""Where a row or piece of text stands, and what it is moved past."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import NotFound
from governance.items import ITEM_TYPES
from governance.models import ItemPassage, Passage, RowRevision, SteeringDocument

TEXT = "passage"


def known(key: str) -> str:
    """The type of row. Raises NotFound for a type that does not exist."""
    if key not in ITEM_TYPES:
        raise NotFound(_("Denne typen rad finnes ikke."))
    return key


def chapter_of(document: SteeringDocument, key: str, item: UUID) -> str:
    """The chapter of a row or piece of text, also of one that was taken out."""
    if key == TEXT:
        found = Passage.objects.filter(document=document, uuid=item).values_list("chapter", flat=True).first()
    else:
        links = ItemPassage.objects.filter(document=document, item=item, field="").order_by("passage__ordinal")
        found = links.values_list("passage__chapter", flat=True).first()
    if found is None:
        last = RowRevision.objects.filter(document=document, item=item, removed=True).order_by("-number").first()
        found = (last.data.get("_place") or {}).get("chapter") if last else ""
    return str(found or "")


def neighbour(document: SteeringDocument, key: str, item: UUID, *, up: bool) -> tuple[UUID | None, bool]:
    """What it is to stand after when it goes one up or down (None: first), and whether it can.

    A row goes past its own kind in the same chapter; text past whatever stands beside it, rows kept whole.
    """
    if key == TEXT:
        return _beside(document, item, up=up)
    rows = ITEM_TYPES[known(key)].model._default_manager.filter(document=document).order_by("ordinal", "id")
    order = list(rows.values_list("uuid", flat=True))
    if item not in order:
        return None, False
    place = order.index(item)
    if up:
        return (order[place - 2] if place >= 2 else None), place > 0
    return (order[place + 1] if place + 1 < len(order) else None), place + 1 < len(order)


def _beside(document: SteeringDocument, item: UUID, *, up: bool) -> tuple[UUID | None, bool]:
    chapter = chapter_of(document, TEXT, item)
    passages = list(Passage.objects.filter(document=document, chapter=chapter).order_by("ordinal", "id"))
    links = ItemPassage.objects.filter(passage__in=[row.pk for row in passages], field="")
    owner = dict(links.order_by("-id").values_list("passage_id", "item"))
    groups: list[list[Passage]] = []
    for row in passages:
        if groups and row.pk in owner and owner.get(groups[-1][-1].pk) == owner[row.pk]:
            groups[-1].append(row)
        else:
            groups.append([row])
    place = next((n for n, group in enumerate(groups) if group[0].uuid == item), None)
    if place is None:
        return None, False
    if up:
        least = 1 if groups[0][0].heading_level == 1 else 0
        return (groups[place - 2][-1].uuid if place >= 2 else None), place > least
    return (groups[place + 1][-1].uuid if place + 1 < len(groups) else None), place + 1 < len(groups)
