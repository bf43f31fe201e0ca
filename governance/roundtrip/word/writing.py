"""A ``Letter`` as a Word file: heading styles, lists, table heads, languages, header and foot, and its stable ids."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from governance.items import ITEM_TYPES
from governance.letters.paid_for import PaidFor, assignments_of, paid_for
from governance.letters.words import LetterWords, words_for
from governance.roundtrip.flow import Heading, Part, Rows, Words, flow_of
from governance.roundtrip.letter import EDITABLE_HEAD, Letter, Row
from governance.roundtrip.word import parts
from governance.roundtrip.word.values import CHILD_COLUMNS, COLUMNS, field_of, label_of, shown

PART_NAME = "/customXml/styringsdialog.xml"
PART_NAMESPACE = "urn:styringsdialog:letter"
BLUE = RGBColor(0x12, 0x38, 0x5B)
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_word(
    letter: Letter,
    *,
    homes: Mapping[str, str] | None = None,
    names: Iterable[str] = (),
    created: datetime | None = None,
    assignments: Mapping[str, PaidFor] | None = None,
) -> bytes:
    """The letter as .docx. ``homes`` and ``names`` as in ``flow_of``. The same letter gives the same bytes.

    ``assignments`` are those the letter's money is for; without them only the letter's own are named.
    """
    return _Writer(letter, homes or {}, list(names), created, assignments or assignments_of(letter)).data()


class _Writer:
    def __init__(
        self,
        letter: Letter,
        homes: Mapping[str, str],
        names: Sequence[str],
        created: datetime | None,
        assignments: Mapping[str, PaidFor],
    ) -> None:
        self.letter, self.created, self.assignments = letter, created, assignments
        self.language = str(letter.head["language"])
        self.words: LetterWords = words_for(self.language)
        self.flow: list[Part] = flow_of(letter, homes, names)
        self.word = docx.Document()
        self.written: list[str] = []

    def data(self) -> bytes:
        self._house_style()
        self._head()
        for part in self.flow:
            self._part(part)
        self._signatures()
        self._working_annex()
        self._properties()
        self._carry()
        held = io.BytesIO()
        self.word.save(held)
        return _same_bytes(held.getvalue())

    # ---- the house template ----
    def _house_style(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.4), Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.9), Cm(2.5)
        sizes = {"Title": 20, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11.5, "Heading 4": 11, "Normal": 10.5}
        for name, size in sizes.items():
            style = self.word.styles[name]
            style.font.size = Pt(size)
            style.font.name = "Source Sans 3" if name != "Normal" else "Source Serif 4"
            if name != "Normal":
                style.font.color.rgb = BLUE
        defaults = self.word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        lang = defaults.find(qn("w:lang"))
        lang.set(qn("w:val"), parts.LANGUAGES[self.language])
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        parts.put_fixed(head, f"{self.letter.head['issuer']['name']} · {self.letter.head['title']}")
        parts.put_fixed(foot, f"{self.letter.head['recipient']['name']} · {self.letter.head['case_number']}\t\tSide ")
        parts.put_field(foot, "PAGE")
        parts.put_fixed(foot, " av ")
        parts.put_field(foot, "NUMPAGES")

    def _paragraph(self, style: str = "Normal") -> Any:
        return self.word.add_paragraph(style=style)

    def _put(self, paragraph: Any, tag: str, text: str, *, title: str = "", language: str = "") -> None:
        self.written.append(tag)
        parts.put(paragraph, tag, text, title=title, language=language or self.language)

    def _fixed(self, text: str, style: str = "Normal") -> None:
        parts.put_fixed(self._paragraph(style), text)

    # ---- head ----
    def _head(self) -> None:
        head = self.letter.head
        self._fixed(head["issuer"]["name"], "Subtitle")
        labels = {"addressee": "Adressat", "case_number": "Saksnummer", "public_title": "Offentlig tittel",
                  "place": "Sted", "legal_basis": "Hjemmel"}  # fmt: skip
        for name in EDITABLE_HEAD:
            paragraph = self._paragraph("Title" if name == "title" else "Normal")
            if name != "title":
                parts.put_fixed(paragraph, f"{labels[name]}: ")
            self._put(paragraph, f"h:{name}", str(head[name]), title=labels.get(name, "Tittel"))

    # ---- the flow ----
    def _part(self, part: Part) -> None:
        if isinstance(part, Heading):
            self._heading(part)
        elif isinstance(part, Words):
            self._passage(part.passage, "Normal")
        elif isinstance(part, Rows):
            self._rows(part.key, part.items)

    def _heading(self, part: Heading) -> None:
        if part.annex:
            self.word.add_page_break()
        style = f"Heading {min(part.level, 4)}"
        if part.passage is not None:
            self._passage(part.passage, style, part.unsaid)
        else:
            title = part.title or str(ITEM_TYPES[part.made_for].plural)
            self._fixed(f"{part.number} {title}".strip(), style)
        if part.goal is not None and not part.goal.get("withheld"):
            self._rows("goal", (part.goal,))

    def _passage(self, passage: Row, style: str, number: str = "") -> None:
        if passage.get("withheld"):
            return
        paragraph = self._paragraph(style)
        if number:
            parts.put_fixed(paragraph, f"{number} ")
        self._put(paragraph, f"p:{passage['uuid']}", passage["text"], language=passage["language"])

    def _rows(self, key: str, rows: Sequence[Row]) -> None:
        held = [row for row in rows if row.get("withheld")]
        for row in held:
            self._fixed(f"{row['data']['reference']} {row['data']['title']}. {row['data']['restricted_basis']}")
        rows = [row for row in rows if not row.get("withheld")]
        if not rows or not COLUMNS[key]:
            return
        if key == "assignment":
            for row in rows:
                self._assignment(row)
        else:
            self._table(key, rows)

    def _assignment(self, row: Row) -> None:
        self._fields(self._paragraph("Heading 4"), row, ("reference", "title"))
        line = self._paragraph()
        parts.put_fixed(line, "Avd.: ")
        self._fields(line, row, ("department_text",))
        for child in row["data"]["deliveries"]:
            line = self._paragraph("List Bullet")
            for name, label in zip(CHILD_COLUMNS["deliveries"], ("", " Frist: ", " Dato: "), strict=True):
                parts.put_fixed(line, label)
                self._child(line, row, "deliveries", child, name)
        self._fields(self._paragraph(), row, ("body",))
        line = self._paragraph()
        parts.put_fixed(line, f"{self.words.joint}: ")
        self._fields(line, row, ("recipients",))

    def _fields(self, paragraph: Any, row: Row, names: Sequence[str]) -> None:
        for number, name in enumerate(names):
            if number:
                parts.put_fixed(paragraph, " ")
            field = field_of(row["type"], name)
            text = shown(field, row["data"][name])
            self._put(paragraph, f"r:{row['uuid']}:{name}", text, title=label_of(row["type"], name))

    def _child(self, paragraph: Any, row: Row, child_key: str, child: Row, name: str) -> None:
        field = field_of(row["type"], name, child_key)
        tag = f"c:{row['uuid']}:{child_key}:{child['uuid']}:{name}"
        self._put(paragraph, tag, shown(field, child[name]), title=label_of(row["type"], name, child_key))

    def _table(self, key: str, rows: Sequence[Row]) -> None:
        names, children = COLUMNS[key], ITEM_TYPES[key].children
        table = self.word.add_table(rows=1 + len(rows), cols=len(names) + len(children), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, names, strict=False):
            parts.put_fixed(cell.paragraphs[0], label_of(key, name), bold=True)
        for cell, child in zip(table.rows[0].cells[len(names) :], children, strict=True):
            parts.put_fixed(cell.paragraphs[0], str(child.model._meta.verbose_name_plural).capitalize(), bold=True)
        for line, row in zip(table.rows[1:], rows, strict=True):
            cells = line.cells
            for cell, name in zip(cells, names, strict=False):
                self._fields(cell.paragraphs[0], row, (name,))
            if key == "budget_line":
                self._paid_for(cells[names.index("comment")].paragraphs[0], row["data"])
            for cell, child in zip(cells[len(names) :], children, strict=True):
                self._children(cell, row, child.key)
        parts.mark_table(table, key, str(ITEM_TYPES[key].plural))
        parts.put_fixed(self._paragraph(), "")

    def _children(self, cell: Any, row: Row, key: str) -> None:
        for number, child in enumerate(row["data"][key]):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            for place, name in enumerate(CHILD_COLUMNS[key]):
                if place:
                    parts.put_fixed(paragraph, " · ")
                self._child(paragraph, row, key, child, name)
            if key == "splits":
                self._paid_for(paragraph, child)

    def _paid_for(self, paragraph: Any, data: Row) -> None:
        """The assignment the money is for, beside what can be written in."""
        words = paid_for(self.words, data, self.assignments)
        if words:
            parts.put_note(paragraph, f" {words}")

    # ---- the end ----
    def _signatures(self) -> None:
        for row in self.letter.signatories:
            mark = " (e.f.)" if row["by_authority"] else ""
            self._fixed(f"{row['name']}{mark}, {row['title']}".rstrip(", "))

    def _working_annex(self) -> None:
        """Rows whose words stand as running text: here they can be seen and changed as rows."""
        shown_rows = {tag.split(":")[1] for tag in self.written if tag[0] in "rc"}
        rest = [row for row in self.letter.items if row["uuid"] not in shown_rows and not row.get("withheld")]
        if not any(COLUMNS[row["type"]] for row in rest):
            return
        self.word.add_page_break()
        self._fixed("Arbeidsvedlegg: rader som hviler på teksten", "Heading 1")
        self._fixed("Vedlegget er ikke en del av brevet. Det viser hva systemet har lest ut av teksten.")
        for key, kind in ITEM_TYPES.items():
            rows = [row for row in rest if row["type"] == key]
            if rows and COLUMNS[key]:
                self._fixed(str(kind.plural), "Heading 2")
                self._table(key, rows)

    def _properties(self) -> None:
        properties = self.word.core_properties
        properties.title, properties.author = self.letter.head["title"], self.letter.head["issuer"]["name"]
        properties.language = parts.LANGUAGES[self.language]
        properties.identifier = f"urn:uuid:{self.letter.head['uuid']}"
        properties.comments, properties.last_modified_by, properties.revision = "", "Styringsdialog", 1
        moment = (self.created or datetime(1980, 1, 1)).replace(tzinfo=None)  # noqa: DTZ001 - the format's own form
        properties.created = properties.modified = moment

    def _carry(self) -> None:
        """The letter as exported, in a part that Word keeps and nobody sees."""
        root = etree.Element(f"{{{PART_NAMESPACE}}}letter", nsmap={None: PART_NAMESPACE})
        root.text = json.dumps({"letter": self.letter.as_json(), "written": self.written}, separators=(",", ":"))
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = self.word.part.package
        part = PackagePart(PackURI(PART_NAME), "application/xml", blob, package)
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _same_bytes(data: bytes) -> bytes:
    """The package again without the moment it was made."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return held.getvalue()
