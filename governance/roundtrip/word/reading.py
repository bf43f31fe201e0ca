"""An edited Word file back to a ``Letter``: what was changed, what is gone, and what was added. Nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any
from uuid import UUID

from docx.oxml.ns import qn

from core.errors import Problem, Unreadable
from governance.items import ITEM_TYPES
from governance.roundtrip.letter import Letter, Row, normalised
from governance.roundtrip.reading import made_id
from governance.roundtrip.word.package import carried, open_word
from governance.roundtrip.word.parts import FIXED, NOTE
from governance.roundtrip.word.values import (
    CHILD_COLUMNS,
    COLUMNS,
    FREE,
    Unclear,
    blank,
    delivery_of_line,
    field_of,
    label_of,
    read,
    shown,
)

_NEW_PASSAGE = {
    "kind": "prose", "rich": "", "chapter": "", "section_number": "", "heading_level": 0,
}  # fmt: skip


def read_word(data: bytes) -> Letter:
    """The letter in a Word file that was written here and edited in Word.

    Controls that are gone mean that the row or passage was taken out. Paragraphs and table rows without a control
    are new passages and rows. Raises Unreadable with every field that cannot be read, TooLarge.
    """
    document = open_word(data)
    held = carried(document)
    return _Reader(document, held["letter"], held["written"]).letter()


class _Reader:
    def __init__(self, document: Any, base: Letter, written: list[str]) -> None:
        self.document, self.base, self.written = document, base, set(written)
        self.texts: dict[str, str] = {}
        self.formatted: dict[str, str] = {}
        self.new_passages: list[tuple[str, dict[str, Any]]] = []
        self.new_items: list[tuple[str, dict[str, str]]] = []
        self.new_children: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.last_passage = ""
        self.last_delivery = ""
        self.problems: list[Problem] = []

    def letter(self) -> Letter:
        self._walk(self.document.element.body)
        items = [*self._items(), *self._added_items()]
        letter = replace(
            self.base,
            head=self._head(),
            passages=self._passages(),
            items=items,
        )
        if self.problems:
            raise Unreadable(problems=self.problems, code="letter_word_invalid")
        return letter

    def _head(self) -> dict[str, Any]:
        """A field of the head whose control is gone keeps what it was."""
        head = dict(self.base.head)
        for tag, text in self.texts.items():
            if tag.startswith("h:") and text != normalised(head[tag[2:]]):
                head[tag[2:]] = text.strip()
        return head

    # ---- through the file ----
    def _walk(self, body: Any) -> None:
        for element in body.iterchildren():
            if element.tag == qn("w:p"):
                self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._table(element)
            elif element.tag == qn("w:sdt"):
                self._walk(element.find(qn("w:sdtContent")))

    def _paragraph(self, element: Any) -> None:
        tags = [tag for tag in _tags(element) if tag != FIXED]
        row, self.last_delivery = self.last_delivery, ""
        if not tags:
            text = _text(element, skip_fixed=True).strip()
            if text and row and _is_bullet(element):
                self._delivery(row, _text(element))
            elif text:
                self._new_passage(element, text)
        elif tags[0].startswith("c:") and tags[0] in self.texts:  # the line was copied
            self._delivery(tags[0].split(":")[1], _text(element))
        elif tags[0].startswith("p:") or tags[0].startswith("h:"):
            self._whole(element, tags[0])
        else:
            for control in element.iter(qn("w:sdt")):
                self._keep(_tag(control), _text(control))
            stray = _text(element, skip_fixed=True, skip_controls=True).strip()
            if stray:
                self._stray(tags[-1], stray)
            if tags[0].startswith("c:"):
                self.last_delivery = tags[0].split(":")[1]

    def _delivery(self, row: str, text: str) -> None:
        """A line typed under an assignment's deliveries is one more of them: «Rapport Frist: 1. juni 2026»."""
        self.last_delivery = row
        self.new_children.setdefault((row, "deliveries"), []).append(delivery_of_line(text))

    def _whole(self, element: Any, tag: str) -> None:
        """A passage or field of the head is all of its paragraph, also what was typed beside the control."""
        text = _text(element, skip_fixed=True)
        if tag in self.texts:  # the paragraph was copied
            if text.strip() and tag.startswith("p:"):
                self._new_passage(element, text)
            return
        self.texts[tag] = text
        if tag.startswith("p:"):
            self.formatted[tag] = _rich(element)
            self.last_passage = tag[2:]

    def _keep(self, tag: str, text: str) -> None:
        if tag in (FIXED, NOTE, ""):
            return
        if tag not in self.texts:
            self.texts[tag] = text

    def _stray(self, tag: str, text: str) -> None:
        """Words typed beside a row's last field belong to that field."""
        if tag.startswith("r:"):
            self.texts[tag] = f"{self.texts.get(tag, '')} {text}".strip()
        else:
            self._add(text, 0)

    def _new_passage(self, element: Any, text: str) -> None:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = style.get(qn("w:val"), "") if style is not None else ""
        self._add(text, int(name[-1]) if name.startswith("Heading") and name[-1].isdigit() else 0)

    def _add(self, text: str, level: int) -> None:
        self.new_passages.append((self.last_passage, {"text": text, "heading_level": level}))

    # ---- tables ----
    def _table(self, element: Any) -> None:
        described = element.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}")
        key = described.get(qn("w:val"), "").removeprefix("sd:") if described is not None else ""
        for row in _rows(element):
            tags = [tag for tag in _tags(row) if tag != FIXED]
            fixed = bool(_tags(row))
            if not tags and fixed and not _text(row, skip_fixed=True).strip():
                continue  # the head of the table
            if tags and tags[0] not in self.texts:
                for number, cell in enumerate(row.iter(qn("w:tc"))):
                    self._cell(cell, self._child_column(key, tags[0], number))
            else:
                self._new_row(key, row)

    def _child_column(self, key: str, tag: str, number: int) -> tuple[str, str] | None:
        """The row and the kind of children that stand in this column, if any do."""
        names = COLUMNS.get(key, ())
        children = ITEM_TYPES[key].children if names else ()
        place = number - len(names)
        return (tag.split(":")[1], children[place].key) if 0 <= place < len(children) else None

    def _cell(self, cell: Any, children: tuple[str, str] | None) -> None:
        tags = [tag for tag in _tags(cell) if tag != FIXED]
        if len(tags) == 1 and tags[0].startswith("r:"):
            lines = [_text(one, skip_fixed=True) for one in cell.iter(qn("w:p"))]
            self.texts[tags[0]] = "\n".join(lines).rstrip("\n") if len(lines) > 1 else lines[0]
            return
        for paragraph in cell.iter(qn("w:p")):
            own = [tag for tag in _tags(paragraph) if tag != FIXED]
            if children and (not own or own[0] in self.texts) and _text(paragraph).strip():
                self._child_line(children, _text(paragraph))
                continue
            for control in paragraph.iter(qn("w:sdt")):
                self._keep(_tag(control), _text(control))

    def _child_line(self, column: tuple[str, str], text: str) -> None:
        """A line without a control in a column of children is one more child, its values parted as ours are."""
        names = CHILD_COLUMNS[column[1]]
        values = [one.strip() for one in text.split("·")]
        if len(values) > len(names):
            values = [*values[: len(names) - 1], " · ".join(values[len(names) - 1 :])]
        cells = dict(zip(names, values, strict=False))
        if column[1] == "deliveries":
            cells = delivery_of_line(
                f"{values[0]} Frist: {cells.get('deadline_text', '')} Dato: {cells.get('deadline', '')}"
            )
        self.new_children.setdefault(column, []).append(cells)

    def _new_row(self, key: str, row: Any) -> None:
        cells = ["\n".join(_text(one) for one in cell.iter(qn("w:p"))).strip() for cell in row.iter(qn("w:tc"))]
        if not any(cells):
            return
        if COLUMNS.get(key):
            self.new_items.append((key, dict(zip(COLUMNS[key], cells, strict=False))))
        else:
            self._add(" | ".join(cell for cell in cells if cell), 0)

    # ---- what came of it ----
    def _passages(self) -> list[Row]:
        added: dict[str, list[Row]] = {}
        space = UUID(str(self.base.head["uuid"]))
        for number, (after, values) in enumerate(self.new_passages):
            row = {**_NEW_PASSAGE, "language": self.base.head["language"], **values, "text": normalised(values["text"])}
            row["uuid"] = made_id(space, f"word:{after}", number, row)
            row["chapter"] = next((one["chapter"] for one in self.base.passages if one["uuid"] == after), "")
            added.setdefault(after, []).append(row)
        result: list[Row] = list(added.get("", []))
        for passage in self.base.passages:
            tag = f"p:{passage['uuid']}"
            if tag not in self.written or tag in self.texts:
                result.append(self._passage(passage, tag))
            result.extend(added.get(passage["uuid"], []))
        return result

    def _passage(self, passage: Row, tag: str) -> Row:
        text = self.texts.get(tag)
        if text is None or text == normalised(passage["text"]):
            return passage
        return {**passage, "text": text, "rich": self.formatted.get(tag, "")}

    def _items(self) -> Iterator[Row]:
        tags: dict[str, list[str]] = {}
        for tag in self.written:
            if tag[:2] in ("r:", "c:"):
                tags.setdefault(tag.split(":")[1], []).append(tag)
        left = {row["uuid"] for row in self.base.passages if f"p:{row['uuid']}" not in self.written}
        left |= {tag[2:] for tag in self.texts if tag.startswith("p:")}
        for row in self.base.items:
            own = tags.get(row["uuid"], [])
            if own and not any(tag in self.texts for tag in own):
                continue  # taken out
            resting = [one for one in row["passages"] if one in left]
            yield {**row, "data": self._data(row, own), "passages": resting} if own else {**row, "passages": resting}

    def _data(self, row: Row, own: list[str]) -> dict[str, Any]:
        data = dict(row["data"])
        for tag in own:
            if tag.startswith("r:"):
                name = tag.split(":")[2]
                data[name] = self._value(row["type"], name, data[name], self.texts.get(tag, ""), row)
        for child in ITEM_TYPES[row["type"]].children:
            data[child.key] = self._children(row, child.key, own)
        return data

    def _children(self, row: Row, key: str, own: list[str]) -> list[Row]:
        result: list[Row] = []
        for child in row["data"][key]:
            prefix = f"c:{row['uuid']}:{key}:{child['uuid']}:"
            tags = [tag for tag in own if tag.startswith(prefix)]
            if tags and not any(tag in self.texts for tag in tags):
                continue
            values = dict(child)
            for tag in tags:
                name = tag.removeprefix(prefix)
                values[name] = self._value(row["type"], name, child[name], self.texts.get(tag, ""), row, key)
            result.append(values)
        space = UUID(str(row["uuid"]))
        for number, cells in enumerate(self.new_children.get((str(row["uuid"]), key), ())):
            values = blank(row["type"], key)
            for name, text in cells.items():
                if name in FREE:
                    values[name] = text
                else:
                    values[name] = self._value(row["type"], name, values[name], text, row, key)
            result.append({**values, "uuid": made_id(space, f"word:{key}", number, cells)})
        return result

    def _value(self, key: str, name: str, before: Any, text: str, row: Row, child: str = "") -> Any:
        """What stands there now; exactly the old value when nobody touched what was shown of it."""
        field = field_of(key, name, child)
        if text == normalised(shown(field, before)):
            return before
        try:
            return read(field, text)
        except Unclear as error:
            who = row["data"].get("reference") or row["data"].get("title") or str(ITEM_TYPES[key].one)
            sentence = f"{ITEM_TYPES[key].one} {str(who)[:60]}, {label_of(key, name, child)}: {error}"
            self.problems.append(Problem("letter_word_invalid", sentence))
            return before

    def _added_items(self) -> Iterator[Row]:
        space = UUID(str(self.base.head["uuid"]))
        for number, (key, cells) in enumerate(self.new_items):
            data = blank(key)
            row: dict[str, Any] = {"type": key, "data": data, "passages": []}
            for name, text in cells.items():
                data[name] = self._value(key, name, data[name], text, row)
            yield {**row, "uuid": made_id(space, f"word:{key}", number, cells)}


def _is_bullet(paragraph: Any) -> bool:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    numbered = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    return numbered is not None or (style is not None and style.get(qn("w:val"), "").startswith("List"))


def _rows(table: Any) -> Iterator[Any]:
    for element in table.iterchildren():
        if element.tag == qn("w:tr"):
            yield element
        elif element.tag == qn("w:sdt"):
            yield from _rows(element.find(qn("w:sdtContent")))


def _tag(control: Any) -> str:
    found = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return found.get(qn("w:val"), "") if found is not None else ""


def _tags(element: Any) -> list[str]:
    return [tag for tag in (_tag(control) for control in element.iter(qn("w:sdt"))) if tag not in ("", NOTE)]


def _text(element: Any, *, skip_fixed: bool = False, skip_controls: bool = False) -> str:
    """The words of an element; what was deleted with change tracking on is gone, what was inserted is there."""
    parts: list[str] = []
    for child in element.iterchildren():
        match child.tag:
            case tag if tag == qn("w:t"):
                parts.append(child.text or "")
            case tag if tag in (qn("w:br"), qn("w:cr")):
                parts.append("\n")
            case tag if tag == qn("w:tab"):
                parts.append("\t")
            case tag if tag == qn("w:noBreakHyphen"):
                parts.append("\u2011")
            case tag if tag == qn("w:softHyphen"):
                parts.append("\u00ad")
            case tag if tag in (qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr")):
                continue
            case tag if tag == qn("w:sdt"):
                passed = (FIXED, NOTE) if skip_fixed else (NOTE,)
                if skip_controls or _tag(child) in passed or _is_placeholder(child):
                    continue
                parts.append(_text(child, skip_fixed=skip_fixed))
            case _:
                parts.append(_text(child, skip_fixed=skip_fixed, skip_controls=skip_controls))
    return normalised("".join(parts))


def _is_placeholder(control: Any) -> bool:
    """Word shows «Klikk for å skrive» in an empty control."""
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _rich(element: Any) -> str:
    """The paragraph as formatted text; empty when nothing is bold or slanted."""
    pieces, formatted = [], False
    for run in element.iter(qn("w:r")):
        text = escape(_text(run), quote=False).replace("\n", "<br>")
        properties = run.find(qn("w:rPr"))
        for name, tag in (("w:b", "strong"), ("w:i", "em")):
            mark: Mapping[str, Any] | None = properties.find(qn(name)) if properties is not None else None
            if mark is not None and text and mark.get(qn("w:val"), "1") not in ("0", "false"):
                text, formatted = f"<{tag}>{text}</{tag}>", True
        pieces.append(text)
    return f"<p>{''.join(pieces)}</p>" if formatted else ""
