"""From a frozen snapshot to a ``Letter``: what was shown on a day, whatever has become of the draft since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.canonical import plain
from governance.items import ITEM_TYPES, ItemType, value_fields
from governance.models import Change, ItemPassage, Passage, Signatory, SteeringDocument
from governance.models.document import DocumentPart
from governance.roundtrip.letter import Letter
from governance.roundtrip.source import CHANGE_FIELDS, HEAD_FIELDS, PASSAGE_FIELDS, SIGNATORY_FIELDS

Values = Mapping[str, Any]


def letter_of_snapshot(document: SteeringDocument, snapshot: Values) -> Letter:
    """The letter as its snapshot holds it. Exempt assignments that were emptied in it are shells.

    ``document`` gives the names of the two bodies and must come with them (``for_detail``). A field that came to
    after the snapshot has its empty value. No queries.
    """
    parts = snapshot["parts"]
    resting: dict[str, list[str]] = defaultdict(list)
    for link in _rows(parts, ItemPassage):
        if not link["field"]:
            resting[link["item"]].append(link["passage"])
    return Letter(
        head=_head(document, snapshot["document"]),
        passages=[_passage(row) for row in _rows(parts, Passage)],
        items=[
            _item(kind, row, parts, resting.get(row["uuid"], []))
            for kind in ITEM_TYPES.values()
            for row in _rows(parts, kind.model)
        ],
        changes=[_values(Change, row, CHANGE_FIELDS) for row in _rows(parts, Change)],
        signatories=[_values(Signatory, row, SIGNATORY_FIELDS) for row in _rows(parts, Signatory)],
    )


def _rows(parts: Values, model: type[DocumentPart]) -> Sequence[Values]:
    return list(parts.get(str(model._meta.model_name), ()))


def _head(document: SteeringDocument, head: Values) -> dict[str, Any]:
    return {name: head.get(name, "") for name in HEAD_FIELDS} | {
        "kind": head["kind"],
        "issuer": {"uuid": head["issuer"], "name": document.issuer.name},
        "recipient": {"uuid": head["recipient"], "name": document.recipient.name},
        "supplements": head["supplements"],
    }


def _passage(row: Values) -> dict[str, Any]:
    found = _values(Passage, row, PASSAGE_FIELDS)
    return found | {"withheld": True} if row.get("exempt") else found


def _item(kind: ItemType, row: Values, parts: Values, passages: Sequence[str]) -> dict[str, Any]:
    data = _values(kind.model, row, kind.fields)
    for child in kind.children:
        fields = ("uuid", *(name for name in value_fields(child.model) if name != child.parent))
        held = [one for one in _rows(parts, child.model) if one[child.parent] == row["uuid"]]
        data[child.key] = [_values(child.model, one, fields) for one in held]
    found = {"type": kind.key, "uuid": row["uuid"], "data": data, "passages": list(passages)}
    shell = kind.key == "assignment" and bool(row.get("restricted")) and not row["title"]
    if shell:
        data["title"] = _("Oppdrag unntatt offentlighet")
    return found | {"withheld": True} if shell else found


def _values(model: type[models.Model], row: Values, names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] if name in row else plain(_empty(model, name)) for name in names}


def _empty(model: type[models.Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    return None if field.null else field.get_default()
