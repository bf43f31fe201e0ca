"""From canonical text to an outline: the one door into the reading layer."""

from __future__ import annotations

from governance.importing.habits.markers import SECTION_NUMBER, marker_of
from governance.importing.reading.lines import read_lines
from governance.importing.reading.outline import Outline, build_outline
from governance.importing.reading.paragraphs import is_weak_heading, paragraphs
from governance.importing.reading.units import Line, Unit
from governance.importing.records import Block, CanonicalText, PassageForm
from governance.importing.values.text import join_lines

_FORMS = {
    "heading": PassageForm.HEADING,
    "paragraph": PassageForm.PARAGRAPH,
    "item": PassageForm.LIST_ITEM,
    "row": PassageForm.TABLE_ROW,
}


def _unit_of(block: Block, canonical: CanonicalText, table_shift: int) -> Unit:
    raw = canonical.text[block.start : block.end]
    lines: list[Line] = []
    offset = block.start
    for part in raw.split("\n"):
        if part.strip():
            lines.append(Line(offset, offset + len(part), part, block.page, 0, not lines))
        offset += len(part) + 1
    text = join_lines(line.text for line in lines)
    form = _FORMS[block.form]
    marker, number, body = "", "", text
    if form is not PassageForm.TABLE_ROW:
        marker, body = marker_of(text) if form is not PassageForm.HEADING else ("", text)
        if not marker and (match := SECTION_NUMBER.match(text)):
            number, body = match["number"].rstrip("."), match["title"]
        if marker and form is PassageForm.PARAGRAPH:
            form = PassageForm.LIST_ITEM
        if form is PassageForm.LIST_ITEM and number:
            marker, number = f"{number}.", ""
    unit = Unit(
        form=form,
        text=body,
        start=block.start,
        end=block.end,
        page=block.page,
        lines=lines,
        marker=marker or block.marker,
        number=number,
        level=block.level,
        cells=block.cells,
        table=block.table + table_shift if block.cells else -1,
        furniture=block.furniture,
        styled=block.form == "heading",
        bold=block.bold,
    )
    if unit.is_text and not unit.furniture and not number and is_weak_heading(unit, 200):
        unit.form, unit.weak = PassageForm.HEADING, True
    return unit


def read_units(canonical: CanonicalText) -> list[Unit]:
    """All units in the order of the text."""
    units: list[Unit] = []
    run: list[Block] = []

    def flush() -> None:
        if run:
            units.extend(paragraphs(read_lines(canonical, run), canonical.text))
            run.clear()

    for block in canonical.blocks:
        if block.form == "line":
            run.append(block)
        else:
            flush()
            units.append(_unit_of(block, canonical, 100_000))
    flush()
    return units


def outline_of(canonical: CanonicalText) -> Outline:
    """Units and sections of a canonical text."""
    return build_outline(canonical.text, read_units(canonical))
