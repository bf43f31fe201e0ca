"""The JSON Schema of the letter format, made from the item registry: a new field is in the schema without being named.

docs/api/letter.schema.json is the written copy; a test holds it against this one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from jsonschema import Draft202012Validator

from governance.items import ITEM_TYPES, value_fields
from governance.models import Change, Passage, Signatory, SteeringDocument
from governance.roundtrip.letter import SCHEMA, VERSION
from governance.roundtrip.source import CHANGE_FIELDS, HEAD_FIELDS, PASSAGE_FIELDS, SIGNATORY_FIELDS

UUID = {"type": "string", "pattern": "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"}
BIG = {"type": "string", "pattern": "^-?[0-9]{1,19}$"}
TRUTH = {"type": "boolean"}
#: Rows that are new in an edited file have no permanent id yet.
NEW_UUID = {"anyOf": [UUID, {"type": "null"}]}


@cache
def letter_schema() -> dict[str, Any]:
    """The whole schema."""
    return {
        "$schema": Draft202012Validator.META_SCHEMA["$id"],
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "Styringsdokument",
        "description": f"Et styringsdokument med alt innhold, versjon {VERSION} av formatet.",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "letter": _head(),
                "passages": {"type": "array", "items": _passage()},
                "items": {"type": "array", "items": {"anyOf": [_item(key) for key in ITEM_TYPES]}},
                "changes": {"type": "array", "items": _row(Change, CHANGE_FIELDS)},
                "signatories": {"type": "array", "items": _row(Signatory, SIGNATORY_FIELDS)},
                "exported": _exported(),
            },
            required=("schema", "letter", "passages", "items"),
        ),
    }


@cache
def item_schema(key: str) -> dict[str, Any]:
    """The schema of one type of row, for messages that name the field."""
    return _item(key)


def _object(properties: dict[str, Any], *, required: tuple[str, ...] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def _head() -> dict[str, Any]:
    organisation = _object({"uuid": UUID, "name": {"type": "string"}})
    known = _fields(SteeringDocument, HEAD_FIELDS)
    return _object(
        known
        | {
            "uuid": UUID,
            "kind": {"type": "string"},
            "issuer": organisation,
            "recipient": organisation,
            "supplements": {"anyOf": [UUID, {"type": "null"}]},
        }
    )


def _exported() -> dict[str, Any]:
    rows = {"type": "object", "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{32}$"}}
    whole = {"type": "integer", "minimum": 0}
    numbers = {"type": "object", "additionalProperties": whole}
    return _object({"version": whole, "rows": rows, "numbers": numbers}, required=())


def _passage() -> dict[str, Any]:
    shape = _row(Passage, PASSAGE_FIELDS)
    shape["properties"]["withheld"] = TRUTH
    return shape


def _item(key: str) -> dict[str, Any]:
    kind = ITEM_TYPES[key]
    data = _fields(kind.model, kind.fields)
    for child in kind.children:
        fields = tuple(name for name in value_fields(child.model) if name != child.parent)
        data[child.key] = {"type": "array", "items": _row(child.model, ("uuid", *fields))}
    shape = _object(
        {
            "type": {"const": key},
            "uuid": NEW_UUID,
            "data": _object(data),
            "passages": {"type": "array", "items": UUID},
            "withheld": TRUTH,
        },
        required=("type", "data"),
    )
    return {"title": str(kind.one), **shape}


def _row(model: type[models.Model], fields: tuple[str, ...]) -> dict[str, Any]:
    shape = _object(_fields(model, fields) | {"uuid": NEW_UUID})
    shape["required"].remove("uuid")
    return shape


def _fields(model: type[models.Model], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _field(model._meta.get_field(name)) for name in names}


def _field(field: Any) -> dict[str, Any]:
    shape = _shape(field)
    shape = {"anyOf": [shape, {"type": "null"}]} if field.null else shape
    return {"description": str(field.verbose_name), **shape}


def _shape(field: Any) -> dict[str, Any]:
    if isinstance(field, ArrayField):
        return {"type": "array", "items": _shape(field.base_field)}
    if isinstance(field, models.ForeignKey | models.UUIDField):
        return dict(UUID)
    if isinstance(field, models.BooleanField):
        return dict(TRUTH)
    if isinstance(field, models.DecimalField):
        return {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
    if isinstance(field, models.IntegerField):
        whole: dict[str, Any] = {"type": "integer"}
        if isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField):
            whole["minimum"] = 0
        return {"anyOf": [whole, dict(BIG)]} if isinstance(field, models.BigIntegerField) else whole
    if isinstance(field, models.DateField):
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if isinstance(field, models.TimeField):
        return {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?$"}
    return _words(field)


def _words(field: Any) -> dict[str, Any]:
    if field.choices:
        values = [value for value, _label in field.flatchoices]
        return {"enum": [*values, ""] if field.blank and "" not in values else values}
    shape: dict[str, Any] = {"type": "string"}
    if field.max_length:
        shape["maxLength"] = field.max_length
    return shape
