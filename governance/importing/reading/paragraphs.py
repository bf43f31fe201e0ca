"""From visual lines to paragraphs, list items and headings (I-01..I-03, I-15, I-17).

Text out of a PDF has lines, no paragraphs. A new unit begins at a gap, a list marker, a label
such as «Frist:», a reference, or where a line ends earlier than the next word needed.
"""

from __future__ import annotations

import re

from governance.importing.habits.markers import (
    DEADLINE_LINE,
    DEPARTMENT_LINE,
    FIELD_LINE,
    GOAL_ALONE,
    GOAL_LINE,
    LABEL_ONLY,
    LONE_NUMBER,
    MEASURE_ALONE,
    REFERENCE_LINE,
    SECTION_NUMBER,
    TARGET_LINE,
    marker_of,
)
from governance.importing.reading.columns import align_columns
from governance.importing.reading.flowing import gather
from governance.importing.reading.interleaved import part
from governance.importing.reading.laid_out import lay_out
from governance.importing.reading.stacked import unstack
from governance.importing.reading.units import Line, Unit
from governance.importing.records import PassageForm
from governance.importing.values.text import join_lines

_STOPS = ".:;!?»)"
_UNFINISHED = re.compile(
    r"(?:[,/-]|\b(?:og|eller|i|på|av|for|til|med|om|fra|frå|som|at|å|den|det|de|dei|en|ei|et|ein|eit|mot|ved|jf\.|ev\.|"
    r"kap\.|pkt\.|nr\.|samt|innen|innan|mellom|under|over|ca\.|St\.|Prop\.|Innst\.|Meld\.|kl\.|skal|er|blir))$",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:oppdrag|oppdraget|kap|post|punkt|avsnitt|kapittel|jf|se|og|§|rundskriv)[.:]?$", re.IGNORECASE
)
_DATED_REFERENCE = re.compile(r"^[A-ZÆØÅ]{2,5}\s?20\d\d[-–/]\d{1,3}[:.]?\s+[A-ZÆØÅ«]")
_POST_LINE = re.compile(r"^(?:Kap\.?\s*\d{2,4}\s*,?\s*[Pp]ost\s*\d{1,2}|\d{3,4}\.\d{2}\s+[A-ZÆØÅ])")
"""«Kap. 646, post 70 …» below a line that ends with an amount: the next line of a budget."""
_ANNEX_LINE = re.compile(r"^(?:Vedlegg|VEDLEGG)\s+(?:\d{1,2}|[IVX]{1,4}|[A-F])\b[\s:.–—-]*(?=[A-ZÆØÅ])(?!.*\.$)")
_DUTY = re.compile(r"\b(?:skal|bes|må|bør|ber|vil|kan)\b")
_VERB = re.compile(
    r"\b(?:skal|er|gis|gjev|bes|blir|har|må|tildeles|følgende|følgjande|disse|desse|kan|vil|ber|omfatter|omfattar)\b",
    re.IGNORECASE,
)


def usual_width(lines: list[Line]) -> int:
    """The length a full line has here: nine of ten longer lines are no longer than this."""
    lengths = sorted(len(line.text) for line in lines if not line.columns and not line.furniture)
    longer = [length for length in lengths if length > 30]
    return longer[int(len(longer) * 0.9)] if len(longer) > 4 else 80


def ends_early(line: str, following: str, width: int) -> bool:
    """True when the next word would have fitted on the line: a deliberate line end."""
    first = following.split(None, 1)[0] if following.strip() else ""
    return len(line) + 1 + len(first) < width * 0.86


def _next_number(first: str, text: str) -> bool:
    """True when ``text`` opens with the number after the one that ``first`` opens with."""
    left, right = SECTION_NUMBER.match(first), SECTION_NUMBER.match(text)
    if not left or not right:
        return False
    old, new = left["number"].rstrip(".").split("."), right["number"].rstrip(".").split(".")
    return len(old) == len(new) and old[:-1] == new[:-1] and int(new[-1]) == int(old[-1]) + 1


def _opens_unit(line: Line, before: str, first: str, width: int) -> bool | None:
    """True or False where the line's own opening settles it, else None."""
    text = line.text
    early = ends_early(before, text, width)
    ended = before[-1:] in _STOPS
    unfinished = bool(_UNFINISHED.search(before))
    marker, _ = marker_of(text)
    if marker:
        strong = marker[0] in "•▪●○◦‣∙·■□\uf0b7\uf0a7\uf02d\uf0d8"
        return strong or ((ended or early or bool(marker_of(first)[0])) and not unfinished)
    if _next_number(first, text) or (LABEL_ONLY.match(text) and (text.endswith(":") or not unfinished)):
        return True
    if GOAL_LINE.match(text) and (ended or early):
        return True
    if unfinished:
        return False
    opening = SECTION_NUMBER.match(text) or REFERENCE_LINE.match(text)
    if opening and (_is_subsection(text) or _DATED_REFERENCE.match(text)) and not _POINTING.search(before):
        return True
    if opening and (ended or early):
        return len(before) < width * 0.6 or not _POINTING.search(before)
    return None


def _by_weight(previous: Line, line: Line, first: str, width: int) -> bool | None:
    """What bold type says: a change of weight parts units, bold lines in a row belong together."""
    text = line.text
    if previous.bold != line.bold:
        return True if not text[0].islower() or previous.bold else None
    if previous.bold and not marker_of(text)[0] and not SECTION_NUMBER.match(text):
        return bool(_opens_unit(line, previous.text, first, width)) and not text[0].islower()
    return None


def _is_caption(text: str) -> bool:
    """True for a few words that end with a colon: «Overordnet målbeskrivelse:»."""
    return text.endswith(":") and text[0].isupper() and text.count(" ") < 4


def _is_numbered_title(line: str) -> bool:
    """True for a whole numbered heading on one line: «2.1 Hovedmål: Registeret er lett å bruke»."""
    numbered = bool(SECTION_NUMBER.match(line)) and not _DUTY.search(line)
    return numbered and not _UNFINISHED.search(line) and line[-1:] not in _STOPS


def _is_subsection(line: str) -> bool:
    """True for «2.1.3 Tildelingskriterier»: a number of several levels and a title, whatever stands above."""
    numbered = SECTION_NUMBER.match(line)
    return numbered is not None and "." in numbered["number"].rstrip(".") and _is_numbered_title(line)


def _runs_on(before: str, text: str, width: int) -> bool:
    """True for «… innenfor» + «frist og antall …»: a label's word that the sentence above happens to break before."""
    return text[0].islower() and before[-1:] not in _STOPS and not ends_early(before, text, width)


def _starts_unit(previous: Line, line: Line, first: str, width: int) -> bool:
    text, before = line.text, previous.text
    if line.joined:
        return False
    if (
        line.gap
        or line.columns
        or previous.columns
        or previous.joined
        or GOAL_ALONE.match(before)
        or MEASURE_ALONE.match(before)
    ):
        return True
    if LONE_NUMBER.match(before) and before == first and text[0].isupper():
        return False
    return _starts_by_words(previous, line, first, width)


def _starts_by_words(previous: Line, line: Line, first: str, width: int) -> bool:
    text, before = line.text, previous.text
    opened = bool(SECTION_NUMBER.match(first) or marker_of(first)[0])
    annex = _ANNEX_LINE.match(text) and before[-1:] in _STOPS
    if (
        annex
        or FIELD_LINE.match(text)
        or (opened and _is_caption(text))
        or (before[-1:].isdigit() and _POST_LINE.match(text))
    ):
        return True
    if before == first and text[0].isupper() and _is_numbered_title(first):
        return True
    if any(pattern.match(text) for pattern in (DEADLINE_LINE, DEPARTMENT_LINE, TARGET_LINE, GOAL_ALONE, MEASURE_ALONE)):
        return not _runs_on(before, text, width)
    for settled in (_by_weight(previous, line, first, width), _opens_unit(line, before, first, width)):
        if settled is not None:
            return settled
    if text[0].islower() or text.startswith(("(", "§", "–")):
        return False
    if text[0].isupper() and previous.text == first and (REFERENCE_LINE.match(first) or GOAL_LINE.match(first)):
        return True
    stopped = before[-1:] in ".;" and text[0].isupper()
    if stopped and (REFERENCE_LINE.match(first) or (marker_of(first)[0] and len(before) < width * 0.85)):
        return True
    return ends_early(before, text, width)


def is_weak_heading(unit: Unit, width: int) -> bool:
    """True for a short line that looks like a heading: no stop, a capital, not full width."""
    text = unit.text
    if unit.bold and 3 <= len(text) <= 220 and text[0].isupper() and not DEADLINE_LINE.match(text):
        return not unit.marker and not DEPARTMENT_LINE.match(text)
    return (
        not unit.marker
        and len(unit.lines) <= 2
        and 3 <= len(text) <= (100 if len(unit.lines) == 1 or not unit.gap else 150)
        and text[0].isupper()
        and text[-1] not in ".,;"
        and (text[-1] != ":" or bool(LABEL_ONLY.match(text)) or (text.count(" ") < 5 and not _VERB.search(text)))
        and not DEADLINE_LINE.match(text)
        and not DEPARTMENT_LINE.match(text)
        and not TARGET_LINE.match(text)
        and any(char.isalpha() for char in text)
        and len(unit.lines[-1].text) < width * 0.9
        and not re.search(r"(?:\b\d{4}\b.*){2}|@|^\d", text)
    )


def build_unit(lines: list[Line], canonical: str) -> Unit:
    """One unit out of the lines of a paragraph."""
    text = join_lines(line.text for line in lines)
    marker, body = marker_of(text)
    form = PassageForm.LIST_ITEM if marker else PassageForm.PARAGRAPH
    number = ""
    if not marker:
        match = SECTION_NUMBER.match(text)
        if match:
            number, body = match["number"].rstrip("."), match["title"]
    first = lines[0]
    return Unit(
        form=form,
        text=body if (marker or number) else text,
        start=first.start,
        end=lines[-1].end,
        page=first.page,
        lines=lines,
        marker=marker,
        number=number,
        gap=first.gap,
        furniture=all(line.furniture for line in lines),
        bold=all(line.bold for line in lines),
    )


def paragraphs(lines: list[Line], canonical: str) -> list[Unit]:
    """All units of a run of visual lines, furniture kept apart."""
    width = usual_width(lines)
    lay_out(lines)
    unstack(lines)
    gather(lines)
    part(lines)
    units: list[Unit] = []
    current: list[Line] = []
    previous: Line | None = None
    table = 0
    for line in lines:
        if line.furniture or line.aside:
            units.append(build_unit([line], canonical))
            continue
        if previous is not None and _starts_unit(previous, line, current[0].text, width):
            _close(units, current, canonical, table)
            if current and bool(current[0].columns) != bool(line.columns):
                table += 1
            current = []
        current.append(line)
        previous = line
    _close(units, current, canonical, table)
    align_columns([unit for unit in units if unit.cells])
    for unit in units:
        if unit.is_text and not unit.furniture and not unit.number and is_weak_heading(unit, width):
            unit.form = PassageForm.HEADING
            unit.weak = True
    return sorted(units, key=lambda unit: unit.start)


def _close(units: list[Unit], lines: list[Line], canonical: str, table: int) -> None:
    if not lines:
        return
    unit = build_unit(lines, canonical)
    if lines[0].columns:
        unit.form, unit.cells, unit.table = PassageForm.TABLE_ROW, lines[0].columns, table
        unit.text = " ".join(join_lines(cell.text.split("\n")) for cell in lines[0].columns)
        unit.marker = unit.number = ""
    units.append(unit)
