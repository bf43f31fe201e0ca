"""A JSON file back to a ``Letter``, or every reason why it is none, in bokmål and with the place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from core.canonical import canonical_json
from core.errors import Problem, TooLarge, Unreadable
from governance.items import ITEM_TYPES
from governance.roundtrip.letter import FAMILY, SCHEMA, VERSION, Letter
from governance.roundtrip.schema import item_schema, letter_schema

MAX_PROBLEMS = 50
DEEPEST = 12


def read_json(data: bytes) -> Letter:
    """The letter in a JSON file. Rows without a permanent id get one made from their content and place.

    Raises TooLarge, and Unreadable with all problems: not JSON, another format or version, fields that are missing,
    unknown or of the wrong kind, dates that do not exist, rows that point at nothing.
    """
    check_size(data)
    found = _parsed(data)
    _check_version(found)
    problems = [*_shape_problems(found)]
    if not problems:
        letter = _letter(found)
        problems = [*_reference_problems(letter)]
    if problems:
        raise Unreadable(
            _("Filen passer ikke med formatet for styringsdokumenter. Ingenting er endret."),
            code="letter_json_invalid",
            problems=problems[:MAX_PROBLEMS],
        )
    return letter


def check_size(data: bytes) -> None:
    """Refuse an empty or too large file."""
    limit = int(settings.MAX_UPLOAD_BYTES)
    if not data:
        raise Unreadable(_("Filen er tom. Velg filen på nytt."), code="empty_file")
    if len(data) > limit:
        sentence = _("Filen er større enn %(limit)s MB. Last opp filen som ble hentet herfra, uten bilder limt inn.")
        raise TooLarge(sentence % {"limit": limit // 1_000_000})


def _parsed(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise Unreadable(_("Filen er ikke tekst i UTF-8. Lagre den som UTF-8."), code="not_utf8") from error
    except RecursionError as error:
        raise Unreadable(_("Filen har for mange nivåer inni hverandre."), code="not_json") from error
    except json.JSONDecodeError as error:
        sentence = _("Filen er ikke gyldig JSON: feil på linje %(line)s, tegn %(column)s.")
        raise Unreadable(sentence % {"line": error.lineno, "column": error.colno}, code="not_json") from error
    if not isinstance(found, Mapping):
        raise Unreadable(_("Filen er JSON, men ikke et styringsdokument."), code="not_a_letter")
    return found


def _no_constant(name: str) -> Any:
    raise Unreadable(_("Filen inneholder «%(name)s», som ikke er et tall.") % {"name": name}, code="not_json")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object where a name stands twice has no meaning: one of the values would be lost."""
    twice = [name for name, count in Counter(name for name, _value in pairs).items() if count > 1]
    if twice:
        sentence = _("Feltet «%(name)s» står to ganger på samme sted. Fjern det ene.")
        raise Unreadable(sentence % {"name": twice[0]}, code="not_json")
    return dict(pairs)


def _check_version(found: Mapping[str, Any]) -> None:
    schema = str(found.get("schema", ""))
    if schema == SCHEMA:
        return
    family, _slash, version = schema.rpartition("/")
    if family == FAMILY:
        sentence = _("Filen er laget i versjon %(theirs)s av formatet. Her leses versjon %(ours)s. Hent filen på nytt.")
        raise Unreadable(sentence % {"theirs": version, "ours": VERSION}, code="letter_json_version")
    sentence = _("Filen er ikke et styringsdokument herfra: feltet «schema» skal være %(schema)s.")
    raise Unreadable(sentence % {"schema": SCHEMA}, code="letter_json_schema")


def _shape_problems(found: Mapping[str, Any]) -> Iterator[Problem]:
    for error in sorted(Draft202012Validator(letter_schema()).iter_errors(found), key=lambda one: list(one.path)):
        if error.validator == "anyOf" and list(error.path)[:1] == ["items"] and len(error.path) == 2:
            yield from _item_problems(error)
        else:
            yield _problem(error)


def _item_problems(error: ValidationError) -> Iterator[Problem]:
    """A row that fits no type: named by the type it says it is."""
    row: Any = error.instance
    kind = row.get("type") if isinstance(row, Mapping) else None
    if not isinstance(kind, str) or kind not in ITEM_TYPES:
        allowed = ", ".join(ITEM_TYPES)
        sentence = _("%(place)s: «type» må være en av %(allowed)s.")
        yield _said(error.path, sentence % {"place": _place(error.path), "allowed": allowed})
        return
    for inner in Draft202012Validator(item_schema(kind)).iter_errors(row):
        yield _problem(inner, before=error.path)


def _problem(error: ValidationError, before: Iterable[Any] = ()) -> Problem:
    path = [*before, *error.path]
    values = {"place": _place(path), "value": _short(error.instance)}
    match error.validator:
        case "required":
            missing = next(name for name in error.validator_value if name not in error.instance)
            sentence = _("%(place)s: feltet «%(name)s» mangler.") % {**values, "name": missing}
        case "additionalProperties":
            known = error.schema.get("properties", {})
            name = next(name for name in error.instance if name not in known)
            sentence = _("%(place)s: feltet «%(name)s» er ukjent.") % {**values, "name": name}
        case "enum" | "const":
            allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
            words = ", ".join(str(value) or _("tomt") for value in allowed)
            sentence = _("%(place)s: «%(value)s» kan ikke stå her. Velg en av %(allowed)s.") % {
                **values, "allowed": words
            }  # fmt: skip
        case "maxLength":
            sentence = _("%(place)s: teksten er lengre enn %(limit)s tegn.") % {
                **values, "limit": error.validator_value
            }  # fmt: skip
        case _:
            sentence = _("%(place)s: «%(value)s» har feil form.") % values
    return _said(path, sentence)


def _said(path: Iterable[Any], sentence: str) -> Problem:
    return Problem("letter_json_invalid", sentence, pointer="/" + "/".join(str(part) for part in path))


def _place(path: Iterable[Any]) -> str:
    names = {
        "letter": _("Brevhodet"),
        "passages": _("Avsnitt"),
        "items": _("Rad"),
        "changes": _("Endring"),
        "signatories": _("Underskriver"),
        "exported": _("Eksporten"),
    }
    words = [str(part + 1) if isinstance(part, int) else names.get(part, part) for part in path]
    return " ".join(words) or _("Filen")


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _letter(found: Mapping[str, Any]) -> Letter:
    head = found["letter"]
    space = UUID(head["uuid"])
    return Letter(
        head=head,
        passages=_named(space, "passages", found["passages"]),
        items=[_whole(row) for row in _named(space, "items", found["items"])],
        changes=_named(space, "changes", found.get("changes", [])),
        signatories=_named(space, "signatories", found.get("signatories", [])),
        exported=found.get("exported", {}),
    )


def _named(space: UUID, room: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each row with a permanent id; a new row gets the same one every time the same file is read."""
    named = []
    for number, row in enumerate(rows):
        named.append(dict(row) if row.get("uuid") else {**row, "uuid": made_id(space, room, number, row)})
    return named


def made_id(space: UUID, room: str, number: int, row: Mapping[str, Any]) -> str:
    """A permanent id for a new row, from the letter, the place and the content."""
    return str(uuid5(space, f"{room}:{number}:{canonical_json(row).decode()}"))


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its children named too."""
    data = dict(row["data"])
    for child in ITEM_TYPES[row["type"]].children:
        data[child.key] = _named(UUID(row["uuid"]), child.key, data[child.key])
    return {**row, "data": data, "passages": list(row.get("passages", []))}


def _reference_problems(letter: Letter) -> Iterator[Problem]:
    """Ids that stand twice, rows that rest on passages that are not there, dates and times that do not exist."""
    everything = [row["uuid"] for row in (*letter.passages, *letter.items)]
    for number, count in Counter(everything).items():
        if count > 1:
            sentence = _("Den faste id-en %(id)s står %(count)s ganger. Fjern «uuid» i den nye raden.")
            yield Problem("letter_json_duplicate", sentence % {"id": number, "count": count})
    passages = {row["uuid"] for row in letter.passages}
    for number, row in enumerate(letter.items, start=1):
        for missing in [one for one in row["passages"] if one not in passages]:
            sentence = _("Rad %(number)s hviler på avsnitt %(id)s, som ikke står i filen.")
            yield Problem("letter_json_reference", sentence % {"number": number, "id": missing})
        place = _("Rad %(number)s") % {"number": number}
        yield from _calendar_problems(place, row["data"])
    for name in ("document_date", "effective_on"):
        if not _exists(letter.head[name], date):
            yield _no_such(_("Brevhodet"), letter.head[name])


def _calendar_problems(place: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in data.items():
        if isinstance(value, list):
            for child in value:
                if isinstance(child, Mapping):
                    yield from _calendar_problems(place, child)
        elif isinstance(value, str) and not _exists(value, _kind_of(name)):
            yield _no_such(place, value)


def _kind_of(name: str) -> type[date] | type[time] | None:
    if name in ("time", "end_time", "deadline_time"):
        return time
    dates = ("date", "end_date", "deadline", "due", "valid_from", "valid_to", "cited_date", "expected_on")
    return date if name in dates else None


def _exists(value: Any, kind: type[date] | type[time] | None) -> bool:
    if kind is None or not isinstance(value, str):
        return True
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


def _no_such(place: str, value: str) -> Problem:
    sentence = _("%(place)s: %(value)s finnes ikke i kalenderen eller på klokka.") % {"place": place, "value": value}
    return Problem("letter_json_date", sentence)
