"""From the database to a ``Letter``: constant queries however many rows. What the reader may not read is withheld."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from core.canonical import plain
from governance.items import Item, read_items
from governance.models import (
    AssignmentItem,
    Change,
    ItemPassage,
    Passage,
    RowRevision,
    Signatory,
    SteeringDocument,
)
from governance.roundtrip.letter import Letter

HEAD_FIELDS = (
    "uuid", "title", "public_title", "year", "number", "language", "state", "document_date", "effective_on",
    "case_number", "document_number", "addressee", "place", "legal_basis", "lapse_through_year", "has_text", "sha256",
)  # fmt: skip
PASSAGE_FIELDS = ("uuid", "kind", "text", "rich", "chapter", "section_number", "heading_level", "language")
SIGNATORY_FIELDS = ("uuid", "name", "title", "by_authority", "represented_name")
CHANGE_FIELDS = (
    "uuid", "kind", "target", "new_item", "item_type", "text", "new_date", "amount", "effective_on",
)  # fmt: skip
#: What is left of an exempt assignment for those who may not read it (decision B2): number, basis, responsible.
SHELL_FIELDS = frozenset(
    {"reference", "series", "year", "number", "suffix", "restricted", "restricted_basis", "restricted_title",
     "restricted_by", "change"}
)  # fmt: skip


def letter_of(document: SteeringDocument, *, withheld: Collection[UUID] = ()) -> Letter:
    """The whole document. ``withheld`` are the exempt assignments the reader may not read: they become shells.

    The words the shells rest on, and rows that rest on the same words, are left out with them. ``document`` must
    come with kind, issuer, recipient and the letter it supplements (``for_detail``).
    """
    letter = Letter(
        head=_head(document),
        passages=[plain(row) for row in _rows(Passage, document, PASSAGE_FIELDS)],
        items=[_item(item) for item in read_items([document.pk])],
        changes=[plain(row) for row in _rows(Change, document, CHANGE_FIELDS)],
        signatories=[plain(row) for row in _rows(Signatory, document, SIGNATORY_FIELDS)],
    )
    if withheld:
        letter = _without(letter, document, {str(item) for item in withheld})
    made = {"version": document.version, "rows": letter.fingerprints(), "numbers": _numbers(document)}
    return replace(letter, exported=made)


def _numbers(document: SteeringDocument) -> dict[str, int]:
    """The newest saved version of each row of a draft: where a merge starts from when the file comes back."""
    if not document.is_open:
        return {}
    rows = RowRevision.objects.filter(document=document).order_by().values_list("item").annotate(top=Max("number"))
    return {str(item): top for item, top in rows}


def export_json(document: SteeringDocument, *, withheld: Collection[UUID] = ()) -> bytes:
    """The letter as a JSON file: the same letter gives the same bytes."""
    return write_json(letter_of(document, withheld=withheld))


def write_json(letter: Letter) -> bytes:
    """A ``Letter`` as indented UTF-8, for people and machines."""
    return json.dumps(letter.as_json(), ensure_ascii=False, indent=1).encode() + b"\n"


def _rows(model: Any, document: SteeringDocument, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    return list(model.objects.filter(document=document).order_by("ordinal", "id").values(*fields))


def _head(document: SteeringDocument) -> dict[str, Any]:
    head = {name: plain(getattr(document, name)) for name in HEAD_FIELDS}
    return head | {
        "kind": document.kind.code,
        "issuer": {"uuid": str(document.issuer.uuid), "name": document.issuer.name},
        "recipient": {"uuid": str(document.recipient.uuid), "name": document.recipient.name},
        "supplements": str(document.supplements.uuid) if document.supplements else None,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "type": item.key,
        "uuid": str(item.uuid),
        "data": dict(item.data),
        "passages": [str(passage) for passage in item.passages],
    }


def exempt_items(document: SteeringDocument) -> list[UUID]:
    """The exempt assignments of a document."""
    return list(AssignmentItem.objects.filter(document=document, restricted=True).values_list("uuid", flat=True))


def _without(letter: Letter, document: SteeringDocument, withheld: set[str]) -> Letter:
    links = ItemPassage.objects.filter(document=document, item__in=withheld).values_list("passage__uuid", flat=True)
    hidden = {str(passage) for passage in links}
    items = []
    for row in letter.items:
        if row["uuid"] in withheld:
            items.append(_shell(row))
        elif not hidden.intersection(row["passages"]):
            items.append(_unbound(row, withheld))
    return replace(
        letter,
        items=items,
        passages=[_hidden(row) if row["uuid"] in hidden else row for row in letter.passages],
        changes=[
            {**row, "text": "", "new_date": None} if {row["target"], row["new_item"]} & withheld else row
            for row in letter.changes
        ],
    )


def _shell(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its shape and nothing in it but what says that it is exempt."""
    empty = {field.name: None for field in AssignmentItem._meta.concrete_fields if field.null}
    data = {
        name: value if name in SHELL_FIELDS else empty.get(name, _nothing(value)) for name, value in row["data"].items()
    }
    data["title"] = row["data"]["restricted_title"] or _("Oppdrag unntatt offentlighet")
    return {**row, "data": data, "withheld": True}


def _nothing(value: Any) -> Any:
    match value:
        case bool():
            return False
        case list():
            return []
    return ""


def _hidden(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "text": "", "rich": "", "withheld": True}


def _unbound(row: Mapping[str, Any], withheld: set[str]) -> dict[str, Any]:
    """A budget line that pays for an exempt assignment keeps its amounts, not the words about it."""
    if row["type"] != "budget_line":
        return dict(row)
    data = dict(row["data"])
    exempt = _("Unntatt offentlighet")
    if data["assignment_item"] in withheld:
        data |= {"comment": "", "anchor": ""}
    data["splits"] = [
        {**split, "label": exempt, "anchor": ""} if split["assignment_item"] in withheld else split
        for split in data["splits"]
    ]
    return {**row, "data": data}
