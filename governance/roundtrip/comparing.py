"""What an edited file changes in a draft: the file against what was exported, laid over what the draft is now.

Three ways: what only the file changed is proposed; what only the draft changed since is left alone; what both changed
is proposed and marked, so that nobody's words go unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.items import ITEM_TYPES
from governance.roundtrip.letter import EDITABLE_HEAD, Letter, Row, digest, normalised_passage

PASSAGE, HEAD = "passage", "head"
PASSAGE_FIELDS = ("text", "rich", "heading_level", "language")
ADD, REPLACE, REMOVE = "add", "replace", "remove"

Base = Callable[[str], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Found:
    """One difference. ``before`` and ``after`` hold the fields that differ; ``clash``: the draft moved on as well."""

    act: str
    kind: str
    uuid: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    clash: bool = False


def compare(file: Letter, now: Letter, base: Base) -> list[Found]:
    """All differences in an order they can be taken in: head, words, new and changed rows, then what goes out.

    ``base`` gives a row's values as they were exported, when they are known.
    """
    exported: Mapping[str, str] = file.exported.get("rows", {})
    rows = list(_rows(file, now, exported, base))
    passages = list(_passages(file, now, exported, base))
    return [
        *_head(file, now, exported),
        *(one for one in passages if one.act != REMOVE),
        *(one for one in rows if one.act != REMOVE),
        *reversed([one for one in rows if one.act == REMOVE]),
        *(one for one in passages if one.act == REMOVE),
    ]


def _head(file: Letter, now: Letter, exported: Mapping[str, str]) -> Iterator[Found]:
    uuid = str(now.head["uuid"])
    if digest(file.editable_head()) == exported.get(uuid):
        return
    after = {name: file.head[name] for name in EDITABLE_HEAD if file.head[name] != now.head[name]}
    if after:
        clash = digest(now.editable_head()) != exported.get(uuid)
        yield Found(REPLACE, HEAD, uuid, {name: now.head[name] for name in after}, after, clash)


def _rows(file: Letter, now: Letter, exported: Mapping[str, str], base: Base) -> Iterator[Found]:
    order = list(ITEM_TYPES)
    here = {row["uuid"]: row for row in now.items}
    for row in sorted(file.items, key=lambda one: order.index(one["type"])):
        uuid = row["uuid"]
        if row.get("withheld") or digest(row) == exported.get(uuid):
            continue
        if uuid not in here:
            yield Found(ADD, row["type"], uuid, {}, dict(row["data"]), clash=uuid in exported)
        else:
            yield from _changed(row["type"], uuid, row["data"], here[uuid]["data"], base(uuid))
    left = {row["uuid"] for row in file.items}
    for row in sorted(now.items, key=lambda one: order.index(one["type"])):
        if row["uuid"] in exported and row["uuid"] not in left:
            yield Found(REMOVE, row["type"], row["uuid"], dict(row["data"]), {}, digest(row) != exported[row["uuid"]])


def _passages(file: Letter, now: Letter, exported: Mapping[str, str], base: Base) -> Iterator[Found]:
    here = {row["uuid"]: row for row in now.passages}
    made = _made_of_rows(now) | _made_of_rows(file)
    before = ""
    for row in file.passages:
        uuid = row["uuid"]
        after, before = before, uuid
        if row.get("withheld") or uuid in made or digest(normalised_passage(row)) == exported.get(uuid):
            continue
        values = {name: row[name] for name in PASSAGE_FIELDS if name != "rich" or row["rich"]}
        if uuid not in here:
            place = {"after": after, "chapter": row["chapter"], "section_number": row["section_number"]}
            yield Found(ADD, PASSAGE, uuid, {}, {**values, **place}, clash=uuid in exported)
        else:
            yield from _changed(PASSAGE, uuid, values, here[uuid], base(uuid))
    left = {row["uuid"] for row in file.passages}
    for row in now.passages:
        if row["uuid"] in exported and row["uuid"] not in left and row["uuid"] not in made:
            values = {name: row[name] for name in PASSAGE_FIELDS}
            yield Found(
                REMOVE, PASSAGE, row["uuid"], values, {}, digest(normalised_passage(row)) != exported[row["uuid"]]
            )


def _made_of_rows(letter: Letter) -> set[str]:
    """Passages a row made of itself: they follow the row."""
    resting = {passage for row in letter.items for passage in row["passages"]}
    return {row["uuid"] for row in letter.passages if row["kind"] == "structured" and row["uuid"] in resting}


def _changed(kind: str, uuid: str, theirs: Row, ours: Row, known: Mapping[str, Any] | None) -> Iterator[Found]:
    """The fields the file changed since it was exported, against what they are now."""
    start = ours if known is None else known
    after = {
        name: value for name, value in theirs.items() if value != start.get(name, ours[name]) and value != ours[name]
    }
    if after:
        before = {name: ours[name] for name in after}
        clash = any(start.get(name, ours[name]) != ours[name] for name in after)
        yield Found(REPLACE, kind, uuid, before, after, clash)
